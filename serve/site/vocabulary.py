"""What a query may speak of: prefixes, and the classes and properties of the ontology and of the store."""

from __future__ import annotations

from typing import Any, Final

from pyoxigraph import NamedNode

from alliancegraph.graph.serialize import PREFIXES
from alliancegraph.serve.site.looking import Looking, expanded, question, short

_OTHERS: Final = {"rdfs": "http://www.w3.org/2000/01/rdf-schema#"}
_CLASSES: Final = ("owl:Class", "rdfs:Class")
_PROPERTIES: Final = ("owl:ObjectProperty", "owl:DatatypeProperty", "owl:AnnotationProperty")


def terms(look: Looking) -> dict[str, Any]:
    """The prefixes by name, and a list of terms: IRI, prefixed name, label, definition, `class` or `property`."""
    found = {
        iri: kind
        for kind, types in (("class", _CLASSES), ("property", _PROPERTIES))
        for type_ in types
        for iri in _instances(look, type_)
    }
    for row in look.rows(question("used.rq"), {}):
        for kind in ("class", "property"):
            if isinstance(row[kind], NamedNode):
                found.setdefault(row[kind].value, kind)
    return {
        "prefixes": dict(sorted({**PREFIXES, **_OTHERS}.items())),
        "terms": [_term(look, iri, kind) for iri, kind in sorted(found.items())],
    }


def _instances(look: Looking, class_: str) -> list[str]:
    type_, wanted = NamedNode(expanded("rdf:type")), NamedNode(expanded(class_))
    subjects = (quad.subject for quad in look.ontology.quads_for_pattern(None, type_, wanted, None))
    return [subject.value for subject in subjects if isinstance(subject, NamedNode)]


def _term(look: Looking, iri: str, kind: str) -> dict[str, str]:
    name = short(iri)
    found = {"iri": iri, "kind": kind, "name": name if ":" in name else f"<{iri}>", "label": look.label(iri)}
    definition = look.text(iri, "skos:definition") or look.text(iri, "rdfs:comment")
    return {**found, "definition": definition} if definition else found
