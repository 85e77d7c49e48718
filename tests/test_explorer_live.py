"""The explorer under a server: articles are fetched from it, things have pages of their own, the search knows all names."""

from __future__ import annotations

import functools
import http.server
import threading
import urllib.parse
from collections.abc import Iterator

import pytest
from browsing import Watched, serious
from explorer_pages import BASE, HARBOUR, LATER, SUPPORT, TEXT, debate, texts, visit
from playwright.sync_api import Page

from alliancegraph.explorer.page import page_of
from alliancegraph.explorer.records import page_data

EDGE = "#edge=actor/norland+supports+issue/harbour-treaty"
ELSEWHERE = {"id": BASE + "actor/estland", "name": "Estland", "kind": "State", "aliases": ["Eastland"]}


class Site(http.server.BaseHTTPRequestHandler):
    """The page, one article, and a page of a thing."""

    def __init__(self, page: bytes, *rest: object) -> None:
        self.page = page
        super().__init__(*rest)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        """Answer with what is there."""
        path, _, asked = self.path.partition("?")
        document = urllib.parse.parse_qs(asked).get("document")
        found = {"/": self.page, "/actor/estland": b"<link rel=icon href=data:,><title>Estland</title>"}.get(
            path
        )
        if path == "/explorer/text" and document == [HARBOUR]:
            found = TEXT.encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/plain; charset=utf-8" if asked else "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(found or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a site on this machine."""
    live = {"text": "explorer/text?document=", "base": ""}
    page = page_of(page_data(debate()), title="Debate", details={}, live=live, others=[ELSEWHERE]).encode()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Site, page)) as server:  # type: ignore[arg-type]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_text_is_fetched(page: Page, address: str, watched: Watched) -> None:
    """The article comes from the server, once, and the passage is marked in it."""
    visit(page, address + EDGE)
    page.get_by_role("link", name="Read in the text: Talks").click()
    page.wait_for_selector("mark.own")
    assert texts(page.locator("mark.own")) == [SUPPORT]
    page.check("#marks")
    page.wait_for_selector("#reader .other")
    assert serious(page) == []
    fetched = f"{address}explorer/text?document={urllib.parse.quote(HARBOUR, safe='')}"
    assert watched.requests == [address, fetched]


def test_text_that_cannot_be_had(page: Page, address: str, watched: Watched) -> None:
    """The page says so in the place of the text."""
    visit(page, f"{address}{EDGE}&statement={LATER.removeprefix(BASE)}%23position-2")
    page.wait_for_selector("#reader [role=alert]")
    assert page.text_content("#reader [role=alert]") == "The text cannot be read: the server answers 404."
    assert [line for line in watched.complaints if "404" not in line] == []
    watched.complaints.clear()


def test_pages_of_things(page: Page, address: str) -> None:
    """A node's panel leads to its page."""
    visit(page, f"{address}#node=actor/norland")
    assert page.get_by_role("link", name="Its page").get_attribute("href") == "actor/norland"


def test_address_of_what_is_elsewhere(page: Page, address: str) -> None:
    """A link to something that the page does not show leads on to its page."""
    visit(page, f"{address}#node={ELSEWHERE['id']}")
    assert texts(page.locator("#elsewhere")) == ["Estland is not among what is drawn here: its page"]
    assert page.get_attribute("#elsewhere a", "href") == "actor/estland"


def test_search_beyond_the_page(page: Page, address: str) -> None:
    """What the page does not show is found too, and opens on its own page; it cannot be compared here."""
    visit(page, f"{address}#view=compare")
    page.fill("#actor-a", "eastl")
    assert texts(page.locator("#matches-a li")) == ["Nothing here has this name"]
    page.fill("#search", "eastl")
    page.press("#search", "Enter")
    page.wait_for_url(address + "actor/estland")
    assert page.title() == "Estland"
