"""The edges of a page: relation, stance, wording and look, with the statements behind them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Final

import networkx as nx  # type: ignore[import-untyped]

from alliancegraph.explorer.documents import Documents
from alliancegraph.explorer.statements import statements
from alliancegraph.explorer.style import Record, canonical, last, page_style

THIN: Final = ("relation", "document")
"""Groups of edges that are no stances: they are drawn thin."""


def edges(network: nx.MultiDiGraph[Any], documents: Documents) -> tuple[list[Record], list[Record]]:
    """The edges in one order, and all statements; the edges' `statements` are places of these."""
    found = [_edge(str(a), str(b), edge, documents) for a, b, edge in network.edges(data=True)]
    found.sort(key=_order)
    said: list[Record] = []
    between: dict[tuple[str, str], int] = {}
    for number, record in enumerate(found):
        pair = (min(record["from"], record["to"]), max(record["from"], record["to"]))
        record["id"] = f"e{number}"
        record["smooth"] = _curve(between.get(pair, 0), record["from"] > record["to"])
        between[pair] = between.get(pair, 0) + 1
        own = record["statements"]
        record["statements"] = list(range(len(said), len(said) + len(own)))
        said += [{**statement, "edge": record["id"]} for statement in own]
    return found, said


def _order(record: Record) -> tuple[str, str, str, str]:
    return record["from"], record["to"], record["relation"], canonical(record)


def _edge(source: str, target: str, edge: Mapping[str, Any], documents: Documents) -> Record:
    relation = last(str(edge.get("relation") or edge.get("label") or ""))
    style = page_style()["relations"].get(
        relation, {"group": "relation", "verb": str(edge.get("label") or relation)}
    )
    said = statements(edge, style["group"], documents)
    weight = float(edge.get("weight") or max(len(said), 1))
    look = page_style()["groups"][style["group"]]
    thickness = 1.0 if style["group"] in THIN else min(1.2 + 0.9 * math.sqrt(weight), 6.0)
    record: Record = {
        "from": source,
        "to": target,
        "relation": relation,
        "group": style["group"],
        "verb": style["verb"],
        "weight": round(weight, 3),
        "confidence": _confidence(edge, said),
        "statements": said,
        "color": look["light"],
        "dashes": look["dashes"],
        "width": round(thickness, 1),
        "arrows": "" if style.get("symmetric") else "to",
    }
    if edge.get("role"):
        record["role"] = str(edge["role"])
    return record


def _curve(number: int, backwards: bool) -> Record:
    """How the edge bends, so that several edges between two nodes stay apart."""
    if number == 0:
        return {"enabled": True, "type": "curvedCW", "roundness": 0.06}
    clockwise = (number % 2 == 0) != backwards
    roundness = 0.2 * ((number + 1) // 2)
    return {
        "enabled": True,
        "type": "curvedCW" if clockwise else "curvedCCW",
        "roundness": round(roundness, 2),
    }


def _confidence(edge: Mapping[str, Any], said: list[Record]) -> float:
    if edge.get("confidence") is not None:
        return round(float(edge["confidence"]), 2)
    return max((statement["confidence"] for statement in said), default=1.0)
