"""The watched browser of the tests: it sees errors, requests and what makes a page hard to use."""

from __future__ import annotations

from browsing import NewPage, Watched, serious


def test_checker_finds_what_is_serious(new_page: NewPage) -> None:
    """A page with an unnamed field and faint text fails; a plain one does not."""
    page = new_page()
    page.set_content("<html lang=en><title>A</title><main><h1>A</h1><p>Text</p></main>")
    assert serious(page) == []
    page.set_content("<html lang=en><title>A</title><main><input><p style='color: #ccc'>Text</p></main>")
    assert [each.split(":")[0] for each in serious(page)] == ["color-contrast", "label"]


def test_errors_and_requests_are_seen(new_page: NewPage, watched: Watched) -> None:
    """A script's error, a warning and a request to another host are kept."""
    page = new_page()
    page.route("**/*", lambda route: route.fulfill(body=""))
    page.set_content("<script>console.warn('careful'); fetch('https://other.example/x'); nothing()</script>")
    page.wait_for_timeout(100)
    assert watched.foreign() == ["https://other.example/x"]
    assert watched.complaints == ["warning: careful", "nothing is not defined"]
    watched.complaints.clear()
    watched.requests.clear()
