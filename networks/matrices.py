"""Networks as sparse matrices: who refers to what, and who agrees with whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alliancegraph.networks.statements import Statements

Mode: TypeAlias = Literal["onemode", "twomode"]

TWO_MODE_AGGREGATIONS: Final = ("ignore", "combine", "subtract")
TWO_MODE_NORMALIZATIONS: Final = ("no", "activity", "prominence")
ONE_MODE_AGGREGATIONS: Final = ("ignore", "congruence", "conflict", "subtract", "ratio")
ONE_MODE_NORMALIZATIONS: Final = ("no", "average", "jaccard", "cosine")


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """A network: the names of rows and columns, sorted by code points, and the weights between them.

    In a one-mode network `variable1` names both; `variable2` is what they have in common.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: csr_array[np.float64, tuple[int, int]]
    mode: Mode
    variable1: str
    variable2: str


def two_mode(
    statements: Statements,
    variable1: str,
    variable2: str,
    qualifier: str | None = None,
    aggregation: str = "ignore",
    normalization: str = "no",
    *,
    isolates: bool = False,
    weights: NDArray[np.float64] | None = None,
) -> Matrix:
    """The affiliation of variable 1 with variable 2."""
    raise NotImplementedError


def one_mode(
    statements: Statements,
    variable1: str,
    variable2: str,
    qualifier: str | None = None,
    aggregation: str = "ignore",
    normalization: str = "no",
    *,
    isolates: bool = False,
    weights: NDArray[np.float64] | None = None,
) -> Matrix:
    """The values of variable 1 by what they say of the values of variable 2."""
    raise NotImplementedError
