"""Shortest paths: how often a node lies between two others."""

from __future__ import annotations

import importlib.util
import math
from types import ModuleType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import triu

from alliancegraph.networks.adjacency import Adjacency, Weights
from alliancegraph.networks.extras import extra

_WIDEST: Final = 2**40
_FEW: Final = 64
_EXACT_WORK: Final = 4 * 10**9  # nodes × ties; some minutes
SAMPLES: Final = 400
"""Nodes from whose paths an estimate is made."""


def betweenness(network: Adjacency) -> NDArray[np.float64]:
    """The share of the shortest paths between two others that lead through a node (Freeman 1977; Brandes 2001).

    c(v) = Σ_{s<t} σ(s, t | v) / σ(s, t), divided by (n − 1)(n − 2)/2. The length of a tie is one divided by its positive
    weight, since strong ties are short (Newman 2001). Where that would take hours (`is_estimated`) it is estimated from
    the paths of 400 nodes (Geisberger, Sanders and Schultes 2008), always the same ones.
    """
    size = len(network)
    ties = network.positive
    if size < 3 or not ties.nnz:
        return np.zeros(size)
    ties.data = _lengths(ties.data)
    estimated = is_estimated(network)
    compiled = estimated or importlib.util.find_spec("networkit") is not None
    sums = _compiled(ties, estimated) if compiled else _plain(ties)
    return np.round(2 * sums / ((size - 1) * (size - 2)), 12)


def is_estimated(network: Adjacency) -> bool:
    """Whether the network is so large that betweenness is an estimate."""
    return len(network) * int(network.weights.nnz) > _EXACT_WORK


def _lengths(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Lengths whose sums are exact, so that paths of the same length are found to be so.

    For whole weights these are their least common multiple divided by the weight, unless that is too large; else one
    over the weight in forty binary places.
    """
    distinct = np.unique(weights)
    if len(distinct) <= _FEW and bool((distinct == np.rint(distinct)).all()) and distinct[-1] < _WIDEST:
        multiple = math.lcm(*(int(weight) for weight in distinct))
        if multiple < _WIDEST:
            return np.rint(multiple / weights)
    inverse = 1.0 / weights
    unit = 2.0 ** (math.ceil(math.log2(float(inverse.max()))) - 40)
    return np.maximum(np.rint(inverse / unit), 1.0)


def _compiled(lengths: Weights, estimated: bool) -> NDArray[np.float64]:
    networkit = extra("networkit", "betweenness of large networks needs")
    networkit.setNumberOfThreads(1)
    networkit.setSeed(0, False)
    graph = networkit_graph(networkit, lengths)
    if estimated:
        run = networkit.centrality.EstimateBetweenness(graph, SAMPLES)
    else:
        run = networkit.centrality.Betweenness(graph)
    return np.asarray(run.run().scores(), np.float64) / 2


def networkit_graph(networkit: ModuleType, weights: Weights) -> Any:
    """The undirected graph of symmetric weights, as NetworKit has it."""
    upper = triu(weights, format="coo")
    ends = upper.row.astype(np.uint64), upper.col.astype(np.uint64)
    return networkit.GraphFromCoo((upper.data, ends), n=weights.shape[0], weighted=True, directed=False)


def _plain(lengths: Weights) -> NDArray[np.float64]:
    import networkx as nx  # type: ignore[import-untyped]

    scores = nx.betweenness_centrality(nx.from_scipy_sparse_array(lengths), normalized=False, weight="weight")
    return np.fromiter((scores[node] for node in range(lengths.shape[0])), np.float64, lengths.shape[0])
