"""A timeline of positions: a row for each actor or issue, a mark for each day and side, and the events that fell between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from alliancegraph.networks.happenings import Happening
from alliancegraph.networks.plots.palette import FAINT, MARKS, PAPER, SOFT
from alliancegraph.networks.plots.series import dated, day_numbers
from alliancegraph.networks.plots.sheet import POINTS, SMALL, TEXT, Sheet, bare, settings, sheet
from alliancegraph.networks.plots.size import Size
from alliancegraph.networks.plots.words import all_shortened, plural, shortened, width
from alliancegraph.networks.stances import FAVOUR, NEITHER, OPPOSITION, sides
from alliancegraph.networks.statements import Statements

_USUAL: Final = 8.0
_HIGHEST: Final = 11.0
_ROW: Final = 0.24
_LEAST_ROW: Final = 0.13
_LEGEND: Final = 0.28
_AXIS: Final = 0.4
_BAND: Final = 0.23
_NAME: Final = 190.0  # points
_EVENTS: Final = 12
_FEW: Final = 8
_WIDE: Final = 7.5
_SHIFT: Final = {FAVOUR: -0.2, OPPOSITION: 0.2, NEITHER: 0.0}


@settings()
def timeline(
    statements: Statements,
    variable: str,
    qualifier: str | None,
    title: str,
    *,
    events: Sequence[Happening] = (),
    notes: Sequence[str] = (),
    size: Size | None = None,
) -> Figure:
    """Marks for what is said by each value of a variable, by day; larger where a day has more statements.

    Where days would touch, a mark stands for several. Favour stands a little above the line of its row, opposition below.
    Of more rows than there is room for, those with the most statements are drawn, in the order of their first one. Events
    between the first and the last statement are numbered lines, named below; of more than a dozen, or eight in narrow pictures, the first are taken. The
    picture says what is left out.
    """
    column = statements.column(variable)
    used = ~np.isnat(statements.dates) & column.present
    counts = np.bincount(column.codes[used], minlength=len(column.names))
    there = int((counts > 0).sum())
    between = _between(events, statements.dates[used])
    marked = sorted(
        between[: _EVENTS if size is None or size.inches[0] >= _WIDE else _FEW],
        key=lambda event: (event.date, event.name),
    )
    band = _BAND if marked else 0.0
    high = max(1.8 + 2 * band + _ROW * there, 2.6)
    made = size.enlarged(_USUAL, high) if size else Size.of_inches(_USUAL, min(high, _HIGHEST))
    room = max(int((made.inches[1] - 1.6 - band) / _LEAST_ROW), 2)
    first = np.full(len(column.names), np.datetime64("9999-12-31", "s"))
    np.minimum.at(first, column.codes[used], statements.dates[used])
    chosen = sorted(range(len(counts)), key=lambda code: (-counts[code], column.names[code]))[
        : min(room, there)
    ]
    rows = sorted(chosen, key=lambda code: (first[code], column.names[code]))
    cut = [f"{len(rows)} of {there} are drawn, those with the most statements."] if len(rows) < there else []
    undated = int((np.isnat(statements.dates) & column.present).sum())
    cut += [f"{undated} statements without a date are left out."] if undated else []
    named = "; ".join(
        f"{number} {event.when} {shortened(event.name, SMALL, _NAME)}"
        for number, event in enumerate(marked, 1)
    )
    listed = [f"Events: {named}."] if marked else []
    if len(marked) < len(between):
        cut.append(f"{len(marked)} of {len(between)} events are drawn, those of which most is told.")
    shown = f"{plural(int(counts.sum()), 'statement')} of {plural(there, variable)}"
    page = sheet(made, title, shown, [*listed, *cut, *notes])
    if not rows:
        page.write(0, page.height / 2, "Nothing to draw.", size=TEXT)
        return page.figure
    _draw(page, statements, used, qualifier, (variable, rows), marked, band)
    return page.figure


def _between(events: Sequence[Happening], dates: NDArray[np.datetime64]) -> list[Happening]:
    """The events while anything was said."""
    if not len(dates):
        return []
    first, last = dates.min(), dates.max()
    return [event for event in events if first <= event.date <= last]


def _draw(
    page: Sheet,
    statements: Statements,
    used: NDArray[np.bool_],
    qualifier: str | None,
    chosen: tuple[str, list[int]],
    events: Sequence[Happening],
    band: float,
) -> None:
    column = statements.column(chosen[0])
    names = [column.names[code] for code in chosen[1]]
    row = min((page.height - _LEGEND - _AXIS - band) / len(names), _ROW * 1.5)
    points = min(TEXT, row * POINTS * 0.78)
    longest = max(width(name, points) for name in names) / POINTS
    left = min(longest + 0.12, page.width * 0.36)
    body = row * len(names)
    axes = page.axes(left=left, right=0.1, top=_LEGEND + band, bottom=page.height - _LEGEND - band - body)
    place = {code: number for number, code in enumerate(chosen[1])}
    side = sides(statements, qualifier)
    days = statements.dates.astype("datetime64[D]")
    largest = min(row * POINTS * 0.62, 7.0)
    every = [*days[used], *(event.date.astype("datetime64[D]") for event in events)]
    first, last = min(every), max(every)
    fitting = max((page.width - left - 0.1) * POINTS / (0.75 * largest), 1.0)
    step = max(1, int(np.ceil(int((last - first).astype(np.int64)) / fitting)))
    found = Counter(
        (place[int(column.codes[at])], int((days[at] - first).astype(np.int64)) // step, int(side[at]))
        for at in np.flatnonzero(used)
        if int(column.codes[at]) in place
    )
    most = max(found.values())
    axes.hlines(
        range(len(names)), 0, 1, transform=axes.get_yaxis_transform(), color=FAINT, linewidth=0.5, zorder=0
    )
    for value, mark in MARKS.items():
        spots = sorted((day, at, count) for (at, day, which), count in found.items() if which == value)
        if spots:
            axes.scatter(
                day_numbers([first])[0] + np.array([(day + 0.5) * step - 0.5 for day, _, _ in spots]),
                [at + _SHIFT[value] for _, at, _ in spots],
                s=[
                    (largest * (0.55 + 0.45 * np.sqrt((count - 1) / max(most - 1, 1)))) ** 2
                    for _, _, count in spots
                ],
                marker=mark.marker,
                facecolor=PAPER if value == NEITHER else mark.colour,
                edgecolor=mark.colour if value == NEITHER else PAPER,
                linewidth=0.8 if value == NEITHER else 0.4,
                zorder=3,
            )
    bare(axes)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_yticks(range(len(names)), all_shortened(names, points, (left - 0.1) * POINTS), size=points)
    dated(axes)
    ends = day_numbers([first, last])
    margin = max(float(ends[1] - ends[0]) * 0.02, 1.0)
    axes.set_xlim(ends[0] - margin, ends[1] + margin)
    if events:
        _events(axes, events, (page.width - left - 0.1) * POINTS)
    _legend(page, left, {which for _, _, which in found})


def _events(axes: Axes, events: Sequence[Happening], wide: float) -> None:
    """A numbered line down from each event, the numbers beside each other where lines are near; `wide` is in points."""
    days = day_numbers([event.date for event in events])
    left, right = axes.get_xlim()
    places = (days - left) / (right - left) * wide
    written = _apart(
        places.tolist(), [width(str(number), SMALL) + 2.5 for number in range(1, len(days) + 1)], wide
    )
    for number, (day, place, at) in enumerate(zip(days, places, written, strict=True), 1):
        axes.axvline(day, color=SOFT, linewidth=0.6, linestyle=(0, (2, 2)), zorder=1, gid=f"event-{number}")
        axes.annotate(
            str(number),
            (day, 1),
            (at - place, 7),
            xycoords=("data", "axes fraction"),
            textcoords="offset points",
            ha="center",
            va="bottom",
            size=SMALL,
            color=SOFT,
            arrowprops={"arrowstyle": "-", "color": SOFT, "linewidth": 0.4, "shrinkA": 0.5, "shrinkB": 0},
        )


def _apart(places: Sequence[float], widths: Sequence[float], most: float) -> list[float]:
    """Places in their order, moved as little as is needed for what is so wide not to touch, nor to reach beyond `most`."""
    groups: list[tuple[float, float, list[float]]] = []  # the middle, the width, and the widths in it
    for place, wide in zip(places, widths, strict=True):
        groups.append((place, wide, [wide]))
        while len(groups) > 1 and groups[-1][0] - groups[-2][0] < (groups[-1][1] + groups[-2][1]) / 2:
            later, earlier = groups.pop(), groups.pop()
            count = len(earlier[2]) + len(later[2])
            middle = (earlier[0] * len(earlier[2]) + later[0] * len(later[2])) / count
            groups.append((middle, earlier[1] + later[1], [*earlier[2], *later[2]]))
    found: list[float] = []
    for middle, total, inner in groups:
        at = middle - total / 2
        for wide in inner:
            found.append(at + wide / 2)
            at += wide
    end = most
    for place in range(len(found) - 1, -1, -1):
        found[place] = min(found[place], end - widths[place] / 2)
        end = found[place] - widths[place] / 2
    return found


def _legend(page: Sheet, left: float, there: set[int]) -> None:
    handles = [
        Line2D(
            [],
            [],
            linestyle="none",
            marker=mark.marker,
            markersize=5.5,
            markerfacecolor=PAPER if side == NEITHER else mark.colour,
            markeredgecolor=mark.colour,
            label=mark.word,
        )
        for side, mark in MARKS.items()
        if side in there
    ]
    page.legend(handles, left)
