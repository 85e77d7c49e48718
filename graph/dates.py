"""Dates in EDTF as typed RDF literals: one of the date's own precision, or the two ends of a span."""

from __future__ import annotations

from typing import Final

from pyoxigraph import Literal

from alliancegraph.extract.edtf import bounds, parts
from alliancegraph.graph.quads import text
from alliancegraph.ontology.terms import XSD

_OPEN: Final = frozenset({"", ".."})


def date_literal(date: str) -> Literal:
    """`2008`, `2008-03` or `2008-03-14` as year, month or day; anything else as a string."""
    point = parts(date)
    if point is None or point[1] > 12:
        return text(date)
    year, month, day = point
    if day:
        return text(f"{year:04}-{month:02}-{day:02}", XSD.date)
    return text(f"{year:04}-{month:02}", XSD.gYearMonth) if month else text(f"{year:04}", XSD.gYear)


def time_stamps(date: str) -> tuple[Literal | None, Literal | None]:
    """When a time began and ended, as exact as the date; None for an end that is open or not a date.

    A point in time is both. A season begins and ends with a month, a decade or century with a year.
    """
    first, slash, last = date.partition("/")
    return _end(first, 0), _end(last if slash else first, 1)


def _end(date: str, side: int) -> Literal | None:
    limits = None if date in _OPEN else bounds(date)
    if limits is None:
        return None
    day = limits[side].isoformat()
    if "X" in date:
        return date_literal(day[:4])
    point = parts(date)
    return date_literal(day[:7] if point and point[1] > 12 else date)
