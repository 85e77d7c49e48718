"""What the interactive page knows of a network: nodes, edges and documents as plain, sorted records for pyvis."""

from __future__ import annotations

import json
import math
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import networkx as nx  # type: ignore[import-untyped]

from alliancegraph.graph.layout import Box, place_beside, positions

ASSETS = Path(__file__).parent / "assets"
LABEL_SIZE = 13  # pixels
_LINE_HEIGHT = 16
_CHARACTER_WIDTH = 7.0
_LINE_LENGTH = 20
_LARGE = 400  # networks with more nodes than this open on a selection
_FIRST = 120  # the size of that selection

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageData:
    """Options of pyvis nodes (`id`, `label`, `x`, …) and edges (`from`, `to`, …), and the documents they cite."""

    nodes: tuple[Record, ...]
    edges: tuple[Record, ...]
    documents: tuple[Record, ...]
    selection: int = field(default=0)


@cache
def page_style() -> Record:
    """Colours, shapes and wording of the page, from `assets/style.json`."""
    found: Record = json.loads((ASSETS / "style.json").read_text(encoding="utf-8"))
    return found


def page_data(network: nx.MultiDiGraph[Any]) -> PageData:
    """The records of all nodes and edges of `network`, laid out; the same for the same network, whatever its order."""
    documents = _documents(network)
    numbers = {(document["title"], document["iri"]): number for number, document in enumerate(documents)}
    edges = _edges(network, numbers)
    importance = _importance(network, edges)
    ranked = sorted(importance, key=lambda node: (-importance[node], node))
    first = ranked if len(ranked) <= _LARGE else ranked[:_FIRST]
    nodes = _nodes(network, importance, frozenset(first))
    _lay_out(nodes, edges)
    return PageData(tuple(nodes), tuple(edges), documents, len(first))


def _documents(network: nx.MultiDiGraph[Any]) -> tuple[Record, ...]:
    keys = {
        (str(item.get("document") or ""), str(item.get("document_iri") or ""))
        for _, _, edge in network.edges(data=True)
        for item in edge.get("evidence") or ()
    }
    return tuple({"title": title, "iri": iri} for title, iri in sorted(keys))


def _edges(network: nx.MultiDiGraph[Any], documents: Mapping[tuple[str, str], int]) -> list[Record]:
    records = [_edge(str(a), str(b), edge, documents) for a, b, edge in network.edges(data=True)]
    records.sort(
        key=lambda record: json.dumps(
            [record["from"], record["to"], record["relation"], record], sort_keys=True
        )
    )
    between: dict[tuple[str, str], int] = {}
    for number, record in enumerate(records):
        pair = (min(record["from"], record["to"]), max(record["from"], record["to"]))
        record["id"] = f"e{number}"
        record["smooth"] = _curve(between.get(pair, 0), record["from"] > record["to"])
        between[pair] = between.get(pair, 0) + 1
    return records


def _curve(number: int, backwards: bool) -> Record:
    """How the edge bends, so that several edges between two nodes stay apart."""
    if number == 0:
        return {"enabled": True, "type": "curvedCW", "roundness": 0.06}
    clockwise = (number % 2 == 0) != backwards
    roundness = 0.2 * ((number + 1) // 2)
    return {
        "enabled": True,
        "type": "curvedCW" if clockwise else "curvedCCW",
        "roundness": round(roundness, 2),
    }


def _edge(
    source: str, target: str, edge: Mapping[str, Any], documents: Mapping[tuple[str, str], int]
) -> Record:
    relation = _last(str(edge.get("relation") or edge.get("label") or ""))
    style = page_style()["relations"].get(
        relation, {"group": "relation", "verb": str(edge.get("label") or relation)}
    )
    evidence = [_evidence(item, documents) for item in edge.get("evidence") or ()]
    evidence.sort(key=lambda item: json.dumps([item["document"], item.get("start", 0), item], sort_keys=True))
    weight = float(edge.get("weight") or max(len(evidence), 1))
    look = page_style()["groups"][style["group"]]
    thickness = 1.0 if style["group"] == "relation" else min(1.2 + 0.9 * math.sqrt(weight), 6.0)
    record: Record = {
        "from": source,
        "to": target,
        "relation": relation,
        "group": style["group"],
        "verb": style["verb"],
        "weight": round(weight, 3),
        "confidence": _confidence(edge, evidence),
        "evidence": evidence,
        "color": look["light"],
        "dashes": look["dashes"],
        "width": round(thickness, 1),
        "arrows": "" if style.get("symmetric") else "to",
    }
    if edge.get("role"):
        record["role"] = str(edge["role"])
    return record


def _evidence(item: Mapping[str, Any], documents: Mapping[tuple[str, str], int]) -> Record:
    key = (str(item.get("document") or ""), str(item.get("document_iri") or ""))
    record: Record = {"document": documents[key], "quote": str(item.get("quote") or "")}
    for name in ("prefix", "suffix", "date", "voice"):
        if item.get(name):
            record[name] = _last(str(item[name])) if name == "voice" else str(item[name])
    for name in ("start", "end"):
        if item.get(name) is not None:
            record[name] = int(item[name])
    if item.get("confidence") is not None:
        record["confidence"] = round(float(item["confidence"]), 2)
    return record


def _confidence(edge: Mapping[str, Any], evidence: list[Record]) -> float:
    if edge.get("confidence") is not None:
        return round(float(edge["confidence"]), 2)
    return max((item["confidence"] for item in evidence if "confidence" in item), default=1.0)


def _importance(network: nx.MultiDiGraph[Any], edges: list[Record]) -> dict[str, float]:
    """Weighted degree of every node."""
    found = {str(node): 0.0 for node in network}
    for edge in edges:
        found[edge["from"]] += edge["weight"]
        found[edge["to"]] += edge["weight"]
    return {node: round(value, 3) for node, value in found.items()}


def _nodes(
    network: nx.MultiDiGraph[Any], importance: Mapping[str, float], first: frozenset[str]
) -> list[Record]:
    most = max(importance.values(), default=0.0) or 1.0
    records = [
        _node(str(node), attributes, importance[str(node)], most)
        for node, attributes in network.nodes(data=True)
    ]
    for record in records:
        record["first"] = record["id"] in first
    return sorted(records, key=lambda record: (-record["importance"], record["id"]))


def _node(node: str, attributes: Mapping[str, Any], importance: float, most: float) -> Record:
    kind = _last(str(attributes.get("type") or "Other"))
    look = page_style()["types"].get(kind, page_style()["types"]["Other"])
    name = str(attributes.get("label") or node)
    aliases = attributes.get("aliases") or ()
    record: Record = {
        "id": node,
        "label": "\n".join(textwrap.wrap(name, _LINE_LENGTH, max_lines=3, placeholder="…")) or name,
        "name": name,
        "kind": kind,
        "iri": str(attributes.get("iri") or ""),
        "aliases": sorted(
            {str(alias) for alias in ([aliases] if isinstance(aliases, str) else aliases)} - {name}
        ),
        "importance": importance,
        "shape": look["shape"],
        "size": round(9 + 15 * math.sqrt(importance / most), 1),
        "color": {"background": "#ffffff" if look.get("hollow") else look["light"], "border": look["light"]},
        "borderWidth": 3 if look.get("hollow") else 1,
    }
    for key in ("wikidata", "date", "definition"):
        if attributes.get(key):
            record[key] = str(attributes[key])
    return record


def _lay_out(nodes: list[Record], edges: list[Record]) -> None:
    boxes = {node["id"]: _box(node) for node in nodes}
    links = [(edge["from"], edge["to"]) for edge in edges]
    placed = positions({node["id"]: boxes[node["id"]] for node in nodes if node["first"]}, links)
    placed |= place_beside(placed, boxes, links)
    for node in nodes:
        node["x"], node["y"] = placed[node["id"]]


def _box(node: Record) -> Box:
    lines = node["label"].split("\n")
    reach = math.ceil(node["size"]) + 3
    width = math.ceil(max(len(line) for line in lines) * _CHARACTER_WIDTH)
    return Box(width=max(width, 2 * reach), above=reach, below=reach + len(lines) * _LINE_HEIGHT)


def _last(term: str) -> str:
    """The local name of an IRI or prefixed name; other words as they are."""
    return term.replace("#", "/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
