"""One kind of network made again and again: of all statements, or of each slice of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.matrices import Matrix, Mode, check_network, one_mode, two_mode
from alliancegraph.networks.statements import Statements
from alliancegraph.networks.windows import Slice
from alliancegraph.ontology.errors import UsageError


@dataclass(frozen=True, slots=True)
class Recipe:
    """What a network is made by; see `one_mode` and `two_mode`."""

    mode: Mode
    variable1: str
    variable2: str
    qualifier: str | None = None
    aggregation: str = "ignore"
    normalization: str = "no"
    isolates: bool = False

    def check(self, kernel: str = "no") -> None:
        """Raise `UsageError` for what does not go together, whatever the statements."""
        check_network(self.mode, self.aggregation, self.normalization, self.qualifier)
        if kernel != "no" and self.aggregation == "combine":
            raise UsageError(
                "combine tells which levels occur, so a kernel has nothing to weigh; choose subtract or ignore"
            )

    def matrix(self, statements: Statements, weights: NDArray[np.float64] | None = None) -> Matrix:
        """The network of these statements; raise `UsageError` for what does not go together."""
        self.check("no" if weights is None else "some")
        make = one_mode if self.mode == "onemode" else two_mode
        return make(
            statements,
            self.variable1,
            self.variable2,
            self.qualifier,
            self.aggregation,
            self.normalization,
            isolates=self.isolates,
            weights=weights,
        )


@dataclass(frozen=True, slots=True, eq=False)
class Dated:
    """The network of a slice."""

    slice: Slice
    matrix: Matrix


def series(recipe: Recipe, slices: Iterable[Slice]) -> Iterator[Dated]:
    """The network of each slice, with the kernel's weights."""
    for part in slices:
        yield Dated(part, recipe.matrix(part.statements, part.weights(recipe.mode)))
