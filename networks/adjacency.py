"""A network as one square, symmetric matrix over all of its nodes, whatever its mode; the ground of all measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alliancegraph.networks.matrices import Matrix

Weights: TypeAlias = csr_array[np.float64, tuple[int, int]]
"""Symmetric weights between nodes."""


@dataclass(frozen=True, slots=True, eq=False)
class Adjacency:
    """Nodes by name and variable, and the symmetric weights between them, without loops.

    In a two-mode network the rows come first and then the columns; a name may stand in both.
    """

    names: tuple[str, ...]
    variables: tuple[str, ...]
    weights: Weights

    def __len__(self) -> int:
        return len(self.names)

    @property
    def degrees(self) -> NDArray[np.int64]:
        """The number of neighbours of each node."""
        return np.diff(self.weights.indptr).astype(np.int64)

    @property
    def positive(self) -> Weights:
        """The weights above zero."""
        return part(self.weights, 1)

    @property
    def negative(self) -> Weights:
        """The sizes of the weights below zero."""
        return part(self.weights, -1)


def adjacency(matrix: Matrix) -> Adjacency:
    """The nodes of a matrix and the weights between them."""
    if matrix.mode == "onemode":
        names, variables = matrix.rows, (matrix.variable1,) * len(matrix.rows)
        weights = csr_array(matrix.values)
    else:
        names = (*matrix.rows, *matrix.columns)
        variables = (matrix.variable1,) * len(matrix.rows) + (matrix.variable2,) * len(matrix.columns)
        found = matrix.values.tocoo()
        ends = np.concatenate((found.row, found.col + len(matrix.rows)))
        weights = csr_array(
            (np.tile(found.data, 2), (ends, np.roll(ends, len(found.data)))), shape=(len(names),) * 2
        )
    return Adjacency(names, variables, _clean(weights))


def part(weights: Weights, sign: int) -> Weights:
    """The sizes of the weights of one sign."""
    kept = weights.copy()
    kept.data = np.maximum(sign * kept.data, 0.0)
    kept.eliminate_zeros()
    return kept


def _clean(weights: Weights) -> Weights:
    """Without loops and stored zeros, with sorted indices."""
    found = weights.tocoo()
    kept = (found.row != found.col) & (found.data != 0)
    clean = csr_array((found.data[kept], (found.row[kept], found.col[kept])), shape=weights.shape)
    clean.sort_indices()
    return clean
