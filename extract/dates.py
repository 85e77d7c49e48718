"""From date phrases to EDTF: absolute dates as they stand, relative ones counted from an anchor or a date before."""

from __future__ import annotations

from alliancegraph.extract.date_forms import whole
from alliancegraph.extract.date_model import ABSOLUTE, SHIFT, WEEKDAY, DatePhrase
from alliancegraph.extract.date_phrases import date_phrases
from alliancegraph.extract.date_words import table
from alliancegraph.extract.edtf import (
    bounds,
    decade_of,
    edtf,
    first_month,
    interval,
    parts,
    plus_days,
    plus_months,
    simplified,
    week_of,
)

HALF_A_YEAR = 6
"""A month without year that would lie further ahead than this is last year's."""


def resolve(
    phrase: DatePhrase, anchor: str | None, previous: str | None = None, *, future: bool = False
) -> str | None:
    """The date of a phrase as EDTF (levels 0 and 1), or None where it cannot be told.

    `anchor` is the document's date, `YYYY[-MM[-DD]]`; `previous` the EDTF date that was told last in the same
    passage; `future` says that the clause looks ahead ("will meet on Thursday").
    """
    if phrase.kind == ABSOLUTE:
        return phrase.edtf
    anchor_parts = parts(anchor)
    if phrase.kind == WEEKDAY:
        return _weekday(phrase, anchor_parts, future=future)
    base = anchor_parts if phrase.base == "anchor" else _last_point(previous)
    if phrase.kind == SHIFT:
        return _shift(phrase.unit, phrase.count, base)
    return _yearless(phrase, base or _last_point(previous), future=future)


def _last_point(date: str | None) -> tuple[int, int, int] | None:
    """Year, month and day of a date, or of the end of an interval; of a decade nothing."""
    if date is None:
        return None
    point = parts(date.rsplit("/", 1)[-1])
    return (point[0], point[1] if point[1] <= 12 else 0, point[2]) if point else None


def _weekday(phrase: DatePhrase, anchor: tuple[int, int, int] | None, *, future: bool) -> str | None:
    if anchor is None or not anchor[2]:
        return None
    limits = bounds(edtf(*anchor) or "")
    if limits is None:
        return None
    if phrase.unit:
        return plus_days(*anchor, 7 * phrase.count + phrase.weekday - limits[0].weekday())
    ago = (limits[0].weekday() - phrase.weekday) % 7
    if phrase.direction > 0 or (future and phrase.direction == 0):
        return plus_days(*anchor, 7 - ago)
    if phrase.direction < 0 and ago == 0:
        ago = 7
    return plus_days(*anchor, -ago)


def _shift(unit: int, count: int, base: tuple[int, int, int] | None) -> str | None:
    if base is None:
        return None
    year, month, day = base
    units = table("unit")
    if unit == units["decade"]:
        return decade_of(year + 10 * count)
    if unit == units["year"]:
        return edtf(year + count)
    if count == 0 and not (unit == units["month"] and day) and not (unit == units["week"] and day):
        return edtf(year, month, day)
    if unit == units["month"]:
        return plus_months(year, month, count) if month else None
    if not day:
        return None
    return week_of(year, month, day, count) if unit == units["week"] else plus_days(year, month, day, count)


def _yearless(phrase: DatePhrase, base: tuple[int, int, int] | None, *, future: bool) -> str | None:
    if base is None:
        return None
    first, _, last = phrase.tail.partition("/")
    year = _year_of(phrase, base, first_month(int(first[1:3])), future=future)
    if not last:
        return whole(year, first)
    return interval(whole(year, first), whole(year, last))


def _year_of(phrase: DatePhrase, base: tuple[int, int, int], month: int, *, future: bool) -> int:
    year, now, _ = base
    if phrase.unit:
        return year + phrase.count
    if not now:
        return year + phrase.direction
    if phrase.direction < 0:
        return year if month < now else year - 1
    if phrase.direction > 0 or future:
        return year if month > now or (future and month == now) else year + 1
    return year - 1 if month - now > HALF_A_YEAR else year


__all__ = ["DatePhrase", "bounds", "date_phrases", "resolve", "simplified"]
