"""The events of a document as RDF: their kind, names, dates, place and actors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from alliancegraph.extract.model import Document, Event
from alliancegraph.graph.dates import time_stamps
from alliancegraph.graph.evidence import add_evidence
from alliancegraph.graph.quads import Quads, decimal, english, text
from alliancegraph.ontology.terms import AG, EVENT_TYPE, SEM, SKOS

EVENT_ROLES = frozenset({"organizes", "participatesIn", "targetOf"})
"""Relations that make their subject an actor of the event."""


def add_event(
    quads: Quads, document: Document, event: Event, iris: Mapping[str, str], actors: Iterable[str]
) -> None:
    """One event; `iris` gives the IRI of each id of an actor, `actors` are the IRIs of those who had a part in it."""
    quads.add_types(event.iri, SEM.Event)
    quads.add(event.iri, SEM.eventType, EVENT_TYPE[event.type])
    quads.add(event.iri, SKOS.prefLabel, english(event.name))
    quads.add(event.iri, SKOS.altLabel, *(english(name) for name in event.names if name != event.name))
    quads.add(event.iri, SEM.hasActor, *actors)
    if event.date is not None:
        _add_date(quads, event.iri, event.date)
    if event.place is not None and event.place in iris:
        quads.add(event.iri, SEM.hasPlace, iris[event.place])
    elif event.place is not None:
        quads.add(event.iri, AG.placeName, text(event.place))
    quads.add(event.iri, AG.confidence, decimal(event.confidence))
    quads.add(event.iri, AG.inDocument, document.iri)
    add_evidence(quads, document, event.iri, event.evidence)


def _add_date(quads: Quads, event: str, date: str) -> None:
    quads.add(event, AG.date, text(date))
    first, last = time_stamps(date)
    if first is not None:
        quads.add(event, SEM.hasBeginTimeStamp, first)
    if last is not None:
        quads.add(event, SEM.hasEndTimeStamp, last)
