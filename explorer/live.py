"""The page over a store that is served: the whole graph, or of a large one the most important part and all other names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import networkx as nx  # type: ignore[import-untyped]

from alliancegraph.explorer.overview import number_of_statements, overview
from alliancegraph.explorer.page import page_of
from alliancegraph.explorer.records import page_data
from alliancegraph.explorer.style import Record
from alliancegraph.graph.facts import Thing, things
from alliancegraph.graph.network_statements import statement_network
from alliancegraph.graph.store import Store

WHOLE: Final = 20_000
"""A store with more statements is shown by its most important part."""
NODES: Final = 120
STATEMENTS: Final = 6_000
"""How many of each that part has at most."""


def live_page(store: Store, *, title: str = "AllianceGraph", base: str = "") -> bytes:
    """The page as HTML in UTF-8; `base` is the address of the site as the page's relative links have it, such as `../`.

    It holds no article: the text of one is fetched from `explorer/text?document=IRI`. Of a store with more than `WHOLE`
    statements it shows the most important nodes, with the surest statements of each edge between them; all other actors, issues
    and events are in `facts.others`, for the search, and are read on pages of their own.
    """
    live: Record = {"text": f"{base}explorer/text?document=", "base": base}
    if number_of_statements(store) <= WHOLE:
        data = page_data(statement_network(store, whole=True))
        return page_of(data, title=title, details={}, live=live).encode("utf-8", "replace")
    known = things(store)
    network = overview(store, known, NODES, STATEMENTS)
    others = _others(network, known)
    details = {
        "shown": f"the {len(network)} most important of {len(network) + len(others):,} actors, issues and events"
    }
    page = page_of(page_data(network), title=title, details=details, live=live, others=others)
    return page.encode("utf-8", "replace")


def _others(network: nx.MultiDiGraph, known: Mapping[str, Thing]) -> list[Record]:
    """Names by which the search finds what the page does not show, documents left out."""
    return [
        {"id": iri, "name": thing.label, "kind": thing.type, "aliases": list(thing.aliases)}
        for iri, thing in known.items()
        if iri not in network and thing.type != "Document"
    ]
