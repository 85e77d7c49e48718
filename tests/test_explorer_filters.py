"""Filters of the explorer: by kind, side, issue, voice, source, confidence and time; focus, pins, statements as nodes."""

from __future__ import annotations

import pytest
from explorer_pages import (
    NORLAND,
    SOUTHLAND,
    TREATY,
    click_node,
    drawn,
    fragment,
    lines,
    texts,
    visit,
    written,
)
from playwright.sync_api import Page

NODES = [
    *("Ana Söder", "Harbour summit", "Harbour treaty", "Norland", "Piracy", "Port League", "Port fees"),
    *("Southland", "Tolls"),
]
LINES = [
    "Ana Söder is affiliated with Norland",
    "Norland calls for Tolls",
    "Norland is a member of Port League",
    "Norland is concerned about Piracy",
    "Norland supports Harbour treaty",
    "Norland takes part in Harbour summit",
    "Southland is a member of Port League",
    "Southland is concerned about Piracy",
    "Southland opposes Harbour treaty",
    "Southland supports Port fees",
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the debate."""
    return written(tmp_path_factory.mktemp("page"))


def chip(page: Page, name: str) -> None:
    """Press a chip of the legend."""
    page.locator(".chip", has=page.get_by_text(name, exact=True)).click()


def without(*names: str) -> list[str]:
    """The lines at the start without some."""
    return [line for line in LINES if not any(name in line for name in names)]


def test_start(page: Page, address: str) -> None:
    """All is drawn but documents, the counts say so, and every chip is pressed but theirs."""
    visit(page, address)
    assert (drawn(page), lines(page)) == (NODES, LINES)
    assert page.text_content("#counts") == "9 of 12 nodes, 10 of 12 lines shown"
    assert texts(page.locator(".chip[aria-pressed=false]")) == ["Documents3"]
    assert page.locator("#reset").is_visible() is False


def test_kinds(page: Page, address: str) -> None:
    """A kind that is hidden goes with its lines; documents come with theirs; all filters are cleared at once."""
    visit(page, address)
    chip(page, "States")
    assert drawn(page) == []
    chip(page, "Documents")
    assert drawn(page) == [
        "Fees",
        "Harbour summit",
        "Harbour treaty",
        "Talks 🚢 at the harbour",
        "שיחות על הנמל",
    ]
    assert lines(page) == [
        "Talks 🚢 at the harbour discusses Harbour treaty",
        "Talks 🚢 at the harbour tells of Harbour summit",
    ]
    assert fragment(page) == "#hide=State"
    page.click("#reset")
    assert (drawn(page), fragment(page)) == (NODES, "")


def test_sides(page: Page, address: str) -> None:
    """A side that is hidden takes its lines, and the issues that only these reach."""
    visit(page, address)
    chip(page, "Concerned")
    assert lines(page) == without("concerned")
    assert "Piracy" not in drawn(page)
    chip(page, "Relation")
    assert lines(page) == without("concerned", "member", "affiliated", "takes part")


def test_issue_with_narrower_ones(page: Page, address: str) -> None:
    """A broad issue keeps what is said of it and of all below it; only relations between those who say it stay."""
    visit(page, address)
    page.get_by_role("treeitem", name="Trade").click()
    assert lines(page) == [
        "Norland calls for Tolls",
        "Norland supports Harbour treaty",
        "Southland opposes Harbour treaty",
        "Southland supports Port fees",
    ]
    page.get_by_role("treeitem", name="Trade").press("ArrowRight")
    page.get_by_role("treeitem", name="Port fees").click()
    assert lines(page) == ["Norland calls for Tolls", "Southland supports Port fees"]
    assert (fragment(page), page.text_content("#issue-chosen")) == ("#issue=issue/port-fees", "Port fees")


def test_tree_by_keyboard(page: Page, address: str) -> None:
    """Arrow keys open, go into, leave and close a branch; Enter filters; only one item is a tab stop."""
    visit(page, address)
    trade = page.get_by_role("treeitem", name="Trade")
    page.locator("#tree [tabindex='0']").focus()
    for key in ("End", "ArrowRight", "ArrowRight", "ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.querySelector('bdi').textContent") == "Tolls"
    page.keyboard.press("Enter")
    assert lines(page) == ["Norland calls for Tolls"]
    assert page.evaluate("document.activeElement.querySelector('bdi').textContent") == "Tolls"
    for key in ("ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft"):
        page.keyboard.press(key)
    assert trade.get_attribute("aria-expanded") == "false"
    assert page.locator("#tree [tabindex='0']").count() == 1


def test_voice_source_and_confidence(page: Page, address: str) -> None:
    """Each leaves the statements that pass; lines without statements join only what is still there."""
    visit(page, address)
    chip(page, "in the author's own voice")
    assert lines(page) == without("concerned", "fees", "member")
    page.click("#reset")
    sources = page.locator("#sources .chip bdi").all_text_contents()
    assert sorted(sources) == ["The Weekly", "harbour.md", "news.example.org"]
    chip(page, "harbour.md")
    assert lines(page) == [
        "Norland calls for Tolls",
        "Norland supports Harbour treaty",
        "Southland is concerned about Piracy",
        "Southland supports Port fees",
    ]
    page.click("#reset")
    page.locator("#confidence").fill("0.75")
    assert page.text_content("#confidence-value") == "0.75"
    assert lines(page) == without("Southland is concerned", "opposes")


def test_time(page: Page, address: str) -> None:
    """The handles keep what is dated between them; the other one stays where it is."""
    visit(page, address)
    assert page.text_content("#period") == "2020-03 to 2022-11"
    page.locator("#start").focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert page.text_content("#period") == "2020-06 to 2022-11"
    assert lines(page) == [
        "Norland calls for Tolls",
        "Norland supports Harbour treaty",
        "Southland is concerned about Piracy",
        "Southland supports Port fees",
    ]
    page.locator("#end").fill("20")
    assert lines(page) == ["Southland is concerned about Piracy"]
    assert fragment(page) == "#from=2020-06&to=2021-11"
    assert page.locator("#histogram .off").count() == 15


def test_statements_as_nodes(page: Page, address: str) -> None:
    """Each position becomes a node between holder, issue and addressee; the lines come back when it is off."""
    visit(page, address)
    page.click("#dots")
    dots = [name for name in drawn(page) if name.startswith("statement")]
    assert len(dots) == 7
    assert [line for line in lines(page) if line in without("member", "affiliated", "takes part")] == []
    assert page.evaluate("edgeSet.getIds().filter((id) => id.endsWith('addressee')).length") == 1
    page.click("#dots")
    assert (drawn(page), lines(page)) == (NODES, LINES)


def test_focus_and_trail(page: Page, address: str) -> None:
    """One step shows the neighbours of what is chosen, two theirs; the trail leads back."""
    visit(page, address)
    click_node(page, SOUTHLAND)
    page.click("#steps-1")
    assert drawn(page) == ["Harbour treaty", "Piracy", "Port League", "Port fees", "Southland"]
    page.click("#steps-2")
    assert drawn(page) == ["Harbour treaty", "Norland", "Piracy", "Port League", "Port fees", "Southland"]
    page.locator("#panel .link", has_text="Harbour treaty").first.click()
    assert texts(page.locator(".trail li")) == ["← Overview", "Southland"]
    page.locator(".trail a", has_text="Southland").click()
    assert texts(page.locator("#panel h2")) == ["Southland"]
    page.locator(".trail a", has_text="Overview").click()
    assert (drawn(page), fragment(page)) == (NODES, "")


def test_pins(page: Page, address: str) -> None:
    """Several nodes are held: with a button, or with Control and a click; the focus keeps to all of them."""
    visit(page, address)
    click_node(page, NORLAND)
    page.click("#pin")
    click_node(page, TREATY, keys=["Control"])
    assert texts(page.locator("#pins a")) == ["Norland", "Harbour treaty"]
    page.keyboard.press("Escape")
    assert fragment(page) == "#pins=actor/norland&pins=issue/harbour-treaty"
    page.get_by_role("button", name="Unpin Norland").click()
    assert texts(page.locator("#pins a")) == ["Harbour treaty"]
