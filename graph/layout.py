"""Positions for a drawing of a network: the same integers on every machine, and no two labels on top of each other.

Distances in the drawing follow distances in the network (stress majorisation, Gansner, Koren and North 2004), from a
few starts of which the one with the fewest crossings is kept; then overlapping boxes are pushed apart. All sums are
taken over integers and all other steps are single IEEE operations, so that the result does not depend on the order
in which a processor adds.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Positions = dict[str, tuple[int, int]]
_FIXED = 2.0**32  # fixed-point scale of sums
_ASPECT = 1.5  # drawings are wider than high, as screens are
_GAP = 10  # pixels between two boxes
_FILLED = 0.5  # share of the drawing that boxes cover before they are pushed apart
_ROUNDS = 120
_FEW = 400  # edges of which crossings are counted; between more of them, one drawing is as good as another


@dataclass(frozen=True, slots=True)
class Box:
    """What a node occupies, in pixels: its width, and how far it reaches above and below the node's centre."""

    width: int
    above: int
    below: int


def positions(boxes: Mapping[str, Box], edges: Sequence[tuple[str, str]]) -> Positions:
    """Centre of every node, in pixels; boxes do not overlap.

    `boxes` are the nodes with what they occupy; edges to nodes outside of it are ignored.
    """
    nodes = sorted(boxes)
    index = {node: number for number, node in enumerate(nodes)}
    known = [(index[a], index[b]) for a, b in edges if a in index and b in index and a != b]
    pairs = sorted({(min(pair), max(pair)) for pair in known})
    if not nodes:
        return {}
    target = _distances(len(nodes), pairs)
    sizes = [boxes[node] for node in nodes]
    starts = 16 if len(nodes) <= 80 else 4 if len(nodes) <= 160 and len(pairs) <= _FEW else 1
    drawings = [_drawing(nodes, sizes, target, start) for start in range(starts)]
    best = drawings[0] if starts == 1 else min(drawings, key=lambda points: _cost(points, sizes, pairs))
    return dict(zip(nodes, best, strict=True))


def place_beside(placed: Positions, boxes: Mapping[str, Box], edges: Sequence[tuple[str, str]]) -> Positions:
    """Positions for the nodes of `boxes` that are not yet `placed`: a free cell near their placed neighbours."""
    neighbours: dict[str, list[str]] = {}
    for a, b in edges:
        neighbours.setdefault(a, []).append(b)
        neighbours.setdefault(b, []).append(a)
    cell = (150, 70)
    taken = {(x // cell[0], y // cell[1]) for x, y in placed.values()}
    result: Positions = {}
    for node in sorted(set(boxes) - set(placed)):
        near = sorted({placed[other] for other in neighbours.get(node, ()) if other in placed})
        centre = [sum(axis) // len(near) for axis in zip(*near, strict=True)] if near else [0, 0]
        column, row = _free_cell((centre[0] // cell[0], centre[1] // cell[1]), taken)
        taken.add((column, row))
        result[node] = (column * cell[0] + cell[0] // 2, row * cell[1] + cell[1] // 2)
    return result


def _free_cell(start: tuple[int, int], taken: set[tuple[int, int]]) -> tuple[int, int]:
    reach = 0
    while True:
        ring = [
            (start[0] + dx, start[1] + dy)
            for dy in range(-reach, reach + 1)
            for dx in range(-reach, reach + 1)
            if max(abs(dx), abs(dy)) == reach
        ]
        free = [cell for cell in ring if cell not in taken]
        if free:
            return min(free, key=lambda cell: ((cell[0] - start[0]) ** 2 + (cell[1] - start[1]) ** 2, cell))
        reach += 1


def _distances(count: int, pairs: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """Wanted distances: shortest paths, where an edge is longer the more neighbours its ends have apart."""
    around: list[set[int]] = [set() for _ in range(count)]
    for a, b in pairs:
        around[a].add(b)
        around[b].add(a)
    length = {(a, b): float(np.sqrt(1.0 + len((around[a] ^ around[b]) - {a, b}))) for a, b in pairs}
    matrix = np.full((count, count), np.inf)
    for source in range(count):
        matrix[source] = _shortest(source, around, length)
    finite = matrix[np.isfinite(matrix)]
    matrix[~np.isfinite(matrix)] = float(finite.max()) * 0.6 + 1.0
    return matrix


def _shortest(
    source: int, around: Sequence[set[int]], length: Mapping[tuple[int, int], float]
) -> list[float]:
    found = [float("inf")] * len(around)
    found[source] = 0.0
    queue = [(0.0, source)]
    while queue:
        distance, node = heapq.heappop(queue)
        if distance > found[node]:
            continue
        for other in sorted(around[node]):
            further = distance + length[min(node, other), max(node, other)]
            if further < found[other]:
                found[other] = further
                heapq.heappush(queue, (further, other))
    return found


def _drawing(
    nodes: Sequence[str], sizes: Sequence[Box], target: NDArray[np.float64], start: int
) -> list[tuple[int, int]]:
    return _pushed_apart(_to_pixels(_majorised(_start(nodes, start), target), sizes), sizes)


def _start(nodes: Sequence[str], start: int) -> NDArray[np.float64]:
    digests = [hashlib.sha256(f"{start} {node}".encode()).digest() for node in nodes]
    numbers = [[int.from_bytes(d[:4], "big"), int.from_bytes(d[4:8], "big")] for d in digests]
    return np.array(numbers, dtype=np.float64) / 2.0**30


def _majorised(points: NDArray[np.float64], target: NDArray[np.float64]) -> NDArray[np.float64]:
    """The points after some rounds of stress majorisation."""
    if len(points) < 2:
        return points
    safe = target + np.eye(len(points))
    weights = 1.0 / (safe * safe) * (1.0 - np.eye(len(points)))
    totals = _row_sums(weights)
    for _ in range(_ROUNDS):
        dx = points[:, None, 0] - points[None, :, 0]
        dy = points[:, None, 1] - points[None, :, 1]
        ratio = target / np.maximum(np.sqrt(dx * dx + dy * dy), 1e-6)
        points = np.stack(
            [
                _row_sums(weights * (points[None, :, axis] + ratio * delta)) / totals
                for axis, delta in ((0, dx), (1, dy))
            ],
            axis=1,
        )
    return points


def _row_sums(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    fixed = np.rint(matrix * _FIXED).astype(np.int64)
    sums: NDArray[np.float64] = fixed.sum(axis=1).astype(np.float64) / _FIXED
    return sums


def _to_pixels(points: NDArray[np.float64], sizes: Sequence[Box]) -> list[tuple[int, int]]:
    """The drawing stretched to the area that its boxes need, along its longer side first, centred on 0, 0."""
    turned = points if np.ptp(points[:, 0]) >= np.ptp(points[:, 1]) else points[:, ::-1]
    area = sum((size.width + _GAP) * (size.above + size.below + _GAP) for size in sizes) / _FILLED
    height = float(np.sqrt(area / _ASPECT))
    centred = turned - (turned.max(axis=0) + turned.min(axis=0)) / 2.0
    spread = np.maximum(np.ptp(turned, axis=0), 1e-6)
    scaled = np.rint(centred / spread * np.array([height * _ASPECT, height])).astype(np.int64)
    return [(int(x), int(y)) for x, y in scaled]


def _pushed_apart(points: Sequence[tuple[int, int]], sizes: Sequence[Box]) -> list[tuple[int, int]]:
    """The points moved, in rounds, along the axis in which two boxes overlap least, until none overlap."""
    x = np.array([point[0] for point in points], dtype=np.int64)
    y = np.array([point[1] for point in points], dtype=np.int64)
    wide = np.array([size.width for size in sizes], dtype=np.int64)
    offset = np.array([(size.below - size.above) // 2 for size in sizes], dtype=np.int64)
    high = np.array([size.above + size.below + 1 for size in sizes], dtype=np.int64)
    y = y + offset
    for round_ in range(1, 2000):
        over_x = (wide[:, None] + wide[None, :]) // 2 + _GAP - np.abs(x[:, None] - x[None, :])
        over_y = (high[:, None] + high[None, :]) // 2 + _GAP - np.abs(y[:, None] - y[None, :])
        found = np.argwhere(np.triu((over_x > 0) & (over_y > 0), 1))
        if not len(found):
            break
        for a, b in found.tolist():
            axis, over = (x, over_x[a, b]) if over_x[a, b] < over_y[a, b] else (y, over_y[a, b])
            step = int(over) // 2 + 1
            sign = 1 if (axis[a], a) < (axis[b], b) else -1
            axis[a] -= sign * step
            axis[b] += sign * step
        if round_ % 40 == 0:  # too dense to come to rest: make room
            x, y = x * 21 // 20, y * 21 // 20
    return list(zip(x.tolist(), (y - offset).tolist(), strict=True))


def _cost(points: Sequence[tuple[int, int]], sizes: Sequence[Box], pairs: Sequence[tuple[int, int]]) -> int:
    """Crossings of edges, and edges that run through a node."""
    crossings = sum(
        1
        for number, (a, b) in enumerate(pairs)
        for c, d in pairs[number + 1 :]
        if len({a, b, c, d}) == 4 and _cross(points[a], points[b], points[c], points[d])
    )
    through = sum(
        1
        for a, b in pairs
        for node, point in enumerate(points)
        if node not in (a, b) and _hits(points[a], points[b], point, sizes[node])
    )
    return crossings + 3 * through


def _turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _cross(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int], d: tuple[int, int]) -> bool:
    return _turn(a, b, c) * _turn(a, b, d) < 0 and _turn(c, d, a) * _turn(c, d, b) < 0


def _hits(a: tuple[int, int], b: tuple[int, int], point: tuple[int, int], size: Box) -> bool:
    """Whether the segment from a to b comes within the node's symbol."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    along = (point[0] - a[0]) * dx + (point[1] - a[1]) * dy
    length = dx * dx + dy * dy
    if not 0 < along < length:
        return False
    return _turn(a, b, point) ** 2 < (size.above + 4) ** 2 * length
