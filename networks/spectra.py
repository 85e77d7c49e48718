"""How much of a network of actors is lost where only some issues count, told by its spectrum."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.counts import counts
from alliancegraph.networks.matrices import factors
from alliancegraph.networks.statements import Statements
from alliancegraph.ontology.errors import UsageError

Dense: TypeAlias = NDArray[np.float64]
_PLACES: Final = 12


class Spectra:
    """The networks that parts of the issues make, each by its distance from the network of all.

    λ(B) are the eigenvalues of the Laplacian D − W, sorted and divided by their sum, where W is the network of all actors by
    what they say of the issues B, divided by average activity, with 0 for what is negative, and D has its row sums.
    """

    def __init__(
        self,
        statements: Statements,
        variable1: str,
        variable2: str,
        qualifier: str | None,
        aggregation: str = "subtract",
    ) -> None:
        """The networks between values of variable 1.

        Raises `UsageError` for fewer than two values of variable 2, or where nobody is tied to anybody.
        """
        made = counts(
            statements,
            variable1,
            variable2,
            qualifier,
            unqualified=aggregation == "ignore",
            isolates=False,
            weights=None,
        )
        if len(made.columns) < 2:
            raise UsageError(
                f"a backbone is chosen among two {variable2}s or more, and here is {len(made.columns)}"
            )
        left, right = factors(made, aggregation)
        self.issues = made.columns
        self._made = made
        self._left, self._right = left.toarray(), right.toarray()
        self._total = made.total().toarray()
        self.statements = tuple(int(number) for number in self._total.sum(axis=0))
        self._found: dict[frozenset[int], float] = {frozenset(): 1.0}
        self._whole = self._spectrum(np.arange(len(self.issues)))
        if not self._whole.any():
            raise UsageError(
                f"the network by {aggregation} has no positive tie that could be lost; take another aggregation"
            )

    def loss(self, issues: Iterable[int]) -> float:
        """Σᵢ |λᵢ(C) − λᵢ(B)| for the issues B at these positions among all, C; 1 for none.

        It is rounded to twelve places, so that what is equal by definition is so on any machine.
        """
        chosen = frozenset(issues)
        if chosen not in self._found:
            spectrum = self._spectrum(np.array(sorted(chosen), np.intp))
            self._found[chosen] = round(float(np.abs(self._whole - spectrum).sum()), _PLACES) + 0.0
        return self._found[chosen]

    def network(self, places: NDArray[np.intp]) -> Dense:
        """The weights between all actors by the issues at these positions, none below 0."""
        by_level = self._left.shape[1] > len(self.issues)
        across = self._made.across(places) if by_level else places
        weights = self._left[:, across] @ self._right[:, across].T
        activity = self._total[:, places].sum(axis=1)
        divisor = (activity[:, None] + activity[None, :]) / 2
        weights = np.divide(weights, divisor, out=np.zeros_like(weights), where=divisor > 0)
        np.fill_diagonal(weights, 0.0)
        positive: Dense = np.maximum(weights, 0.0)
        return positive

    def _spectrum(self, places: NDArray[np.intp]) -> Dense:
        weights = self.network(places)
        values = np.linalg.eigvalsh(np.diag(weights.sum(axis=1)) - weights)
        total = float(weights.sum())
        found: Dense = np.asarray(values / total if total else np.zeros(len(values)), np.float64)
        return found
