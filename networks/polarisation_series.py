"""Polarisation over time: of each slice, smoothed by its kernel, with an interval from samples of its statements."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from alliancegraph.networks.polarisation import Polarisation, polarisation
from alliancegraph.networks.sampling import samples as drawn
from alliancegraph.networks.windows import Slice

SAMPLES: Final = 200
LEVEL: Final = 0.95
_PLACES: Final = 12


@dataclass(frozen=True, slots=True, eq=False)
class Polarised:
    """A slice with its polarisation, and the interval of its index; None without samples or without statements."""

    slice: Slice
    made: Polarisation | None
    low: float | None
    high: float | None


def polarisation_series(
    slices: Iterable[Slice],
    variable1: str,
    variable2: str,
    qualifier: str,
    *,
    samples: int = SAMPLES,
    seed: int = 0,
    level: float = LEVEL,
) -> Iterator[Polarised]:
    """The polarisation of the actors (`variable1`) over issues (`variable2`) in each slice.

    Statements count by the kernel of the slice. The interval holds the middle `level` of the indices of so many samples: as
    many statements as there are, drawn with replacement, each with its own weight, and camps found anew (the percentile
    bootstrap of Efron and Tibshirani 1993). A statement that has several rows is drawn with all of them. The seed and
    the number of the slice fix what is drawn.
    """
    for number, part in enumerate(slices):
        if not len(part.statements):
            yield Polarised(part, None, None, None)
            continue
        kernel = part.weights("onemode")
        weights = np.ones(len(part.statements)) if kernel is None else kernel
        made = polarisation(part.statements, variable1, variable2, qualifier, weights)
        indices = [
            polarisation(part.statements, variable1, variable2, qualifier, times * weights).index
            for times in drawn(part.statements, samples, np.random.default_rng((seed, number)))
        ]
        outside = (1 - level) / 2
        ends = np.round(np.quantile(indices, (outside, 1 - outside)), _PLACES).tolist() if indices else None
        yield Polarised(part, made, *(ends or (None, None)))
