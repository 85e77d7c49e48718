"""A store written to one file, in the format that the file's suffix names."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from pyoxigraph import Quad

from alliancegraph.extract.model import Extraction
from alliancegraph.graph.builder import document_graph
from alliancegraph.graph.confident import confident_quads
from alliancegraph.graph.network import network
from alliancegraph.graph.network_files import gexf, graphml
from alliancegraph.graph.serialize import FORMATS, serialize
from alliancegraph.graph.store import Store
from alliancegraph.graph.tables import statement_csv
from alliancegraph.graph.writing import write_whole
from alliancegraph.ontology.errors import OutputError

NETWORK_FORMATS: Final = {"gexf": gexf, "graphml": graphml}
SUFFIXES: Final = tuple(sorted([*FORMATS, *NETWORK_FORMATS, "csv"]))
"""What a file's name may end in."""


def export(store: Store, path: Path, *, min_confidence: float = 0.0, kind: str = "statements") -> None:
    """Write the store to a file, whole or not at all.

    RDF formats hold the graphs of all documents and the concepts that these refer to; GraphML and GEXF the network of
    that `kind`; CSV one row for each statement. Statements below `min_confidence` are left out. Raises `OutputError` for
    an unknown suffix or a file that cannot be written.
    """
    suffix = path.suffix.removeprefix(".").lower()
    if suffix not in SUFFIXES:
        message = f"{path}: no format has the suffix {path.suffix!r}; choose one of {', '.join(SUFFIXES)}"
        raise OutputError(message, path=str(path))
    write_whole(path, content(store, suffix, min_confidence=min_confidence, kind=kind))


def content(store: Store, suffix: str, *, min_confidence: float = 0.0, kind: str = "statements") -> bytes:
    """What `export` writes for one of `SUFFIXES`."""
    if suffix in NETWORK_FORMATS:
        return NETWORK_FORMATS[suffix](network(store, kind, min_confidence=min_confidence))
    if suffix == "csv":
        return statement_csv(store, min_confidence)
    return serialize(exported_quads(store, min_confidence), suffix)


def exported_quads(store: Store, min_confidence: float = 0.0) -> list[Quad]:
    """The named graphs of all documents, and what the vocabulary says of issues, kinds of event, stances and voices.

    They are in no order; `serialize` sorts them.
    """
    return [*store.concepts(), *confident_quads(store.document_quads(), min_confidence)]


def extraction_text(extraction: Extraction, format_: str) -> str:
    """The graph of one document as text, without a store."""
    return serialize(document_graph(extraction), format_).decode()
