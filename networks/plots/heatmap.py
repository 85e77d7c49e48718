"""A network as a table of colours: who takes which side on what, with those who are alike beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.figure import Figure

from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.plots.cells import draw_cells, strip
from alliancegraph.networks.plots.heads import WIDE, heads_of, height, write_heads
from alliancegraph.networks.plots.sheet import POINTS, TEXT, Sheet, settings, sheet
from alliancegraph.networks.plots.shown import Shown, shown_of, tied
from alliancegraph.networks.plots.size import Size
from alliancegraph.networks.plots.words import all_shortened, plural, width

_WIDEST: Final = 10.0
_HIGHEST: Final = 12.0
_ROW: Final = 0.19
_COLUMN: Final = 0.34
_LEAST_CELL: Final = 0.125
_MOST_LABEL: Final = 3.2
_FEW: Final = 8
_LEGEND: Final = 0.42


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
    needed = _needed(matrix)
    made = (
        size.enlarged(*needed) if size else Size.of_inches(min(needed[0], _WIDEST), min(needed[1], _HIGHEST))
    )
    wide, high = made.inches
    label = min(_MOST_LABEL, wide * 0.32)
    most_rows = max(int((high - 2.0) / _LEAST_CELL), 3)
    most_columns = max(int((wide - label - 1.3) / _LEAST_CELL), 3)
    shown = shown_of(matrix, said, most_rows, most_columns)
    one_mode = matrix.mode == "onemode"
    cut = [
        f"{shown_} of {all_} {what} are drawn, those with the largest weights."
        for shown_, all_, what in (
            (len(shown.rows), tied(matrix, 1), "rows"),
            *([] if one_mode else [(len(shown.columns), tied(matrix, 0), "columns")]),
        )
        if shown_ < all_
    ]
    what = plural(tied(matrix, 1), matrix.variable1)
    what += "" if one_mode else f" × {plural(tied(matrix, 0), matrix.variable2)}"
    page = sheet(made, title, what, [*cut, *notes])
    _draw(page, shown, label)
    return page.figure


def _needed(matrix: Matrix) -> tuple[float, float]:
    """How wide and high all of the network is, in inches."""
    rows, columns = tied(matrix, 1), tied(matrix, 0)
    label = min(max((width(name, TEXT) for name in matrix.rows), default=0.0) / POINTS + 0.3, _MOST_LABEL)
    column = WIDE if columns <= _FEW else _COLUMN
    side = 0.3 if columns <= _FEW else 1.6
    head = 1.0 if columns <= _FEW else height(matrix.columns)
    return max(label + side + columns * column, 5.0), max(1.6 + head + rows * _ROW, 3.0)


def _draw(page: Sheet, shown: Shown, label: float) -> None:
    count = len(shown.rows), len(shown.columns)
    if not all(count):
        page.write(0, page.height / 2, "Nothing to draw.", size=TEXT)
        return
    longest = max(width(name, TEXT) for name in shown.rows) / POINTS
    left = min(label, longest) + 0.1
    heads = heads_of(page, shown.columns, page.width - left)
    room = (page.width - left - heads.aside) / count[1], (page.height - heads.tall - _LEGEND) / count[0]
    cell = min(room[0], 1.3 if heads.kind == "flat" else max(3 * room[1], _COLUMN)), min(room[1], 0.34)
    body = cell[0] * count[1], cell[1] * count[0]
    below = page.height - heads.tall - body[1]
    axes = page.axes(left=left, right=page.width - left - body[0], top=heads.tall, bottom=below)
    draw_cells(axes, shown, cell)
    points = min(TEXT, cell[1] * POINTS * 0.82)
    for row, name in enumerate(all_shortened(shown.rows, points, (left - 0.08) * POINTS)):
        axes.annotate(
            name, (0, row + 0.5), (-3, 0), textcoords="offset points", ha="right", va="center", size=points
        )
    write_heads(axes, shown.columns, heads, cell[0])
    strip(page, left, below - _LEGEND, shown)
