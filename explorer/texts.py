"""Whole articles for a page: those of the documents that its statements cite most."""

from __future__ import annotations

from collections import Counter
from typing import Any, Final

import networkx as nx  # type: ignore[import-untyped]
import pyoxigraph

from alliancegraph.graph.store import Store
from alliancegraph.ontology.terms import AG

CHOICES: Final = ("auto", "all", "none")
ENOUGH: Final = 4_000_000
"""Bytes of text that a page holds at most unless all are asked for: so much opens in a blink, and can be mailed."""


def document_text(store: Store, document: str) -> str | None:
    """The text of a document, given by its IRI; None where the store has no such document."""
    try:
        found = next(store.engine.quads(document, document, str(AG.text)), None)
    except ValueError:  # no IRI
        return None
    return found.object.value if found and isinstance(found.object, pyoxigraph.Literal) else None


def page_texts(store: Store, network: nx.MultiDiGraph[Any], choice: str) -> dict[str, str]:
    """The texts of the documents of a network, by IRI: `all`, `none`, or with `auto` those cited most, up to `ENOUGH`."""
    found: dict[str, str] = {}
    room = {"auto": ENOUGH, "none": 0}.get(choice)
    for document in cited_documents(network) if choice != "none" else ():
        text = document_text(store, document)
        if text is None:
            continue
        if room is not None:
            room -= len(text.encode())
            if room < 0:
                break
        found[document] = text
    return found


def cited_documents(network: nx.MultiDiGraph[Any]) -> list[str]:
    """The documents that the statements of a network stand in, by IRI; those with the most statements first."""
    counts = Counter(
        document
        for _, _, evidence in network.edges(data="evidence")
        for document, _ in {(item["document_iri"], item["statement"]) for item in evidence}
    )
    return sorted(counts, key=lambda document: (-counts[document], document))
