"""Measures of nodes: values worked out by hand, and the same from the compiled and the plain library."""

from __future__ import annotations

import numpy as np
import pytest
from debates import TRIANGLES, network
from scipy.sparse import csr_array

from alliancegraph.networks import paths
from alliancegraph.networks.adjacency import adjacency
from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.measures import NODE_MEASURES, density, node_measures
from alliancegraph.ontology.errors import ExtraMissing, UsageError


def measured(matrix: Matrix, name: str) -> list[float]:
    """One measure, rounded."""
    return [round(float(value), 6) for value in node_measures(matrix, [name]).values[name]]


def test_degree_and_strength() -> None:
    """Neighbours are counted whatever the sign; strength is the sum."""
    made = network("abc", [("ab", 3.0), ("bc", -1.0)])
    assert measured(made, "degree") == [1, 2, 1]
    assert measured(made, "strength") == [3, 2, -1]


def test_betweenness_of_a_path_and_a_star() -> None:
    """The middle lies between all pairs of others."""
    assert measured(network("abc", [("ab", 1.0), ("bc", 1.0)]), "betweenness") == [0, 1, 0]
    star = network("abcde", [("ab", 1.0), ("ac", 1.0), ("ad", 1.0), ("ae", 1.0)])
    assert measured(star, "betweenness") == [1, 0, 0, 0, 0]


def test_betweenness_of_triangles() -> None:
    """Of the ten pairs of others, c lies between a, b on the one side and d, e, f on the other: six."""
    assert measured(network("abcdef", TRIANGLES), "betweenness") == [0, 0, 0.6, 0.6, 0, 0]


def test_strong_ties_are_short() -> None:
    """The way over b is 1/4 + 1/4 long, the straight one 1; where both are as long, each path counts half."""
    assert measured(network("abc", [("ab", 4.0), ("bc", 4.0), ("ac", 1.0)]), "betweenness") == [0, 1, 0]
    assert measured(network("abc", [("ab", 2.0), ("bc", 2.0), ("ac", 1.0)]), "betweenness") == [0, 0.5, 0]
    assert measured(network("abc", [("ab", 6.0), ("bc", 3.0), ("ac", 2.0)]), "betweenness") == [0, 0.5, 0]


def test_betweenness_leaves_negative_ties_out() -> None:
    """Conflict is no way to reach anyone."""
    assert measured(network("abc", [("ab", 1.0), ("bc", 1.0), ("ac", -9.0)]), "betweenness") == [0, 1, 0]


@pytest.mark.parametrize("whole", [True, False])
def test_betweenness_is_the_same_without_the_extra(monkeypatch: pytest.MonkeyPatch, whole: bool) -> None:
    """NetworKit and NetworkX agree on a random network, of whole and of other weights."""
    draws = np.random.default_rng(3)
    half = np.triu((draws.random((40, 40)) < 0.2) * (draws.random((40, 40)) * 5 + 1), 1)
    values = np.ceil(half + half.T) if whole else half + half.T
    names = tuple(f"n{number:02}" for number in range(40))
    matrix = Matrix(names, names, csr_array(values), "onemode", "actor", "issue")
    compiled = node_measures(matrix, ["betweenness"]).values["betweenness"]
    monkeypatch.setattr(paths, "_compiled", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    plain = node_measures(matrix, ["betweenness"]).values["betweenness"]
    assert compiled.max() > 0.05
    assert np.abs(compiled - plain).max() <= 1e-12


def test_large_networks_are_estimated(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would take hours is an estimate, the same on each run, and says so; it needs the extra."""
    made = network("abcdef", TRIANGLES)
    monkeypatch.setattr(paths, "_EXACT_WORK", 10)
    assert paths.is_estimated(adjacency(made))
    first = measured(made, "betweenness")
    assert first == measured(made, "betweenness")
    assert sorted(np.argsort(first)[-2:]) == [2, 3]
    monkeypatch.setitem(__import__("sys").modules, "networkit", None)
    with pytest.raises(ExtraMissing) as caught:
        measured(made, "betweenness")
    assert str(caught.value) == (
        "betweenness of large networks needs the package networkit; install it: pip install 'alliancegraph[networks]'"
    )


def test_eigenvector() -> None:
    """The vector of a path is (1, √2, 1) / 2; a smaller component has 0."""
    half, root = 0.5, round(0.5**0.5, 6)
    assert measured(network("abc", [("ab", 1.0), ("bc", 1.0)]), "eigenvector") == [half, root, half]
    two = network("abcde", [("ab", 1.0), ("bc", 1.0), ("de", 1.0)])
    assert measured(two, "eigenvector") == [half, root, half, 0, 0]


def test_pagerank() -> None:
    """Of a star with three leaves c = 0.0375 + 0.85 · 3 l and l = 0.0375 + 0.85 c / 3."""
    star = network("abcd", [("ab", 1.0), ("ac", 1.0), ("ad", 1.0)])
    centre = 0.133125 / 0.2775
    assert measured(star, "pagerank") == [round(centre, 6)] + [round((1 - centre) / 3, 6)] * 3
    assert measured(network("ab", [("ab", 5.0)]), "pagerank") == [0.5, 0.5]
    assert measured(network("ab", []), "pagerank") == [0.5, 0.5]


def test_core() -> None:
    """A triangle with a tail, and a clique of four inside of a ring."""
    tail = network("abcd", [("ab", 1.0), ("bc", 1.0), ("ac", -1.0), ("cd", 1.0)])
    assert measured(tail, "core") == [2, 2, 2, 1]
    clique = [(a + b, 1.0) for a in "abcd" for b in "abcd" if a < b]
    assert measured(network("abcdef", [*clique, ("ae", 1.0), ("ef", 1.0), ("fb", 1.0)]), "core") == [
        3,
        3,
        3,
        3,
        2,
        2,
    ]


def test_density() -> None:
    """Seven of fifteen pairs; in a two-mode network two of six."""
    assert density(network("abcdef", TRIANGLES)) == 7 / 15
    two = Matrix(
        ("a", "b"), ("x", "y", "z"), csr_array([[1.0, 0, 2.0], [0, 0, 0]]), "twomode", "actor", "issue"
    )
    assert density(two) == 2 / 6


def test_two_modes_are_measured_together() -> None:
    """Actors come first, then issues; a name may be both."""
    two = Matrix(("a", "b"), ("a", "x"), csr_array([[2.0, 1.0], [0, -3.0]]), "twomode", "actor", "issue")
    found = node_measures(two, ["degree", "strength"])
    assert found.names == ("a", "b", "a", "x")
    assert found.variables == ("actor", "actor", "issue", "issue")
    assert found.values["degree"].tolist() == [2, 1, 1, 2]
    assert found.values["strength"].tolist() == [3, -3, 2, -2]


@pytest.mark.parametrize("name", NODE_MEASURES)
def test_nothing_to_measure(name: str) -> None:
    """Networks without nodes or ties have measures too; all of a random walk is at the one node."""
    assert measured(network("", []), name) == []
    assert measured(network("a", []), name) == [1 if name == "pagerank" else 0]


def test_unknown_measure() -> None:
    """A wrong name is told with the near one."""
    with pytest.raises(UsageError) as caught:
        node_measures(network("a", []), ["betweeness"])
    assert str(caught.value) == "no measure is called 'betweeness'; did you mean betweenness?"
