"""An extraction without what is less certain than the user wants."""

from __future__ import annotations

from dataclasses import replace

from alliancegraph.extract.model import Extraction


def confident(extraction: Extraction, minimum: float) -> Extraction:
    """The extraction with the statements of at least that confidence; actors stay, since they are named in the text.

    A relation to an event that is left out is left out too.
    """
    if minimum <= 0:
        return extraction
    events = tuple(event for event in extraction.events if event.confidence >= minimum)
    gone = {event.id for event in extraction.events} - {event.id for event in events}
    return replace(
        extraction,
        issues=tuple(issue for issue in extraction.issues if issue.confidence >= minimum),
        events=events,
        relations=tuple(
            relation
            for relation in extraction.relations
            if relation.confidence >= minimum and gone.isdisjoint((relation.subject, relation.object))
        ),
        positions=tuple(position for position in extraction.positions if position.confidence >= minimum),
    )
