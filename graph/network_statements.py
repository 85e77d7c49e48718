"""The network of all statements: who says what of what, each edge with the passages that say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

import networkx as nx  # type: ignore[import-untyped]

from alliancegraph.graph.facts import Fact, Thing, facts, things
from alliancegraph.graph.network_nodes import add_nodes
from alliancegraph.graph.store import Store

_STATED: Final = ("position", "relation")


def statement_network(store: Store, *, min_confidence: float = 0.0, whole: bool = False) -> nx.MultiDiGraph:
    """Actors, issues, events and documents, with an edge for each position or relation between two of them.

    With `whole`, also edges from documents to the issues that they discuss (`discusses`) and the events that they tell of
    (`reports`), and nodes for actors that are only spoken to. Edges have `relation` (also their key), `label`, `weight` (the
    number of statements), `confidence` (of the surest one), `documents` (how many), `role` and `evidence`: a list of passages,
    each with its `statement`, that one's `kind`, `confidence`, `date`, `voice`, `addressee` and `role`, and its `document`.
    """
    return network_of(facts(store, min_confidence), things(store), whole=whole)


def network_of(statements: Iterable[Fact], known: Mapping[str, Thing], *, whole: bool) -> nx.MultiDiGraph:
    """The network of these statements, in the order of its nodes, whatever the order of the statements.

    `issues`, an attribute of the network, has the issues that are broader than its own, by IRI, as nodes would have them.
    """
    found = _grouped(statements, whole)
    nodes = {node for source, target, _ in found for node in (source, target)}
    if whole:
        nodes |= {fact.addressee for group in found.values() for fact in group if fact.addressee}
    network = nx.MultiDiGraph()
    add_nodes(network, nodes, known)
    for (source, target, relation), group in sorted(found.items()):
        attributes: dict[str, Any] = {
            "relation": relation,
            "label": relation,
            "weight": len(group),
            "confidence": max(fact.confidence for fact in group),
            "documents": len({fact.document for fact in group}),
        }
        if roles := sorted({fact.role for fact in group if fact.role}):
            attributes["role"] = "; ".join(roles)
        evidence = [record for fact in group for record in _evidence(fact, known)]
        network.add_edge(source, target, key=relation, **attributes, evidence=evidence)
    network.graph["issues"] = _broader(network, known)
    return network


def _grouped(statements: Iterable[Fact], whole: bool) -> dict[tuple[str, str, str], list[Fact]]:
    """Statements by what they connect, and how."""
    groups: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in statements:
        for key in _connected(fact, whole):
            groups.setdefault(key, []).append(fact)
    return groups


def _connected(fact: Fact, whole: bool) -> Iterator[tuple[str, str, str]]:
    if fact.kind in _STATED and fact.object is not None:
        yield fact.subject, fact.object, fact.predicate
    elif whole and fact.kind == "discussion" and fact.object is not None:
        yield fact.document, fact.object, fact.predicate
    elif whole and fact.kind == "event":
        yield fact.document, fact.subject, "reports"


def _evidence(fact: Fact, known: Mapping[str, Thing]) -> list[dict[str, Any]]:
    """The passages of a statement as the page wants them."""
    document = known.get(fact.document)
    shared: dict[str, Any] = {
        "statement": fact.iri,
        "kind": fact.kind,
        "confidence": fact.confidence,
        "document_iri": fact.document,
        "document": document.label if document else fact.document,
    }
    optional = {
        "date": (None if fact.kind == "event" else fact.date) or (document.date if document else None),
        "voice": fact.voice,
        "addressee": fact.addressee,
        "role": fact.role,
    }
    shared |= {name: value for name, value in optional.items() if value is not None}
    return [
        {"quote": p.exact, "prefix": p.prefix, "suffix": p.suffix, "start": p.start, "end": p.end, **shared}
        for p in fact.passages
    ]


def _broader(network: nx.MultiDiGraph, known: Mapping[str, Thing]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    waiting = sorted({node["broader"] for _, node in network.nodes(data=True) if "broader" in node})
    while waiting:
        iri = waiting.pop()
        if iri in known and iri not in found and iri not in network:
            thing = known[iri]
            found[iri] = {"label": thing.label} | ({"broader": thing.broader} if thing.broader else {})
            waiting += [thing.broader] if thing.broader else []
    return dict(sorted(found.items()))
