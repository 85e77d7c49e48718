"""Agreement and disagreement of each pair, with the statements behind them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.events import ranges_text
from alliancegraph.networks.graphs import Network
from alliancegraph.networks.scales import scale
from alliancegraph.networks.statements import Statements
from alliancegraph.ontology.errors import UsageError

Positions: TypeAlias = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """What two say of one thing: how much of it agrees and how much does not, and the positions of their statements."""

    value: str
    congruence: float
    conflict: float
    one: tuple[int, ...]
    other: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Agreement:
    """Two who refer to the same things, `one` before `other` by code points, and what they share, by name."""

    one: str
    other: str
    shared: tuple[Shared, ...]

    @property
    def congruence(self) -> float:
        """The entry of the congruence network (`one_mode`)."""
        return sum(item.congruence for item in self.shared)

    @property
    def conflict(self) -> float:
        """The entry of the conflict network."""
        return sum(item.conflict for item in self.shared)


def agreements(
    statements: Statements, variable1: str, variable2: str, qualifier: str | None
) -> list[Agreement]:
    """Each pair of values of variable 1 that refer to the same values of variable 2, sorted.

    Congruence and conflict are those of `one_mode`, without normalisation; without a qualifier all that is shared agrees.
    Raises `UsageError` where two of the variables are the same.
    """
    if len({variable1, variable2, qualifier}) < 3:
        raise UsageError("variable 1, variable 2 and the qualifier must be three different ones")
    found: dict[tuple[int, int], list[Shared]] = {}
    levels, alike = _levels(statements, qualifier)
    things = statements.column(variable2).names
    for thing, holders in _by_thing(statements, variable1, variable2, levels):
        for one, other in combinations(sorted(holders), 2):
            mine, theirs = holders[one], holders[other]
            congruence = float(alike[np.ix_(levels[mine], levels[theirs])].sum())
            shared = Shared(
                things[thing],
                congruence,
                len(mine) * len(theirs) - congruence,
                tuple(mine.tolist()),
                tuple(theirs.tolist()),
            )
            found.setdefault((one, other), []).append(shared)
    names = statements.column(variable1).names
    return [Agreement(names[one], names[other], tuple(found[one, other])) for one, other in sorted(found)]


def _levels(statements: Statements, qualifier: str | None) -> tuple[Positions, NDArray[np.float64]]:
    """The level of each statement, -1 where it has none, and how alike the levels are."""
    if qualifier is None:
        return np.zeros(len(statements), np.intp), np.ones((1, 1))
    column = statements.column(qualifier)
    measured = scale(column)
    place = np.full(len(column.names) + 1, -1, np.intp)
    place[measured.order] = np.arange(len(measured.order))
    return place[column.codes], measured.similarity


def _by_thing(
    statements: Statements, variable1: str, variable2: str, levels: Positions
) -> Iterator[tuple[int, dict[int, Positions]]]:
    """For each value of variable 2 in order, the positions of the statements of each value of variable 1."""
    one, two = statements.column(variable1).codes, statements.column(variable2).codes
    counted = np.flatnonzero((one >= 0) & (two >= 0) & (levels >= 0))
    order = counted[np.lexsort((counted, one[counted], two[counted]))]
    if not len(order):
        return
    edges = np.flatnonzero(np.diff(two[order]) | np.diff(one[order])) + 1
    groups: Sequence[Positions] = np.split(order, edges)
    thing, holders = int(two[order[0]]), dict[int, Positions]()
    for group in groups:
        if two[group[0]] != thing:
            yield thing, holders
            thing, holders = int(two[group[0]]), {}
        holders[int(one[group[0]])] = group
    yield thing, holders


def add_evidence(network: Network, found: Sequence[Agreement], statements: Statements) -> None:
    """Give each edge of a one-mode network `congruence`, `conflict`, and `evidence`, the passages of both ends."""
    for pair in found:
        if network.has_edge(pair.one, pair.other):
            places = [p for shared in pair.shared for p in (*shared.one, *shared.other)]
            network.edges[pair.one, pair.other].update(
                congruence=pair.congruence,
                conflict=pair.conflict,
                evidence=[passage(statements, place) for place in dict.fromkeys(places)],
            )


def passage(statements: Statements, place: int) -> dict[str, str | int | float]:
    """What one statement says and where: all its values, its id, characters, words, date and confidence.

    `start` and `end` are of its first passage, `passages` has all, as `12-33 50-73`.
    """
    date = statements.dates[place]
    found: dict[str, str | int | float] = {"statement": statements.ids[place]}
    found |= {
        name: column.names[column.codes[place]]
        for name, column in statements.columns.items()
        if column.codes[place] >= 0
    }
    found |= {"quote": statements.texts[place], "confidence": float(statements.confidences[place])}
    if not np.isnat(date):
        found["date"] = str(date.astype("datetime64[D]"))
    if statements.starts[place] >= 0:
        found |= {"start": int(statements.starts[place]), "end": int(statements.ends[place])}
        found["passages"] = ranges_text(statements.ranges(place))
    return {**found, "document": found.get("document", "")}
