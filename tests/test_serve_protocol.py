"""The endpoint for reading: the SPARQL and Graph Store protocols, negotiation, and what it tells of itself."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import httpx
import pyoxigraph
import pytest
from factories import TEXT, document_iri, sample_extraction, second_extraction
from pyoxigraph import NamedNode, RdfFormat
from serving import PATIENCE, Server, serving

from alliancegraph.graph.store import Store
from alliancegraph.queries import named_queries

FIRST, SECOND = document_iri(TEXT), second_extraction().document.iri
SELECT = 'SELECT ?a ?b { VALUES (?a ?b) { ("x\\"y" UNDEF) } }'
CONSTRUCT = "CONSTRUCT { <http://a/> <http://b/> 'c' } WHERE {}"
COUNT = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
FORM = {"content-type": "application/x-www-form-urlencoded"}
SD, VOID = "http://www.w3.org/ns/sparql-service-description#", "http://rdfs.org/ns/void#"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with both sample documents."""
    path = tmp_path_factory.mktemp("served") / "store"
    with Store.open(path) as opened:
        opened.replace(sample_extraction())
        opened.replace(second_extraction())
    return path


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    """A server for reading."""
    options = ("--row-limit", "50000", "--workers", "2", "--cors", "https://tools.example.org")
    with serving(store, *options) as running:
        yield running


def number(response: httpx.Response) -> int:
    """The one number of an answer in JSON."""
    assert response.status_code == 200, response.text
    ((row,),) = [[row.values() for row in response.json()["results"]["bindings"]]]
    return int(next(iter(row))["value"])


def triples(response: httpx.Response) -> set[pyoxigraph.Triple]:
    """The triples of an answer."""
    assert response.status_code == 200, response.text
    format_ = RdfFormat.from_media_type(response.headers["content-type"])
    return {quad.triple for quad in pyoxigraph.parse(response.content, format=format_)}


@pytest.mark.parametrize(
    ("accept", "media", "body"),
    [
        (
            "application/sparql-results+json",
            "application/sparql-results+json",
            b'{"head":{"vars":["a","b"]},"results":{"bindings":[{"a":{"type":"literal","value":"x\\"y"}}]}}',
        ),
        ("text/csv", "text/csv; charset=utf-8", b'a,b\r\n"x""y",\r\n'),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8", b'?a\t?b\n"x\\"y"\t\n'),
    ],
)
def test_select(server: Server, accept: str, media: str, body: bytes) -> None:
    """SELECT is answered in each format of results."""
    response = server.query(SELECT, accept=accept)
    assert (response.status_code, response.headers["content-type"], response.content) == (200, media, body)


def test_select_as_xml(server: Server) -> None:
    """The XML of results parses, and characters that XML cannot hold are replaced."""
    response = server.query('SELECT ("a\\u000Cb" AS ?x) {}', accept="application/sparql-results+xml")
    root = ElementTree.fromstring(response.content)
    assert [e.text for e in root.iter("{http://www.w3.org/2005/sparql-results#}literal")] == ["a\ufffdb"]


@pytest.mark.parametrize(
    "media",
    [
        "text/turtle",
        "application/n-triples",
        "application/rdf+xml",
        "application/ld+json",
        "application/n-quads",
        "application/trig",
    ],
)
def test_construct(server: Server, media: str) -> None:
    """CONSTRUCT is answered in each format of RDF."""
    response = server.query(CONSTRUCT, accept=media)
    assert response.headers["content-type"].split(";")[0] == media
    assert [str(t) for t in triples(response)] == ['<http://a/> <http://b/> "c"']


def test_ask_and_describe(server: Server) -> None:
    """ASK and DESCRIBE are answered too, with the usual formats where no wish is known."""
    asked = server.query("ASK { ?s a <https://schema.org/Article> }", accept="*/*")
    assert asked.json() == {"head": {}, "boolean": True}
    described = server.query(f"DESCRIBE <{FIRST}>", accept="")
    assert described.headers["content-type"] == "text/turtle; charset=utf-8"
    assert {t.subject.value for t in triples(described)} == {FIRST}


def test_three_ways_to_ask(server: Server) -> None:
    """GET, a form, and the query as a body give the same."""
    asked = COUNT.format("")
    expected = number(server.query(asked))
    assert number(server.client.get("/sparql", params={"query": asked})) == expected
    assert number(server.client.post("/sparql", data={"query": asked})) == expected


def test_default_graph_is_the_union(server: Server, store: Path) -> None:
    """Without a dataset of its own a query is asked over all graphs, as `alliancegraph query` does."""
    with Store.open(store, read_only=True) as opened:
        (row,) = opened.query(COUNT.format(""))
    assert number(server.query(COUNT.format(""))) == int(row[0].value) > 1000


def test_datasets(server: Server) -> None:
    """The request's graphs win over FROM, FROM over the store's, and several graphs are put together."""
    sizes = {graph: number(server.query(COUNT.format(f"FROM <{graph}>"))) for graph in (FIRST, SECOND)}
    assert min(sizes.values()) > 50
    both = number(server.query(COUNT.format(f"FROM <{FIRST}> FROM <{SECOND}>")))
    assert max(sizes.values()) < both <= sum(sizes.values())
    asked = {"query": COUNT.format(f"FROM <{FIRST}>"), "default-graph-uri": SECOND}
    assert number(server.client.get("/sparql", params=asked)) == sizes[SECOND]
    asked = {"query": COUNT.format(""), "default-graph-uri": [FIRST, SECOND]}
    assert number(server.client.post("/sparql", data=asked)) == both
    named = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    asked = {"query": named, "named-graph-uri": [FIRST, SECOND]}
    assert number(server.client.get("/sparql", params=asked)) == 2
    asked = {"query": COUNT.format(""), "named-graph-uri": FIRST}
    assert number(server.client.get("/sparql", params=asked)) == 0
    direct = server.client.post(
        "/sparql",
        params={"default-graph-uri": FIRST},
        content=COUNT.format(""),
        headers={"content-type": "application/sparql-query"},
    )
    assert number(direct) == sizes[FIRST]


def test_from_asks_nobody(server: Server) -> None:
    """FROM with an address that is no graph of the store is an empty graph: nothing is fetched."""
    asked = COUNT.format(f"FROM <{server.address}> FROM <file:///etc/passwd>")
    assert number(server.query(asked)) == 0


@pytest.mark.parametrize(
    ("method", "address", "headers", "body", "status"),
    [
        ("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", {}, "", 400),
        ("GET", "/sparql?query=ASK", {}, "", 400),
        ("GET", "/sparql?query=", {}, "", 400),
        ("GET", "/sparql?query=ASK%20%7B%7D&format=csv", {}, "", 400),
        ("GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=no%20iri", {}, "", 400),
        ("GET", "/sparql?query=%FF", {}, "", 400),
        ("GET", "/sparql?update=CLEAR%20ALL", {}, "", 400),
        ("GET", "/sparql?" + "&".join(["query=a"] * 1001), {}, "", 400),
        ("PUT", "/sparql", {}, "", 405),
        ("DELETE", "/sparql?query=ASK%20%7B%7D", {}, "", 405),
        ("PATCH", "/graph-store?default", {}, "", 405),
        ("PUT", "/graph-store?default", {"content-type": "text/turtle"}, "", 405),
        ("POST", "/", {}, "", 405),
        ("GET", "/sparql?query=ASK%20%7B%7D", {"accept": "image/png"}, "", 406),
        ("GET", "/sparql", {"accept": "text/csv"}, "", 406),
        ("GET", "/graph-store?default", {"accept": "text/csv"}, "", 406),
        ("POST", "/sparql", {"content-type": "application/sparql-query"}, "x" * 65537, 413),
        ("POST", "/sparql", FORM, "query=" + "%78" * 65537, 413),
        ("POST", "/sparql", {"content-type": "text/plain"}, "ASK {}", 415),
        ("POST", "/sparql", {}, "ASK {}", 415),
        ("POST", "/sparql", {"content-type": "application/sparql-query; charset=latin-1"}, "ASK {}", 415),
        ("POST", "/sparql", FORM, "query=ASK%20%7B%7D&update=CLEAR%20ALL", 400),
        ("POST", "/sparql?query=ASK%20%7B%7D", FORM, "", 400),
        ("POST", "/sparql", FORM, "update=CLEAR%20ALL", 403),
        ("POST", "/sparql", {"content-type": "application/sparql-update"}, "CLEAR ALL", 403),
        ("GET", "/graph-store?graph=http://example.org/none", {}, "", 404),
        ("GET", "/graph-store?graph=none", {}, "", 400),
        ("GET", "/graph-store?graph=", {}, "", 400),
        ("GET", "/graph-store?default&graph=http://example.org/none", {}, "", 400),
        ("GET", "/elsewhere", {}, "", 404),
    ],
)
def test_refusals(
    server: Server, method: str, address: str, headers: dict[str, str], body: str, status: int
) -> None:
    """What is against the protocol is refused with its status and one line of text."""
    response = server.client.request(method, address, headers=headers, content=body)
    assert (response.status_code, response.text.count("\n")) == (status, 1)
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    if status == 405:
        assert "GET" in response.headers["allow"]


def test_body_limit(server: Server) -> None:
    """A body over the limit is refused, whether its length is told beforehand or not."""
    headers = {"content-type": "application/sparql-query"}
    told = server.client.post("/sparql", content=b"x" * (2**18 + 1), headers=headers)
    assert told.status_code == 413

    def pieces() -> Iterator[bytes]:
        for _ in range(17):
            yield b"x" * 2**20

    try:
        status = server.client.post("/sparql", content=pieces(), headers=headers).status_code
    except httpx.WriteError:
        status = 413  # refused and closed before all of it was sent
    assert status == 413


def test_long_headers(server: Server) -> None:
    """Headers beyond 128 KiB are refused."""
    with pytest.raises(httpx.HTTPError):
        server.client.get("/sparql", headers={"x-long": "x" * 300_000}).raise_for_status()


def test_graph_store(server: Server, store: Path) -> None:
    """One graph, the default graph and the whole dataset can be read; HEAD tells the same without the body."""
    with Store.open(store, read_only=True) as opened:
        expected = {quad.triple for quad in opened.graph(FIRST)}
        every = {quad for graph in (FIRST, SECOND) for quad in opened.graph(graph)}
    read = server.client.get("/graph-store", params={"graph": FIRST}, headers={"accept": "text/turtle"})
    assert triples(read) == expected
    head = server.client.head("/graph-store", params={"graph": FIRST}, headers={"accept": "text/turtle"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == read.headers["content-length"]
    assert server.client.head("/graph-store?graph=http://example.org/none").status_code == 404
    default = server.client.get("/graph-store?default", headers={"accept": "application/n-triples"})
    assert expected < triples(default)
    assert len(triples(default)) == default.content.count(b"\n")
    whole = server.client.get("/graph-store", headers={"accept": "application/trig"})
    quads = set(pyoxigraph.parse(whole.content, format=RdfFormat.TRIG))
    assert every < quads


def test_named_queries(server: Server, store: Path) -> None:
    """Every named query without parameters gives over HTTP the rows that it gives in process."""
    plain = [query for query in named_queries() if not query.parameters]
    assert len(plain) >= 3
    with Store.open(store, read_only=True) as opened:
        for query in plain:
            found = opened.query(query.text)
            rows = sum(1 for _ in found)  # type: ignore[arg-type]
            assert len(server.query(query.text).json()["results"]["bindings"]) == rows


def test_service_description(server: Server) -> None:
    """The endpoint without a query tells its address, languages, features and graphs."""
    found = triples(server.client.get("/sparql", headers={"accept": "application/rdf+xml"}))
    told = {(t.predicate.value.removeprefix(SD), getattr(t.object, "value", "")) for t in found}
    assert ("endpoint", f"{server.address}sparql") in told
    assert ("supportedLanguage", f"{SD}SPARQL11Query") in told
    assert ("supportedLanguage", f"{SD}SPARQL11Update") not in told
    assert {value for name, value in told if name == "feature"} == {f"{SD}UnionDefaultGraph"}
    assert ("name", FIRST) in told


def test_void(server: Server) -> None:
    """The description of the dataset tells how many statements it has, as the store counts them."""
    found = triples(server.client.get("/.well-known/void"))
    named = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"
    (told,) = [
        t.object.value
        for t in found
        if t.predicate == NamedNode(VOID + "triples") and t.subject.value.endswith("#dataset")
    ]
    assert int(told) == number(server.query(named))
    endpoint = [t.object.value for t in found if t.predicate == NamedNode(VOID + "sparqlEndpoint")]
    assert endpoint == [f"{server.address}sparql"]
    articles = [t.subject for t in found if t.object == NamedNode("https://schema.org/Article")]
    assert [
        t.object.value for t in found if t.subject in articles and t.predicate == NamedNode(VOID + "entities")
    ] == ["2"]


def test_page(server: Server) -> None:
    """The root names the addresses."""
    page = server.client.get("/").text
    assert [
        name
        for name in ("sparql", "graph-store", ".well-known/void")
        if f"{server.address}{name}" not in page
    ] == []


def test_headers(server: Server) -> None:
    """Answers and errors alike carry the headers that keep pages from misusing them."""
    for address in ("/", "/sparql", "/elsewhere", "/sparql?query=ASK"):
        headers = server.client.get(address).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["server"] == "alliancegraph"
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "host", ["evil.example.org", "evil.example.org:80", "127.0.0.1.nip.io", "", "[", "192.168.0.1"]
)
def test_rebound_host(server: Server, host: str) -> None:
    """On loopback a Host of another name is refused: a page elsewhere may have its name point here."""
    response = server.client.get("/sparql?query=ASK%20%7B%7D", headers={"host": host})
    assert (response.status_code, response.text) == (400, "the Host is not this machine\n")
    assert server.client.get("/sparql?query=ASK%20%7B%7D", headers={"host": "localhost:1"}).status_code == 200


def test_cors(server: Server) -> None:
    """Pages of the origin that was allowed may read the answers, others may not."""
    allowed = server.client.get("/sparql?query=ASK%20%7B%7D", headers={"origin": "https://tools.example.org"})
    assert allowed.headers["access-control-allow-origin"] == "https://tools.example.org"
    other = server.client.get("/sparql?query=ASK%20%7B%7D", headers={"origin": "https://other.example.org"})
    assert "access-control-allow-origin" not in other.headers
    asked = {
        "origin": "https://tools.example.org",
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    preflight = server.client.options("/sparql", headers=asked)
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["access-control-allow-methods"]


def test_unnamed_default_graph(store: Path) -> None:
    """With `--default-graph unnamed` a query without a dataset sees the unnamed graph alone, which our stores leave empty."""
    with serving(store, "--default-graph", "unnamed", "--workers", "1") as running:
        assert number(running.query(COUNT.format(""))) == 0
        assert number(running.query(COUNT.format(f"FROM <{FIRST}>"))) > 50
        assert (
            running.client.get("/graph-store?default", headers={"accept": "application/n-triples"}).content
            == b""
        )
        assert (
            "access-control-allow-origin"
            not in running.client.get("/", headers={"origin": "https://a.example.org"}).headers
        )
        assert json.loads(running.query("ASK { GRAPH ?g { ?s ?p ?o } }").content)["boolean"] is True


def test_large_answers_come_in_pieces(server: Server) -> None:
    """An answer of some hundred kilobytes is sent in pieces, and is whole, with its length told beforehand."""
    text = "x" * 1000
    rows = 800
    query = f"SELECT ('{text}' AS ?x) {{ ?s ?p ?o }} LIMIT {rows}"
    response = server.query(query, accept="text/csv")
    assert response.text == "x\r\n" + f"{text}\r\n" * rows
    assert response.headers["content-length"] == str(len(response.content))


def test_headers_that_do_not_come(server: Server) -> None:
    """A connection on which no whole request comes is closed."""
    port = httpx.URL(server.address).port
    assert port is not None
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as slow:
        slow.sendall(b"GET /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        with contextlib.suppress(ConnectionResetError):
            assert slow.recv(100) == b""


def test_service_that_is_allowed(server: Server, store: Path) -> None:
    """An endpoint that is allowed by its address is asked, and the one beside it is not."""
    with serving(store, "--allow-service", f"{server.address}sparql", "--workers", "1") as running:
        counted = f"SELECT ?n {{ SERVICE <{server.address}sparql> {{ {COUNT.format('')} }} }}"
        assert number(running.query(counted)) == number(server.query(COUNT.format("")))
        assert "BasicFederatedQuery" in running.client.get("/sparql").text
        other = running.query(counted.replace("/sparql>", "/sparql?>"))
        assert (other.status_code, "is not allowed on this server" in other.text) == (501, True)
    assert server.query(counted).status_code == 501


def test_load_that_is_allowed(server: Server, tmp_path: Path) -> None:
    """An address that is allowed is loaded, and another is not."""
    address = f"{server.address}graph-store?graph={FIRST}"
    with serving(tmp_path / "store", "--writable", "--allow-load", address, "--workers", "1") as running:
        assert running.update(f"LOAD <{address}> INTO GRAPH <http://example.org/copy>").status_code == 204
        copied = "SELECT (COUNT(*) AS ?n) { GRAPH <http://example.org/copy> { ?s ?p ?o } }"
        assert number(running.query(copied)) == number(server.query(COUNT.format(f"FROM <{FIRST}>")))
        assert running.update(f"LOAD <{address}x>").status_code == 501
