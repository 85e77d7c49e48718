"""Places for the many nodes of a large drawing around a few that are placed: a lattice, filled in the order of the network.

Every node is drawn to the middle of its neighbours; then columns of a lattice are filled from left to right, and each from
top to bottom, so that left, right, above and below are kept and no two nodes share a cell. It takes time in proportion to
the edges. All sums are taken in one order, so that the result is the same on every machine.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alliancegraph.graph.layout import Box, Positions

_CELL: Final = (64, 44)
_FILLED: Final = 0.7
"""Share of the free cells that are used."""
_ASPECT: Final = 1.5
_ROUNDS: Final = 12

Points = NDArray[np.float64]


def place_around(placed: Positions, boxes: Mapping[str, Box], edges: Sequence[tuple[str, str]]) -> Positions:
    """Positions for the nodes of `boxes` that are not yet `placed`, clear of the boxes of those that are."""
    nodes = sorted(boxes)
    free = np.array([node not in placed for node in nodes])
    if not free.any():
        return {}
    points = _drawn_together(nodes, placed, edges)[free]
    columns = _available(placed, boxes, int(free.sum()))
    order = np.lexsort((points[:, 1], points[:, 0]))
    names = [node for node, is_free in zip(nodes, free, strict=True) if is_free]
    rooms = np.cumsum([len(rows) for _, rows in columns])
    result: Positions = {}
    begin = 0
    for (x, rows), room in zip(columns, rooms.tolist(), strict=True):
        end = len(order) * room // int(rooms[-1])
        column = order[begin:end]
        column = column[np.argsort(points[column, 1], kind="stable")]
        for number, node in enumerate(column.tolist()):
            result[names[node]] = (x, rows[(2 * number + 1) * len(rows) // (2 * len(column))])
        begin = end
    return result


def _drawn_together(nodes: Sequence[str], placed: Positions, edges: Sequence[tuple[str, str]]) -> Points:
    """Where each node would like to be: the middle of its neighbours, and a little beside it."""
    index = {node: number for number, node in enumerate(nodes)}
    pairs = sorted(
        {(index[a], index[b]) for one, other in edges for a, b in ((one, other), (other, one)) if a != b}
    )
    here = np.array([pair[0] for pair in pairs], dtype=np.int64)
    there = np.array([pair[1] for pair in pairs], dtype=np.int64)
    beside = _beside(nodes)
    fixed = np.array([node in placed for node in nodes])
    points = np.array([placed.get(node, (0, 0)) for node in nodes], dtype=np.float64)
    known = fixed.copy()
    for _ in range(_ROUNDS):
        number = np.bincount(here, weights=known[there].astype(np.float64), minlength=len(nodes))
        moved = (number > 0) & ~fixed
        for axis in (0, 1):
            sums = np.bincount(
                here, weights=np.where(known, points[:, axis], 0.0)[there], minlength=len(nodes)
            )
            points[moved, axis] = sums[moved] / number[moved] + beside[moved, axis]
        known |= moved
    points[~known] = beside[~known] * 16.0 + np.array([0.0, 1e6])  # nothing holds them: below all others
    return points


def _beside(nodes: Sequence[str]) -> Points:
    """A small step in a direction of its own for each node."""
    digests = [hashlib.sha256(node.encode("utf-8", "surrogatepass")).digest() for node in nodes]
    steps = [[int.from_bytes(d[:2], "big"), int.from_bytes(d[2:4], "big")] for d in digests]
    return np.array(steps, dtype=np.float64) / 256.0 - 128.0


def _available(placed: Positions, boxes: Mapping[str, Box], number: int) -> list[tuple[int, list[int]]]:
    """The columns of a lattice around what is placed: the x of each, and the y of its free cells; enough for all."""
    across, down = _CELL
    reach = [(x - box.width // 2, x + box.width // 2, y - box.above, y + box.below) for (x, y), box in
             ((placed[node], boxes[node]) for node in sorted(placed))]  # fmt: skip
    taken = {
        (column, row)
        for left, right, top, bottom in reach
        for column in range(left // across, right // across + 1)
        for row in range(top // down, bottom // down + 1)
    }
    cells = number / _FILLED + len(taken)
    height = np.sqrt(cells * across * down / _ASPECT)
    wide = (
        max(
            [
                int(height * _ASPECT) // across // 2,
                *(max(-left, right) // across for left, right, _, _ in reach),
            ]
        )
        + 1
    )
    high = (
        max([int(cells) // (2 * wide) // 2, *(max(-top, bottom) // down for _, _, top, bottom in reach)]) + 1
    )
    return [
        (
            column * across + across // 2,
            [row * down + down // 2 for row in range(-high, high + 1) if (column, row) not in taken],
        )
        for column in range(-wide, wide + 1)
    ]
