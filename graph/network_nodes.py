"""Nodes of a network: things by their IRIs, with what is known of them as attributes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeAlias

import networkx as nx  # type: ignore[import-untyped]

from alliancegraph.graph.facts import Thing, local_name

Network: TypeAlias = nx.Graph
_OPTIONAL: Final = (
    *("wikidata", "date", "definition", "event_type", "place", "broader", "publisher", "source", "url"),
)


def add_nodes(network: Network, iris: Iterable[str], known: Mapping[str, Thing]) -> None:
    """Add the things, sorted; what no document describes is named by the last part of its IRI."""
    for iri in sorted(iris):
        thing = known.get(iri) or Thing(iri, _kind_by_iri(iri), local_name(iri))
        attributes: dict[str, Any] = {"label": thing.label, "type": thing.type, "iri": iri}
        if thing.aliases:
            attributes["aliases"] = list(thing.aliases)
        for name in _OPTIONAL:
            if getattr(thing, name) is not None:
                attributes[name] = getattr(thing, name)
        network.add_node(iri, **attributes)


def _kind_by_iri(iri: str) -> str:
    return "Issue" if "/issue/" in iri else "Other"
