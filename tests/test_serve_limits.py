"""Hostile queries: each is an error for the client that sent it, and the others go on."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from serving import PATIENCE, Server, gone, serving

from alliancegraph.graph.store import Store
from alliancegraph.serve.jobs import Query
from alliancegraph.serve.pool import Pool
from alliancegraph.serve.refusal import Refusal
from alliancegraph.serve.run import Run
from alliancegraph.serve.server import setup_of
from alliancegraph.serve.settings import Limits, Settings

GRAPH = NamedNode("http://example.org/g")
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
CARTESIAN = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"
DOUBLING = (
    "SELECT (STRLEN(?x40) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(40))
    + " }"
)
PING = "ASK { ?s ?p ?o }"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with a few thousand statements."""
    path = tmp_path_factory.mktemp("attacked") / "store"
    Store.open(path).close()
    predicate = NamedNode("http://example.org/p")
    data = pyoxigraph.Store(str(path / "data"))
    data.extend(
        Quad(NamedNode(f"http://example.org/s{n}"), predicate, Literal(str(n)), GRAPH) for n in range(3000)
    )
    data.flush()
    del data
    (path / "changed").touch()
    return path


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    """A server with narrow limits."""
    options = ("--timeout", "3", "--memory-limit", "200", "--row-limit", "1000", "--result-limit", "1")
    with serving(store, *options, "--workers", "2", "--heavy", "2") as running:
        yield running


@pytest.fixture(autouse=True)
def _still_answers(server: Server) -> Iterator[None]:
    """After each attack the server has the answer that it had before."""
    yield
    assert server.query(PING).json()["boolean"] is True


def test_endless_query(server: Server) -> None:
    """A query that does not end is ended, and says so."""
    response = server.query(ENDLESS)
    assert (response.status_code, response.text) == (504, "ended after 3 s; ask for less, or with LIMIT\n")


@pytest.mark.parametrize("query", [CARTESIAN, DOUBLING])
def test_memory(server: Server, query: str) -> None:
    """A query that takes more and more memory is ended when it has taken its share."""
    response = server.query(query)
    assert (response.status_code, response.text) == (
        507,
        "ended, since it needs more than 200 MiB of memory\n",
    )


def test_rows(server: Server) -> None:
    """An answer of more rows than allowed is an error and no shorter answer."""
    for accept in ("application/sparql-results+json", "text/csv"):
        response = server.query("SELECT ?s { ?s ?p ?o } LIMIT 1001", accept=accept)
        assert response.status_code == 507
        assert response.text.startswith("the answer has more than 1000 rows")
        assert server.query("SELECT ?s { ?s ?p ?o } LIMIT 1000", accept=accept).status_code == 200
    response = server.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert (response.status_code, response.text.split(";")[0]) == (507, "the answer has more than 1000 rows")
    assert server.client.get("/graph-store", params={"graph": GRAPH.value}).status_code == 507


def test_bytes(server: Server) -> None:
    """An answer of more bytes than allowed is an error."""
    query = "SELECT (REPEAT AS ?x) { ?s ?p ?o }".replace(
        "REPEAT", "CONCAT(" + ", ".join(["'0123456789'"] * 200) + ")"
    )
    response = server.query(query + " LIMIT 900")
    assert (response.status_code, response.text.split(";")[0]) == (507, "the answer is larger than 1 MiB")


@pytest.mark.parametrize("opening", ["{", "(", "[", "{ { ?s ?p [ ", "ASK { FILTER("])
def test_nested_brackets(server: Server, opening: str) -> None:
    """Brackets three thousand deep are refused before the engine sees them."""
    response = server.query("ASK " + opening * 3000)
    assert (response.status_code, response.text) == (400, "brackets are nested more than 64 deep\n")


@pytest.mark.parametrize(
    "query",
    [
        "ASK { FILTER(" + "!" * 30000 + "true) }",
        "ASK { FILTER(1" + "+1" * 20000 + " > 0) }",
        "ASK { ?s <a:b>" + "/<a:b>" * 9000 + " ?o }",
    ],
)
def test_crash_of_the_engine(server: Server, query: str) -> None:
    """Depth without brackets, at which the engine's stack ends, ends one worker only."""
    response = server.query(query)
    assert (response.status_code, response.text) == (
        500,
        "ended, since the engine crashed at it; the text may be too complex\n",
    )


def test_worker_that_is_killed(server: Server) -> None:
    """Workers that die, at work or idle, cost the one answer that was under way, and are replaced."""
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(server.query, ENDLESS)
        time.sleep(0.3)
        killed = server.workers()
        for worker in killed:
            worker.send_signal(signal.SIGSEGV)
        assert answer.result().status_code == 500
    assert gone(killed) == []
    time.sleep(0.5)  # until the server has noticed


def test_others_go_on(server: Server) -> None:
    """While hostile queries run, more of them than there are workers, short ones are answered."""
    with ThreadPoolExecutor(6) as pool:
        hostile = [pool.submit(server.query, ENDLESS) for _ in range(6)]
        answered = 0
        while not all(attack.done() for attack in hostile):
            assert server.query(PING).status_code == 200
            answered += 1
    statuses = sorted(attack.result().status_code for attack in hostile)
    assert answered > 6
    assert set(statuses) <= {503, 504}


class Idler:
    """A worker that never answers, and seems to work so many seconds between two looks."""

    def __init__(self, pace: float) -> None:
        self.pace, self.worked, self.stepped_back = pace, 0.0, 0

    async def ask(self, job: object) -> object:
        """Nothing, ever."""
        return await asyncio.Event().wait()

    def processor_seconds(self) -> float:
        """More at each look."""
        self.worked += self.pace
        return self.worked

    def step_back(self) -> None:
        """Count."""
        self.stepped_back += 1


@dataclass
class Room:
    """Places, crowded or not, with room for so many long queries."""

    is_crowded: bool
    left: int

    def make_long(self) -> bool:
        """Take one, if there is one."""
        self.left -= 1
        return self.left >= 0


@pytest.mark.parametrize(
    ("room", "pace", "status", "is_long", "stepped_back"),
    [
        (Room(is_crowded=False, left=1), 0.1, 504, False, 0),
        (Room(is_crowded=True, left=1), 0.1, 504, True, 0),
        (Room(is_crowded=True, left=0), 0.1, 504, False, 0),
        (Room(is_crowded=False, left=1), 0.9, 504, True, 1),
        (Room(is_crowded=False, left=0), 0.9, 503, False, 0),
    ],
)
def test_long_query(room: Room, pace: float, status: int, is_long: bool, stepped_back: int) -> None:
    """A query gives its place to those who wait, and is set back after a second of work, for which there must be room."""
    idler = Idler(pace)
    run = Run(room, idler, Limits(seconds=0.9, heavy=1, heavy_after=1.0))  # type: ignore[arg-type]
    with pytest.raises(Refusal) as caught:
        asyncio.run(run.answer(Query("ASK {}", "", "http://localhost/")))
    assert (caught.value.status, run.is_long, idler.stepped_back) == (status, is_long, stepped_back)
    assert (run.is_done, run.is_set_back) == (False, stepped_back > 0)
    if status == 503:
        assert caught.value.headers == {"Retry-After": "1"}
        assert "long queries are running" in caught.value.message


def test_client_that_leaves(server: Server) -> None:
    """The worker of a client that has gone is ended, and does not go on for nobody."""
    before = {worker.pid for worker in server.workers()}
    with pytest.raises(httpx.ReadTimeout), httpx.Client(base_url=server.address, timeout=1.5) as hasty:
        hasty.post("/sparql", content=ENDLESS, headers={"content-type": "application/sparql-query"})
    deadline = time.monotonic() + PATIENCE
    while before & {worker.pid for worker in server.workers()} == before and time.monotonic() < deadline:
        time.sleep(0.05)
    assert before & {worker.pid for worker in server.workers()} != before


def test_half_a_request(server: Server) -> None:
    """A client that sends half of a body, or of its headers, and no more keeps nobody from being answered."""
    host, port = "127.0.0.1", httpx.URL(server.address).port
    assert port is not None
    beginning = b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\n"
    body = beginning + b"Content-Type: application/sparql-query\r\nContent-Length: 100\r\n\r\nASK"
    slow = [socket.create_connection((host, port)) for _ in range(40)]
    try:
        for number, connection in enumerate(slow):
            connection.sendall(body if number % 2 else beginning)
        assert server.query(PING).status_code == 200
    finally:
        for connection in slow:
            connection.close()


def test_queue_is_bounded(store: Path) -> None:
    """Requests that find all workers busy wait, and beyond a number of them are told to come back."""

    limits = Limits(seconds=1.0, heavy_after=2.0, workers=1, heavy=1, waiting=2)

    async def outcomes() -> list[int]:
        async with Pool(setup_of(Settings(store, limits), writer=False), limits) as pool:

            async def status(text: str) -> int:
                try:
                    return (await pool.run(Query(text, "", "http://localhost/"))).status
                except Refusal as refusal:
                    return refusal.status

            first = asyncio.ensure_future(status(ENDLESS))
            await asyncio.sleep(0.1)
            return [*await asyncio.gather(*(status(PING) for _ in range(4))), await first]

    found = asyncio.run(outcomes())
    assert found[2:] == [503, 503, 504]
    assert set(found[:2]) <= {200, 503}


def test_many_clients(server: Server) -> None:
    """Fifty clients at once are all answered."""
    barrier = threading.Barrier(50)

    def asked(_: int) -> int:
        barrier.wait()
        return server.query(PING).status_code

    with ThreadPoolExecutor(50) as pool:
        assert set(pool.map(asked, range(50))) == {200}


def test_memory_that_stays_in_use() -> None:
    """A worker that has too little memory left for the next query ends after its answer."""
    script = (
        "from alliancegraph.serve.memory import Memory\n"
        "memory = Memory(64 * 2**20)\n"
        "memory.rest()\n"
        "before = memory.is_worn\n"
        "kept = bytearray(40 * 2**20)\n"
        "print(before, memory.is_worn)\n"
        "try:\n"
        "    more = bytearray(30 * 2**20)\n"
        "except MemoryError:\n"
        "    print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "True", "refused"]


def test_answers_that_fill_the_memory(server: Server) -> None:
    """Queries that take most of their memory are answered one after another: none suffers from those before."""
    query = "SELECT (STRLEN(?x22) AS ?n) { BIND('aaaaaaaaaa' AS ?x0) " + " ".join(
        f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(22)
    )
    for _ in range(12):
        response = server.query(query + " }")
        assert response.status_code == 200, response.text
        assert response.json()["results"]["bindings"][0]["n"]["value"] == str(10 * 2**22)
