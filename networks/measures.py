"""Measures of single nodes, and density: who is central in a network.

Degree, strength and core look at all weights. Betweenness, eigenvector and PageRank need weights that can be read as
closeness: in a network with negative weights (`subtract`) they look at its positive part only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from alliancegraph.networks.adjacency import Adjacency, adjacency
from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.paths import betweenness
from alliancegraph.ontology.errors import UsageError
from alliancegraph.queries.suggestions import did_you_mean

_ROUNDS: Final = 5000
_EXACT: Final = 1e-13
DAMPING: Final = 0.85


@dataclass(frozen=True, slots=True, eq=False)
class NodeMeasures:
    """The measures of all nodes, each an array parallel to `names`."""

    names: tuple[str, ...]
    variables: tuple[str, ...]
    values: Mapping[str, NDArray[np.float64]]


def degree(network: Adjacency) -> NDArray[np.float64]:
    """The number of neighbours, whatever the sign of the weight (Freeman 1978)."""
    return network.degrees.astype(np.float64)


def strength(network: Adjacency) -> NDArray[np.float64]:
    """The sum of the weights of a node, s(i) = Σ_j w(i, j) (Barrat et al. 2004); net of what is negative."""
    return np.asarray(network.weights.sum(axis=1), np.float64).reshape(-1)


def eigenvector(network: Adjacency) -> NDArray[np.float64]:
    """The leading eigenvector of the positive weights, of length 1 (Bonacich 1972).

    A node is central where its neighbours are: λ x(i) = Σ_j w(i, j) x(j). Found by powers of W + cI from equal values, so
    that nodes in like places get like values; only the component with the largest λ has values above 0.
    """
    weights = network.positive
    size = len(network)
    if not weights.nnz:
        return np.zeros(size)
    shift = float(np.asarray(weights.sum(axis=1)).max()) / 8
    found = np.full(size, 1.0 / np.sqrt(size))
    for _ in range(_ROUNDS):
        after = weights @ found + shift * found
        after /= np.linalg.norm(after)
        moved = float(np.abs(after - found).max())
        found = after
        if moved < _EXACT:
            break
    return np.where(found < 1e-9, 0.0, found)


def pagerank(network: Adjacency) -> NDArray[np.float64]:
    """The share of time that a random walk spends at a node (Page et al. 1999); shares add up to 1.

    With probability 0.85 it follows a tie, by positive weight, otherwise it starts anew anywhere; from a node without
    ties it always does.
    """
    size = len(network)
    if not size:
        return np.zeros(0)
    weights = network.positive
    sums = np.asarray(weights.sum(axis=1), np.float64).reshape(-1)
    shares = np.divide(1.0, sums, out=np.zeros(size), where=sums > 0)
    steps = csr_array(diags_array(shares) @ weights).T.tocsr()
    found = np.full(size, 1.0 / size)
    for _ in range(_ROUNDS):
        lost = float(found[sums == 0].sum())
        after = DAMPING * (steps @ found + lost / size) + (1 - DAMPING) / size
        moved = float(np.abs(after - found).sum())
        found = after
        if moved < _EXACT:
            break
    return found


def core(network: Adjacency) -> NDArray[np.float64]:
    """The largest k such that the node is in a part where each has k neighbours or more (Seidman 1983).

    Nodes with the fewest neighbours are taken out, all at once, until none is left (Batagelj and Zaveršnik 2003).
    """
    ties = network.weights.copy()
    ties.data = np.ones_like(ties.data)
    left = network.degrees.copy()
    found = np.zeros(len(network))
    alive = np.ones(len(network), np.bool_)
    level = 0
    while alive.any():
        level = max(level, int(left[alive].min()))
        while (out := alive & (left <= level)).any():
            found[out] = level
            alive &= ~out
            left = left - np.asarray(ties[np.flatnonzero(out)].sum(axis=0), np.int64).reshape(-1)
    return found


NODE_MEASURES: Final[Mapping[str, Callable[[Adjacency], NDArray[np.float64]]]] = {
    "degree": degree,
    "strength": strength,
    "betweenness": betweenness,
    "eigenvector": eigenvector,
    "pagerank": pagerank,
    "core": core,
}
"""The measures of nodes by name."""


def node_measures(matrix: Matrix, which: Iterable[str] = tuple(NODE_MEASURES)) -> NodeMeasures:
    """These measures of all nodes; raise `UsageError` for an unknown one."""
    chosen = tuple(dict.fromkeys(which))
    for name in chosen:
        if name not in NODE_MEASURES:
            near = did_you_mean(name, NODE_MEASURES) or "choose from " + ", ".join(NODE_MEASURES)
            raise UsageError(f"no measure is called {name!r}; {near}")
    network = adjacency(matrix)
    values = {name: NODE_MEASURES[name](network) for name in chosen}
    return NodeMeasures(network.names, network.variables, values)


def density(matrix: Matrix) -> float:
    """The share of the possible ties that are there: of n(n − 1)/2 pairs, or of rows × columns (Wasserman and Faust 1994)."""
    ties = int(adjacency(matrix).weights.nnz) // 2
    rows, columns = len(matrix.rows), len(matrix.columns)
    possible = rows * (rows - 1) // 2 if matrix.mode == "onemode" else rows * columns
    return ties / possible if possible else 0.0
