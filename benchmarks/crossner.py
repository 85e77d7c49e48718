"""Actors and events scored on the politics test file of CrossNER (Liu et al., AAAI 2021), or on any file of its form.

usage: python benchmarks/crossner.py FILE

FILE holds a token and a tag on each line (`Japan B-country`), with an empty line between sentences. Each sentence is
read as an article of its own, so that nothing is known from elsewhere. Its entity types become coarse ones: country is a
State; politicalparty and organisation are an Organization, as are all of our bodies and groups; politician and person are
a Person; event and election an Event. Other types (location, misc, …) are left out, and so is what we find on their words.
Since its entities do not nest, a name within a longer one that we find is left out too (Iraq in the Iraq War); events are
those with a name of their own.

Prints precision, recall and F1 by type, for spans that agree exactly and for spans that overlap.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from alliancegraph.extract.comparison import Count
from alliancegraph.extract.excerpts import first_mention
from alliancegraph.extract.model import Document, Extraction
from alliancegraph.extract.pipeline import extract

COARSE = {
    "country": "State",
    "politicalparty": "Organization",
    "organisation": "Organization",
    "politician": "Person",
    "person": "Person",
    "event": "Event",
    "election": "Event",
}
OURS = {"State": "State", "Person": "Person"}
"""Our types that are not an Organization."""
TYPES = ("State", "Organization", "Person", "Event")
LEFT_OUT = ""
"""The type of entities that are not scored."""
NO_SPACE_BEFORE = frozenset(".,;:!?)]}%")
NO_SPACE_AFTER = frozenset("([{")


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A half-open range of characters with its coarse type."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with its annotated entities."""

    text: str
    entities: tuple[Entity, ...]


def sentences(lines: Iterable[str]) -> Iterator[Sentence]:
    """The sentences of a file."""
    rows: list[tuple[str, str]] = []
    for line in [*lines, ""]:
        words = line.split()
        if words:
            rows.append((words[0], words[-1]))
        elif rows:
            yield _sentence(rows)
            rows = []


def _sentence(rows: Sequence[tuple[str, str]]) -> Sentence:
    text, entities = "", []
    for token, tag in rows:
        glued = not text or token[0] in NO_SPACE_BEFORE or token.startswith(("'s", "’s")) or text[-1] in NO_SPACE_AFTER  # fmt: skip
        start = len(text) + (not glued)
        text = text.ljust(start) + token
        prefix, _, name = tag.partition("-")
        type_ = COARSE.get(name.lower(), LEFT_OUT)
        if prefix == "B" or (prefix == "I" and not entities):
            entities.append(Entity(start, len(text), type_))
        elif prefix == "I":
            entities[-1] = Entity(entities[-1].start, len(text), entities[-1].type)
    return Sentence(text, tuple(entities))


def found_entities(sentence: Sentence) -> list[Entity]:
    """The actors and events that extraction finds in a sentence, without those on words that are left out."""
    digest = hashlib.sha256(sentence.text.encode()).hexdigest()[:16]
    iri = f"https://w3id.org/alliancegraph/document/{digest}"
    found = _entities(extract(Document(iri, sentence.text, "sentence")))
    ignored = [entity for entity in sentence.entities if entity.type == LEFT_OUT]
    return [
        one
        for one in found
        if not any(overlap(one, other) for other in ignored)
        and not any(_is_within(one, other) for other in found)
    ]


def _entities(extraction: Extraction) -> list[Entity]:
    """Every mention of an actor, and the first place of each named event, whose IRI is not a part of the document's."""
    found = {
        Entity(place.start, place.end, OURS.get(actor.type, "Organization"))
        for actor in extraction.actors
        for place in actor.mentions
    }
    for event in (event for event in extraction.events if "#" not in event.iri):
        places = first_mention(extraction.document.text, (event.name, *event.names))
        found |= {Entity(start, end, "Event") for start, end in places}
    return sorted(found)


def overlap(one: Entity, other: Entity) -> bool:
    """Whether two entities share a character."""
    return one.start < other.end and other.start < one.end


def _is_within(one: Entity, other: Entity) -> bool:
    return other.start <= one.start and one.end <= other.end and one.end - one.start < other.end - other.start


def counts(gold: Sequence[Entity], found: Sequence[Entity], *, exactly: bool) -> dict[str, Count]:
    """The counts of each type in one sentence; every entity is paired at most once, with one of its type."""
    counted = {}
    for type_ in TYPES:
        theirs = [entity for entity in gold if entity.type == type_]
        ours = [entity for entity in found if entity.type == type_]
        counted[type_] = Count(_pairs(theirs, ours, exactly=exactly), len(ours), len(theirs))
    return counted


def _pairs(gold: list[Entity], found: list[Entity], *, exactly: bool) -> int:
    same = set(gold) & set(found)
    if exactly:
        return len(same)
    left = [entity for entity in found if entity not in same]
    pairs = len(same)
    for one in gold:
        if one not in same and (other := next((e for e in left if overlap(one, e)), None)):
            left.remove(other)
            pairs += 1
    return pairs


def table(gold: Sequence[Sentence], found: Sequence[Sequence[Entity]]) -> str:
    """The figures by type and in all, for both ways to compare spans."""
    lines = [
        f"{len(gold)} sentences",
        f"{'':14}{'exact':^21}{'overlapping':^21}",
        f"{'type':14}{'P':>7}{'R':>7}{'F1':>7}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'pred':>7}",
    ]
    totals = []
    for exactly in (True, False):
        by_sentence = [
            counts(one.entities, ours, exactly=exactly) for one, ours in zip(gold, found, strict=True)
        ]
        totals.append({t: sum((counted[t] for counted in by_sentence), Count()) for t in TYPES})
    for row in totals:
        row["all"] = sum((row[t] for t in TYPES), Count())
        row["actors"] = sum((row[t] for t in TYPES if t != "Event"), Count())
    for name in (*TYPES, "actors", "all"):
        cells = "".join(
            f"{c.precision:7.3f}{c.recall:7.3f}{c.f1:7.3f}" for c in (row[name] for row in totals)
        )
        lines.append(f"{name:14}{cells}{totals[0][name].gold:7}{totals[0][name].predicted:7}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the file, extract from each sentence, print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("file", type=Path)
    args = parser.parse_args(arguments)
    try:
        gold = list(sentences(args.file.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        parser.error(f"{args.file}: {getattr(error, 'strerror', None) or 'is not UTF-8 text'}")
    if not gold:
        parser.error(f"{args.file}: no sentences; a token and a tag are expected on each line")
    print(table(gold, [found_entities(sentence) for sentence in gold]))


if __name__ == "__main__":
    main()
