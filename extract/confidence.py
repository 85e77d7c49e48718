"""What a confidence means: the share of such statements that is right, measured on annotated articles.

Extractors weigh their steps (a pronoun, a group, a hedge) and multiply; the product orders statements well, but it is no
share. `confidence.tsv` holds, for each layer, what share was right at which product; `benchmarks/calibrate.py` writes it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Final, TypeVar

from alliancegraph.extract.model import Actor, Event, Extraction, Issue, Position, Relation

TABLE: Final = "confidence.tsv"
LEAST: Final = 0.05
MOST: Final = 0.99
Item = TypeVar("Item", Actor, Issue, Event, Relation, Position)


@dataclass(frozen=True, slots=True)
class Scale:
    """Points of a rising curve from products of weights to shares that are right."""

    weights: tuple[float, ...]
    shares: tuple[float, ...]

    def share(self, weight: float) -> float:
        """The share at a weight: between two points on the line that joins them, above the last that of the last.

        Below the first point, where nothing was measured, it is the weight, and at most the first share.
        """
        if not self.weights:
            return weight
        right = bisect_right(self.weights, weight)
        if right == 0:
            return min(weight, self.shares[0])
        if right == len(self.weights):
            return self.shares[-1]
        low, high = self.weights[right - 1], self.weights[right]
        part = (weight - low) / (high - low)
        return round(self.shares[right - 1] + part * (self.shares[right] - self.shares[right - 1]), 2)


@dataclass(frozen=True, slots=True)
class _Pool:
    """Statements of neighbouring weights: the sum of these, how many are right, how many they are."""

    weight: float
    right: int
    size: int

    def __add__(self, other: _Pool) -> _Pool:
        return _Pool(self.weight + other.weight, self.right + other.right, self.size + other.size)

    @property
    def share(self) -> float:
        return min(MOST, max(LEAST, self.right / self.size))


def _by_weight(weights: Sequence[float], right: Sequence[bool]) -> Iterator[tuple[float, list[bool]]]:
    """The judgements of each weight, from the lowest up."""
    found: dict[float, list[bool]] = {}
    for weight, hit in zip(weights, right, strict=True):
        found.setdefault(weight, []).append(hit)
    yield from sorted(found.items())


def fitted(weights: Sequence[float], right: Sequence[bool], least: int = 20) -> Scale:
    """The scale that fits judged statements best and never falls (isotonic regression by pooling adjacent violators).

    `least` is the number of statements below which a point is pooled with the next. The shares are kept within 0.05
    and 0.99. Ayer and others, "An empirical distribution function for sampling with incomplete information", 1955.
    """
    pools: list[_Pool] = []
    for weight, hits in _by_weight(weights, right):
        pools.append(_Pool(weight * len(hits), sum(hits), len(hits)))
        while len(pools) > 1 and (pools[-2].size < least or pools[-2].share >= pools[-1].share):
            pools[-2:] = [pools[-2] + pools[-1]]
    if len(pools) > 1 and pools[-1].size < least:
        pools[-2:] = [pools[-2] + pools[-1]]
    return Scale(tuple(round(p.weight / p.size, 3) for p in pools), tuple(round(p.share, 2) for p in pools))


@cache
def scales() -> dict[str, Scale]:
    """The scale of each layer, from the package's table."""
    lines = (files("alliancegraph.extract") / TABLE).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    layers = dict.fromkeys(row[0] for row in rows)
    return {
        layer: Scale(
            tuple(float(row[1]) for row in rows if row[0] == layer),
            tuple(float(row[2]) for row in rows if row[0] == layer),
        )
        for layer in layers
    }


def calibrated(extraction: Extraction) -> Extraction:
    """An extraction whose confidences are shares that are right, in place of products of weights."""
    known = scales()

    def scaled(layer: str, items: tuple[Item, ...]) -> tuple[Item, ...]:
        scale = known.get(layer, Scale((), ()))
        return tuple(replace(item, confidence=scale.share(item.confidence)) for item in items)

    return replace(
        extraction,
        actors=scaled("actors", extraction.actors),
        issues=scaled("issues", extraction.issues),
        events=scaled("events", extraction.events),
        relations=scaled("relations", extraction.relations),
        positions=scaled("positions", extraction.positions),
    )
