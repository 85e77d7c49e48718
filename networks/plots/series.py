"""Polarisation over time, with its two parts and the number of statements behind each value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from numpy.typing import NDArray

from alliancegraph.networks.plots.palette import FAINT, GROUPS, INK, SOFT
from alliancegraph.networks.plots.sheet import POINTS, SMALL, TEXT, bare, settings, sheet
from alliancegraph.networks.plots.size import Size
from alliancegraph.networks.plots.words import width

_USUAL: Final = (7.0, 4.0)
_LOWER: Final = 0.26
_FEW: Final = 40
_DAYS: Final = 400.0  # around a single value


@dataclass(frozen=True, slots=True)
class Point:
    """One slice of time: its middle, the values by name (none where it has no statements), how many statements it has, and
    the interval of the index."""

    date: np.datetime64
    values: dict[str, float]
    statements: int
    interval: tuple[float, float] | None = None


LINES: Final[dict[str, tuple[str, Any, float, str]]] = {
    "polarisation": (INK, "solid", 1.8, "o"),
    "alignment": (GROUPS[0], (0, (4, 1.5)), 1.1, "s"),
    "antagonism": (GROUPS[5], (0, (1, 1.2)), 1.3, "^"),
}
"""Colour, line style, width and marker of each line."""


@settings()
def polarisation_series(
    points: Sequence[Point],
    title: str,
    *,
    shown: str = "",
    notes: Sequence[str] = (),
    size: Size | None = None,
) -> Figure:
    """Lines of the index, of alignment and of antagonism from 0 to 1, over bars of the numbers of statements.

    Lines break where a slice has no statements; a pale band is the interval of the index, where there is one.
    """
    made = size.enlarged(*_USUAL) if size else Size.of_inches(*_USUAL)
    page = sheet(made, title, shown, notes)
    if not any(point.values for point in points):
        page.write(0, page.height / 2, "Nothing to draw.", size=TEXT)
        return page.figure
    right = max(width(name, TEXT) for name in LINES) / POINTS + 0.16
    lower = page.height * _LOWER
    high = page.height - lower - 0.36
    upper_axes = page.axes(left=0.38, right=right, top=0.08, bottom=lower + 0.28)
    lower_axes = page.axes(left=0.38, right=right, top=page.height - lower, bottom=0.32)
    dates = day_numbers([point.date for point in points])
    _lines(upper_axes, dates, points, high)
    _counts(lower_axes, dates, points)
    span = max(float(dates[-1] - dates[0]), _DAYS)
    for axes in (upper_axes, lower_axes):
        axes.set_xlim(dates[0] - span * 0.02, dates[-1] + span * 0.02)
    dated(lower_axes)
    upper_axes.set_xticks(lower_axes.get_xticks(), [])
    upper_axes.set_xlim(*lower_axes.get_xlim())
    return page.figure


def day_numbers(dates: Sequence[np.datetime64]) -> NDArray[np.float64]:
    """Dates as the numbers of days that the axis counts in."""
    return np.asarray(date2num(list(dates)), np.float64)  # type: ignore[no-untyped-call]


def dated(axes: Axes) -> None:
    """A time axis with few labels, each as short as it can be."""
    locator = AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    axes.xaxis.get_offset_text().set(size=SMALL, color=SOFT)
    axes.tick_params(axis="x", labelsize=SMALL, pad=5)


def _lines(axes: Axes, dates: Any, points: Sequence[Point], high: float) -> None:
    few = len(points) <= _FEW
    ends = {}
    _band(axes, dates, points)
    for name, (colour, style, line, marker) in LINES.items():
        values = [point.values.get(name, np.nan) for point in points]
        axes.plot(
            dates,
            values,
            color=colour,
            linestyle=style,
            linewidth=line,
            marker=marker,
            markersize=3.2,
            markevery=[at for at, value in enumerate(values) if few or _single(values, at)],
            clip_on=False,
            zorder=4 if name == "polarisation" else 3,
        )
        ends[name] = next((value for value in reversed(values) if not np.isnan(value)), 0.0)
    axes.set_ylim(0, 1)
    axes.set_yticks([0, 0.25, 0.5, 0.75, 1], ["0", ".25", ".5", ".75", "1"], size=SMALL)
    bare(axes, grid="y")
    _name_ends(axes, ends, high)


def _single(values: Sequence[float], at: int) -> bool:
    """Whether there is nothing on either side of a value that a line could lead to."""
    around = (*values[max(at - 1, 0) : at], *values[at + 1 : at + 2])
    return all(bool(np.isnan(value)) for value in around)


def _band(axes: Axes, dates: Any, points: Sequence[Point]) -> None:
    """The interval of the index, where samples were drawn."""
    ends = np.array([point.interval or (np.nan, np.nan) for point in points], np.float64)
    if not np.isnan(ends).all():
        axes.fill_between(dates, ends[:, 0], ends[:, 1], color=FAINT, linewidth=0, zorder=1, gid="interval")


def _name_ends(axes: Axes, ends: dict[str, float], high: float) -> None:
    """The names of the lines at their right ends, moved apart where they would touch."""
    step = TEXT * 1.25 / POINTS / high
    order = sorted(ends, key=lambda name: (ends[name], name))
    places: list[float] = []
    for name in order:
        places.append(max(ends[name], places[-1] + step if places else 0.0))
    over = max(places[-1] - 1.0, 0.0)
    places = [place - over for place in places]
    for index in range(len(places) - 2, -1, -1):
        places[index] = min(places[index], places[index + 1] - step)
    for name, place in zip(order, places, strict=True):
        axes.annotate(
            name,
            (1, place),
            (4, 0),
            xycoords="axes fraction",
            textcoords="offset points",
            va="center",
            size=TEXT,
            color=LINES[name][0],
            weight="bold" if name == "polarisation" else "normal",
            annotation_clip=False,
        )


def _counts(axes: Axes, dates: Any, points: Sequence[Point]) -> None:
    gap = float(np.min(np.diff(dates))) if len(dates) > 1 else 1.0
    axes.bar(
        dates,
        [point.statements for point in points],
        width=gap * 0.7,
        color=FAINT,
        edgecolor=SOFT,
        linewidth=0.4,
    )
    bare(axes)
    most = max(point.statements for point in points)
    axes.set_ylim(0, max(most, 1))
    axes.set_yticks([0, most], ["0", str(most)], size=SMALL)
    axes.annotate(
        "statements",
        (0, 1),
        (2, 2),
        xycoords="axes fraction",
        textcoords="offset points",
        size=SMALL,
        color=SOFT,
        va="bottom",
    )
