"""The disparity filter: the ties that are too heavy to be chance, seen from one of their ends."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from alliancegraph.networks.adjacency import adjacency
from alliancegraph.networks.matrices import Matrix


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie with its weight and the smaller of the probabilities that its ends give to one as heavy."""

    one: str
    other: str
    weight: float
    probability: float


def significant_ties(matrix: Matrix) -> list[Tie]:
    """All positive ties with their probabilities, the least probable first, then the heaviest, then by name.

    A node with k ties spreads its strength over them at random; that one has a share p or more has the probability
    α = (1 − p)^(k − 1) (Serrano, Boguñá and Vespignani 2009). A node with one tie says nothing of it: α is 1.
    """
    network = adjacency(matrix)
    weights = network.positive
    found = weights.tocoo()
    strength = np.asarray(weights.sum(axis=1), np.float64).reshape(-1)
    degree = np.diff(weights.indptr)
    share = found.data / strength[found.row]
    probability = np.where(degree[found.row] > 1, np.maximum(1 - share, 0.0) ** (degree[found.row] - 1), 1.0)
    both = csr_array((probability, (found.row, found.col)), shape=weights.shape)
    ties = [
        Tie(network.names[row], network.names[column], float(weight), float(min(here, there)))
        for row, column, weight, here, there in zip(
            found.row, found.col, found.data, both.tocoo().data, both.T.tocsr().tocoo().data, strict=True
        )
        if row < column
    ]
    return sorted(ties, key=lambda tie: (round(tie.probability, 12), -tie.weight, tie.one, tie.other))


def disparity_filter(matrix: Matrix, level: float = 0.05) -> Matrix:
    """The network with the ties only whose probability is below the level; nodes are kept."""
    kept = {(tie.one, tie.other) for tie in significant_ties(matrix) if tie.probability < level}
    found = matrix.values.tocoo()
    chosen = np.array(
        [
            weight > 0
            and (
                (matrix.rows[row], matrix.columns[column]) in kept
                or (matrix.columns[column], matrix.rows[row]) in kept
            )
            for row, column, weight in zip(found.row, found.col, found.data, strict=True)
        ],
        np.bool_,
    )
    values = csr_array(
        (found.data[chosen], (found.row[chosen], found.col[chosen])), shape=matrix.values.shape
    )
    return Matrix(matrix.rows, matrix.columns, values, matrix.mode, matrix.variable1, matrix.variable2)
