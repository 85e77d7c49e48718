"""A network as a table of colours: who takes which side on what, with those who are alike beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import pdist

from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.plots.palette import FAINT, GROUPS, INK, MIDDLE, PAPER, marks
from alliancegraph.networks.plots.sheet import POINTS, SMALL, TEXT, Sheet, bare, settings, sheet
from alliancegraph.networks.plots.size import Size
from alliancegraph.networks.plots.words import all_shortened, width
from alliancegraph.networks.stances import FAVOUR, OPPOSITION

_ROW: Final = 0.19
_COLUMN: Final = 0.34
_LEAST_CELL: Final = 0.125
_MOST_LABEL: Final = 2.6
_LEGEND: Final = 0.42
_SLOPE: Final = 0.7071


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """The cells that are drawn, in their order; `said` tells a cell in which sides are even from one where nothing is said."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: NDArray[np.float64]
    said: NDArray[np.bool_]


@settings()
def heatmap(
    matrix: Matrix,
    title: str,
    *,
    said: Matrix | None = None,
    notes: Sequence[str] = (),
    size: Size | None = None,
) -> Figure:
    """The heatmap of a network, two-mode or one-mode.

    Weights below zero are drawn as opposition and above as favour; without any below, as shades of one colour. Rows and
    columns are ordered by optimal leaves of an average-linkage tree over their weights (Bar-Joseph, Gifford and Jaakkola
    2001), so that camps are blocks. `said` is the network with all statements. Of more rows or columns than there is room
    for, those with the largest sums of sizes are drawn, and the picture says so.
    """
    made = size or _usual(matrix)
    wide, high = made.inches
    label = min(_MOST_LABEL, wide * 0.32)
    most_rows = max(int((high - 2.0) / _LEAST_CELL), 3)
    most_columns = max(int((wide - label - 1.3) / _LEAST_CELL), 3)
    shown = _shown(matrix, said, most_rows, most_columns)
    one_mode = matrix.mode == "onemode"
    cut = [
        f"{shown_} of {all_} {what} are drawn, those with the largest weights."
        for shown_, all_, what in (
            (len(shown.rows), _tied(matrix, 1), "rows"),
            *([] if one_mode else [(len(shown.columns), _tied(matrix, 0), "columns")]),
        )
        if shown_ < all_
    ]
    what = f"{matrix.variable1} × {matrix.variable1 if one_mode else matrix.variable2}"
    page = sheet(made, title, f"{what}, {len(shown.rows)} × {len(shown.columns)}", [*cut, *notes])
    _draw(page, shown, label)
    return page.figure


def _usual(matrix: Matrix) -> Size:
    rows, columns = _tied(matrix, 1), _tied(matrix, 0)
    return Size.of_inches(
        min(max(_MOST_LABEL + 1.6 + columns * _COLUMN, 5.0), 10.0), min(max(3.0 + rows * _ROW, 3.6), 12.0)
    )


def _tied(matrix: Matrix, axis: int) -> int:
    """How many rows (1) or columns (0) have weights."""
    return int((np.asarray(abs(matrix.values).sum(axis=axis)).reshape(-1) > 0).sum())


def _shown(matrix: Matrix, said: Matrix | None, most_rows: int, most_columns: int) -> Shown:
    sizes = abs(matrix.values)
    by_row = np.asarray(sizes.sum(axis=1), np.float64).reshape(-1)
    by_column = np.asarray(sizes.sum(axis=0), np.float64).reshape(-1)
    if matrix.mode == "onemode":
        rows = columns = _heaviest(by_row, min(most_rows, most_columns))
    else:
        rows, columns = _heaviest(by_row, most_rows), _heaviest(by_column, most_columns)
    values = matrix.values[rows][:, columns].toarray()
    row_order = _alike(values)
    column_order = row_order if matrix.mode == "onemode" else _alike(values.T)
    rows, columns = rows[row_order], columns[column_order]
    values = values[row_order][:, column_order]
    names = tuple(matrix.rows[row] for row in rows), tuple(matrix.columns[column] for column in columns)
    filled = values != 0
    if said is not None:
        at_row = {name: place for place, name in enumerate(said.rows)}
        at_column = {name: place for place, name in enumerate(said.columns)}
        all_ = said.values.toarray() != 0
        filled = np.array(
            [[bool(all_[at_row[row], at_column[column]]) for column in names[1]] for row in names[0]],
            np.bool_,
        ).reshape(values.shape)
    return Shown(names[0], names[1], values, filled)


def _heaviest(sums: NDArray[np.float64], most: int) -> NDArray[np.intp]:
    order = np.lexsort((np.arange(len(sums)), -np.round(sums, 9)))
    return np.sort(order[: min(most, int((sums > 0).sum()))])


def _alike(values: NDArray[np.float64]) -> NDArray[np.intp]:
    """An order in which rows that are alike are beside each other."""
    if len(values) < 3:
        return np.arange(len(values))
    distances = np.round(pdist(np.sign(values) * np.sqrt(np.abs(values))), 9)
    tree = optimal_leaf_ordering(linkage(distances, "average"), distances)
    return np.asarray(leaves_list(tree), np.intp)


def _draw(page: Sheet, shown: Shown, label: float) -> None:
    count = len(shown.rows), len(shown.columns)
    if not all(count):
        page.write(0, page.height / 2, "Nothing to draw.", size=TEXT)
        return
    longest = max(width(name, TEXT) for name in shown.rows) / POINTS
    left = min(label, longest) + 0.1
    upright = count[1] > 30
    longest_column = max(width(name, TEXT) for name in shown.columns) / POINTS
    tall = min(page.height * 0.34, 2.3, longest_column * (1 if upright else _SLOPE) + 0.15)
    right = 0.1 if upright else tall * 0.9
    cell = (page.width - left - right) / count[1], (page.height - tall - _LEGEND) / count[0]
    cell = min(cell[0], 0.8, max(cell[1] * 3, _COLUMN)), min(cell[1], 0.34)
    body = cell[0] * count[1], cell[1] * count[0]
    axes = page.axes(
        left=left,
        right=page.width - left - body[0],
        top=tall,
        bottom=page.height - tall - body[1],
    )
    axes.set_xlim(0, count[1])
    axes.set_ylim(count[0], 0)
    bare(axes)
    axes.set_xticks([])
    axes.set_yticks([])
    signed = bool((shown.values < 0).any())
    largest = float(np.abs(shown.values).max()) or 1.0
    colours = _colours(signed)
    for row in range(count[0]):
        for column in range(count[1]):
            if shown.said[row, column]:
                value = float(shown.values[row, column])
                level = 0.5 + 0.5 * _stretched(value / largest) if signed else _stretched(value / largest)
                axes.add_patch(
                    Rectangle((column, row), 1, 1, facecolor=colours(level), edgecolor=PAPER, linewidth=0.6)
                )
                _write_value(page, axes, (column, row), value, cell, level, signed)
    for row in range(count[0] + 1):
        axes.axhline(row, color=FAINT, linewidth=0.35, zorder=0)
    for column in range(count[1] + 1):
        axes.axvline(column, color=FAINT, linewidth=0.35, zorder=0)
    points = min(TEXT, cell[1] * POINTS * 0.82)
    for row, name in enumerate(all_shortened(shown.rows, points, (left - 0.08) * POINTS)):
        axes.annotate(
            name, (0, row + 0.5), (-3, 0), textcoords="offset points", ha="right", va="center", size=points
        )
    points = min(TEXT, cell[0] * POINTS * 0.82 / (1 if upright else _SLOPE))
    most = (tall - 0.12) * POINTS / (1 if upright else _SLOPE)
    for column, name in enumerate(all_shortened(shown.columns, points, most)):
        axes.annotate(
            name,
            (column + 0.5, 0),
            (0, 3),
            textcoords="offset points",
            ha="center" if upright else "left",
            va="bottom",
            rotation=90 if upright else 45,
            rotation_mode="default" if upright else "anchor",
            size=points,
        )
    _legend(page, left, page.height - tall - body[1] - _LEGEND, signed, largest)


def _stretched(share: float) -> float:
    """Small weights are still seen: the square root, with its sign."""
    return float(np.sign(share) * np.sqrt(abs(share)))


def _colours(signed: bool) -> LinearSegmentedColormap:
    if signed:
        parts = [marks()[OPPOSITION].colour, MIDDLE, marks()[FAVOUR].colour]
    else:
        parts = ["#EEF3F8", GROUPS[0], "#00344F"]
    return LinearSegmentedColormap.from_list("weights", parts)


def number(value: float) -> str:
    """A weight in few characters, with a real minus."""
    text = f"{value:.0f}" if abs(value) >= 10 or value == round(value) else f"{value:.2g}"
    return text.replace("-", "−")


def _write_value(
    page: Sheet,
    axes: object,
    corner: tuple[int, int],
    value: float,
    cell: tuple[float, float],
    level: float,
    signed: bool,
) -> None:
    text = ("+" if signed and value > 0 else "") + number(value)
    points = min(SMALL, cell[1] * POINTS * 0.72)
    if points < 3.5 or width(text, points) > cell[0] * POINTS * 0.92:
        text = ("−" if value < 0 else "") if signed else ""
        points = min(points, cell[0] * POINTS)
    if text:
        dark = abs(level - 0.5) > 0.28 if signed else level > 0.45
        axes.text(  # type: ignore[attr-defined]
            corner[0] + 0.5,
            corner[1] + 0.52,
            text,
            ha="center",
            va="center_baseline",
            size=points,
            color=PAPER if dark else INK,
        )


def _legend(page: Sheet, left: float, bottom: float, signed: bool, largest: float) -> None:
    """A strip of the colours with its ends."""
    wide, high = 1.5, 0.09
    axes = page.axes(
        left=left,
        right=page.width - left - wide,
        top=page.height - bottom - 0.24,
        bottom=bottom + 0.24 - high,
    )
    colours = _colours(signed)
    steps = 60
    for step in range(steps):
        share = (step + 0.5) / steps
        level = 0.5 + 0.5 * _stretched(2 * share - 1) if signed else _stretched(share)
        axes.add_patch(Rectangle((step / steps, 0), 1.02 / steps, 1, facecolor=colours(level), linewidth=0))
    axes.set_xlim(0, 1)
    axes.set_ylim(0, 1)
    bare(axes)
    axes.set_xticks([])
    axes.set_yticks([])
    ends = (
        (f"opposition {number(-largest)}", f"favour +{number(largest)}") if signed else ("0", number(largest))
    )
    for place, text, side in ((0, ends[0], "left"), (1, ends[1], "right")):
        axes.annotate(text, (place, 0), (0, -3), textcoords="offset points", ha=side, va="top", size=SMALL)
