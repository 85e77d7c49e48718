"""How often statements of a given confidence are right, measured on annotated articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    gold_positions, found_positions = comparison.positions_by_side()
    relations = comparison.linked_relations()
    right = {
        "actors": [a["id"] in comparison.actors for a in prediction.get("actors", ())],
        "issues": [(i["id"],) in comparison.gold_issues for i in prediction.get("issues", ())],
        "events": [e["id"] in comparison.events for e in prediction.get("events", ())],
        "relations": [key in comparison.gold_relations for key in relations],
        "positions": [key in gold_positions for key in found_positions],
    }
    for layer in LAYERS:
        for item, hit in zip(prediction.get(layer, ()), right[layer], strict=True):
            yield Judged(layer, float(item.get("confidence", 1.0)), hit)


def format_calibration(items: list[Judged]) -> str:
    """A table: for each layer and tenth of confidence the number of items and the share that is right."""
    lines = ["confidence  " + "".join(f"{layer:>16}" for layer in LAYERS)]
    for tenth in range(TENTHS):
        cells = []
        for layer in LAYERS:
            inside = [j for j in items if j.layer == layer and _tenth(j.confidence) == tenth]
            share = sum(j.right for j in inside) / len(inside) if inside else None
            cells.append(f"{'-':>16}" if share is None else f"{share:>10.2f} ({len(inside):>3})")
        lines.append(f"{tenth / TENTHS:.1f} to {(tenth + 1) / TENTHS:.1f}  " + "".join(cells))
    return "\n".join(lines) + "\n"


def _tenth(confidence: float) -> int:
    return min(TENTHS - 1, int(confidence * TENTHS + 1e-9))
