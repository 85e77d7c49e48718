"""Filters and duplicates: exactly the statements that are meant, and which filter took the last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from coded_statements import coded

from alliancegraph.networks.dates import span
from alliancegraph.networks.selection import Selection, once_each, select
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.ontology.errors import EmptySelection, UsageError

VARIABLES = ("organization", "concept", "agreement")


def kept(statements: Statements, **selection: Any) -> list[int]:
    """The ids that are selected, as numbers."""
    return [int(id_) for id_ in select(statements, Selection(**selection), *VARIABLES).ids]


@pytest.mark.parametrize(
    ("selection", "ids"),
    [
        ({}, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ({"exclude": {"organization": ["Westmark", "Ostland"]}}, [1, 2, 3, 7, 8]),
        ({"exclude": {"organization": ["Westmark"], "agreement": ["0"]}}, [1, 2, 9]),
        ({"exclude": {"organization": ["Westmark"], "agreement": ["0"]}, "invert": True}, [5]),
        ({"include": {"organization": ["Westmark", "Norden"], "agreement": ["0"]}}, [3, 5]),
        ({"include": {"concept": ["TARIFFS"]}, "exclude": {"document": ["Bulletin 3"]}}, [3, 8]),
        ({"start": "2020"}, [4, 5, 6, 7, 8, 9]),
        ({"start": "2019-12-30", "stop": "2020-01"}, [1, 2, 3, 4, 5]),
        ({"stop": "2020-03-01"}, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ({"stop": "2020-02-29"}, [1, 2, 3, 4, 5, 6, 7]),
    ],
)
def test_filters(selection: Mapping[str, Any], ids: list[int]) -> None:
    """Exclusion takes what has any of the values, inclusion and inversion keep what has one in every variable."""
    assert kept(coded(), **selection) == ids


@pytest.mark.parametrize(
    ("duplicates", "ids"),
    [
        ("include", [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        ("document", [1, 3, 4, 5, 6, 7, 8, 9]),
        ("acrossrange", [1, 3, 4, 5, 6, 7, 9]),
    ],
)
def test_duplicates(duplicates: str, ids: list[int]) -> None:
    """Of statements that agree in the variables, the qualifier and the document, or in all, one is kept."""
    assert kept(coded(), duplicates=duplicates) == ids


def said_on(*days: str) -> Statements:
    """The same statement on several days."""
    same = Column.of(["x"] * len(days))
    columns = {"organization": same, "concept": same, "agreement": same}
    return Statements.of(columns, dates=np.array(days, "datetime64[s]"))


@pytest.mark.parametrize(
    ("duplicates", "ids"),
    [("week", [1, 3, 4, 5, 6]), ("month", [1, 2, 3, 5, 6]), ("year", [1, 2, 5, 6])],
)
def test_duplicates_of_a_period(duplicates: str, ids: list[int]) -> None:
    """Weeks begin on Mondays and may lie in two years; a month of another year is another; no date is like no other."""
    days = ("2019-12-30", "2020-01-05", "2020-02-03", "2020-02-24", "2021-02-24", "NaT")
    assert kept(said_on(*days), duplicates=duplicates) == ids


def test_the_earliest_duplicate_is_kept() -> None:
    """Whatever the order of the statements; of one day the first."""
    assert kept(said_on("2020-05-02", "2020-05-01", "2020-05-01", "NaT"), duplicates="acrossrange") == [2]


def test_duplicates_without_document() -> None:
    """Documents are needed to count once for each; a statement without one is like no other."""
    with pytest.raises(UsageError, match="have no variable 'document'"):
        kept(said_on("2020-01-01"), duplicates="document")
    columns = dict(said_on("NaT", "NaT", "NaT").columns) | {"document": Column.of(["d", None, None])}
    assert kept(Statements.of(columns), duplicates="document") == [1, 2, 3]


def test_undated() -> None:
    """Statements without a date are kept, skipped, or refused with their number and the first; in a range there are none."""
    statements = said_on("2020-01-01", "NaT", "2020-01-02", "NaT")
    assert kept(statements) == [1, 2, 3, 4]
    assert kept(statements, undated="skip") == [1, 3]
    assert kept(statements, start="2020") == [1, 3]
    with pytest.raises(
        UsageError, match="2 statements have no date, the first is 2; add dates, or leave such"
    ):
        kept(statements, undated="refuse", start="2020")
    with pytest.raises(UsageError, match="statement 2 has no date; add dates"):
        kept(statements.take(np.array([0, 1])), undated="refuse")


def test_confidence() -> None:
    """What is less certain is left out."""
    statements = Statements.of(dict(coded().columns), confidences=np.array([0.5, 1, 1, 0.7, 0, 0, 0, 0, 0]))
    assert kept(statements, min_confidence=0.7) == [2, 3, 4]


def test_variables_without_value() -> None:
    """A statement that lacks one of the variables is left out, unless the list of statements is meant."""
    columns = {"organization": Column.of(["A", None]), "concept": Column.of(["x", "x"])}
    statements = Statements.of(columns)
    assert select(statements, Selection(), "organization", "concept").ids == ("1",)
    assert select(statements, Selection(), "organization", "concept", complete=False).ids == ("1", "2")


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (
            {"include": {"organization": ["Ostland"]}, "exclude": {"concept": ["fisheries"]}},
            "no statement is left: --include organization=Ostland took the last 8; widen that filter",
        ),
        (
            {"start": "2021", "stop": "2022"},
            "no statement is left: --start 2021 took the last 9; widen that filter",
        ),
        ({"stop": "2018-05"}, "no statement is left: --stop 2018-05 took the last 9; widen that filter"),
        (
            {"exclude": {"organization": ["Ostland"], "agreement": ["0"]}, "invert": True},
            "no statement is left: --exclude … --invert agreement=0 took the last 1; widen that filter",
        ),
    ],
)
def test_empty_selection(selection: Mapping[str, Any], message: str) -> None:
    """The filter that left no statement is named."""
    with pytest.raises(EmptySelection) as caught:
        kept(coded(), **selection)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (
            {"exclude": {"organization": ["Nordn"]}},
            "no statement has organization=Nordn; did you mean Norden?",
        ),
        (
            {"include": {"concept": ["ufo"]}},
            "no statement has concept=ufo; there are fisheries, harbours, tariffs",
        ),
        (
            {"exclude": {"organisation": ["x"]}},
            "the statements have no variable 'organisation'; did you mean organi",
        ),
        ({"start": "soon"}, "--start soon: is no date; give a year, a month or a day, such as 2008-03-14"),
        (
            {"duplicates": "decade"},
            "duplicates are not counted by decade; choose one of include, document, week",
        ),
    ],
)
def test_unusable_selection(selection: Mapping[str, Any], message: str) -> None:
    """What the statements do not have is told with what is near."""
    with pytest.raises(UsageError) as caught:
        kept(coded(), **selection)
    assert str(caught.value).startswith(message)


def test_values_by_other_names() -> None:
    """A value may be given by its id, its IRI or another of its names."""
    column = Column.of(
        ["Japan", "China"],
        {"Japan": {"aliases": "Nippon | Tokyo"}},
        {"Japan": "http://example.org/actor/japan", "China": "http://example.org/actor/prc"},
    )
    statements = Statements.of({"organization": column, "concept": Column.of(["x", "x"])})
    for name in ("japan", "tokyo", "http://example.org/actor/japan"):
        selection = Selection(include={"organization": [name]})
        assert select(statements, selection, "organization", "concept").ids == ("1",)


def test_once_each() -> None:
    """A statement with two affiliations counts once where these are no variable, and twice where they are."""
    statements = Statements.of(
        {
            "person": Column.of(["Ada", "Ada", "Ada"]),
            "organization": Column.of(["Norden", "Westmark", "Norden"]),
        },
        ids=["s1", "s1", "s2"],
    )
    assert once_each(statements, "person", None).ids == ("s1", "s2")
    assert once_each(statements, "person", "organization").ids == ("s1", "s1", "s2")


def test_no_statements() -> None:
    """A source without statements is told."""
    with pytest.raises(EmptySelection, match="there are no statements"):
        kept(coded().take(np.zeros(9, bool)))


DAY = 86_400


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("1970-01-02", (DAY, 2 * DAY - 1)),
        ("1970-01", (0, 31 * DAY - 1)),
        ("1970", (0, 365 * DAY - 1)),
        ("1970-01/1970-02", (0, 59 * DAY - 1)),
        ("02.01.1970", (DAY, 2 * DAY - 1)),
        (" 2.1.1970 ", (DAY, 2 * DAY - 1)),
        ("1970-01-02 01:00", (DAY + 3600, DAY + 3600)),
        ("1970-01-02T01:00:00+01:00", (DAY, DAY)),
        ("1969-12-31", (-DAY, -1)),
        ("1970-13-01", None),
        ("30.02.1970", None),
        ("01/02/1970", None),
        ("today", None),
        ("", None),
    ],
)
def test_dates(text: str, seconds: tuple[int, int] | None) -> None:
    """A date is its first and last second; what may mean two days, or none, is no date."""
    assert span(text) == seconds
