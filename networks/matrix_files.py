"""Matrices as text: CSV, edge list, JSON, UCINET DL and Pajek."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence

from alliancegraph.networks.matrices import Matrix


def number(value: float) -> int | float:
    """A whole number as one, any other with all the digits that it takes to read it back."""
    return int(value) if float(value).is_integer() and abs(value) < 2**53 else float(value)


def dense_rows(matrix: Matrix) -> Iterator[list[int | float]]:
    """The rows with their zeros, one at a time."""
    values = matrix.values
    for row in range(values.shape[0]):
        dense: list[int | float] = [0] * values.shape[1]
        inside = slice(int(values.indptr[row]), int(values.indptr[row + 1]))
        for column, value in zip(values.indices[inside].tolist(), values.data[inside].tolist(), strict=True):
            dense[column] = number(value)
        yield dense


def entries(matrix: Matrix) -> Iterator[tuple[int, int, int | float]]:
    """The positions and weights that are not 0, by row; of an undirected one-mode network each pair once."""
    places = matrix.values.tocoo()
    for row, column, value in zip(
        places.row.tolist(), places.col.tolist(), places.data.tolist(), strict=True
    ):
        if matrix.mode == "twomode" or matrix.directed or row < column:
            yield row, column, number(value)


def matrix_csv(matrix: Matrix) -> bytes:
    """CSV (RFC 4180, UTF-8): the column names in the first row, and the row name first in each row."""
    return _csv(
        [["", *matrix.columns]],
        ([name, *row] for name, row in zip(matrix.rows, dense_rows(matrix), strict=True)),
    )


def edges_csv(matrix: Matrix) -> bytes:
    """CSV with source, target and weight of each edge."""
    return _csv(
        [["source", "target", "weight"]],
        ([matrix.rows[row], matrix.columns[column], weight] for row, column, weight in entries(matrix)),
    )


def _csv(*parts: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for part in parts:
        writer.writerows(part)
    return out.getvalue().encode()


def matrix_object(matrix: Matrix) -> dict[str, object]:
    """Mode, variables, names and rows, as JSON has them."""
    return {
        "mode": matrix.mode,
        **({"directed": True} if matrix.directed else {}),
        "variable1": matrix.variable1,
        "variable2": matrix.variable2,
        "rows": list(matrix.rows),
        "columns": list(matrix.columns),
        "matrix": list(dense_rows(matrix)),
    }


def matrix_json(matrix: Matrix) -> bytes:
    """One JSON object."""
    return (json.dumps(matrix_object(matrix), ensure_ascii=False) + "\n").encode()


def dl(matrix: Matrix) -> bytes:
    """UCINET DL, full matrix. Names are in double quotes, of which there are none inside."""
    rows = [f'"{name}"' for name in plain_names(matrix.rows)]
    if matrix.mode == "onemode":
        head = [f"dl n={len(rows)}", "format=fullmatrix", "labels:", *rows]
    else:
        columns = [f'"{name}"' for name in plain_names(matrix.columns)]
        head = [f"dl nr={len(rows)}, nc={len(columns)}", "format=fullmatrix"]
        head += ["row labels:", *rows, "column labels:", *columns]
    lines = (" ".join(map(str, row)) for row in dense_rows(matrix))
    return "\n".join([*head, "data:", *lines, ""]).encode()


def pajek(matrix: Matrix) -> bytes:
    """Pajek `.net`; of a two-mode network the vertices of the rows come first, and their number after that of all."""
    names = matrix.rows if matrix.mode == "onemode" else (*matrix.rows, *matrix.columns)
    size = f"{len(names)}" if matrix.mode == "onemode" else f"{len(names)} {len(matrix.rows)}"
    vertices = (f'{place} "{name}"' for place, name in enumerate(plain_names(names), 1))
    shift = 1 if matrix.mode == "onemode" else 1 + len(matrix.rows)
    edges = (f"{row + 1} {column + shift} {weight}" for row, column, weight in entries(matrix))
    return "\n".join(
        [f"*Vertices {size}", *vertices, "*Arcs" if matrix.directed else "*Edges", *edges, ""]
    ).encode()


def plain_names(names: Iterable[str]) -> list[str]:
    """The names on one line, with ' for double quotes and / for backslashes, and numbered where they are no longer different."""
    found: dict[str, None] = {}
    for name in names:
        plain = " ".join(name.replace('"', "'").replace("\\", "/").split())
        other, count = plain, 1
        while other in found:
            count += 1
            other = f"{plain} ({count})"
        found[other] = None
    return list(found)
