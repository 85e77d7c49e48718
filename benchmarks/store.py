"""The store beside the engines: bulk loading, replacing a document, and the named queries, over a million quads.

usage: python benchmarks/store.py [--quads N] [--limit SECONDS] [--rounds N] [--no-rdflib]

The quads are the graphs of the articles in examples/ and tests/articles, and copies of these with documents, some actors and
dates of their own. In one run it prints

- bulk loading of the file by `alliancegraph load` beside pyoxigraph's own `bulk_load`, in turns (wanted: 70 % of its speed);
- the time to replace a document, its text unchanged and changed (wanted: under 50 ms, the median), beside pyoxigraph's own
  loading of such a graph and removing of the old one, which are two steps and not one;
- each named query from disk and in memory, beside pyoxigraph with the same text and values, and beside rdflib's own store
  in memory, which is given up after LIMIT seconds a query (then its time counts as the limit, so that the ratio is a lower
  bound). Wanted are geometric means: 20 times as quick as rdflib from disk, 50 times in memory, and at most 1.3 times the
  time of pyoxigraph; and no question about the whole graph takes more than 3 times its time in memory.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import multiprocessing
import re
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import RdfFormat

from alliancegraph.extract.model import Extraction
from alliancegraph.extract.pipeline import extractions
from alliancegraph.extract.reading import read
from alliancegraph.graph.builder import document_graph
from alliancegraph.graph.bulk import load_file
from alliancegraph.graph.engine import nquads
from alliancegraph.graph.folder import StoreFolder
from alliancegraph.graph.store import Store
from alliancegraph.queries import NamedQuery, named_queries, resolve, run_query
from alliancegraph.queries.values import KINDS, Term, bindings

ROOT = Path(__file__).resolve().parent.parent
ARTICLES = sorted(
    path
    for folder in (ROOT / "examples", ROOT / "tests" / "articles")
    for path in folder.iterdir()
    if path.suffix in (".txt", ".md", ".html") and path.name != "README.md"
)
VALUES = {
    "actor": "Japan",
    "other": "United States",
    "issue": "climate-change",
    "type": "meeting",
    "start": "2000",
    "end": "2020",
}
"""Values of parameters that have no default; statements and documents are taken from the store."""
REPLACED = 20
_ACTOR = re.compile(rb"(/actor/[a-z]+-[a-z-]+)>")
_YEAR = re.compile(rb'"(19|20)(\d\d)-')


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quads", type=int, default=1_000_000)
    parser.add_argument("--limit", type=float, default=20.0, metavar="SECONDS")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--no-rdflib", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        read_articles = list(extractions(read(str(path)) for path in ARTICLES))
        made = write_file(folder / "graph.nq", read_articles, args.quads)
        print(f"{made:,} quads of {len(read_articles)} articles and copies of them")
        store = loading(folder, args.rounds)
        replacing(store, read_articles)
        questions(folder, store, args.rounds, None if args.no_rdflib else args.limit)


# ---------------------------------------------------------------- data


def write_file(file: Path, articles: Sequence[Extraction], quads: int) -> int:
    """Write copies of the articles' graphs until there are so many quads."""
    made = 0
    with file.open("wb") as out:
        for number in range(quads):
            for article in articles:
                copy = _copy(article, number)
                out.write(copy)
                made += copy.count(b"\n")
                if made >= quads:
                    return made
    return made


def _copy(article: Extraction, number: int) -> bytes:
    """A document of its own: every other one with persons and bodies that few others name; all with years of their own."""
    if number == 0:
        return nquads(document_graph(article))
    source, iri = f"{number}/{article.document.source}", article.document.iri
    data = nquads(document_graph(replace(article, document=replace(article.document, source=source))))
    digest = hashlib.sha256(f"{iri}{number}".encode()).hexdigest()[:16]
    data = data.replace(iri.encode(), f"{iri.rpartition('/')[0]}/{digest}".encode())
    if number % 2:
        data = _ACTOR.sub(rb"\1-%d>" % (number % 40), data)
    return _YEAR.sub(lambda found: b'"%s%02d-' % (found[1], (int(found[2]) + number) % 100), data)


# ---------------------------------------------------------------- loading


def loading(folder: Path, rounds: int) -> Path:
    """Bulk loading in turns; returns the loaded store."""
    file, ours, theirs = folder / "graph.nq", [], []
    for _ in range(rounds):
        for name in ("store", "raw"):
            shutil.rmtree(folder / name, ignore_errors=True)
        theirs.append(timed(lambda: _raw_load(file, folder / "raw")))
        ours.append(timed(lambda: load_file(file, folder / "store")))
    raw, own = statistics.median(theirs), statistics.median(ours)
    print(
        f"\nbulk loading   pyoxigraph {raw:6.1f} s   alliancegraph {own:6.1f} s   {verdict(raw / own, 0.7)}"
    )
    return folder / "store"


def _raw_load(file: Path, place: Path) -> None:
    data = pyoxigraph.Store(str(place))
    data.bulk_load(path=file, format=RdfFormat.N_QUADS)
    data.flush()


def replacing(path: Path, articles: Sequence[Extraction]) -> None:
    """One document at a time replaced in the full store: with the same text read otherwise, and with another text."""
    with Store.open(path) as store:
        for article in articles:
            store.replace(article)
        for label, other in (("text unchanged", _less), ("text changed", _longer)):
            times = [
                timed(partial(store.replace, other(article))) for article in (articles * REPLACED)[:REPLACED]
            ]
            middle = statistics.median(times) * 1000
            quads = statistics.median(len(document_graph(article)) for article in articles)
            print(
                f"replacing {quads:,.0f} quads, {label:15} median {middle:5.1f} ms   slowest {max(times) * 1000:5.1f} ms   "
                f"wanted under 50: {'reached' if middle < 50 else 'NOT REACHED'}"
            )
        for article in articles:
            store.replace(article)
        store.optimize()
    data = StoreFolder(path).open_to_write()
    raw = []
    for article in (articles * REPLACED)[:REPLACED]:
        name = f"{article.document.iri}-raw"
        lines = nquads(document_graph(article)).replace(article.document.iri.encode(), name.encode())
        raw.append(timed(partial(_raw_replace, data, pyoxigraph.NamedNode(name), lines)))
    for article in articles:
        data.remove_graph(pyoxigraph.NamedNode(f"{article.document.iri}-raw"))
    data.optimize()
    print(
        f"the same by pyoxigraph, of lines made before           median {statistics.median(raw) * 1000:5.1f} ms"
    )


def _raw_replace(data: pyoxigraph.Store, graph: pyoxigraph.NamedNode, lines: bytes) -> None:
    data.remove_graph(graph)
    data.load(input=lines, format=RdfFormat.N_QUADS)


def _less(article: Extraction) -> Extraction:
    return replace(article, positions=article.positions[1:], relations=article.relations[1:])


def _longer(article: Extraction) -> Extraction:
    text = article.document.text + "\nThe end.\n"
    iri = article.document.iri.rpartition("/")[0] + "/" + hashlib.sha256(text.encode()).hexdigest()[:16]
    return replace(article, document=replace(article.document, text=text, iri=iri))


# ---------------------------------------------------------------- questions


@dataclass(frozen=True, slots=True)
class Row:
    """Seconds of one query: ours and the engine's, from disk and in memory, and rdflib's."""

    name: str
    whole: bool
    disk: float
    memory: float
    raw_disk: float
    raw_memory: float
    rdflib: float | None
    gave_up: bool = False


def questions(folder: Path, path: Path, rounds: int, limit: float | None) -> None:
    """The named queries, ours and the engine's in turns, and rdflib's after them."""
    with Store.open(path, read_only=True) as disk, Store.open(path, read_only=True, in_memory=True) as memory:
        asked = [(query, values(disk, query)) for query in named_queries()]
        rows = [_row(query, params, disk, memory, rounds) for query, params in asked]
        bound = {query.name: _bound(disk, query, params) for query, params in asked}
    if limit is not None:
        rows = list(_with_rdflib(folder / "graph.nq", rows, bound, limit))
    _print(rows)


def values(store: Store, query: NamedQuery) -> dict[str, str]:
    """Values for the parameters that have no default, as IRIs where they name something."""
    found = {}
    for parameter in query.parameters:
        if parameter.default is None:
            kind = KINDS.get(parameter.type)
            known = VALUES.get(parameter.name) or _any(store, str(kind))
            found[parameter.name] = resolve(store, kind, known) if kind else known
    return found


def _any(store: Store, kind: str) -> str:
    """Some document, event or statement."""
    class_ = {
        "document": "schema:Article",
        "event": "sem:Event",
        "statement": "ag:Position",
        "actor": "ag:Organization",
    }[kind]
    text = (
        "PREFIX ag: <https://w3id.org/alliancegraph/ontology#> PREFIX schema: <https://schema.org/> "
        f"PREFIX sem: <http://semanticweb.cs.vu.nl/2009/11/sem/> SELECT (MIN(?x) AS ?m) WHERE {{ ?x a {class_} }}"
    )
    return next(iter(store.query(text)))["m"].value  # type: ignore[union-attr,index]


def _bound(store: Store, query: NamedQuery, params: Mapping[str, str]) -> dict[str, Term]:
    return bindings(query, params, lambda kind: (), lambda iri: True)


def _row(query: NamedQuery, params: Mapping[str, str], disk: Store, memory: Store, rounds: int) -> Row:
    bound = _bound(disk, query, params)
    actions: list[Callable[[], object]] = [
        lambda: run_query(disk, query, params),
        lambda: _raw(disk, query.text, bound),
        lambda: run_query(memory, query, params),
        lambda: _raw(memory, query.text, bound),
    ]
    times: list[list[float]] = [[] for _ in actions]
    for _ in range(rounds):
        for seconds, action in zip(times, actions, strict=True):
            seconds.append(timed(action))
    own_disk, raw_disk, own_memory, raw_memory = (min(seconds) for seconds in times)
    whole = not params
    return Row(query.name, whole, own_disk, own_memory, raw_disk, raw_memory, None)


def _raw(store: Store, text: str, bound: Mapping[str, Term]) -> list[tuple[Any, ...]]:
    """The engine alone: the rows of its answer."""
    substitutions = {pyoxigraph.Variable(name): term for name, term in bound.items()}
    data = store.engine.data  # type: ignore[attr-defined]
    return [
        tuple(row) for row in data.query(text, use_default_graph_as_union=True, substitutions=substitutions)
    ]


def _with_rdflib(
    file: Path, rows: Sequence[Row], bound: Mapping[str, dict[str, Term]], limit: float
) -> Iterator[Row]:
    here, there = multiprocessing.get_context("spawn").Pipe()
    process = multiprocessing.get_context("spawn").Process(target=rdflib_questions, args=(there, file, limit))
    process.start()
    print(f"\nrdflib loaded the file in {here.recv():.0f} s", flush=True)
    texts = {query.name: query.text for query in named_queries()}
    for row in rows:
        terms = {
            name: (type(term).__name__, term.value, getattr(term, "datatype", None))
            for name, term in bound[row.name].items()
        }
        here.send((texts[row.name], {n: (k, v, d.value if d else None) for n, (k, v, d) in terms.items()}))
        seconds, gave_up = here.recv()
        yield replace(row, rdflib=seconds, gave_up=gave_up)
    here.send(None)
    process.join()


def rdflib_questions(pipe: Connection, file: Path, limit: float) -> None:
    """In a process of its own: rdflib's store in memory, and the time of each question that comes."""
    import signal

    import rdflib

    class GaveUp(BaseException):
        pass

    def give_up(*_: object) -> None:
        raise GaveUp

    signal.signal(signal.SIGALRM, give_up)
    data = rdflib.Dataset(default_union=True)
    start = time.perf_counter()
    data.parse(file, format="nquads")
    pipe.send(time.perf_counter() - start)
    while (asked := pipe.recv()) is not None:
        text, terms = asked
        known = {
            name: rdflib.URIRef(value) if kind == "NamedNode" else rdflib.Literal(value, datatype=datatype)
            for name, (kind, value, datatype) in terms.items()
        }
        start = time.perf_counter()
        signal.setitimer(signal.ITIMER_REAL, limit)
        try:
            list(data.query(text, initBindings=known))
            pipe.send((time.perf_counter() - start, False))
        except GaveUp:
            pipe.send((limit, True))
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)


def _print(rows: Sequence[Row]) -> None:
    print(
        f"\n{'query, ms':26}{'disk':>9}{'engine':>9}{'memory':>9}{'engine':>9}{'disk/mem':>10}{'rdflib':>10}{'x disk':>9}{'x memory':>10}"
    )
    for row in rows:
        against = ""
        if row.rdflib is not None:
            sign = ">" if row.gave_up else " "
            against = (
                f"{sign}{row.rdflib * 1000:9.0f}{row.rdflib / row.disk:9.0f}{row.rdflib / row.memory:10.0f}"
            )
        print(
            f"{row.name + (' *' if row.whole else ''):26}{row.disk * 1000:9.1f}{row.raw_disk * 1000:9.1f}"
            f"{row.memory * 1000:9.1f}{row.raw_memory * 1000:9.1f}{row.disk / row.memory:10.1f}{against}"
        )
    print("* about the whole graph")
    slowest = max((row for row in rows if row.whole), key=lambda row: row.disk / row.memory)
    print(
        f"\nwhole graph, disk / memory: at most {slowest.disk / slowest.memory:.1f} ({slowest.name}), wanted 3"
    )
    ratios = [row.disk / row.raw_disk for row in rows] + [row.memory / row.raw_memory for row in rows]
    print(f"time beside the engine alone: {mean(ratios):.2f}, wanted at most 1.3")
    if all(row.rdflib is not None for row in rows):
        print(
            f"rdflib's time beside ours from disk: {mean([(row.rdflib or 0) / row.disk for row in rows]):.0f}, wanted 20"
        )
        print(
            f"rdflib's time beside ours in memory: {mean([(row.rdflib or 0) / row.memory for row in rows]):.0f}, wanted 50"
        )


def timed(action: Callable[[], object]) -> float:
    """Seconds that it takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def mean(ratios: Sequence[float]) -> float:
    """The geometric mean."""
    return math.exp(statistics.fmean(math.log(ratio) for ratio in ratios))


def verdict(reached: float, wanted: float) -> str:
    """How a figure stands to what is wanted."""
    return f"{reached:.2f}, wanted {wanted}: {'reached' if reached >= wanted else 'NOT REACHED'}"


if __name__ == "__main__":
    sys.exit(main())
