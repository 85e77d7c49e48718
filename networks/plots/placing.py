"""Where the nodes of a drawing are: those that agree near each other, communities in conflict beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from alliancegraph.graph.layout import Box, positions
from alliancegraph.networks.plots.picked import Picture
from alliancegraph.networks.plots.sheet import POINTS, TEXT
from alliancegraph.networks.plots.size import Size
from alliancegraph.networks.plots.words import width

_UNITS: Final = 2  # of the layout, for a point
_ALONE: Final = 10**6
_BETWEEN: Final = 26.0
_ASIDE: Final = 0.42
_KEPT: Final = 0.35
_GAP: Final = 4.0
_FILL: Final = 0.3
_ASPECT: Final = 1.3

_Block: TypeAlias = tuple[dict[int, tuple[float, float]], float, float]


def placed(
    picture: Picture, groups: Mapping[int, int], size: Size | None, above: float, least: float = 0.0
) -> tuple[Size, NDArray[np.float64], float]:
    """The size of the sheet, the centres of nodes in points, and the scale at which they and their names fit on it.

    `above` is what title, legend and notes take of its height, in inches. Where the scale would be below `least`, the nodes
    are moved together.
    """
    blocks = _blocks(picture, groups)
    best: tuple[float, Size, NDArray[np.float64], float] | None = None
    for corners in _arrangements([block[1:] for block in blocks]):
        found = {
            node: (x + at[0], -y - at[1])
            for (places, _, _), (x, y) in zip(blocks, corners, strict=True)
            for node, at in places.items()
        }
        spots = np.array([found[node] for node in picture.nodes], np.float64)
        made, scale, worth = _fitted(spots, picture, size, above)
        if scale < least:
            spots = _together(spots, picture)
            made, scale, worth = _fitted(spots, picture, size, above)
        if best is None or worth > best[0] + 1e-9:
            best = worth, made, spots, scale
    assert best is not None
    return best[1:]


def _fitted(
    spots: NDArray[np.float64], picture: Picture, size: Size | None, above: float
) -> tuple[Size, float, float]:
    """The sheet for nodes that are so placed, the scale at which they fit, and how good that is."""
    left, right, bottom, top = bounds(spots, picture, 1.0)
    needed = (right - left) / POINTS, (top - bottom) / POINTS
    made = size or Size.of_inches(
        min(max(needed[0] + _ASIDE, 5.0), 10.0), min(max(needed[1] + above, 3.6), 9.0)
    )
    ratios = (made.inches[0] - _ASIDE) / needed[0], (made.inches[1] - above) / needed[1]
    scale = min(ratios)
    filled = scale / max(ratios)
    return made, scale, min(scale, 1.0) + _FILL * filled if size else -max(needed[0] / _ASPECT, needed[1])


def _together(spots: NDArray[np.float64], picture: Picture) -> NDArray[np.float64]:
    """The nodes in the same order from left to right and from below, with most of the room between them taken away."""
    reach = np.array([_reach(picture, node) for node in picture.nodes])  # left and right, below, above
    x = _closed(spots[:, 0], reach[:, 0], reach[:, 0], spots[:, 1] - reach[:, 1], spots[:, 1] + reach[:, 2])
    y = _closed(spots[:, 1], reach[:, 1], reach[:, 2], x - reach[:, 0], x + reach[:, 0])
    return np.stack([x, y], axis=1)


def _reach(picture: Picture, node: int) -> tuple[float, float, float]:
    """How far a node and its name reach to either side, below and above."""
    radius, lines = picture.radius[node], picture.lines[node]
    half = max(*(width(line, TEXT) / 2 for line in lines), radius)
    return half, radius + 1.5 + len(lines) * TEXT * 1.2, radius


def _closed(
    at: NDArray[np.float64],
    before: NDArray[np.float64],
    after: NDArray[np.float64],
    low: NDArray[np.float64],
    high: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Places along one axis moved together; what is in the way of each other across it, from low to high, stays apart."""
    order = np.lexsort((np.arange(len(at)), at))
    found = np.array(at)
    for number, node in enumerate(order):
        if not number:
            continue
        earlier = order[:number]
        last = earlier[-1]
        place = found[last] + (at[node] - at[last]) * _KEPT
        blocking = earlier[(low[earlier] < high[node] + _GAP) & (high[earlier] + _GAP > low[node])]
        if len(blocking):
            place = max(place, float((found[blocking] + after[blocking]).max()) + before[node] + _GAP)
        found[node] = place
    return found


def _arrangements(sizes: Sequence[tuple[float, float]]) -> Iterator[list[tuple[float, float]]]:
    """Upper left corners of parts of these sizes: in rows of several lengths, and in columns."""
    turned = [(high, wide) for wide, high in sizes]
    for length in _lengths(sizes):
        yield _in_rows(sizes, length)
    for length in _lengths(turned) if len(sizes) > 1 else ():
        yield [(x, y) for y, x in _in_rows(turned, length)]


def _lengths(sizes: Sequence[tuple[float, float]]) -> list[float]:
    """How long rows may be: as long as so many of the first parts, or as the area of all of them suggests."""
    sums = np.cumsum([wide + _BETWEEN for wide, _ in sizes]) - _BETWEEN
    area = sum((wide + _BETWEEN) * (high + _BETWEEN) for wide, high in sizes)
    guesses = [float(np.sqrt(area * share)) for share in (0.6, 1.0, 1.3, 1.7, 2.2)]
    least = max(wide for wide, _ in sizes)
    return sorted({round(max(length, least), 3) for length in (*sums.tolist(), *guesses)})


def _in_rows(sizes: Sequence[tuple[float, float]], length: float) -> list[tuple[float, float]]:
    """Parts beside each other in rows of at most that length, the highest first."""
    found = [(0.0, 0.0)] * len(sizes)
    x = y = row = 0.0
    for part in sorted(range(len(sizes)), key=lambda part: (-round(sizes[part][1]), part)):
        wide, high = sizes[part]
        if x and x + wide > length + 1e-3:
            x, y, row = 0.0, y + row + _BETWEEN, 0.0
        found[part] = x, y
        x, row = x + wide + _BETWEEN, max(row, high)
    return found


def _blocks(picture: Picture, groups: Mapping[int, int]) -> list[_Block]:
    """The nodes in parts that are drawn beside each other: the communities where there is conflict, else one."""
    apart = any(weight < 0 for *_, weight in picture.ties)
    parts: dict[int, list[int]] = {}
    for node in picture.nodes:
        parts.setdefault(groups.get(node, _ALONE) if apart else 0, []).append(node)
    return [_block(picture, parts[key]) for key in sorted(parts)]


def _block(picture: Picture, nodes: Sequence[int]) -> _Block:
    """Nodes at places from an upper left corner, downwards, with the width and height that they need, in points."""
    keys = {node: f"{number:05}" for number, node in enumerate(nodes)}
    boxes = {
        keys[node]: Box(
            round(
                _UNITS * max(max(width(line, TEXT) for line in picture.lines[node]), 2 * picture.radius[node])
            ),
            round(_UNITS * picture.radius[node]),
            round(_UNITS * (picture.radius[node] + 1.5 + len(picture.lines[node]) * TEXT * 1.2)),
        )
        for node in nodes
    }
    inner = [tie for tie in picture.ties if tie[0] in keys and tie[1] in keys]
    near = [tie for tie in inner if tie[2] > 0] or inner
    found = positions(boxes, [(keys[one], keys[other]) for one, other, _ in near])
    left = min(found[key][0] - boxes[key].width / 2 for key in boxes)
    right = max(found[key][0] + boxes[key].width / 2 for key in boxes)
    top = min(found[key][1] - boxes[key].above for key in boxes)
    bottom = max(found[key][1] + boxes[key].below for key in boxes)
    spots = {
        node: ((found[key][0] - left) / _UNITS, (found[key][1] - top) / _UNITS) for node, key in keys.items()
    }
    return spots, (right - left) / _UNITS, (bottom - top) / _UNITS


def bounds(spots: NDArray[np.float64], picture: Picture, scale: float) -> tuple[float, float, float, float]:
    """How far nodes and names reach, in points, where nodes and names have this scale."""
    half, below, above = scale * np.array([_reach(picture, node) for node in picture.nodes]).T
    return (
        float((spots[:, 0] - half).min()),
        float((spots[:, 0] + half).max()),
        float((spots[:, 1] - below).min()),
        float((spots[:, 1] + above).max()),
    )


def stretched(
    spots: NDArray[np.float64], picture: Picture, scale: float, room: tuple[float, float]
) -> NDArray[np.float64]:
    """Spots moved apart to use the room, at most half as much more one way as the other."""
    left, right, bottom, top = bounds(spots, picture, scale)
    spread = np.maximum(np.ptp(spots, axis=0), 1.0)
    more = np.array([room[0] - (right - left), room[1] - (top - bottom)]) / spread + 1.0
    moved: NDArray[np.float64] = spots * np.maximum(np.minimum(more, 1.5 * more.min()), 1.0).clip(max=3.0)
    return moved
