"""Search in the explorer: names and other names are completed, whatever the accents and the dots."""

from __future__ import annotations

import pytest
from browsing import Watched
from explorer_pages import NORLAND, drawn, fragment, texts, visit, written
from playwright.sync_api import Page


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the debate."""
    return written(tmp_path_factory.mktemp("page"))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nor", ["Norland State"]),
        ("kingdom", ["Norland (Kingdom of Norland) State"]),
        ("nl", ["Norland (N.L.) State"]),
        ("SODER", ["Ana Söder Person"]),
        ("sudl", ["Southland (Südland) State"]),
        ("harbour", ["Harbour treaty Issue", "Harbour summit Event", "Talks 🚢 at the harbour Document"]),
        ("הנמל", ["שיחות על הנמל Document"]),
        ("zzz", ["Nothing here has this name"]),
    ],
)
def test_completion(page: Page, address: str, typed: str, expected: list[str]) -> None:
    """Beginnings of names come first, then words within; accents, dots and capitals do not matter."""
    visit(page, address)
    page.fill("#search", typed)
    found = page.locator("#matches li")
    parts = [" ".join(texts(found.nth(number).locator("> span"))) for number in range(found.count())]
    assert (parts if typed != "zzz" else texts(found)) == expected
    assert page.get_attribute("#search", "aria-expanded") == "true"


def test_search_by_keyboard(page: Page, address: str) -> None:
    """A slash leads to the box, arrow keys through the list, Enter to the node, whose panel gets the focus."""
    visit(page, address)
    page.keyboard.press("/")
    page.keyboard.type("land")
    assert page.get_attribute("#search", "aria-activedescendant") == "matches-0"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    assert texts(page.locator("#matches [aria-selected=true] > span:nth-child(2)")) == ["Southland"]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert fragment(page) == "#node=actor/norland"
    assert page.evaluate("document.activeElement.textContent") == "Norland"
    assert (page.input_value("#search"), page.locator("#matches").is_visible()) == ("", False)


def test_escape_closes_the_list(page: Page, address: str) -> None:
    """Escape in the box empties it and leaves what is chosen."""
    visit(page, address + "#node=actor/norland")
    page.fill("#search", "sou")
    page.press("#search", "Escape")
    assert (page.input_value("#search"), page.locator("#matches").is_visible()) == ("", False)
    assert fragment(page) == "#node=actor/norland"


def test_search_by_pointer_shows_a_hidden_kind(page: Page, address: str) -> None:
    """A document, whose kind is hidden, is drawn once it is chosen from the list."""
    visit(page, address)
    assert "Talks 🚢 at the harbour" not in drawn(page)
    page.fill("#search", "talks")
    page.locator("#matches li").first.click()
    assert "Talks 🚢 at the harbour" in drawn(page)
    assert texts(page.locator("#panel h2")) == ["Talks 🚢 at the harbour"]


def test_page_asks_for_nothing_but_itself(page: Page, address: str, watched: Watched) -> None:
    """The only request is the file."""
    visit(page, f"{address}#node={NORLAND}")
    assert watched.requests == [address]
