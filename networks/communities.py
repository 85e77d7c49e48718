"""Communities: groups of nodes that are tied to each other more than to others, by Leiden or Louvain."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.adjacency import Adjacency, adjacency
from alliancegraph.networks.extras import extra
from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.partitions import Partition, modularity, ordered
from alliancegraph.networks.paths import networkit_graph

Method: TypeAlias = Literal["leiden", "louvain"]
METHODS: Final[tuple[Method, ...]] = ("leiden", "louvain")
RUNS: Final = 10


def communities(
    matrix: Matrix, method: Method = "leiden", resolution: float = 1.0, runs: int = RUNS, seed: int = 0
) -> Partition:
    """The best of the partitions that so many seeds from `seed` give, by modularity; of equals, that of the lowest seed.

    Leiden (Traag, Waltman and van Eck 2019) keeps communities connected, Louvain (Blondel et al. 2008) is the older of the
    two. Both look for ties among positive weights: congruence makes a community. In a network with negative weights the
    choice between the runs, and the modularity that is told, count conflict too. A higher resolution gives more and
    smaller communities. Nodes without positive ties are communities of their own.
    """
    network = adjacency(matrix)
    found = partitions(network, method, resolution, runs, seed)
    scores = [round(modularity(network, labels, resolution), 12) for labels in found]
    best = max(range(len(found)), key=lambda run: (scores[run], -run))
    return Partition(network.names, network.variables, found[best], scores[best], method)


def partitions(
    network: Adjacency, method: Method = "leiden", resolution: float = 1.0, runs: int = RUNS, seed: int = 0
) -> list[NDArray[np.int64]]:
    """One partition for each of so many seeds from `seed`; raise `ExtraMissing` without the package that makes them."""
    run = _leiden if method == "leiden" else _louvain
    if not network.positive.nnz:
        extra("graspologic_native" if method == "leiden" else "networkit", "communities need")
        return [np.arange(len(network), dtype=np.int64)] * runs
    return [ordered(run(network, resolution, number)) for number in range(seed, seed + runs)]


def _leiden(network: Adjacency, resolution: float, seed: int) -> NDArray[np.int64]:
    native = extra("graspologic_native", "communities need")
    weights = network.positive
    _, found = native.leiden_csr(
        weights.indptr.astype(np.int64),
        weights.indices.astype(np.int32),
        weights.data,
        len(network),
        resolution=resolution,
        iterations=2,
        seed=seed,
    )
    return np.fromiter((found[node] for node in range(len(network))), np.int64, len(network))


def _louvain(network: Adjacency, resolution: float, seed: int) -> NDArray[np.int64]:
    networkit = extra("networkit", "communities need")
    networkit.setNumberOfThreads(1)
    networkit.setSeed(seed, False)
    graph = networkit_graph(networkit, network.positive)
    run = networkit.community.PLM(graph, gamma=resolution, par="none randomized").run()
    return np.asarray(run.getPartition().getVector(), np.int64)
