"""The quads of one named graph, added term by term and given in one order."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from functools import cache
from typing import Final

from pyoxigraph import Literal, NamedNode, Quad, Triple

from alliancegraph.ontology.terms import RDF, XSD

_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_TYPE: Final = str(RDF.type)


def text(value: str, datatype: str | None = None) -> Literal:
    """A string, or a literal of another datatype; half a surrogate pair, which RDF cannot hold, becomes U+FFFD."""
    clean = _SURROGATE.sub("\ufffd", value)
    return Literal(clean, datatype=NamedNode(datatype)) if datatype else Literal(clean)


def english(value: str) -> Literal:
    """An English name or phrase."""
    return Literal(_SURROGATE.sub("\ufffd", value), language="en")


def whole(value: int) -> Literal:
    """A whole number; `xsd:integer`, since stores do not keep the types derived from it."""
    return text(str(value), XSD.integer)


def decimal(value: float) -> Literal:
    """A number with two digits after the point, in the canonical form that stores give back."""
    digits = f"{value:.2f}".rstrip("0").rstrip(".")
    return text("0" if digits == "-0" else digits, XSD.decimal)


def short_hash(*parts: str) -> str:
    """Twelve hexadecimal digits that stand for the parts, the same on every machine."""
    return hashlib.sha256("|".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:12]


class Quads:
    """A growing named graph; what is added twice is there once."""

    def __init__(self, graph: str) -> None:
        """An empty graph of that IRI."""
        self._graph = NamedNode(graph)
        self._found: set[tuple[str, str, str | Literal]] = set()

    def add(self, subject: str, predicate: str, *objects: str | Literal) -> None:
        """One triple for each object; a bare string is an IRI."""
        subject, predicate = str(subject), str(predicate)
        for item in objects:
            self._found.add((subject, predicate, str(item) if isinstance(item, str) else item))

    def ordered(self) -> list[Quad]:
        """All quads, in the order of `ordered`."""
        return self._made(sorted(self._found, key=_key))

    def unordered(self) -> list[Quad]:
        """All quads, in any order."""
        return self._made(self._found)

    def _made(self, triples: Iterable[tuple[str, str, str | Literal]]) -> list[Quad]:
        node = cache(NamedNode)
        return [
            Quad(node(subject), node(predicate), node(item) if isinstance(item, str) else item, self._graph)
            for subject, predicate, item in triples
        ]


def _key(triple: tuple[str, str, str | Literal]) -> tuple[str, bool, str, str]:
    """The key of `_triple_key`, of terms that are text still."""
    subject, predicate, item = triple
    return subject, predicate != _TYPE, predicate, f"<{item}>" if isinstance(item, str) else str(item)


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
