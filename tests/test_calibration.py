"""The table of confidence against right statements, on a tiny annotated document."""

from __future__ import annotations

from typing import Any

from alliancegraph.extract.calibration import Judged, format_calibration, judged
from alliancegraph.extract.comparison import Comparison
from alliancegraph.extract.matching import annotation

GOLD: dict[str, Any] = {
    "actors": [{"id": "g1", "type": "State", "name": "Japan", "names": ["Japan"]}],
    "issues": [{"id": "trade", "evidence": [[0, 5]]}],
    "events": [],
    "relations": [],
    "positions": [{"holder": "g1", "stance": "commits", "issue": "trade", "evidence": [[0, 5]]}],
}
PREDICTED: dict[str, Any] = {
    "actors": [
        {"id": "a1", "type": "State", "name": "Japan", "names": ["Japan"], "confidence": 0.97},
        {"id": "a2", "type": "State", "name": "Chad", "names": ["Chad"], "confidence": 1.0},
    ],
    "issues": [{"id": "trade", "evidence": [[0, 5]], "confidence": 0.6}],
    "events": [],
    "relations": [
        {"subject": "a1", "predicate": "alliedWith", "object": "a2", "evidence": [[0, 5]], "confidence": 0.35}
    ],
    "positions": [
        {"holder": "a1", "stance": "supports", "issue": "trade", "evidence": [[0, 5]], "confidence": 0.7},
        {"holder": "a1", "stance": "opposes", "issue": "trade", "evidence": [[0, 5]], "confidence": 0.2},
    ],
}


def test_each_item_is_judged() -> None:
    """Actors by name, issues by id, positions by side: a pledge is as good as support."""
    comparison = Comparison(annotation(GOLD), annotation(PREDICTED), {"trade": None})
    assert list(judged(comparison, PREDICTED)) == [
        Judged("actors", 0.97, True),
        Judged("actors", 1.0, False),
        Judged("issues", 0.6, True),
        Judged("relations", 0.35, False),
        Judged("positions", 0.7, True),
        Judged("positions", 0.2, False),
    ]


def test_table_by_tenths() -> None:
    """Full confidence is in the last tenth, and an empty cell says so."""
    table = format_calibration([Judged("actors", 1.0, True), Judged("actors", 0.9, False)])
    lines = table.splitlines()
    assert lines[-1] == "0.9 to 1.0        0.50 (  2)" + f"{'-':>16}" * 4
    assert lines[1] == "0.0 to 0.1  " + f"{'-':>16}" * 5
