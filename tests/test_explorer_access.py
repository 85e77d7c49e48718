"""The explorer is usable by all: axe finds nothing serious in any view, light, dark and at phone width."""

from __future__ import annotations

import pytest
from browsing import NewPage, serious
from explorer_pages import texts, visit, written

VIEWS = {
    "start": "",
    "node": "#node=actor/norland&pins=issue/piracy&steps=1&least=0.1",
    "document": "#node=document/d1&hide=",
    "text": "#edge=actor/norland+supports+issue/harbour-treaty&statement=document/d1%23position-1&marks",
    "timeline": "#view=timeline",
    "table": "#view=table&sort=Statements",
    "compare": "#view=compare&a=actor/norland&b=actor/southland",
}
LOOKS = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"width": 390, "height": 844, "has_touch": True},
    "dark phone": {"width": 390, "height": 844, "color_scheme": "dark"},
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the debate."""
    return written(tmp_path_factory.mktemp("page"))


@pytest.mark.parametrize("look", LOOKS)
def test_nothing_serious(new_page: NewPage, address: str, look: str) -> None:
    """Each view passes, with the legend, the list of matches and the menu open."""
    page = new_page(**LOOKS[look])
    found = {}
    for name, view in VIEWS.items():
        page.goto("about:blank")
        visit(page, address + view)
        found[name] = serious(page)
    page.locator("#legend").evaluate("(legend) => (legend.open = true)")
    page.locator("#save").evaluate("(menu) => (menu.open = true)")
    found["menu"] = serious(page)
    page.fill("#search", "land")
    found["matches"] = serious(page)
    assert found == {name: [] for name in found}


@pytest.mark.parametrize("view", VIEWS)
def test_phone_does_not_scroll_sideways(new_page: NewPage, address: str, view: str) -> None:
    """At phone width nothing sticks out, and the legend is folded away."""
    page = visit(new_page(width=390, height=844), address + VIEWS[view])
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.locator("#types").is_visible() is False


def test_drawing_as_text(new_page: NewPage, address: str) -> None:
    """Who cannot see the drawing is told where the same is as text, and how to move in it."""
    page = visit(new_page(), address)
    assert (
        page.get_attribute("#canvas", "aria-label")
        == "Drawing of the network; the Table view has the same as text"
    )
    assert (page.text_content("#keys") or "").startswith("In the drawing, arrow keys go from node to node")


def test_theme_follows_the_system(new_page: NewPage, address: str) -> None:
    """The drawing changes its colours with the page when the system turns dark."""
    page = visit(new_page(color_scheme="light"), address)
    colour = "nodeSet.get(nodes.find((node) => node.name === 'Norland').id).color.background"
    assert page.evaluate(colour) == "#0067A5"
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(f"{colour} === '#5BB2EA'")


def test_printed_page(new_page: NewPage, address: str) -> None:
    """On paper there are the drawing and all of the panel, and nothing to press."""
    page = visit(new_page(), f"{address}#node=actor/norland")
    page.emulate_media(media="print")
    for selector in ("#legend", "#search", ".tabs", "#save", ".tools", "#pin"):
        assert page.locator(selector).is_visible() is False
    panel = page.locator("#panel").evaluate("(panel) => panel.scrollHeight - panel.clientHeight")
    assert (panel, page.locator("#canvas").is_visible()) == (0, True)
    assert texts(page.locator("#panel h2")) == ["Norland"]
