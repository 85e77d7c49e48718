"""One document's annotation beside its prediction: the counts of each layer, and how far the passages agree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from alliancegraph.extract.matching import Annotation, Claim, Item, actor_pairs, event_pairs, overlapping

LAYERS: Final = (
    "actors",
    "actors+type",
    "issues",
    "events",
    "events+date",
    "relations",
    "positions",
    "positions+stance",
    "evidence",
)
SIDES: Final = {"supports": "favour", "proposes": "favour", "commits": "favour"}
SYMMETRIC: Final = "alliedWith"
DOCUMENT: Final = "document"

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many items of a layer were annotated, how many predicted, and how many of these agree."""

    matched: float = 0.0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.matched + other.matched, self.predicted + other.predicted, self.gold + other.gold)

    @property
    def precision(self) -> float:
        """The share of the predicted items that are right."""
        return self.matched / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """The share of the annotated items that were found."""
        return self.matched / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Overlap:
    """Of the annotated issues, events, relations and positions that were found: how many by an overlapping passage."""

    overlapping: int = 0
    matched: int = 0

    def __add__(self, other: Overlap) -> Overlap:
        return Overlap(self.overlapping + other.overlapping, self.matched + other.matched)

    @property
    def share(self) -> float:
        """The share of the items whose passages overlap."""
        return self.overlapping / self.matched if self.matched else 0.0


@dataclass(frozen=True, slots=True)
class Sides:
    """The claims of one layer, annotated and found, under the same keys; what is said twice is one claim."""

    gold: Mapping[Key, Claim]
    found: Mapping[Key, Claim]

    @property
    def matched(self) -> list[Key]:
        """The keys that both sides have, sorted."""
        return sorted(self.gold.keys() & self.found.keys())

    @property
    def missed(self) -> list[Key]:
        """The keys that only the annotation has, sorted."""
        return sorted(self.gold.keys() - self.found.keys())

    @property
    def spurious(self) -> list[Key]:
        """The keys that only the prediction has, sorted."""
        return sorted(self.found.keys() - self.gold.keys())

    @property
    def count(self) -> Count:
        """The numbers of claims."""
        return Count(len(self.matched), len(self.found), len(self.gold))


class Comparison:
    """One document's annotation beside its prediction, whose claims are put in terms of the annotated items."""

    def __init__(self, gold: Annotation, predicted: Annotation, parents: Mapping[str, str | None]) -> None:
        self.gold, self.predicted, self.parents = gold, predicted, parents
        self.actors = actor_pairs(gold.actors, predicted.actors)
        self.events = event_pairs(gold.events, predicted.events)
        self._links = {**self.actors, **self.events, DOCUMENT: DOCUMENT}
        self.issues = Sides(
            _merged((c.key, c) for c in gold.issues), _merged((c.key, c) for c in predicted.issues)
        )
        self.relations = Sides(
            _merged((_ordered(c.key), c) for c in gold.relations),
            _merged(zip(self.linked_relations(), predicted.relations, strict=True)),
        )
        self.positions = Sides(
            _merged((_sided(c.key), c) for c in gold.positions),
            _merged(zip(self.linked_positions(), predicted.positions, strict=True)),
        )
        """By holder, issue and side."""

    def counts(self, length: int) -> dict[str, Count]:
        """The counts of each layer, for a text of that length."""
        gold, found = items_by_id(self.gold.actors), items_by_id(self.predicted.actors)
        typed = sum(found[other].type == gold[one].type for other, one in self.actors.items())
        counts = {
            "actors": Count(len(self.actors), len(found), len(gold)),
            "actors+type": Count(typed, len(found), len(gold)),
            "events": Count(len(self.events), len(self.predicted.events), len(self.gold.events)),
            "events+date": self._dates(),
            "issues": self.issues.count,
            "relations": self.relations.count,
            "positions": self._position_count(self.positions_of_either_side),
            "positions+stance": self._position_count(self.positions),
            "evidence": self._evidence(length),
        }
        return {layer: counts[layer] for layer in LAYERS}

    def overlap(self) -> Overlap:
        """How many of the annotated items that were found are so by a passage that overlaps the annotated one.

        Positions count as found on either side; an item that is annotated without a passage is left out.
        """
        gold, found = items_by_id(self.gold.events), items_by_id(self.predicted.events)
        pairs: list[tuple[Claim | Item, Claim | Item]] = [
            (gold[one], found[other]) for other, one in self.events.items()
        ]
        for layer in (self.issues, self.relations, self.positions_of_either_side):
            pairs += [(layer.gold[key], layer.found[key]) for key in layer.matched]
        grounded = [overlapping(one.evidence, other.evidence) for one, other in pairs if one.evidence]
        return Overlap(sum(grounded), len(grounded))

    @property
    def positions_of_either_side(self) -> Sides:
        """The positions by holder and issue alone."""
        sides = self.positions
        return Sides(
            _merged((key[:2], claim) for key, claim in sides.gold.items()),
            _merged((key[:2], claim) for key, claim in sides.found.items()),
        )

    def linked_relations(self) -> list[Key]:
        """Each predicted relation in terms of the annotated actors and events, in order."""
        keys = (claim.key for claim in self.predicted.relations)
        return [_ordered((self._linked(subject), name, self._linked(thing))) for subject, name, thing in keys]

    def linked_positions(self) -> list[Key]:
        """Each predicted position as holder, issue and side in terms of the annotated actors, in order."""
        keys = (_sided(claim.key) for claim in self.predicted.positions)
        return [(self.actors.get(holder, f"?{holder}"), *rest) for holder, *rest in keys]

    def is_adjacent(self, issue: str, other: str) -> bool:
        """Whether one of two issues is the next broader one of the other."""
        return self.parents.get(issue) == other or self.parents.get(other) == issue

    def _linked(self, name: str) -> str:
        return self._links.get(name, f"?{name}")

    def _dates(self) -> Count:
        gold, found = items_by_id(self.gold.events), items_by_id(self.predicted.events)
        right = sum(
            bool(gold[one].date) and found[other].date == gold[one].date for other, one in self.events.items()
        )
        return Count(
            right, sum(bool(e.date) for e in found.values()), sum(bool(e.date) for e in gold.values())
        )

    def _position_count(self, sides: Sides) -> Count:
        missed, halves = sides.missed, 0
        for holder, issue, *side in sides.spurious:
            near = (k for k in missed if (k[0], [*k[2:]]) == (holder, side) and self.is_adjacent(issue, k[1]))
            if closest := next(near, None):
                missed.remove(closest)
                halves += 1
        return Count(len(sides.matched) + halves / 2, len(sides.found), len(sides.gold))

    def _evidence(self, length: int) -> Count:
        """Claims with a passage that lies in the text; each claim ought to have one."""
        found = self.predicted
        claims: list[Claim | Item] = [*found.issues, *found.events, *found.relations, *found.positions]
        passages = [claim.evidence for claim in claims]
        grounded = sum(bool(p) and all(0 <= s < e <= length for s, e in p) for p in passages)
        return Count(grounded, len(passages), len(passages))


def items_by_id(items: Iterable[Item]) -> dict[str, Item]:
    """Actors or events by their ids."""
    return {item.id: item for item in items}


def _merged(claims: Iterable[tuple[Key, Claim]]) -> dict[Key, Claim]:
    """One claim for each key, with all passages and the highest confidence."""
    merged: dict[Key, Claim] = {}
    for key, claim in claims:
        before = merged.get(key, Claim(key, ()))
        sure = max(_given(before.confidence, claim.confidence), default=None)
        merged[key] = Claim(key, (*before.evidence, *claim.evidence), sure)
    return merged


def _given(*values: float | None) -> Iterator[float]:
    yield from (value for value in values if value is not None)


def _sided(key: Key) -> Key:
    """A position by the side taken: `supports`, `proposes` and `commits` are one."""
    holder, issue, stance = key
    return holder, issue, SIDES.get(stance, stance)


def _ordered(key: Key) -> Key:
    """A symmetric relation has one direction only."""
    subject, predicate, thing = key
    return (*sorted((subject, thing)), predicate) if predicate == SYMMETRIC else key
