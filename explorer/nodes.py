"""The nodes of a page: who or what they are, how they look, and how important they are."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Iterable, Mapping
from typing import Any, Final

import networkx as nx  # type: ignore[import-untyped]

from alliancegraph.explorer.style import LINE_LENGTH, Record, last, page_style

_OPTIONAL: Final = ("wikidata", "date", "definition", "place", "broader", "publisher", "source", "url")


def importance(network: nx.MultiDiGraph[Any], edges: Iterable[Record]) -> dict[str, float]:
    """The number of statements that concern a node; what is only discussed or told of counts for its document alone."""
    found = {str(node): 0.0 for node in network}
    for edge in edges:
        found[edge["from"]] += edge["weight"]
        if edge["group"] != "document":
            found[edge["to"]] += edge["weight"]
    return {node: round(value, 3) for node, value in found.items()}


def nodes(network: nx.MultiDiGraph[Any], weights: Mapping[str, float], first: frozenset[str]) -> list[Record]:
    """The nodes, the most important first; `first` are those that are drawn at the start."""
    kinds = {str(node): _kind(attributes) for node, attributes in network.nodes(data=True)}
    most = {
        is_document: max(
            (weights[node] for node, kind in kinds.items() if (kind == "Document") == is_document),
            default=0.0,
        )
        for is_document in (True, False)
    }
    records = [
        _node(str(node), attributes, weights[str(node)], most[kinds[str(node)] == "Document"] or 1.0)
        for node, attributes in network.nodes(data=True)
    ]
    for record in records:
        record["first"] = record["id"] in first
    return sorted(records, key=lambda record: (-record["importance"], record["id"]))


def _kind(attributes: Mapping[str, Any]) -> str:
    return last(str(attributes.get("type") or "Other"))


def _node(node: str, attributes: Mapping[str, Any], weight: float, most: float) -> Record:
    kind = _kind(attributes)
    look = page_style()["types"].get(kind, page_style()["types"]["Other"])
    name = str(attributes.get("label") or node)
    aliases = attributes.get("aliases") or ()
    record: Record = {
        "id": node,
        "label": "\n".join(textwrap.wrap(name, LINE_LENGTH, max_lines=3, placeholder="…")) or name,
        "name": name,
        "kind": kind,
        "iri": str(attributes.get("iri") or ""),
        "aliases": sorted(
            {str(alias) for alias in ([aliases] if isinstance(aliases, str) else aliases)} - {name}
        ),
        "importance": weight,
        "shape": look["shape"],
        "size": round(9 + 15 * math.sqrt(weight / most), 1),
        "color": {"background": "#ffffff" if look.get("hollow") else look["light"], "border": look["light"]},
        "borderWidth": 3 if look.get("hollow") else 1,
    }
    record |= {key: str(attributes[key]) for key in _OPTIONAL if attributes.get(key)}
    if attributes.get("event_type"):
        record["type"] = str(attributes["event_type"])
    return record
