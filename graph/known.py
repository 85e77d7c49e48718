"""The part of the vocabulary that answers questions: issues, kinds of event, stances, known actors and events."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from alliancegraph.graph.quads import ordered
from alliancegraph.ontology.errors import VocabularyError
from alliancegraph.ontology.terms import AG, DCTERMS, MARL, ORG, OWL, RDF, SCHEMA, SEM, SKOS, VOCABULARY

_CLASSES: Final = frozenset(
    str(term)
    for term in (
        *(AG.State, AG.GovernmentBody, AG.IntergovernmentalOrganization, AG.StateGrouping, AG.Organization),
        *(AG.ArmedGroup, AG.Person, AG.EventType, AG.Stance, AG.Voice),
        *(SEM.Event, SKOS.Concept, SKOS.ConceptScheme, ORG.Membership),
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
_OTHER_NAMES: Final = str(SKOS.altLabel)


def vocabulary_digest(files: Sequence[tuple[str, bytes]]) -> str:
    """The SHA-256 over all files, as `Vocabulary.digest` has it."""
    digest = hashlib.sha256()
    for _, data in files:
        digest.update(data)
    return digest.hexdigest()


def vocabulary_quads(files: Sequence[tuple[str, bytes]]) -> list[Quad]:
    """What queries may ask of the vocabulary, in its named graph; phrases by which texts are read are left out."""
    quads = [quad for name, data in files for quad in _parsed(name, data)]
    types: dict[NamedNode, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == str(RDF.type) and isinstance(quad.subject, NamedNode):
            types.setdefault(quad.subject, set()).add(quad.object.value)
    graph = NamedNode(str(VOCABULARY))
    return ordered({Quad(q.subject, q.predicate, q.object, graph) for q in quads if _is_kept(q, types)})


def _is_kept(quad: Quad, types: dict[NamedNode, set[str]]) -> bool:
    if not isinstance(quad.subject, NamedNode) or isinstance(quad.object, pyoxigraph.BlankNode):
        return False
    kinds = types.get(quad.subject, set())
    if quad.predicate.value == _OTHER_NAMES:
        return bool(kinds & _CLASSES) and str(SKOS.Concept) not in kinds
    return bool(kinds & _CLASSES) and quad.predicate.value in _PROPERTIES


def _parsed(name: str, data: bytes) -> Iterator[Quad]:
    try:
        yield from pyoxigraph.parse(input=data, format=pyoxigraph.RdfFormat.TURTLE)
    except SyntaxError as error:
        message = (
            f"{name} is not valid Turtle (line {error.lineno}): {error.msg}; mend the file and try again"
        )
        raise VocabularyError(message, path=name, line=error.lineno) from None
