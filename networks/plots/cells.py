"""The cells of a heatmap: their colours, the numbers in them, and the strip that tells what colours mean."""

from __future__ import annotations

from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from numpy.typing import NDArray

from alliancegraph.networks.plots.palette import FAINT, GROUPS, INK, MARKS, MIDDLE, PAPER
from alliancegraph.networks.plots.sheet import POINTS, SMALL, Sheet, bare
from alliancegraph.networks.plots.shown import Shown
from alliancegraph.networks.plots.words import width
from alliancegraph.networks.stances import FAVOUR, OPPOSITION

_LEAST_TEXT: Final = 4.2


def draw_cells(axes: Axes, shown: Shown, cell: tuple[float, float]) -> None:
    """The cells in which something is said, so wide and high in inches, with their numbers where these can be read."""
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


def strip(page: Sheet, left: float, bottom: float, shown: Shown) -> None:
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
