"""Polarisation: two camps, consensus and what lies between, with values worked out by hand."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from debates import debate
from scipy.sparse import csr_array

from alliancegraph.networks.camps import best_camps
from alliancegraph.networks.polarisation import Polarisation, polarisation


def polarised(*rows: str) -> Polarisation:
    """The polarisation of statements without dates."""
    return polarisation(debate(f"- {row}" for row in rows), "actor", "issue", "stance")


def test_two_perfect_camps() -> None:
    """All agree within and disagree between: 1, on any number of issues."""
    found = polarised(
        *(f"{actor} {side}{issue}" for actor, side in ("a+", "b+", "c-", "d-") for issue in "xyz")
    )
    assert (found.index, found.alignment, found.antagonism) == (1, 1, 1)
    assert (found.camp(0), found.camp(1)) == (("a", "b"), ("c", "d"))


def test_two_opponents() -> None:
    """One against one is as divided as can be."""
    assert polarised("a +x", "b -x").index == 1


def test_consensus() -> None:
    """Where all agree there is no polarisation and one camp."""
    found = polarised(*(f"{actor} +{issue}" for actor in "abcd" for issue in "xy"))
    assert (found.index, found.alignment, found.antagonism) == (0, 0, 0)
    assert found.camp(0) == ("a", "b", "c", "d")


def test_two_topics_without_conflict() -> None:
    """Groups that speak of different things are not opposed."""
    assert polarised("a +x", "b +x", "c +y", "d +y").index == 0


def test_one_dissenter() -> None:
    """Four agree on x, one does not: 6 pairs agree, 4 differ; 2 · 4/10 of the contact, all along one line."""
    found = polarised("a +x", "b +x", "c +x", "d +x", "e -x")
    assert (found.antagonism, found.alignment, found.index) == (0.8, 1, 0.8)
    assert found.camp(1) == ("e",)


def test_crossing_lines() -> None:
    """Two issues that divide four actors in two ways: each pair that agrees on one differs on the other, or on both.

    C = 4 (two pairs on each issue), D = 8 − 4 = 8 pairs of contact in conflict. The camps ab|cd hold 2 of C and 2 of D.
    """
    found = polarised("a +x", "b +x", "c -x", "d -x", "a +y", "b -y", "c +y", "d -y")
    assert found.antagonism == 1
    assert found.alignment == pytest.approx(2 / 4 - 2 / 8)
    assert found.index == pytest.approx(0.25)


def test_difference_of_e_i_indices() -> None:
    """Alignment is half of (E − I)/(E + I) of conflict less that of congruence."""
    found = polarised("a +x", "b +x", "c -x", "d -x", "a +y", "b -y", "c +y", "d -y")
    conflict, congruence = (6 - 2) / 8, (2 - 2) / 4
    assert found.alignment == (conflict - congruence) / 2


def test_nobody() -> None:
    """One statement, or none with a side, is no debate."""
    assert polarised("a +x").index == 0
    assert polarised("a ~x", "b ~x").index == 0


@pytest.mark.parametrize("size", [3, 9, 14])
def test_best_camps_by_trying_all(size: int) -> None:
    """No other camps have more weight within."""
    half = np.triu(np.random.default_rng(size).normal(size=(size, size)), 1)
    weights = half + half.T
    camps = best_camps(csr_array(weights))

    def within(of: tuple[int, ...]) -> float:
        return sum(half[i, j] for i in range(size) for j in range(size) if of[i] == of[j])

    best = max(within((0, *rest)) for rest in product((0, 1), repeat=size - 1))
    assert within(tuple(camps.tolist())) == pytest.approx(best)


@pytest.mark.parametrize("size", [18, 60])
def test_planted_camps_are_found(size: int) -> None:
    """In larger networks too, through noise; the larger camp is 0."""
    draws = np.random.default_rng(size)
    planted = np.array([number % 3 == 0 for number in range(size)], np.int64)
    noise = np.triu(draws.normal(scale=0.8, size=(size, size)), 1)
    weights = np.where(planted[:, None] == planted[None, :], 1.0, -1.0) + noise + noise.T
    np.fill_diagonal(weights, 0)
    assert best_camps(csr_array(weights)).tolist() == planted.tolist()
