"""Networks: exactly the nodes and edges that the statements give, in the same order everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest
from factories import TEXT, document_iri, sample_extraction, second_extraction

from alliancegraph.graph.facts import facts, local_name, things
from alliancegraph.graph.network import KINDS, network
from alliancegraph.graph.network_statements import statement_network
from alliancegraph.graph.store import Store
from alliancegraph.ontology.errors import UsageError

BASE = "https://w3id.org/alliancegraph/"
JAPAN, AMERICA, TARO = (BASE + "actor/" + name for name in ("japan", "united-states", "taro-example"))
CLIMATE, BURDEN = BASE + "issue/climate-change", BASE + "issue/burden-sharing"
SUMMIT = document_iri(TEXT) + "#event-0123456789ab"


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Both sample documents in memory."""
    with Store.open() as memory:
        memory.replace(sample_extraction())
        memory.replace(second_extraction())
        yield memory


def edges(graph: nx.Graph[Any], *names: str) -> list[tuple[object, ...]]:
    """The edges by local names, with some of their attributes."""
    return [
        (local_name(a), local_name(b), *(found[name] for name in names))
        for a, b, found in graph.edges(data=True)
    ]


def test_kinds(store: Store) -> None:
    """Four networks, each of the class that fits it."""
    assert {kind: type(network(store, kind)) for kind in KINDS} == {
        "actors": nx.Graph,
        "actors-events": nx.DiGraph,
        "actors-issues": nx.DiGraph,
        "statements": nx.MultiDiGraph,
    }


def test_unknown_kind(store: Store) -> None:
    """An unknown network is told with those that there are."""
    with pytest.raises(UsageError) as caught:
        network(store, "actor")
    assert str(caught.value) == (
        "no network is called 'actor'; choose one of actors, actors-events, actors-issues, statements"
    )


def test_actor_issue_network(store: Store) -> None:
    """Who takes which side on what, over all documents."""
    graph = network(store, "actors-issues")
    assert edges(
        graph, "weight", "positive", "negative", "neutral", "stances", "confidence", "documents"
    ) == [
        ("hana-moriyama", "alliance-vision", 1, 1, 0, 0, "proposes", 0.88, 1),
        ("japan", "burden-sharing", 1, 0, 1, 0, "opposes", 0.7, 1),
        ("japan", "climate-change", 2, 1, 1, 0, "opposes; supports", 0.9, 2),
        ("taro-example", "climate-change", 1, 1, 0, 0, "commits", 0.8, 1),
        ("united-states", "burden-sharing", 2, 0, 2, 0, "opposes", 0.7, 2),
        ("united-states", "climate-change", 1, 0, 1, 0, "concern", 0.72, 1),
    ]


def test_actor_network(store: Store) -> None:
    """Who agrees and disagrees with whom, on how many issues, and how they are related."""
    assert edges(network(store, "actors"), "congruence", "conflict", "relations", "weight") == [
        ("group-of-eight", "japan", 0, 0, "memberOf", 1),
        ("japan", "ministry-of-the-environment-of-japan", 0, 0, "partOf", 1),
        ("japan", "taro-example", 1, 1, "affiliatedWith", 3),
        ("japan", "united-states", 2, 1, "alliedWith", 4),
        ("taro-example", "united-states", 0, 1, "", 1),
    ]


def test_actor_event_network(store: Store) -> None:
    """Who had which part in what."""
    assert edges(network(store, "actors-events"), "roles", "weight", "confidence", "documents") == [
        ("japan", "event-0123456789ab", "organizes", 1, 0.85, 1),
        ("united-states", "event-0123456789ab", "participatesIn", 1, 0.7, 1),
        ("united-states", "september-11-attacks", "targetOf", 1, 0.6, 1),
    ]


def test_statement_network(store: Store) -> None:
    """Every position and relation is an edge with its kind as key."""
    graph = network(store, "statements")
    found = [(local_name(a), local_name(b), key) for a, b, key in graph.edges(keys=True)]
    assert found == [
        ("hana-moriyama", document_iri(TEXT).rpartition("/")[2], "authorOf"),
        ("hana-moriyama", "alliance-vision", "proposes"),
        ("japan", "group-of-eight", "memberOf"),
        ("japan", "united-states", "alliedWith"),
        ("japan", "event-0123456789ab", "organizes"),
        ("japan", "burden-sharing", "opposes"),
        ("japan", "climate-change", "opposes"),
        ("japan", "climate-change", "supports"),
        ("ministry-of-the-environment-of-japan", "japan", "partOf"),
        ("taro-example", "japan", "affiliatedWith"),
        ("taro-example", "climate-change", "commits"),
        ("united-states", "event-0123456789ab", "participatesIn"),
        ("united-states", "september-11-attacks", "targetOf"),
        ("united-states", "burden-sharing", "opposes"),
        ("united-states", "climate-change", "concern"),
    ]
    assert graph.edges[TARO, JAPAN, "affiliatedWith"]["role"] == "Minister of the Environment"


def test_evidence_of_an_edge(store: Store) -> None:
    """An edge has the passages of all its statements, each with its document, date and voice."""
    edge = network(store, "statements").edges[AMERICA, BURDEN, "opposes"]
    evidence = edge["evidence"]
    assert {name: edge[name] for name in ("relation", "label", "weight", "confidence", "documents")} == {
        "relation": "opposes",
        "label": "opposes",
        "weight": 2,
        "confidence": 0.7,
        "documents": 2,
    }
    assert evidence == [
        {
            "quote": "reject higher burden sharing",
            "prefix": "e climate pact. Japan and America ",
            "suffix": ".\n",
            "start": 50,
            "end": 78,
            "confidence": 0.7,
            "document_iri": second_extraction().document.iri,
            "document": "Reversal",
            "date": "2009-06",
            "voice": "reported",
            "statement": second_extraction().document.iri + "#position-f752f8f9898a",
            "kind": "position",
        }
        | {"prefix": second_extraction().document.text[18:50]},
        {
            "quote": "was reluctant to share the costs of the alliance",
            "prefix": TEXT[331:363],
            "suffix": TEXT[411:443],
            "start": 363,
            "end": 411,
            "confidence": 0.64,
            "document_iri": document_iri(TEXT),
            "document": "Allies at Lake Toya: a “quiet” week",
            "date": "2008-07-11",
            "voice": "reported",
            "statement": document_iri(TEXT) + "#position-944bfcc3a507",
            "kind": "position",
        },
    ]


def test_whole_statement_network(store: Store) -> None:
    """On demand it has what documents discuss and report, who is only spoken to, and the issues above its own."""
    graph = statement_network(store, whole=True)
    added = [
        (local_name(a)[:8], local_name(b), key)
        for a, b, key in graph.edges(keys=True)
        if key in ("discusses", "reports")
    ]
    assert added == [
        ("50b30b40", "burden-sharing", "discusses"),
        ("50b30b40", "climate-change", "discusses"),
        ("f3f242c7", "event-0123456789ab", "reports"),
        ("f3f242c7", "september-11-attacks", "reports"),
        ("f3f242c7", "alliance-vision", "discusses"),
        ("f3f242c7", "burden-sharing", "discusses"),
        ("f3f242c7", "climate-change", "discusses"),
    ]
    assert [local_name(node) for node in graph if not graph.degree(node)] == ["china"]
    assert graph.edges[AMERICA, CLIMATE, "concern"]["evidence"][0]["addressee"] == BASE + "actor/china"
    assert graph.edges[TARO, JAPAN, "affiliatedWith"]["evidence"][0]["role"] == "Minister of the Environment"
    assert graph.graph["issues"] == {
        BASE + "issue/alliance-management": {"label": "Alliance management"},
        BASE + "issue/defence-and-security": {"label": "Defence and security"},
        BASE + "issue/environment": {"label": "Environment"},
    }
    assert BASE + "actor/china" not in statement_network(store)


def test_nodes(store: Store) -> None:
    """Nodes have a label, a type, an IRI, and what else is known."""
    nodes = network(store, "statements").nodes
    assert nodes[AMERICA] == {
        "label": "United States",
        "type": "State",
        "iri": AMERICA,
        "aliases": ["America", "U.S.", "Washington"],
        "wikidata": "http://www.wikidata.org/entity/Q30",
    }
    assert nodes[SUMMIT] == {
        "label": "Lake Toya summit",
        "type": "Event",
        "iri": SUMMIT,
        "date": "2008-07-07",
        "event_type": "Meeting or visit",
        "place": "Japan",
    }
    assert nodes[document_iri(TEXT)] == {
        "label": "Allies at Lake Toya: a “quiet” week",
        "type": "Document",
        "iri": document_iri(TEXT),
        "date": "2008-07-11",
        "publisher": "Example Review",
        "source": "lake-toya.txt",
    }
    assert (nodes[CLIMATE]["label"], nodes[CLIMATE]["type"]) == ("Climate change", "Issue")
    assert nodes[CLIMATE]["broader"] == BASE + "issue/environment"
    assert list(nodes) == sorted(nodes)


@pytest.mark.parametrize(
    ("kind", "sizes"),
    [("actors", (4, 3)), ("actors-events", (2, 1)), ("actors-issues", (5, 3)), ("statements", (9, 8))],
)
def test_minimal_confidence(store: Store, kind: str, sizes: tuple[int, int]) -> None:
    """What is less certain is left out, and nodes that only it connects."""
    graph = network(store, kind, min_confidence=0.8)
    assert (graph.number_of_nodes(), graph.number_of_edges()) == sizes


def test_facts(store: Store) -> None:
    """All statements of both documents, of four kinds."""
    kinds = [fact.kind for fact in facts(store)]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "discussion": 5,
        "event": 2,
        "position": 8,
        "relation": 8,
    }
    assert all(fact.passages for fact in facts(store))
    assert [local_name(f.addressee) for f in facts(store) if f.addressee] == ["china"]


def test_empty_store() -> None:
    """A store without documents has networks without nodes."""
    with Store.open() as memory:
        assert {kind: len(network(memory, kind)) for kind in KINDS} == dict.fromkeys(KINDS, 0)
        assert things(memory) == {}
