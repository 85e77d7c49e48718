"""The items on which an annotation and a prediction differ: missed, spurious, or found with another type or date."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from alliancegraph.extract.comparison import SYMMETRIC, Comparison, Key, Sides, items_by_id
from alliancegraph.extract.matching import Item, Span

MISSED: Final = "missed"
SPURIOUS: Final = "spurious"
DIFFERS: Final = "differs"
KINDS: Final = (MISSED, SPURIOUS, DIFFERS)
LAYERS: Final = ("actor", "issue", "event", "relation", "position")
SEPARATOR: Final = " | "


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that is missed, spurious, or differs; with its passages, or else the names by which the text has it.

    `note` says what was found instead; `confidence` is that of the predicted item.
    """

    kind: str
    layer: str
    label: str
    evidence: tuple[Span, ...] = ()
    names: tuple[str, ...] = ()
    note: str = ""
    confidence: float | None = None

    def __str__(self) -> str:
        """One line: `actor: Japan`."""
        return f"{self.layer}: {self.label}"


def differences(comparison: Comparison) -> tuple[Difference, ...]:
    """What was missed, what is spurious, what differs; each by layer, claims in the order of their keys."""
    return (*_missed(comparison), *_spurious(comparison), *_differing(comparison))


def _missed(comparison: Comparison) -> Iterator[Difference]:
    gold = comparison.gold
    yield from _items(MISSED, "actor", gold.actors, comparison.actors.values())
    yield from _claims(MISSED, "issue", comparison, comparison.issues)
    yield from _items(MISSED, "event", gold.events, comparison.events.values())
    yield from _claims(MISSED, "relation", comparison, comparison.relations)
    yield from _claims(MISSED, "position", comparison, comparison.positions)


def _spurious(comparison: Comparison) -> Iterator[Difference]:
    found = comparison.predicted
    yield from _items(SPURIOUS, "actor", found.actors, comparison.actors.keys())
    yield from _claims(SPURIOUS, "issue", comparison, comparison.issues)
    yield from _items(SPURIOUS, "event", found.events, comparison.events.keys())
    yield from _claims(SPURIOUS, "relation", comparison, comparison.relations)
    yield from _claims(SPURIOUS, "position", comparison, comparison.positions)


def _items(kind: str, layer: str, items: tuple[Item, ...], paired: Collection[str]) -> Iterator[Difference]:
    for item in items:
        if item.id not in paired:
            note = ", ".join(filter(None, (item.type, item.date)))
            yield Difference(kind, layer, item.label, item.evidence, item.written, note, item.confidence)


def _claims(kind: str, layer: str, comparison: Comparison, sides: Sides) -> Iterator[Difference]:
    """Claims of one side only, each with the nearest one of the other side as its note."""
    labels = _labels(comparison)
    keys, others = (sides.missed, sides.spurious) if kind == MISSED else (sides.spurious, sides.missed)
    claims = sides.gold if kind == MISSED else sides.found
    for key in keys:
        claim, near = claims[key], next((o for o in others if _is_near(layer, key, o, comparison)), None)
        verb = "found" if kind == MISSED else "annotated"
        note = f"{verb}: {_label(near, labels)}" if near else ""
        yield Difference(kind, layer, _label(key, labels), claim.evidence, (), note, claim.confidence)


def _is_near(layer: str, key: Key, other: Key, comparison: Comparison) -> bool:
    """Whether two claims differ in one part: the stance, the predicate, or the issue by one step up or down."""
    if layer == "issue":
        return comparison.is_adjacent(key[0], other[0])
    if layer == "relation":
        return _ends(key) == _ends(other)
    if key[:2] == other[:2]:
        return True
    return (key[0], key[2]) == (other[0], other[2]) and comparison.is_adjacent(key[1], other[1])


def _ends(key: Key) -> frozenset[str]:
    """Subject and object of a relation, whose predicate is in the middle or, if it has no direction, last."""
    return frozenset(key[:2] if key[2] == SYMMETRIC else (key[0], key[2]))


def _differing(comparison: Comparison) -> Iterator[Difference]:
    """Actors found with another type, and events with another date."""
    for layer, pairs, gold, found in (
        ("actor", comparison.actors, comparison.gold.actors, comparison.predicted.actors),
        ("event", comparison.events, comparison.gold.events, comparison.predicted.events),
    ):
        theirs, ours = items_by_id(gold), items_by_id(found)
        for other, one in pairs.items():
            right, wrong = theirs[one], ours[other]
            parts = (right.type, wrong.type) if layer == "actor" else (right.date, wrong.date)
            if parts[0] != parts[1]:
                note = f"annotated: {parts[0] or 'no date'}; found: {parts[1] or 'no date'}"
                evidence = right.evidence or wrong.evidence
                yield Difference(DIFFERS, layer, right.label, evidence, right.written, note, wrong.confidence)


def _labels(comparison: Comparison) -> dict[str, str]:
    gold, found = comparison.gold, comparison.predicted
    labels = {item.id: item.label for item in (*gold.actors, *gold.events)}
    return labels | {f"?{item.id}": f"{item.label} (?)" for item in (*found.actors, *found.events)}


def _label(key: Key, labels: dict[str, str]) -> str:
    return SEPARATOR.join(labels.get(part, part) for part in key)
