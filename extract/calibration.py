"""How often statements of a given confidence are right, measured on annotated articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from alliancegraph.extract.comparison import Comparison

LAYERS: Final = ("actors", "issues", "events", "relations", "positions")
TENTHS: Final = 10


@dataclass(frozen=True, slots=True)
class Judged:
    """One predicted item: its layer, its confidence, and whether the annotation has it too."""

    layer: str
    confidence: float
    right: bool


def judged(comparison: Comparison, prediction: Mapping[str, Any]) -> Iterator[Judged]:
    """Each item of a prediction, judged by the annotation; positions with their side, as in `positions+stance`."""
    right = {
        "actors": [a["id"] in comparison.actors for a in prediction.get("actors", ())],
        "issues": [(i["id"],) in comparison.issues.gold for i in prediction.get("issues", ())],
        "events": [e["id"] in comparison.events for e in prediction.get("events", ())],
        "relations": [key in comparison.relations.gold for key in comparison.linked_relations()],
        "positions": [key in comparison.positions.gold for key in comparison.linked_positions()],
    }
    for layer in LAYERS:
        for item, hit in zip(prediction.get(layer, ()), right[layer], strict=True):
            yield Judged(layer, float(item.get("confidence", 1.0)), hit)


@dataclass(frozen=True, slots=True)
class Tenth:
    """The items of one layer whose confidence is in one tenth: how many they are, and how many of them are right."""

    layer: str
    number: int
    items: int
    right: int

    @property
    def share(self) -> float | None:
        """The share that is right; None without items."""
        return self.right / self.items if self.items else None


def calibration(items: Sequence[Judged]) -> tuple[tuple[Tenth, ...], ...]:
    """For each tenth of confidence, from below, a cell for each layer."""
    return tuple(tuple(_cell(items, layer, tenth) for layer in LAYERS) for tenth in range(TENTHS))


def _cell(items: Sequence[Judged], layer: str, number: int) -> Tenth:
    inside = [j for j in items if j.layer == layer and _tenth(j.confidence) == number]
    return Tenth(layer, number, len(inside), sum(j.right for j in inside))


def format_calibration(items: Sequence[Judged]) -> str:
    """A table: for each layer and tenth of confidence the number of items and the share that is right."""
    lines = ["confidence  " + "".join(f"{layer:>16}" for layer in LAYERS)]
    for number, row in enumerate(calibration(items)):
        cells = [
            f"{'-':>16}" if cell.share is None else f"{cell.share:>10.2f} ({cell.items:>3})" for cell in row
        ]
        lines.append(f"{number / TENTHS:.1f} to {(number + 1) / TENTHS:.1f}  " + "".join(cells))
    return "\n".join(lines) + "\n"


def _tenth(confidence: float) -> int:
    return min(TENTHS - 1, int(confidence * TENTHS + 1e-9))
