"""How stable a partition is: whether other seeds, or other statements of the same kind, give the same communities."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.adjacency import adjacency
from alliancegraph.networks.communities import RUNS, Method, communities, partitions
from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.partitions import (
    Partition,
    adjusted_rand_index,
    normalised_mutual_information,
)
from alliancegraph.networks.sampling import samples
from alliancegraph.networks.statements import Statements


@dataclass(frozen=True, slots=True, eq=False)
class Stability:
    """How alike partitions are: the means of adjusted Rand index and normalised mutual information over `runs`.

    `nodes` says for each node of the partition on which share of the others it is together, or apart, as there.
    """

    rand: float
    information: float
    runs: int
    nodes: NDArray[np.float64]


def seed_stability(
    matrix: Matrix, method: Method = "leiden", resolution: float = 1.0, runs: int = RUNS, seed: int = 0
) -> Stability:
    """The means over all pairs of so many seeds: how much is due to the order in which the method visits nodes."""
    found = partitions(adjacency(matrix), method, resolution, runs, seed)
    pairs = list(combinations(found, 2))
    best = communities(matrix, method, resolution, runs, seed).labels
    return Stability(
        _mean([adjusted_rand_index(*pair) for pair in pairs]),
        _mean([normalised_mutual_information(*pair) for pair in pairs]),
        runs,
        _agreement(best, [(labels, np.ones(len(best), np.bool_)) for labels in found]),
    )


def bootstrap_stability(
    statements: Statements,
    network: Callable[[Statements], Matrix],
    partition: Partition,
    method: Method = "leiden",
    resolution: float = 1.0,
    runs: int = 50,
    seed: int = 0,
) -> Stability:
    """How alike the partition is to those of samples of as many statements, drawn with replacement (Efron 1979).

    `network` makes the matrix of statements. Of each sample the nodes that it still has are compared. Rosvall and
    Bergstrom (2010) ask in the same way which parts of a partition the data support.
    """
    draws = np.random.default_rng(seed)
    place = {
        node: number for number, node in enumerate(zip(partition.variables, partition.names, strict=True))
    }
    rands, informations, found = [], [], []
    for times in samples(statements, runs, draws):
        sample = statements.take(np.repeat(np.arange(len(statements)), times))
        other = communities(network(sample), method, resolution, 1)
        there = np.array(
            [place[node] for node in zip(other.variables, other.names, strict=True) if node in place], np.intp
        )
        shared = np.array(
            [node in place for node in zip(other.variables, other.names, strict=True)], np.bool_
        )
        labels = np.zeros(len(partition.names), np.int64)
        labels[there] = other.labels[shared]
        present = np.zeros(len(partition.names), np.bool_)
        present[there] = True
        if present.sum() > 1:
            rands.append(adjusted_rand_index(partition.labels[present], labels[present]))
            informations.append(normalised_mutual_information(partition.labels[present], labels[present]))
            found.append((labels, present))
    return Stability(_mean(rands), _mean(informations), runs, _agreement(partition.labels, found))


def _agreement(
    labels: NDArray[np.int64], others: list[tuple[NDArray[np.int64], NDArray[np.bool_]]]
) -> NDArray[np.float64]:
    """For each node the share of other nodes and runs with which it is together as in `labels`; 1 where there is none."""
    same = np.zeros(len(labels))
    seen = np.zeros(len(labels))
    for other, present in others:
        mine, theirs = labels[present], other[present]
        agree = (mine[:, None] == mine[None, :]) == (theirs[:, None] == theirs[None, :])
        same[present] += agree.sum(axis=1) - 1
        seen[present] += len(mine) - 1
    return np.divide(same, seen, out=np.ones(len(labels)), where=seen > 0)


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 1.0
