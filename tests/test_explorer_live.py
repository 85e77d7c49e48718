"""The page over a served store: the same as a file's where the store is small, the most important part where it is large."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from factories import BASE, TEXT, document_iri, sample_extraction, second_extraction

from alliancegraph.explorer import live
from alliancegraph.explorer.overview import number_of_statements, overview
from alliancegraph.explorer.reading import statement
from alliancegraph.graph.facts import facts, local_name, things
from alliancegraph.graph.store import Store

FIRST = document_iri(TEXT)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Both sample documents in memory."""
    with Store.open() as memory:
        memory.replace(sample_extraction())
        memory.replace(second_extraction())
        yield memory


def held(page: bytes, name: str) -> Any:
    """The JSON that a page holds under an id."""
    return json.loads(page.decode().split(f'id="{name}">')[1].split("</script>")[0])


def test_small_store_is_shown_whole(store: Store) -> None:
    """All nodes are there, no text is, and the address for texts is relative to the site."""
    page = live.live_page(store, title="Live", base="../")
    found = held(page, "facts")
    assert (len(held(page, "nodes")), len(held(page, "edges")), len(found["statements"])) == (14, 22, 23)
    assert found["live"] == {"text": "../explorer/text?document=", "base": "../"}
    assert [document for document in found["documents"] if "text" in document] == []
    assert "others" not in found
    assert "<title>Live</title>" in page.decode()


def test_large_store_is_shown_in_part(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit only the most important nodes are shown, and the others are known by name."""
    monkeypatch.setattr(live, "WHOLE", 22)
    monkeypatch.setattr(live, "NODES", 3)
    page = live.live_page(store)
    assert sorted(node["name"] for node in held(page, "nodes")) == [
        "Climate change",
        "Japan",
        "United States",
    ]
    found = held(page, "facts")
    assert found["details"] == {
        "shown": f"the 3 most important of {3 + len(found['others'])} actors, issues and events"
    }
    taro = BASE + "actor/taro-example"
    assert [other for other in found["others"] if other["id"] == taro] == [
        {"id": taro, "name": "Taro Example", "kind": "Person", "aliases": ["Mr. Example"]}
    ]
    assert [other for other in found["others"] if other["kind"] == "Document"] == []


def test_overview_counts_all_statements(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edge has the surest of its statements, and the number of all of them."""
    monkeypatch.setattr("alliancegraph.explorer.overview._OF_EACH", 1)
    network = overview(store, things(store), 4, 100)
    edges = {
        f"{local_name(a)} {key} {local_name(b)}": (
            edge["weight"],
            [item["confidence"] for item in edge["evidence"]],
        )
        for a, b, key, edge in network.edges(keys=True, data=True)
    }
    assert edges == {
        "japan alliedWith united-states": (1, [0.8]),
        "japan opposes burden-sharing": (1, [0.7]),
        "japan opposes climate-change": (1, [0.9]),
        "japan supports climate-change": (1, [0.35]),
        "united-states concern climate-change": (1, [0.72]),
        "united-states opposes burden-sharing": (2, [0.7]),
    }
    assert overview(store, things(store), 4, 1).number_of_edges() == 1


def test_statements_are_read_as_all_are(store: Store) -> None:
    """Each position and relation, looked up by itself, is what the reading of all of them gives."""
    stated = [fact for fact in facts(store) if fact.kind in ("position", "relation")]
    assert [statement(store, fact.document, fact.iri) for fact in stated] == stated
    assert statement(store, FIRST, FIRST + "#event-0123456789ab") is None
    assert statement(store, FIRST, FIRST + "#nothing") is None


def test_number_of_statements(store: Store) -> None:
    """Positions, relations, discussions and events are counted."""
    assert number_of_statements(store) == 23
    with Store.open() as memory:
        assert number_of_statements(memory) == 0
        assert held(live.live_page(memory), "nodes") == []
