"""Networks of a store for NetworkX: who takes sides on what, who agrees with whom, who took part in what.

Nodes are IRIs with `label`, `type` and `iri`. All networks list nodes and edges in the same order on any machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import Final

import networkx as nx  # type: ignore[import-untyped]

from alliancegraph.graph.facts import Fact, Thing, facts, local_name, things
from alliancegraph.graph.network_nodes import Network, add_nodes
from alliancegraph.graph.network_statements import statement_network
from alliancegraph.graph.store import Store
from alliancegraph.ontology.alignment import polarity
from alliancegraph.ontology.errors import UsageError

EVENT_ROLES: Final = ("organizes", "participatesIn", "targetOf")


def actor_issue_network(store: Store, *, min_confidence: float = 0.0) -> nx.DiGraph:
    """From actors to the issues that they take positions on.

    Edges have `weight` (the number of positions), `positive`, `negative` and `neutral` (how many of each polarity),
    `stances`, `confidence` (of the surest position) and `documents` (how many).
    """
    known = things(store)
    network = nx.DiGraph()
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts(store, min_confidence, with_passages=False):
        if fact.kind == "position" and fact.object is not None:
            groups.setdefault((fact.subject, fact.object), []).append(fact)
    add_nodes(network, {node for pair in groups for node in pair}, known)
    for (actor, issue), group in sorted(groups.items()):
        sides = [_side(fact.predicate) for fact in group]
        network.add_edge(
            actor,
            issue,
            weight=len(group),
            positive=sides.count("Positive"),
            negative=sides.count("Negative"),
            neutral=sides.count("Neutral"),
            stances=_listed(fact.predicate for fact in group),
            confidence=max(fact.confidence for fact in group),
            documents=len({fact.document for fact in group}),
        )
    return network


def actor_network(store: Store, *, min_confidence: float = 0.0) -> nx.Graph:
    """Actors who agree or disagree on issues, or who are related.

    Edges have `congruence` and `conflict` (the number of issues on which both take the same side, or opposite sides),
    `relations` (their ids) and `weight`, the sum of the three. An actor who takes both sides of an issue counts for both.
    """
    known = things(store)
    statements = facts(store, min_confidence, with_passages=False)
    agreements = _agreements(statements)
    relations: dict[tuple[str, str], set[str]] = {}
    for fact in statements:
        if fact.kind == "relation" and _is_actor(fact.object, known) and fact.object != fact.subject:
            pair = _pair(fact.subject, str(fact.object))
            relations.setdefault(pair, set()).add(fact.predicate)
    network = nx.Graph()
    pairs = sorted({*agreements, *relations})
    add_nodes(network, {node for pair in pairs for node in pair}, known)
    for pair in pairs:
        congruence, conflict = agreements.get(pair, (0, 0))
        kinds = relations.get(pair, set())
        network.add_edge(
            *pair,
            congruence=congruence,
            conflict=conflict,
            relations=_listed(kinds),
            weight=congruence + conflict + len(kinds),
        )
    return network


def actor_event_network(store: Store, *, min_confidence: float = 0.0) -> nx.DiGraph:
    """From actors to the events in which they had a part.

    Edges have `roles`, `weight` (the number of statements), `confidence` (of the surest) and `documents` (how many).
    """
    known = things(store)
    groups: dict[tuple[str, str], list[Fact]] = {}
    for fact in facts(store, min_confidence, with_passages=False):
        if fact.kind == "relation" and fact.predicate in EVENT_ROLES and fact.object is not None:
            groups.setdefault((fact.subject, fact.object), []).append(fact)
    network = nx.DiGraph()
    add_nodes(network, {node for pair in groups for node in pair}, known)
    for (actor, event), group in sorted(groups.items()):
        network.add_edge(
            actor,
            event,
            roles=_listed(fact.predicate for fact in group),
            weight=len(group),
            confidence=max(fact.confidence for fact in group),
            documents=len({fact.document for fact in group}),
        )
    return network


KINDS: Final[Mapping[str, Callable[..., Network]]] = {
    "actors": actor_network,
    "actors-events": actor_event_network,
    "actors-issues": actor_issue_network,
    "statements": statement_network,
}
"""The networks by name."""


def network(store: Store, kind: str, *, min_confidence: float = 0.0) -> Network:
    """The network of that kind; raise `UsageError` for an unknown one."""
    if kind not in KINDS:
        raise UsageError(f"no network is called {kind!r}; choose one of {', '.join(KINDS)}")
    return KINDS[kind](store, min_confidence=min_confidence)


def _side(stance: str) -> str:
    return local_name(polarity(stance))


def _agreements(statements: Iterable[Fact]) -> dict[tuple[str, str], tuple[int, int]]:
    """On how many issues two actors take the same side, and on how many opposite sides."""
    sides: dict[str, dict[str, set[str]]] = {}
    for fact in statements:
        if fact.kind == "position" and fact.object is not None and _side(fact.predicate) != "Neutral":
            sides.setdefault(fact.object, {}).setdefault(fact.subject, set()).add(_side(fact.predicate))
    counts: dict[tuple[str, str], tuple[int, int]] = {}
    for holders in sides.values():
        for one, other in combinations(sorted(holders), 2):
            same, opposite = counts.get((one, other), (0, 0))
            agree = bool(holders[one] & holders[other])
            differ = len(holders[one] | holders[other]) > 1
            counts[one, other] = (same + agree, opposite + differ)
    return counts


def _is_actor(iri: str | None, known: Mapping[str, Thing]) -> bool:
    return iri is not None and iri in known and known[iri].type not in ("Event", "Issue", "Document")


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one <= other else (other, one)


def _listed(names: Iterable[str]) -> str:
    return "; ".join(sorted(set(names)))
