"""The date phrases of a text: the forms of dates, disambiguated by what stands before, between and after them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from alliancegraph.extract import date_forms_absolute, date_forms_relative
from alliancegraph.extract.date_forms import Atom, Form, first_words, whole
from alliancegraph.extract.date_model import ABSOLUTE, YEARLESS, DatePhrase
from alliancegraph.extract.date_words import alternatives, table
from alliancegraph.extract.edtf import first_month, interval

REACH: Final = 40
"""How many characters before a phrase are read for its preposition."""
_RANGE: Final = re.compile(r"\s{0,3}(?:[-\u2010-\u2014]|\b(?:to|until|till|through)\b)\s{0,3}")
_BETWEEN: Final = re.compile(r"\s{1,3}and\s{1,3}")
_LIST: Final = re.compile(r"\s{0,3}(?:,\s{0,3})?(?:\b(?:and|or)\b\s{1,3})?")
_PLURAL: Final = re.compile(r"\s[a-z]{3,}s\b")
_NOUN: Final = re.compile(r"\s[A-Za-z]")
_STOP: Final = re.compile(r"\s?(?:[,.;:)]|$)")
MODERN: Final = 1600
ROUND: Final = 2000


@cache
def _compiled() -> tuple[tuple[Form, re.Pattern[str], frozenset[str]], ...]:
    forms = (*date_forms_absolute.FORMS, *date_forms_relative.FORMS)
    return tuple((form, form.compiled(), form.first_words()) for form in forms)


@cache
def _part() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?P<the>the\s+)?(?i:{alternatives('part')})[\s-]+(?:of\s+)?$")


@cache
def _occasion() -> re.Pattern[str]:
    """What follows a month that dates it: a noun, or the name of a body with or without its occasion: March talks, June G7."""
    return re.compile(
        rf"\s(?:[a-z]|[A-Z][A-Z0-9]|(?:[A-Z][\w-]+\s){{1,3}}(?i:{alternatives('occasion')})(?!\w))"
    )


_LEAD: Final = re.compile(r"(?P<word>['’]s|(?<![\w'’])[\w'’]+)(?P<the>\s+the)?\s*$")


def date_phrases(text: str) -> list[DatePhrase]:
    """The date phrases of a text in order, none overlapping another."""
    chosen = _disjoint(sorted(_atoms(text), key=lambda a: (a.phrase.start, -a.phrase.end, not a.firm)))
    led = [_with_lead(text, atom) for atom in chosen]
    return [atom.phrase for atom in _linked(text, led) if atom.firm]


def _atoms(text: str) -> Iterator[Atom]:
    places = first_words(text)
    for form, pattern, begins in _compiled():
        end = 0
        for start in sorted(at for word in places.keys() & begins for at in places[word]):
            match = pattern.match(text, start) if start >= end else None
            if match is not None:
                end = match.end()
                atom = form.read(match)
                if atom is not None:
                    yield atom


def _disjoint(atoms: Sequence[Atom]) -> list[Atom]:
    chosen: list[Atom] = []
    for atom in atoms:
        if not chosen or atom.phrase.start >= chosen[-1].phrase.end:
            chosen.append(atom)
    return chosen


def _with_lead(text: str, atom: Atom) -> Atom:
    """The atom with the preposition before it, firm if that or what follows shows that it is a date."""
    phrase = atom.phrase
    before = text[max(0, phrase.start - REACH) : phrase.start]
    part = _part().search(before)
    match = _LEAD.search(before[: part.start()] if part else before)
    word = match["word"].lower() if match else ""
    determined = bool((part and part["the"]) or (match and match["the"]))
    lead = word if word in table("lead") or word in table("weak-lead") else ""
    firm = atom.firm or bool(part) or _shown(text, phrase, word, determined=determined)
    return Atom(replace(phrase, lead=lead), firm)


def _shown(text: str, phrase: DatePhrase, word: str, *, determined: bool) -> bool:
    """Whether a bare year, month or season is a date by its surroundings."""
    after = text[phrase.end : phrase.end + REACH]
    if phrase.kind == YEARLESS and int(phrase.tail[1:3]) > 12:
        return word in table("lead") and determined and not after.lstrip().startswith("of ")
    owned = (
        determined
        or word in table("owner")
        or word in ("'s", "’s")
        or word.endswith(("'s", "’s", "s'", "s’"))
    )
    if phrase.kind == YEARLESS:
        return (word in table("lead") and not determined) or (owned and bool(_occasion().match(after)))
    if owned:
        return bool(_NOUN.match(after))
    if text[phrase.end : phrase.end + 1] == ")" and re.search(
        r"[(,;]\s?$", text[max(0, phrase.start - 2) : phrase.start]
    ):
        return True
    return (word in table("lead") or word == "of") and _plausible(int(phrase.text), after)


def _plausible(year: int, after: str) -> bool:
    """A number that is no count of things: not `of 1500 troops`."""
    if year < MODERN:
        return bool(_STOP.match(after))
    return year > ROUND or not _PLURAL.match(after)


# ---------------------------------------------------------------- ranges and lists


def _linked(text: str, atoms: Sequence[Atom]) -> list[Atom]:
    done: list[Atom] = []
    for atom in atoms:
        joined = _joined(text, done[-1], atom) if done else None
        if joined is None:
            done.append(atom)
        else:
            done[-1:] = joined
    return done


def _joined(text: str, first: Atom, second: Atom) -> list[Atom] | None:
    """What two neighbours become: one range, or two dates of a list; None if they have nothing to do with each other."""
    a, b = first.phrase, second.phrase
    if a.kind not in (ABSOLUTE, YEARLESS) or b.kind not in (ABSOLUTE, YEARLESS) or b.start - a.end > 12:
        return None
    gap = text[a.end : b.start]
    ranged = _RANGE.fullmatch(gap) or (a.lead == "between" and _BETWEEN.fullmatch(gap))
    if ranged and (first.firm or second.firm or a.lead in ("from", "between")):
        return _ranged(text, a, b)
    if _LIST.fullmatch(gap) and gap and first.firm:
        return _listed(first, second)
    return None


def _ranged(text: str, a: DatePhrase, b: DatePhrase) -> list[Atom] | None:
    if "/" in (a.edtf or a.tail) or "/" in (b.edtf or b.tail):
        return None
    whole_text = text[a.start : b.end]
    if a.edtf is None and b.edtf is None:
        if a.tail >= b.tail:
            return None
        return [Atom(replace(a, end=b.end, text=whole_text, tail=f"{a.tail}/{b.tail}"))]
    first, last = a.edtf, b.edtf
    if first is None and (year := _year(b)):
        first = whole(year - (_month(a.tail) > _month((last or "")[4:])), a.tail)
    if last is None and (year := _year(a)):
        last = whole(year, b.tail)
    date = interval(first, last)
    joined = replace(a, end=b.end, text=whole_text, kind=ABSOLUTE, edtf=date, tail="")
    return [Atom(joined)] if date else None


def _month(tail: str) -> int:
    return first_month(int(tail[1:3]))


def _listed(first: Atom, second: Atom) -> list[Atom] | None:
    """`in 2006, 2009 and 2013`; `on March 14 and April 2, 2008`; `on March 14, 2008 and on April 2`."""
    a, b = first.phrase, second.phrase
    if a.edtf and b.edtf and not second.firm and re.fullmatch(r"\d{4}", a.edtf):
        return [first, Atom(replace(b, lead=a.lead))] if b.edtf > a.edtf else None
    if _lacks_year(a) and (year := _year(b)):
        date = whole(year, a.tail)
        return [Atom(replace(a, kind=ABSOLUTE, edtf=date, tail="")), second] if date else None
    if _lacks_year(b) and (year := _year(a)):
        date = whole(year, b.tail)
        return [first, Atom(replace(b, kind=ABSOLUTE, edtf=date, tail=""))] if date else None
    return None


def _lacks_year(phrase: DatePhrase) -> bool:
    return phrase.kind == YEARLESS and not phrase.unit and not phrase.direction and "/" not in phrase.tail


def _year(phrase: DatePhrase) -> int | None:
    """The year of a month or day; a year alone says nothing of the months beside it."""
    match = re.match(r"(\d{4})-", phrase.edtf or "")
    return int(match[1]) if match else None
