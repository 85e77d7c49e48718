"""The tree of issues: those of a page and the broader ones above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import networkx as nx  # type: ignore[import-untyped]

from alliancegraph.explorer.style import Record


def issue_tree(network: nx.MultiDiGraph[Any], nodes: Iterable[Record]) -> tuple[Record, ...]:
    """`id`, `name` and, below the top, `broader` of each issue, by name; `broader` is always the id of another one."""
    known: Mapping[str, Mapping[str, str]] = network.graph.get("issues") or {}
    found = {iri: {"id": iri, "name": issue["label"], **_above(issue)} for iri, issue in known.items()}
    for node in nodes:
        if node["kind"] == "Issue":
            found[node["id"]] = {"id": node["id"], "name": node["name"], **_above(node)}
    for record in found.values():
        if record.get("broader") not in found:
            record.pop("broader", None)
    return tuple(sorted(found.values(), key=lambda record: (record["name"], record["id"])))


def _above(issue: Mapping[str, str]) -> dict[str, str]:
    return {"broader": str(issue["broader"])} if issue.get("broader") else {}
