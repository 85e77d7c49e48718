"""Dates that a text gives for itself: datelines, publication lines and the formulas of declarations."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from alliancegraph.extract.passages import Passage, key
from alliancegraph.extract.words import reading_words

_DIGIT = re.compile(r"\d")
_ISO = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"\b(\d{1,2})([/.])(\d{1,2})\2(\d{4})\b")
_TIME = re.compile(
    r"\b\d{1,2}[:.h]\d{2}(?::\d{2})?\s*(?:[ap]\.?m\b\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?|T\d{2}:\d{2}\S*",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\b\d{1,3} (?=min)", re.IGNORECASE)
_STAMP = re.compile(r"\s*(\d{4})(?:([-/.]?)(\d{2})(?:\2(\d{2}))?)?(?!\d)")
_YEARS = range(1900, 2101)
_LONGEST = 160


@dataclass(frozen=True, slots=True)
class DatePhrase:
    """A date as written, `[start, end)` in its text, and its EDTF value."""

    start: int
    end: int
    value: str


@cache
def _named() -> re.Pattern[str]:
    months = "|".join(sorted((re.escape(name) for name, _ in reading_words().months), key=len, reverse=True))
    ordinal = r"\d{1,2}(?:st|nd|rd|th)?"
    return re.compile(
        rf"\b(?:(?P<day>{ordinal})(?: day)?(?: of)?[ -])?(?P<month>{months})\b\.?,?(?:[ -](?P<after>{ordinal}),?)?,?[ -](?P<year>\d{{4}})\b",
        re.IGNORECASE,
    )


def dates(text: str) -> Iterator[DatePhrase]:
    """The dates with a year in a short text, in order; an ambiguous 05/03/2009 counts as its year."""
    if not _DIGIT.search(text):
        return
    found = [*_iso_dates(text), *_named_dates(text), *_numeric_dates(text)]
    last = 0
    for phrase in sorted(found, key=lambda p: (p.start, -p.end)):
        if phrase.start >= last:
            last = phrase.end
            yield phrase


def _iso_dates(text: str) -> Iterator[DatePhrase]:
    for match in _ISO.finditer(text):
        if value := _value(match[1], match[2], match[3]):
            yield DatePhrase(match.start(), match.end(), value)


def _named_dates(text: str) -> Iterator[DatePhrase]:
    numbers = dict(reading_words().months)
    for match in _named().finditer(text):
        day = match["day"] or match["after"]
        month = str(numbers[match["month"].casefold()])
        if value := _value(match["year"], month, day.rstrip("stndrhSTNDRH") if day else None):
            yield DatePhrase(match.start(), match.end(), value)


def _numeric_dates(text: str) -> Iterator[DatePhrase]:
    for match in _NUMERIC.finditer(text):
        if readings := _readings(match):
            value = min(readings) if len(readings) == 1 else match[4]
            yield DatePhrase(match.start(), match.end(), value)


def _readings(match: re.Match[str]) -> frozenset[str]:
    """The dates that `05/03/2009` may stand for, day or month first; with dots the day is first."""
    orders = ((match[3], match[1]), (match[1], match[3]))[: 1 if match[2] == "." else 2]
    return frozenset(value for month, day in orders if (value := _value(match[4], month, day)))


def settled(value: str, line: str, text: str) -> str:
    """A date that a line leaves open between day and month, as the text's first fitting full date settles it."""
    readings = {v for match in _NUMERIC.finditer(line) for v in _readings(match)}
    if len(value) > 4 or not readings:
        return value
    return next((phrase.value for phrase in dates(text) if phrase.value in readings), value)


def _value(year: str, month: str, day: str | None) -> str | None:
    """EDTF of a date that exists, else None."""
    try:
        date = datetime.date(int(year), int(month), int(day) if day else 1)
    except ValueError:
        return None
    if date.year not in _YEARS:
        return None
    return date.isoformat() if day else date.isoformat()[:7]


def day_in(value: str) -> str | None:
    """The EDTF date at the start of a machine-readable time stamp (`2019-07-07T10:00:00+09:00`), or None."""
    match = _STAMP.match(value)
    if not match or int(match[1]) not in _YEARS:
        found = next(dates(value[:_LONGEST]), None)
        return found.value if found else None
    return _value(match[1], match[3], match[4]) if match[3] else match[1]


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a line about the date says: the date, whether it is an update's, and the words left over."""

    value: str
    updated: bool
    rest: str


def dateline(passage: Passage) -> Dateline | None:
    """The line's date, if the line is about the date and place of the text and little else."""
    text = passage.string
    if len(text) > _LONGEST or passage.kind == "footnote" or not (found := list(dates(text))):
        return None
    known = reading_words()
    rest = "".join(text[a:b] for a, b in _between(found, len(text)))
    rest = _COUNT.sub(" ", _TIME.sub(" ", rest))
    padded = f" {key(rest)} "
    updated = any(f" {word} " in padded for word in known.updated)
    published = any(f" {word} " in padded for word in known.published)
    for word in sorted({*known.updated, *known.published, *known.dateline_words}, key=len, reverse=True):
        padded = padded.replace(f" {word} ", "  ")
    left = [word for word in padded.split() if word not in known.weekdays]
    names = [word for word in re.findall(r"[^\W\d_][\w'’.-]*", rest) if key(word) in left]
    if len(left) > 5 or any(name[0].islower() for name in names):
        return None
    first = found[0].value if not (updated and published) else _published(text, found)
    return Dateline(first, updated and not published, " ".join(names))


def _between(found: list[DatePhrase], length: int) -> Iterator[tuple[int, int]]:
    last = 0
    for phrase in found:
        yield last, phrase.start
        last = phrase.end
    yield last, length


def _published(text: str, found: list[DatePhrase]) -> str:
    """The first date that does not follow a word of updating."""
    last = 0
    for phrase in found:
        if not any(f" {word} " in f" {key(text[last : phrase.start])} " for word in reading_words().updated):
            return phrase.value
        last = phrase.end
    return found[0].value


@dataclass(frozen=True, slots=True)
class LeadingDateline:
    """A dateline before a text's first sentence: its length, the agency and the date it names, where it does."""

    end: int
    agency: str | None
    value: str | None


_LEAD_END = re.compile(r"\s(?:—|–|--|-)\s+|(?<=\))\s*(?:—|–|--|-)?\s*|\s?—\s?")
_AGENCY = re.compile(r"\s*\(([^()]{2,40})\)$")
_DAY = re.compile(r",?\s*(?:on )?(?:\d{1,2}\.? )?([^\W\d_]{3,9})\.?(?: \d{1,2})?(?:,? \d{4})?$")
_LEAD = 90


def leading_dateline(text: str, whole: str) -> LeadingDateline | None:
    """The dateline that a paragraph opens with: `TOKYO, March 14 (Reuters) —`, `ATLANTA -`, `(CNN)`."""
    match = _LEAD_END.search(text, 0, _LEAD)
    if not match or match.end() >= len(text) or not match.start():
        return None
    known = reading_words()
    place = head = text[: match.start()]
    agency = _AGENCY.search(place)
    if agency:
        place = place[: agency.start()]
    named = agency[1] if agency else place
    if named in known.agencies and place in (named, ""):
        return LeadingDateline(match.end(), named, None)
    day = _DAY.search(place)
    if day and day[1].casefold() in dict(known.months) and any(c.isdigit() for c in day[0]):
        place = place[: day.start()]
    else:
        day = None
    if not _is_place(place, whole, bool(day) or (agency is not None and agency[1] in known.agencies)):
        return None
    found = next(dates(head), None)
    source = agency[1] if agency and agency[1] in known.agencies else None
    return LeadingDateline(match.end(), source, found.value if found else None)


def _is_place(place: str, whole: str, sure: bool) -> bool:
    """Whether words can be a dateline's place: in capitals and only there, or with an agency or day beside them."""
    words = re.findall(r"[^\W\d_]+", place)
    if not words or len(words) > 5 or not all(word[0].isupper() for word in words):
        return False
    if sure:
        return True
    return place.isupper() and max(map(len, words)) >= 4 and whole.count(place.split(",")[0]) == 1


_SELF_DATED = re.compile(
    r"\b(?:this|today|done (?:at|in) [^.\n]{2,60}?)[, ]{1,2}(?:on )?(?:the )?", re.IGNORECASE
)


def self_dated(text: str) -> str | None:
    """The date of a formula such as "on this 26th day of April, 2023", by which a declaration dates itself."""
    for match in _SELF_DATED.finditer(text):
        near = text[match.end() : match.end() + 40]
        found = next(dates(near), None)
        if found and found.start == 0 and len(found.value) == 10:
            return found.value
    return None
