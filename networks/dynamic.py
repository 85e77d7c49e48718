"""A time series as one dynamic GEXF, in which nodes and edges have spells and weights change."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, TypeAlias

import numpy as np
from networkx.readwrite.gexf import GEXFWriter  # type: ignore[import-untyped]

from alliancegraph.graph.network_files import plain
from alliancegraph.networks.events import date_text
from alliancegraph.networks.graphs import Network, to_networkx
from alliancegraph.networks.series import Dated
from alliancegraph.ontology.errors import EmptySelection

Spell: TypeAlias = tuple[str, str]
_WEIGHT: Final = "weight"
_CHANGING: Final = (_WEIGHT, "statements", "shared", "first", "last")


def dynamic_gexf(networks: Sequence[Dated]) -> bytes:
    """GEXF 1.2 of the slices, for Gephi's timeline.

    Where windows overlap, a slice holds from its beginning to that of the next, the last to its end. A node or edge that
    is in several slices on end has one spell for them, and an edge's weight is an attribute that changes with the slice.
    """
    if not networks:
        raise EmptySelection("the time series has no slices")
    times = _times(networks)
    whole, nodes, edges = _united(networks)
    for node, places in nodes.items():
        whole.nodes[node]["spells"] = _spells(places, times)
    for (one, other), weights in edges.items():
        edge = whole.edges[one, other]
        edge["spells"] = _spells(weights, times)
        edge[_WEIGHT + "s"] = [(weight, *times[place]) for place, weight in weights.items()]
    return _written(whole)


def _times(networks: Sequence[Dated]) -> list[Spell]:
    """The first and the last moment for which each slice stands."""
    windows = [network.slice.window for network in networks]
    ends = [max(window.start, later.start - np.timedelta64(1, "s")) for window, later in pairwise(windows)]
    ends.append(windows[-1].end - np.timedelta64(1, "s"))
    return [
        (date_text(window.start), date_text(end).removesuffix("T23:59:59"))
        for window, end in zip(windows, ends, strict=True)
    ]


def _united(
    networks: Sequence[Dated],
) -> tuple[Network, dict[str, list[int]], dict[tuple[str, str], dict[int, float]]]:
    """One graph of all slices, in which slices each node is, and the weight of each edge by slice."""
    whole: Network | None = None
    nodes: dict[str, list[int]] = {}
    edges: dict[tuple[str, str], dict[int, float]] = {}
    for place, network in enumerate(networks):
        part = plain(to_networkx(network.matrix, network.slice.statements))
        whole = part.__class__() if whole is None else whole
        for node, known in part.nodes(data=True):
            whole.add_node(node)
            whole.nodes[node].update({name: value for name, value in known.items() if name not in _CHANGING})
            nodes.setdefault(node, []).append(place)
        for one, other, known in part.edges(data=True):
            pair = (other, one) if (other, one) in edges else (one, other)
            whole.add_edge(*pair)
            edges.setdefault(pair, {})[place] = known[_WEIGHT]
    assert whole is not None
    return whole, nodes, edges


def _spells(places: Iterable[int], times: Sequence[Spell]) -> list[Spell]:
    """From the first to the last time of each run of slices."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return [(times[first][0], times[last][1]) for first, last in runs]


def _written(network: Network) -> bytes:
    writer = GEXFWriter(graph=network, encoding="utf-8", prettyprint=True, version="1.2draft")
    renamed: set[str] = set()
    for element in writer.xml.iter():
        element.attrib.pop("lastmodifieddate", None)
        if element.tag == "creator":
            element.text = "AllianceGraph"
        # Gephi takes a changing attribute with this id for the weight of edges.
        if element.tag == "attribute" and element.get("title") == _WEIGHT + "s":
            renamed.add(element.attrib["id"])
            element.attrib.update(id=_WEIGHT, title=_WEIGHT)
    for edge in writer.xml.iter("edge"):
        for value in edge.iter("attvalue"):
            if value.get("for") in renamed:
                value.set("for", _WEIGHT)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
