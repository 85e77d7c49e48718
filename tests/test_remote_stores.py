"""Stores on real servers do what the store on disk does: each test runs against each server."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from factories import TEXT, document_iri, sample_extraction, second_extraction
from pyoxigraph import Literal, NamedNode, Quad
from servers import STARTED, Server, virtuoso

from alliancegraph import cli
from alliancegraph.explorer.page import view_page
from alliancegraph.extract.model import Extraction
from alliancegraph.graph.builder import document_graph
from alliancegraph.graph.engine import Change, nquads
from alliancegraph.graph.export import SUFFIXES, content
from alliancegraph.graph.remote import RemoteEngine
from alliancegraph.graph.remote_changes import CHANGES, Limits, requests
from alliancegraph.graph.remote_servers import place_of
from alliancegraph.graph.store import Store
from alliancegraph.networks.events import event_list
from alliancegraph.networks.positions import positions
from alliancegraph.networks.together import comentions, participations
from alliancegraph.ontology.errors import QueryError, ServerError, StoreError
from alliancegraph.ontology.terms import CATALOGUE, IDENTITY, VOCABULARY, XSD
from alliancegraph.queries import Table, run

CASES = Path(__file__).parent / "cases" / "queries"
FOLDERS = sorted(folder for folder in CASES.iterdir() if folder.is_dir())
FIRST, SECOND = document_iri(TEXT), second_extraction().document.iri
THIRD = "https://w3id.org/alliancegraph/document/0123456789abcdef"
PREDICATE = NamedNode("https://w3id.org/alliancegraph/ontology#note")


@pytest.fixture(scope="module", params=sorted(STARTED))
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Each server in turn, with its credentials in the environment."""
    folder = tmp_path_factory.mktemp(request.param)
    with STARTED[request.param](folder) as started, pytest.MonkeyPatch.context() as environment:
        environment.setenv("NETRC", "/dev/null")
        for name, value in started.environment.items():
            environment.setenv(name, value)
        yield started


def filled(store: Store) -> Store:
    """The store with both sample documents."""
    store.replace(sample_extraction())
    store.replace(second_extraction())
    return store


@pytest.fixture(scope="module")
def remote(server: Server) -> Iterator[Store]:
    """The store on the server; a test leaves it as it was."""
    with Store.open(server.address) as opened:
        yield filled(opened)


@pytest.fixture(scope="module")
def local() -> Iterator[Store]:
    """The same in memory."""
    with Store.open() as opened:
        yield filled(opened)


def small(server: Server, size: int = 5000) -> RemoteEngine:
    """An engine whose requests are small, so that most changes are staged."""
    import os

    return RemoteEngine.open(
        place_of(server.address), environment={**os.environ, "ALLIANCEGRAPH_STORE_BATCH": str(size)}
    )


def staged(engine: RemoteEngine) -> list[str]:
    """The graphs in which changes are prepared."""
    answer = engine.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }", {})
    names = {row["g"].value for row in answer}  # type: ignore[union-attr]
    return sorted(name for name in names if name.startswith(CHANGES))


def note(value: Literal, graph: str = THIRD) -> Quad:
    """A quad of a document that is none of the samples."""
    return Quad(NamedNode(f"{graph}#x"), PREDICATE, value, NamedNode(graph))


# ---------------------------------------------------------------- reading


def test_graphs(remote: Store, local: Store) -> None:
    """Each graph comes back to the last character."""
    assert remote.graph(FIRST) == document_graph(sample_extraction()) == local.graph(FIRST)
    assert remote.graph(SECOND) == local.graph(SECOND)
    assert remote.graph(str(VOCABULARY)) == local.graph(str(VOCABULARY))
    assert remote.graph(str(CATALOGUE)) == local.graph(str(CATALOGUE))
    assert remote.graph(THIRD) == []


def test_what_the_store_knows(remote: Store, local: Store) -> None:
    """Lists and counts are the same."""
    assert remote.documents() == local.documents()
    assert remote.entries() == local.entries()
    assert remote.stats() == local.stats()
    assert remote.concepts() == local.concepts()
    assert sorted(map(str, remote.document_quads())) == sorted(map(str, local.document_quads()))


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_exports(remote: Store, local: Store, suffix: str) -> None:
    """Each export has the same bytes, with all statements and with the surer ones."""
    for minimum in (0.0, 0.8):
        found = content(remote, suffix, min_confidence=minimum)
        assert found == content(local, suffix, min_confidence=minimum)


def test_the_page(remote: Store, local: Store) -> None:
    """The interactive page has the same bytes."""
    assert view_of(remote) == view_of(local)


def view_of(store: Store) -> str:
    """The page of a store."""
    from alliancegraph.graph.network_statements import statement_network

    return view_page(statement_network(store))


def test_confident_copies(remote: Store, local: Store) -> None:
    """A copy without what is less certain is the same."""
    assert remote.confident(0.8).stats() == local.confident(0.8).stats()


def test_copies_in_memory(server: Server, remote: Store, local: Store) -> None:
    """A store on a server may be read into memory as one on disk may."""
    with Store.open(server.address, read_only=True, in_memory=True) as copy:
        assert copy.stats() == local.stats()
        assert content(copy, "trig") == content(local, "trig")


def test_patterns(remote: Store, local: Store) -> None:
    """Quads are found by any of their parts, in one graph and in all."""
    some = document_graph(sample_extraction())[100]
    parts = {
        "subject": some.subject.value,  # type: ignore[union-attr]
        "predicate": some.predicate.value,
        "object": some.object,
    }
    for names in ((), ("subject",), ("predicate",), ("object",), ("subject", "predicate", "object")):
        given = {name: parts[name] for name in names}
        for graph in (FIRST, None) if names else (FIRST,):
            found = sorted(map(str, remote.engine.quads(graph, **given)))  # type: ignore[arg-type]
            assert found == sorted(map(str, local.engine.quads(graph, **given)))  # type: ignore[arg-type]
            assert found != []


def test_forms_of_queries(remote: Store) -> None:
    """ASK, CONSTRUCT and the union of all graphs are what they are on disk."""
    event = NamedNode("http://semanticweb.cs.vu.nl/2009/11/sem/Event")
    assert bool(remote.query(f"ASK {{ ?e a {event} }}")) is True
    assert bool(remote.query("ASK { ?e a <urn:none> }")) is False
    built = remote.query(f"CONSTRUCT {{ ?e a <urn:e> }} WHERE {{ GRAPH <{FIRST}> {{ ?e a {event} }} }}")
    assert isinstance(built, pyoxigraph.QueryTriples)
    assert sorted(t.subject.value for t in built) == sorted(  # type: ignore[union-attr]
        {q.subject.value for q in remote.graph(FIRST) if q.object == event}  # type: ignore[union-attr]
    )


def test_queries_that_are_wrong(remote: Store) -> None:
    """A query that does not parse is one line, from whichever server."""
    with pytest.raises(QueryError, match=r"SPARQL that cannot be answered: http.* answered HTTP 400"):
        remote.query("SELECT ?s WHERE { ?s ?p")
    with pytest.raises(QueryError, match="does not select"):
        remote.query("SELECT ?s WHERE { ?s ?p ?o }", {"x": NamedNode("urn:x")})
    with pytest.raises(StoreError, match="is no store on disk; ask it with query"):
        remote.dataset()


def test_named_queries_over_documents(remote: Store, local: Store) -> None:
    """Every case of every named query, asked of the sample documents, has the same rows or the same error."""
    answered = 0
    for folder in FOLDERS:
        here, there = (answer(store, folder) for store in (local, remote))
        assert there == here, folder.name
        answered += isinstance(here, list)
    assert answered >= 30


def test_statements_of_networks(remote: Store, local: Store) -> None:
    """Positions with all variables, parts in events and mentions are the same from a server."""
    for table in (
        lambda store: positions(store, ("organization", "state", "event", "issue")),
        lambda store: participations(store, "state"),
        lambda store: comentions(store, "organization"),
    ):
        here, there = (event_list(table(store), "csv") for store in (local, remote))
        assert there == here
        assert here.count(b"\n") > 2


def answer(store: Store, folder: Path) -> list[tuple[str, ...]] | str:
    """The rows of a case, or the message of its error."""
    params = folder / "params.json"
    given = json.loads(params.read_text(encoding="utf-8")) if params.exists() else {}
    try:
        return run(store, folder.name.partition("--")[0], given).texts()
    except QueryError as error:
        return str(error)


# ---------------------------------------------------------------- writing


def test_replacing(server: Server, remote: Store) -> None:
    """A document that changed takes the place of what its source was; nothing of the old one stays."""
    before = remote.stats()
    extraction = second_extraction()
    document = replace(extraction.document, source="draft.txt", iri=THIRD, text="Draft.")
    remote.replace(replace(extraction, document=document))
    assert {d.source: d.iri for d in remote.documents()}["draft.txt"] == THIRD
    final = named(sample_extraction(), "draft.txt")
    remote.replace(final)
    assert {d.source: d.iri for d in remote.documents()}["draft.txt"] == FIRST
    assert remote.graph(THIRD) == []
    remote.remove("draft.txt")
    assert remote.stats() == before
    assert remote.graph(FIRST) == document_graph(sample_extraction())
    with pytest.raises(StoreError, match=r"no document 'draft\.txt' in http://127"):
        remote.remove("draft.txt")


def named(extraction: Extraction, source: str) -> Extraction:
    """The extraction as if it came from another source."""
    return replace(extraction, document=replace(extraction.document, source=source))


def test_rules_on_who_is_the_same(server: Server, remote: Store) -> None:
    """A store with reviewed rules is read by them; the documents stay as they were, and so does the store without rules."""
    japan, other = (f"https://w3id.org/alliancegraph/actor/{name}" for name in ("japan", "nippon"))
    same = NamedNode("http://www.w3.org/2002/07/owl#sameAs")
    rule = Quad(NamedNode(japan), same, NamedNode(other), NamedNode(str(IDENTITY)))
    written = remote.graph(FIRST)
    assert remote.change_rules([rule], []) == 1
    try:
        with Store.open(server.address, read_only=True) as reader:
            assert reader.graph(FIRST) != written
            assert not any(japan in (str(q.subject)[1:-1], str(q.object)[1:-1]) for q in reader.graph(FIRST))
        if server.name != "alliancegraph":  # which itself answers by the rules
            assert remote.graph(FIRST) == written
    finally:
        assert remote.change_rules([], [rule]) == 0
    with Store.open(server.address, read_only=True) as reader:
        assert reader.graph(FIRST) == written


def test_many_at_once(remote: Store) -> None:
    """Several documents go in few requests, each whole."""
    changes = [
        Change(inserts=nquads([note(Literal(f"{n} {i}"), f"{THIRD}{n}") for i in range(50)]))
        for n in range(5)
    ]
    remote.engine.load(changes)
    assert [len(remote.graph(f"{THIRD}{n}")) for n in range(5)] == [50] * 5
    remote.engine.load([Change(drops=(f"{THIRD}{n}",)) for n in range(5)])
    assert [len(remote.graph(f"{THIRD}{n}")) for n in range(5)] == [0] * 5


def test_changes_in_small_requests(server: Server, remote: Store, local: Store) -> None:
    """A change that does not fit into a request is staged, and then made as a whole; nothing is left behind."""
    engine = small(server)
    kept, gone = note(Literal("kept")), note(Literal("gone"))
    engine.change(Change(inserts=nquads([kept, gone])))
    many = [note(Literal(f"text {i} " + "x" * 100), f"{THIRD}a") for i in range(200)]
    engine.change(Change((SECOND,), nquads([gone]), nquads([*many, *local.graph(SECOND)])))
    assert sorted(map(str, engine.quads(f"{THIRD}a"))) == sorted(map(str, many))
    assert [str(quad) for quad in engine.quads(THIRD)] == [str(kept)]
    assert remote.graph(SECOND) == local.graph(SECOND)
    assert staged(engine) == []
    engine.change(Change((THIRD, f"{THIRD}a")))
    assert remote.stats() == local.stats()
    engine.close()


class Lost(Exception):
    """The process ends here."""


@pytest.mark.parametrize("requests_made", [1, 3])
def test_a_change_that_was_not_finished(
    server: Server, remote: Store, local: Store, requests_made: int
) -> None:
    """Who stops half-way has changed nothing that anybody sees, and who does it again makes it whole."""
    engine = small(server)
    quads = [note(Literal(f"text {i} " + "x" * 100)) for i in range(200)]
    change = Change((SECOND,), b"", nquads([*quads, *local.graph(SECOND)]))
    texts = list(requests([change], engine._limits, "2026-01-01"))
    assert len(texts) > 4
    for text in texts[:requests_made]:
        engine._update(text)
    assert staged(engine) != []
    assert (remote.stats(), remote.graph(THIRD)) == (local.stats(), [])
    assert remote.graph(SECOND) == local.graph(SECOND)
    assert content(remote, "trig") == content(local, "trig")
    engine.change(change)
    assert len(remote.graph(THIRD)) == 200
    engine.change(Change((THIRD,)))
    small(server).close()
    assert staged(engine) == []
    engine.close()


def test_what_was_abandoned_is_dropped(server: Server, remote: Store, local: Store) -> None:
    """What was staged long ago is dropped by the next who writes, what was staged today is not."""
    engine = small(server)
    limits = Limits(5000, 100, one_transaction=False)
    changes = [
        Change((THIRD,), b"", nquads([note(Literal(f"{age} {i}")) for i in range(300)]))
        for age in ("old", "new")
    ]
    days = ("2020-01-01", "2999-01-01")
    for change, day in zip(changes, days, strict=True):
        for text in list(requests([change], limits, day))[:2]:
            engine._update(text)
    before = staged(engine)
    small(server).close()
    after = staged(engine)
    assert len(before) == 3
    assert len(after) == 2
    assert set(after) < set(before)
    for text in requests([changes[1]], limits, days[1]):
        engine._update(text)
    assert staged(engine) == []
    assert len(remote.graph(THIRD)) == 300
    engine.change(Change((THIRD,)))
    assert remote.stats() == local.stats()
    engine.close()


# ---------------------------------------------------------------- literals

TEXTS = [
    "",
    "plain",
    "a\"b'c\\d",
    "\x01\x02\x0b\x0c\x1f\x7f\x85",
    r"\u0041 and \\U00000041, written out",
    "tab\tand \\t",
    "cr\rlf\ncrlf\r\n",
    "\r",
    " leading and trailing ",
    "“quiet” – ñ \u202e\u2028 \ufffd \ufffe",
    "😀 emoji \U0010ffff",
    "</script><b>&amp;&#13;",
    "'''\"\"\"'''\\",
    "?x $y {} # no comment",
    "word " * 40_000,
    "😀é" * 100_000,
]


def test_texts(remote: Store) -> None:
    """Every text comes back exactly, in a graph, in a row, and as a value to be found by."""
    quads = [note(Literal(text)) for text in TEXTS]
    remote.engine.change(Change(inserts=nquads(quads)))
    found = {quad.object.value for quad in remote.engine.quads(THIRD)}  # type: ignore[union-attr]
    rows = {q.object.value for q in remote.engine.quads(THIRD, predicate=PREDICATE.value)}  # type: ignore[union-attr]
    try:
        assert found == set(TEXTS)
        assert rows == set(TEXTS)
        for text in TEXTS[:-2]:
            assert [q.object for q in remote.engine.quads(THIRD, object=Literal(text))] == [Literal(text)]
    finally:
        remote.engine.change(Change((THIRD,)))
    assert remote.graph(THIRD) == []


TYPED = [
    ("0.9", XSD.decimal),
    ("0.05", XSD.decimal),
    ("1", XSD.decimal),
    ("0", XSD.decimal),
    ("12345", XSD.integer),
    ("2008", XSD.gYear),
    ("2008-03", XSD.gYearMonth),
    ("2008-03-14", XSD.date),
    ("2008-03-14T10:00:00Z", XSD.dateTime),
    ("http://example.org/a b", XSD.anyURI),
]


def test_typed_literals(remote: Store) -> None:
    """Numbers and dates, with the year or the month alone too, keep their form and type."""
    literals = {Literal(value, datatype=NamedNode(str(type_))) for value, type_ in TYPED}
    literals |= {Literal("Fähre", language="de"), Literal("ferry", language="en")}
    remote.engine.change(Change(inserts=nquads([note(literal) for literal in sorted(literals, key=str)])))
    try:
        assert {quad.object for quad in remote.engine.quads(THIRD)} == literals
        assert {q.object for q in remote.engine.quads(THIRD, predicate=PREDICATE.value)} == literals
    finally:
        remote.engine.change(Change((THIRD,)))


# ---------------------------------------------------------------- the command line

ARTICLES = {
    "first.txt": "Japan and the United States met in Tokyo on March 14, 2008. Japan supports a treaty on climate "
    "change. The United States opposes the treaty on climate change. It is not clear what will come of this in the "
    "next year, but they have agreed to meet again, and that is more than was expected.",
    "second.md": "NATO leaders met in Bucharest in April 2008. Germany opposes the enlargement of NATO to Ukraine and "
    "Georgia.",
}
COMMANDS: Sequence[Sequence[str]] = (
    ("stats",),
    ("query", "documents"),
    ("query", "actors-by-issue", "-p", "issue=climate-change", "--min-confidence", "0.3", "-f", "csv"),
    ("query", "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s a <https://schema.org/Article> } }"),
    ("network", "actors"),
    ("network", "statements", "--min-confidence", "0.6"),
    ("query", "events-by-date", "--in-memory"),
    ("resolve",),
    ("validate",),
)


def test_commands(
    server: Server,
    remote: Store,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each command prints and writes the same for a server as for a folder, and shows no password."""
    remote.remove("lake-toya.txt")
    remote.remove("reversal.md")
    monkeypatch.chdir(tmp_path)
    for name, text in ARTICLES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    outputs: dict[str, list[str]] = {}
    files: dict[str, list[bytes]] = {}
    for place in ("folder", server.address.replace("http://", "http://nobody:hidden@")):
        printed, written = outputs.setdefault(place, []), files.setdefault(place, [])
        for command in (
            ("build", *ARTICLES),
            ("build", *ARTICLES),
            *COMMANDS,
            ("remove", "second.md"),
            ("stats",),
        ):
            assert cli.main([*command, "--store", place]) == 0
            shown = capsys.readouterr()
            lines = [" ".join(line.split()) for line in shown.out.splitlines()]
            printed.append("\n".join(line for line in lines if not line.startswith("bytes on disk")))
            printed.append(shown.err.replace(str(place_of(server.address)), "folder"))
            for name in ("graph.trig", "graph.ttl", "graph.gexf", "graph.csv"):
                if command[0] == "stats":
                    assert cli.main(["export", name, "--store", place]) == 0
                    written.append((tmp_path / name).read_bytes())
        assert cli.main(["view", "-o", "graph.html", "--store", place]) == 0
        written.append((tmp_path / "graph.html").read_bytes())
        capsys.readouterr()
    (here, there), (wrote, sent) = outputs.values(), files.values()
    assert there == here
    assert sent == wrote
    assert "2 stored in folder, 0 unchanged, 0 failed" in here[1]
    assert "0 stored in folder, 2 unchanged, 0 failed" in here[3]
    assert "hidden" not in "".join(there)
    remote.remove("first.txt")
    filled(remote)


def test_loading(
    server: Server, remote: Store, local: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was exported from a folder is loaded into a server."""
    (tmp_path / "graph.trig").write_bytes(content(local, "trig"))
    remote.remove("reversal.md")
    assert cli.main(["load", str(tmp_path / "graph.trig"), "--store", server.address]) == 0
    assert capsys.readouterr().err == f"2 documents loaded into {place_of(server.address)}\n"
    assert content(remote, "trig") == content(local, "trig")
    filled(remote)
    assert remote.entries() == local.entries()


@pytest.mark.parametrize(
    "command", [("backup", "copy"), ("restore", "copy"), ("optimize",)], ids=lambda c: c[0]
)
def test_upkeep_is_of_folders(command: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    """What is done to files is refused for a server, with what can be done."""
    assert cli.main([*command, "--store", "http://ada:s3cret@127.0.0.1:1/x"]) == 2
    expected = (
        "error: this is for stores on disk; a server such as http://127.0.0.1:1/x has its own ways, "
        "or use: alliancegraph export\n"
    )
    assert capsys.readouterr().err == expected


# ---------------------------------------------------------------- cases and single servers


@pytest.fixture(scope="module")
def cases(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemoteEngine]:
    """The three invented articles of the named queries' cases, on a server of their own."""
    data = pyoxigraph.Store()
    data.load(path=str(CASES / "data.trig"), format=pyoxigraph.RdfFormat.TRIG)
    with STARTED[server.name](tmp_path_factory.mktemp("cases")) as started:
        engine = RemoteEngine.open(place_of(started.address))
        engine.change(Change(inserts=nquads(list(data))))
        yield engine
        engine.close()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_named_queries(cases: RemoteEngine, folder: Path) -> None:
    """Every case of every named query has its rows, in order."""
    params = folder / "params.json"
    given = json.loads(params.read_text(encoding="utf-8")) if params.exists() else {}
    table: Table = run(Asked(cases), folder.name.partition("--")[0], given)
    lines = ["\t".join(row) for row in [table.columns, *table.texts()]]
    assert lines == (folder / "expected.tsv").read_text(encoding="utf-8").splitlines()
    assert len(FOLDERS) == 53


class Asked:
    """An engine as the runner asks it."""

    def __init__(self, engine: RemoteEngine) -> None:
        self._engine = engine

    def query(self, sparql: str, bindings: dict[str, NamedNode | Literal] | None = None) -> object:
        """The engine's answer."""
        return self._engine.query(sparql, bindings or {})


def test_virtuoso_wants_a_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Virtuoso's digest is answered; without a password, or with a wrong one, its refusal says what to do."""
    with virtuoso(tmp_path, rows=5) as started:
        place = place_of(started.address)
        change = Change(inserts=nquads([note(Literal(str(i))) for i in range(9)]))
        for environment, what in (
            ({"NETRC": "/dev/null"}, "wants a user and a password; set ALLIANCEGRAPH_STORE_USER and "),
            (
                {**started.environment, "ALLIANCEGRAPH_STORE_PASSWORD": "wr0ng"},
                "refused the user, password or token; ",
            ),
        ):
            engine = RemoteEngine.open(place, environment=environment)
            with pytest.raises(ServerError) as caught:
                engine.change(change)
            assert str(caught.value).startswith(f"{place} {what}")
            assert "wr0ng" not in str(caught.value)
            engine.close()
        engine = RemoteEngine.open(place, environment=started.environment)
        engine.change(change)
        cut = "cuts answers after [56] rows; raise ResultSetMaxRows in its"
        for read in (
            lambda: list(engine.quads(THIRD)),
            lambda: list(engine.quads(THIRD, predicate=PREDICATE.value)),
            lambda: engine.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{THIRD}> {{ ?s ?p ?o }} }}", {}),
        ):
            with pytest.raises(ServerError, match=cut):
                read()
        assert (
            len(list(engine.query(f"SELECT ?o WHERE {{ GRAPH <{THIRD}> {{ ?s ?p ?o }} }} LIMIT 4", {}))) == 4
        )  # type: ignore[arg-type]
        engine.close()
