"""From a document to its extraction: the order in which the extractors run."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import alliancegraph
from alliancegraph.extract.assembly import Assembly
from alliancegraph.extract.authorship import UNNAMED, Authorship, authorship, with_own_event
from alliancegraph.extract.cast import Cast
from alliancegraph.extract.claim import Claim
from alliancegraph.extract.confidence import calibrated
from alliancegraph.extract.coreference import References
from alliancegraph.extract.discussion import discussed
from alliancegraph.extract.events import EventBuilder
from alliancegraph.extract.happenings import HappeningFinder
from alliancegraph.extract.issues import issue_hits
from alliancegraph.extract.language import model_label, pipeline
from alliancegraph.extract.model import Document, Extraction, Provenance
from alliancegraph.extract.parsing import Text, parse
from alliancegraph.extract.positions import PositionFinder
from alliancegraph.extract.relation import Found
from alliancegraph.extract.relations import RelationFinder
from alliancegraph.extract.voices import Voices
from alliancegraph.ontology.vocabulary import Vocabulary, load_vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.encoder import Encoder

SHORT: Final = 120
SURE: Final = 0.55
"""The confidence from which a position shows that its issue is discussed."""
FEW: Final = 5
"""A text of fewer sentences is short: any position shows it there."""


def extract(
    document: Document, vocabulary: Vocabulary | None = None, *, encoder: Encoder | None = None
) -> Extraction:
    """Everything that a document says of actors, issues and events, with evidence.

    With an `encoder` of sentences, those without any phrase of an issue are read by likeness of meaning.
    """
    return calibrated(weighted(document, vocabulary, encoder=encoder))


def weighted(
    document: Document, vocabulary: Vocabulary | None = None, *, encoder: Encoder | None = None
) -> Extraction:
    """What `extract` gives, with the products of weights that the extractors give in place of confidences."""
    nlp = pipeline()
    known = vocabulary or load_vocabulary()
    label = model_label(nlp) if encoder is None else f"{model_label(nlp)}, {encoder.label}"
    with _uncollected():
        return _extraction(parse(document, nlp), known, label, encoder)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Garbage is collected after a document: the words of a parse, which all live as long as it, are not looked through."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def extractions(documents: Iterable[Document], vocabulary: Vocabulary | None = None) -> Iterator[Extraction]:
    """The extraction of each document, in order, one at a time."""
    for document in documents:
        yield extract(document, vocabulary)


def _extraction(text: Text, vocabulary: Vocabulary, model: str, encoder: Encoder | None) -> Extraction:
    cast = Cast(text, vocabulary)
    author = authorship(text, cast, vocabulary)
    references = References(text, cast, vocabulary, author.holders)
    voices = Voices(text, references, vocabulary)
    hits = issue_hits(text, cast, vocabulary)
    claims = list(PositionFinder(text, vocabulary, references, voices, author).claims(hits))
    if encoder is not None:
        from alliancegraph.extract.meaning import meaning_hits

        hits += meaning_hits(text, hits, vocabulary, encoder)
    issues = discussed(text, hits, vocabulary, _taken(text, claims))
    claims = [c for c in claims if c.issue in issues]
    happenings = HappeningFinder(text, cast, vocabulary, references).happenings()
    occurrences = EventBuilder(text, vocabulary).events(with_own_event(text, author, happenings))
    found = [*RelationFinder(text, cast, vocabulary, references).relations(), *_authors(text, author)]
    assembly = Assembly(text, cast, vocabulary)
    actors = assembly.actors(_speakers(cast, author, claims), references.mere_places())
    events = assembly.events(occurrences)
    return Extraction(
        document=text.document,
        provenance=Provenance(alliancegraph.__version__, vocabulary.digest, model),
        actors=actors,
        issues=assembly.issues(issues),
        events=events,
        relations=assembly.relations(found, occurrences, events),
        positions=assembly.positions(claims),
    )


def _taken(text: Text, claims: Iterable[Claim]) -> set[str]:
    """The issues on which somebody surely takes a position; in a short text any position tells."""
    short = sum(1 for _ in text.sentences()) < FEW
    return {claim.issue for claim in claims if short or claim.confidence >= SURE}


def _speakers(cast: Cast, author: Authorship, claims: Iterable[Claim]) -> dict[str, str]:
    """The authors as actors; an unnamed one only where a position is his."""
    if author.kind == "unnamed":
        held = any(claim.holder in author.holders for claim in claims)
        return {author.holders[0]: UNNAMED} if held else {}
    return {iri: name for name, iri in cast.authors.items() if iri in author.holders}


def _authors(text: Text, author: Authorship) -> Iterator[Found]:
    """`authorOf` for those who sign: at the byline, or at the beginning of the text."""
    byline = next((b for b in text.clean.blocks if b.kind == "byline"), None)
    start, end = (byline.start, byline.end) if byline else (0, min(SHORT, len(text.clean.text)))
    for holder in author.leaders if author.kind == "joint" else author.holders:
        yield Found(holder, "authorOf", "document", start, end, 0.9 if byline else 0.6)
