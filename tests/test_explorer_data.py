"""The records of a page: nodes, edges, statements, documents and issues, exactly as the scripts of the page read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest
from factories import BASE, TEXT, document_iri, sample_extraction, second_extraction

from alliancegraph.explorer.records import PageData, page_data
from alliancegraph.graph.network_statements import statement_network
from alliancegraph.graph.store import Store

FIRST, SECOND = document_iri(TEXT), second_extraction().document.iri
AMERICA, CHINA, JAPAN, TARO = (
    BASE + "actor/" + name for name in ("united-states", "china", "japan", "taro-example")
)
CLIMATE = BASE + "issue/climate-change"


@pytest.fixture(scope="module")
def data() -> Iterator[PageData]:
    """The records of both sample documents, with the text of the first."""
    with Store.open() as memory:
        memory.replace(sample_extraction())
        memory.replace(second_extraction())
        yield page_data(statement_network(memory, whole=True), {FIRST: TEXT})


def one(records: tuple[dict[str, Any], ...], **wanted: object) -> dict[str, Any]:
    """The only record with these values."""
    (found,) = (r for r in records if all(r.get(name) == value for name, value in wanted.items()))
    return found


def statements_of(data: PageData, edge: dict[str, Any]) -> list[dict[str, Any]]:
    """What an edge's places refer to."""
    return [data.statements[place] for place in edge["statements"]]


def test_edges_refer_to_their_statements(data: PageData) -> None:
    """Each statement is on the edge that names it, and all are on one."""
    assert [place for edge in data.edges for place in edge["statements"]] == list(range(len(data.statements)))
    assert all(said["edge"] == edge["id"] for edge in data.edges for said in statements_of(data, edge))
    assert [edge["id"] for edge in data.edges] == [f"e{number}" for number in range(22)]


def test_statement_with_two_passages(data: PageData) -> None:
    """The passages of a statement are in the order of the text, and are counted in its characters."""
    edge = one(data.edges, **{"from": TARO, "to": CLIMATE})
    (said,) = statements_of(data, edge)
    passages = said.pop("passages")
    assert said == {
        "iri": FIRST + "#position-e56e6ee14a1d",
        "edge": edge["id"],
        "kind": "position",
        "document": 0,
        "date": "2008-07",
        "voice": "quoted",
        "confidence": 0.8,
    }
    assert [passage["quote"] for passage in passages] == [
        "We will halve our emissions by 2050",
        "halve our emissions by 2050",
    ]
    assert all(TEXT[passage["start"] : passage["end"]] == passage["quote"] for passage in passages)
    assert passages[0]["prefix"] == TEXT[passages[0]["start"] - 32 : passages[0]["start"]]


def test_statements_of_two_documents(data: PageData) -> None:
    """The statements of an edge are ordered by their documents."""
    edge = one(data.edges, **{"from": AMERICA, "relation": "opposes"})
    assert [(said["document"], said["date"]) for said in statements_of(data, edge)] == [
        (0, "2008-07-11"),
        (1, "2009-06"),
    ]


def test_addressee_and_role(data: PageData) -> None:
    """A position tells whom it addresses, by a node of the page; an affiliation tells the office."""
    (warning,) = statements_of(data, one(data.edges, **{"from": AMERICA, "relation": "concern"}))
    assert (warning["addressee"], one(data.nodes, id=CHINA)["name"]) == (CHINA, "China")
    (office,) = statements_of(data, one(data.edges, relation="affiliatedWith"))
    assert (office["kind"], office["role"], "voice" in office) == (
        "relation",
        "Minister of the Environment",
        False,
    )


def test_documents(data: PageData) -> None:
    """Documents have what is known of them, and their text where it was given; they are nodes too."""
    assert data.documents == (
        {
            "iri": FIRST,
            "title": "Allies at Lake Toya: a “quiet” week",
            "date": "2008-07-11",
            "publisher": "Example Review",
            "source": "lake-toya.txt",
            "text": TEXT,
        },
        {"iri": SECOND, "title": "Reversal", "date": "2009-06", "source": "reversal.md"},
    )
    assert [(node["name"], node["importance"]) for node in data.nodes if node["kind"] == "Document"] == [
        ("Allies at Lake Toya: a “quiet” week", 6.0),
        ("Reversal", 2.0),
    ]


def test_edges_of_documents(data: PageData) -> None:
    """What documents discuss and report is a group of edges, and does not make issues more important."""
    found = [edge for edge in data.edges if edge["group"] == "document"]
    assert [(edge["verb"], edge["width"]) for edge in found] == [
        *[("discusses", 1.0)] * 2,
        *[("tells of", 1.0)] * 2,
        *[("discusses", 1.0)] * 3,
    ]
    assert {said["kind"] for edge in found for said in statements_of(data, edge)} == {"discussion", "event"}
    assert one(data.nodes, id=CLIMATE)["importance"] == 4.0


def test_events(data: PageData) -> None:
    """Events have their kind, date and place."""
    event = one(data.nodes, name="Lake Toya summit")
    assert (event["kind"], event["type"], event["date"], event["place"]) == (
        "Event",
        "Meeting or visit",
        "2008-07-07",
        "Japan",
    )


def test_tree_of_issues(data: PageData) -> None:
    """Issues name the one above; those above are in the tree though no statement concerns them."""
    assert [(issue["name"], issue.get("broader", "").rpartition("/")[2]) for issue in data.issues] == [
        ("Alliance management", ""),
        ("Alliance vision and scope", "alliance-management"),
        ("Burden sharing", "defence-and-security"),
        ("Climate change", "environment"),
        ("Defence and security", ""),
        ("Environment", ""),
    ]
    assert one(data.nodes, id=CLIMATE)["broader"] == BASE + "issue/environment"


def test_network_with_little() -> None:
    """A network from elsewhere needs no attributes; a passage without a statement is one by itself."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    network.add_edge("a", "b", evidence=[{"quote": "one"}, {"quote": "two", "voice": "x:quoted"}])
    found = page_data(network)
    assert [(node["id"], node["name"], node["kind"]) for node in found.nodes] == [
        ("a", "a", "Other"),
        ("b", "b", "Other"),
    ]
    assert found.documents == ({"iri": "", "title": ""},)
    assert [(said["iri"], said["kind"], said["confidence"]) for said in found.statements] == [
        ("", "relation", 1.0),
        ("", "relation", 1.0),
    ]
    assert found.statements[1]["voice"] == "quoted"
    assert found.statements[1]["passages"] == [{"quote": "two", "prefix": "", "suffix": ""}]
    assert found.issues == ()
