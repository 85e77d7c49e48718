"""Large networks: the page opens on the most important part, says so, and brings the rest by search, steps and links."""

from __future__ import annotations

import networkx as nx
import pytest
from explorer_pages import BASE, drawn, fragment, texts, visit, written
from playwright.sync_api import Page


def crowd(nodes: int = 900) -> nx.MultiDiGraph[str]:
    """Many persons, each of whom supports one of forty issues, the first issues more often than the last."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for number in range(40):
        network.add_node(
            BASE + f"issue/i{number}", label=f"Issue {number}", type="Issue", iri=BASE + f"issue/i{number}"
        )
    for number in range(nodes):
        person, issue = BASE + f"actor/p{number}", BASE + f"issue/i{number * number % (1 + number % 40)}"
        network.add_node(person, label=f"Person {number}", type="Person", iri=person)
        network.add_edge(person, issue, relation="supports", weight=1)
    return network


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the crowd."""
    return written(tmp_path_factory.mktemp("page"), crowd())


def test_opens_on_a_part_and_says_so(page: Page, address: str) -> None:
    """The counts and the panel tell that this is a part; vis-network is given no more than that."""
    visit(page, address)
    first = page.evaluate("facts.selection")
    assert first < 940
    assert page.evaluate("nodeSet.length") == len(drawn(page)) <= first
    assert (page.text_content("#counts") or "").startswith(
        f"The {first} most important are shown first; search for any other. "
    )
    assert f"opens on its {first} most important nodes" in (page.text_content("#panel") or "")


def test_search_brings_a_node_with_its_neighbours(page: Page, address: str) -> None:
    """A node that is not drawn comes with what it is linked to, and the address keeps it."""
    visit(page, address)
    rest = page.evaluate("nodes.filter((node) => !node.first && node.kind === 'Person')[0].name")
    assert rest not in drawn(page)
    page.fill("#search", rest)
    page.press("#search", "Enter")
    assert rest in drawn(page)
    page.keyboard.press("Escape")
    assert rest in drawn(page)
    assert fragment(page).startswith("#brought=actor/p")
    page.reload()
    assert rest in drawn(page)


def test_steps_reach_beyond_what_is_drawn(page: Page, address: str) -> None:
    """The neighbourhood of a node is taken from the whole network; only its most important part where it is very large."""
    visit(page, f"{address}#node=issue/i0&steps=1")
    around = page.evaluate("edgesOf.get(state.node).length")
    assert len(drawn(page)) == min(around + 1, 300)
    visit(page, f"{address}#node=issue/i25&steps=2")
    page.reload()
    assert len(drawn(page)) == page.evaluate("edgesOf.get(state.node).length + 1")


def test_everything_on_demand(page: Page, address: str) -> None:
    """All can be drawn, and taken back."""
    visit(page, address)
    first = drawn(page)
    page.click("#all")
    assert len(drawn(page)) == 940
    assert page.text_content("#counts") == "940 of 940 nodes, 900 of 900 lines shown"
    page.click("#all")
    assert drawn(page) == first


def test_long_lists_grow(page: Page, address: str) -> None:
    """A panel and a table show the first part of long lists, and more when asked."""
    visit(page, f"{address}#node=issue/i0")
    entries = page.locator("#panel .entry")
    assert entries.count() == 25
    page.locator("#panel > .quiet").click()
    assert entries.count() == 57
    visit(page, f"{address}#view=table&all")
    page.reload()
    assert page.locator("tbody tr").count() == 200
    assert texts(page.locator(".scroll > .quiet")) == ["700 more"]
