"""What a store rests on: an engine that answers SPARQL, gives quads by pattern, and makes a change whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat

Term = NamedNode | Literal
Answer = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


@dataclass(frozen=True, slots=True)
class Change:
    """Named graphs to drop, then quads to remove, then quads to add, as N-Quads without blank nodes; one transaction."""

    drops: tuple[str, ...] = ()
    deletes: bytes = b""
    inserts: bytes = b""


def nquads(quads: Sequence[Quad]) -> bytes:
    """The quads as N-Quads, in their order."""
    return (pyoxigraph.serialize(quads, format=RdfFormat.N_QUADS) or b"") if quads else b""


def quads_of(data: bytes) -> list[Quad]:
    """The quads of N-Quads, in their order."""
    return list(pyoxigraph.parse(input=data, format=RdfFormat.N_QUADS))


def update_text(change: Change) -> str:
    """The change as one SPARQL 1.1 Update request, its terms written by the RDF serialiser."""
    parts = [f"DROP SILENT GRAPH {NamedNode(graph)}" for graph in change.drops]
    for word, data in (("DELETE", change.deletes), ("INSERT", change.inserts)):
        if data:
            parts.append(f"{word} DATA {{\n{_blocks(data)}}}")
    return " ;\n".join(parts)


def _blocks(data: bytes) -> str:
    quads = sorted(quads_of(data), key=lambda quad: str(quad.graph_name))
    return "".join(
        f"GRAPH {graph} {{\n{_triples([quad.triple for quad in group])}}}\n"
        for graph, group in groupby(quads, key=lambda quad: str(quad.graph_name))
    )


def _triples(triples: list[pyoxigraph.Triple]) -> str:
    return (pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()


class Engine(Protocol):
    """A database of quads: on disk, in memory, or behind an address."""

    name: str
    """How messages speak of it; without any credentials."""

    def query(self, sparql: str, bindings: Mapping[str, Term]) -> Answer:
        """The answer to SPARQL over the union of all graphs, with values for selected variables; raise `QueryError`."""
        ...

    def quads(
        self,
        graph: str | None = None,
        subject: str | None = None,
        predicate: str | None = None,
        object: Term | None = None,
    ) -> Iterator[Quad]:
        """The quads that have all the parts given, in no order."""
        ...

    def size(self) -> int:
        """The number of quads."""
        ...

    def change(self, change: Change) -> None:
        """Make a change whole or not at all; raise `StoreError`."""
        ...

    def load(self, changes: Sequence[Change]) -> None:
        """Make many changes to different documents, each whole or not at all; raise `StoreError`."""
        ...

    def close(self) -> None:
        """Let go of everything; closing again does nothing."""
        ...
