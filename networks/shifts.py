"""Shifts: who changed sides on what, and when, with the statements before and after."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.stances import FAVOUR, sides
from alliancegraph.networks.statements import Statements
from alliancegraph.ontology.errors import UsageError


@dataclass(frozen=True, slots=True)
class Shift:
    """One change: `before` and `after` are positions in the statements, of the last on the old side and the first on the new.

    `held` and `kept` are the numbers of statements on the old side since the shift before, and on the new until the next.
    """

    actor: str
    issue: str
    to_favour: bool
    before: int
    after: int
    since: np.datetime64
    date: np.datetime64
    held: int
    kept: int


def shifts(statements: Statements, variable1: str, variable2: str, qualifier: str) -> list[Shift]:
    """All changes of side of actors (`variable1`) on issues (`variable2`), by date, actor and issue.

    Statements are read by day. A day counts for the side that most of its statements take; a day that is even for
    neither. Statements without a date or without a side do not count; raise `UsageError` where none has a date.
    """
    actors, issues = statements.column(variable1), statements.column(variable2)
    side = sides(statements, qualifier)
    dated = ~np.isnat(statements.dates)
    if len(statements) and not dated.any():
        raise UsageError("no statement has a date, so that no change of side can be told")
    kept = np.flatnonzero(dated & (side != 0) & actors.present & issues.present)
    days = statements.dates[kept].astype("datetime64[D]").astype(np.int64)
    order = np.lexsort((kept, days, issues.codes[kept], actors.codes[kept]))
    kept, days = kept[order], days[order]
    found: list[Shift] = []
    for begin, end in _runs(actors.codes[kept], issues.codes[kept]):
        who, what = actors.names[actors.codes[kept[begin]]], issues.names[issues.codes[kept[begin]]]
        phases = _phases(kept[begin:end], days[begin:end], side)
        for (_, old), (new_side, new) in pairwise(phases):
            since, date = statements.dates[old[-1]], statements.dates[new[0]]
            shift = Shift(who, what, new_side == FAVOUR, old[-1], new[0], since, date, len(old), len(new))
            found.append(shift)
    return sorted(found, key=lambda shift: (shift.date, shift.actor, shift.issue))


def _runs(*codes: NDArray[np.int32]) -> list[tuple[int, int]]:
    """The stretches in which all codes stay the same."""
    size = len(codes[0])
    changes = np.zeros(size, np.bool_)
    for code in codes:
        changes[1:] |= code[1:] != code[:-1]
    starts = [0, *np.flatnonzero(changes).tolist()] if size else []
    return list(zip(starts, [*starts[1:], size], strict=True)) if size else []


def _phases(
    positions: NDArray[np.intp],
    days: NDArray[np.int64],
    side: NDArray[np.int8],
) -> list[tuple[int, list[int]]]:
    """The side taken in turn, with the statements that take it; days that are even are passed over."""
    phases: list[tuple[int, list[int]]] = []
    for begin, end in _runs(days.astype(np.int32)):
        today = positions[begin:end]
        majority = int(np.sign(side[today].astype(np.int64).sum()))
        if majority == 0:
            continue
        holding = [int(place) for place in today if side[place] == majority]
        if phases and phases[-1][0] == majority:
            phases[-1][1].extend(holding)
        else:
            phases.append((majority, holding))
    return phases
