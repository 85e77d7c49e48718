"""A network as an Excel workbook: the matrix, its edges and its nodes, a sheet each."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from alliancegraph.networks.extras import extra
from alliancegraph.networks.graphs import Network
from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.matrix_files import dense_rows, entries
from alliancegraph.ontology.errors import UsageError

_MOST_COLUMNS: Final = 16_383
_MOST_ROWS: Final = 1_048_575
_LONGEST: Final = 32_767
_CREATED: Final = datetime(1980, 1, 1, tzinfo=UTC)
"""The same in every file, so that the same network gives the same bytes."""


def xlsx(matrix: Matrix, network: Network) -> bytes:
    """The workbook; raise `UsageError` for what is too large for one, `ExtraMissing` without XlsxWriter."""
    if len(matrix.columns) > _MOST_COLUMNS or max(len(matrix.rows), matrix.edges) > _MOST_ROWS:
        message = (
            f"the network has {len(matrix.rows)} rows, {len(matrix.columns)} columns and {matrix.edges} edges"
        )
        raise UsageError(f"{message}, too many for a workbook; choose csv, edges or graphml")
    attributes = sorted({name for _, known in network.nodes(data=True) for name in known} - {"label"})
    listed: Iterable[Sequence[object]] = (
        [node, *(known.get(name) for name in attributes)] for node, known in network.nodes(data=True)
    )
    return workbook(
        {
            "matrix": (
                ["", *matrix.columns],
                ([n, *row] for n, row in zip(matrix.rows, dense_rows(matrix), strict=True)),
            ),
            "edges": (
                ["source", "target", "weight"],
                ([matrix.rows[r], matrix.columns[c], weight] for r, c, weight in entries(matrix)),
            ),
            "nodes": (["name", *attributes], listed),
        }
    )


def workbook(sheets: dict[str, tuple[Sequence[str], Iterable[Sequence[object]]]]) -> bytes:
    """Sheets by name, each a row of column names over rows of texts and numbers; texts stay texts."""
    library: Any = extra("xlsxwriter", "workbooks need")
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = library.Workbook(out, options)
    book.set_properties({"created": _CREATED, "author": "AllianceGraph"})
    bold = book.add_format({"bold": True})
    for name, (columns, rows) in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column[:_LONGEST], bold)
        for line, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                if isinstance(value, int | float):
                    sheet.write_number(line, place, value)
                elif value is not None:
                    sheet.write_string(line, place, str(value)[:_LONGEST])
    book.close()
    return out.getvalue()
