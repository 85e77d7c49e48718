"""The quads of one named graph, added term by term and given in one order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple

from alliancegraph.ontology.terms import RDF, XSD

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_TYPE: Final = str(RDF.type)


def text(value: str, datatype: str | None = None) -> Literal:
    """A string, or a literal of another datatype; half a surrogate pair, which RDF cannot hold, becomes U+FFFD."""
    clean = _whole_characters(value)
    return Literal(clean, datatype=NamedNode(datatype)) if datatype else Literal(clean)


def english(value: str) -> Literal:
    """An English name or phrase."""
    return Literal(_whole_characters(value), language="en")


def _whole_characters(value: str) -> str:
    return value if value.isascii() else _SURROGATE.sub("\ufffd", value)


def whole(value: int) -> Literal:
    """A whole number; `xsd:integer`, since stores do not keep the types derived from it."""
    return Literal(value)


def decimal(value: float) -> Literal:
    """A number with two digits after the point, in the canonical form that stores give back."""
    digits = f"{value:.2f}".rstrip("0").rstrip(".")
    return text("0" if digits == "-0" else digits, XSD.decimal)


def short_hash(*parts: str) -> str:
    """Twelve hexadecimal digits that stand for the parts, the same on every machine."""
    return hashlib.sha256("|".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


class Quads:
    """A growing named graph, kept as lines of N-Quads; what is added twice is there once."""

    def __init__(self, graph: str) -> None:
        """An empty graph of that IRI."""
        self._end = f" {NamedNode(graph)} .\n"
        self._lines: set[str] = set()
        self._written = cache(_written)
        self._described: set[str] = set()

    def add(self, subject: str, predicate: str, *objects: str | Literal) -> None:
        """One triple for each object; a bare string is an IRI. Raises `ValueError` for one that is none."""
        start = f"{self._written(subject)} {self._written(predicate)} "
        for item in objects:
            term = self._written(item) if isinstance(item, str) else str(item)
            self._lines.add(f"{start}{term}{self._end}")

    def add_types(self, subject: str, *classes: str) -> None:
        """That the subject is one of each class."""
        self.add(subject, _TYPE, *classes)

    def is_new(self, node: str) -> bool:
        """Whether a node was not asked for before: what is said of it in one place only is to be said now."""
        size = len(self._described)
        self._described.add(node)
        return len(self._described) > size

    def lines(self) -> bytes:
        """All quads as N-Quads, in lines sorted by their bytes."""
        return "".join(sorted(self._lines)).encode()

    def ordered(self) -> list[Quad]:
        """All quads, in the order of `ordered`."""
        return ordered(pyoxigraph.parse(input=self.lines(), format=RdfFormat.N_QUADS))


def _written(iri: str) -> str:
    """An IRI as N-Quads have it."""
    return str(NamedNode(iri))


def ordered(quads: Iterable[Quad]) -> list[Quad]:
    """Quads by graph, subject, predicate (types first) and object: the order in which everything is written."""
    return sorted(quads, key=lambda quad: (str(quad.graph_name), *_triple_key(quad)))


def ordered_triples(triples: Iterable[Triple]) -> list[Triple]:
    """Triples in the same order."""
    return sorted(triples, key=_triple_key)


def _triple_key(item: Quad | Triple) -> tuple[str, bool, str, str]:
    predicate = item.predicate.value
    subject = str(item.subject) if isinstance(item.subject, Triple) else item.subject.value
    return subject, predicate != _TYPE, predicate, str(item.object)
