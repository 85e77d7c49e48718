"""Single statements of a store, read with all their parts: so many look-ups each, whatever the size of the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import pyoxigraph

from alliancegraph.graph.facts import Fact, Passage, local_name
from alliancegraph.graph.store import Store
from alliancegraph.ontology.terms import AG, OA, RDF

_POSITION: Final = (str(AG.holder), str(AG.stance), str(AG.issue))
_RELATION: Final = (str(RDF.subject), str(RDF.predicate), str(RDF.object))


def statement(store: Store, document: str, iri: str) -> Fact | None:
    """The position or relation of a document; None where it has none of that IRI."""
    found = _values(store, document, iri)
    parts = next((names for names in (_POSITION, _RELATION) if all(name in found for name in names)), None)
    if parts is None:
        return None
    subject, predicate, target = (found[name][0] for name in parts)

    def one(name: str) -> str | None:
        return found.get(name, [None])[0]

    voice = one(str(AG.voice))
    return Fact(
        kind="position" if parts is _POSITION else "relation",
        iri=iri,
        subject=subject,
        predicate=local_name(predicate),
        object=target,
        confidence=float(one(str(AG.confidence)) or 1),
        document=document,
        voice=local_name(voice) if voice else None,
        addressee=one(str(AG.addressee)),
        role=one(str(AG.role)),
        date=one(str(AG.date)),
        passages=tuple(sorted(_passages(store, document, found.get(str(AG.evidence), ())))),
    )


def _passages(store: Store, document: str, annotations: Iterable[str]) -> Iterator[Passage]:
    for annotation in annotations:
        for target in _values(store, document, annotation).get(str(OA.hasTarget), ()):
            found: dict[str, list[str]] = {}
            for selector in _values(store, document, target).get(str(OA.hasSelector), ()):
                found |= _values(store, document, selector)
            start, end, exact, prefix, suffix = (
                found[str(name)][0] for name in (OA.start, OA.end, OA.exact, OA.prefix, OA.suffix)
            )
            yield Passage(int(start), int(end), exact, prefix, suffix)


def _values(store: Store, document: str, subject: str) -> dict[str, list[str]]:
    """The values of a subject's properties in a document, as texts, each list sorted."""
    found: dict[str, list[str]] = {}
    for quad in store.engine.quads(document, subject):
        if not isinstance(quad.object, pyoxigraph.Triple):
            found.setdefault(quad.predicate.value, []).append(quad.object.value)
    return {name: sorted(values) for name, values in found.items()}
