"""The most important part of a large store: its most important nodes, and of each edge between them the surest statements."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final, TypeAlias

import networkx as nx  # type: ignore[import-untyped]
import pyoxigraph

from alliancegraph.explorer.reading import statement
from alliancegraph.graph.facts import Thing, local_name
from alliancegraph.graph.network_statements import network_of
from alliancegraph.graph.store import Store

_OF_EACH: Final = 20
"""How many statements of one edge it has at most."""

Link: TypeAlias = tuple[str, str, str]
_Statement: TypeAlias = tuple[float, str, str]


def number_of_statements(store: Store) -> int:
    """How many positions, relations, discussions and events a store holds."""
    solutions = store.query(_question("number.rq"))
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return int(next(iter(solutions))["number"].value)


def overview(store: Store, known: Mapping[str, Thing], nodes: int, statements: int) -> nx.MultiDiGraph:
    """The statement network of so many nodes and statements at most; the `weight` of an edge counts all of its statements."""
    counts, surest = _links(store, known)
    kept = _between(_important(counts, nodes), counts)
    share = max(1, min(_OF_EACH, statements // max(len(kept), 1)))
    kept = sorted(kept, key=lambda link: (-counts[link], link))[:statements]
    found = [
        fact
        for link in sorted(kept)
        for _, document, iri in sorted(surest[link], reverse=True)[:share]
        if (fact := statement(store, document, iri)) is not None
    ]
    network = network_of(found, known, whole=False)
    for source, target, relation, edge in network.edges(keys=True, data=True):
        edge["weight"] = counts[source, target, relation]
    return network


def _links(store: Store, known: Mapping[str, Thing]) -> tuple[Counter[Link], dict[Link, list[_Statement]]]:
    """How many statements connect two nodes in one way, and the surest of them; those of documents are left out."""
    counts: Counter[Link] = Counter()
    surest: dict[Link, list[_Statement]] = {}
    solutions = store.query(_question("links.rq"))
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    for solution in solutions:
        iri, document, subject, predicate, target, sure = (
            term.value for term in solution if term is not None
        )
        if target in known and known[target].type == "Document":
            continue
        link = (subject, target, local_name(predicate))
        counts[link] += 1
        heap = surest.setdefault(link, [])
        if len(heap) < _OF_EACH:
            heapq.heappush(heap, (float(sure), document, iri))
        else:
            heapq.heappushpop(heap, (float(sure), document, iri))
    return counts, surest


def _important(counts: Mapping[Link, int], number: int) -> frozenset[str]:
    weights: Counter[str] = Counter()
    for (source, target, _), count in counts.items():
        weights[source] += count
        weights[target] += count
    return frozenset(sorted(weights, key=lambda node: (-weights[node], node))[:number])


def _between(nodes: frozenset[str], counts: Mapping[Link, int]) -> list[Link]:
    return [link for link in counts if link[0] in nodes and link[1] in nodes]


@cache
def _question(name: str) -> str:
    folder = resources.files("alliancegraph.explorer").joinpath("sparql")
    return folder.joinpath(name).read_text(encoding="utf-8")
