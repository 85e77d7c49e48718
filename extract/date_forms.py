"""What the forms of dates share: pattern parts, and how a match becomes a date phrase."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from alliancegraph.extract.date_model import ABSOLUTE, YEARLESS, DatePhrase
from alliancegraph.extract.date_words import alternatives, table
from alliancegraph.extract.edtf import edtf, interval

CASED: Final = frozenset({"month", "weekday"})
NUMBER: Final = "0"
_FIRST_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_TABLE: Final = re.compile(r"(?<!\?P)<([a-z-]+)>")
_PARTS: Final = {
    "SPACE": r"[\s\u00a0]{1,4}",
    "DASH": r"[-\u2010-\u2014]",
    "YEAR": r"(?P<year>1\d{3}|2[01]\d\d)",
    "DAY": r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?",
    "LAST": r"(?P<last>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?",
    "OPEN": r"(?<![\w$€£¥#./,+'-])",
    "CLOSE": r"(?!\w|[.,/:]\d|%)",
    "OFYEAR": (
        r"(?:(?:,?SPACE(?:ofSPACE)?|,)YEARCLOSE"
        r"|,?SPACE(?:ofSPACE)?(?:theSPACE)?(?P<of><direction>|<sequel>)SPACEyear(?!\w))"
    ),
}


@dataclass(frozen=True, slots=True)
class Atom:
    """A date phrase, and whether it is one by itself (`firm`) or only beside another or after a preposition."""

    phrase: DatePhrase
    firm: bool = True


@dataclass(frozen=True, slots=True)
class Form:
    """One form of dates: a pattern, and the function that reads its matches.

    In the pattern `<month>` stands for the words of a table, and capitals such as `YEAR` for the parts above. `begins`
    names what it may begin with, so that it is tried there only: words, `<month>` for those of a table, `0` for a number.
    """

    pattern: str
    read: Callable[[re.Match[str]], Atom | None]
    begins: str

    def compiled(self) -> re.Pattern[str]:
        """The regular expression, its tables and parts filled in."""
        pattern = self.pattern
        for name in reversed(_PARTS):
            pattern = pattern.replace(name, _PARTS[name])
        return re.compile(_TABLE.sub(_words, pattern))

    def first_words(self) -> frozenset[str]:
        """What a match may begin with, in the form of `first_words`."""
        kinds = self.begins.split()
        tables = [table(kind[1:-1]) for kind in kinds if kind.startswith("<")]
        phrases = [kind for kind in kinds if not kind.startswith("<")] + [
            word for words in tables for word in words
        ]
        return frozenset(next(iter(first_words(phrase))) for phrase in phrases)


def first_words(text: str) -> dict[str, list[int]]:
    """Where each word of a text begins; all numbers are `0`."""
    places: dict[str, list[int]] = {}
    for match in _FIRST_WORD.finditer(text):
        word = match.group()
        places.setdefault(NUMBER if word[0].isdecimal() else word.lower(), []).append(match.start())
    return places


def _words(match: re.Match[str]) -> str:
    return f"(?{'' if match[1] in CASED else 'i'}:{alternatives(match[1])})"


def folded(words: str) -> str:
    """Words as the tables have them: lower case, single spaces."""
    return " ".join(words.lower().split())


def pointer(word: str) -> tuple[int, str]:
    """Which way a word such as `last` or `following` points, and from what base."""
    direction = table("direction").get(word.lower())
    return (direction, "anchor") if direction is not None else (table("sequel")[word.lower()], "previous")


def absolute(match: re.Match[str], date: str | None, *, firm: bool = True) -> Atom | None:
    """An absolute date, or nothing where there is no such date."""
    if date is None:
        return None
    return Atom(DatePhrase(match.start(), match.end(), match.group(), ABSOLUTE, edtf=date), firm)


def tail(month: int, day: str | int = 0) -> str | None:
    """`-MM[-DD]`; None for a day that the month has in no year."""
    date = edtf(2000, month, int(day))
    return date[4:] if date else None


def dated(match: re.Match[str], first: str | None, last: str | None, *, firm: bool = True) -> Atom | None:
    """A date from its part without a year, and the year, or pointer to a year, in the match's groups."""
    if first is None or last is None:
        return None
    groups = match.groupdict()
    if groups.get("year"):
        year = int(groups["year"])
        return absolute(match, interval(whole(year - (first > last), first), whole(year, last)))
    rest = first if first == last else f"{first}/{last}"
    unit, count, base, direction = 0, 0, "anchor", 0
    if groups.get("of"):
        unit, (count, base), firm = table("unit")["year"], pointer(groups["of"]), True
    if groups.get("direction"):
        direction, firm = table("direction")[groups["direction"].lower()], True
        unit = 0 if direction else table("unit")["year"]
    span = (match.start(), match.end(), match.group())
    phrase = DatePhrase(*span, YEARLESS, tail=rest, unit=unit, count=count, base=base, direction=direction)
    return Atom(phrase, firm)


def whole(year: int, rest: str) -> str | None:
    """The date of a year and `-MM[-DD]`, if that year has it."""
    month, _, day = rest[1:].partition("-")
    return edtf(year, int(month), int(day or 0))


def after_a_name(match: re.Match[str]) -> bool:
    """Whether a capitalised word stands right before that no date begins with: Prague Spring, Good Friday."""
    before = re.search(r"(?<!\w)(\w+)\s$", match.string[max(0, match.start() - 24) : match.start()])
    return bool(before and before[1][:1].isupper() and before[1].lower() not in table("opener"))
