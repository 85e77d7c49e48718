"""Issues and the sides taken on them: opposition to the left and favour to the right of a common line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from alliancegraph.networks.plots.palette import INK, MARKS, PAPER, SOFT, Mark
from alliancegraph.networks.plots.sheet import POINTS, SMALL, TEXT, Sheet, bare, settings, sheet
from alliancegraph.networks.plots.size import Size
from alliancegraph.networks.plots.words import all_shortened, plural, width, wrapped
from alliancegraph.networks.salience import Salience
from alliancegraph.networks.stances import FAVOUR, NEITHER, OPPOSITION

_USUAL: Final = 7.0
_HIGHEST: Final = 10.0
_ROW: Final = 0.27
_LEAST_ROW: Final = 0.15
_LEGEND: Final = 0.3
_AXIS: Final = 0.34


@settings()
def stance_bars(
    issues: Sequence[Salience],
    title: str,
    *,
    variable: str = "issue",
    notes: Sequence[str] = (),
    size: Size | None = None,
) -> Figure:
    """Diverging bars of the statements on each issue, the most salient at the top; what takes no side is at the far right.

    Of more issues than there is room for, those with the most statements are drawn, and the picture says so.
    """
    high = max(1.6 + _ROW * len(issues), 2.4)
    made = size.enlarged(_USUAL, high) if size else Size.of_inches(_USUAL, min(high, _HIGHEST))
    room = max(int((made.inches[1] - 1.5) / _LEAST_ROW), 2)
    shown = issues[:room]
    cut = (
        [f"{len(shown)} of {len(issues)} are drawn, those with the most statements."]
        if len(shown) < len(issues)
        else []
    )
    total = sum(issue.statements for issue in issues)
    page = sheet(
        made, title, f"{plural(total, 'statement')} on {plural(len(issues), variable)}", [*cut, *notes]
    )
    _draw(page, shown)
    return page.figure


def _draw(page: Sheet, issues: Sequence[Salience]) -> None:
    if not issues:
        page.write(0, page.height / 2, "Nothing to draw.", size=TEXT)
        return
    row = min((page.height - _LEGEND - _AXIS) / len(issues), _ROW * 1.4)
    points = min(TEXT, row * POINTS * 0.75)
    longest = max(width(issue.issue, points) for issue in issues) / POINTS
    left = min(longest + 0.12, page.width * 0.45)
    body = row * len(issues)
    axes = page.axes(left=left, right=0.1, top=_LEGEND, bottom=page.height - _LEGEND - body)
    sides = ((OPPOSITION, [-i.opposition for i in issues], [0] * len(issues)),
             (FAVOUR, [i.favour for i in issues], [0] * len(issues)),
             (NEITHER, [i.neither for i in issues], [i.favour for i in issues]))  # fmt: skip
    for side, lengths, starts in sides:
        if any(lengths):
            _bars(axes, MARKS[side], lengths, starts)
    for place, issue in enumerate(issues):
        _count(axes, place, -issue.opposition, issue.opposition, points, "right")
        _count(axes, place, issue.favour + issue.neither, issue.favour, points, "left", issue.neither)
    axes.axvline(0, color=INK, linewidth=0.8)
    bare(axes, grid="x")
    against, for_ = max(i.opposition for i in issues), max(i.favour + i.neither for i in issues)
    label = width(str(max(against, for_)), points) + 8
    share = min(label / ((page.width - left - 0.1) * POINTS), 0.3)
    pad = (against + for_ or 1) * share / (1 - 2 * share)
    axes.set_xlim(-against - pad, for_ + pad)
    axes.set_ylim(len(issues) - 0.5, -0.5)
    lines = 2 if row * POINTS >= 2.3 * points else 1
    most_wide = (left - 0.1) * POINTS
    names = ["\n".join(wrapped(issue.issue, points, most_wide, lines)) for issue in issues]
    if lines == 1:
        names = all_shortened([issue.issue for issue in issues], points, most_wide)
    axes.set_yticks(range(len(issues)), names, size=points, linespacing=1.05)
    ticks = MaxNLocator(6, integer=True).tick_values(-against - pad, for_ + pad)
    inside = [tick for tick in ticks if -against - pad <= tick <= for_ + pad]
    axes.set_xticks(inside, [f"{abs(tick):.0f}" for tick in inside], size=SMALL)
    axes.set_xlabel("statements", size=SMALL, color=SOFT)
    _legend(page, left, issues)


def _bars(axes: Axes, mark: Mark, lengths: Sequence[float], starts: Sequence[float]) -> None:
    axes.barh(
        range(len(lengths)),
        lengths,
        left=starts,
        height=0.72,
        color=mark.colour,
        edgecolor=PAPER,
        hatch=mark.hatch,
        linewidth=0.5,
    )


def _count(
    axes: Axes, place: int, end: float, count: int, points: float, side: str, neither: int = 0
) -> None:
    if count or neither:
        text = f"{count}" + (f" + {neither}" if neither else "")
        axes.annotate(
            text,
            (end, place),
            (3 if side == "left" else -3, 0),
            textcoords="offset points",
            ha=side,
            va="center",
            size=points * 0.82,
            color=SOFT,
        )


def _legend(page: Sheet, left: float, issues: Sequence[Salience]) -> None:
    there = [OPPOSITION, FAVOUR, *([NEITHER] if any(issue.neither for issue in issues) else [])]
    handles = [
        Patch(
            facecolor=MARKS[side].colour,
            edgecolor=PAPER,
            hatch=MARKS[side].hatch,
            label=MARKS[side].word,
        )
        for side in there
    ]
    page.legend(handles, left)
