"""Where the nodes of a page stand, and which of them are drawn at the start."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, Final

import networkx as nx  # type: ignore[import-untyped]

from alliancegraph.explorer.style import CHARACTER_WIDTH, LINE_HEIGHT, Record
from alliancegraph.graph.lattice import place_around
from alliancegraph.graph.layout import Box, place_beside, positions

LARGE: Final = 400
"""Networks with more nodes than this open on a selection."""
FIRST: Final = 120
"""The size of that selection."""


def first_nodes(network: nx.MultiDiGraph[Any], weights: Mapping[str, float]) -> frozenset[str]:
    """The nodes that are drawn at the start: all, or of a large network the most important; documents come on demand."""
    own = [str(node) for node, kind in network.nodes(data="type") if kind != "Document"]
    if len(own) <= LARGE:
        return frozenset(weights) if len(weights) <= LARGE else frozenset(own)
    return frozenset(sorted(own, key=lambda node: (-weights[node], node))[:FIRST])


def lay_out(nodes: Iterable[Record], edges: Iterable[Record]) -> None:
    """Give each node its `x` and `y`."""
    boxes = {node["id"]: _box(node) for node in nodes}
    links = [(edge["from"], edge["to"]) for edge in edges]
    drawn = {node["id"] for node in nodes if node["first"] and node["kind"] != "Document"}
    placed = positions({node: boxes[node] for node in sorted(drawn)}, links)
    around = place_beside if len(boxes) <= LARGE else place_around
    placed |= around(placed, boxes, links)
    for node in nodes:
        node["x"], node["y"] = placed[node["id"]]


def _box(node: Record) -> Box:
    lines = node["label"].split("\n")
    reach = math.ceil(node["size"]) + 3
    width = math.ceil(max(len(line) for line in lines) * CHARACTER_WIDTH)
    return Box(width=max(width, 2 * reach), above=reach, below=reach + len(lines) * LINE_HEIGHT)
