"""What a document says, as records with evidence, confidence and provenance: relations, positions, discussions."""

from __future__ import annotations

from collections.abc import Mapping

from alliancegraph.extract.model import Evidence, Extraction, Issue, Position, Relation
from alliancegraph.graph.documents import run_iri
from alliancegraph.graph.evidence import add_evidence
from alliancegraph.graph.quads import Quads, decimal, short_hash, text
from alliancegraph.ontology.alignment import aligned_classes, polarity
from alliancegraph.ontology.terms import AG, ISSUE, MARL, ORG, PROV, RDF, STANCE, VOICE

MEMBERSHIPS = frozenset({"affiliatedWith", "memberOf"})
"""Relations whose records are memberships too."""


class StatementWriter:
    """Adds the statements of one extraction; `iris` gives the IRI of each id of an actor or event."""

    def __init__(self, quads: Quads, extraction: Extraction, iris: Mapping[str, str]) -> None:
        """Write to `quads`."""
        self._quads = quads
        self._document = extraction.document
        self._run = run_iri(extraction.provenance)
        self._iris = iris

    def relation(self, relation: Relation) -> None:
        """A relation, both as a triple and as a record."""
        quads, role = self._quads, relation.role
        subject, target = self._iris[relation.subject], self._iris[relation.object]
        record = self._record("relation", subject, relation.predicate, target, role or "")
        quads.add(subject, AG[relation.predicate], target)
        quads.add_types(record, AG.Relation)
        quads.add(record, RDF.subject, subject)
        quads.add(record, RDF.predicate, AG[relation.predicate])
        quads.add(record, RDF.object, target)
        if role is not None:
            quads.add(record, AG.role, text(role))
        if relation.predicate in MEMBERSHIPS:
            quads.add_types(record, ORG.Membership)
            quads.add(record, ORG.member, subject)
            quads.add(record, ORG.organization, target)
            quads.add(record, ORG.role, *([text(role)] if role is not None else []))
        self._support(record, relation.evidence, relation.confidence)

    def position(self, position: Position, *, id_: str = "", coder: str | None = None) -> None:
        """A stance of an actor on an issue; it is dated as the document is unless it has a date of its own.

        A position that a person coded has the id under which he did, so that it is not taken for another like it, and the
        IRI of its `coder`.
        """
        quads = self._quads
        holder, issue = self._iris[position.holder], ISSUE[position.issue]
        addressee = self._iris[position.addressee] if position.addressee is not None else None
        date = position.date or self._document.date
        record = self._record(
            *(
                "position",
                holder,
                position.issue,
                position.stance,
                position.voice,
                addressee or "",
                date or "",
            ),
            *((id_,) if id_ else ()),
        )
        quads.add_types(record, AG.Position, *aligned_classes("Position"))
        quads.add(record, AG.holder, holder)
        quads.add(record, AG.issue, issue)
        quads.add(record, AG.stance, STANCE[position.stance])
        quads.add(record, MARL.hasPolarity, polarity(position.stance))
        quads.add(record, AG.voice, VOICE[position.voice])
        if addressee is not None:
            quads.add(record, AG.addressee, addressee)
        if date is not None:
            quads.add(record, AG.date, text(date))
        if coder is not None:
            quads.add(record, PROV.wasAttributedTo, coder)
        self._support(record, position.evidence, position.confidence)

    def discussion(self, issue: Issue) -> None:
        """That the document discusses an issue."""
        record = self._record("discussion", issue.iri)
        self._quads.add_types(record, AG.Discussion)
        self._quads.add(record, AG.issue, issue.iri)
        self._support(record, issue.evidence, issue.confidence)

    def _record(self, kind: str, *parts: str) -> str:
        return f"{self._document.iri}#{kind}-{short_hash(*parts)}"

    def _support(self, record: str, evidence: tuple[Evidence, ...], confidence: float) -> None:
        self._quads.add(record, AG.confidence, decimal(confidence))
        self._quads.add(record, AG.inDocument, self._document.iri)
        self._quads.add(record, PROV.wasDerivedFrom, self._document.iri)
        self._quads.add(record, PROV.wasGeneratedBy, self._run)
        add_evidence(self._quads, self._document, record, evidence)
