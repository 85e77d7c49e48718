"""Anything else, such as a stance, a class or a run: what is said of it, property by property, and the statements that use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from pyoxigraph import BlankNode, NamedNode, Triple

from alliancegraph.ontology.triples import BASE
from alliancegraph.serve.site.addresses import path_of
from alliancegraph.serve.site.looking import Looking, Term, short
from alliancegraph.serve.site.sections import rows_about, sections
from alliancegraph.serve.site.statements import Link, Statements

_VALUES: Final = 100
"""Values of a term that are listed."""


@dataclass(frozen=True, slots=True)
class Value:
    """A property and one of its values, as a link or as a text."""

    name: Link
    value: Link | None
    text: str


class Descriptions:
    """What the pages of terms show."""

    def __init__(self, looking: Looking, statements: Statements) -> None:
        """Read from a store."""
        self._look = looking
        self._statements = statements

    def shown(self, iri: str, part: str, number: int) -> dict[str, Any]:
        """What the template needs: all of it, or one page of a part."""
        rows = rows_about(self._look, iri)
        quads = list(self._look.store_of(iri).quads_for_pattern(NamedNode(iri), None, None, None))
        values = sorted({self._value(q.predicate.value, q.object) for q in quads}, key=_in_order)
        definition = self._look.text(iri, "skos:definition") or self._look.text(iri, "rdfs:comment") or ""
        return {
            "definition": definition,
            "values": [] if part else values[:_VALUES],
            "more": 0 if part else max(0, len(values) - _VALUES),
            "parts_of": [self._statements.link(term) for term in self._terms()]
            if iri == f"{BASE}ontology"
            else [],
            "sections": sections(self._statements, rows, part, number),
            "titles": {},
        }

    def _terms(self) -> list[str]:
        subjects = {quad.subject.value for quad in self._look.ontology if isinstance(quad.subject, NamedNode)}
        return sorted(subject for subject in subjects if subject.startswith(f"{BASE}ontology#"))

    def _value(self, name: str, value: Term) -> Value:
        property_ = Link(name, short(name), path_of(name))
        if isinstance(value, NamedNode):
            return Value(
                property_,
                Link(value.value, self._statements.link(value.value).label, path_of(value.value)),
                "",
            )
        if isinstance(value, BlankNode | Triple):
            return Value(property_, None, "(see the RDF)")
        return Value(property_, None, value.value[:2000])


def _in_order(value: Value) -> tuple[str, str]:
    return value.name.label, value.value.label if value.value else value.text
