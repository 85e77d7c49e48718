"""How the ontology's classes align with other vocabularies, and stances with polarities, as the Turtle files say."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

import pyoxigraph

from alliancegraph.ontology.errors import VocabularyError
from alliancegraph.ontology.terms import AG, MARL, RDFS, STANCE

_ONTOLOGY: Final = "alliancegraph.ttl"
_SCHEME: Final = "scheme.ttl"


def ontology_file(name: str) -> bytes:
    """One of the Turtle files that come with the package."""
    return resources.files("alliancegraph.ontology").joinpath(name).read_bytes()


@cache
def _pairs(file: str, property_: str) -> dict[str, tuple[str, ...]]:
    """The IRIs that each subject of a file has for a property."""
    found: dict[str, list[str]] = {}
    for quad in pyoxigraph.parse(input=ontology_file(file), format=pyoxigraph.RdfFormat.TURTLE):
        named = isinstance(quad.subject, pyoxigraph.NamedNode) and isinstance(
            quad.object, pyoxigraph.NamedNode
        )
        if named and quad.predicate.value == property_:
            found.setdefault(quad.subject.value, []).append(quad.object.value)
    return {subject: tuple(sorted(objects)) for subject, objects in found.items()}


@cache
def aligned_classes(name: str) -> tuple[str, ...]:
    """The classes of other vocabularies that a class of the ontology is directly under: `schema:Country` of `State`."""
    own = str(AG._NS)
    if own + name not in _pairs(_ONTOLOGY, str(RDFS.subClassOf)):
        raise VocabularyError(f"the ontology has no class {name!r} that is under another", path=_ONTOLOGY)
    return tuple(c for c in _pairs(_ONTOLOGY, str(RDFS.subClassOf))[own + name] if not c.startswith(own))


@cache
def polarity(stance: str) -> str:
    """The polarity of a stance, an IRI of Marl; raise `VocabularyError` for a stance that the scheme has not."""
    found = _pairs(_SCHEME, str(MARL.hasPolarity)).get(str(STANCE[stance]))
    if found is None:
        raise VocabularyError(f"the scheme has no stance {stance!r}", path=_SCHEME)
    return found[0]


@cache
def stances() -> tuple[str, ...]:
    """The ids of all stances, sorted."""
    own = str(STANCE)
    return tuple(
        sorted(iri.removeprefix(own) for iri in _pairs(_SCHEME, str(MARL.hasPolarity)) if iri.startswith(own))
    )
