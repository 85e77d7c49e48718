"""What a graph knows of the things that statements are about: names by which each is told from all others, and marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from alliancegraph.graph.facts import local_name
from alliancegraph.graph.store import Store
from alliancegraph.networks.answers import answers
from alliancegraph.networks.statements import Attributes, Column
from alliancegraph.ontology.terms import AG, DCTERMS, OWL, PROV, RDF, SCHEMA, SKOS, WD

_LABEL, _ALIAS, _DEFINITION = str(SKOS.prefLabel), str(SKOS.altLabel), str(SKOS.definition)
_SAME, _BROADER, _TYPE = str(OWL.sameAs), str(SKOS.broader), str(RDF.type)
_TITLE, _SOURCE, _ISSUED = str(DCTERMS.title), str(DCTERMS.source), str(DCTERMS.issued)
_PUBLISHER, _URL = str(DCTERMS.publisher), str(SCHEMA.url)
_CODES, _CODER = str(AG.codes), str(PROV.wasAttributedTo)
_BETWEEN: Final = " | "


class Known:
    """Types, names and marks of actors, issues, events and documents, by IRI."""

    def __init__(self, properties: Mapping[str, Mapping[str, set[str]]]) -> None:
        """Properties by thing, as `known` reads them."""
        self._properties = properties

    def type(self, iri: str) -> str:
        """The type of an actor (`State`, `Person`, …), `Event`, or `Other`."""
        return local_name(self._first(iri, _TYPE) or "Other")

    def label(self, iri: str) -> str:
        """The name of an actor, an issue or an event; the first in the alphabet where there are several."""
        return self._first(iri, _LABEL) or local_name(iri)

    def names_of(self, iri: str) -> set[str]:
        """All labels of an actor, an issue or an event; none of what the graph does not know."""
        return self._values(iri, _LABEL)

    def issued(self, document: str) -> str | None:
        """The date of a document."""
        return self._first(document, _ISSUED)

    def title(self, document: str) -> str:
        """The title of a document, else the name under which it was built."""
        return self._first(document, _TITLE) or self.built_from(document)

    def built_from(self, document: str) -> str:
        """The name under which a document was built."""
        return self._first(document, _SOURCE) or local_name(document)

    def outlet(self, document: str) -> str:
        """Where a document appeared: its publisher, else the host of its address, else the file that it was read from."""
        url = self._first(document, _URL)
        found = self._first(document, _PUBLISHER) or (url and urlsplit(url).hostname)
        return found or self.built_from(document).partition("#")[0]

    def publisher(self, document: str) -> str | None:
        """Who published a document."""
        return self._first(document, _PUBLISHER)

    def codes(self, document: str) -> str:
        """The document whose hand coding a document holds; itself where it holds none, or of an unknown one."""
        return self._first(document, _CODES) or document

    def is_coded(self, document: str) -> bool:
        """Whether a document holds hand coding."""
        return self._first(document, _CODER) is not None

    def broader(self, issue: str) -> set[str]:
        """The issues right above one."""
        return self._values(issue, _BROADER)

    def occasion(self, event: str) -> str:
        """What tells an event from others of its name: the title of the document whose own it is, else its id."""
        document, own, _ = event.partition("#")
        return self.title(document) if own else local_name(event)

    def names(self, document: str) -> set[str]:
        """Everything by which a document can be given."""
        own = {document, local_name(document)}
        return own | self._values(document, _TITLE) | self._values(document, _SOURCE)

    def attributes(self, iri: str) -> Attributes:
        """The marks of an actor, an issue or an event, for a node of a network."""
        found = {"type": self.type(iri)}
        if self._values(iri, _TYPE) == set() and "/issue/" in iri:
            found["type"] = "Issue"
        same = sorted(value for value in self._values(iri, _SAME) if value.startswith(str(WD)))
        if same:
            found["wikidata"] = same[0]
        if aliases := self._values(iri, _ALIAS) - {self.label(iri)}:
            found["aliases"] = _BETWEEN.join(sorted(aliases))
        if definition := self._first(iri, _DEFINITION):
            found["definition"] = definition
        if broader := self.broader(iri):
            found["broader"] = _BETWEEN.join(sorted(self.label(above) for above in broader))
        return found

    def document_attributes(self, document: str) -> Attributes:
        """The marks of a document."""
        found = {"type": "Document", "source": self.built_from(document), "outlet": self.outlet(document)}
        if self.codes(document) != document:
            found["codes"] = self.codes(document)
        if date := self.issued(document):
            found["date"] = date
        return found

    def _values(self, iri: str, property_: str) -> set[str]:
        return self._properties.get(iri, {}).get(property_, set())

    def _first(self, iri: str, property_: str) -> str | None:
        return min(self._values(iri, property_), default=None)


def known(store: Store) -> Known:
    """What a store knows, by one question."""
    properties: dict[str, dict[str, set[str]]] = {}
    for thing, property_, value in answers(store, "names.rq"):
        if thing and property_ and value:
            properties.setdefault(thing, {}).setdefault(property_, set()).add(value)
    return Known(properties)


def unique_names(
    iris: Iterable[str], label: Callable[[str], str], mark: Callable[[str], str] = local_name
) -> dict[str, str]:
    """A name for each IRI: its label; where several have one label, with a mark behind it, `Georgia (georgia-in-america)`.

    The one whose IRI is made of the label alone, such as `…/georgia`, keeps it bare.
    """
    found = {iri: label(iri) for iri in iris}
    found |= {iri: _marked(label(iri), mark(iri)) for iri in _alike(found)}
    return found | {iri: f"{label(iri)} <{iri}>" for iri in _alike(found)}


def _alike(names: Mapping[str, str]) -> list[str]:
    """The IRIs that share their name with another."""
    counts = Counter(names.values())
    return [iri for iri, name in names.items() if counts[name] > 1]


def _marked(label: str, mark: str) -> str:
    return label if _slug(label) == mark else f"{label} ({mark})"


def _slug(label: str) -> str:
    return re.sub(r"[^\w]+", "-", label.casefold()).strip("-")


def things_column(
    iris: Sequence[str | None], names: Mapping[str, str], attributes: Callable[[str], Attributes]
) -> Column:
    """The column of things of the graph, by their unique names, with IRIs and marks."""
    by_name = {names[iri]: iri for iri in iris if iri}
    return Column.of(
        [names[iri] if iri else None for iri in iris],
        {name: attributes(iri) for name, iri in by_name.items()},
        by_name,
    )
