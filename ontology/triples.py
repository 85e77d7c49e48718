"""Turtle files as one index from subject to property to values, in the order of the files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Final

import pyoxigraph

from alliancegraph.ontology.errors import VocabularyError

BASE: Final = "https://w3id.org/alliancegraph/"
PREFIXES: Final = {
    "ag": BASE + "ontology#",
    "dcterms": "http://purl.org/dc/terms/",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "schema": "https://schema.org/",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
SCHEMA_FILES: Final = frozenset({"alliancegraph.ttl", "shapes.ttl"})
"""Files that describe the vocabulary rather than hold it; extraction does not need them."""


def expand(name: str) -> str:
    """The full IRI of a prefixed name such as `skos:prefLabel`."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


class Triples:
    """A read-only index over parsed Turtle: `values(subject, "skos:altLabel")`, `subjects("ag:State")`."""

    def __init__(self, contents: Sequence[tuple[str, bytes]]) -> None:
        """Parse `(name, turtle)` pairs; raise `VocabularyError` with the line for Turtle that does not parse."""
        self._index: dict[str, dict[str, list[str]]] = {}
        self._by_class: dict[str, list[str]] = {}
        digest = hashlib.sha256()
        for name, data in contents:
            digest.update(data)
            self._read(name, data)
        self.digest = digest.hexdigest()

    def _read(self, name: str, data: bytes) -> None:
        try:
            for quad in pyoxigraph.parse(input=data, format=pyoxigraph.RdfFormat.TURTLE):
                subject = _key(quad.subject, name)
                properties = self._index.setdefault(subject, {})
                properties.setdefault(quad.predicate.value, []).append(_key(quad.object, name))
                if quad.predicate.value == PREFIXES["rdf"] + "type":
                    self._by_class.setdefault(_key(quad.object, name), []).append(subject)
        except SyntaxError as error:
            raise VocabularyError(
                f"{name} is not valid Turtle (line {error.lineno}): {error.msg}; mend the file and try again",
                path=name,
                line=error.lineno,
            ) from None

    def subjects(self, class_name: str) -> Iterator[str]:
        """Every subject of a class, once, in file order."""
        yield from dict.fromkeys(self._by_class.get(expand(class_name), ()))

    def values(self, subject: str, property_name: str) -> tuple[str, ...]:
        """The values of a property as strings (lexical forms and IRIs), without repetition."""
        return tuple(dict.fromkeys(self._index.get(subject, {}).get(expand(property_name), ())))

    def value(self, subject: str, property_name: str) -> str | None:
        """The first value of a property, or None."""
        found = self.values(subject, property_name)
        return found[0] if found else None


def _key(term: object, name: str) -> str:
    if isinstance(term, pyoxigraph.BlankNode):
        return f"_:{name}:{term.value}"
    if isinstance(term, pyoxigraph.NamedNode | pyoxigraph.Literal):
        return term.value
    raise VocabularyError(f"{name} holds a triple term, which the vocabulary does not use", path=name)


def packaged_files() -> list[tuple[str, bytes]]:
    """The vocabulary files that come with the package, sorted by name."""
    folder = resources.files("alliancegraph.ontology")
    entries = [e for e in folder.iterdir() if e.name.endswith(".ttl") and e.name not in SCHEMA_FILES]
    return [(entry.name, entry.read_bytes()) for entry in sorted(entries, key=lambda e: e.name)]


def user_file(path: Path) -> tuple[str, bytes]:
    """A vocabulary file that the user names."""
    try:
        return path.name, path.read_bytes()
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise VocabularyError(f"vocabulary file {path}: {reason}; check the path", path=str(path)) from None
