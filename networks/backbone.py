"""The backbone of a debate: the issues that hold the network of its actors up, and those that it can spare.

A set of issues B out of all, C, is judged by what the network loses of its spectrum (`Spectra.loss`) and by how many issues it
keeps: at a penalty p it costs

    loss(B) exp(−p (|C| − |B|) / |C|).

A penalty of 0 leaves out the one issue that matters least; 2.5 to 12 leave smaller and smaller sets. This is
`dna_backbone` of rDNA (Leifeld and Henrichsen), whose methods `penalty`, `fixed` and `nested` these are, as its manual and
`Exporter.java` of DNA 3.0 define them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final, TypeAlias

import numpy as np

from alliancegraph.networks.spectra import Spectra
from alliancegraph.ontology.errors import UsageError

ITERATIONS: Final = 10_000
PENALTY: Final = 3.5
_PLACES: Final = 12

Cost: TypeAlias = Callable[[frozenset[int]], float]
Advance: TypeAlias = Callable[[str], None]


def _unseen(_: str) -> None:
    """Nobody is told."""


@dataclass(frozen=True, slots=True)
class Backbone:
    """The issues of the backbone and those it can spare, by name; what either loses, and what the backbone costs.

    `exact` where all sets were tried, so that there is none that costs less.
    """

    backbone: tuple[str, ...]
    redundant: tuple[str, ...]
    loss: float
    redundant_loss: float
    cost: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Step:
    """An issue taken out: what those that stay lose, what those that are out would, and how many statements stay."""

    issue: str
    loss: float
    redundant_loss: float
    statements: int


def penalised(
    spectra: Spectra,
    penalty: float = PENALTY,
    *,
    iterations: int = ITERATIONS,
    seed: int = 0,
    advance: Advance = _unseen,
) -> Backbone:
    """The set that costs least at a penalty, neither empty nor whole.

    All sets are tried where these are no more than `iterations`; else simulated annealing looks for it, from the best of
    the nested ones. Of equals the first found. `advance` hears of each set that is tried. Raises `UsageError` for a negative
    penalty.
    """
    check_penalty(penalty)
    size = len(spectra.issues)

    def cost(chosen: frozenset[int]) -> float:
        advance("")
        return round(spectra.loss(chosen) * math.exp(-penalty * (size - len(chosen)) / size), _PLACES)

    if 2**size - 2 <= iterations:
        sets = (frozenset(some) for count in range(1, size) for some in combinations(range(size), count))
        return _made(spectra, min(sets, key=cost), cost, exact=True)
    start = min((kept for _, kept in _nested(spectra) if kept), key=cost)
    return _made(spectra, _annealed(start, size, cost, iterations, seed, fixed=False), cost, exact=False)


def check_penalty(penalty: float) -> None:
    """Raise `UsageError` for one that is below 0, or no number."""
    if not 0 <= penalty < math.inf:
        raise UsageError(f"a penalty is 0 or more, such as {PENALTY:g}, not {penalty:g}")


def of_size(
    spectra: Spectra,
    count: int,
    *,
    iterations: int = ITERATIONS,
    seed: int = 0,
    advance: Advance = _unseen,
) -> Backbone:
    """The set of so many issues that loses least, found as `penalised` does; raise `UsageError` for an impossible size."""
    size = len(spectra.issues)
    if not 1 <= count < size:
        raise UsageError(f"a backbone of {size} issues has 1 to {size - 1} of them, not {count}")

    def cost(chosen: frozenset[int]) -> float:
        advance("")
        return spectra.loss(chosen)

    if math.comb(size, count) <= iterations:
        sets = (frozenset(some) for some in combinations(range(size), count))
        return _made(spectra, min(sets, key=cost), cost, exact=True)
    start = next(kept for _, kept in _nested(spectra) if len(kept) == count)
    return _made(spectra, _annealed(start, size, cost, iterations, seed, fixed=True), cost, exact=False)


def nested(spectra: Spectra) -> tuple[Step, ...]:
    """All issues in the order in which they can be spared: each time the one without which the least is lost."""
    every = frozenset(range(len(spectra.issues)))
    return tuple(
        Step(
            spectra.issues[issue],
            spectra.loss(kept),
            spectra.loss(every - kept),
            sum(spectra.statements[place] for place in kept),
        )
        for issue, kept in _nested(spectra)
    )


def _nested(spectra: Spectra) -> Iterator[tuple[int, frozenset[int]]]:
    """Each issue taken out, with those that stay; of equals the last by name, as in DNA."""
    kept = frozenset(range(len(spectra.issues)))
    while kept:
        issue = min(kept, key=lambda place: (spectra.loss(kept - {place}), -place))
        kept -= {issue}
        yield issue, kept


def _annealed(
    start: frozenset[int], size: int, cost: Cost, iterations: int, seed: int, *, fixed: bool
) -> frozenset[int]:
    """The cheapest set on a walk that adds, removes or swaps an issue each time, and goes uphill ever less.

    The temperature falls as 1 / (1 + exp(12 t / T − 5)); a step up is taken with the temperature times exp(−rise).
    """
    draw = np.random.default_rng(seed)
    current = best = start
    at, least = cost(start), cost(start)
    for step in range(1, iterations + 1):
        moves = ["swap"]
        if not fixed:
            moves += ["add"] * (len(current) < size - 1) + ["remove"] * (len(current) > 1)
        move = moves[int(draw.integers(len(moves)))]
        inside, outside = sorted(current), sorted(set(range(size)) - current)
        candidate = set(current)
        if move != "add":
            candidate.remove(inside[int(draw.integers(len(inside)))])
        if move != "remove":
            candidate.add(outside[int(draw.integers(len(outside)))])
        proposed = frozenset(candidate)
        after = cost(proposed)
        temperature = 1 / (1 + math.exp(12 * step / iterations - 5))
        if after < at or draw.random() < math.exp(at - after) * temperature:
            current, at = proposed, after
            if after < least:
                best, least = proposed, after
    return best


def _made(spectra: Spectra, chosen: frozenset[int], cost: Cost, *, exact: bool) -> Backbone:
    rest = frozenset(range(len(spectra.issues))) - chosen
    return Backbone(
        tuple(spectra.issues[place] for place in sorted(chosen)),
        tuple(spectra.issues[place] for place in sorted(rest)),
        spectra.loss(chosen),
        spectra.loss(rest),
        cost(chosen),
        exact,
    )
