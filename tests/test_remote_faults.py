"""Servers that fail: what is tried again, what is an error with advice, and what never leaves this machine."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from servers import free_port

from alliancegraph import cli
from alliancegraph.graph.engine import Change, nquads
from alliancegraph.graph.remote import RemoteEngine
from alliancegraph.graph.remote_credentials import Credentials
from alliancegraph.graph.remote_http import Client, Patience, Request, patience
from alliancegraph.graph.remote_servers import addresses, place_of
from alliancegraph.ontology.errors import QueryError, ServerError, StoreError

ROWS = b'{"head": {"vars": ["x"]}, "results": {"bindings": [{"x": {"type": "uri", "value": "urn:a"}}]}}'
JSON = {"Content-Type": "application/sparql-results+json"}
SECRETS = {"ALLIANCEGRAPH_STORE_USER": "ada", "ALLIANCEGRAPH_STORE_PASSWORD": "s3cret", "NETRC": "/dev/null"}
NOBODY = {"NETRC": "/dev/null"}
QUICK = Patience(attempts=3, delay=0.01, longest=5.0, connect=2.0, read=0.4)
CHANGE = Change(
    inserts=nquads([Quad(NamedNode("urn:s"), NamedNode("urn:p"), Literal("o"), NamedNode("urn:g"))])
)

Answer = Callable[["Handler"], None]


def plain(status: int, body: bytes = b"", **headers: str) -> Answer:
    """An answer of that status."""

    def answer(handler: Handler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def rows(handler: Handler) -> None:
    """One row."""
    plain(200, ROWS, **JSON)(handler)


def hang(handler: Handler) -> None:
    """Nothing, for longer than anybody waits."""
    handler.server.released.wait(10)  # type: ignore[attr-defined]


def drop(handler: Handler) -> None:
    """The connection is closed without a word."""
    handler.close_connection = True


def half(handler: Handler) -> None:
    """Fewer bytes than were promised."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON["Content-Type"])
    handler.send_header("Content-Length", str(len(ROWS) + 100))
    handler.end_headers()
    handler.wfile.write(ROWS)
    handler.close_connection = True


def broken_chunks(handler: Handler) -> None:
    """A chunk, and no end."""
    handler.send_response(200)
    handler.send_header("Content-Type", JSON["Content-Type"])
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.wfile.write(b"%x\r\n%s\r\n" % (len(ROWS), ROWS))
    handler.close_connection = True


class Handler(BaseHTTPRequestHandler):
    """Answers with what is next in the server's script; the last answer is repeated."""

    protocol_version = "HTTP/1.1"

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        script: Script = self.server.script  # type: ignore[attr-defined]
        script.seen.append(Seen(self.command, self.path, dict(self.headers), body))
        answer = script.answers.pop(0) if len(script.answers) > 1 else script.answers[0]
        answer(self)

    def do_GET(self) -> None:
        """Serve."""
        self._serve()

    def do_POST(self) -> None:
        """Serve."""
        self._serve()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@dataclass
class Seen:
    """A request that came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Script:
    """What a server answers, what it saw, and its address."""

    answers: list[Answer]
    address: str = ""
    seen: list[Seen] = field(default_factory=list)
    opened: ExitStack = field(default_factory=ExitStack)

    def engine(self, environment: dict[str, str] | None = None) -> RemoteEngine:
        """An engine for reading that knows its server's make, so that its first request is the one tested."""
        place = place_of(f"{self.address}#any")
        engine = RemoteEngine.open(place, read_only=True, environment=environment or NOBODY, waiting=QUICK)
        self.opened.callback(engine.close)
        return engine

    def client(self, waiting: Patience, sleep: Callable[[float], None]) -> Client:
        """A client that waits in its own way."""
        client = Client(self.address, Credentials(), waiting, sleep=sleep)
        self.opened.callback(client.close)
        return client


@pytest.fixture
def serve() -> Iterator[Callable[..., Script]]:
    """Start servers with scripts; all end with the test."""
    started: list[tuple[ThreadingHTTPServer, Script]] = []

    def start(*answers: Answer) -> Script:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        script = Script(list(answers), f"http://127.0.0.1:{server.server_address[1]}/sparql")
        server.script = script  # type: ignore[attr-defined]
        server.released = threading.Event()  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        started.append((server, script))
        return script

    yield start
    for server, script in started:
        script.opened.close()
        server.released.set()  # type: ignore[attr-defined]
        server.shutdown()
        server.server_close()


def asked(engine: RemoteEngine) -> list[str]:
    """The rows of a query."""
    answer = engine.query("SELECT ?x WHERE { ?x ?p ?o }", {})
    assert isinstance(answer, pyoxigraph.QuerySolutions)
    return [row["x"].value for row in answer]


# ---------------------------------------------------------------- tried again


@pytest.mark.parametrize(
    "fault",
    [hang, drop, half, broken_chunks, *(plain(status) for status in (429, 502, 503, 504))],
    ids=["hang", "drop", "half", "chunks", "429", "502", "503", "504"],
)
def test_what_may_pass_is_tried_again(serve: Callable[..., Script], fault: Answer) -> None:
    """A server that answers at the second try has answered."""
    script = serve(fault, rows)
    assert asked(script.engine()) == ["urn:a"]
    assert len(script.seen) == 2


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        (
            hang,
            "does not answer in time; set ALLIANCEGRAPH_STORE_TIMEOUT to more seconds than 0.4; tried 3 times",
        ),
        (drop, "broke off its answer (Server disconnected without sending a response.); tried 3 times"),
        (
            half,
            "broke off its answer (peer closed connection without sending complete message body "
            f"(received {len(ROWS)} bytes, expected {len(ROWS) + 100})); tried 3 times",
        ),
        (
            broken_chunks,
            "broke off its answer (peer closed connection without sending complete message body "
            "(incomplete chunked read)); tried 3 times",
        ),
        (plain(503), "is busy or not ready (HTTP 503); tried 3 times"),
    ],
    ids=["hang", "drop", "half", "chunks", "503"],
)
def test_what_does_not_pass_is_an_error(serve: Callable[..., Script], fault: Answer, message: str) -> None:
    """After the last try the fault is named; half an answer is none."""
    script = serve(fault)
    with pytest.raises(ServerError) as caught:
        asked(script.engine())
    assert str(caught.value) == f"{script.address} {message}"
    assert len(script.seen) == 3


def test_updates_are_tried_again(serve: Callable[..., Script]) -> None:
    """Changes say the same when they are said twice."""
    script = serve(plain(503), drop, plain(204))
    where = addresses(place_of(f"{script.address}#oxigraph"), "", {})
    engine = RemoteEngine(script.client(QUICK, time.sleep), where, batch=10_000)
    engine.change(CHANGE)
    assert len({seen.body for seen in script.seen}) == 1
    assert len(script.seen) == 3
    assert b'<urn:s> <urn:p> "o"' in script.seen[0].body


def test_waiting(serve: Callable[..., Script]) -> None:
    """Delays double, a server that asks for more time gets it, and one that asks for too much is not waited for."""
    waited: list[float] = []
    script = serve(plain(503), plain(429, Retry_After="3"), plain(503), rows)
    patient = Patience(attempts=5, delay=0.5, longest=60.0)
    client = script.client(patient, waited.append)
    assert client.send(Request("GET", script.address)).body.read() == ROWS
    assert waited == [0.5, 3.0, 2.0]
    script = serve(plain(503, Retry_After="600"))
    client = script.client(patient, waited.append)
    with pytest.raises(ServerError, match=r"is busy or not ready \(HTTP 503\); tried once"):
        client.send(Request("GET", script.address))
    assert len(waited) == 3


def test_waiting_until_a_date(serve: Callable[..., Script]) -> None:
    """A date in the past is no reason to wait longer, and one that is none neither."""
    waited: list[float] = []
    script = serve(
        plain(503, Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), plain(503, Retry_After="soon"), rows
    )
    client = script.client(Patience(delay=0.5), waited.append)
    assert client.send(Request("GET", script.address)).status == 200
    assert waited == [0.5, 1.0]


def test_nobody_listens() -> None:
    """A server that is not there is named, with what to check."""
    address = f"http://127.0.0.1:{free_port()}/x"
    with pytest.raises(ServerError) as caught:
        RemoteEngine.open(place_of(address), environment=NOBODY, waiting=QUICK)
    assert str(caught.value).startswith(f"{address} cannot be reached (")
    assert str(caught.value).endswith("; check the address, and whether the server runs; tried 3 times")


# ---------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            plain(401, WWW_Authenticate='Basic realm="x"'),
            "wants a user and a password; set ALLIANCEGRAPH_STORE_USER and ALLIANCEGRAPH_STORE_PASSWORD, or "
            "ALLIANCEGRAPH_STORE_TOKEN, or a line of ~/.netrc",
        ),
        (
            plain(403, b"no\nmore", Content_Type="text/plain"),
            "does not allow this to you; ask its owner for the right, or set ALLIANCEGRAPH_STORE_USER and "
            "ALLIANCEGRAPH_STORE_PASSWORD: no",
        ),
        (plain(404), "has nothing at /sparql; check the path of the address"),
        (plain(405), "takes no such request at /sparql; it may be open for reading only"),
        (plain(413), "takes no request of this size; set ALLIANCEGRAPH_STORE_BATCH to fewer bytes"),
        (plain(500, b"out of\nmemory", Content_Type="text/plain"), "answered HTTP 500: out of"),
        (plain(500, b"<html>", Content_Type="text/html"), "answered HTTP 500"),
        (
            plain(200, b"<html>", Content_Type="text/html"),
            "answers a query with text/html; check the address",
        ),
        (plain(200, b""), "answers a query with nothing; check the address"),
    ],
    ids=["401", "403", "404", "405", "413", "500", "500-page", "page", "nothing"],
)
def test_refusals(serve: Callable[..., Script], answer: Answer, message: str) -> None:
    """Each refusal is one line that says what to do, and is not tried again."""
    script = serve(answer)
    with pytest.raises(ServerError) as caught:
        asked(script.engine())
    assert str(caught.value) == f"{script.address} {message}"
    assert len(script.seen) == 1


def test_a_query_that_is_not_understood(serve: Callable[..., Script]) -> None:
    """What the server says of a query's fault is shown."""
    script = serve(plain(400, b"line 1: syntax error", Content_Type="text/plain"))
    with pytest.raises(QueryError) as caught:
        asked(script.engine())
    expected = f"SPARQL that cannot be answered: {script.address} answered HTTP 400: line 1: syntax error"
    assert str(caught.value) == expected


@pytest.mark.parametrize("end", [1, 30, 60, len(ROWS) - 1])
def test_json_that_was_cut(serve: Callable[..., Script], end: int) -> None:
    """An answer that ends too early, however politely, is an error before its first row is seen."""
    script = serve(plain(200, ROWS[:end], **JSON))
    with pytest.raises(ServerError, match="gave half an answer, or a broken one"):
        script.engine().query("SELECT ?x WHERE { ?x ?p ?o }", {})


def test_graphs_that_were_cut(serve: Callable[..., Script]) -> None:
    """A graph that ends in the middle of a line is an error."""
    script = serve(
        plain(200, b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <ur", Content_Type="application/n-triples")
    )
    environment = {**NOBODY, "ALLIANCEGRAPH_GRAPH_URL": script.address}
    with pytest.raises(ServerError, match="gave half a graph, or a broken one"):
        list(script.engine(environment).quads("urn:g"))
    with pytest.raises(ServerError, match="gave half a graph, or a broken one"):
        script.engine().query("CONSTRUCT WHERE { ?s ?p ?o }", {})


def test_answers_cut_by_the_server(serve: Callable[..., Script]) -> None:
    """Virtuoso says in a header after how many rows it cuts."""
    script = serve(plain(200, ROWS, X_SPARQL_MaxRows="1", **JSON))
    with pytest.raises(ServerError, match="cuts answers after 1 rows; raise ResultSetMaxRows"):
        asked(script.engine())
    script = serve(plain(200, ROWS, X_SPARQL_MaxRows="2", **JSON))
    assert asked(script.engine()) == ["urn:a"]


def test_read_only(serve: Callable[..., Script]) -> None:
    """An engine for reading changes nothing."""
    script = serve(rows)
    with pytest.raises(StoreError) as caught:
        script.engine().change(CHANGE)
    assert str(caught.value) == f"{script.address} is open for reading only"
    assert script.seen == []


# ---------------------------------------------------------------- credentials and redirects


def test_a_password_is_sent_when_it_is_asked_for(serve: Callable[..., Script]) -> None:
    """The first request has no password, the next ones have it in the way that the server wants."""
    script = serve(plain(401, WWW_Authenticate='Basic realm="x"'), rows)
    engine = script.engine(SECRETS)
    assert asked(engine) == asked(engine) == ["urn:a"]
    basic = "Basic " + base64.b64encode(b"ada:s3cret").decode()
    assert [seen.headers.get("Authorization") for seen in script.seen] == [None, basic, basic]


def test_a_digest_is_preferred(serve: Callable[..., Script]) -> None:
    """A server that takes a digest never sees the password."""
    digest = 'Digest realm="SPARQL", nonce="abc", qop="auth", algorithm="MD5"'
    script = serve(plain(401, WWW_Authenticate=digest), rows)
    assert asked(script.engine(SECRETS)) == ["urn:a"]
    sent = script.seen[1].headers["Authorization"]
    assert sent.startswith('Digest username="ada"')
    assert "s3cret" not in sent


def test_a_token_is_sent_at_once(serve: Callable[..., Script]) -> None:
    """A token goes with each request."""
    script = serve(rows)
    assert asked(script.engine({"ALLIANCEGRAPH_STORE_TOKEN": "t0ken"})) == ["urn:a"]
    assert [seen.headers.get("Authorization") for seen in script.seen] == ["Bearer t0ken"]


@pytest.mark.parametrize(
    ("scheme", "tries"),
    [
        ('Basic realm="x"', 2),
        ('Digest realm="x", nonce="a", qop="auth"', 2),
        ('Digest realm="x", nonce="a", qop="auth", algorithm="SHA-9"', 1),
        ('Digest realm="x", nonce="a", qop="auth-int"', 1),
        ("Digest nothing=else", 1),
        ("Negotiate", 1),
    ],
)
def test_a_wrong_password(serve: Callable[..., Script], scheme: str, tries: int) -> None:
    """A password that is refused is tried once, and not shown, even by a server that repeats it."""
    script = serve(plain(401, b"s3cret is wrong", WWW_Authenticate=scheme, Content_Type="text/plain"))
    with pytest.raises(ServerError) as caught:
        asked(script.engine(SECRETS))
    assert str(caught.value).startswith(f"{script.address} refused the user, password or token; set ")
    assert len(script.seen) == tries


@pytest.mark.parametrize("status", [400, 403, 500])
def test_secrets_are_in_no_message(serve: Callable[..., Script], status: int) -> None:
    """A server that repeats a password or a token cannot make it appear."""
    said = plain(status, b"you said s3cret and t0ken", Content_Type="text/plain")
    for environment in (SECRETS, {"ALLIANCEGRAPH_STORE_TOKEN": "t0ken"}):
        script = serve(said)
        with pytest.raises((ServerError, QueryError)) as caught:
            asked(script.engine(environment))
        secret = "s3cret" if environment is SECRETS else "t0ken"
        assert secret not in str(caught.value)
        assert "you said ***" in str(caught.value).replace(" s3cret and", "")


def test_the_command_line_shows_no_secrets(
    serve: Callable[..., Script], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An address with a password is shown without it in errors."""
    monkeypatch.setenv("NETRC", "/dev/null")
    script = serve(plain(500, b"down", Content_Type="text/plain"))
    given = script.address.replace("http://", "http://ada:s3cret@")
    for command in (
        ["stats"],
        ["remove", "x.txt"],
        ["export", "x.ttl"],
        ["query", "documents"],
        ["validate"],
    ):
        assert cli.main([*command, "--store", given]) == 2
        printed = capsys.readouterr()
        assert (printed.out, printed.err) == ("", f"error: {script.address} answered HTTP 500: down\n")


def test_redirects_on_the_same_server(serve: Callable[..., Script]) -> None:
    """A redirect that keeps host and method is followed."""
    script = serve(plain(307, Location="/moved"), rows)
    assert asked(script.engine(SECRETS)) == ["urn:a"]
    assert [(seen.method, seen.path) for seen in script.seen] == [("POST", "/sparql"), ("POST", "/moved")]
    assert script.seen[0].body == script.seen[1].body


def test_redirects_to_another_server(serve: Callable[..., Script]) -> None:
    """Nothing is sent to a server that the user did not name, least of all a token."""
    other = serve(rows)
    script = serve(plain(307, Location=other.address.replace("http://", "http://x:y@") + "?token=1"))
    with pytest.raises(ServerError) as caught:
        asked(script.engine({"ALLIANCEGRAPH_STORE_TOKEN": "t0ken"}))
    expected = (
        f"{script.address} is at another address now: name {other.address} with --store if you trust it"
    )
    assert str(caught.value) == expected
    assert other.seen == []


@pytest.mark.parametrize("location", ["/sparql", ""])
def test_redirects_without_end(serve: Callable[..., Script], location: str) -> None:
    """A server that redirects to itself is left after a few times."""
    script = serve(plain(307, Location=location))
    with pytest.raises(ServerError, match="redirects without end"):
        asked(script.engine())
    assert len(script.seen) == 3


def test_a_redirect_to_nowhere(serve: Callable[..., Script]) -> None:
    """A redirect to what is no address is an error."""
    script = serve(plain(307, Location="http://h:port/"))
    with pytest.raises(ServerError, match="Invalid URL in location header"):
        asked(script.engine())


def test_a_redirect_that_changes_the_method(serve: Callable[..., Script]) -> None:
    """A redirect that would turn an update into a reading is not followed."""
    script = serve(plain(302, Location="/moved"))
    with pytest.raises(ServerError, match="is at another address now"):
        asked(script.engine())
    assert len(script.seen) == 1


# ---------------------------------------------------------------- settings


@pytest.mark.parametrize("given", ["0", "-1", "soon", "inf", "nan"])
def test_time_outs_that_are_none(given: str) -> None:
    """A time-out is a positive number of seconds."""
    with pytest.raises(StoreError, match="ALLIANCEGRAPH_STORE_TIMEOUT is a number of seconds, not"):
        patience({"ALLIANCEGRAPH_STORE_TIMEOUT": given})


def test_time_outs() -> None:
    """The environment shortens how long is waited."""
    assert patience({}) == Patience()
    found = patience({"ALLIANCEGRAPH_STORE_TIMEOUT": "2.5"})
    assert (found.connect, found.read, found.attempts) == (2.5, 2.5, 5)


@pytest.mark.parametrize("given", ["0", "-1", "many", "1e6", "²"])
def test_sizes_that_are_none(serve: Callable[..., Script], given: str) -> None:
    """The size of a request is a positive number of bytes."""
    with pytest.raises(StoreError, match="ALLIANCEGRAPH_STORE_BATCH is a number of bytes, not"):
        serve(rows).engine({**NOBODY, "ALLIANCEGRAPH_STORE_BATCH": given})


def test_truth(serve: Callable[..., Script]) -> None:
    """Yes and no are understood as the standard has them, and in Virtuoso's row."""
    row = {
        "x": {"type": "typed-literal", "datatype": "http://www.w3.org/2001/XMLSchema#integer", "value": "1"}
    }
    table = {"head": {"vars": ["x"]}, "results": {"bindings": [row]}}
    no = {"head": {"vars": ["x"]}, "results": {"bindings": []}}
    for said, truth in (
        (table, True),
        (no, False),
        ({"head": {}, "boolean": True}, True),
        ({"head": {}, "boolean": False}, False),
    ):
        answer = serve(plain(200, json.dumps(said).encode(), **JSON)).engine().query("ASK { ?s ?p ?o }", {})
        assert bool(answer) is truth
        assert isinstance(answer, pyoxigraph.QueryBoolean)


def test_a_server_without_documents(
    serve: Callable[..., Script],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """A reader of an empty server is told so."""
    monkeypatch.setenv("NETRC", "/dev/null")
    script = serve(plain(200, b'{"head": {"vars": ["graph"]}, "results": {"bindings": []}}', **JSON))
    assert cli.main(["stats", "--store", script.address]) == 2
    expected = f"error: {script.address} holds no graph of documents; make one with: alliancegraph build SOURCE --store …\n"
    assert capsys.readouterr().err == expected
