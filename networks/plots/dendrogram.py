"""A tree of actors: the closer two are joined to the tips, the less of their contact is conflict."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import squareform

from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.partitions import ordered
from alliancegraph.networks.plots.palette import REST, SOFT, group_colour, group_marker
from alliancegraph.networks.plots.sheet import POINTS, SMALL, TEXT, Sheet, bare, settings, sheet
from alliancegraph.networks.plots.size import Size
from alliancegraph.networks.plots.words import all_shortened, plural, width

_USUAL: Final = 7.0
_HIGHEST: Final = 11.0
_ROW: Final = 0.19
_LEAST_ROW: Final = 0.115
_AXIS: Final = 0.36
CUT: Final = 0.5
"""Below it, two parts agree more often than not."""


def distances(congruence: Matrix, conflict: Matrix, names: Sequence[str]) -> NDArray[np.float64]:
    """d(i, j) = D / (C + D), the share of conflict in the contact of two actors; one half where they have none."""
    agree, differ = _over(congruence, names), _over(conflict, names)
    contact = agree + differ
    found = np.divide(differ, contact, out=np.full(contact.shape, CUT), where=contact > 0)
    np.fill_diagonal(found, 0.0)
    rounded: NDArray[np.float64] = np.round(found, 12)
    return rounded


@settings()
def dendrogram(
    congruence: Matrix, conflict: Matrix, title: str, *, notes: Sequence[str] = (), size: Size | None = None
) -> Figure:
    """The tree of average linkage (Sokal and Michener 1958) over the shares of conflict.

    Groups that are joined below one half have a colour and a marker of their own. Of more actors than there is room for,
    those with the most contact are drawn, and the picture says so.
    """
    contact = _contact(congruence, conflict)
    there = [name for name in sorted(contact, key=lambda name: (-contact[name], name)) if contact[name] > 0]
    high = max(1.4 + _ROW * len(there), 2.4)
    made = size.enlarged(_USUAL, high) if size else Size.of_inches(_USUAL, min(high, _HIGHEST))
    room = max(int((made.inches[1] - 1.4) / _LEAST_ROW), 3)
    names = sorted(there[:room])
    cut = (
        [f"{len(names)} of {len(there)} are drawn, those with the most contact."]
        if len(names) < len(there)
        else []
    )
    shown = f"{plural(len(there), congruence.variable1)} by the share of conflict in what they have to do with each other"
    page = sheet(made, title, shown, [*cut, *notes])
    if len(names) < 2:
        page.write(0, page.height / 2, "Nothing to draw: fewer than two have contact.", size=TEXT)
        return page.figure
    _draw(page, names, distances(congruence, conflict, names))
    return page.figure


def _contact(congruence: Matrix, conflict: Matrix) -> dict[str, float]:
    found: dict[str, float] = {}
    for matrix in (congruence, conflict):
        sums = np.asarray(matrix.values.sum(axis=1), np.float64).reshape(-1)
        for name, value in zip(matrix.rows, sums, strict=True):
            found[name] = found.get(name, 0.0) + float(value)
    return found


def _over(matrix: Matrix, names: Sequence[str]) -> NDArray[np.float64]:
    place = {name: at for at, name in enumerate(matrix.rows)}
    there = [number for number, name in enumerate(names) if name in place]
    at = [place[names[number]] for number in there]
    found = np.zeros((len(names), len(names)))
    found[np.ix_(there, there)] = matrix.values[at][:, at].toarray()
    return found


def _draw(page: Sheet, names: Sequence[str], apart: NDArray[np.float64]) -> None:
    pairs = squareform(apart, checks=False)
    tree = optimal_leaf_ordering(linkage(pairs, "average"), pairs)
    order = leaves_list(tree)
    groups = ordered(fcluster(tree, CUT - 1e-9, "distance").astype(np.int64))
    sizes = np.bincount(groups)
    row = min((page.height - _AXIS) / len(names), _ROW * 1.8)
    points = min(TEXT, row * POINTS * 0.8)
    longest = max(width(name, points) for name in names) / POINTS
    right = min(longest + 0.2, page.width * 0.5)
    axes = page.axes(left=0.1, right=right, bottom=page.height - row * len(names))
    _branches(axes, tree, order, groups, sizes)
    _tips(
        axes, [names[leaf] for leaf in order.tolist()], groups[order], sizes, points, (right - 0.2) * POINTS
    )
    axes.axvline(CUT, color=SOFT, linewidth=0.7, linestyle=(0, (2, 2)), zorder=0)
    bare(axes)
    axes.set_xlim(min(max(0.62, float(tree[:, 2].max()) * 1.04), 1.0), 0)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks([])
    ticks = [tick for tick in (1, 0.75, 0.5, 0.25, 0) if tick <= axes.get_xlim()[0]]
    axes.set_xticks(ticks, [_short(tick) for tick in ticks], size=SMALL)
    axes.set_xlabel("share of conflict", size=SMALL, color=SOFT)


def _branches(
    axes: Axes,
    tree: NDArray[np.float64],
    order: NDArray[np.int32],
    groups: NDArray[np.int64],
    sizes: NDArray[np.int64],
) -> None:
    """A bracket for each join, in the colour of the group that it is within."""
    count = len(order)
    places = np.empty(count)
    places[order] = np.arange(count)
    at = {leaf: (float(places[leaf]), 0.0, int(groups[leaf])) for leaf in range(count)}
    segments, colours = [], []
    for number, (one, other, height, _) in enumerate(tree.tolist()):
        (y1, x1, group1), (y2, x2, group2) = at[int(one)], at[int(other)]
        group = group1 if group1 == group2 and height < CUT else -1
        segments.append([(x1, y1), (height, y1), (height, y2), (x2, y2)])
        colours.append(_colour(group, sizes))
        at[count + number] = ((y1 + y2) / 2, height, group)
    axes.add_collection(LineCollection(segments, colors=colours, linewidths=1.1, joinstyle="miter"))


def _colour(group: int, sizes: NDArray[np.int64]) -> str:
    if group < 0:
        return SOFT
    return group_colour(group) if sizes[group] > 1 else REST


def _tips(
    axes: Axes,
    names: Sequence[str],
    groups: NDArray[np.int64],
    sizes: NDArray[np.int64],
    points: float,
    room: float,
) -> None:
    for place, (name, group) in enumerate(
        zip(all_shortened(names, points, room), groups.tolist(), strict=True)
    ):
        alone = sizes[group] < 2
        axes.plot(
            [0],
            [place],
            marker="o" if alone else group_marker(group),
            markersize=points * 0.55,
            markerfacecolor="none" if alone else group_colour(group),
            markeredgecolor=_colour(group, sizes),
            linestyle="none",
            clip_on=False,
            zorder=4,
        )
        axes.annotate(
            name,
            (0, place),
            (7, 0),
            textcoords="offset points",
            va="center",
            size=points,
            annotation_clip=False,
        )


def _short(tick: float) -> str:
    return f"{tick:g}".removeprefix("0") or "0"
