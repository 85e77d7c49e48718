"""A real browser for tests: pages in headless Chromium whose errors and requests are watched, and the checker axe.

Tests use the fixtures `page` or `new_page`, which `conftest.py` offers to all of them.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any, Final
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM: Final = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome", "chrome"))), None
)
FLAGS: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
)  # fmt: skip
PATIENCE: Final = 60_000
"""Milliseconds in which a page answers, even on a busy machine."""

NewPage = Callable[..., Page]


class Watched:
    """What went on in the pages of a test: lines of the console that complain, errors, and addresses asked for."""

    def __init__(self) -> None:
        self.complaints: list[str] = []
        self.requests: list[str] = []

    def watch(self, page: Page) -> None:
        """Collect from this page from now on."""
        page.on("console", lambda line: self._console(line.type, line.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))

    def foreign(self) -> list[str]:
        """The addresses that are neither files nor on this machine."""
        own = {"file", "blob", "data"}
        return [
            url
            for url in self.requests
            if urlsplit(url).scheme not in own and urlsplit(url).hostname not in {"127.0.0.1", "localhost"}
        ]

    def _console(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(f"{kind}: {text}")


# For a module and not for the session: while it is there, nothing else in the process may start an event loop.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Headless Chromium, once for the tests of a file; skips them where there is none."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield found
        found.close()


@pytest.fixture
def watched() -> Watched:
    """The record of the pages of this test, to expect complaints or count requests."""
    return Watched()


@pytest.fixture
def new_page(browser: Browser, watched: Watched) -> Iterator[NewPage]:
    """Makes empty pages (`width`, `height`, and any option of a browser context).

    After the test no page may have complained, nor have asked anything of another machine.
    """
    contexts = []

    def make(width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        watched.watch(page)
        return page

    yield make
    for context in contexts:
        context.close()
    assert watched.complaints == []
    assert watched.foreign() == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    """One page of the size of a desktop."""
    return new_page()


def serious(page: Page) -> list[str]:
    """What axe finds serious or critical in the page as it stands: the rule and the first places."""
    found = Axe().run(page).response["violations"]
    return [
        f"{each['id']}: {[node['target'] for node in each['nodes']][:4]}"
        for each in found
        if each["impact"] in {"serious", "critical"}
    ]
