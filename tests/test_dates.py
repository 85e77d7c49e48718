from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from patience import needs_alarm, patience

from alliancegraph.extract import date_forms_absolute, date_forms_relative
from alliancegraph.extract.date_forms import first_words
from alliancegraph.extract.dates import bounds, date_phrases, resolve, simplified
from alliancegraph.extract.edtf import FIRST_YEAR, LAST_YEAR

ANCHOR = "2023-08-22"
"""A Tuesday."""

ABSOLUTE = [
    ("14 March 2008", "2008-03-14"),
    ("on 14th March, 2008", "2008-03-14"),
    ("the 14th of March 2008", "2008-03-14"),
    ("the 26th day of April, 2023", "2023-04-26"),
    ("March 14, 2008", "2008-03-14"),
    ("March 14th, 2008", "2008-03-14"),
    ("Mar. 14, 2008", "2008-03-14"),
    ("Sept. 11, 2001", "2001-09-11"),
    ("Friday, March 14, 2008", "2008-03-14"),
    ("on Friday 14 March 2008", "2008-03-14"),
    ("29 February 2008", "2008-02-29"),
    ("31 February 2008", "2008-02"),
    ("14-Mar-2008", "2008-03-14"),
    ("2008-03-14", "2008-03-14"),
    ("2008-03-14T10:15:00Z", "2008-03-14"),
    ("2008/3/14", "2008-03-14"),
    ("14/03/2008", "2008-03-14"),
    ("03/14/2008", "2008-03-14"),
    ("14.3.2008", "2008-03-14"),
    ("03/04/2008", "2008"),
    ("04/04/2008", "2008-04-04"),
    ("March 2008", "2008-03"),
    ("in March, 2008", "2008-03"),
    ("March of 2008", "2008-03"),
    ("late October 2025", "2025-10"),
    ("early Sept. 2017", "2017-09"),
    ("2008-03", "2008-03"),
    ("the summer of 2008", "2008-22"),
    ("spring 2008", "2008-21"),
    ("in the fall of 1989", "1989-23"),
    ("winter of 2008-09", "2008-24"),
    ("in 1953", "1953"),
    ("since 1953", "1953"),
    ("by 2030", "2030"),
    ("the San Francisco system of 1951", "1951"),
    ("mid-2021", "2021"),
    ("early 2021", "2021"),
    ("late 2025", "2025"),
    ("by the end of 2008", "2008"),
    ("the 2008 summit", "2008"),
    ("Japan's 2022 National Security Strategy", "2022"),
    ("the treaty (1951)", "1951"),
    ("FY2024", "2024"),
    ("FY 2024", "2024"),
    ("fiscal year 2024", "2024"),
    ("the 1990s", "199X"),
    ("the early 1990s", "199X"),
    ("the mid-1960's", "196X"),
    ("the 2000s", "200X"),
    ("the 21st century", "20XX"),
    ("the late twentieth century", "19XX"),
    ("the twenty-first century", "20XX"),
    ("the first quarter of 2008", "2008-01/2008-03"),
    ("the second half of 2008", "2008-07/2008-12"),
    ("Q4 2008", "2008-10/2008-12"),
    ("2001–2021", "2001/2021"),
    ("2001-2021", "2001/2021"),
    ("in 1995-96", "1995/1996"),
    ("2008-09", "2008/2009"),
    ("between 1991 and 1995", "1991/1995"),
    ("from 1991 to 1995", "1991/1995"),
    ("from 2001 until 2021", "2001/2021"),
    ("from March 2003 to December 2011", "2003-03/2011-12"),
    ("from December to March 2009", "2008-12/2009-03"),
    ("between March and May 2008", "2008-03/2008-05"),
    ("March 14-16, 2008", "2008-03-14/2008-03-16"),
    ("March 14 and 15, 2008", "2008-03-14/2008-03-15"),
    ("14–16 March 2008", "2008-03-14/2008-03-16"),
    ("September 30 – October 2, 2013", "2013-09-30/2013-10-02"),
]

RELATIVE = [
    ("March 14", "2023-03-14"),
    ("a March 14 statement", "2023-03-14"),
    ("14 March", "2023-03-14"),
    ("Thursday (March 14)", "2023-03-14"),
    ("March 14-16", "2023-03-14/2023-03-16"),
    ("in June", "2023-06"),
    ("the June summit", "2023-06"),
    ("in mid-May", "2023-05"),
    ("on December 16", "2023-12-16"),
    ("last July", "2023-07"),
    ("last September", "2022-09"),
    ("next March", "2024-03"),
    ("this November", "2023-11"),
    ("March of last year", "2022-03"),
    ("March 14 this year", "2023-03-14"),
    ("in May next year", "2024-05"),
    ("this summer", "2023-22"),
    ("last fall", "2022-23"),
    ("in the spring", "2023-21"),
    ("yesterday", "2023-08-21"),
    ("today", "2023-08-22"),
    ("tomorrow", "2023-08-23"),
    ("the day before yesterday", "2023-08-20"),
    ("on Thursday", "2023-08-17"),
    ("on Tuesday", "2023-08-22"),
    ("last Tuesday", "2023-08-15"),
    ("next Tuesday", "2023-08-29"),
    ("Monday last week", "2023-08-14"),
    ("on Friday of this week", "2023-08-25"),
    ("earlier this week", "2023-08"),
    ("last week", "2023-08"),
    ("this month", "2023-08"),
    ("last month", "2023-07"),
    ("later this year", "2023"),
    ("last year's summit", "2022"),
    ("next year", "2024"),
    ("ten days ago", "2023-08-12"),
    ("two weeks ago", "2023-08"),
    ("three weeks ago", "2023"),
    ("8 months ago", "2022-12"),
    ("a year ago", "2022"),
    ("twenty-five years ago", "1998"),
    ("two decades ago", "200X"),
]

SEQUELS = [
    ("two months later", "2008-03-14", "2008-05"),
    ("Ten days later", "2008-03-14", "2008-03-24"),
    ("a year earlier", "2008-03", "2007"),
    ("the next day", "2008-03-14", "2008-03-15"),
    ("the following year", "2001/2008", "2009"),
    ("the previous month", "2008-01", "2007-12"),
    ("that year", "2008-03-14", "2008"),
    ("in March of the same year", "2008", "2008-03"),
    ("two days later", "2008-03", None),
    ("two months later", None, None),
]

NOTHING = [
    "9/11",
    "24/7",
    "2+2",
    "the 2+2 meeting",
    "Article 5",
    "the G20",
    "the 38th parallel",
    "(202) 555-2008",
    "+1 202 2008 1953",
    "$2008",
    "US$1,953 million",
    "€1990s",
    "1953 km",
    "a force of 1500 troops",
    "2,008 soldiers",
    "in 2008.5 units",
    "Resolution 1718",
    "UN Security Council Resolution 1540",
    "F-35",
    "COVID-19",
    "Theresa May said",
    "they may march",
    "the fall of Saigon",
    "in the fall of Saigon",
    "the Good Friday Agreement",
    "the Arab Spring",
    "February 30",
    "99/99/2008",
    "nearly 20 years ago",
    "over the last two years",
    "the last decade",
    "version 2.2008",
    "12 percent",
    "",
]


def _dates(text: str, anchor: str | None = None, previous: str | None = None) -> list[str | None]:
    return [resolve(phrase, anchor, previous) for phrase in date_phrases(text)]


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE)
def test_absolute_phrase(text: str, expected: str) -> None:
    """A phrase that names its year needs no anchor."""
    assert _dates(text) == [expected]


@pytest.mark.parametrize(("text", "expected"), RELATIVE)
def test_phrase_counted_from_the_documents_date(text: str, expected: str) -> None:
    """Missing parts come from the anchor."""
    assert _dates(text, ANCHOR) == [expected]


@pytest.mark.parametrize(("text", "previous", "expected"), SEQUELS)
def test_phrase_counted_from_a_date_told_before(
    text: str, previous: str | None, expected: str | None
) -> None:
    """Sequels take up the date before, and are nothing without it."""
    assert _dates(text, ANCHOR, previous) == [expected]


@pytest.mark.parametrize("text", NOTHING)
def test_no_date_is_invented(text: str) -> None:
    """Numbers that are no dates yield no phrase."""
    assert date_phrases(text) == []


@pytest.mark.parametrize(
    "text", ["March 14", "in June", "on Thursday", "last week", "yesterday", "next year"]
)
def test_relative_phrase_without_anchor_is_unknown(text: str) -> None:
    """Without a date of the document a relative phrase has none."""
    assert _dates(text) == [None]


@pytest.mark.parametrize(
    ("text", "anchor", "expected"),
    [
        ("on Thursday", "2023-08", None),
        ("yesterday", "2023-08", None),
        ("last week", "2023-08", None),
        ("this week", "2023-08", "2023-08"),
        ("last month", "2023-08", "2023-07"),
        ("last month", "2023", None),
        ("in June", "2023", "2023-06"),
        ("last July", "2023", "2022-07"),
        ("last year", "2023", "2022"),
        ("last week", "2023-08-02", "2023-07"),
        ("this week", "2023-08-01", "2023"),
        ("this week", "2025-01-01", None),
        ("in December", "2023-01-10", "2022-12"),
        ("February 29", "2023-03-01", None),
        ("in June", "22 August 2023", None),
        ("in June", "2023-02-31", None),
    ],
)
def test_precision_follows_the_anchor(text: str, anchor: str, expected: str | None) -> None:
    """A phrase is resolved as far as the anchor is exact, and no further."""
    assert _dates(text, anchor) == [expected]


def test_phrase_counted_from_an_event() -> None:
    """A time after or before an event is known when the event's date is; hedged ones are none."""
    [phrase] = date_phrases("two months before the election")
    assert (phrase.base, phrase.count) == ("event", -2)
    assert date_phrases("nearly two months before the election") == []


def test_winter_of_a_name_is_no_season() -> None:
    """A season that begins a name is no date, with a year it is."""
    assert _dates("in the Winter War") == []
    assert _dates("in the Winter of 1940") == ["1940-24"]


def test_future_clause_looks_ahead() -> None:
    """With a verb in the future, a weekday or month is the next one."""
    thursday, december = date_phrases("on Thursday and in February")
    assert resolve(thursday, ANCHOR, future=True) == "2023-08-24"
    assert resolve(december, ANCHOR, future=True) == "2024-02"


def test_dates_in_a_list_share_their_year() -> None:
    """A list gives its year, or its preposition, once."""
    assert _dates("It tested in 2006, 2009, and 2013.") == ["2006", "2009", "2013"]
    assert _dates("on March 14 and April 2, 2008") == ["2008-03-14", "2008-04-02"]
    assert _dates("on March 14, 2008, and April 2") == ["2008-03-14", "2008-04-02"]


def test_phrases_of_a_passage() -> None:
    """Several dates in running text, with positions and prepositions."""
    text = "Signed in San Francisco on 8 September 1951, the treaty was revised in 1960; by 2030 it turns 70."
    phrases = date_phrases(text)
    assert [(p.text, p.edtf, p.lead) for p in phrases] == [
        ("8 September 1951", "1951-09-08", "on"),
        ("1960", "1960", "in"),
        ("2030", "2030", "by"),
    ]
    assert all(text[p.start : p.end] == p.text for p in phrases)


def test_line_breaks_inside_a_date() -> None:
    """White space of any kind separates the parts of a date."""
    assert _dates("March\n14,\u00a02008") == ["2008-03-14"]
    assert [phrase.text for phrase in date_phrases("so.\nLast month")] == ["Last month"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, None),
        ("2008-03-14", "2008-03-14"),
        ("2008-22", "2008"),
        ("199X", "1990/1999"),
        ("20XX", "2000/2099"),
        ("2022-02-24/..", "2022-02-24"),
        ("2001/2021", "2001/2021"),
    ],
)
def test_simplified(text: str | None, expected: str | None) -> None:
    """Plain forms for readers that know no seasons, decades or open intervals."""
    assert simplified(text) == expected


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2008-02", "2008-02-01", "2008-02-29"),
        ("2008-24", "2008-12-01", "2009-02-28"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("2001-09/2021", "2001-09-01", "2021-12-31"),
    ],
)
def test_bounds(text: str, first: str, last: str) -> None:
    """First and last day of every form."""
    limits = bounds(text)
    assert limits is not None
    assert (limits[0].isoformat(), limits[1].isoformat()) == (first, last)


@needs_alarm
def test_long_runs_are_read_to_the_end() -> None:
    """Long runs of date-like words hold no search without end."""
    for unit in ("March 14 and ", "the ", "2008-", "14/", "a year ", "Thursday, ", "early ", "1990s and "):
        with patience(unit):
            date_phrases(unit * 5000)


WORDS = """
    March May Sept. 14 31 2008 1000 2199 9999 0000 2008-03 /03/ - – to and between from the of in last next summer
    fall year week month decade ago later a two twenty-one Thursday FY Q1 first half century 1990s '
"""


def _inside(date: str | None) -> bool:
    limits = bounds(date) if date else None
    return date is None or (
        limits is not None and FIRST_YEAR <= limits[0].year <= limits[1].year <= LAST_YEAR + 1
    )


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS.split()), max_size=25).map(" ".join)),
    st.sampled_from([None, "1000", "2199-12", "2199-12-31", "1000-01-01", "2023-08-22", "nonsense"]),
    st.sampled_from([None, "199X", "2199-12-31", "1000-01-01", "2008-24", "2001/2021", "x/y"]),
    st.booleans(),
)
def test_any_text_yields_known_years_or_nothing(
    text: str, anchor: str | None, previous: str | None, future: bool
) -> None:
    """Arbitrary text never raises, and no date leaves the years 1000 to 2199."""
    phrases = date_phrases(text)
    assert all(a.end <= b.start for a, b in pairwise(phrases))
    assert all(_inside(resolve(phrase, anchor, previous, future=future)) for phrase in phrases)


def test_forms_are_tried_where_they_may_begin_only() -> None:
    """Trying a form at its first words finds what looking for it everywhere finds."""
    phrases = [phrase for phrase, _ in ABSOLUTE]
    text = f"It met {', then '.join(phrases)}. {' Last summer, in '.join(phrases)} and two weeks ago, the next day."
    places = first_words(text)
    for form in (*date_forms_absolute.FORMS, *date_forms_relative.FORMS):
        found = {match.start() for match in form.compiled().finditer(text)}
        assert found <= {at for word in form.first_words() for at in places.get(word, ())}
