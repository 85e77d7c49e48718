"""Forms of dates that name a day, a month, a season, a year or longer, with or without the year."""

from __future__ import annotations

import re
from typing import Final

from alliancegraph.extract.date_forms import Atom, Form, absolute, after_a_name, dated, folded, tail
from alliancegraph.extract.date_words import table
from alliancegraph.extract.edtf import FIRST_YEAR, LAST_YEAR, decade_of, edtf, interval


def _year_first(match: re.Match[str]) -> Atom | None:
    return absolute(match, edtf(int(match["year"]), int(match["month"]), int(match["day"])))


def _year_last(match: re.Match[str]) -> Atom | None:
    """Day and month in either order, told apart by a day above 12; else the year is all that is certain."""
    year, a, b = int(match["year"]), int(match["a"]), int(match["b"])
    readings = {date for date in (edtf(year, b, a), edtf(year, a, b)) if date and a and b}
    if not readings:
        return None
    return absolute(match, readings.pop() if len(readings) == 1 else edtf(year))


def _month_and_day(match: re.Match[str]) -> Atom | None:
    month, groups = table("month")[match["month"]], match.groupdict()
    return dated(match, tail(month, match["day"]), tail(month, groups.get("last") or match["day"]))


def _month(match: re.Match[str]) -> Atom | None:
    months = table("month")
    last = match.groupdict().get("last") or match["month"]
    return dated(match, tail(months[match["month"]]), tail(months[last]))


def _bare_month(match: re.Match[str]) -> Atom | None:
    """A month alone; short forms that are also names, such as Jan, are none."""
    number = table("month")[match["month"]]
    longest = max(len(word) for word, month in table("month").items() if month == number)
    rest = tail(number)
    return dated(match, rest, rest, firm=False) if len(match["month"]) in (longest, 4) else None


def _season(match: re.Match[str]) -> Atom | None:
    if match["season"][0].isupper() and (after_a_name(match) or _before_a_name(match)):
        return None
    rest = f"-{table('season')[match['season'].lower()]}"
    return dated(match, rest, rest, firm=False)


def _before_a_name(match: re.Match[str]) -> bool:
    """Whether a capitalised word follows, without a year: Winter War, Spring Festival."""
    following = match.string[match.end() : match.end() + 2]
    return not match.groupdict().get("year") and following[:1] == " " and following[1:].isupper()


def _years(match: re.Match[str]) -> Atom | None:
    """`1991-1995`, `1995-96`; `2008-03` is a month and `2008-09` two years."""
    first, second = int(match["year"]), int(match["second"])
    if match["mark"] == "-" and 1 <= second <= 12 and second != (first + 1) % 100:
        return absolute(match, edtf(first, second))
    last = second if second > 99 else first - first % 100 + second
    return absolute(match, interval(edtf(first), edtf(last))) if first < last else None


def _decade(match: re.Match[str]) -> Atom | None:
    year = int(match["decade"])
    return absolute(match, f"{year // 100}XX" if year % 100 == 0 and year < 2000 else decade_of(year))


def _century(match: re.Match[str]) -> Atom | None:
    number = int(match["digits"]) if match["digits"] else table("ordinal")[folded(match["ordinal"])]
    told = FIRST_YEAR // 100 < number <= LAST_YEAR // 100 + 1
    return absolute(match, f"{number - 1}XX") if told else None


def _part_of_year(match: re.Match[str]) -> Atom | None:
    months = 6 if match["length"] == "half" else 3
    ordinal, year = match["ordinal"], int(match["year"])
    last = months * (int(ordinal) if ordinal.isdigit() else table("ordinal")[folded(ordinal)])
    return absolute(match, interval(edtf(year, last - months + 1), edtf(year, last))) if last <= 12 else None


def _fiscal_year(match: re.Match[str]) -> Atom | None:
    number = int(match["number"])
    return absolute(match, edtf(number if number > 99 else 2000 + number))


def _bare_year(match: re.Match[str]) -> Atom | None:
    return absolute(match, match["year"], firm=False)


FORMS: Final = (
    Form(
        r"OPENYEAR-(?P<month>\d\d)-(?P<day>\d\d)(?:T[\d:.]{1,15}(?:Z|[+-]\d\d:?\d\d)?)?(?![\w/]|-\d)",
        _year_first,
        "0",
    ),
    Form(r"OPENYEAR/(?P<month>\d\d?)/(?P<day>\d\d?)(?![\w/])", _year_first, "0"),
    Form(r"OPEN(?P<a>\d\d?)(?P<mark>[/.-])(?P<b>\d\d?)(?P=mark)YEAR(?![\w/]|[.-]\d)", _year_last, "0"),
    Form(r"OPEN(?P<day>\d\d?)-(?P<month><month>)-YEARCLOSE", _month_and_day, "0"),
    Form(
        r"OPEN(?:<weekday>,?SPACE)?(?:[Tt]heSPACE)?DAY(?:\s?(?:DASH|to|and|through)\s?LAST)?(?:SPACEday)?"
        r"(?:SPACEof)?SPACE(?P<month><month>)\b\.?(?:OFYEAR)?",
        _month_and_day,
        "0 the <weekday>",
    ),
    Form(
        r"(?<!\w)(?:<weekday>(?:,?SPACE|,?\s?\())?(?P<month><month>)\b\.?SPACE(?:theSPACE)?DAY"
        r"(?:(?:\s?(?:DASH|to|through)\s?|SPACEandSPACE(?=\d\d?(?:st|nd|rd|th)?,?SPACE(?:1\d|2[01])\d\d(?!\d)))LAST)?"
        r"CLOSE(?:OFYEAR)?",
        _month_and_day,
        "<weekday> <month>",
    ),
    Form(
        r"(?<!\w)(?P<month><month>)\b\.?(?:\s?(?:DASH|to|and|through)\s?(?P<last><month>)\b\.?)?OFYEAR",
        _month,
        "<month>",
    ),
    Form(r"(?<!\w)(?P<direction><direction>)SPACE(?P<month><month>)(?!\w)", _month, "<direction>"),
    Form(r"(?<!\w)(?P<month><month>)(?!\w)", _bare_month, "<month>"),
    Form(r"(?<!\w)(?P<season><season>)OFYEAR", _season, "<season>"),
    Form(
        r"(?<!\w)(?P<season><season>),?SPACE(?:ofSPACE)?YEAR(?:DASH|/)(?:\d{4}|\d\d)CLOSE",
        _season,
        "<season>",
    ),
    Form(r"(?<!\w)(?P<direction><direction>)SPACE(?P<season><season>)(?!\w)", _season, "<direction>"),
    Form(r"(?<!\w)(?P<season><season>)(?!\w)", _season, "<season>"),
    Form(r"OPENYEAR(?P<mark>\s?DASH\s?)(?P<second>(?:1\d|2[01])\d\d|\d\d)(?![\w-]|[.,/:]\d|%)", _years, "0"),
    Form(r"(?<![\w$€£¥])(?P<decade>(?:1\d|2[01])\d0)['’]?s(?!\w)", _decade, "0"),
    Form(
        r"(?<!\w)(?:(?P<ordinal><ordinal>)|(?P<digits>\d\d?)(?:st|nd|rd|th))(?:SPACE|-)[Cc]entury(?!\w)",
        _century,
        "0 <ordinal>",
    ),
    Form(
        r"(?<!\w)(?P<ordinal><ordinal>)SPACE(?P<length>quarter|half)SPACEofSPACEYEARCLOSE",
        _part_of_year,
        "<ordinal>",
    ),
    Form(r"(?<!\w)(?P<length>Q)(?P<ordinal>[1-4])(?:SPACE|-)YEARCLOSE", _part_of_year, "q"),
    Form(
        r"(?<!\w)(?:FY|[Ff]iscal(?:SPACE[Yy]ear)?)(?:SPACE|-|['’])?"
        r"(?P<number>(?:1\d|2[01])\d\d|\d\d)(?:(?:DASH|/)\d\d(?:\d\d)?)?CLOSE",
        _fiscal_year,
        "fy fiscal",
    ),
    Form(
        r"(?:OPEN|(?<=[Mm]id-)|(?<=[Mm]id\u2013)|(?<=[Ee]arly-)|(?<=[Ll]ate-))YEAR(?!\w|[.,/:]\d|%|-\d)",
        _bare_year,
        "0",
    ),
)
