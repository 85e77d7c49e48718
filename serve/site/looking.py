"""What the store says of one thing, whichever graph says it: values, labels, kinds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import resources
from typing import Final

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from alliancegraph.explorer.style import page_style
from alliancegraph.graph.serialize import PREFIXES
from alliancegraph.ontology.triples import BASE

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple
ACTORS: Final = (
    "State",
    "GovernmentBody",
    "IntergovernmentalOrganization",
    "StateGrouping",
    "Organization",
    "ArmedGroup",
    "Person",
)
STATEMENTS: Final = {"Position": "position", "Relation": "relation", "Discussion": "discussion"}
_CONCEPTS: Final = {"EventType": "event type", "Stance": "stance", "Voice": "voice"}
_KEPT: Final = 5_000
"""So many resources are remembered with what is said of them."""
_LABELS: Final = ("skos:prefLabel", "dcterms:title", "rdfs:label", "dcterms:source")


def expanded(name: str) -> str:
    """The IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return ("http://www.w3.org/2000/01/rdf-schema#" if prefix == "rdfs" else PREFIXES[prefix]) + local


class Looking:
    """A store to look things up in, besides the terms of the ontology, which stores do not hold."""

    def __init__(self, data: pyoxigraph.Store) -> None:
        """Look into a store that is open."""
        self.data = data
        self._ontology: pyoxigraph.Store | None = None
        self._known: dict[str, dict[str, list[Term]]] = {}

    @property
    def ontology(self) -> pyoxigraph.Store:
        """The classes and properties of the package."""
        if self._ontology is None:
            self._ontology = pyoxigraph.Store()
            for name in ("alliancegraph.ttl", "scheme.ttl"):
                text = resources.files("alliancegraph.ontology").joinpath(name).read_bytes()
                self._ontology.load(text, format=pyoxigraph.RdfFormat.TURTLE)
        return self._ontology

    def store_of(self, iri: str) -> pyoxigraph.Store:
        """Where a resource is described."""
        return self.ontology if iri.startswith(f"{BASE}ontology") else self.data

    def values(self, iri: str, name: str) -> list[Term]:
        """The values of a property, given as a prefixed name, without doubles."""
        if iri not in self._known:
            if len(self._known) >= _KEPT:
                self._known.clear()
            said: dict[str, dict[Term, None]] = {}
            for quad in self.store_of(iri).quads_for_pattern(NamedNode(iri), None, None, None):
                said.setdefault(quad.predicate.value, {})[quad.object] = None
            self._known[iri] = {property_: list(values) for property_, values in said.items()}
        return self._known[iri].get(expanded(name), [])

    def pairs(self, graph: str, name: str) -> dict[str, list[str]]:
        """The subjects and objects of a property in one graph, as their texts."""
        found: dict[str, list[str]] = {}
        for quad in self.data.quads_for_pattern(None, NamedNode(expanded(name)), None, NamedNode(graph)):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                found.setdefault(quad.subject.value, []).append(quad.object.value)
        return found

    def iris(self, iri: str, name: str) -> list[str]:
        """Those values that are IRIs, sorted."""
        return sorted(value.value for value in self.values(iri, name) if isinstance(value, NamedNode))

    def texts(self, iri: str, name: str) -> list[str]:
        """Those values that are texts, the English ones and those without a language first."""
        found = [value for value in self.values(iri, name) if isinstance(value, Literal)]
        found.sort(key=lambda value: (value.language not in (None, "en"), value.value))
        return list(dict.fromkeys(value.value for value in found))

    def iri(self, iri: str, name: str) -> str | None:
        """The first value that is an IRI."""
        return next(iter(self.iris(iri, name)), None)

    def text(self, iri: str, name: str) -> str | None:
        """The first value that is a text."""
        return next(iter(self.texts(iri, name)), None)

    def label(self, iri: str) -> str:
        """What to call a resource."""
        for name in _LABELS:
            found = self.text(iri, name)
            if found and found.strip():
                return found
        return short(iri)

    def types(self, iri: str) -> list[str]:
        """The classes of a resource."""
        return self.iris(iri, "rdf:type")

    def is_known(self, iri: str) -> bool:
        """Whether anything is said of a resource, or of others with it."""
        term, store = NamedNode(iri), self.store_of(iri)
        about = store.quads_for_pattern(term, None, None, None)
        return any(True for _ in about) or any(
            True for _ in self.data.quads_for_pattern(None, None, term, None)
        )

    def kind(self, iri: str) -> str:
        """`actor`, `issue`, `event`, `document`, `position`, `relation`, `discussion` or `term`."""
        types = self.types(iri)
        names = {type_.removeprefix(PREFIXES["ag"]) for type_ in types}
        if expanded("schema:Article") in types:
            return "document"
        for name, kind in STATEMENTS.items():
            if name in names:
                return kind
        if names & set(ACTORS):
            return "actor"
        if expanded("sem:Event") in types:
            return "event"
        if expanded("skos:Concept") in types and not names & set(_CONCEPTS):
            return "issue"
        return "term"

    def type_name(self, iri: str) -> str:
        """The word for what a resource is."""
        names = {type_.removeprefix(PREFIXES["ag"]) for type_ in self.types(iri)}
        for name in ACTORS:
            if name in names:
                return str(page_style()["types"][name]["label"])
        for name, word in _CONCEPTS.items():
            if name in names:
                return word.capitalize()
        kind = self.kind(iri)
        if kind != "term":
            return kind.capitalize()
        return self.label(self.types(iri)[0]) if self.types(iri) else "Resource"

    def rows(self, sparql: str, bindings: Mapping[str, Term]) -> Iterator[pyoxigraph.QuerySolution]:
        """The solutions of a query over all graphs, with values for variables that it selects."""
        found = self.data.query(
            sparql,
            use_default_graph_as_union=True,
            substitutions={pyoxigraph.Variable(name): term for name, term in bindings.items()},
        )
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return iter(found)


def short(iri: str) -> str:
    """An IRI as a prefixed name where it has one, else what stands behind its last slash or hash."""
    for prefix, base in sorted(PREFIXES.items(), key=lambda pair: -len(pair[1])):
        local = iri.removeprefix(base)
        if local != iri and local and "/" not in local and "#" not in local:
            return f"{prefix}:{local}"
    return iri.replace("#", "/").rstrip("/").rsplit("/", 1)[-1] or iri


def question(name: str) -> str:
    """The text of one of the queries beside this file."""
    return resources.files("alliancegraph.serve.site").joinpath(f"sparql/{name}").read_text(encoding="utf-8")
