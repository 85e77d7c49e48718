"""Passages of a document as Web Annotations: by their characters, and by their words with what stands around them."""

from __future__ import annotations

from typing import Final

from alliancegraph.extract.model import Document, Evidence
from alliancegraph.graph.quads import Quads, short_hash, text, whole
from alliancegraph.ontology.terms import AG, OA

CONTEXT: Final = 32
"""So many characters before and after the passage make it unique."""


def add_evidence(quads: Quads, document: Document, statement: str, evidence: tuple[Evidence, ...]) -> None:
    """The passages that support a statement."""
    for passage in evidence:
        annotation = f"{document.iri}#evidence-{passage.start}-{passage.end}"
        quads.add(statement, AG.evidence, annotation)
        quads.add_types(annotation, OA.Annotation)
        quads.add(annotation, OA.hasTarget, _target(quads, document, passage))
        quads.add(annotation, OA.motivatedBy, OA.identifying)


def add_mention(quads: Quads, document: Document, named: str, place: Evidence) -> None:
    """A place at which the document names something."""
    mention = f"{document.iri}#mention-{short_hash(named, str(place.start), str(place.end))}"
    quads.add_types(mention, AG.Mention, OA.Annotation)
    quads.add(mention, OA.hasBody, named)
    quads.add(mention, OA.hasTarget, _target(quads, document, place))
    quads.add(mention, OA.motivatedBy, OA.identifying)


def _target(quads: Quads, document: Document, place: Evidence) -> str:
    """The range of the document's text; one node for one range, however often it is pointed at."""
    span = f"{place.start}-{place.end}"
    target = f"{document.iri}#target-{span}"
    if not quads.is_new(target):
        return target
    position, quote = f"{document.iri}#position-selector-{span}", f"{document.iri}#quote-selector-{span}"
    quads.add_types(target, OA.SpecificResource)
    quads.add(target, OA.hasSource, document.iri)
    quads.add(target, OA.hasSelector, position, quote)
    quads.add_types(position, OA.TextPositionSelector)
    quads.add(position, OA.start, whole(place.start))
    quads.add(position, OA.end, whole(place.end))
    quads.add_types(quote, OA.TextQuoteSelector)
    quads.add(quote, OA.exact, text(document.text[place.start : place.end]))
    quads.add(quote, OA.prefix, text(document.text[max(0, place.start - CONTEXT) : place.start]))
    quads.add(quote, OA.suffix, text(document.text[place.end : place.end + CONTEXT]))
    return target
