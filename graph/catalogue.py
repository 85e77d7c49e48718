"""What a store knows of its sources: the document that each was read as, and from what its graph was built."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from pyoxigraph import Quad

from alliancegraph.extract.model import Document
from alliancegraph.graph.documents import text_digest
from alliancegraph.graph.quads import Quads, text
from alliancegraph.ontology.terms import AG, CATALOGUE, DCTERMS


@dataclass(frozen=True, slots=True)
class Entry:
    """One source of a store; `fingerprint` stands for all that the extraction was made from."""

    source: str
    document: str
    fingerprint: str
    vocabulary: str
    version: str

    @property
    def iri(self) -> str:
        """The IRI of the source's entry."""
        digest = hashlib.sha256(self.source.encode("utf-8", "surrogatepass")).hexdigest()
        return f"{CATALOGUE}#{digest[:16]}"

    def quads(self, graph: str) -> list[Quad]:
        """The entry as RDF, in a graph of that name."""
        quads = Quads(graph)
        quads.add_types(self.iri, AG.CatalogueEntry)
        quads.add(self.iri, DCTERMS.source, text(self.source))
        quads.add(self.iri, AG.document, self.document)
        quads.add(self.iri, AG.fingerprint, text(self.fingerprint))
        quads.add(self.iri, AG.vocabularyDigest, text(self.vocabulary))
        quads.add(self.iri, AG.version, text(self.version))
        return quads.ordered()


def entry(document: Document, vocabulary: str, version: str, settings: str = "") -> Entry:
    """The entry of a document that was, or would be, extracted with that vocabulary (its digest) and version.

    `settings` stands for whatever else the user chose that changes the result.
    """
    made_from = [
        document.source,
        text_digest(document),
        document.media_type,
        document.title,
        document.authors,
        document.publisher,
        document.date,
        document.language,
        document.url,
        vocabulary,
        version,
        settings,
    ]
    fingerprint = hashlib.sha256(json.dumps(made_from).encode("ascii")).hexdigest()
    return Entry(document.source, document.iri, fingerprint, vocabulary, version)
