"""Partitions of a network into communities: how good one is, and how alike two are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array

from alliancegraph.networks.adjacency import Adjacency


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """The community of each node, numbered from 0 by size and then by their first name; its modularity and method."""

    names: tuple[str, ...]
    variables: tuple[str, ...]
    labels: NDArray[np.int64]
    modularity: float
    method: str

    @property
    def communities(self) -> tuple[tuple[str, ...], ...]:
        """The members of each community, by name."""
        count = int(self.labels.max()) + 1 if len(self.labels) else 0
        return tuple(
            tuple(name for name, label in zip(self.names, self.labels, strict=True) if label == number)
            for number in range(count)
        )


def modularity(network: Adjacency, labels: NDArray[np.int64], resolution: float = 1.0) -> float:
    """How much more is tied within communities than by chance, with negative weights counted between them.

    Q = Σ_ij [w(i,j) − γ (s⁺(i) s⁺(j)/2w⁺ − s⁻(i) s⁻(j)/2w⁻)] δ(i,j) / (2w⁺ + 2w⁻) (Gómez, Jensen and Arenas 2009), where
    s are sums of positive and of negative weights. Without negative weights it is Newman's (2004).
    """
    positive, negative = network.positive, network.negative
    total = float(positive.sum() + negative.sum())
    if not total:
        return 0.0
    count = int(labels.max()) + 1

    def surplus(weights: coo_array[np.float64, tuple[int, int]]) -> float:
        all_ = float(weights.sum())
        if not all_:
            return 0.0
        inside = float(weights.data[labels[weights.row] == labels[weights.col]].sum())
        sums = np.bincount(labels[weights.row], weights.data, count)
        return inside - resolution * float((sums * sums).sum()) / all_

    return (surplus(positive.tocoo()) - surplus(negative.tocoo())) / total


def ordered(labels: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int64]:
    """The same partition with the largest community as 0; of two of the same size, the one of the earlier node."""
    given = np.asarray(labels, np.int64)
    found, first, inverse, sizes = np.unique(
        given, return_index=True, return_inverse=True, return_counts=True
    )
    order = sorted(range(len(found)), key=lambda number: (-sizes[number], first[number]))
    rank = np.empty(len(found), np.int64)
    rank[order] = np.arange(len(found))
    return rank[inverse]


def normalised_mutual_information(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """How much one partition tells of the other: 2 I(X; Y) / (H(X) + H(Y)), from 0 to 1 (Danon et al. 2005).

    Two partitions into one community each are the same, and have 1.
    """
    counts = _crossed(one, other)
    shares = counts / counts.sum()
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    entropies = _entropy(rows) + _entropy(columns)
    if entropies == 0:
        return 1.0
    information = _entropy(rows) + _entropy(columns) - _entropy(shares.reshape(-1))
    return float(min(max(2 * information / entropies, 0.0), 1.0))


def adjusted_rand_index(one: NDArray[np.int64], other: NDArray[np.int64]) -> float:
    """The pairs of nodes on which two partitions agree, above chance: 1 for the same, 0 for chance (Hubert and Arabie 1985)."""
    counts = _crossed(one, other)
    both = float(_pairs(counts).sum())
    rows, columns = float(_pairs(counts.sum(axis=1)).sum()), float(_pairs(counts.sum(axis=0)).sum())
    possible = float(_pairs(counts.sum()))
    if rows == columns == both:
        return 1.0
    chance = rows * columns / possible
    return (both - chance) / ((rows + columns) / 2 - chance)


def _crossed(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float64]:
    found = np.zeros((int(one.max()) + 1, int(other.max()) + 1)) if len(one) else np.ones((1, 1))
    np.add.at(found, (one, other), 1.0)
    return found


def _pairs(counts: NDArray[np.float64] | np.float64) -> NDArray[np.float64]:
    return np.asarray(counts * (counts - 1) / 2, np.float64)


def _entropy(shares: NDArray[np.float64]) -> float:
    kept = shares[shares > 0]
    return float(-(kept * np.log(kept)).sum())
