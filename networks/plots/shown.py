"""Which cells of a network a heatmap shows, and in which order: those that are alike beside each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import leaves_list, linkage, optimal_leaf_ordering
from scipy.spatial.distance import pdist

from alliancegraph.networks.matrices import Matrix


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """The cells that are drawn, in their order; `said` tells a cell in which sides are even from one where nothing is said."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: NDArray[np.float64]
    said: NDArray[np.bool_]


def tied(matrix: Matrix, axis: int) -> int:
    """How many rows (1) or columns (0) have weights."""
    return int((np.asarray(abs(matrix.values).sum(axis=axis)).reshape(-1) > 0).sum())


def shown_of(matrix: Matrix, said: Matrix | None, most_rows: int, most_columns: int) -> Shown:
    """At most so many rows and columns, those with the largest sums of sizes."""
    sizes = abs(matrix.values)
    by_row = np.asarray(sizes.sum(axis=1), np.float64).reshape(-1)
    by_column = np.asarray(sizes.sum(axis=0), np.float64).reshape(-1)
    if matrix.mode == "onemode":
        rows = columns = _heaviest(by_row, min(most_rows, most_columns))
    else:
        rows, columns = _heaviest(by_row, most_rows), _heaviest(by_column, most_columns)
    values = matrix.values[rows][:, columns].toarray()
    row_order = _alike(values)
    column_order = row_order if matrix.mode == "onemode" else _alike(values.T)
    rows, columns = rows[row_order], columns[column_order]
    values = values[row_order][:, column_order]
    names = tuple(matrix.rows[row] for row in rows), tuple(matrix.columns[column] for column in columns)
    filled = values != 0
    if said is not None:
        at_row = {name: place for place, name in enumerate(said.rows)}
        at_column = {name: place for place, name in enumerate(said.columns)}
        all_ = said.values.toarray() != 0
        filled = np.array(
            [[bool(all_[at_row[row], at_column[column]]) for column in names[1]] for row in names[0]],
            np.bool_,
        ).reshape(values.shape)
    return Shown(names[0], names[1], values, filled)


def _heaviest(sums: NDArray[np.float64], most: int) -> NDArray[np.intp]:
    order = np.lexsort((np.arange(len(sums)), -np.round(sums, 9)))
    return np.sort(order[: min(most, int((sums > 0).sum()))])


def _alike(values: NDArray[np.float64]) -> NDArray[np.intp]:
    """An order in which rows that are alike are beside each other."""
    if len(values) < 3:
        return np.arange(len(values))
    distances = np.round(pdist(np.sign(values) * np.sqrt(np.abs(values))), 9)
    tree = optimal_leaf_ordering(linkage(distances, "average"), distances)
    return np.asarray(leaves_list(tree), np.intp)
