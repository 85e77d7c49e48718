"""From an extraction to the named graph of its document."""

from __future__ import annotations

from pyoxigraph import Quad

from alliancegraph.extract.model import Extraction
from alliancegraph.graph.documents import add_actor, add_document, add_run
from alliancegraph.graph.occurrences import EVENT_ROLES, add_event
from alliancegraph.graph.quads import Quads
from alliancegraph.graph.statements import StatementWriter


def document_graph(extraction: Extraction) -> list[Quad]:
    """Everything that a document says, in the named graph of its IRI: no blank nodes, always in the same order."""
    return quads_of(extraction).ordered()


def document_lines(extraction: Extraction) -> bytes:
    """The same as N-Quads, in lines sorted by their bytes, which is quicker."""
    return quads_of(extraction).lines()


def quads_of(extraction: Extraction) -> Quads:
    """The same as a graph to which more can be added."""
    document = extraction.document
    quads = Quads(document.iri)
    iris = {"document": document.iri}
    iris |= {actor.id: actor.iri for actor in extraction.actors}
    iris |= {event.id: event.iri for event in extraction.events}
    add_run(quads, extraction.provenance)
    creators = [iris[r.subject] for r in extraction.relations if r.predicate == "authorOf"]
    add_document(quads, extraction, creators)
    for actor in extraction.actors:
        add_actor(quads, document, actor)
    for event in extraction.events:
        add_event(quads, document, event, iris, _actors_of(extraction, event.id, iris))
    _add_statements(StatementWriter(quads, extraction, iris), extraction)
    return quads


def _actors_of(extraction: Extraction, event: str, iris: dict[str, str]) -> list[str]:
    roles = (r for r in extraction.relations if r.object == event and r.predicate in EVENT_ROLES)
    return [iris[relation.subject] for relation in roles]


def _add_statements(writer: StatementWriter, extraction: Extraction) -> None:
    for issue in extraction.issues:
        writer.discussion(issue)
    for relation in extraction.relations:
        writer.relation(relation)
    for position in extraction.positions:
        writer.position(position)
