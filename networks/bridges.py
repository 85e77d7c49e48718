"""Bridging actors: who connects communities, and who stands where paths must pass."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.adjacency import Adjacency, Weights, adjacency
from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.partitions import Partition
from alliancegraph.networks.paths import betweenness


@dataclass(frozen=True, slots=True)
class Bridge:
    """A node, its community and how it connects; `reach` is the number of other communities that it is tied to."""

    name: str
    community: int
    participation: float
    within: float
    reach: int
    betweenness: float
    bridging: float


def bridges(matrix: Matrix, partition: Partition) -> list[Bridge]:
    """All nodes with positive ties, those that connect communities most first.

    - `participation`: P(i) = 1 − Σ_s (k(i, s) / k(i))², where k(i, s) is the strength of i towards community s: 0 where all
      is in one community, near 1 where it is spread over many (Guimerà and Amaral 2005).
    - `within`: the z-score of the strength within the own community, among its members (the same).
    - `bridging`: betweenness times the bridging coefficient, (1 / d(i)) / Σ_j 1 / d(j) over neighbours j: high between hubs
      (Hwang et al. 2008).
    """
    network = adjacency(matrix)
    positive = network.positive
    towards = _towards(positive, partition.labels)
    between = betweenness(network)
    coefficient = bridging_coefficient(network)
    part = participation(towards)
    score = _z_scores(towards, partition.labels)
    degrees = np.diff(positive.indptr)
    found = [
        Bridge(
            network.names[node],
            int(partition.labels[node]),
            float(part[node]),
            float(score[node]),
            int((towards[node] > 0).sum() - (towards[node, partition.labels[node]] > 0)),
            float(between[node]),
            float(between[node] * coefficient[node]),
        )
        for node in range(len(network))
        if degrees[node]
    ]
    return sorted(
        found,
        key=lambda bridge: (-round(bridge.participation, 9), -round(bridge.betweenness, 9), bridge.name),
    )


def participation(towards: NDArray[np.float64]) -> NDArray[np.float64]:
    """The participation coefficients from the strengths of nodes (rows) towards communities (columns)."""
    strength = towards.sum(axis=1, keepdims=True)
    shares = np.divide(towards, strength, out=np.zeros_like(towards), where=strength > 0)
    found: NDArray[np.float64] = np.where(strength[:, 0] > 0, 1 - (shares * shares).sum(axis=1), 0.0)
    return np.round(found, 12) + 0.0


def bridging_coefficient(network: Adjacency) -> NDArray[np.float64]:
    """(1 / d(i)) / Σ_j 1 / d(j) over the neighbours j with positive ties; 0 without any."""
    ties = network.positive
    ties.data = np.ones_like(ties.data)
    degree = np.asarray(ties.sum(axis=1), np.float64).reshape(-1)
    inverse = np.divide(1.0, degree, out=np.zeros_like(degree), where=degree > 0)
    around = ties @ inverse
    return np.divide(inverse, around, out=np.zeros_like(inverse), where=around > 0)


def _towards(weights: Weights, labels: NDArray[np.int64]) -> NDArray[np.float64]:
    found = weights.tocoo()
    towards = np.zeros((weights.shape[0], int(labels.max()) + 1 if len(labels) else 0))
    np.add.at(towards, (found.row, labels[found.col]), found.data)
    return towards


def _z_scores(towards: NDArray[np.float64], labels: NDArray[np.int64]) -> NDArray[np.float64]:
    own = towards[np.arange(len(labels)), labels]
    scores = np.zeros(len(labels))
    for label in range(towards.shape[1]):
        members = labels == label
        spread = float(own[members].std())
        if spread > 1e-12:
            scores[members] = (own[members] - own[members].mean()) / spread
    return scores
