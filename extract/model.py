"""What an article says, as frozen dataclasses: the interface between extraction, graph and interchange JSON."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """A half-open range `[start, end)` of Unicode code points in `Document.text`, with the words it covers.

    `quote` is the passage as a reader sees it (white space folded); the characters themselves are
    `Document.text[start:end]`.
    """

    start: int
    end: int
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One article as given: its text, and what could be told about it.

    `iri` is derived from the text, `source` is the name under which the user gave it (a file name or URL, never
    an absolute path); a document in a file of many is called `FILE#NAME`. `date` is an EDTF level 0 string
    (`YYYY[-MM[-DD]]`) or None, `url` the web address at which the article stands, as far as it is stated.
    """

    iri: str
    text: str
    source: str
    media_type: str = "text/plain"
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None
    language: str = "en"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of the document: one node for all of its names.

    `type` is an id of the scheme's actor types (`State`, `Person`, …); `mentions` are the places where it is named.
    """

    id: str
    iri: str
    type: str
    name: str
    names: tuple[str, ...]
    mentions: tuple[Evidence, ...]
    wikidata: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Issue:
    """An issue that the document discusses; `id` is the concept's id in the scheme."""

    id: str
    iri: str
    evidence: tuple[Evidence, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Event:
    """A particular happening; `date` is EDTF (`2008-03-14`, `2008-03`, `2001/2021`) or None; `place` an actor id or name."""

    id: str
    iri: str
    type: str
    name: str
    names: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    date: str | None = None
    place: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of the scheme; subject and object are ids of actors and events, or the word `document`."""

    subject: str
    predicate: str
    object: str
    evidence: tuple[Evidence, ...]
    role: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Position:
    """A stance that an actor takes on an issue, in the document's own account.

    `stance` is an id of the scheme's stances, `voice` is `author`, `reported` or `quoted`; `addressee` an actor id.
    """

    holder: str
    stance: str
    issue: str
    evidence: tuple[Evidence, ...]
    voice: str
    addressee: str | None = None
    date: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made the extraction: the tool's version, the vocabulary's digest, the language model."""

    version: str
    vocabulary: str
    model: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything that was taken from one document."""

    document: Document
    provenance: Provenance
    actors: tuple[Actor, ...] = field(default=())
    issues: tuple[Issue, ...] = field(default=())
    events: tuple[Event, ...] = field(default=())
    relations: tuple[Relation, ...] = field(default=())
    positions: tuple[Position, ...] = field(default=())
