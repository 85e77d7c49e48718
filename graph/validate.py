"""A document's graph checked against the shapes of the ontology (SHACL)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyoxigraph
from rdflib import Graph
from rdflib.namespace import SH

from alliancegraph.graph.quads import ordered_triples
from alliancegraph.ontology.alignment import ontology_file
from alliancegraph.ontology.terms import RDF


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that is not as it should be: where, at which property, and what ought to hold."""

    focus: str
    path: str
    message: str

    def __str__(self) -> str:
        """One line."""
        return f"{self.focus} {self.path}: {self.message}" if self.path else f"{self.focus}: {self.message}"


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a validation: all violations, sorted."""

    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong."""
        return not self.violations

    def lines(self) -> list[str]:
        """One line for each violation."""
        return [str(violation) for violation in self.violations]


def validate(graph: Graph | Iterable[pyoxigraph.Quad | pyoxigraph.Triple]) -> Report:
    """Check the graph of one document, given to rdflib or as quads; graph names do not matter."""
    from pyshacl import validate as check  # its import takes a second

    data = graph if isinstance(graph, Graph) else rdflib_graph(graph)
    _, results, _ = check(data, shacl_graph=_graph_of("shapes.ttl"), ont_graph=_graph_of("alliancegraph.ttl"))
    if not isinstance(results, Graph):
        raise TypeError(f"pySHACL gave no report but {results!r}")
    return Report(tuple(sorted(_violations(results))))


def rdflib_graph(items: Iterable[pyoxigraph.Quad | pyoxigraph.Triple]) -> Graph:
    """Quads or triples as one rdflib graph."""
    triples = ordered_triples({item.triple if isinstance(item, pyoxigraph.Quad) else item for item in items})
    data = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
    return Graph().parse(data=data, format="nt")


@cache
def _graph_of(file: str) -> Graph:
    return Graph().parse(data=ontology_file(file), format="turtle")


def _violations(results: Graph) -> Iterable[Violation]:
    for result in results.subjects(RDF.type, SH.ValidationResult):
        yield Violation(
            focus=str(results.value(result, SH.focusNode)),
            path=str(results.value(result, SH.resultPath) or ""),
            message=str(results.value(result, SH.resultMessage)),
        )
