"""The address of the explorer keeps the whole view: a reload, a link sent to others, and the way back show it again."""

from __future__ import annotations

import urllib.parse

import pytest
from browsing import NewPage
from explorer_pages import NORLAND, click_node, drawn, fragment, lines, texts, until, visit, written
from playwright.sync_api import Page

VIEW = (
    "#view=table&node=actor/norland&steps=2&pins=actor/ana-soder&hide=Event&lines=concern&issue=issue/trade"
    "&voices=reported&sources=The+Weekly&least=0.5&from=2020-03&to=2022-10&dots&rows=nodes&sort=-Name"
    "&trail=edge+actor/southland+opposes+issue/harbour-treaty"
)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the debate."""
    return written(tmp_path_factory.mktemp("page"))


def test_link_restores_everything(new_page: NewPage, address: str) -> None:
    """A view with every setting is the same in another browser, and its link is written as it was read."""
    page = visit(new_page(), address + VIEW)
    assert page.evaluate("addressOf(state)") == VIEW
    assert texts(page.locator(".chip[aria-pressed=false] bdi")) == [
        *("Event", "Concerned", "reported", "The Weekly"),
    ]
    assert texts(page.locator("#pins a")) == ["Ana Söder"]
    assert texts(page.locator(".trail li")) == ["← Overview", "Southland opposes Harbour treaty"]
    assert page.get_attribute("#dots", "aria-pressed") == "true"
    assert page.get_attribute("#steps-2", "aria-pressed") == "true"
    assert page.text_content("#period") == "2020-03 to 2022-10"
    assert page.input_value("#confidence") == "0.5"
    assert texts(page.locator("th[aria-sort=descending]")) == ["Name ↓"]


def test_what_was_done_is_restored(page: Page, address: str) -> None:
    """After filters, a choice and a reload the page draws what it drew."""
    visit(page, address)
    click_node(page, NORLAND)
    page.click("#steps-1")
    page.locator("#confidence").fill("0.7")
    before = (drawn(page), lines(page), texts(page.locator("#panel h2, #panel h3")))
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert (drawn(page), lines(page), texts(page.locator("#panel h2, #panel h3"))) == before


def test_back_and_forward(page: Page, address: str) -> None:
    """The browser's way back goes from choice to choice, not through each notch of a slider."""
    visit(page, address)
    click_node(page, NORLAND)
    for value in ("0.1", "0.2", "0.3"):
        page.locator("#confidence").fill(value)
    page.locator("#panel .link").first.click()
    page.go_back()
    assert fragment(page) == "#node=actor/norland&least=0.3"
    page.go_back()
    assert (fragment(page), texts(page.locator("#panel h2"))) == ("", ["Who says what, and where"])
    page.go_forward()
    assert texts(page.locator("#panel h2")) == ["Norland"]


def test_whole_iris_are_understood(page: Page, address: str) -> None:
    """A link with a node's IRI as it stands, or escaped, shows the node."""
    for form in (NORLAND, urllib.parse.quote(NORLAND, safe="")):
        visit(page, f"{address}#node={form}")
        page.reload()
        assert texts(page.locator("#panel h2")) == ["Norland"]


@pytest.mark.parametrize(
    "bad",
    [
        "#node=nobody", "#node=%E0%A4%A", "#edge=e0", "#edge=", "#view=map&steps=9&least=7&rows=x", "#trail=node&pins=x&a=y",
        "#statement=none&read=none", "#from=never&to=later&issue=none", "#__proto__=1&constructor=2", "#bundle=a+b+c+d+e",
        "#issue=actor/norland", "#node=issue/trade", "#pins=issue/trade", "#sort=%00",
    ],
)  # fmt: skip
def test_addresses_that_mean_nothing(page: Page, address: str, bad: str) -> None:
    """What cannot be read is left out, and the page opens."""
    visit(page, address + bad)
    assert texts(page.locator("#panel h2")) == ["Who says what, and where"]


def test_copied_link(new_page: NewPage, address: str) -> None:
    """The menu copies the link to the view."""
    page = visit(new_page(permissions=["clipboard-read", "clipboard-write"]), f"{address}#node=actor/norland")
    page.click("#save summary")
    page.click("#copy-link")
    until(page, "document.querySelector('#said').textContent !== ''")
    assert page.text_content("#said") == "The link to this view is copied"
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}#node=actor/norland"
