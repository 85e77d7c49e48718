"""The named queries give exactly the rows of their cases, and wrong calls say what would be right."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyoxigraph
import pytest

from alliancegraph.graph.confident import confident_quads
from alliancegraph.ontology.errors import QueryError
from alliancegraph.queries import (
    Table,
    ask,
    format_table,
    named_queries,
    named_query,
    parse_query,
    run,
    run_text,
)

ROOT = Path(__file__).parent
CASES = ROOT / "cases" / "queries"
FOLDERS = sorted(folder for folder in CASES.iterdir() if folder.is_dir())
DOCUMENT = "https://w3id.org/alliancegraph/document/1111111111111111"


class Memory:
    """A store in memory that answers as pyoxigraph does."""

    def __init__(self) -> None:
        self.store = pyoxigraph.Store()

    def query(self, sparql: str, bindings: Mapping[str, Any] | None = None) -> Any:
        """Run SPARQL with values bound."""
        values = {pyoxigraph.Variable(name): term for name, term in (bindings or {}).items()}
        return self.store.query(sparql, substitutions=values)


@pytest.fixture(scope="module")
def store() -> Memory:
    """The three invented articles that all cases share."""
    memory = Memory()
    memory.store.load(path=str(CASES / "data.trig"), format=pyoxigraph.RdfFormat.TRIG)
    return memory


def name_of(folder: Path) -> str:
    """`actors-by-issue` of `actors-by-issue--confident`."""
    return folder.name.partition("--")[0]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_rows(store: Memory, folder: Path) -> None:
    """A query gives the rows of its case, in order."""
    params_file = folder / "params.json"
    params = json.loads(params_file.read_text(encoding="utf-8")) if params_file.exists() else {}
    table = run(store, name_of(folder), params)
    lines = ["\t".join(row) for row in [table.columns, *table.texts()]]
    assert lines == (folder / "expected.tsv").read_text(encoding="utf-8").splitlines()


def test_every_query_has_a_case() -> None:
    """No query goes without a case, and no case is lost on the way."""
    assert {query.name for query in named_queries()} == {name_of(folder) for folder in FOLDERS}
    assert len(named_queries()) == 40
    assert len(FOLDERS) == 53


@pytest.mark.parametrize("query", named_queries(), ids=lambda query: query.name)
def test_header_is_complete(query: Any) -> None:
    """A query has a title, a purpose of whole sentences, and selects what it promises."""
    assert query.title[0].isupper()
    assert query.purpose.endswith(".")
    for name in (*query.columns, *(parameter.name for parameter in query.parameters)):
        assert f"?{name}" in query.text.partition("WHERE")[0]


def test_header_is_parsed() -> None:
    """The header gives title, purpose, parameters with defaults, and columns."""
    query = named_query("events-by-date")
    assert query.title == "Events by date"
    assert query.usage == "events-by-date [start=0000] [end=9999]"
    assert [(p.name, p.type, p.default) for p in query.parameters] == [
        ("start", "date", "0000"),
        ("end", "date", "9999"),
    ]
    assert query.columns == ("date", "event", "type", "actors", "documents")


@pytest.mark.parametrize(
    ("name", "params", "message"),
    [
        (
            "actor-by-issue",
            {},
            "no query is called 'actor-by-issue'; did you mean actors-by-issue or actor-issues-over-time?",
        ),
        ("zzz", {}, "no query is called 'zzz'; list them with: alliancegraph queries"),
        ("actors-by-issue", {}, "query actors-by-issue needs issue: add --param issue=VALUE"),
        (
            "actors-by-issue",
            {"isue": "trade"},
            "query actors-by-issue has no parameter 'isue'; it takes issue, min_confidence",
        ),
        ("documents", {"issue": "trade"}, "query documents has no parameter 'issue'; it takes none"),
        (
            "actors-by-issue",
            {"issue": "climate-chnge"},
            "no issue 'climate-chnge' in this store; did you mean climate-change or Climate change?",
        ),
        ("issues-of-actor", {"actor": "Japn"}, "no actor 'Japn' in this store; did you mean Japan?"),
        (
            "issues-of-actor",
            {"actor": "Ruritania"},
            "no actor 'Ruritania' in this store; check the spelling, or whether its documents were built",
        ),
        (
            "evidence-of-statement",
            {"statement": "position-3"},
            f"'position-3' names more than one statement; give one of {DOCUMENT}#position-3,"
            f" {DOCUMENT.replace('1', '2')}#position-3",
        ),
        (
            "low-confidence",
            {"max_confidence": "2"},
            "query low-confidence: max_confidence must be a number from 0 to 1, not '2'",
        ),
        ("mentions", {"minimum": "two"}, "query mentions: minimum must be a whole number, not 'two'"),
        (
            "events-by-date",
            {"start": "2008-13"},
            "query events-by-date: start must be a year, a month or a day (2008, 2008-03, 2008-03-14), not '2008-13'",
        ),
    ],
)
def test_wrong_calls(store: Memory, name: str, params: dict[str, str], message: str) -> None:
    """An unknown query, parameter or value is told with what may have been meant."""
    with pytest.raises(QueryError) as caught:
        run(store, name, params)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    "value", ["japan", "Japan", "JAPAN", "Tokyo", "actor:japan", "https://w3id.org/alliancegraph/actor/japan"]
)
def test_an_actor_by_any_name(store: Memory, value: str) -> None:
    """An actor is found by id, by any name in the text, by prefixed name and by IRI."""
    assert run(store, "issues-of-actor", {"actor": value}).texts() == [
        ("climate-change", "supports", "2"),
        ("natural-resources", "neutral", "1"),
    ]


def test_values_cannot_change_the_query(store: Memory) -> None:
    """A value with SPARQL in it is a value."""
    text = "SELECT ?name ?s WHERE { GRAPH ?g { ?s <http://purl.org/dc/terms/source> ?name } }"
    assert run_text(store, text, {"name": '" } } DELETE'}).rows == ()
    assert run_text(store, text, {"name": "tokyo.txt"}).texts() == [("tokyo.txt", DOCUMENT)]


def test_ask_by_name_file_and_text(store: Memory, tmp_path: Path) -> None:
    """The same question by name, from a file with a header, and as text."""
    file = tmp_path / "mine.rq"
    file.write_text(named_query("authors").text, encoding="utf-8")
    by_name = ask(store, "authors")
    assert ask(store, str(file)) == by_name == run_text(store, named_query("authors").text)
    assert by_name.texts() == [("Aiko Tanaka", "2", "4")]
    with pytest.raises(
        QueryError, match=r"query file nowhere\.rq: No such file or directory; check the path"
    ):
        ask(store, "nowhere.rq")


def test_headers_that_are_wrong() -> None:
    """A header that lacks its parts is refused."""
    with pytest.raises(QueryError, match="query mine: the header needs '# title: …' and '# columns: …'"):
        parse_query("mine", "# title: Mine\nSELECT ?s WHERE {}")
    with pytest.raises(QueryError, match="query mine: '# param: a b' is not of the form"):
        parse_query("mine", "# title: Mine\n# param: a b\n# columns: s\nSELECT ?s WHERE {}")


TABLE = Table(
    ("who", "n"),
    (
        (pyoxigraph.Literal('Ja"pan, <b>', language="en"), pyoxigraph.Literal(2)),
        (pyoxigraph.NamedNode("http://example.org/a"), None),
    ),
)
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


def test_csv() -> None:
    """CSV has a header, quotes where needed, and CRLF as the SPARQL format says."""
    assert format_table(TABLE, "csv") == 'who,n\r\n"Ja""pan, <b>",2\r\nhttp://example.org/a,\r\n'


def test_json() -> None:
    """JSON is the SPARQL results format, with what is not bound left out."""
    assert json.loads(format_table(TABLE, "json")) == {
        "head": {"vars": ["who", "n"]},
        "results": {
            "bindings": [
                {
                    "who": {"type": "literal", "value": 'Ja"pan, <b>', "xml:lang": "en"},
                    "n": {"type": "literal", "value": "2", "datatype": INTEGER},
                },
                {"who": {"type": "uri", "value": "http://example.org/a"}},
            ]
        },
    }


def test_json_and_xml_are_read_back() -> None:
    """Another reader of SPARQL results finds the same terms."""
    for format_, known in (
        ("json", pyoxigraph.QueryResultsFormat.JSON),
        ("xml", pyoxigraph.QueryResultsFormat.XML),
    ):
        found = pyoxigraph.parse_query_results(format_table(TABLE, format_), format=known)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        assert tuple((row["who"], row["n"]) for row in found) == TABLE.rows


def test_ask_and_construct(store: Memory) -> None:
    """ASK gives a truth value, CONSTRUCT gives Turtle, and rows are never Turtle."""
    yes = run_text(store, "ASK { GRAPH ?g { ?s ?p ?o } }")
    assert yes.texts() == [("true",)]
    assert json.loads(format_table(yes, "json")) == {"head": {}, "boolean": True}
    assert ElementTree.fromstring(format_table(yes, "xml"))[1].text == "true"
    built = run_text(
        store,
        "CONSTRUCT { ?d <http://example.org/by> ?s } WHERE { GRAPH ?d { ?d <http://purl.org/dc/terms/source> ?s } }",
    )
    assert built.columns == ("subject", "predicate", "object")
    assert (
        len(list(pyoxigraph.parse(input=format_table(built, "ttl"), format=pyoxigraph.RdfFormat.TURTLE))) == 3
    )
    with pytest.raises(QueryError, match="only a CONSTRUCT or DESCRIBE query gives Turtle"):
        format_table(TABLE, "ttl")


def test_minimal_confidence_is_one_thing(store: Memory) -> None:
    """A query's own parameter leaves out what the confident copy of the graph leaves out."""
    copy = Memory()
    copy.store.extend(confident_quads(store.store, 0.8))
    asked = 0
    for folder in FOLDERS:
        query = named_query(name_of(folder))
        if not any(p.name == "min_confidence" for p in query.parameters):
            continue
        params_file = folder / "params.json"
        params = json.loads(params_file.read_text(encoding="utf-8")) if params_file.exists() else {}
        own = run(store, query.name, {**params, "min_confidence": "0.8"})
        assert own.texts() == run(copy, query.name, {**params, "min_confidence": "0"}).texts(), query.name
        asked += 1
    assert asked == 34
