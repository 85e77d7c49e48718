"""Pairs of actors that have something in common, found by sparse products: in time by such pairs, not by all pairs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from alliancegraph.networks.counts import Counts, Sparse

_ENTRIES: Final = 4_000_000
"""About how many pairs are held at once besides the result."""


def pairs(left: Sparse, right: Sparse, made: Counts, normalization: str, *, ratio: bool = False) -> Sparse:
    """The symmetric product of `left` and the transpose of `right`, divided as the normalisation asks; diagonal 0.

    Of each pair the half above the diagonal is made, in blocks of rows; a `ratio` is divided by the product of totals.
    """
    size = left.shape[0]
    divide = _Divisors(made, normalization, ratio)
    blocks = []
    for first, last in _blocks(left, right):
        block = csr_array(left[first:last] @ right[first:].T.tocsr())
        block = _above_diagonal(block, first, size)
        blocks.append(divide(block, first, last))
    if not blocks:
        return csr_array((size, size), dtype=np.float64)
    half = csr_array(vstack(blocks, format="csr"))
    blocks.clear()
    whole = csr_array(half + half.T.tocsr())
    whole.sort_indices()
    return whole


def _blocks(left: Sparse, right: Sparse) -> Iterator[tuple[int, int]]:
    """Ranges of rows whose products have about so many entries at most."""
    size = left.shape[0]
    width = np.bincount(right.indices, minlength=right.shape[1])
    steps = np.concatenate([[0], np.cumsum(width[left.indices])])
    most = np.minimum(np.diff(steps[left.indptr]), size)
    reached = np.cumsum(most)
    first = 0
    while first < size:
        before = reached[first - 1] if first else 0
        last = max(first + 1, int(np.searchsorted(reached, before + _ENTRIES, side="right")))
        yield first, last
        first = last


def _above_diagonal(block: Sparse, first: int, size: int) -> Sparse:
    """The entries beyond the diagonal, where column 0 of the block is that of its first row."""
    entries = block.tocoo()
    kept = (entries.col > entries.row) & (entries.data != 0)
    made: Sparse = csr_array(
        (entries.data[kept], (entries.row[kept], entries.col[kept] + first)), shape=(block.shape[0], size)
    )
    made.sort_indices()
    return made


class _Divisors:
    """What the entries of a block of rows are divided by."""

    def __init__(self, made: Counts, normalization: str, ratio: bool) -> None:
        self._normalization = "no" if ratio else normalization
        self._ratio = ratio
        self._cells = made.cells
        self._activity: NDArray[np.float64] = np.asarray(made.cells.sum(axis=1)).ravel()
        self._total = made.total() if ratio else made.cells
        self._pattern = _pattern(made.cells)

    def __call__(self, block: Sparse, first: int, last: int) -> Sparse:
        if self._ratio:
            shared = csr_array(self._total[first:last] @ self._total[first:].T.tocsr())
            return self._over(block, _at(block, _moved(shared, first)))
        rows = self._activity[first + _rows(block)]
        columns = self._activity[block.indices]
        if self._normalization == "average":
            return self._over(block, (rows + columns) / 2)
        if self._normalization == "cosine":
            return self._over(block, rows * columns)
        if self._normalization == "jaccard":
            return self._over(block, _at(block, self._shared(first, last), rows + columns))
        return block

    def _shared(self, first: int, last: int) -> Sparse:
        """m11 less what both rows have at the same places, so that n(a) + n(b) and this are m10 + m01 + m11."""
        cells, pattern = self._cells[first:last], self._pattern[first:last]
        across, marks = self._cells[first:].T.tocsr(), self._pattern[first:].T.tocsr()
        return _moved(csr_array(cells @ across - cells @ marks - pattern @ across), first)

    def _over(self, block: Sparse, divisor: NDArray[np.float64]) -> Sparse:
        return csr_array((block.data / divisor, block.indices, block.indptr), shape=block.shape)


def _moved(block: Sparse, first: int) -> Sparse:
    """The block with its columns so many places further right."""
    return csr_array(
        (block.data, block.indices + first, block.indptr), shape=(block.shape[0], block.shape[1] + first)
    )


def _pattern(cells: Sparse) -> Sparse:
    return csr_array((np.ones_like(cells.data), cells.indices, cells.indptr), shape=cells.shape)


def _rows(block: Sparse) -> NDArray[np.intp]:
    return np.repeat(np.arange(block.shape[0]), np.diff(block.indptr))


def _at(block: Sparse, other: Sparse, added: NDArray[np.float64] | None = None) -> NDArray[np.float64]:
    """The entries of another matrix where a block has some, plus what is given for each; none of these sums is 0."""
    there = csr_array(_pattern(block).multiply(other))
    if added is not None:
        there = csr_array(csr_array((added, block.indices, block.indptr), shape=block.shape) + there)
    there.sort_indices()
    assert there.nnz == block.nnz
    return there.data
