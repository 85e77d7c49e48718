"""Salience and contention of issues: how much is said of each, by how many, and how divided they are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.stances import sides
from alliancegraph.networks.statements import Statements


@dataclass(frozen=True, slots=True)
class Salience:
    """One issue: counts of statements and actors by side, shares, and the first and last day."""

    issue: str
    statements: int
    share: float
    actors: int
    favour: int
    opposition: int
    neither: int
    contention: float
    entropy: float
    divided: int
    first: np.datetime64
    last: np.datetime64


def salience(statements: Statements, variable1: str, variable2: str, qualifier: str | None) -> list[Salience]:
    """The issues (`variable2`) of the statements, the most salient first, then by name.

    - `share`: of all statements that have an issue (salience, Epstein and Segal 2000).
    - `contention`: 1 − |f − o| / (f + o), from f statements in favour and o in opposition: 0 where all are on one side, 1
      where the sides are equal, 0 where nobody takes one.
    - `entropy`: −Σ p log₂ p over favour, opposition and neither, in bits (Shannon 1948).
    - `divided`: how many actors have taken both sides.
    """
    issues, actors = statements.column(variable2), statements.column(variable1)
    side = sides(statements, qualifier)
    total = int(issues.present.sum())
    found = []
    for code, issue in enumerate(issues.names):
        chosen = issues.codes == code
        if not chosen.any():
            continue
        favour, opposition, neither = (int((side[chosen] == value).sum()) for value in (1, -1, 0))
        dates = statements.dates[chosen & ~np.isnat(statements.dates)]
        who = actors.codes[chosen & actors.present]
        found.append(
            Salience(
                issue,
                int(chosen.sum()),
                int(chosen.sum()) / total,
                len(np.unique(who)),
                favour,
                opposition,
                neither,
                contention(favour, opposition),
                entropy(favour, opposition, neither),
                _divided(actors.codes[chosen & (side > 0)], actors.codes[chosen & (side < 0)]),
                dates.min() if len(dates) else np.datetime64("NaT", "s"),
                dates.max() if len(dates) else np.datetime64("NaT", "s"),
            )
        )
    return sorted(found, key=lambda item: (-item.statements, item.issue))


def contention(favour: float, opposition: float) -> float:
    """1 − |f − o| / (f + o); 0 where both are 0."""
    both = favour + opposition
    return 1 - abs(favour - opposition) / both if both else 0.0


def entropy(*counts: float) -> float:
    """The entropy of the shares of some counts, in bits."""
    kept = np.array([count for count in counts if count], np.float64)
    shares = kept / kept.sum() if len(kept) else kept
    return float(-(shares * np.log2(shares)).sum()) + 0.0


def _divided(for_: NDArray[np.int32], against: NDArray[np.int32]) -> int:
    both = np.intersect1d(for_, against)
    return int((both >= 0).sum())
