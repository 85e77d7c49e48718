"""How often each value of one variable refers to each of another, at each level of a qualifier."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from alliancegraph.networks.scales import Scale, scale
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.ontology.errors import UsageError

Sparse = csr_array[np.float64, tuple[int, int]]


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """A[a, c, k] as one sparse matrix: a row for each a, and a column for each pair of k and c, level by level.

    `levels` counts the blocks of columns; it is one more than the scale has where statements without a qualifier count.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    scale: Scale | None
    levels: int
    cells: Sparse

    def level(self, level: int) -> Sparse:
        """A[a, c] at one level."""
        width = len(self.columns)
        return csr_array(self.cells[:, level * width : (level + 1) * width])

    def total(self) -> Sparse:
        """A[a, c] over all levels."""
        folded = self.cells.tocoo()
        return _sparse(folded.row, folded.col % max(len(self.columns), 1), folded.data, self.shape)

    @property
    def shape(self) -> tuple[int, int]:
        """The number of rows and of columns."""
        return len(self.rows), len(self.columns)

    def across(self, columns: NDArray[np.intp]) -> NDArray[np.intp]:
        """Where the columns at these positions stand in `cells`, level by level."""
        return (np.arange(self.levels)[:, None] * len(self.columns) + columns).ravel()


def counts(
    statements: Statements,
    variable1: str,
    variable2: str,
    qualifier: str | None,
    *,
    unqualified: bool,
    isolates: bool,
    weights: NDArray[np.float64] | None,
) -> Counts:
    """The counts of statements, or the sums of their weights.

    Statements without a value in one of the variables do not count; those without a qualifier do if `unqualified`.
    `isolates` keeps names that no statement has. Raises `UsageError` where two of the three are the same.
    """
    if len({variable1, variable2, qualifier}) < 3:
        raise UsageError(
            "variable 1, variable 2 and the qualifier must be three different ones;"
            f" they are {variable1}, {variable2} and {qualifier}"
        )
    first, second = statements.column(variable1), statements.column(variable2)
    counted = first.present & second.present
    if qualifier is None:
        levels, level, measured = 1, np.zeros(len(statements), np.int64), None
    else:
        column = statements.column(qualifier)
        measured = scale(column)
        levels = len(measured.names)
        place = np.full(levels + 1, levels)
        place[measured.order] = np.arange(levels)
        level = place[column.codes]
        if unqualified:
            levels += 1
        else:
            counted &= column.present
    rows, row = _named(first, counted, isolates)
    columns, place2 = _named(second, counted, isolates)
    data = np.ones(int(counted.sum())) if weights is None else weights[counted]
    across = place2 + level[counted] * len(columns)
    return Counts(
        rows, columns, measured, levels, _sparse(row, across, data, (len(rows), levels * len(columns)))
    )


def _named(
    column: Column, counted: NDArray[np.bool_], isolates: bool
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """The names that count, and for each counted statement the position of its own among them."""
    codes = column.codes[counted].astype(np.int64)
    if isolates:
        return column.names, codes
    used, places = np.unique(codes, return_inverse=True)
    return tuple(column.names[code] for code in used), places.astype(np.int64)


def _sparse(
    row: NDArray[np.integer], column: NDArray[np.integer], data: NDArray[np.float64], shape: tuple[int, int]
) -> Sparse:
    made: Sparse = coo_array((data, (row, column)), shape=shape, dtype=np.float64).tocsr()
    made.sum_duplicates()
    made.eliminate_zeros()
    return made
