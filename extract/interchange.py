"""An extraction as interchange JSON, and back: the format of annotated articles, with more keys.

Offsets are `[start, end)` in Unicode code points of the text. The format is described by `extraction.schema.json`.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

from alliancegraph.extract.model import (
    Actor,
    Document,
    Event,
    Evidence,
    Extraction,
    Issue,
    Position,
    Provenance,
    Relation,
)
from alliancegraph.ontology.errors import ReadingError

SCHEMA_FILE: Final = "extraction.schema.json"
Record = dict[str, Any]


@cache
def json_schema() -> Record:
    """The JSON Schema (draft 2020-12) of the format."""
    file = resources.files("alliancegraph.extract").joinpath(SCHEMA_FILE)
    found: Record = json.loads(file.read_text(encoding="utf-8"))
    return found


def to_json(extraction: Extraction) -> Record:
    """The extraction as JSON values; complete, so that `from_json` gives it back."""
    document = extraction.document
    return {
        "document": {
            "title": document.title,
            "authors": list(document.authors),
            "publisher": document.publisher,
            "date": document.date,
            "iri": document.iri,
            "source": document.source,
            "media_type": document.media_type,
            "language": document.language,
            "url": document.url,
            "text": document.text,
        },
        "provenance": {
            "version": extraction.provenance.version,
            "vocabulary": extraction.provenance.vocabulary,
            "model": extraction.provenance.model,
        },
        "actors": [_actor(actor) for actor in extraction.actors],
        "issues": [{"id": i.id, "iri": i.iri, **_support(i)} for i in extraction.issues],
        "events": [_event(event) for event in extraction.events],
        "relations": [_relation(relation) for relation in extraction.relations],
        "positions": [_position(position) for position in extraction.positions],
    }


def json_text(extraction: Extraction) -> str:
    """The extraction as JSON text, with a line end."""
    return json.dumps(to_json(extraction), ensure_ascii=False, indent=1) + "\n"


def _support(item: Issue | Event | Relation | Position) -> Record:
    return {
        "evidence": [[e.start, e.end] for e in item.evidence],
        "quotes": [e.quote for e in item.evidence],
        "confidence": item.confidence,
    }


def _actor(actor: Actor) -> Record:
    return {
        "id": actor.id,
        "iri": actor.iri,
        "type": actor.type,
        "name": actor.name,
        "names": list(actor.names),
        "wikidata": actor.wikidata,
        "mentions": [[m.start, m.end] for m in actor.mentions],
        "mention_quotes": [m.quote for m in actor.mentions],
        "confidence": actor.confidence,
    }


def _event(event: Event) -> Record:
    return {
        "id": event.id,
        "iri": event.iri,
        "type": event.type,
        "name": event.name,
        "names": list(event.names),
        "date": event.date,
        "place": event.place,
        **_support(event),
    }


def _relation(relation: Relation) -> Record:
    return {
        "subject": relation.subject,
        "predicate": relation.predicate,
        "object": relation.object,
        "role": relation.role,
        **_support(relation),
    }


def _position(position: Position) -> Record:
    return {
        "holder": position.holder,
        "stance": position.stance,
        "issue": position.issue,
        "voice": position.voice,
        "addressee": position.addressee,
        "date": position.date,
        **_support(position),
    }


def from_json(data: Mapping[str, Any]) -> Extraction:
    """The extraction that `to_json` wrote.

    Raises `ReadingError` where the data does not fit the schema, refers to what is not there, or points outside the text.
    """
    source = _source(data)
    _check_schema(data, source)
    try:
        extraction = _extraction(data)
    except KeyError as error:
        message = (
            f"{source}: the extraction lacks the key {error.args[0]!r}; write it with extract --format json"
        )
        raise ReadingError(message, source=source) from None
    for problem in _problems(extraction):
        raise ReadingError(f"{source}: {problem}", source=source)
    return extraction


def _source(data: Mapping[str, Any]) -> str:
    document = data.get("document") if isinstance(data, Mapping) else None
    source = document.get("source") if isinstance(document, Mapping) else None
    return source if isinstance(source, str) else "extraction"


def _check_schema(data: Mapping[str, Any], source: str) -> None:
    from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
    from jsonschema.exceptions import best_match  # type: ignore[import-untyped]

    error = best_match(Draft202012Validator(json_schema()).iter_errors(data))
    if error is not None:
        raise ReadingError(f"{source}: at {error.json_path}: {error.message}", source=source)


def _extraction(data: Mapping[str, Any]) -> Extraction:
    given = data["document"]
    return Extraction(
        document=Document(
            iri=given["iri"],
            text=given["text"],
            source=given["source"],
            media_type=given["media_type"],
            title=given["title"],
            authors=tuple(given["authors"]),
            publisher=given["publisher"],
            date=given["date"],
            language=given["language"],
            url=given.get("url"),
        ),
        provenance=Provenance(
            **{name: data["provenance"][name] for name in ("version", "vocabulary", "model")}
        ),
        actors=tuple(_read_actor(record) for record in data["actors"]),
        issues=tuple(Issue(r["id"], r["iri"], *_read_support(r)) for r in data["issues"]),
        events=tuple(_read_event(record) for record in data["events"]),
        relations=tuple(_read_relation(record) for record in data["relations"]),
        positions=tuple(_read_position(record) for record in data["positions"]),
    )


def _read_support(record: Mapping[str, Any]) -> tuple[tuple[Evidence, ...], float]:
    return _read_evidence(record["evidence"], record["quotes"]), record["confidence"]


def _read_evidence(spans: Sequence[Sequence[int]], quotes: Sequence[str]) -> tuple[Evidence, ...]:
    return tuple(Evidence(start, end, quote) for (start, end), quote in zip(spans, quotes, strict=False))


def _read_actor(record: Mapping[str, Any]) -> Actor:
    mentions = _read_evidence(record["mentions"], record["mention_quotes"])
    names = tuple(record["names"])
    return Actor(
        record["id"], record["iri"], record["type"], record["name"], names, mentions, record["wikidata"],
        record["confidence"],
    )  # fmt: skip


def _read_event(record: Mapping[str, Any]) -> Event:
    evidence, confidence = _read_support(record)
    names = tuple(record["names"])
    return Event(
        record["id"], record["iri"], record["type"], record["name"], names, evidence, record["date"],
        record["place"], confidence,
    )  # fmt: skip


def _read_relation(record: Mapping[str, Any]) -> Relation:
    evidence, confidence = _read_support(record)
    parts = record["subject"], record["predicate"], record["object"]
    return Relation(*parts, evidence, record["role"], confidence)


def _read_position(record: Mapping[str, Any]) -> Position:
    evidence, confidence = _read_support(record)
    return Position(
        record["holder"], record["stance"], record["issue"], evidence, record["voice"], record["addressee"],
        record["date"], confidence,
    )  # fmt: skip


def _problems(extraction: Extraction) -> Iterable[str]:
    """What a schema cannot say: ids that name nothing, passages that lie outside the text."""
    actors: set[str | None] = {actor.id for actor in extraction.actors}
    known = actors | {event.id for event in extraction.events} | {"document"}
    for relation in extraction.relations:
        yield from _unknown((relation.subject,), actors)
        yield from _unknown((relation.object,), known)
    for position in extraction.positions:
        yield from _unknown((position.holder, position.addressee), actors | {None})
    length = len(extraction.document.text)
    for passage in _all_evidence(extraction):
        if not 0 <= passage.start < passage.end <= length:
            yield f"[{passage.start}, {passage.end}] is no passage of the text"


def _all_evidence(extraction: Extraction) -> Iterable[Evidence]:
    for group in (extraction.issues, extraction.events, extraction.relations, extraction.positions):
        for item in group:
            yield from item.evidence
    for actor in extraction.actors:
        yield from actor.mentions


def _unknown(ids: Iterable[str | None], known: Collection[str | None]) -> Iterable[str]:
    yield from (f"no actor or event has the id {id_!r}" for id_ in ids if id_ not in known)
