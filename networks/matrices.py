"""Networks as sparse matrices: who refers to what, and who agrees with whom.

A[a, c, k] is the number of statements in which `a` (variable 1) refers to `c` (variable 2) with level `k` of the
qualifier, n(a) = Σ A[a, c, k] over c and k, and p(c) = Σ A[a, c, k] over a and k. Statements may have weights, which are
then added up in place of counting. The formulas are those of P. Leifeld, "Discourse Network Analysis: Policy Debates as
Dynamic Networks", in: The Oxford Handbook of Political Networks (2017), and of the manual of rDNA's `dna_network`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, hstack

from alliancegraph.networks.counts import Counts, Sparse, counts
from alliancegraph.networks.pairs import pairs
from alliancegraph.networks.statements import Statements
from alliancegraph.ontology.errors import UsageError

Mode: TypeAlias = Literal["onemode", "twomode"]

TWO_MODE_AGGREGATIONS: Final = ("ignore", "combine", "subtract")
TWO_MODE_NORMALIZATIONS: Final = ("no", "activity", "prominence")
ONE_MODE_AGGREGATIONS: Final = ("ignore", "congruence", "conflict", "subtract", "ratio")
ONE_MODE_NORMALIZATIONS: Final = ("no", "average", "jaccard", "cosine")
MOST_COMBINED: Final = 32
"""Qualifiers with more levels are not combined: the weights would mean nothing to a reader."""


@dataclass(frozen=True, slots=True, eq=False)
class Matrix:
    """A network: the names of rows and columns, sorted by code points, and the weights between them.

    In a one-mode network `variable1` names both; `variable2` is what they have in common. In a `directed` one a weight
    leads from its row to its column.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    values: Sparse
    mode: Mode
    variable1: str
    variable2: str
    directed: bool = False

    @property
    def edges(self) -> int:
        """The number of weights; of an undirected one-mode network each pair counts once."""
        return self.values.nnz if self.mode == "twomode" or self.directed else self.values.nnz // 2


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
    """The references of variable 1 (rows) to variable 2 (columns).

    Aggregation `ignore` is Σₖ A[a, c, k]. `subtract` is A[a, c, 1] - A[a, c, 0]; on a scale of other numbers, Σₖ k A[a, c,
    k]. `combine` tells which levels occur: the highest adds 1, the next 2, the next 4 and so on, so that 1 is only
    positive, 2 only negative, 3 both. Normalisation `activity` divides by n(a), `prominence` by p(c). `isolates` keeps
    rows and columns without statements. Raises `UsageError` for what does not go together.
    """
    check_network("twomode", aggregation, normalization, qualifier)
    made = counts(
        statements,
        variable1,
        variable2,
        qualifier,
        unqualified=aggregation == "ignore",
        isolates=isolates,
        weights=weights,
    )
    values = _references(made, aggregation)
    if normalization != "no":
        total = made.total()
        axis = 1 if normalization == "activity" else 0
        divisor: NDArray[np.float64] = np.asarray(total.sum(axis=axis)).ravel()
        entries = values.tocoo()
        place = entries.row if normalization == "activity" else entries.col
        values = csr_array((entries.data / divisor[place], (entries.row, entries.col)), shape=values.shape)
    values.eliminate_zeros()
    values.sort_indices()
    return Matrix(made.rows, made.columns, values, "twomode", variable1, variable2)


def _references(made: Counts, aggregation: str) -> Sparse:
    if aggregation == "ignore" or made.scale is None:
        return made.total()
    levels = len(made.scale.names)
    if aggregation == "subtract":
        if made.scale.kind == "words":
            raise UsageError(
                "subtract needs a qualifier with numbers, or with no and yes; take combine or ignore"
            )
        signs = 2 * made.scale.numbers - 1 if made.scale.kind == "binary" else made.scale.numbers
        weighted = [made.level(level) * sign for level, sign in enumerate(signs)]
    else:
        if levels > MOST_COMBINED:
            raise UsageError(
                f"combine takes at most {MOST_COMBINED} levels of a qualifier, and it has {levels}"
            )
        top = int(made.scale.numbers[-1]) if made.scale.kind == "binary" else levels - 1
        weighted = [
            made.level(level).astype(bool).astype(np.float64) * 2.0 ** _rank(made, level, top)
            for level in range(levels)
        ]
    return _sum(weighted, made.shape)


def _rank(made: Counts, level: int, top: int) -> int:
    """How far a level is below the highest; of no and yes, yes is 0 and no is 1 even where one of them is missing."""
    assert made.scale is not None
    return 1 - int(made.scale.numbers[level]) if made.scale.kind == "binary" else top - level


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
    """The values of variable 1 by what they say of the same values of variable 2; the diagonal is 0.

    With w(k, l) = 1 for the same level and 0 for another, or 1 - |k - l| / range on a scale of numbers (`Scale`), entry
    (a, b) is

    - `congruence` Σ_c Σ_k Σ_l w(k, l) A[a, c, k] A[b, c, l];
    - `conflict` the same with 1 - w(k, l) in place of w(k, l);
    - `subtract` congruence - conflict;
    - `ratio` congruence / (congruence + conflict), the share of agreement in what they both refer to;
    - `ignore` Σ_c (Σ_k A[a, c, k]) (Σ_k A[b, c, k]).

    Normalisation divides by (n(a) + n(b)) / 2 for `average`, by n(a) n(b) for `cosine`, and for `jaccard` by m10 + m01 +
    m11, where m10 sums A[a, c, k] over the (c, k) with A[b, c, k] = 0, m01 the other way round, and m11 sums A[a, c, k]
    A[b, c, k] over the (c, k) where both are positive. An entry whose divisor is 0 is 0. A ratio is the same whatever both
    of its parts are divided by. `isolates` keeps values without statements. Raises `UsageError` for what does not go
    together.
    """
    check_network("onemode", aggregation, normalization, qualifier)
    made = counts(
        statements,
        variable1,
        variable2,
        qualifier,
        unqualified=aggregation == "ignore",
        isolates=isolates,
        weights=weights,
    )
    left, right = factors(made, aggregation)
    values = pairs(left, right, made, normalization, ratio=aggregation == "ratio")
    return Matrix(made.rows, made.rows, values, "onemode", variable1, variable2)


def factors(made: Counts, aggregation: str) -> tuple[Sparse, Sparse]:
    """Two matrices whose product, the second transposed, is the aggregation (of a ratio, its numerator).

    Their columns stand for the same values of variable 2, level by level, as those of the counts do.
    """
    if aggregation == "ignore" or made.scale is None:
        total = made.total()
        return total, total
    alike = made.scale.similarity
    shares = {"conflict": 1.0 - alike, "subtract": 2.0 * alike - 1.0}.get(aggregation, alike)
    levels = [made.level(level) for level in range(len(made.scale.names))]
    mixed = [
        _sum([part * share for part, share in zip(levels, row, strict=True) if share], made.shape)
        for row in shares
    ]
    return made.cells, csr_array(hstack(mixed, format="csr"))


def _sum(parts: list[Sparse], shape: tuple[int, int]) -> Sparse:
    added: Sparse = csr_array(shape, dtype=np.float64)
    for part in parts:
        added = csr_array(added + part)
    return added


def check_network(mode: Mode, aggregation: str, normalization: str, qualifier: str | None) -> None:
    """Raise `UsageError` for what does not go together, whatever the statements."""
    one = mode == "onemode"
    for word, value, known in (
        ("aggregated", aggregation, ONE_MODE_AGGREGATIONS if one else TWO_MODE_AGGREGATIONS),
        ("normalised", normalization, ONE_MODE_NORMALIZATIONS if one else TWO_MODE_NORMALIZATIONS),
    ):
        if value not in known:
            raise UsageError(
                f"a {'one' if one else 'two'}-mode network is not {word} by {value}; choose one of {', '.join(known)}"
            )
    if qualifier is None and aggregation != "ignore":
        raise UsageError(f"{aggregation} needs a qualifier; name one, or choose ignore")
