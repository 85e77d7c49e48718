"""The documents of a page: all that its statements cite, each once, with what is known of them and perhaps their texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import networkx as nx  # type: ignore[import-untyped]

from alliancegraph.explorer.style import Record

_OPTIONAL: Final = ("date", "publisher", "source", "url")


@dataclass(frozen=True, slots=True)
class Documents:
    """The records, by title, and the place of each in them."""

    records: tuple[Record, ...]
    places: Mapping[str, int]

    def place(self, evidence: Mapping[str, Any]) -> int:
        """Where the document of a passage is."""
        return self.places[_key(evidence)]


def documents(network: nx.MultiDiGraph[Any], texts: Mapping[str, str]) -> Documents:
    """The documents of a network's evidence and nodes; `texts` are whole texts by IRI."""
    found: dict[str, Record] = {}
    for _, _, edge in network.edges(data=True):
        for item in edge.get("evidence") or ():
            title = str(item.get("document") or "")
            record = found.setdefault(
                _key(item), {"iri": str(item.get("document_iri") or ""), "title": title}
            )
            record["title"] = min(record["title"], title)
    for node, attributes in network.nodes(data=True):
        if attributes.get("type") == "Document":
            record = found.setdefault(str(node), {"iri": str(node)})
            record["title"] = str(attributes.get("label") or node)
            record |= {name: str(attributes[name]) for name in _OPTIONAL if attributes.get(name)}
    for record in found.values():
        if record["iri"] in texts:
            record["text"] = texts[record["iri"]]
    keys = sorted(found, key=lambda key: (found[key]["title"], found[key]["iri"]))
    return Documents(tuple(found[key] for key in keys), {key: place for place, key in enumerate(keys)})


def _key(evidence: Mapping[str, Any]) -> str:
    return str(evidence.get("document_iri") or evidence.get("document") or "")
