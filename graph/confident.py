"""The graph of a document without what is less certain than the user wants: what it would be, had it been built so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from pyoxigraph import NamedNode, Quad, Triple

from alliancegraph.graph.occurrences import EVENT_ROLES
from alliancegraph.ontology.terms import AG, DCTERMS, OA, RDF, SEM

_TYPE: Final = str(RDF.type)
_STATEMENTS: Final = frozenset({str(AG.Position), str(AG.Relation), str(AG.Discussion), str(SEM.Event)})
_PASSAGES: Final = frozenset(
    str(t) for t in (OA.Annotation, OA.SpecificResource, OA.TextPositionSelector, OA.TextQuoteSelector)
)
"""What stands only for the sake of what points at it; mentions, which nothing points at, are no such things."""
_ROLES: Final = frozenset(str(AG[role]) for role in EVENT_ROLES)

Direct = tuple[str, str, str]
"""Subject, predicate and object of a triple that follows from a record."""


def confident_quads(quads: Iterable[Quad], minimum: float) -> list[Quad]:
    """The quads without positions, relations, discussions and events below that confidence, and what hangs on these.

    A relation to an event that is left out is left out too. With a record go the triples that follow from it, unless
    another record of the same document supports them, and the passages to which nothing else refers. Actors stay with
    their mentions.
    """
    if minimum <= 0:
        return list(quads)
    graphs: dict[str, list[Quad]] = {}
    for quad in quads:
        graphs.setdefault(str(quad.graph_name), []).append(quad)
    return [quad for graph in graphs.values() for quad in _confident_graph(graph, Decimal(str(minimum)))]


def _confident_graph(quads: list[Quad], minimum: Decimal) -> list[Quad]:
    records = _records(quads)
    gone = {iri for iri, record in records.items() if record.confidence < minimum}
    gone |= {iri for iri, record in records.items() if not gone.isdisjoint(record.ends)}
    lost = {triple for iri in gone for triple in records[iri].direct()}
    lost -= {triple for iri, record in records.items() if iri not in gone for triple in record.direct()}
    kept = [q for q in quads if _subject(q) not in gone and _triple(q) not in lost]
    return _without_orphans(kept)


class _Record:
    """The properties of one statement."""

    def __init__(self, properties: dict[str, set[str]]) -> None:
        self._properties = properties
        self.confidence = Decimal(min(properties.get(str(AG.confidence), {"1"})))
        self.ends = self._values(RDF.subject) | self._values(RDF.object)

    def _values(self, property_: str) -> set[str]:
        return self._properties.get(str(property_), set())

    def direct(self) -> Iterator[Direct]:
        """The triples that follow from the record."""
        for subject in self._values(RDF.subject):
            for predicate in self._values(RDF.predicate):
                for thing in self._values(RDF.object):
                    yield from _following(subject, predicate, thing)
        if str(AG.Discussion) in self._values(_TYPE):
            for document in self._values(AG.inDocument):
                yield from ((document, str(AG.discusses), issue) for issue in self._values(AG.issue))


def _following(subject: str, predicate: str, thing: str) -> Iterator[Direct]:
    yield subject, predicate, thing
    if predicate == str(AG.authorOf):
        yield thing, str(DCTERMS.creator), subject
    if predicate in _ROLES:
        yield thing, str(SEM.hasActor), subject


def _records(quads: list[Quad]) -> dict[str, _Record]:
    """The statements and events of a graph by IRI."""
    kinds = {_subject(q) for q in quads if q.predicate.value == _TYPE and _object(q) in _STATEMENTS}
    properties: dict[str, dict[str, set[str]]] = {iri: {} for iri in kinds}
    for quad in quads:
        if (subject := _subject(quad)) in properties:
            properties[subject].setdefault(quad.predicate.value, set()).add(_object(quad))
    return {iri: _Record(found) for iri, found in properties.items()}


def _without_orphans(quads: list[Quad]) -> list[Quad]:
    """The quads without passages to which nothing refers; these go from annotations over targets to selectors."""
    types = {_subject(q) for q in quads if q.predicate.value == _TYPE and _object(q) in _PASSAGES}
    mentions = {_subject(q) for q in quads if q.predicate.value == str(OA.hasBody)}
    passages = types - mentions
    while True:
        orphans = passages - {_object(q) for q in quads}
        if not orphans:
            return quads
        quads = [q for q in quads if _subject(q) not in orphans]
        passages -= orphans


def _subject(quad: Quad) -> str:
    return quad.subject.value if isinstance(quad.subject, NamedNode) else str(quad.subject)


def _object(quad: Quad) -> str:
    return str(quad.object) if isinstance(quad.object, Triple) else quad.object.value


def _triple(quad: Quad) -> Direct:
    return _subject(quad), quad.predicate.value, _object(quad)
