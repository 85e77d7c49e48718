"""Polarisation: whether a debate falls into two camps that agree within and disagree between them.

Leifeld's `dna_polarization` looks, as this does, for the camps that have the most congruence within and the most conflict
between them. The index here is the product of two questions that Fraxanet et al. (2024) ask of signed networks:

- antagonism, 2 D / (C + D), at most 1: how much of all contact is conflict. C is the sum of all congruence and D that of all
  conflict. Two camps of the same size reach 1, consensus has 0.
- alignment, max over camps of C_w / C − D_w / D: whether conflict follows one line. C_w and D_w are what of C and D is within
  camps. It is half the difference of Krackhardt and Stern's (1988) E-I indices of conflict and of congruence. Two camps
  that never agree across and never disagree within have 1; where there is no conflict it is 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from alliancegraph.networks.adjacency import Weights
from alliancegraph.networks.camps import best_camps
from alliancegraph.networks.matrices import Matrix, one_mode
from alliancegraph.networks.statements import Statements

_PLACES: Final = 12


@dataclass(frozen=True, slots=True, eq=False)
class Polarisation:
    """The index with its two parts, and the camps: 0 or 1 for each name, the larger camp first."""

    index: float
    alignment: float
    antagonism: float
    names: tuple[str, ...]
    camps: NDArray[np.int64]

    def camp(self, number: int) -> tuple[str, ...]:
        """The members of a camp, by name."""
        return tuple(name for name, camp in zip(self.names, self.camps, strict=True) if camp == number)


def polarisation(
    statements: Statements,
    variable1: str,
    variable2: str,
    qualifier: str,
    weights: NDArray[np.float64] | None = None,
) -> Polarisation:
    """The polarisation of the actors (`variable1`) over issues (`variable2`)."""
    congruence, conflict = (
        one_mode(statements, variable1, variable2, qualifier, kind, weights=weights)
        for kind in ("congruence", "conflict")
    )
    return polarisation_of(congruence, conflict)


def polarisation_of(congruence: Matrix, conflict: Matrix) -> Polarisation:
    """The polarisation of two one-mode networks over the same actors, or over those that either has."""
    names = tuple(sorted({*congruence.rows, *conflict.rows}))
    agree, differ = _over(congruence, names), _over(conflict, names)
    agreement, difference = float(agree.sum()), float(differ.sum())
    if not difference:
        return Polarisation(0.0, 0.0, 0.0, names, np.zeros(len(names), np.int64))
    antagonism = min(1.0, 2 * difference / (agreement + difference))
    tension = csr_array(agree / agreement if agreement else agree) - csr_array(differ / difference)
    camps = best_camps(csr_array(tension))
    alignment = round(_within(agree, camps) - _within(differ, camps), _PLACES)
    return Polarisation(round(alignment * antagonism, _PLACES), alignment, antagonism, names, camps)


def _within(weights: Weights, camps: NDArray[np.int64]) -> float:
    """The share of the weights that is within camps; all of none."""
    found = weights.tocoo()
    total = float(found.data.sum())
    return float(found.data[camps[found.row] == camps[found.col]].sum()) / total if total else 1.0


def _over(matrix: Matrix, names: tuple[str, ...]) -> Weights:
    """The positive weights of a network over these names."""
    place = {name: number for number, name in enumerate(names)}
    at = np.array([place[name] for name in matrix.rows], np.intp)
    found = matrix.values.tocoo()
    kept = (found.data > 0) & (found.row != found.col)
    return csr_array((found.data[kept], (at[found.row[kept]], at[found.col[kept]])), shape=(len(names),) * 2)
