"""How nodes, ties and names of a network are drawn, and the legend of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from alliancegraph.networks.plots.palette import GROUPS, MARKS, PAPER, REST, group_colour, group_marker
from alliancegraph.networks.plots.picked import Picture
from alliancegraph.networks.plots.sheet import TEXT
from alliancegraph.networks.stances import FAVOUR, OPPOSITION

_OTHER: Final = (GROUPS[1], "D")
_MOST_GROUPS: Final = len(GROUPS)
Look = tuple[str, str]
Spots = Mapping[int, NDArray[np.float64]]


def draw_nodes(axes: Axes, picture: Picture, at: Spots, scale: float, groups: Mapping[int, int]) -> None:
    """A marker for each node, and its name below on a pale ground."""
    for node in picture.nodes:
        colour, marker = _look(picture, node, groups)
        axes.plot(
            *at[node],
            marker=marker,
            markersize=2 * picture.radius[node] * scale,
            color=colour,
            markeredgecolor=PAPER,
            markeredgewidth=0.8 * scale,
            linestyle="none",
            zorder=3,
            gid=f"node-{node}",
        )
        axes.annotate(
            "\n".join(picture.lines[node]),
            (float(at[node][0]), float(at[node][1])),
            (0, -(picture.radius[node] + 1.0) * scale),
            textcoords="offset points",
            ha="center",
            va="top",
            size=TEXT * scale,
            linespacing=1.1,
            zorder=4,
            bbox={"boxstyle": "square,pad=0.05", "facecolor": PAPER, "edgecolor": "none", "alpha": 0.85},
        )


def _look(picture: Picture, node: int, groups: Mapping[int, int]) -> Look:
    """Colour and marker of a node: by its variable in a two-mode network, else by its community."""
    if picture.two_mode:
        first = picture.network.variables[node] == picture.network.variables[0]
        return (group_colour(0), "o") if first else _OTHER
    group = groups.get(node, -1)
    return (group_colour(group), group_marker(group)) if group >= 0 else (REST, "o")


def draw_ties(axes: Axes, picture: Picture, at: Spots, scale: float, conflict: bool) -> None:
    """A line for each tie, those of conflict dashed and below the others."""
    largest = max((abs(weight) for *_, weight in picture.ties), default=1.0)
    for side in (OPPOSITION, FAVOUR):
        chosen = [tie for tie in picture.ties if _side(tie[2], conflict) == side]
        if not chosen:
            continue
        axes.add_collection(
            LineCollection(
                [[tuple(at[one]), tuple(at[other])] for one, other, _ in chosen],
                colors=MARKS[side].colour,
                linewidths=[max(0.35, scale * (0.5 + 2.6 * abs(weight) / largest)) for *_, weight in chosen],
                linestyles=[_dashes(side)],
                alpha=0.75,
                zorder=2 if side == FAVOUR else 1,
                gid="ties-above" if side == FAVOUR else "ties-below",
            )
        )


def _side(weight: float, conflict: bool) -> int:
    return OPPOSITION if weight < 0 or conflict else FAVOUR


def _dashes(side: int) -> Any:
    return (0, MARKS[side].dashes) if MARKS[side].dashes else "solid"


def handles(picture: Picture, groups: Mapping[int, int], ties: str, conflict: bool) -> list[Line2D]:
    """The legend: the ties that there are, and variables or communities; all after the seventh are others."""
    there = {_side(weight, conflict) for *_, weight in picture.ties}
    words = {FAVOUR: ties, OPPOSITION: "opposed" if picture.two_mode else "conflict"}
    found = [
        Line2D([], [], color=MARKS[side].colour, linewidth=1.8, linestyle=_dashes(side), label=words[side])
        for side in (FAVOUR, OPPOSITION)
        if side in there
    ]
    return found + [
        Line2D([], [], linestyle="none", marker=marker, markersize=6, color=colour, markeredgecolor=PAPER, label=name)
        for name, (colour, marker) in _shapes(picture, groups)
    ]  # fmt: skip


def _shapes(picture: Picture, groups: Mapping[int, int]) -> list[tuple[str, Look]]:
    if picture.two_mode:
        variables = dict.fromkeys(picture.network.variables[node] for node in picture.nodes)
        looks = {picture.network.variables[node]: _look(picture, node, groups) for node in picture.nodes}
        return [(name, looks[name]) for name in variables]
    numbers = sorted(set(groups.values()))
    shown = [
        (f"community {number + 1}", (group_colour(number), group_marker(number)))
        for number in numbers
        if number < _MOST_GROUPS
    ]
    others = len(shown) < len(numbers) or (bool(groups) and len(groups) < len(picture.nodes))
    return [*shown, ("other", (REST, "o"))] if others else shown
