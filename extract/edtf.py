"""Dates as EDTF strings (levels 0 and 1): made from numbers, shifted, and bounded by days."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

FIRST_YEAR: Final = 1000
LAST_YEAR: Final = 2199
_SEASON_MONTHS: Final = {21: 3, 22: 6, 23: 9, 24: 12}
"""First month of each EDTF season, as in the meteorology of the northern hemisphere."""
_POINT: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_UNSPECIFIED: Final = re.compile(r"(\d\d)(?:(\d)X|XX)")


def edtf(year: int, month: int = 0, day: int = 0) -> str | None:
    """`YYYY[-MM[-DD]]` (month 21 to 24 is a season), or None where the calendar has no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR or (day and not 1 <= month <= 12):
        return None
    if day:
        return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= monthrange(year, month)[1] else None
    if month:
        return f"{year:04}-{month:02}" if 1 <= month <= 12 or month in _SEASON_MONTHS else None
    return f"{year:04}"


def parts(text: str | None) -> tuple[int, int, int] | None:
    """Year, month and day (0 where not given) of `YYYY[-MM[-DD]]`; None for anything else."""
    match = _POINT.fullmatch(text or "")
    if match is None:
        return None
    year, month, day = (int(group or 0) for group in match.groups())
    return (year, month, day) if edtf(year, month, day) == text else None


def first_month(month: int) -> int:
    """The month itself, or the month in which a season begins."""
    return _SEASON_MONTHS.get(month, month)


def interval(first: str | None, last: str | None) -> str | None:
    """`first/last`; one date where both are the same; None where one is missing or they are out of order."""
    if first is None or last is None:
        return None
    if first == last:
        return first
    before, after = bounds(first), bounds(last)
    return f"{first}/{last}" if before and after and before[0] <= after[1] else None


def bounds(text: str) -> tuple[date, date] | None:
    """First and last day of an EDTF date or closed interval; None where an end is open or unknown."""
    if "/" in text:
        first, _, last = text.partition("/")
        ends = bounds(first), bounds(last)
        return (ends[0][0], ends[1][1]) if ends[0] and ends[1] else None
    unspecified = _UNSPECIFIED.fullmatch(text)
    if unspecified:
        low, span = (int(unspecified[1] + (unspecified[2] or "0") + "0"), 10 if unspecified[2] else 100)
        return date(low, 1, 1), date(low + span - 1, 12, 31)
    point = parts(text)
    return _bounds_of(*point) if point else None


def _bounds_of(year: int, month: int, day: int) -> tuple[date, date]:
    if day:
        return date(year, month, day), date(year, month, day)
    if not month:
        return date(year, 1, 1), date(year, 12, 31)
    if month <= 12:
        return date(year, month, 1), date(year, month, monthrange(year, month)[1])
    first = date(year, first_month(month), 1)
    last_year, last_month = divmod(year * 12 + first.month + 1, 12)
    return first, date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])


def containing(first: date, last: date) -> str | None:
    """The finest day, month or year that holds both days; None where they lie in two years."""
    if first.year != last.year:
        return None
    same_month = first.month == last.month
    day = first.day if first == last else 0
    return edtf(first.year, first.month if same_month else 0, day)


def plus_days(year: int, month: int, day: int, days: int) -> str | None:
    """The day so many days later (earlier if negative); None outside the years that are told."""
    try:
        moved = date(year, month, day) + timedelta(days=days)
    except (ValueError, OverflowError):
        return None
    return edtf(moved.year, moved.month, moved.day)


def week_of(year: int, month: int, day: int, weeks: int) -> str | None:
    """The finest unit that holds the week, Monday to Sunday, so many weeks later."""
    try:
        moved = date(year, month, day) + timedelta(weeks=weeks)
        monday = moved - timedelta(days=moved.weekday())
        return containing(monday, monday + timedelta(days=6))
    except (ValueError, OverflowError):
        return None


def plus_months(year: int, month: int, months: int) -> str | None:
    """The month so many months later."""
    index = year * 12 + month - 1 + months
    return edtf(index // 12, index % 12 + 1)


def decade_of(year: int) -> str | None:
    """The decade of a year, `199X`."""
    return f"{year // 10}X" if FIRST_YEAR <= year <= LAST_YEAR else None


def simplified(text: str | None) -> str | None:
    """The date in plain forms only: `YYYY[-MM[-DD]]`, or a closed interval of two such.

    Seasons become years, decades and centuries intervals of years; an open interval keeps the end it has.
    """
    if text is None:
        return None
    if "/" in text:
        ends = [simplified(end) for end in text.split("/", 1) if end not in ("", "..")]
        return "/".join(end for end in ends if end) or None
    limits = bounds(text)
    if limits and "X" in text:
        return f"{limits[0].year}/{limits[1].year}"
    point = parts(text)
    return edtf(point[0]) if point and point[1] > 12 else text
