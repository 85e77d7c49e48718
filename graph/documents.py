"""A document, the run that read it, and the actors that it names, as RDF."""

from __future__ import annotations

import hashlib

from alliancegraph.extract.model import Actor, Document, Extraction, Provenance
from alliancegraph.graph.dates import date_literal
from alliancegraph.graph.evidence import add_mention
from alliancegraph.graph.quads import Quads, english, text
from alliancegraph.ontology.alignment import aligned_classes
from alliancegraph.ontology.terms import AG, DCTERMS, OWL, PROV, RUN, SCHEMA, SKOS, WD


def run_iri(provenance: Provenance) -> str:
    """The IRI of all runs of one version with one vocabulary and one model."""
    key = f"{provenance.version}|{provenance.vocabulary}|{provenance.model}"
    return RUN[hashlib.sha256(key.encode()).hexdigest()[:16]]


def add_run(quads: Quads, provenance: Provenance) -> None:
    """What made the statements."""
    run = run_iri(provenance)
    quads.add_types(run, PROV.Activity)
    quads.add(run, AG.version, text(provenance.version))
    quads.add(run, AG.vocabularyDigest, text(provenance.vocabulary))
    quads.add(run, AG.languageModel, text(provenance.model))


def text_digest(document: Document) -> str:
    """The SHA-256 of the text, in hexadecimal."""
    return hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()


def add_document(quads: Quads, extraction: Extraction, creators: list[str]) -> None:
    """The article: what is known of it, its text, and the issues that it discusses."""
    document = extraction.document
    quads.add_types(document.iri, SCHEMA.Article)
    quads.add(document.iri, DCTERMS.creator, *creators)
    quads.add(document.iri, SCHEMA.author, *(text(author) for author in document.authors))
    for property_, value in _metadata(document).items():
        if value is not None:
            quads.add(document.iri, property_, text(value))
    if document.date is not None:
        quads.add(document.iri, DCTERMS.issued, date_literal(document.date))
    quads.add(document.iri, PROV.wasGeneratedBy, run_iri(extraction.provenance))
    quads.add(document.iri, AG.discusses, *(issue.iri for issue in extraction.issues))


def _metadata(document: Document) -> dict[str, str | None]:
    return {
        DCTERMS.title: document.title,
        DCTERMS.publisher: document.publisher,
        DCTERMS.language: document.language,
        DCTERMS.source: document.source,
        DCTERMS.format: document.media_type,
        SCHEMA.url: document.url,
        AG.text: document.text,
        AG.digest: text_digest(document),
    }


def add_actor(quads: Quads, document: Document, actor: Actor) -> None:
    """An actor, its names in this document, and the places where they stand."""
    quads.add_types(actor.iri, AG[actor.type], *aligned_classes(actor.type))
    quads.add(actor.iri, SKOS.prefLabel, english(actor.name))
    quads.add(actor.iri, SKOS.altLabel, *(english(name) for name in actor.names if name != actor.name))
    if actor.wikidata is not None:
        quads.add(actor.iri, OWL.sameAs, WD[actor.wikidata])
    for place in actor.mentions:
        add_mention(quads, document, actor.iri, place)
