"""Requests a second and waiting times of `alliancegraph serve`, with the `oxigraph` server beside it on the same data.

    python benchmarks/endpoint.py [--store DIR] [--seconds 60] [--clients 50] [--hostile 10] [--limit 10]

Clients ask a mix of the named queries, one after another and without a pause; a query with parameters gets values for which
it has rows. Printed are requests a second, the waiting times that half and 99 % of the requests stay below, and errors: of
our server, of the peer, and of our server while hostile queries run beside, with what became of those. Without `--store`
the articles of `examples/` and `tests/articles/` are built first.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pyoxigraph

from alliancegraph.graph.store import Store
from alliancegraph.graph.tokens import Token, tokens
from alliancegraph.ontology.errors import QueryError
from alliancegraph.queries import NamedQuery, named_queries, run_query
from alliancegraph.queries.catalogue import lookup
from alliancegraph.queries.values import KINDS

ROOT: Final = Path(__file__).resolve().parents[1]
BIN: Final = Path(sys.executable).parent
CANDIDATES: Final = 40
WARM_UP: Final = 2.0
PATIENCE: Final = 120.0
HOSTILE: Final = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i",
    "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "ASK { FILTER(" + "!" * 30000 + "true) }",
    "ASK " + "{" * 3000,
)


@dataclass
class Measured:
    """Seconds of each request, and how often each status came; 0 stands for a connection that broke."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def errors(self) -> int:
        """Requests that were not answered."""
        return self.statuses.total() - self.statuses[200]

    def row(self, name: str, duration: float) -> str:
        """A line of the table; seconds of waiting are printed in milliseconds."""
        cut = statistics.quantiles(self.seconds, n=100)
        rate = self.statuses[200] / duration
        return f"{name:32} {rate:9.1f} {cut[49] * 1000:9.1f} {cut[98] * 1000:9.1f} {self.errors:7d}"


# ------------------------------------------------------------ the mix


def mix(store: Store) -> dict[str, str]:
    """A text for each named query that has rows in this store and gives over HTTP what it gives in process."""
    texts = {}
    for query in named_queries():
        for params in _parameters(store, query):
            rows = _rows_of_run(store, query, params)
            text = with_values(store, query, params)
            if rows and _rows(store, text) == rows:
                texts[query.name] = text
                break
    return texts


def _parameters(store: Store, query: NamedQuery) -> Iterator[dict[str, str]]:
    """Values to try for the parameters that have no default."""
    wanted = [p for p in query.parameters if p.required and p.type in KINDS]
    listed = [_named(store, KINDS[parameter.type]) for parameter in wanted]
    for values in itertools.islice(itertools.product(*listed), CANDIDATES ** max(1, len(wanted))):
        if len(set(values)) == len(values):
            yield {parameter.name: value for parameter, value in zip(wanted, values, strict=True)}


def _named(store: Store, kind: str) -> list[str]:
    """Things of a kind, those of which most is said first."""
    said = Counter(solution["iri"].value for solution in store.query(lookup(kind).text))  # type: ignore[union-attr]
    return sorted(said, key=lambda iri: (-said[iri], iri))[:CANDIDATES]


def _rows_of_run(store: Store, query: NamedQuery, params: Mapping[str, str]) -> int:
    try:
        return len(run_query(store, query, params).rows)
    except QueryError:
        return 0


def _rows(store: Store, text: str) -> int:
    return sum(1 for _ in store.query(text))  # type: ignore[arg-type]


def with_values(store: Store, query: NamedQuery, params: Mapping[str, str]) -> str:
    """The query with its parameters bound; the values are written by the engine."""
    bound: dict[str, object] = {}

    class Recorder:
        """Takes the bindings of a run instead of answering it."""

        def query(self, sparql: str, bindings: Mapping[str, object] | None = None) -> object:
            if sparql == query.text:
                bound.update(bindings or {})
            return store.query(sparql, bindings)  # type: ignore[arg-type]

    with contextlib.suppress(QueryError):
        run_query(Recorder(), query, params)  # type: ignore[arg-type]
    return "".join(_bound(list(tokens(query.text)), bound))


def _bound(pieces: list[Token], values: Mapping[str, object]) -> Iterator[str]:
    """The text with values in the group of each SELECT, for those of the variables that it selects."""
    selected: set[str] | None = None
    for piece in pieces:
        yield piece.text
        if piece.kind == "word" and piece.text.lower() == "select":
            selected = set()
        elif selected is not None and piece.kind == "variable":
            selected.add(piece.text[1:])
        elif selected is not None and piece.text == "{":
            yield from (f" VALUES ?{name} {{ {values[name]} }}" for name in sorted(selected & values.keys()))
            selected = None


# ------------------------------------------------------------ clients


async def ask(
    host: str, port: int, text: str, connection: list[asyncio.StreamReader | asyncio.StreamWriter]
) -> int:
    """The status of a request over a connection that is kept; the whole answer is read."""
    if not connection:
        connection.extend(await asyncio.open_connection(host, port, limit=2**20))
    reader, writer = connection
    assert isinstance(reader, asyncio.StreamReader)
    assert isinstance(writer, asyncio.StreamWriter)
    body = text.encode()
    head = (
        f"POST /{'query' if port in PEERS else 'sparql'} HTTP/1.1\r\nHost: {host}:{port}\r\n"
        f"Content-Type: application/sparql-query\r\nAccept: application/sparql-results+json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    headers = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    if length := re.search(r"(?i)^content-length: *(\d+)", headers, re.M):
        await reader.readexactly(int(length[1]))
    else:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    return int(headers.split(" ", 2)[1])


PEERS: set[int] = set()
"""Ports at which the peer listens, whose address for queries is another."""


async def client(port: int, texts: list[str], offset: int, until: float, measured: Measured) -> None:
    """Ask the texts in turn until that time."""
    connection: list[asyncio.StreamReader | asyncio.StreamWriter] = []
    for text in itertools.islice(itertools.cycle(texts), offset, None):
        start = time.perf_counter()
        if start >= until:
            break
        try:
            status = await ask("127.0.0.1", port, text, connection)
        except (OSError, asyncio.IncompleteReadError, ValueError):
            status = 0
            connection.clear()
        measured.seconds.append(time.perf_counter() - start)
        measured.statuses[status] += 1
    if connection:
        writer = connection[1]
        assert isinstance(writer, asyncio.StreamWriter)
        writer.close()


async def load(port: int, texts: list[str], clients: int, seconds: float) -> Measured:
    """What so many clients meet in so many seconds."""
    measured = Measured()
    until = time.perf_counter() + seconds
    await asyncio.gather(*(client(port, texts, number, until, measured) for number in range(clients)))
    return measured


async def attacked(
    port: int, texts: list[str], clients: int, seconds: float, hostile: int
) -> tuple[Measured, list[tuple[int, float]]]:
    """The same while hostile queries run, with status and seconds of each of those."""

    async def attack(number: int) -> tuple[int, float]:
        start = time.perf_counter()
        status = await ask("127.0.0.1", port, HOSTILE[number % len(HOSTILE)], [])
        return status, time.perf_counter() - start

    attacks = [asyncio.ensure_future(attack(number)) for number in range(hostile)]
    measured = await load(port, texts, clients, seconds)
    return measured, list(await asyncio.gather(*attacks))


# ------------------------------------------------------------ servers


@contextlib.contextmanager
def started(command: list[str], port: int) -> Iterator[None]:
    """A server that answers at a port, ended whatever happens."""
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        else:
            sys.exit(f"{command[0]} does not answer")
        yield
    finally:
        process.terminate()
        process.wait(PATIENCE)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def built(folder: Path) -> Path:
    """A store of the articles that come with the project."""
    store = folder / "store"
    articles = [str(ROOT / "examples"), str(ROOT / "tests" / "articles")]
    subprocess.run(
        [str(BIN / "alliancegraph"), "build", *articles, "--store", str(store)],
        check=True,
        capture_output=True,
    )
    return store


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--hostile", type=int, default=10)
    parser.add_argument("--limit", type=float, default=10.0, help="seconds of one request to our server")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = options.store or built(folder)
        with Store.open(store, read_only=True) as opened:
            chosen = mix(opened)
            size = opened.stats()["quads"]
        print(f"{size} quads, {len(chosen)} named queries, {options.clients} clients, {options.seconds:g} s")
        compare(store, folder, list(chosen.values()), options)


def compare(store: Path, folder: Path, texts: list[str], options: argparse.Namespace) -> None:
    """Measure both servers, one after the other, and ours under attack."""
    port, peer = free_port(), free_port()
    PEERS.add(peer)
    newest = max((store / "snapshots").iterdir(), key=lambda path: int(path.name))
    copy = shutil.copytree(newest, folder / "peer")
    ours = [
        str(BIN / "alliancegraph"),
        "serve",
        "--store",
        str(store),
        "--port",
        str(port),
        "--timeout",
        str(options.limit),
    ]
    theirs = [
        str(BIN / "oxigraph"),
        "serve-read-only",
        "--location",
        str(copy),
        "--bind",
        f"127.0.0.1:{peer}",
        "--union-default-graph",
    ]
    print(f"{'server':32} {'per s':>9} {'p50 ms':>9} {'p99 ms':>9} {'errors':>7}")
    with started(ours, port):
        asyncio.run(load(port, texts, options.clients, WARM_UP))
        plain = asyncio.run(load(port, texts, options.clients, options.seconds))
        print(plain.row("alliancegraph serve", options.seconds), flush=True)
        beside, attacks = asyncio.run(
            attacked(port, texts, options.clients, options.seconds, options.hostile)
        )
    with started(theirs, peer):
        asyncio.run(load(peer, texts, options.clients, WARM_UP))
        other = asyncio.run(load(peer, texts, options.clients, options.seconds))
    print(other.row(f"oxigraph {pyoxigraph.__version__}", options.seconds))
    print(beside.row(f"alliancegraph serve, {options.hostile} hostile", options.seconds))
    ratio = plain.statuses[200] / max(1, other.statuses[200])
    print(f"requests a second, ours to the peer's: {ratio:.2f}")
    slowest = max(seconds for _, seconds in attacks)
    statuses = dict(sorted(Counter(status for status, _ in attacks).items()))
    print(
        f"hostile queries: {statuses} by status, the slowest ended after {slowest:.1f} s (limit {options.limit:g} s)"
    )


if __name__ == "__main__":
    main()
