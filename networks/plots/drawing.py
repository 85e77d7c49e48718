"""A drawing of a network: nodes that agree near each other, ties of agreement and of conflict, names that do not overlap."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from alliancegraph.graph.layout import Box, positions
from alliancegraph.networks.adjacency import Adjacency, adjacency
from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.partitions import Partition
from alliancegraph.networks.plots.palette import INK, MARKS, PAPER, REST, group_colour, group_marker
from alliancegraph.networks.plots.sheet import POINTS, TEXT, Sheet, settings, sheet
from alliancegraph.networks.plots.size import Size
from alliancegraph.networks.plots.words import plural, width, wrapped
from alliancegraph.networks.stances import FAVOUR, OPPOSITION

_UNITS: Final = 2  # of the layout, for a point
_LEAST: Final = 5.2
_ROOM: Final = 92.0
_LEGEND: Final = 0.26
_MOST: Final = 90
_TIES: Final = 2.2
_FEW_TIES: Final = 40
_ALONE: Final = 10**6
_BETWEEN: Final = 26.0
_FEW: Final = 12
_ASIDE: Final = 0.42
_ABOVE: Final = 1.45
_OTHER_SHAPE: Final = "D"
_OTHER_COLOUR: Final = "#E3B505"


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """What is drawn: nodes by number with their radius in points and lines of text, and ties with their weights."""

    network: Adjacency
    nodes: tuple[int, ...]
    radius: Mapping[int, float]
    lines: Mapping[int, list[str]]
    ties: tuple[tuple[int, int, float], ...]


@settings()
def drawing(
    matrix: Matrix,
    title: str,
    *,
    partition: Partition | None = None,
    conflict: bool = False,
    notes: Sequence[str] = (),
    size: Size | None = None,
) -> Figure:
    """The drawing of a one-mode or two-mode network by stress majorisation, the same on every machine.

    Ties above zero are solid and in the colour of favour, those below dashed and in that of opposition; `conflict` says that
    all weights are conflict. Communities have colours and shapes. Of each node the two heaviest ties are drawn, and of the
    others the heaviest; of more nodes than there is room for, the strongest. The picture says what is left out.
    """
    network = adjacency(matrix)
    there = int((network.degrees > 0).sum())
    all_ties = int(network.weights.nnz) // 2
    count = min(there, _MOST if size is None else max(_fitting(size), _FEW))
    while True:
        picture = _picture(network, count)
        groups = _groups(picture, partition)
        made, spots, scale = _placed(picture, groups, size)
        if scale * TEXT >= _LEAST or count <= _FEW:
            break
        count = max(int(count * 0.85), _FEW)
    cut = []
    if count < there:
        cut.append(f"{count} of {there} nodes are drawn, those with the largest sums of weights.")
    if len(picture.ties) < all_ties:
        cut.append(f"{len(picture.ties)} of {all_ties} ties are drawn, the heaviest of each node and of all.")
    alone = len(network) - there
    cut += [f"{alone} without ties are left out."] if alone else []
    shown = f"{plural(there, 'node')}, {plural(all_ties, 'tie')}"
    page = sheet(made, title, shown, [*cut, *notes])
    if there:
        _draw(page, picture, spots, min(scale, 1.0), partition, conflict)
    else:
        page.write(0, page.height / 2, "Nothing to draw: there are no ties.", size=TEXT)
    return page.figure


def _fitting(size: Size) -> int:
    """About how many nodes with their names there is room for."""
    wide, high = size.inches
    return int((wide - 0.3) * (high - 1.3) / 0.5)


def _placed(
    picture: Picture, groups: Mapping[int, int], size: Size | None
) -> tuple[Size, NDArray[np.float64], float]:
    """The size of the sheet, the centres of nodes, and the scale at which they and their names fit on it."""
    if not picture.nodes:
        return size or Size.of_inches(5.0, 3.0), np.zeros((0, 2)), 1.0
    blocks = _blocks(picture, groups)
    best: tuple[float, Size, NDArray[np.float64]] | None = None
    for wide in sorted(
        {round(sum(block[1] for block in blocks[: number + 1]), 3) for number in range(len(blocks))}
    ):
        spots = _arranged(picture, blocks, wide)
        left, right, bottom, top = _bounds(spots, picture, 1.0)
        needed = (right - left) / POINTS + _ASIDE, (top - bottom) / POINTS + _ABOVE
        made = size or Size.of_inches(min(max(needed[0], 5.0), 10.0), min(max(needed[1], 3.6), 9.0))
        inches = made.inches
        scale = min((inches[0] - _ASIDE) / (needed[0] - _ASIDE), (inches[1] - _ABOVE) / (needed[1] - _ABOVE))
        if best is None or scale > best[0] + 1e-9:
            best = scale, made, spots
    assert best is not None
    return best[1], best[2], best[0]


def _picture(network: Adjacency, count: int) -> Picture:
    sizes = abs(network.weights)
    strength = np.asarray(sizes.sum(axis=1), np.float64).reshape(-1).tolist()
    order = sorted(range(len(network)), key=lambda node: (-round(strength[node], 9), node))
    nodes = tuple(sorted(node for node in order[:count] if strength[node] > 0))
    largest = max(strength, default=0.0) or 1.0
    radius = {node: 2.6 + 5.0 * float(np.sqrt(strength[node] / largest)) for node in nodes}
    lines = {node: wrapped(network.names[node], TEXT, _ROOM, 2) for node in nodes}
    return Picture(network, nodes, radius, lines, _ties(network, nodes))


def _ties(network: Adjacency, nodes: Sequence[int]) -> tuple[tuple[int, int, float], ...]:
    """Of each node the two heaviest ties above zero and the heaviest below, and of the others the heaviest."""
    at = np.array(nodes, np.intp)
    found = network.weights[at][:, at].tocoo() if len(nodes) else network.weights.tocoo()
    ties = sorted(
        (
            (int(at[row]), int(at[column]), float(weight))
            for row, column, weight in zip(found.row, found.col, found.data, strict=True)
            if row < column
        ),
        key=lambda tie: (-round(abs(tie[2]), 9), tie[0], tie[1]),
    )
    seen: Counter[tuple[int, bool]] = Counter()
    kept: list[tuple[int, int, float]] = []
    others: list[tuple[int, int, float]] = []
    for tie in ties:
        above = tie[2] > 0
        ends = [(node, above) for node in tie[:2]]
        (kept if min(seen[end] for end in ends) < (2 if above else 1) else others).append(tie)
        seen.update(ends)
    most = max(round(_TIES * len(nodes)), _FEW_TIES)
    return tuple(sorted([*kept, *others[: max(most - len(kept), 0)]], key=lambda tie: (abs(tie[2]), tie)))


_Block: TypeAlias = tuple[dict[int, tuple[float, float]], float, float]


def _blocks(picture: Picture, groups: Mapping[int, int]) -> list[_Block]:
    """The nodes in parts that are drawn beside each other: the communities where there is conflict, else one."""
    apart = any(weight < 0 for *_, weight in picture.ties)
    parts: dict[int, list[int]] = {}
    for node in picture.nodes:
        parts.setdefault(groups.get(node, _ALONE) if apart else 0, []).append(node)
    return [_block(picture, parts[key]) for key in sorted(parts)]


def _arranged(picture: Picture, blocks: Sequence[_Block], wide: float) -> NDArray[np.float64]:
    """The centres of nodes, in points, with the parts in rows of at most that width."""
    found: dict[int, tuple[float, float]] = {}
    x = y = row = used = 0.0
    for spots, width_, height in blocks:
        if used and used + width_ > wide + 1e-6:
            x, y, row, used = 0.0, y - row - _BETWEEN, 0.0, 0.0
        found.update({node: (x + at[0], y - at[1]) for node, at in spots.items()})
        x, used, row = x + width_ + _BETWEEN, used + width_, max(row, height)
    return np.array([found[node] for node in picture.nodes], np.float64).reshape(-1, 2)


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


def _bounds(spots: NDArray[np.float64], picture: Picture, scale: float) -> tuple[float, float, float, float]:
    """How far nodes and names reach, in points, where nodes and names have this scale."""
    half = [
        scale * max(*(width(line, TEXT) / 2 for line in picture.lines[node]), picture.radius[node])
        for node in picture.nodes
    ]
    above = [scale * picture.radius[node] for node in picture.nodes]
    below = [
        scale * (picture.radius[node] + 1.5 + len(picture.lines[node]) * TEXT * 1.2) for node in picture.nodes
    ]
    return (
        float((spots[:, 0] - half).min()),
        float((spots[:, 0] + half).max()),
        float((spots[:, 1] - below).min()),
        float((spots[:, 1] + above).max()),
    )


def _draw(
    page: Sheet,
    picture: Picture,
    spots: NDArray[np.float64],
    scale: float,
    partition: Partition | None,
    conflict: bool,
) -> None:
    axes = page.axes(top=_LEGEND)
    room = (page.width * POINTS - 8, (page.height - _LEGEND) * POINTS - 8)
    spots = _stretched(spots * scale, picture, scale, room)
    left, right, bottom, top = _bounds(spots, picture, scale)
    spots = spots - np.array([(left + right) / 2, (bottom + top) / 2])
    axes.set_xlim(-room[0] / 2 - 4, room[0] / 2 + 4)
    axes.set_ylim(-room[1] / 2 - 4, room[1] / 2 + 4)
    axes.set_axis_off()
    at = {node: spots[number] for number, node in enumerate(picture.nodes)}
    _draw_ties(axes, picture, at, scale, conflict)
    groups = _groups(picture, partition)
    two_mode = len(set(picture.network.variables)) > 1
    for node in picture.nodes:
        group = groups.get(node, -1)
        colour, marker = (group_colour(group), group_marker(group)) if group >= 0 else (REST, "o")
        if two_mode:
            first = picture.network.variables[node] == picture.network.variables[0]
            colour, marker = (group_colour(0), "o") if first else (_OTHER_COLOUR, _OTHER_SHAPE)
        axes.plot(
            *at[node],
            marker=marker,
            markersize=2 * picture.radius[node] * scale,
            color=colour,
            markeredgecolor=PAPER,
            markeredgewidth=0.8 * scale,
            linestyle="none",
            zorder=3,
        )
        axes.annotate(
            "\n".join(picture.lines[node]),
            at[node],
            (0, -(picture.radius[node] + 1.0) * scale),
            textcoords="offset points",
            ha="center",
            va="top",
            size=TEXT * scale,
            linespacing=1.1,
            zorder=4,
            bbox={"boxstyle": "square,pad=0.05", "facecolor": PAPER, "edgecolor": "none", "alpha": 0.85},
        )
    _legend(page, picture, groups, conflict, two_mode)


def _stretched(
    spots: NDArray[np.float64], picture: Picture, scale: float, room: tuple[float, float]
) -> NDArray[np.float64]:
    """Spots moved apart to use the room, at most half as much more one way as the other."""
    left, right, bottom, top = _bounds(spots, picture, scale)
    spread = np.maximum(np.ptp(spots, axis=0), 1.0)
    more = np.array([room[0] - (right - left), room[1] - (top - bottom)]) / spread + 1.0
    moved: NDArray[np.float64] = spots * np.maximum(np.minimum(more, 1.5 * more.min()), 1.0).clip(max=3.0)
    return moved


def _draw_ties(
    axes: Axes, picture: Picture, at: Mapping[int, NDArray[np.float64]], scale: float, conflict: bool
) -> None:
    largest = max((abs(weight) for _, _, weight in picture.ties), default=1.0)
    for side, chosen in (
        (OPPOSITION, [tie for tie in picture.ties if tie[2] < 0 or conflict]),
        (FAVOUR, [tie for tie in picture.ties if tie[2] > 0 and not conflict]),
    ):
        mark = MARKS[side]
        if chosen:
            axes.add_collection(
                LineCollection(
                    [[tuple(at[one]), tuple(at[other])] for one, other, _ in chosen],
                    colors=mark.colour,
                    linewidths=[
                        max(0.35, scale * (0.5 + 2.6 * abs(weight) / largest)) for *_, weight in chosen
                    ],
                    linestyles=[(0, mark.dashes) if mark.dashes else "solid"],
                    alpha=0.75,
                    zorder=2 if side == FAVOUR else 1,
                )
            )


def _groups(picture: Picture, partition: Partition | None) -> dict[int, int]:
    """The community of each node that shares one with another node."""
    if partition is None:
        return {}
    label = dict(
        zip(zip(partition.variables, partition.names, strict=True), partition.labels.tolist(), strict=True)
    )
    sizes = np.bincount(partition.labels)
    network = picture.network
    found = {node: label.get((network.variables[node], network.names[node]), -1) for node in picture.nodes}
    return {node: group for node, group in found.items() if group >= 0 and sizes[group] > 1}


def _legend(page: Sheet, picture: Picture, groups: Mapping[int, int], conflict: bool, two_mode: bool) -> None:
    signs = {OPPOSITION if weight < 0 or conflict else FAVOUR for *_, weight in picture.ties}
    words = (
        {FAVOUR: "in favour", OPPOSITION: "opposed"}
        if two_mode
        else {FAVOUR: "agreement", OPPOSITION: "conflict"}
    )
    handles = [
        Line2D([], [], color=MARKS[side].colour, linewidth=1.8, linestyle=(0, MARKS[side].dashes) if MARKS[side].dashes else "solid", label=words[side])
        for side in (FAVOUR, OPPOSITION)
        if side in signs
    ]  # fmt: skip
    shapes: list[tuple[str, str, str]] = []
    if two_mode:
        variables = dict.fromkeys(picture.network.variables)
        shapes = [
            (name, group_colour(0) if first else _OTHER_COLOUR, "o" if first else _OTHER_SHAPE)
            for name, first in zip(variables, (True, False), strict=False)
        ]
    else:
        for group in sorted(set(groups.values()))[:7]:
            shapes.append((f"community {group + 1}", group_colour(group), group_marker(group)))
    handles += [
        Line2D(
            [],
            [],
            linestyle="none",
            marker=marker,
            markersize=6,
            color=colour,
            markeredgecolor=PAPER,
            label=name,
        )
        for name, colour, marker in shapes
    ]
    needed = sum(
        width(str(handle.get_label()), TEXT) + (30 if handle.get_linestyle() == "None" else 36)
        for handle in handles
    )
    size = TEXT * min(1.0, page.width * POINTS / max(needed, 1.0))
    page.legend(
        handles, fontsize=size, handlelength=2.2, handletextpad=0.4, columnspacing=1.2, labelcolor=INK
    )
