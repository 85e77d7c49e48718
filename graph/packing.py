"""What a document says, packed for its way into a store: small enough to send between processes, ready to load."""

from __future__ import annotations

from dataclasses import dataclass

from alliancegraph.extract.model import Extraction
from alliancegraph.graph.builder import document_lines
from alliancegraph.graph.catalogue import Entry, entry


@dataclass(frozen=True, slots=True)
class Packed:
    """A source's entry in the catalogue, and the named graph of its document as N-Quads, in sorted lines."""

    entry: Entry
    quads: bytes


def packed(extraction: Extraction, settings: str = "") -> Packed:
    """What an extraction says; `settings` stands for whatever else the user chose that changes the result."""
    run = extraction.provenance
    made = entry(extraction.document, run.vocabulary, run.version, settings)
    return Packed(made, document_lines(extraction))
