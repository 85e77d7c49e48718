"""Forms of dates that count from the document's date or from a date told before: last week, two months later."""

from __future__ import annotations

import re
from typing import Final

from alliancegraph.extract.date_forms import Atom, Form, after_a_name, folded, pointer
from alliancegraph.extract.date_model import SHIFT, WEEKDAY, DatePhrase
from alliancegraph.extract.date_words import alternatives, table


def _weekday(match: re.Match[str]) -> Atom | None:
    """A day of the week in full; not in names such as Good Friday."""
    if not match["weekday"].endswith("day") or (not match["direction"] and after_a_name(match)):
        return None
    number = table("weekday")[match["weekday"]]
    direction = table("direction")[match["direction"].lower()] if match["direction"] else 0
    span = (match.start(), match.end(), match.group())
    return Atom(DatePhrase(*span, WEEKDAY, weekday=number, direction=direction))


def _weekday_of_week(match: re.Match[str]) -> Atom | None:
    """`Thursday last week`: a day of a week that is counted from the anchor's."""
    number, span = table("weekday")[match["weekday"]], (match.start(), match.end(), match.group())
    count, _ = pointer(match["direction"])
    return Atom(DatePhrase(*span, WEEKDAY, weekday=number, unit=table("unit")["week"], count=count))


def _shift(match: re.Match[str], unit: str, count: int, base: str) -> Atom:
    span = (match.start(), match.end(), match.group())
    return Atom(DatePhrase(*span, SHIFT, unit=table("unit")[unit], count=count, base=base))


def _day_word(match: re.Match[str]) -> Atom | None:
    return _shift(match, "day", table("day-word")[folded(match["word"])], "anchor")


def _neighbour(match: re.Match[str]) -> Atom | None:
    """`last week`, but neither `the last week` (a stretch of time) nor `to this day`."""
    unit = match["unit"].lower()
    before = match.string[max(0, match.start() - 4) : match.start()].lower()
    if unit.endswith("s") or unit == "day" or before == "the ":
        return None
    return _shift(match, unit, *pointer(match["direction"]))


def _sequel(match: re.Match[str]) -> Atom | None:
    unit = match["unit"].lower()
    return (
        None
        if unit.endswith("s")
        else _shift(match, unit, table("sequel")[match["sequel"].lower()], "previous")
    )


def _count(words: str) -> int:
    return int(words) if words.isdigit() else sum(table("number")[word] for word in words.lower().split("-"))


def _ago(match: re.Match[str]) -> Atom | None:
    return None if _vague(match) else _shift(match, match["unit"].lower(), -_count(match["count"]), "anchor")


def _later(match: re.Match[str]) -> Atom | None:
    count = _count(match["count"])
    signed = -count if match["way"].lower() == "earlier" else count
    return None if _vague(match) else _shift(match, match["unit"].lower(), signed, "previous")


def _from_event(match: re.Match[str]) -> Atom | None:
    """`three weeks after`: counted from the event that follows."""
    count = _count(match["count"])
    signed = -count if match["way"].lower() == "before" else count
    return None if _vague(match) else _shift(match, match["unit"].lower(), signed, "event")


def _vague(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 20) : match.start()]
    return bool(re.search(rf"(?i:\b(?:{alternatives('hedge')}))\s+$", before))


_COUNT: Final = r"(?<![\w.,-])(?P<count>\d{1,3}|<number>(?:-<number>)?)(?:SPACE|-)(?P<unit><unit>)SPACE"

FORMS: Final = (
    Form(
        r"(?<!\w)(?:(?P<direction><direction>)SPACE)?(?P<weekday><weekday>)(?!\w)",
        _weekday,
        "<direction> <weekday>",
    ),
    Form(
        r"(?<!\w)(?P<weekday><weekday>)SPACE(?:ofSPACE)?(?P<direction><direction>)SPACEweek(?!\w)",
        _weekday_of_week,
        "<weekday>",
    ),
    Form(r"(?<!\w)(?P<word><day-word>)(?!\w)", _day_word, "<day-word>"),
    Form(
        r"(?<!\w)(?:(?:[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)SPACE)?(?P<direction><direction>)SPACE(?P<unit><unit>)(?!\w)",
        _neighbour,
        "earlier later early late <direction>",
    ),
    Form(r"(?<!\w)(?:[Tt]heSPACE(?P<sequel><sequel>))SPACE(?P<unit><unit>)(?!\w)", _sequel, "the"),
    Form(r"(?<!\w)(?P<sequel>[Tt]hat)SPACE(?P<unit><unit>)(?!\w)", _sequel, "that"),
    Form(_COUNT + r"ago(?!\w)", _ago, "0 <number>"),
    Form(_COUNT + r"(?P<way>after|before)(?!\w)", _from_event, "0 <number>"),
    Form(_COUNT + r"(?P<way>later|earlier|afterwards?|thereafter)(?!\w)", _later, "0 <number>"),
)
