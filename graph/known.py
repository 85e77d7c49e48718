"""The part of the vocabulary that answers questions: issues, kinds of event, stances, known actors and events."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph
from pyoxigraph import BlankNode, NamedNode, Quad

from alliancegraph.ontology.errors import VocabularyError
from alliancegraph.ontology.terms import (
    AG,
    DCTERMS,
    EVENT_TYPE,
    ISSUE,
    MARL,
    ORG,
    OWL,
    RDF,
    SCHEMA,
    SEM,
    SKOS,
    STANCE,
    VOCABULARY,
    VOICE,
)

_CLASSES: Final = frozenset(
    str(term)
    for term in (
        *(AG.State, AG.GovernmentBody, AG.IntergovernmentalOrganization, AG.StateGrouping, AG.Organization),
        *(AG.ArmedGroup, AG.Person, SEM.Event, ORG.Membership),
    )
)
_PROPERTIES: Final = frozenset(
    str(term)
    for term in (
        *(RDF.type, SKOS.prefLabel, SKOS.definition, SKOS.notation, SKOS.broader, SKOS.inScheme),
        *(SKOS.topConceptOf, SKOS.hasTopConcept, DCTERMS.title, DCTERMS.description, OWL.sameAs),
        *(AG.abbreviation, AG.demonym, AG.capital, AG.iso2, AG.iso3, AG.partOf, AG.quad, AG.dissolved),
        *(SEM.eventType, AG.date, AG.hasParticipant, AG.hasTarget, AG.hasOrganizer, AG.atPlace, AG.placeName),
        *(AG.implies, MARL.hasPolarity),
        *(ORG.member, ORG.organization, ORG.role, SCHEMA.startDate, SCHEMA.endDate),
    )
)
_SCHEMES: Final = tuple(str(namespace) for namespace in (ISSUE, EVENT_TYPE, STANCE, VOICE))
"""Concepts outside these are words by which texts are read."""
_TYPE: Final = str(RDF.type)
_OTHER_NAMES: Final = str(SKOS.altLabel)
_CONCEPT: Final = str(SKOS.Concept)
_GRAPH: Final = NamedNode(str(VOCABULARY))


def vocabulary_digest(files: Sequence[tuple[str, bytes]]) -> str:
    """The SHA-256 over all files, as `Vocabulary.digest` has it."""
    digest = hashlib.sha256()
    for _, data in files:
        digest.update(data)
    return digest.hexdigest()


def vocabulary_quads(files: Sequence[tuple[str, bytes]]) -> list[Quad]:
    """What queries may ask of the vocabulary, in its named graph; phrases by which texts are read are left out."""
    quads = [quad for name, data in files for quad in _parsed(name, data)]
    types: dict[object, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == _TYPE and isinstance(quad.object, NamedNode):
            types.setdefault(quad.subject, set()).add(quad.object.value)
    described = {subject: kinds for subject, kinds in types.items() if _is_described(subject, kinds)}
    kept = (q for q in quads if _is_kept(q, described.get(q.subject)))
    return list(dict.fromkeys(Quad(q.subject, q.predicate, q.object, _GRAPH) for q in kept))


def _is_described(subject: object, kinds: set[str]) -> bool:
    named = isinstance(subject, NamedNode) and subject.value.startswith(_SCHEMES)
    return named or not kinds.isdisjoint(_CLASSES)


def _is_kept(quad: Quad, kinds: set[str] | None) -> bool:
    """Other names of concepts are the phrases by which texts are read."""
    if kinds is None or isinstance(quad.subject, BlankNode) or isinstance(quad.object, BlankNode):
        return False
    property_ = quad.predicate.value
    return property_ in _PROPERTIES or (property_ == _OTHER_NAMES and _CONCEPT not in kinds)


def _parsed(name: str, data: bytes) -> Iterator[Quad]:
    try:
        yield from pyoxigraph.parse(input=data, format=pyoxigraph.RdfFormat.TURTLE)
    except SyntaxError as error:
        message = (
            f"{name} is not valid Turtle (line {error.lineno}): {error.msg}; mend the file and try again"
        )
        raise VocabularyError(message, path=name, line=error.lineno) from None
