"""Where the nodes of a page stand: the same everywhere, none on another, and quickly for thousands."""

from __future__ import annotations

import networkx as nx
import pytest

from alliancegraph.explorer.records import page_data
from alliancegraph.graph.lattice import place_around
from alliancegraph.graph.layout import Box, Positions

BOX = Box(60, 15, 31)


def star(spokes: int) -> tuple[Positions, dict[str, Box], list[tuple[str, str]]]:
    """Two placed hubs, each with as many neighbours, and one node that nothing holds."""
    names = [f"{hub}{number}" for hub in "ab" for number in range(spokes)]
    boxes = dict.fromkeys(["a", "b", "lone", *names], BOX)
    return {"a": (-400, 0), "b": (400, 0)}, boxes, [(name[0], name) for name in names]


def test_lattice_is_the_same_everywhere() -> None:
    """The places are fixed: they do not depend on the machine, on library versions or on the order of the input."""
    placed, boxes, edges = star(2)
    found = place_around(placed, boxes, edges)
    assert found == {"a0": (-224, 22), "a1": (-32, 22), "b0": (480, 22), "b1": (288, 22), "lone": (96, 22)}
    assert place_around(placed, dict(reversed(boxes.items())), edges[::-1]) == found


def test_neighbours_stay_on_their_side() -> None:
    """Nodes are on the side of the hub to which they belong, but for those for which there is no room."""
    placed, boxes, edges = star(100)
    found = place_around(placed, boxes, edges)
    left = [name for name, (x, _) in found.items() if x < 0 and name != "lone"]
    assert {name[0] for name in left} == {"a"}
    assert len(left) == 95


def test_nodes_have_cells_of_their_own() -> None:
    """No two nodes share a place, and none is within the box of a placed one."""
    placed, boxes, edges = star(300)
    found = place_around(placed, boxes, edges)
    assert len(set(found.values())) == len(found) == 601
    for x, y in placed.values():
        inside = [
            1
            for other_x, other_y in found.values()
            if abs(other_x - x) < BOX.width / 2 and -BOX.above < other_y - y < BOX.below
        ]
        assert inside == []


def test_nothing_to_place() -> None:
    """A drawing whose nodes are all placed stays as it is; one without edges is a plain lattice."""
    assert place_around({"a": (0, 0)}, {"a": BOX}, []) == {}
    assert len(set(place_around({}, dict.fromkeys("abcd", BOX), []).values())) == 4


@pytest.mark.parametrize(("documents", "selection"), [(20, 400), (21, 380)])
def test_documents_come_on_demand(documents: int, selection: int) -> None:
    """Documents do not make a network large; where they are many, they alone are left out at the start."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_nodes_from((f"n{number}", {"type": "Person"}) for number in range(380))
    network.add_nodes_from((f"d{number}", {"type": "Document"}) for number in range(documents))
    data = page_data(network)
    assert data.selection == sum(node["first"] for node in data.nodes) == selection


def test_thousands_of_nodes() -> None:
    """Of three thousand nodes all have a place of their own, and the first ones are drawn."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_edges_from(
        (f"n{number}", f"n{number * 7 % 97}", {"relation": "supports"}) for number in range(3000)
    )
    data = page_data(network)
    assert len({(node["x"], node["y"]) for node in data.nodes}) == 3000
    assert data.selection == 120
