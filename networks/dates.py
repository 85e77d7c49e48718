"""Dates of statements and of ranges: texts as seconds, with the first and the last second that they mean."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from alliancegraph.extract.edtf import bounds

_EPOCH: Final = datetime(1970, 1, 1)
_DOTTED: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


@lru_cache(maxsize=65_536)
def span(text: str) -> tuple[int, int] | None:
    """The first and the last second since 1970 of a date, or None for what is no date.

    It may be a year, a month, a day or an interval (`2008`, `2008-03`, `2008-03-14`, `2008-03/2008-05`), a day with a time
    (`2008-03-14 12:30`, with `T` and an offset too), or a day as `14.03.2008`. Times without an offset are UTC.
    """
    text = text.strip()
    if dotted := _DOTTED.fullmatch(text):
        day, month, year = (int(part) for part in dotted.groups())
        text = f"{year:04}-{month:02}-{day:02}"
    days = bounds(text)
    if days is not None:
        return _seconds(days[0]), _seconds(days[1] + timedelta(days=1)) - 1
    if len(text) <= 10:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is not None:
        moment = moment.astimezone(UTC).replace(tzinfo=None)
    second = int((moment - _EPOCH).total_seconds())
    return second, second


def _seconds(day: date) -> int:
    return int((datetime.combine(day, time()) - _EPOCH).total_seconds())
