"""The two camps into which a signed network falls best: as much positive weight within, and negative between, as can be.

Exact for up to 16 nodes that have ties. For more, the signs of the leading eigenvectors (Newman 2006) are improved by moving
one node after the other, each once, and keeping the best state on the way (Kernighan and Lin 1970), until nothing is gained.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.linalg import eigsh

from alliancegraph.networks.adjacency import Weights

Signs = NDArray[np.float64]
_EXACT: Final = 16
_LEAST: Final = 1e-12
_VECTORS: Final = 3


def best_camps(weights: Weights) -> NDArray[np.int64]:
    """0 or 1 for each node, such that the weights within camps add up to the most; 0 is the larger camp.

    Nodes without ties are in camp 0. Of camps of the same size, 0 is that of the first node that has ties.
    """
    tied = np.flatnonzero(np.diff(weights.indptr))
    found = np.zeros(weights.shape[0], np.int64)
    if len(tied) < 2:
        return found
    inner = csr_array(weights[tied][:, tied])
    signs = _exact(inner) if len(tied) <= _EXACT else _improved(inner)
    sizes = int((signs > 0).sum()), int((signs < 0).sum())
    first = 1.0 if sizes[0] > sizes[1] else -1.0 if sizes[1] > sizes[0] else signs[0]
    found[tied] = signs != first
    return found


def _exact(weights: Weights) -> Signs:
    """The best of all signs in which the first node is positive; of equals the first found."""
    size = weights.shape[0]
    numbers = np.arange(2 ** (size - 1))
    signs = np.ones((len(numbers), size))
    signs[:, 1:] -= 2.0 * (numbers[:, None] >> np.arange(size - 1) & 1)
    gains = np.round(((signs @ weights.toarray()) * signs).sum(axis=1), 12)
    best: Signs = signs[int(np.argmax(gains))]
    return best


def _improved(weights: Weights) -> Signs:
    candidates = [_moved(weights, start) for start in _starts(weights)]
    gains = [round(_gain(weights, signs), 12) for signs in candidates]
    return candidates[int(np.argmax(gains))]


def _starts(weights: Weights) -> list[Signs]:
    size = weights.shape[0]
    count = min(_VECTORS, size - 1)
    _, vectors = eigsh(weights, k=count, which="LA", v0=np.ones(size) / np.sqrt(size), tol=1e-9)
    starts = [np.where(np.round(vectors[:, column], 9) >= 0, 1.0, -1.0) for column in reversed(range(count))]
    against = int(np.argmin(np.asarray(weights.sum(axis=1)).reshape(-1)))
    row = weights[[against]].toarray().reshape(-1)
    return [*starts, np.where(row < 0, -1.0, 1.0)]


def _moved(weights: Weights, start: Signs) -> Signs:
    """The state after rounds of moves, each of which lets every node change its side once."""
    signs = start.copy()
    while True:
        state = signs.copy()
        pulls = _pulls(weights, state)
        free = np.ones(len(state), np.bool_)
        gain, best, best_state = 0.0, _LEAST, None
        for _ in range(len(state)):
            changes = np.where(free, -2.0 * state * pulls, -np.inf)
            node = int(np.argmax(np.round(changes, 12)))
            gain += float(changes[node])
            free[node] = False
            state[node] = -state[node]
            begin, end = weights.indptr[node], weights.indptr[node + 1]
            pulls[weights.indices[begin:end]] += 2.0 * state[node] * weights.data[begin:end]
            if gain > best:
                best, best_state = gain, state.copy()
        if best_state is None:
            return signs
        signs = best_state


def _gain(weights: Weights, signs: Signs) -> float:
    return float(signs @ _pulls(weights, signs))


def _pulls(weights: Weights, signs: Signs) -> Signs:
    return np.asarray(weights @ signs, np.float64)
