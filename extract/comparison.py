"""One document's annotation beside its prediction: the counts of each layer, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from alliancegraph.extract.matching import Annotation, Claim, Item, actor_pairs, event_pairs

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
class DocumentScores:
    """One document's counts by layer, with what was missed and what is spurious (`actor: Japan`)."""

    name: str
    counts: Mapping[str, Count]
    missed: tuple[str, ...]
    spurious: tuple[str, ...]


class Comparison:
    """One document's annotation beside its prediction."""

    def __init__(self, gold: Annotation, predicted: Annotation, parents: Mapping[str, str | None]) -> None:
        self.gold, self.predicted, self.parents = gold, predicted, parents
        self.actors = actor_pairs(gold.actors, predicted.actors)
        self.events = event_pairs(gold.events, predicted.events)
        self.links = {**self.actors, **self.events, DOCUMENT: DOCUMENT}
        self.gold_issues = {claim.key for claim in gold.issues}
        self.found_issues = {claim.key for claim in predicted.issues}
        self.gold_relations = {_ordered(claim.key) for claim in gold.relations}
        self.found_relations = set(self._relations())

    def scores(self, name: str, length: int) -> DocumentScores:
        """The counts of each layer, and the items on which the two sides differ."""
        counts = {**self._item_counts(), **self._claim_counts(), "evidence": self._evidence(length)}
        return DocumentScores(
            name,
            {layer: counts[layer] for layer in LAYERS},
            missed=tuple(self._missed()),
            spurious=tuple(self._spurious()),
        )

    def _item_counts(self) -> dict[str, Count]:
        gold, found = _by_id(self.gold.actors), _by_id(self.predicted.actors)
        typed = sum(found[other].type == gold[one].type for other, one in self.actors.items())
        events = Count(len(self.events), len(self.predicted.events), len(self.gold.events))
        return {
            "actors": Count(len(self.actors), len(found), len(gold)),
            "actors+type": Count(typed, len(found), len(gold)),
            "events": events,
            "events+date": self._dates(),
        }

    def _dates(self) -> Count:
        gold, found = _by_id(self.gold.events), _by_id(self.predicted.events)
        right = sum(
            bool(gold[one].date) and found[other].date == gold[one].date for other, one in self.events.items()
        )
        return Count(
            right, sum(bool(e.date) for e in found.values()), sum(bool(e.date) for e in gold.values())
        )

    def _claim_counts(self) -> dict[str, Count]:
        return {
            "issues": _set_count(self.gold_issues, self.found_issues),
            "relations": _set_count(self.gold_relations, self.found_relations),
            "positions": self._positions(strict=False),
            "positions+stance": self._positions(strict=True),
        }

    def _relations(self) -> Iterator[Key]:
        """The predicted relations in terms of the annotated actors and events."""
        for subject, predicate, thing in (claim.key for claim in self.predicted.relations):
            yield _ordered((self._linked(subject), predicate, self._linked(thing)))

    def _linked(self, name: str) -> str:
        return self.links.get(name, f"?{name}")

    def _position_keys(self, *, strict: bool) -> tuple[set[Key], set[Key]]:
        """The annotated and the predicted positions as holder, issue and side (left out unless strict)."""

        def side(stance: str) -> str:
            return SIDES.get(stance, stance) if strict else ""

        gold: set[Key] = {
            (holder, issue, side(stance)) for holder, issue, stance in _keys(self.gold.positions)
        }
        found: set[Key] = {
            (self.actors.get(holder, f"?{holder}"), issue, side(stance))
            for holder, issue, stance in _keys(self.predicted.positions)
        }
        return gold, found

    def positions_by_side(self) -> tuple[set[Key], list[Key]]:
        """The annotated positions as holder, issue and side, and each predicted one in these terms, in order."""
        gold, _ = self._position_keys(strict=True)
        found: list[Key] = [
            (self.actors.get(holder, f"?{holder}"), issue, SIDES.get(stance, stance))
            for holder, issue, stance in _keys(self.predicted.positions)
        ]
        return gold, found

    def linked_relations(self) -> list[Key]:
        """Each predicted relation in terms of the annotated actors and events, in order."""
        return list(self._relations())

    def _positions(self, *, strict: bool) -> Count:
        gold, found = self._position_keys(strict=strict)
        missed, halves = sorted(gold - found), 0
        for holder, issue, side in sorted(found - gold):
            near = (k for k in missed if (k[0], k[2]) == (holder, side) and self._adjacent(issue, k[1]))
            if closest := next(near, None):
                missed.remove(closest)
                halves += 1
        return Count(len(gold & found) + halves / 2, len(found), len(gold))

    def _adjacent(self, issue: str, other: str) -> bool:
        return self.parents.get(issue) == other or self.parents.get(other) == issue

    def _evidence(self, length: int) -> Count:
        """Claims with a passage that lies in the text; each claim ought to have one."""
        found = self.predicted
        claims: list[Claim | Item] = [*found.issues, *found.events, *found.relations, *found.positions]
        passages = [claim.evidence for claim in claims]
        grounded = sum(bool(p) and all(0 <= s < e <= length for s, e in p) for p in passages)
        return Count(grounded, len(passages), len(passages))

    def _missed(self) -> Iterator[str]:
        yield from _listed("actor", [a.label for a in self.gold.actors if a.id not in self.actors.values()])
        yield from self._differences("issue", self.gold_issues - self.found_issues)
        yield from _listed("event", [e.label for e in self.gold.events if e.id not in self.events.values()])
        yield from self._differences("relation", self.gold_relations - self.found_relations)
        gold, found = self._position_keys(strict=True)
        yield from self._differences("position", gold - found)

    def _spurious(self) -> Iterator[str]:
        yield from _listed("actor", [a.label for a in self.predicted.actors if a.id not in self.actors])
        yield from self._differences("issue", self.found_issues - self.gold_issues)
        yield from _listed("event", [e.label for e in self.predicted.events if e.id not in self.events])
        yield from self._differences("relation", self.found_relations - self.gold_relations)
        gold, found = self._position_keys(strict=True)
        yield from self._differences("position", found - gold)

    def _differences(self, layer: str, keys: Iterable[Key]) -> Iterator[str]:
        labels = {item.id: item.label for item in (*self.gold.actors, *self.gold.events)}
        labels |= {f"?{i.id}": f"{i.label} (?)" for i in (*self.predicted.actors, *self.predicted.events)}
        yield from _listed(
            layer, [" | ".join(labels.get(part, part) for part in key) for key in sorted(keys)]
        )


def _keys(claims: Iterable[Claim]) -> Iterator[tuple[str, str, str]]:
    for claim in claims:
        first, second, third = claim.key
        yield first, second, third


def _listed(layer: str, labels: Iterable[str]) -> Iterator[str]:
    yield from (f"{layer}: {label}" for label in labels)


def _by_id(items: Iterable[Item]) -> dict[str, Item]:
    return {item.id: item for item in items}


def _set_count(gold: set[Key], found: set[Key]) -> Count:
    return Count(len(gold & found), len(found), len(gold))


def _ordered(key: Key) -> Key:
    """A symmetric relation has one direction only."""
    subject, predicate, thing = key
    return (*sorted((subject, thing)), predicate) if predicate == SYMMETRIC else key
