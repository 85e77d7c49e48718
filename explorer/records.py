"""What the page holds of a network: nodes, edges, statements, documents and issues as plain records in one order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx  # type: ignore[import-untyped]

from alliancegraph.explorer.documents import documents
from alliancegraph.explorer.edges import edges
from alliancegraph.explorer.issues import issue_tree
from alliancegraph.explorer.nodes import importance, nodes
from alliancegraph.explorer.placing import first_nodes, lay_out
from alliancegraph.explorer.style import Record


@dataclass(frozen=True, slots=True)
class PageData:
    """Nodes and edges as pyvis takes them (`id`, `label`, `x`, …; `from`, `to`, …), and what they refer to by its place.

    `selection` is the number of nodes that are drawn at the start.
    """

    nodes: tuple[Record, ...]
    edges: tuple[Record, ...]
    statements: tuple[Record, ...]
    documents: tuple[Record, ...]
    issues: tuple[Record, ...]
    selection: int = 0


def page_data(network: nx.MultiDiGraph[Any], texts: Mapping[str, str] | None = None) -> PageData:
    """The records of all of `network`, laid out; the same for the same network, whatever its order.

    `texts` are whole texts of documents, by IRI.
    """
    cited = documents(network, texts or {})
    lines, said = edges(network, cited)
    weights = importance(network, lines)
    first = first_nodes(network, weights)
    dots = nodes(network, weights, first)
    lay_out(dots, lines)
    return PageData(
        nodes=tuple(dots),
        edges=tuple(lines),
        statements=tuple(said),
        documents=cited.records,
        issues=issue_tree(network, dots),
        selection=len(first),
    )
