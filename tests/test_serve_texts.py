"""What the endpoint makes of texts before the engine sees them: calls outside, nesting, datasets of updates, uploads."""

from __future__ import annotations

import asyncio

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, Triple
from starlette.types import Message

from alliancegraph.serve.bounds import Buffer, check_rows, counted
from alliancegraph.serve.guard import checked_query, checked_update
from alliancegraph.serve.jobs import Answer
from alliancegraph.serve.negotiation import DATASETS, GRAPHS, RESULTS, chosen, media_type, utf8
from alliancegraph.serve.refusal import Refusal
from alliancegraph.serve.sending import Outbox
from alliancegraph.serve.settings import is_loopback
from alliancegraph.serve.uploads import insertion, uploaded
from alliancegraph.serve.using import with_dataset

OUT = "http://169.254.169.254/sparql"
G, H = NamedNode("http://example.org/g"), NamedNode("http://example.org/h")


def refusal_of(
    text: str, *, update: bool = False, services: tuple[str, ...] = (), loads: tuple[str, ...] = ()
) -> int:
    """The status with which a text is refused; 0 if it is not."""
    try:
        checked_update(text, services, loads) if update else checked_query(text, services)
    except Refusal as refusal:
        return refusal.status
    return 0


@pytest.mark.parametrize(
    "text",
    [
        f"SELECT * {{ SERVICE <{OUT}> {{ ?s ?p ?o }} }}",
        f"SELECT * {{ service<{OUT}>{{}} }}",
        f"SELECT * {{ ?s ?p 1.SERVICE <{OUT}> {{}} }}",
        f"SELECT * {{ SERVICE # a note\n <{OUT}> {{}} }}",
        f"SELECT * {{ S\\u0045RVICE <{OUT}> {{}} }}",
        f"SELECT * {{ \\U00000053ERVICE <{OUT}> {{}} }}",
        f"SELECT * {{ VALUES ?x {{ <{OUT}> }} SERVICE ?x {{}} }}",
        f"PREFIX x: <{OUT}> SELECT * {{ SERVICE x: {{}} }}",
        f"SELECT * {{ FILTER EXISTS {{ SERVICE <{OUT}> {{}} }} }}",
        "SELECT * { SERVICE <local> {} }",
        "ASK { SERVICE SILENT <http://allowed/> { SERVICE <http://other/> {} } }",
    ],
)
def test_service_is_refused(text: str) -> None:
    """SERVICE is found however it is written, and the status says that this server does not offer it."""
    assert refusal_of(text) == 501
    assert refusal_of(text, services=("http://allowed/", "x:", "?x", "local/")) == 501


@pytest.mark.parametrize(
    "text",
    [
        'SELECT * { ?s ?p "SERVICE <http://a/> {}" }',
        "SELECT * { ?s ?p ?service } # SERVICE <http://a/> {}",
        "PREFIX service: <http://a/> SELECT * { ?s service:SERVICE service:load }",
        "SELECT * { ?s <http://a/SERVICE> '''SERVICE <x>''' }",
        "ASK { ?s ?p 'a\\u0022SERVICE <http://a/>'@en }",
    ],
)
def test_words_that_are_no_service(text: str) -> None:
    """The word in a string, a comment, a variable, a name or an IRI is no call."""
    assert checked_query(text, ()).text == text


def test_service_that_is_allowed() -> None:
    """An address that is allowed by name may be asked, and no other that begins with it."""
    text = "SELECT * {{ SERVICE <{}> {{}} }}"
    assert refusal_of(text.format(OUT), services=(OUT,)) == 0
    assert refusal_of(text.format(OUT + "/more"), services=(OUT,)) == 501


def test_silent_service_gives_one_empty_solution() -> None:
    """A refused SERVICE SILENT counts as one that failed, and what is in its group is left out."""
    text = f"SELECT * {{ SERVICE SILENT <{OUT}> {{ ?o ?q ?r . {{ SERVICE <{OUT}> {{}} }} }} }}"
    assert refusal_of(text) == 501
    silent = f"SELECT * {{ ?s ?p ?o . SERVICE SILENT <{OUT}> {{ ?o ?q ?r {{ ?r ?q ?o }} }} }}"
    assert checked_query(silent, ()).text == "SELECT * { ?s ?p ?o . {} }"


@pytest.mark.parametrize(
    "text", [f"SELECT * {{ SERVICE <{OUT}> {{ }}", f"SELECT {{ SERVICE <{OUT}> {{ }} }}"]
)
def test_wrong_text_with_a_service(text: str) -> None:
    """A text that does not parse is wrong before it is refused."""
    with pytest.raises(SyntaxError):
        checked_query(text, ())


def test_load() -> None:
    """LOAD is refused unless its address is allowed; a silent one that is refused does nothing."""
    assert refusal_of(f"LOAD <{OUT}>", update=True) == 501
    assert refusal_of(f"LO\\u0041D <{OUT}>", update=True) == 501
    assert refusal_of("LOAD <file:///etc/passwd> INTO GRAPH <http://g/>", update=True) == 501
    assert refusal_of(f"INSERT DATA {{}} ; load <{OUT}>", update=True, loads=(OUT,)) == 0
    assert refusal_of("LOAD ;", update=True) == 400
    text = f"CLEAR ALL ; LOAD SILENT <{OUT}> INTO GRAPH <http://g/> ; CREATE GRAPH <http://h/>"
    assert checked_update(text, (), ()) == "CLEAR ALL ; INSERT DATA {} ; CREATE GRAPH <http://h/>"


@pytest.mark.parametrize(("opening", "closing"), [("{", "}"), ("(", ")"), ("[", "]")])
def test_nesting(opening: str, closing: str) -> None:
    """Brackets may be nested 64 deep; those of strings and comments do not count."""
    assert refusal_of(f"ASK {opening * 64}{closing * 64}") == 0
    assert refusal_of(f"ASK {opening * 65}{closing * 65}") == 400
    assert refusal_of(f'ASK {{ ?s ?p "{opening * 99}" }} # {opening * 99}') == 0
    assert refusal_of(f"ASK {opening * 3000}", update=True) == 400


def test_forms() -> None:
    """The form of a query is its first word of those, and FROM is seen as a word only."""
    assert (
        checked_query("PREFIX select: <http://a/> CONSTRUCT WHERE { ?s select:ask ?from }", ()).form
        == "construct"
    )
    assert checked_query("# ASK\nBASE <http://a/> DESCRIBE <b>", ()).form == "describe"
    assert not checked_query("SELECT ?from { ?from ?p 'from' }", ()).has_dataset
    assert checked_query("SELECT ?s FR\\u004fM <http://g/> { ?s ?p ?o }", ()).has_dataset
    assert refusal_of("INSERT DATA {}") == 400


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.1, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/html, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        (
            "*/*;q=0.5, application/sparql-results+json;q=0, text/tab-separated-values",
            "text/tab-separated-values",
        ),
        ("TEXT/CSV; header=present; Q=1", "text/csv"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
    ],
)
def test_negotiation(accept: str, expected: str) -> None:
    """The most exact range decides on a type, and the best liked type is sent."""
    assert chosen(accept, tuple(RESULTS)) == expected


@pytest.mark.parametrize(
    ("accept", "status"), [("image/png", 406), ("*/*;q=0", 406), ("csv", 400), ("a/b;q=x", 400)]
)
def test_nothing_to_send(accept: str, status: int) -> None:
    """Types that are not offered are refused, and so is what is no type."""
    with pytest.raises(Refusal) as caught:
        chosen(accept, tuple(RESULTS))
    assert caught.value.status == status


def test_content_type() -> None:
    """Type and charset of a body are read without regard to case, quotes and blanks."""
    assert media_type('Text/Turtle ; Charset="UTF-8"') == ("text/turtle", "utf-8")
    assert media_type("") == ("", "utf-8")
    with pytest.raises(Refusal) as caught:
        utf8(b"", "utf-16")
    assert caught.value.status == 415


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (
            "DELETE { ?s ?p 1 } INSERT { ?s ?p 2 } WHERE { ?s ?p 1 }",
            "DELETE { ?s ?p 1 } INSERT { ?s ?p 2 }  {0}WHERE { ?s ?p 1 }",
        ),
        ("delete where { ?s ?p ?o }", "delete  { ?s ?p ?o } {0}where { ?s ?p ?o }"),
        (
            "INSERT DATA { <a:b> <a:c> 'WHERE' } ; CLEAR ALL",
            "INSERT DATA { <a:b> <a:c> 'WHERE' } ; CLEAR ALL",
        ),
        (
            "INSERT { ?s ?p 1 } WHERE { { SELECT * WHERE { ?s ?p ?o } } }",
            "INSERT { ?s ?p 1 }  {0}WHERE { { SELECT * WHERE { ?s ?p ?o } } }",
        ),
    ],
)
def test_dataset_of_an_update(update: str, expected: str) -> None:
    """The graphs that a request names become USING clauses of each operation with a pattern, and of no subquery."""
    made = with_dataset(update, [G], [H])
    clauses = "USING <http://example.org/g> USING NAMED <http://example.org/h> "
    assert made.split() == expected.replace("{0}", clauses).split()
    pyoxigraph.Store().update(made)


def test_update_with_two_datasets() -> None:
    """An update that names its own dataset is refused when the request names one too; else it stays as it is."""
    text = "WITH <http://g/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert with_dataset(text, [], []) == text
    with pytest.raises(Refusal) as caught:
        with_dataset(text, [], [H])
    assert caught.value.status == 400


@pytest.mark.parametrize(
    "format_",
    [QueryResultsFormat.JSON, QueryResultsFormat.XML, QueryResultsFormat.CSV, QueryResultsFormat.TSV],
)
@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?x ?y { VALUES (?x ?y) { ('},{' '[{') ('a\\\\' '\"}},{\"') ('\\r\\n' '<result>') } }",
        "SELECT ?x ?y { VALUES (?x ?y) { (UNDEF UNDEF) (UNDEF 1) (<< <a:b> <a:c> 1 >> UNDEF) } }",
        "SELECT ?x { VALUES ?x { '' '\\n' '\"\"' } }",
    ],
)
def test_rows_are_counted(query: str, format_: QueryResultsFormat) -> None:
    """Three rows are three rows in every format, whatever their strings hold."""
    found = pyoxigraph.Store().query(query.replace("<< <a:b> <a:c> 1 >>", "<<( <a:b> <a:c> 1 )>>"))
    body = found.serialize(format=format_)
    assert body is not None
    check_rows(body, format_, 3)
    with pytest.raises(Refusal) as caught:
        check_rows(body, format_, 2)
    assert caught.value.status == 507


def test_no_rows() -> None:
    """An empty answer has no rows, even at the limit of none."""
    for format_ in (
        QueryResultsFormat.JSON,
        QueryResultsFormat.XML,
        QueryResultsFormat.CSV,
        QueryResultsFormat.TSV,
    ):
        body = pyoxigraph.Store().query("SELECT ?a { ?a ?b ?c }").serialize(format=format_)
        assert body is not None
        check_rows(body, format_, 0)


def test_bounds() -> None:
    """A buffer takes bytes up to its limit, and triples are passed on up to theirs."""
    buffer = Buffer(3)
    buffer.write(b"abc")
    assert buffer.content() == b"abc"
    with pytest.raises(Refusal):
        buffer.write(b"d")
    assert list(counted("ab", 2)) == ["a", "b"]
    with pytest.raises(Refusal):
        list(counted("abc", 2))


@pytest.mark.parametrize(
    ("media", "body"),
    [
        ("text/turtle", "<a> <b> 1 ."),
        (
            "application/n-triples",
            '<http://x/a> <http://x/b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        ),
        (
            "application/rdf+xml",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/"><rdf:Description rdf:about="a">'
            '<x:b rdf:datatype="http://www.w3.org/2001/XMLSchema#integer">1</x:b></rdf:Description></rdf:RDF>',
        ),
        ("application/ld+json", '{"@id": "http://x/a", "http://x/b": 1}'),
        ("application/trig", "<a> <b> 1 ."),
    ],
)
def test_uploads(media: str, body: str) -> None:
    """The same triple comes out of every format."""
    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    expected = Triple(NamedNode("http://x/a"), NamedNode("http://x/b"), Literal("1", datatype=integer))
    assert uploaded(body.encode(), media, "http://x/") == [expected]


_BOMB = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("media", "body", "status"),
    [
        ("application/rdf+xml", _BOMB, 400),
        ("application/rdf+xml", "<a>" * 100 + "</a>" * 100, 400),
        ("application/rdf+xml", "<a>", 400),
        ("text/turtle", "<a> <b> " + "[ <c> " * 100 + "]" * 100 + " .", 400),
        ("text/turtle", "<a> <b> " + "(" * 100 + ")" * 100 + " .", 400),
        ("text/turtle", "<a> <b>", 400),
        ("application/ld+json", '{"@id": "http://x/a", "http://x/b": ' + "[" * 100 + "]" * 100 + "}", 400),
        ("application/ld+json", '{"@context": "http://127.0.0.1:9/context", "b": 1}', 400),
        ("application/n-quads", "<http://a/> <http://a/> <http://a/> <http://a/> .", 400),
        ("text/html", "<a>", 415),
        ("", "<a> <b> 1 .", 415),
    ],
)
def test_bad_uploads(media: str, body: str, status: int) -> None:
    """Document types, deep nesting, contexts elsewhere, graph names, broken text and other types are refused."""
    with pytest.raises(Refusal) as caught:
        uploaded(body.encode(), media, "http://x/")
    assert caught.value.status == status


def test_upload_in_another_encoding() -> None:
    """A body that is not UTF-8 is refused, whatever it says of itself."""
    with pytest.raises(Refusal) as caught:
        uploaded(_BOMB.encode("utf-16"), "application/rdf+xml", "http://x/")
    assert caught.value.status == 400


def test_insertion_is_one_update() -> None:
    """A graph is replaced or added to by one update; blank nodes, quotes and line ends come through."""
    store = pyoxigraph.Store()
    triples = uploaded(b'<a> <b> [ <c> """x\n\\"}} ; CLEAR ALL #""" ] .', "text/turtle", "http://x/")
    store.update(insertion(triples, G, replace=True))
    store.update(insertion(triples, G, replace=True))
    assert sum(1 for _ in store.quads_for_pattern(None, None, None, G)) == 2
    store.update(insertion(triples[:0], H, replace=False))
    assert sorted(str(graph) for graph in store.named_graphs()) == [str(G), str(H)]
    store.update(insertion(triples, None, replace=False))
    store.update(insertion(triples, None, replace=True))
    assert len(store) == 4


def test_loopback() -> None:
    """Only what cannot be reached from elsewhere is loopback."""
    assert [
        host
        for host in ("127.0.0.1", "127.9.9.9", "localhost", "LOCALHOST.", "::1", "[::1]")
        if not is_loopback(host)
    ] == []
    others = ("0.0.0.0", "::", "", "10.0.0.1", "localhost.example.org", "127.0.0.1.nip.io")
    assert [host for host in others if is_loopback(host)] == []


def test_datasets_have_graph_names() -> None:
    """What is offered for a whole dataset can hold the names of graphs, and is offered for graphs too."""
    assert all(format_.supports_datasets for format_ in DATASETS.values())
    assert set(DATASETS) <= set(GRAPHS)


def test_outbox() -> None:
    """Of answers that nobody reads only so many are kept; when one has been read there is room again."""
    outbox = Outbox(1_000_000)
    large = Answer(200, "text/csv", b"x" * 600_000)
    first = outbox.response(large)
    with pytest.raises(Refusal) as caught:
        outbox.response(large)
    assert (caught.value.status, caught.value.headers) == (503, {"Retry-After": "1"})
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(first({"type": "http"}, receive, send))
    assert [len(message["body"]) for message in sent[1:]] == [262144, 262144, 75712]
    assert outbox.response(large).status_code == 200


def test_outbox_of_a_client_that_leaves() -> None:
    """An answer whose client goes away takes no room any more."""
    outbox = Outbox(1_000_000)
    large = Answer(200, "text/csv", b"x" * 600_000)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        raise OSError("gone")

    with pytest.raises(OSError, match="gone"):
        asyncio.run(outbox.response(large)({"type": "http"}, receive, send))
    assert outbox.response(large).status_code == 200
