"""The other views of the explorer: two actors compared, a timeline, and a table that sorts and copies."""

from __future__ import annotations

import pytest
from browsing import NewPage
from explorer_pages import fragment, texts, visit, written
from playwright.sync_api import Page


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the debate."""
    return written(tmp_path_factory.mktemp("page"))


def test_compare(page: Page, address: str) -> None:
    """Two actors, found by their names: what they share, where they are opposed, and what only one speaks of."""
    visit(page, address)
    page.click("#tab-compare")
    for box, name in (("#actor-a", "norland"), ("#actor-b", "sudland")):
        page.fill(box, name)
        page.press(box, "Enter")
    assert fragment(page) == "#view=compare&a=actor/norland&b=actor/southland"
    assert (page.input_value("#actor-a"), page.input_value("#actor-b")) == ("Norland", "Southland")
    assert texts(page.locator("#compared h3")) == [
        "Shared positions1",
        "Opposed positions1",
        "Only Norland1",
        "Only Southland1",
        "In common1",
    ]
    assert texts(page.locator("#compared tbody tr")) == [
        "Piracyis concerned about 1is concerned about 1",
        "Harbour treatysupports 2opposes 1",
        "Tollscalls for 1–",
        "Port fees–supports 1",
    ]
    page.locator("#compared td a", has_text="opposes").click()
    assert texts(page.locator("#panel h2")) == ["Southland opposes Harbour treaty"]


def test_compare_from_a_node_with_filters(page: Page, address: str) -> None:
    """A node's button compares it with a pinned actor; filters hold here too."""
    visit(page, f"{address}#node=actor/southland&pins=actor/norland&issue=issue/piracy")
    page.get_by_role("link", name="Compare").click()
    assert texts(page.locator("#compared h3")) == ["Shared positions1", "In common1"]


def test_compare_needs_two_actors(page: Page, address: str) -> None:
    """With one actor, or twice the same, the view says what it needs; issues are not offered."""
    visit(page, f"{address}#view=compare&a=actor/norland")
    assert page.text_content("#compared") == (
        "Choose two actors to see on which issues they agree, and on which they do not."
    )
    page.fill("#actor-b", "harbour")
    assert texts(page.locator("#matches-b li")) == ["Nothing here has this name"]
    visit(page, f"{address}#view=compare&a=actor/norland&b=actor/norland")
    assert page.text_content("#compared") == "Choose two different actors."


def test_timeline(new_page: NewPage, address: str) -> None:
    """Events by date, and a lane for each issue with its positions; a mark leads to what is said."""
    page = visit(new_page(width=1900), address)
    page.click("#tab-timeline")
    assert texts(page.locator("#timeline .lane text")) == ["Harbour treaty", "Piracy", "Port fees", "Tolls"]
    marks = page.locator("#timeline .mark:not(.lane)")
    assert [each.get_attribute("aria-label") for each in marks.all()] == [
        "Harbour summit, 2020-03-04",
        "Harbour treaty, 2020-03: In favour, 1 statement",
        "Harbour treaty, 2020-03: Opposed, 1 statement",
        "Harbour treaty, 2022-11: In favour, 1 statement",
        "Piracy, 2020-03: Concerned, 1 statement",
        "Piracy, 2021-07: Concerned, 1 statement",
        "Port fees, 2022-11: In favour, 1 statement",
        "Tolls, 2022-11: In favour, 1 statement",
    ]
    page.get_by_label("Tolls, 2022-11").click()
    assert texts(page.locator("#panel h2")) == ["Norland calls for Tolls"]
    assert page.locator("#tab-timeline").get_attribute("aria-selected") == "true"


def test_timeline_by_keyboard(new_page: NewPage, address: str) -> None:
    """One mark is a tab stop, arrow keys go along, Enter opens."""
    page = visit(new_page(width=1900), f"{address}#view=timeline")
    page.locator("#timeline .mark").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == (
        "Harbour treaty, 2020-03: In favour, 1 statement"
    )
    assert page.locator("#timeline .mark[tabindex='0']").count() == 1
    page.keyboard.press("Enter")
    assert texts(page.locator("#panel h2")) == ["Norland supports Harbour treaty"]


def test_several_statements_in_one_mark(page: Page, address: str) -> None:
    """A mark that stands for several statements lists them; a time and an issue can be asked for in the address."""
    visit(page, f"{address}#view=timeline&bundle=issue/harbour-treaty+-+2020-03+2022-11+favour")
    assert texts(page.locator("#panel h2")) == ["Harbour treaty · 2020-03 to 2022-11"]
    assert texts(page.locator("#panel h3")) == ["Statements2"]
    page.goto(f"{address}#view=timeline&bundle=nothing")
    page.reload()
    assert texts(page.locator("#panel h2")) == ["Who says what, and where"]


def test_timeline_of_a_long_time(page: Page, address: str) -> None:
    """Where there is no room for every month, a mark stands for several."""
    visit(page, f"{address}#view=timeline")
    marks = page.locator("#timeline .mark[aria-label^=Piracy]")
    assert [each.get_attribute("aria-label") for each in marks.all()] == [
        "Piracy, 2020-03 to 2020-04: Concerned, 1 statement",
        "Piracy, 2021-07 to 2021-08: Concerned, 1 statement",
    ]


def test_timeline_of_a_node(page: Page, address: str) -> None:
    """With a node chosen, the lanes are what it has to do with."""
    visit(page, f"{address}#view=timeline&node=issue/piracy")
    assert texts(page.locator("#timeline .lane text")) == ["Norland", "Southland"]


def test_table_sorts(page: Page, address: str) -> None:
    """A head sorts upwards, then downwards, and says so; the order is kept in the address."""
    visit(page, f"{address}#view=table")
    assert page.text_content("caption") == "What the network shows: 10 lines"
    page.get_by_role("button", name="Statements", exact=True).last.click()
    page.get_by_role("button", name="Statements").last.click()
    assert fragment(page) == "#view=table&sort=-Statements"
    assert page.locator("th[aria-sort=descending]").text_content() == "Statements ↓"
    assert texts(page.locator("tbody tr").first.locator("td")) == [
        *("Norland", "supports", "Harbour treaty", "In favour", "2", "2020-03-05", "2022-11-20", "0.90"),
    ]


def test_table_of_nodes_and_statements(page: Page, address: str) -> None:
    """Nodes with the sides that they take, and statements with their quotes; filters hold."""
    visit(page, f"{address}#view=table&lines=relation")
    page.click("#rows-nodes")
    assert texts(page.locator("tbody tr").first.locator("td"))[:7] == [
        "Norland",
        "State",
        "3",
        "1",
        "0",
        "0",
        "3",
    ]
    page.click("#rows-statements")
    assert page.text_content("caption") == "What the network shows: 7 statements"
    page.locator("tbody a", has_text="calls for").click()
    assert texts(page.locator("#panel h2")) == ["Norland calls for Tolls"]


def test_table_is_copied_for_a_spreadsheet(new_page: NewPage, address: str) -> None:
    """The clipboard has the rows as text with tabs."""
    page = visit(
        new_page(permissions=["clipboard-read", "clipboard-write"]),
        f"{address}#view=table&issue=issue/piracy",
    )
    page.click("#copy")
    page.wait_for_function("document.querySelector('#said').textContent !== ''")
    assert page.text_content("#said") == "2 rows copied"
    assert page.evaluate("navigator.clipboard.readText()") == (
        "From\tRelation\tTo\tSide\tStatements\tFirst\tLast\tConfidence\n"
        "Norland\tis concerned about\tPiracy\tConcerned\t1\t2020-03-05\t2020-03-05\t0.8\n"
        "Southland\tis concerned about\tPiracy\tConcerned\t1\t2021-07\t2021-07\t0.5\n"
    )
