"""Calendar words of `ontology/dates.ttl`: tables from word to number, and regular expressions over them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from alliancegraph.ontology.errors import VocabularyError
from alliancegraph.ontology.triples import Triples


@cache
def _triples() -> Triples:
    file = resources.files("alliancegraph.ontology") / "dates.ttl"
    return Triples([("dates.ttl", file.read_bytes())])


@cache
def table(name: str) -> Mapping[str, int]:
    """Word to number for one table, such as `month`; raise `VocabularyError` for a table that is not there."""
    triples, words = _triples(), {}
    for concept in triples.subjects("skos:Concept"):
        if not any(
            scheme.endswith("/calendar/" + name) for scheme in triples.values(concept, "skos:inScheme")
        ):
            continue
        number = int(triples.value(concept, "skos:notation") or 0)
        for label in ("skos:prefLabel", "skos:altLabel"):
            words.update(dict.fromkeys(triples.values(concept, label), number))
    if not words:
        raise VocabularyError(f"dates.ttl has no table {name!r}; reinstall alliancegraph", path="dates.ttl")
    return MappingProxyType(words)


@cache
def alternatives(name: str) -> str:
    """The words of one table as a regular expression without groups, the longest first."""
    return "|".join(re.escape(word) for word in sorted(table(name), key=lambda w: (-len(w), w)))
