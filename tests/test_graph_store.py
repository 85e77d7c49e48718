"""The store: documents replaced and removed as a whole, one writer, readers beside it, and clear words where it fails."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from factories import TEXT, document_iri, sample_extraction, second_extraction
from pyoxigraph import Literal, NamedNode
from rdflib import URIRef
from rdflib.plugins.sparql import prepareQuery

from alliancegraph.extract.model import Extraction
from alliancegraph.graph.builder import document_graph
from alliancegraph.graph.embedded import EmbeddedEngine
from alliancegraph.graph.engine import nquads
from alliancegraph.graph.packing import packed
from alliancegraph.graph.pending import plan
from alliancegraph.graph.quads import ordered
from alliancegraph.graph.store import Store
from alliancegraph.ontology.errors import QueryError, StoreError
from alliancegraph.ontology.terms import AG, CATALOGUE, VOCABULARY
from alliancegraph.ontology.triples import BASE
from alliancegraph.ontology.vocabulary import load_vocabulary

TESTS = Path(__file__).parent
FIRST, SECOND = document_iri(TEXT), second_extraction().document.iri
COUNT = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with both sample documents."""
    path = tmp_path_factory.mktemp("built") / "store"
    with Store.open(path) as opened:
        opened.replace(sample_extraction())
        opened.replace(second_extraction())
    return path


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Iterator[Store]:
    """A copy of it for each test."""
    shutil.copytree(built, tmp_path / "store")
    with Store.open(tmp_path / "store") as opened:
        yield opened


def named(extraction: Extraction, source: str) -> Extraction:
    """The extraction as if it came from another source."""
    return replace(extraction, document=replace(extraction.document, source=source))


def sources(store: Store) -> list[tuple[str, str]]:
    """The sources and documents of a store."""
    return [(document.source, document.iri) for document in store.documents()]


def graphs(store: Store) -> set[str]:
    """The names of all graphs that hold something."""
    answer = store.query("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
    return {solution["g"].value for solution in answer}  # type: ignore[union-attr]


# ---------------------------------------------------------------- documents


def test_documents(store: Store) -> None:
    """A store lists its documents, and gives each graph as it was built."""
    assert [(d.source, d.title, d.date) for d in store.documents()] == [
        ("lake-toya.txt", "Allies at Lake Toya: a “quiet” week", "2008-07-11"),
        ("reversal.md", "Reversal", "2009-06"),
    ]
    assert store.graph(FIRST) == document_graph(sample_extraction())
    assert store.graph(SECOND) == document_graph(second_extraction())
    assert graphs(store) == {FIRST, SECOND, str(CATALOGUE), str(VOCABULARY)}


def test_stats(store: Store) -> None:
    """The numbers of what the two documents say."""
    counts = store.stats()
    assert counts.pop("quads") > 20000
    assert counts == {
        "documents": 2,
        "actors": 7,
        "issues": 3,
        "events": 2,
        "relations": 8,
        "positions": 8,
        "discussions": 5,
        "mentions": 15,
    }


def test_building_again_changes_nothing(store: Store) -> None:
    """The same extraction twice is there once."""
    before = store.stats()
    store.replace(sample_extraction())
    assert store.stats() == before
    assert store.graph(FIRST) == document_graph(sample_extraction())


def test_new_text_replaces_the_source(store: Store) -> None:
    """A source whose text has changed has only its new document."""
    store.replace(named(second_extraction(), "lake-toya.txt"))
    assert sources(store) == [("lake-toya.txt", SECOND), ("reversal.md", SECOND)]
    assert graphs(store) == {SECOND, str(CATALOGUE), str(VOCABULARY)}


def test_an_rdflib_iri_is_the_same_document(store: Store) -> None:
    """A document whose IRI is rdflib's is replaced by itself, and by the same as text, and is still there."""
    extraction = sample_extraction()
    before = store.graph(FIRST)
    as_iri = replace(extraction, document=replace(extraction.document, iri=URIRef(extraction.document.iri)))
    for again in (as_iri, as_iri, extraction):
        store.put([packed(again)])
        assert store.graph(FIRST) == before
        assert [document.source for document in store.documents()].count("lake-toya.txt") == 1


def test_new_statements_replace_the_old(store: Store) -> None:
    """The same document with other statements has only these."""
    store.replace(replace(sample_extraction(), positions=()))
    assert store.graph(FIRST) == document_graph(replace(sample_extraction(), positions=()))
    assert store.stats()["positions"] == 3


def test_two_sources_of_one_text(store: Store) -> None:
    """A text under two names is one document with two sources, and stays while it has one."""
    store.replace(named(sample_extraction(), "copy.txt"))
    assert sources(store) == [("copy.txt", FIRST), ("lake-toya.txt", FIRST), ("reversal.md", SECOND)]
    named_twice = [q.object.value for q in store.graph(FIRST) if q.predicate.value.endswith("/source")]
    assert named_twice == ["copy.txt", "lake-toya.txt"]
    assert store.stats()["documents"] == 2
    store.remove("copy.txt")
    assert store.graph(FIRST) == document_graph(sample_extraction())
    store.replace(named(sample_extraction(), "copy.txt"))
    store.replace(named(second_extraction(), "copy.txt"))
    assert sources(store) == [("copy.txt", SECOND), ("lake-toya.txt", FIRST), ("reversal.md", SECOND)]
    assert store.graph(FIRST) == document_graph(sample_extraction())
    store.remove(SECOND)
    assert sources(store) == [("lake-toya.txt", FIRST)]


@pytest.mark.parametrize("name", ["lake-toya.txt", FIRST])
def test_remove(store: Store, name: str) -> None:
    """A document goes with all that it said, by source or by IRI."""
    store.remove(name)
    assert sources(store) == [("reversal.md", SECOND)]
    assert graphs(store) == {SECOND, str(CATALOGUE), str(VOCABULARY)}


def test_remove_what_is_not_there(store: Store) -> None:
    """An unknown document is told, and nothing changes."""
    with pytest.raises(StoreError, match=r"^no document 'nothing.txt' in .*; list them with: alliancegraph"):
        store.remove("nothing.txt")
    assert len(store.documents()) == 2


def test_vocabulary(store: Store, tmp_path: Path) -> None:
    """The vocabulary is described once, and again only when it changes."""
    query = "SELECT ?l WHERE { GRAPH ?g { <https://w3id.org/alliancegraph/issue/seabed> <http://www.w3.org/2004/02/skos/core#prefLabel> ?l } }"
    assert store.load_vocabulary() is False
    extra = tmp_path / "own.ttl"
    extra.write_text(
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "@prefix issue: <https://w3id.org/alliancegraph/issue/> .\n"
        'issue:seabed a skos:Concept ; skos:inScheme issue:scheme ; skos:prefLabel "Seabed"@en ; skos:altLabel "ocean floor"@en .\n',
        encoding="utf-8",
    )
    assert store.load_vocabulary([extra]) is True
    assert store.load_vocabulary([extra]) is False
    assert [s["l"].value for s in store.query(query)] == ["Seabed"]  # type: ignore[union-attr]
    words = [
        q.object.value
        for q in store.graph(str(VOCABULARY))
        if q.object == Literal("ocean floor", language="en")
    ]
    assert words == []
    assert store.load_vocabulary() is True
    assert list(store.query(query)) == []  # type: ignore[arg-type]


def test_vocabulary_digest() -> None:
    """The digest is the one by which extractions name their vocabulary."""
    with Store.open() as memory:
        memory.load_vocabulary()
        found = [
            q.object.value
            for q in memory.graph(str(CATALOGUE))
            if q.predicate.value == str(AG.vocabularyDigest)
        ]
    assert found == [load_vocabulary().digest]


# ---------------------------------------------------------------- queries


def test_query_binds_values(store: Store) -> None:
    """Values are bound to selected variables, whatever they hold."""
    query = "SELECT ?d ?title WHERE { GRAPH ?d { ?d <http://purl.org/dc/terms/title> ?title } }"
    answer = store.query(query, {"title": Literal("Reversal")})
    assert [solution["d"].value for solution in answer] == [SECOND]  # type: ignore[union-attr]
    assert list(store.query(query, {"title": Literal('" } DROP ALL #')})) == []  # type: ignore[arg-type]


def test_default_graph_is_the_union(store: Store) -> None:
    """Without GRAPH, a query sees all documents."""
    answer = store.query(f"ASK {{ ?p a <{AG.Position}> }}")
    assert bool(answer) is True


def test_construct(store: Store) -> None:
    """CONSTRUCT gives triples."""
    answer = store.query(
        f"CONSTRUCT {{ ?p a <{AG.Position}> }} WHERE {{ GRAPH ?g {{ ?p a <{AG.Position}> }} }}"
    )
    assert isinstance(answer, pyoxigraph.QueryTriples)
    assert len(list(answer)) == 8


@pytest.mark.parametrize(
    ("query", "bindings", "message"),
    [
        ("SELEC ?s", {}, "SPARQL that does not parse: "),
        (
            "SELECT ?s WHERE { ?s ?p ?o }",
            {"x": NamedNode("http://example.org/")},
            "SPARQL that cannot be answered: ",
        ),
    ],
)
def test_wrong_queries(store: Store, query: str, bindings: dict[str, NamedNode], message: str) -> None:
    """Wrong SPARQL is a QueryError of one line."""
    with pytest.raises(QueryError) as caught:
        store.query(query, bindings)
    assert str(caught.value).startswith(message)


def test_dataset(store: Store) -> None:
    """rdflib reads the same, and cannot change it."""
    dataset = store.dataset()
    position = URIRef(str(AG.Position))
    assert len(list(dataset.query(f"SELECT ?p WHERE {{ ?p a <{position}> }}"))) == 8
    assert {str(g.identifier) for g in dataset.graphs()} - {"urn:x-rdflib:default"} == graphs(store)
    one = URIRef("http://example.org/")
    with pytest.raises(StoreError, match="this dataset is for reading"):
        dataset.default_graph.add((one, one, one))
    with pytest.raises(StoreError, match="this dataset is for reading"):
        dataset.update("CLEAR ALL")
    assert len(store.documents()) == 2


def test_dataset_never_uses_the_slow_evaluator(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Prepared queries, prefixes, a base and bindings run in Oxigraph; what it cannot do is an error, not a slow answer."""
    monkeypatch.setattr("rdflib.plugins.sparql.processor.evalQuery", None)
    dataset, ag = store.dataset(), str(AG._NS)
    prepared = prepareQuery("SELECT ?p WHERE { ?p a :Position }", initNs={"": ag})
    assert len(list(dataset.query(prepared))) == 8
    assert len(list(dataset.query("SELECT ?p WHERE { ?p a a:Position }", initNs={"a": ag}))) == 8
    assert len(list(dataset.query("SELECT ?p WHERE { ?p a <ontology#Position> }", base=str(BASE)))) == 8
    bound = dataset.query("SELECT ?p ?c WHERE { ?p a ?c }", initBindings={"c": URIRef(str(AG.Position))})
    assert len(list(bound)) == 8
    prepared_with_base = prepareQuery("ASK { ?p a <ontology#Position> }", base=str(BASE))
    assert dataset.query(prepared_with_base).askAnswer is True
    for arguments, message in (
        ({"query_object": "SELECT ?p WHERE {"}, "SPARQL that does not parse: "),
        (
            {"query_object": "ASK {}", "timeout": 3},
            "rdflib's setting 'timeout' is not known to Oxigraph; leave it out",
        ),
        (
            {"query_object": "SELECT ?y { ?x ?y ?z }", "initBindings": {"x": URIRef("x:y")}},
            "SPARQL that cannot be answered: ",
        ),
    ):
        with pytest.raises(QueryError) as caught:
            dataset.query(**arguments)  # type: ignore[arg-type]
        assert str(caught.value).startswith(message)


# ---------------------------------------------------------------- opening


def test_stays_on_disk(tmp_path: Path) -> None:
    """What was stored is there when the store is opened again."""
    with Store.open(tmp_path / "store") as one:
        one.replace(sample_extraction())
    with Store.open(tmp_path / "store") as other:
        assert other.graph(FIRST) == document_graph(sample_extraction())


def test_second_writer_is_refused(store: Store, tmp_path: Path) -> None:
    """Only one process writes."""
    with pytest.raises(StoreError) as caught:
        Store.open(tmp_path / "store")
    assert str(caught.value) == f"{tmp_path / 'store'} is in use by another process; wait until it is done"
    assert caught.value.store == str(tmp_path / "store")


def test_reader_beside_a_writer(tmp_path: Path) -> None:
    """A reader sees what was last closed, and neither disturbs the other."""
    path = tmp_path / "store"
    with Store.open(path) as writer:
        writer.replace(sample_extraction())
        with pytest.raises(
            StoreError, match=r"is being written for the first time; try again when that is done$"
        ):
            Store.open(path, read_only=True)
    with Store.open(path) as writer, Store.open(path, read_only=True) as reader:
        writer.replace(second_extraction())
        assert [len(s.documents()) for s in (writer, reader)] == [2, 1]
        writer.close()
        assert len(reader.documents()) == 1
        with Store.open(path, read_only=True) as newer:
            assert len(newer.documents()) == 2


def test_reader_cannot_write(tmp_path: Path) -> None:
    """A store for reading refuses changes."""
    Store.open(tmp_path / "store").close()
    with Store.open(tmp_path / "store", read_only=True) as reader:
        with pytest.raises(StoreError, match="is open for reading only"):
            reader.replace(sample_extraction())
        with pytest.raises(StoreError, match="is open for reading only"):
            reader.load_vocabulary()


def test_no_store_to_read(tmp_path: Path) -> None:
    """Reading does not make a store."""
    with pytest.raises(StoreError, match=r"holds no store; make one with: alliancegraph build"):
        Store.open(tmp_path / "none", read_only=True)
    assert list(tmp_path.iterdir()) == []


def test_folder_of_other_things(tmp_path: Path) -> None:
    """A folder with files of its own is not made a store."""
    (tmp_path / "article.txt").write_text("x", encoding="utf-8")
    with pytest.raises(StoreError, match=r"is not a store, and not empty; name another folder with --store$"):
        Store.open(tmp_path)
    with pytest.raises(StoreError, match=r"cannot be opened: Not a directory$"):
        Store.open(tmp_path / "article.txt")
    assert [p.name for p in tmp_path.iterdir()] == ["article.txt"]


def of_format(path: Path, number: int, more: str = "") -> None:
    """Write into a store that it has another layout, and more."""
    data = pyoxigraph.Store(str(path / "data"))
    data.update(
        f"DELETE {{ GRAPH ?g {{ ?s <{AG.storeFormat}> ?o }} }} INSERT {{ GRAPH ?g {{ ?s <{AG.storeFormat}> {number} }} }} "
        f"WHERE {{ GRAPH ?g {{ ?s <{AG.storeFormat}> ?o }} }}"
    )
    if more:
        data.update(f"INSERT DATA {{ {more} }}")


def test_newer_format(tmp_path: Path) -> None:
    """A store of a newer version is refused, by writer and reader, and left alone."""
    Store.open(tmp_path / "store").close()
    of_format(tmp_path / "store", 3)
    for read_only in (False, True):
        with pytest.raises(StoreError, match=r"has format 3, .*: pip install --upgrade alliancegraph$"):
            Store.open(tmp_path / "store", read_only=read_only)
        shutil.rmtree(tmp_path / "store" / "snapshots")


def test_older_format(built: Path, tmp_path: Path) -> None:
    """A store of format 1 can be read, is brought up to date when it is written, and loses what had been prepared in it."""
    path = tmp_path / "store"
    shutil.copytree(built, path)
    shutil.rmtree(path / "snapshots")
    of_format(path, 1, f"GRAPH <{CATALOGUE}/staged> {{ <x:a> <x:b> <x:c> }}")
    with Store.open(path, read_only=True) as reader:
        assert reader.graph(FIRST) == document_graph(sample_extraction())
    with Store.open(path) as store:
        assert graphs(store) == {FIRST, SECOND, str(CATALOGUE), str(VOCABULARY)}
        answer = store.query(f"SELECT ?f WHERE {{ ?s <{AG.storeFormat}> ?f }}")
        assert [solution["f"].value for solution in answer] == ["2"]  # type: ignore[union-attr]


def test_closed_store(tmp_path: Path) -> None:
    """A closed store says so, and can be closed again."""
    store = Store.open(tmp_path / "store")
    store.close()
    store.close()
    with pytest.raises(StoreError, match="is closed"):
        store.documents()


@pytest.mark.parametrize("read_only", [True, False])
def test_plans_are_carried_out(built: Path, tmp_path: Path, read_only: bool) -> None:
    """What a killed process had still to remove is gone for whoever opens the store next."""
    path = tmp_path / "store"
    shutil.copytree(built, path)
    shutil.rmtree(path / "snapshots")
    data = pyoxigraph.Store(str(path / "data"))
    kept = next(data.quads_for_pattern(None, None, None, NamedNode(SECOND)))
    data.load(input=plan([FIRST], nquads([kept])), format=pyoxigraph.RdfFormat.N_QUADS)
    del data
    with Store.open(path, read_only=read_only) as store:
        assert graphs(store) == {SECOND, str(CATALOGUE), str(VOCABULARY)}
        assert store.graph(SECOND) == [q for q in document_graph(second_extraction()) if q != kept]


def test_graph_that_waits_to_be_dropped(tmp_path: Path) -> None:
    """A source that goes back to what it said before gets its first graph back, whole."""
    first, other = named(sample_extraction(), "a.txt"), named(second_extraction(), "a.txt")
    with Store.open(tmp_path / "store") as store:
        store.replace(first)
        store.replace(other)
        store.replace(first)
        assert sources(store) == [("a.txt", FIRST)]
        assert graphs(store) == {FIRST, str(CATALOGUE), str(VOCABULARY)}
        assert store.graph(FIRST) == document_graph(first)


def test_many_at_once(tmp_path: Path) -> None:
    """Documents put together are as if put one by one: sources that share a document, and one that comes twice, too."""
    one, two = sample_extraction(), second_extraction()
    items = [named(one, "a"), named(two, "b"), named(one, "c"), named(one, "b"), named(two, "d")]
    with Store.open(tmp_path / "one") as single, Store.open(tmp_path / "all") as together:
        for item in items:
            single.replace(item)
        together.put([packed(item) for item in items])
        assert sources(together) == [("a", FIRST), ("b", FIRST), ("c", FIRST), ("d", SECOND)]
        assert ordered(together.engine.quads()) == ordered(single.engine.quads())


def test_bulk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """New documents above a size are loaded in bulk, with the same result."""
    items = [packed(sample_extraction()), packed(second_extraction())]
    loaded: list[int] = []
    bulk_load = EmbeddedEngine.bulk_load
    monkeypatch.setattr("alliancegraph.graph.embedded._BULK", 1000)
    monkeypatch.setattr(
        EmbeddedEngine, "bulk_load", lambda engine, data: (loaded.append(len(data)), bulk_load(engine, data))
    )
    with Store.open(tmp_path / "store") as store:
        store.load_vocabulary()
        loaded.clear()
        store.put(items)
        assert len(loaded) == 1
        assert sources(store) == [("lake-toya.txt", FIRST), ("reversal.md", SECOND)]
        assert store.graph(SECOND) == document_graph(second_extraction())


def test_killed_writer_leaves_a_whole_document(tmp_path: Path) -> None:
    """After `kill -9` in the midst of replacing, the document is wholly the one or wholly the other."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from dataclasses import replace\nfrom pathlib import Path\n"
        "from factories import sample_extraction\n"
        "from alliancegraph.graph.store import Store\n"
        "store, one = Store.open(Path(sys.argv[2])), sample_extraction()\n"
        "store.replace(one); print('ready', flush=True)\n"
        "while True:\n"
        "    store.replace(replace(one, positions=())); store.replace(one)\n"
    )
    path = tmp_path / "store"
    command = [sys.executable, "-c", code, str(TESTS), str(path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env={**os.environ, "PYTHONHASHSEED": "0"}
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.3)
        process.send_signal(signal.SIGKILL)
    whole = [document_graph(e) for e in (sample_extraction(), replace(sample_extraction(), positions=()))]
    with Store.open(path, read_only=True) as reader:
        assert reader.graph(FIRST) in whole
        assert sources(reader) == [("lake-toya.txt", FIRST)]
    with Store.open(path) as writer:
        assert writer.graph(FIRST) in whole
