"""Networks as GraphML and GEXF, for Gephi and other tools, with all attributes and without the day of writing."""

from __future__ import annotations

import io
import re
from typing import Any, Final, TypeAlias

import networkx as nx  # type: ignore[import-untyped]
from networkx.readwrite.gexf import GEXFWriter  # type: ignore[import-untyped]
from networkx.readwrite.graphml import GraphMLWriter  # type: ignore[import-untyped]

Network: TypeAlias = nx.Graph
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BETWEEN: Final = " | "


def plain(network: Network) -> Network:
    """The network with numbers and one-line strings as its only attributes: lists are joined, evidence becomes quotes.

    Edges get `quotes` and `sources` (titles of documents) for their `evidence`.
    """
    flat = network.__class__()
    for node, attributes in network.nodes(data=True):
        flat.add_node(_one_line(str(node)), **_plain(attributes))
    keyed = network.is_multigraph()
    for edge in network.edges(data=True, keys=True) if keyed else network.edges(data=True):
        source, target, *key, attributes = edge
        names = {"key": key[0]} if key else {}
        flat.add_edge(_one_line(str(source)), _one_line(str(target)), **names, **_plain(attributes))
    return flat


def graphml(network: Network) -> bytes:
    """GraphML 1.0."""
    writer = GraphMLWriter(graph=plain(network), encoding="utf-8", prettyprint=True)
    out = io.BytesIO()
    writer.dump(out)
    return out.getvalue()


def gexf(network: Network) -> bytes:
    """GEXF 1.2; an edge's `relation` is its identity beside its ends."""
    writer = GEXFWriter(graph=plain(network), encoding="utf-8", prettyprint=True, version="1.2draft")
    for element in writer.xml.iter():
        element.attrib.pop("lastmodifieddate", None)
        if element.tag == "creator":
            element.text = "AllianceGraph"
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _plain(attributes: dict[str, Any]) -> dict[str, str | int | float]:
    found: dict[str, str | int | float] = {}
    for name, value in sorted(attributes.items()):
        if name == "evidence":
            found["quotes"] = _joined(item["quote"] for item in value)
            found["sources"] = _joined(dict.fromkeys(item["document"] for item in value))
        elif isinstance(value, list | tuple):
            found[name] = _joined(value)
        elif isinstance(value, int | float):
            found[name] = value
        else:
            found[name] = _one_line(str(value))
    return found


def _joined(values: Any) -> str:
    return _BETWEEN.join(_one_line(str(value)) for value in values)


def _one_line(value: str) -> str:
    """Text that XML can hold, without line ends."""
    return " ".join(_NOT_XML.sub("\ufffd", value).split())
