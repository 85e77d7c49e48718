"""Diffusion: who raised an issue first, who took it up after how many days, and who follows whom."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.statements import Statements
from alliancegraph.ontology.errors import UsageError

_DAY = np.timedelta64(1, "D")
_NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Adoption:
    """An actor's first statement on an issue: its place in the sequence, the day, and the position of the statement.

    `lag` counts the days since the issue was first raised, `after` names who had taken it up last before.
    """

    issue: str
    rank: int
    actor: str
    date: np.datetime64
    lag: int
    after: str
    statement: int


@dataclass(frozen=True, slots=True)
class Follow:
    """Who took up which issues after whom, and the median of the days between."""

    follower: str
    leader: str
    issues: tuple[str, ...]
    median_gap: float


@dataclass(frozen=True, slots=True)
class Leader:
    """An actor over all issues: raised first, taken up later, and how often ahead of and behind others."""

    actor: str
    first: int
    later: int
    leads: int
    follows: int
    leadership: float
    median_lag: float


@dataclass(frozen=True, slots=True, eq=False)
class Diffusion:
    """The adoptions by issue and rank, the actors by how much they lead, and the network of who follows whom."""

    adoptions: tuple[Adoption, ...]
    leaders: tuple[Leader, ...]
    following: Matrix


def diffusion(statements: Statements, variable1: str, variable2: str, within: int | None = None) -> Diffusion:
    """How issues (`variable2`) spread over actors (`variable1`), by the days of their first statements.

    Who speaks of an issue on its first day raised it; actors of the same day share a rank. The weight of `following`, from b
    to a, is the number of issues that a raised before b, at most `within` days before where that is given: the events of
    an issue are an ordered sequence in which each actor counts once, as in the study of diffusion of innovations
    (Rogers 2003; Leifeld and Brandenberger 2019 for debates). `leadership` is leads / (leads + follows). Before is no
    proof of because: both may answer the same event. Raise `UsageError` where no statement has a date.
    """
    actors, issues = statements.column(variable1), statements.column(variable2)
    dated = ~np.isnat(statements.dates)
    if len(statements) and not dated.any():
        raise UsageError("no statement has a date, so that nobody can be told to be first")
    kept = np.flatnonzero(dated & actors.present & issues.present)
    days = statements.dates.astype("datetime64[D]").astype(np.int64)
    adoptions: list[Adoption] = []
    size = len(actors.names)
    leads = csr_array((size, size), dtype=np.float64)
    lags: dict[int, list[int]] = {}
    firsts = np.zeros(size, np.int64)
    for code in np.unique(issues.codes[kept]):
        chosen = kept[issues.codes[kept] == code]
        order = np.lexsort((chosen, actors.codes[chosen], days[chosen]))
        chosen = chosen[order]
        _, first = np.unique(actors.codes[chosen], return_index=True)
        sequence = chosen[np.sort(first)]
        who, when = actors.codes[sequence], days[sequence]
        adoptions += _adoptions(statements, issues.names[code], actors.names, sequence, who, when)
        leads = leads + _leads(who, when, size, within)
        for actor, lag in zip(who.tolist(), (when - when[0]).tolist(), strict=True):
            firsts[actor] += lag == 0
            lags.setdefault(actor, []).append(lag)
    there = np.array(sorted(lags), np.intp)
    names = tuple(actors.names[actor] for actor in there)
    following = csr_array(csr_array(leads)[there][:, there])
    following.sort_indices()
    network = Matrix(names, names, following, "onemode", variable1, variable2, directed=True)
    return Diffusion(tuple(adoptions), _leaders(actors.names, csr_array(leads), firsts, lags), network)


def follows(found: Diffusion, within: int | None = None) -> list[Follow]:
    """The edges of `following` with their issues and days, by weight, follower and leader."""
    gaps: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for issue, group in groupby(found.adoptions, key=lambda adoption: adoption.issue):
        sequence = list(group)
        for later in sequence:
            for earlier in sequence:
                gap = later.lag - earlier.lag
                if 0 < gap <= (_NEVER if within is None else within):
                    gaps.setdefault((later.actor, earlier.actor), []).append((issue, gap))
    made = [
        Follow(*pair, tuple(issue for issue, _ in taken), float(np.median([gap for _, gap in taken])))
        for pair, taken in gaps.items()
    ]
    return sorted(made, key=lambda follow: (-len(follow.issues), follow.follower, follow.leader))


def _adoptions(
    statements: Statements,
    issue: str,
    names: tuple[str, ...],
    sequence: NDArray[np.intp],
    who: NDArray[np.int32],
    when: NDArray[np.int64],
) -> list[Adoption]:
    ranks = np.searchsorted(when, when, side="left") + 1
    found = []
    for place, actor, day, rank in zip(
        sequence.tolist(), who.tolist(), when.tolist(), ranks.tolist(), strict=True
    ):
        earlier = names[who[rank - 2]] if rank > 1 else ""
        lag = int(day - when[0])
        found.append(Adoption(issue, rank, names[actor], statements.dates[place], lag, earlier, place))
    return found


def _leads(
    who: NDArray[np.int32], when: NDArray[np.int64], size: int, within: int | None
) -> csr_array[np.float64, tuple[int, int]]:
    """1 from each later actor to each earlier one."""
    gaps = when[:, None] - when[None, :]
    later, earlier = np.nonzero((gaps > 0) & (gaps <= (_NEVER if within is None else within)))
    return csr_array(coo_array((np.ones(len(later)), (who[later], who[earlier])), shape=(size, size)))


def _leaders(
    names: tuple[str, ...],
    leads: csr_array[np.float64, tuple[int, int]],
    firsts: NDArray[np.int64],
    lags: dict[int, list[int]],
) -> tuple[Leader, ...]:
    ahead = np.asarray(leads.sum(axis=0), np.int64).reshape(-1)
    behind = np.asarray(leads.sum(axis=1), np.int64).reshape(-1)
    found = [
        Leader(
            names[actor],
            int(firsts[actor]),
            len(days) - int(firsts[actor]),
            int(ahead[actor]),
            int(behind[actor]),
            float(ahead[actor] / (ahead[actor] + behind[actor])) if ahead[actor] + behind[actor] else 0.0,
            float(np.median(days)),
        )
        for actor, days in lags.items()
    ]
    return tuple(sorted(found, key=lambda leader: (-leader.leads, leader.follows, leader.actor)))
