"""The explorer by keyboard alone: into the drawing, from node to node, along lines, to the evidence and back."""

from __future__ import annotations

import pytest
from explorer_pages import fragment, texts, visit, written
from playwright.sync_api import Page


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the debate."""
    return written(tmp_path_factory.mktemp("page"))


def test_every_stop_can_be_seen(page: Page, address: str) -> None:
    """Tab goes through the whole page; each place where it stops is visible and has an outline."""
    visit(page, address)
    stops = []
    for _ in range(80):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const here = document.activeElement;
              if (here === document.body) return null;
              const seen = here.matches("[role=treeitem]") ? here.querySelector(".row") : here;
              const look = getComputedStyle(seen);
              return [here.id || here.textContent.trim().slice(0, 20), look.outlineStyle !== "none" && here.checkVisibility()];
            }"""
        )
        if stop is None:
            break
        stops.append(stop)
    assert [name for name, seen in stops if not seen] == []
    names = [name for name, _ in stops]
    for name in ("search", "tab-network", "canvas", "zoom-in", "start", "end", "confidence", "dots"):
        assert names.count(name) == 1
    assert names[0] == "Skip to the details"


def test_from_node_to_node(page: Page, address: str) -> None:
    """Home goes to the most important node, arrows to the nearest in a direction; each is said aloud; Enter opens."""
    visit(page, address)
    page.focus("#canvas")
    page.keyboard.press("Home")
    assert page.text_content("#said") == "Norland, State, 6 lines"
    here = page.evaluate("cursor.node")
    page.keyboard.press("ArrowRight")
    step = page.evaluate("(id) => network.getPosition(cursor.node).x - network.getPosition(id).x", here)
    assert step > 0
    page.keyboard.press("Home")
    page.keyboard.press("Enter")
    assert fragment(page) == "#node=actor/norland"
    page.keyboard.press("Space")
    assert fragment(page) == "#node=actor/norland&pins=actor/norland"
    assert page.text_content("#said") == "Norland, State, 6 lines, pinned"


def test_along_the_lines(page: Page, address: str) -> None:
    """N goes through the lines of a node, and Enter opens the statements of one."""
    visit(page, address)
    page.focus("#canvas")
    for key in ("Home", "n", "n", "N", "Enter"):
        page.keyboard.press(key)
    said = page.evaluate("sentence(edgeById.get(state.edge))")
    assert page.text_content("#said") == f"{said}, 1 statement"
    assert texts(page.locator("#panel h2")) == [said]


def test_zoom_and_pan(page: Page, address: str) -> None:
    """Plus and minus zoom, Shift with an arrow moves the drawing."""
    visit(page, address)
    page.focus("#canvas")
    before = page.evaluate("[network.getScale(), network.getViewPosition().x]")
    page.keyboard.press("+")
    page.keyboard.press("Shift+ArrowRight")
    after = page.evaluate("[network.getScale(), network.getViewPosition().x]")
    assert after[0] == pytest.approx(before[0] * 1.2)
    assert after[1] > before[1]
    page.keyboard.press("-")
    assert page.evaluate("network.getScale()") == pytest.approx(before[0])


def test_views_by_arrow_keys(page: Page, address: str) -> None:
    """The tabs are one stop, arrow keys open them, and from the last leads on to the first."""
    visit(page, address)
    page.focus("#tab-network")
    for expected in ("timeline", "table", "compare", "network"):
        page.keyboard.press("ArrowRight")
        assert page.evaluate("document.activeElement.id") == f"tab-{expected}"
        assert texts(page.locator("[role=tab][aria-selected=true]")) == [expected.title()]


def test_to_the_passage_and_back(page: Page, address: str) -> None:
    """From the search box to the marked passage and back to the overview without a pointer."""
    visit(page, address)
    page.keyboard.press("/")
    page.keyboard.type("norl")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="2 statements: Norland supports").press("Enter")
    assert page.evaluate("document.activeElement.tagName") == "H2"
    page.get_by_role("link", name="Read in the text: Talks").press("Enter")
    assert page.evaluate("reader.contains(document.activeElement)") is True
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert fragment(page) == ""


def test_menu(page: Page, address: str) -> None:
    """Escape closes the menu and gives the focus back to it, and leaves what is chosen."""
    visit(page, f"{address}#node=actor/norland")
    page.focus("#save summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "save-png"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    assert (page.locator("#save-png").is_visible(), fragment(page)) == (False, "#node=actor/norland")
