"""Samples of statements: as many as there are, drawn with replacement (Efron 1979)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.statements import Statements


def samples(statements: Statements, count: int, draw: np.random.Generator) -> Iterator[NDArray[np.int64]]:
    """How often each row is drawn, for so many samples; the rows of one statement are drawn together."""
    names, place = np.unique(np.array(statements.ids, np.str_), return_inverse=True)
    size = len(names)
    for _ in range(count):
        yield np.bincount(draw.integers(0, size, size), minlength=size)[place].astype(np.int64)
