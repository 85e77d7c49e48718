"""A network as a table of colours: who takes which side on what, with those who are alike beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import pdist

from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.plots.palette import FAINT, GROUPS, INK, MARKS, MIDDLE, PAPER
from alliancegraph.networks.plots.sheet import POINTS, SMALL, TEXT, Sheet, bare, settings, sheet
from alliancegraph.networks.plots.size import Size
from alliancegraph.networks.plots.words import all_shortened, plural, width, wrapped
from alliancegraph.networks.stances import FAVOUR, OPPOSITION

_ROW: Final = 0.19
_COLUMN: Final = 0.34
_LEAST_CELL: Final = 0.125
_MOST_LABEL: Final = 3.2
_LEAST_TEXT: Final = 4.2
_WIDE: Final = 1.0
_FEW: Final = 8
_LINES: Final = 5
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
    what = plural(_tied(matrix, 1), matrix.variable1)
    what += "" if one_mode else f" × {plural(_tied(matrix, 0), matrix.variable2)}"
    page = sheet(made, title, what, [*cut, *notes])
    _draw(page, shown, label)
    return page.figure


def _usual(matrix: Matrix) -> Size:
    rows, columns = _tied(matrix, 1), _tied(matrix, 0)
    label = min(max((width(name, TEXT) for name in matrix.rows), default=0.0) / POINTS + 0.3, _MOST_LABEL)
    column = _WIDE if columns <= _FEW else _COLUMN
    side = 0.3 if columns <= _FEW else 1.6
    return Size.of_inches(
        min(max(label + side + columns * column, 5.0), 10.0), min(max(2.6 + rows * _ROW, 3.4), 12.0)
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
    heads = _heads(page, shown.columns, page.width - left)
    room = (page.width - left - heads.aside) / count[1], (page.height - heads.tall - _LEGEND) / count[0]
    cell = min(room[0], 1.3 if heads.kind == "flat" else max(3 * room[1], _COLUMN)), min(room[1], 0.34)
    body = cell[0] * count[1], cell[1] * count[0]
    below = page.height - heads.tall - body[1]
    axes = page.axes(left=left, right=page.width - left - body[0], top=heads.tall, bottom=below)
    _cells(axes, shown, cell)
    points = min(TEXT, cell[1] * POINTS * 0.82)
    for row, name in enumerate(all_shortened(shown.rows, points, (left - 0.08) * POINTS)):
        axes.annotate(
            name, (0, row + 0.5), (-3, 0), textcoords="offset points", ha="right", va="center", size=points
        )
    _write_heads(axes, shown.columns, heads, cell[0])
    _legend(page, left, below - _LEGEND, shown)


@dataclass(frozen=True, slots=True)
class _Heads:
    """How column names are written: `flat` in lines, `sloping` or `upright`, how high, and what they need at the right."""

    kind: str
    tall: float
    aside: float


def _heads(page: Sheet, names: Sequence[str], room: float) -> _Heads:
    if room / len(names) >= _WIDE * 0.85:
        lines = max(
            len(wrapped(name, TEXT, min(room / len(names), 1.3) * POINTS - 6, _LINES)) for name in names
        )
        return _Heads("flat", lines * TEXT * 1.25 / POINTS + 0.12, 0.02)
    longest = max(width(name, TEXT) for name in names) / POINTS
    upright = len(names) > 30
    tall = min(page.height * 0.34, 2.4, longest * (1 if upright else _SLOPE) + 0.15)
    return _Heads("upright" if upright else "sloping", tall, 0.02 if upright else tall * 0.9)


def _write_heads(axes: Axes, names: Sequence[str], heads: _Heads, wide: float) -> None:
    if heads.kind == "flat":
        for column, name in enumerate(names):
            text = "\n".join(wrapped(name, TEXT, wide * POINTS - 6, _LINES))
            axes.annotate(
                text,
                (column + 0.5, 0),
                (0, 4),
                textcoords="offset points",
                ha="center",
                va="bottom",
                size=TEXT,
            )
        return
    slope = _SLOPE if heads.kind == "sloping" else 1.0
    points = min(TEXT, wide * POINTS * 0.82 / slope)
    for column, name in enumerate(all_shortened(names, points, (heads.tall - 0.12) * POINTS / slope)):
        axes.annotate(
            name,
            (column + 0.5, 0),
            (0, 3),
            textcoords="offset points",
            ha="left" if heads.kind == "sloping" else "center",
            va="bottom",
            rotation=45 if heads.kind == "sloping" else 90,
            rotation_mode="anchor" if heads.kind == "sloping" else "default",
            size=points,
        )


def _cells(axes: Axes, shown: Shown, cell: tuple[float, float]) -> None:
    count = len(shown.rows), len(shown.columns)
    signed = bool((shown.values < 0).any())
    largest = float(np.abs(shown.values).max()) or 1.0
    levels = np.sign(shown.values) * np.sqrt(np.abs(shown.values) / largest)
    axes.pcolormesh(
        np.ma.masked_array(levels, ~shown.said),
        cmap=_colours(signed),
        vmin=-1.0 if signed else 0.0,
        vmax=1.0,
        edgecolors=PAPER,
        linewidth=0.6,
        zorder=2,
    )
    bare(axes)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_xlim(0, count[1])
    axes.set_ylim(count[0], 0)
    axes.hlines(range(count[0] + 1), 0, count[1], color=FAINT, linewidth=0.4, zorder=1, clip_on=False)
    axes.vlines(range(count[1] + 1), 0, count[0], color=FAINT, linewidth=0.4, zorder=1, clip_on=False)
    texts = numbers(shown.values, signed)
    widest = max(width(text, 1.0) for row in texts for text in row)
    points = min(SMALL, cell[1] * POINTS * 0.72, cell[0] * POINTS * 0.92 / widest)
    for row, column in zip(*np.nonzero(shown.said), strict=True):
        value, level = shown.values[row, column], levels[row, column]
        text = texts[row][column] if points >= _LEAST_TEXT else "−" if value < 0 else ""
        if text:
            axes.text(
                column + 0.5,
                row + 0.52,
                text,
                ha="center",
                va="center_baseline",
                size=points if points >= _LEAST_TEXT else min(SMALL, cell[1] * POINTS * 0.72),
                color=PAPER if abs(level) > (0.56 if signed else 0.5) else INK,
                zorder=3,
            )


def _colours(signed: bool) -> LinearSegmentedColormap:
    if signed:
        parts = [MARKS[OPPOSITION].colour, MIDDLE, MARKS[FAVOUR].colour]
    else:
        parts = ["#EEF3F8", GROUPS[0], "#00344F"]
    return LinearSegmentedColormap.from_list("weights", parts)


def numbers(values: NDArray[np.float64], signed: bool) -> list[list[str]]:
    """Weights in few characters, all with the same number of decimals, with a real minus, and a plus where signs matter."""
    whole = bool((values == np.rint(values)).all())
    places = (
        0 if whole or float(np.abs(values).max()) >= 100 else 1 if float(np.abs(values).max()) >= 1 else 2
    )
    return [[_number(float(value), places, signed) for value in row] for row in values]


def _number(value: float, places: int, signed: bool) -> str:
    text = f"{abs(value):.{places}f}"
    if places == 2:
        text = text.removeprefix("0") if text != "0.00" else "0"
    if value == 0:
        return "0"
    return ("−" if value < 0 else "+" if signed else "") + text


def _legend(page: Sheet, left: float, bottom: float, shown: Shown) -> None:
    """A strip of the colours with its ends."""
    wide, high = 1.5, 0.09
    signed = bool((shown.values < 0).any())
    largest = float(np.abs(shown.values).max()) or 1.0
    right, top = page.width - left - wide, page.height - bottom - 0.24
    axes = page.axes(left=left, right=right, top=top, bottom=bottom + 0.24 - high)
    shares = np.linspace(-1.0 if signed else 0.0, 1.0, 81)
    middle = (shares[1:] + shares[:-1]) / 2
    axes.pcolormesh(
        shares,
        [0.0, 1.0],
        (np.sign(middle) * np.sqrt(np.abs(middle)))[None, :],
        cmap=_colours(signed),
        vmin=-1.0 if signed else 0.0,
        vmax=1.0,
    )
    bare(axes)
    axes.set_xticks([])
    axes.set_yticks([])
    most = numbers(np.array([[largest]]), signed)[0][0]
    ends = (f"opposition {most.replace('+', '−')}", f"favour {most}") if signed else ("0", most)
    for place, text, side in ((shares[0], ends[0], "left"), (1.0, ends[1], "right")):
        axes.annotate(text, (place, 0), (0, -3), textcoords="offset points", ha=side, va="top", size=SMALL)
