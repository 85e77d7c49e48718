"""The statements of a store as a table: one row for each, with the names that a reader expects and the quote."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Final

from alliancegraph.graph.facts import Fact, Thing, facts, local_name, things
from alliancegraph.graph.store import Store

COLUMNS: Final = (
    "kind",
    "subject",
    "predicate",
    "object",
    "voice",
    "addressee",
    "role",
    "date",
    "confidence",
    "quote",
    "document",
    "source",
    "passages",
    "subject_iri",
    "object_iri",
    "document_iri",
    "statement_iri",
)
BETWEEN: Final = " […] "
"""What stands between several passages of one statement."""


def statement_table(store: Store, min_confidence: float = 0.0) -> list[tuple[str, ...]]:
    """The rows under `COLUMNS`, by document; `passages` are the ranges of characters, `12-33 50-73`."""
    return statement_rows(facts(store, min_confidence), things(store))


def statement_rows(found: Iterable[Fact], known: Mapping[str, Thing]) -> list[tuple[str, ...]]:
    """The rows of these statements, with the names of the things that are known."""
    return [_row(fact, known) for fact in found]


def statement_csv(store: Store, min_confidence: float = 0.0) -> bytes:
    """The table as CSV (RFC 4180) in UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(statement_table(store, min_confidence))
    return out.getvalue().encode()


def _row(fact: Fact, known: Mapping[str, Thing]) -> tuple[str, ...]:
    document = known.get(fact.document)
    return (
        fact.kind,
        _label(fact.subject, known),
        fact.predicate,
        _label(fact.object, known),
        fact.voice or "",
        _label(fact.addressee, known),
        fact.role or "",
        fact.date or "",
        f"{fact.confidence:g}",
        BETWEEN.join(passage.quote for passage in fact.passages),
        _label(fact.document, known),
        (document.source if document else None) or "",
        " ".join(f"{passage.start}-{passage.end}" for passage in fact.passages),
        fact.subject,
        fact.object or "",
        fact.document,
        fact.iri,
    )


def _label(iri: str | None, known: Mapping[str, Thing]) -> str:
    if iri is None:
        return ""
    thing = known.get(iri)
    return thing.label if thing else local_name(iri)
