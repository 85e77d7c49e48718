"""A network in the format that is asked for, as bytes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from alliancegraph.graph.network_files import gexf, graphml
from alliancegraph.networks.graphs import to_networkx
from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.matrix_files import dl, edges_csv, matrix_csv, matrix_json, pajek
from alliancegraph.networks.statements import Statements
from alliancegraph.networks.workbook import xlsx
from alliancegraph.ontology.errors import UsageError

_TEXTS: Final[Mapping[str, Callable[[Matrix], bytes]]] = {
    "csv": matrix_csv,
    "edges": edges_csv,
    "json": matrix_json,
    "dl": dl,
    "net": pajek,
}
FORMATS: Final = ("csv", "edges", "json", "graphml", "gexf", "dl", "net", "xlsx")
"""csv is a matrix, edges a list, net is Pajek's and dl UCINET's."""
SUFFIXES: Final = {"edges": "csv"}
"""What a file's name ends in where that is not the format's own name."""


def content(matrix: Matrix, format_: str, statements: Statements | None = None) -> bytes:
    """The network in one of `FORMATS`; nodes and edges have attributes where the statements are given."""
    if format_ in _TEXTS:
        return _TEXTS[format_](matrix)
    network = to_networkx(matrix, statements)
    if format_ == "xlsx":
        return xlsx(matrix, network)
    return graphml(network) if format_ == "graphml" else gexf(network)


def format_of(path: Path | None, given: str | None, formats: tuple[str, ...] = FORMATS) -> str:
    """The format that is named, or that of the file's suffix; csv where there is neither. Raises `UsageError`."""
    if given is not None:
        return given
    suffix = "csv" if path is None or not path.suffix else path.suffix.removeprefix(".").lower()
    if suffix not in formats:
        known = ", ".join(f".{name}" for name in formats if name not in SUFFIXES)
        raise UsageError(
            f"{path}: no format has the suffix {path.suffix if path else ''!r}; choose one of {known}, or name it with --format"
        )
    return suffix
