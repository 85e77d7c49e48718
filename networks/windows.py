"""Time: windows of calendar units or of so many statements, moved forward over the range of the statements."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.dates import span
from alliancegraph.networks.kernels import kernel
from alliancegraph.networks.selection import check_dated
from alliancegraph.networks.statements import Statements
from alliancegraph.ontology.errors import EmptySelection, UsageError

UNITS: Final = ("seconds", "minutes", "hours", "days", "weeks", "months", "years", "statements")
_MONTHS: Final = {"months": 1, "years": 12}
_SECONDS: Final = {"seconds": 1, "minutes": 60, "hours": 3_600, "days": 86_400, "weeks": 604_800}
_LEAST: Final = {**_SECONDS, "months": 28 * 86_400, "years": 365 * 86_400}
_CODES: Final = {"seconds": "s", "minutes": "m", "hours": "h", "days": "D", "months": "M", "years": "Y"}
MOST: Final = 20_000
"""More windows than this are a mistake in the unit."""

Moment = np.datetime64


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, from its first second to before its end."""

    start: Moment
    end: Moment
    timed: bool = False
    """Whether its name tells times of day."""

    @property
    def middle(self) -> Moment:
        """The moment halfway."""
        return self.start + (self.end - self.start) // 2

    @property
    def name(self) -> str:
        """Its first and last day: `2005-01-01_2005-06-30`; with times the seconds: `2005-01-01T100000_2005-01-01T105959`."""
        ends = (self.start, self.end - 1)
        unit = "s" if self.timed else "D"
        return "_".join(str(end.astype(f"datetime64[{unit}]")).replace(":", "") for end in ends)


@dataclass(frozen=True, slots=True, eq=False)
class Slice:
    """A window by name, its statements, and how much each counts by a kernel (None: once)."""

    name: str
    window: Window
    statements: Statements
    kernel_values: NDArray[np.float64] | None

    def weights(self, mode: str) -> NDArray[np.float64] | None:
        """What a statement counts: K in a two-mode, √K in a one-mode network, so that a pair counts √(K₁ K₂), as in rDNA."""
        if self.kernel_values is None or mode == "twomode":
            return self.kernel_values
        return np.sqrt(self.kernel_values)


def slices(
    statements: Statements,
    size: int,
    unit: str,
    step: int = 1,
    kernel_name: str = "no",
    start: str | None = None,
    stop: str | None = None,
) -> Iterator[Slice]:
    """The slices of dated statements, each with the statements of a window of `size` units, moved by `step` units.

    The first window begins with `start`, or else with the second, minute, hour, day, Monday, month or year of the first
    statement; the last is the first one that reaches `stop` or the last statement. With a step as long as the window they do not overlap.
    Windows of so many `statements` are counted by date, those of one moment in their order. With a Gaussian kernel all
    statements count in every window. Raises `UsageError` for what does not go together or has no date.
    """
    check_windows(size, unit, step, kernel_name)
    check_dated(statements)
    if not len(statements):
        raise EmptySelection("there are no statements to slice")
    if unit == "statements":
        yield from _by_number(statements, size, step)
        return
    for window in _windows(statements, size, unit, step, start, stop):
        yield _slice(statements, window, kernel_name)


def check_windows(size: int, unit: str, step: int = 1, kernel_name: str = "no") -> None:
    """Raise `UsageError` for windows that cannot be, whatever the statements."""
    if size < 1 or step < 1:
        raise UsageError("a window and its step are at least 1 long")
    if unit not in UNITS:
        raise UsageError(f"windows are not measured in {unit}; choose one of {', '.join(UNITS)}")
    if unit == "statements" and kernel_name != "no":
        raise UsageError(
            "a kernel weighs by time, so windows of statements have none; choose seconds to years"
        )
    kernel(kernel_name, np.zeros(1))


def _slice(statements: Statements, window: Window, kernel_name: str) -> Slice:
    dates = statements.dates
    inside = (dates >= window.start) & (dates < window.end)
    if kernel_name == "no":
        return Slice(window.name, window, statements.take(inside), None)
    middle, width = window.middle.astype(np.int64), (window.end - window.start).astype(np.int64)
    if kernel_name == "gaussian":
        inside = np.ones(len(statements), bool)
    chosen = statements.take(inside)
    u = 2 * (chosen.dates.astype("datetime64[s]").astype(np.int64) - middle) / width
    return Slice(window.name, window, chosen, kernel(kernel_name, u))


def _by_number(statements: Statements, size: int, step: int) -> Iterator[Slice]:
    order = np.argsort(statements.dates, kind="stable")
    count = max(0, -(-(len(order) - size) // step)) + 1
    _check_count(count)
    for number in range(count):
        places = order[number * step : number * step + size]
        window = Window(statements.dates[places[0]], statements.dates[places[-1]] + np.timedelta64(1, "s"))
        yield Slice(f"{number + 1:0{len(str(count))}}_{window.name}", window, statements.take(places), None)


def _windows(
    statements: Statements, size: int, unit: str, step: int, start: str | None, stop: str | None
) -> Iterator[Window]:
    first, last = statements.dates.min(), statements.dates.max()
    begin = _floor(first, unit) if start is None else _given(start, 0)
    end = last if stop is None else _given(stop, 1)
    _check_count(int((end - begin).astype(np.int64) // (_LEAST[unit] * step)))
    timed = unit in ("seconds", "minutes", "hours")
    number = 0
    while True:
        window = Window(_moved(begin, number * step, unit), _moved(begin, number * step + size, unit), timed)
        yield window
        if window.end > end:
            return
        number += 1


def _check_count(count: int) -> None:
    if count > MOST:
        raise UsageError(f"these would be {count} windows; choose a longer unit, or a longer --step")


def _given(text: str, side: int) -> Moment:
    found = span(text)
    if found is None:
        raise UsageError(f"{text!r} is no date; give a year, a month or a day, such as 2008-03-14")
    return np.datetime64(found[side], "s")


def _floor(moment: Moment, unit: str) -> Moment:
    """The beginning of the second, minute, hour, day, week, month or year."""
    if unit == "weeks":
        day = int(moment.astype("datetime64[D]").astype(np.int64))
        return np.datetime64((day - (day + 3) % 7) * 86_400, "s")
    return np.datetime64(moment.astype(f"datetime64[{_CODES[unit]}]"), "s")


def _moved(moment: Moment, count: int, unit: str) -> Moment:
    """So many units later; a day that a month does not have is its last one."""
    if unit in _SECONDS:
        return moment + np.timedelta64(count * _SECONDS[unit], "s")
    month = moment.astype("datetime64[M]")
    later = month + np.timedelta64(count * _MONTHS[unit], "M")
    into = int((moment - month.astype("datetime64[s]")).astype(np.int64))
    days = int(((later + 1).astype("datetime64[D]") - later.astype("datetime64[D]")).astype(np.int64))
    second = min(into // 86_400, days - 1) * 86_400 + into % 86_400
    return np.datetime64(later, "s") + np.timedelta64(second, "s")
