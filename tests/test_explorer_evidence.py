"""From a line of the drawing to its statements, and from these into the whole text of the article."""

from __future__ import annotations

import pytest
from explorer_pages import (
    FEAR,
    HARBOUR,
    NORLAND,
    OPPOSE,
    SUPPORT,
    TREATY,
    click_line,
    click_node,
    fragment,
    texts,
    visit,
    written,
)
from playwright.sync_api import Page

EDGE = "#edge=actor/norland+supports+issue/harbour-treaty"
IN_SIGHT = """(mark) => {
  const [box, view] = [mark.getBoundingClientRect(), mark.closest(".text").getBoundingClientRect()];
  return box.top >= view.top && box.bottom <= view.bottom;
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the debate."""
    return written(tmp_path_factory.mktemp("page"))


def test_node(page: Page, address: str) -> None:
    """A click on a node shows who it is, its positions by side, and its relations and events."""
    visit(page, address)
    click_node(page, NORLAND)
    assert texts(page.locator("#panel h2")) == ["Norland"]
    assert texts(page.locator("#panel .facts dd")) == ["Kingdom of Norland, N.L.", "Q20", NORLAND]
    assert page.get_attribute("#panel .facts a", "href") == "https://www.wikidata.org/wiki/Q20"
    assert texts(page.locator("#panel h3")) == ["In favour of2", "Concerned about1", "Events1", "Relations2"]
    assert texts(page.locator("#panel .says").nth(0)) == ["supports Harbour treaty2 statements"]


def test_line(page: Page, address: str) -> None:
    """A click on a line shows every statement: quote, document, date, voice, confidence, and whom it addresses."""
    visit(page, address)
    click_line(page, NORLAND, "supports", TREATY)
    assert fragment(page) == EDGE
    assert texts(page.locator("#panel blockquote mark")) == [
        "Norland still wants the treaty",
        SUPPORT,
    ]
    assert texts(page.locator("#panel cite")) == [
        "Fees · 2022-11-20 · in the author's own voice · confidence 0.60",
        "Talks 🚢 at the harbour · 2020-03-05 · quoted · confidence 0.90 · to Southland",
    ]


def test_into_the_text(page: Page, address: str) -> None:
    """The passage is marked in the article beside it, counted in characters, and in sight; Escape closes the text."""
    visit(page, address + EDGE)
    assert page.locator("#reader").is_visible() is False
    page.get_by_role("link", name="Read in the text: Talks").click()
    page.wait_for_selector("#reader mark.own")
    assert texts(page.locator("#reader mark.own")) == [SUPPORT]
    assert page.locator("#reader mark.own").evaluate(IN_SIGHT) is True
    assert page.evaluate("document.querySelector('.text').textContent.length") > 4000
    assert page.evaluate("document.activeElement.textContent") == "Talks 🚢 at the harbour"
    assert fragment(page) == f"{EDGE}&statement=document/d1%23position-1"
    page.keyboard.press("Escape")
    assert (page.locator("#reader").is_visible(), fragment(page)) == (False, EDGE)


def test_other_passages(page: Page, address: str) -> None:
    """The text's other passages are marked on demand, and lead to their own statements."""
    visit(page, f"{address}{EDGE}&statement=document/d1%23position-1")
    assert page.locator("#reader .other").count() == 0
    page.check("#marks")
    found = texts(page.locator("#reader .other"))
    assert [quote for quote in found if quote in (OPPOSE, FEAR)] == [OPPOSE, FEAR]
    page.locator("#reader .other", has_text=OPPOSE).click()
    assert texts(page.locator("#panel h2")) == ["Southland opposes Harbour treaty"]
    assert texts(page.locator("#reader mark.own")) == [OPPOSE]


def test_document(page: Page, address: str) -> None:
    """A document's panel has its source and date, what it discusses, tells of and says; its text opens as a whole."""
    visit(page, f"{address}#node=document/d1")
    assert texts(page.locator("#panel .facts dd")) == ["2020-03-05", "harbour.md", HARBOUR]
    assert texts(page.locator("#panel h3")) == [
        "Events that it tells of1",
        "Issues that it discusses1",
        "What it says5",
    ]
    page.get_by_role("link", name="Read the text", exact=True).click()
    page.wait_for_selector("#reader .text")
    assert page.locator("#reader mark").count() == 0


def test_text_that_is_not_here(page: Page, address: str) -> None:
    """Where the page does not hold the article, its address is given and nothing offers to open it."""
    visit(page, f"{address}#node=document/d2")
    assert texts(page.locator("#panel .facts a")) == ["https://news.example.org/port"]
    assert page.locator("#panel .read").count() == 0


def test_event_and_issue(page: Page, address: str) -> None:
    """An event has its type, date and place; an issue what it means, what it is part of and what is part of it."""
    visit(page, f"{address}#node=event/summit")
    assert texts(page.locator("#panel .facts dd"))[:3] == ["Summit", "2020-03-04", "Lake Port"]
    visit(page, f"{address}#node=issue/port-fees")
    page.reload()
    assert texts(page.locator("#panel .facts dt")) == ["Part of", "Has", "Identifier"]
    assert texts(page.locator("#panel .facts dd"))[:2] == ["Trade", "Tolls"]


def test_filters_hold_in_the_panel(page: Page, address: str) -> None:
    """Statements that do not pass are left out, and counted."""
    visit(page, f"{address}{EDGE}&least=0.8")
    assert texts(page.locator("#panel blockquote mark")) == [SUPPORT]
    assert texts(page.locator("#panel > p.soft"))[-1] == "1 more statement does not pass the filters."
