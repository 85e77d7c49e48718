"""Communities, their modularity and stability, and what bridges them."""

from __future__ import annotations

import numpy as np
import pytest
from debates import TRIANGLES, debate, network

from alliancegraph.networks.adjacency import adjacency
from alliancegraph.networks.bridges import bridges
from alliancegraph.networks.communities import METHODS, Method, communities
from alliancegraph.networks.disparity import disparity_filter, significant_ties
from alliancegraph.networks.matrices import one_mode
from alliancegraph.networks.partitions import (
    adjusted_rand_index,
    modularity,
    normalised_mutual_information,
    ordered,
)
from alliancegraph.networks.stability import bootstrap_stability, seed_stability
from alliancegraph.networks.statements import Statements
from alliancegraph.ontology.errors import ExtraMissing

methods = pytest.mark.parametrize("method", METHODS)


def labels(*numbers: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Numbers of communities."""
    return np.array(numbers, np.int64)


@methods
def test_two_triangles(method: Method) -> None:
    """Each is a community; modularity is 6/7 − 2 (7/14)²."""
    found = communities(network("abcdef", TRIANGLES), method)
    assert found.communities == (("a", "b", "c"), ("d", "e", "f"))
    assert found.modularity == pytest.approx(5 / 14, abs=1e-12)
    assert found.method == method


@methods
def test_the_largest_community_comes_first(method: Method) -> None:
    """Communities are numbered by size, and nodes without positive ties are alone."""
    made = network("abcdef", [("ab", 1.0), ("cd", 1.0), ("ce", 1.0), ("de", 1.0), ("af", -1.0)])
    assert communities(made, method).communities == (("c", "d", "e"), ("a", "b"), ("f",))


@methods
def test_resolution(method: Method) -> None:
    """A low resolution joins the triangles."""
    assert len(communities(network("abcdef", TRIANGLES), method, 0.1).communities) == 1


@methods
def test_no_ties(method: Method) -> None:
    """Nodes without ties are communities of their own, and no nodes none."""
    assert communities(network("ab", []), method).communities == (("a",), ("b",))
    assert communities(network("", []), method).communities == ()
    assert communities(network("a", []), method).modularity == 0


def test_modularity_of_a_signed_network() -> None:
    """Two pairs of friends whose members are opposed: (2 + 2) / 8; joined, there is nothing gained."""
    made = adjacency(network("abcd", [("ab", 1.0), ("cd", 1.0), ("ac", -1.0), ("bd", -1.0)]))
    assert modularity(made, labels(0, 0, 1, 1)) == 0.5
    assert modularity(made, labels(0, 0, 0, 0)) == 0
    assert modularity(made, labels(0, 1, 0, 1)) == -0.5


@pytest.mark.parametrize("method", METHODS)
def test_missing_package(method: Method, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line says what to install, whether there are ties or not."""
    package = {"leiden": "graspologic_native", "louvain": "networkit"}[method]
    monkeypatch.setitem(__import__("sys").modules, package, None)
    for made in (network("abcdef", TRIANGLES), network("a", [])):
        with pytest.raises(ExtraMissing) as caught:
            communities(made, method)
        assert str(caught.value) == (
            f"communities need the package {package}; install it: pip install 'alliancegraph[networks]'"
        )


def test_order_of_labels() -> None:
    """By size, then by the first node."""
    assert ordered([7, 3, 3, 9]).tolist() == [1, 0, 0, 2]


def test_partitions_compared() -> None:
    """The same up to names is 1; independent ones have no information and a Rand index below chance."""
    one = labels(0, 0, 1, 1)
    assert adjusted_rand_index(one, labels(1, 1, 0, 0)) == 1
    assert adjusted_rand_index(one, labels(0, 1, 0, 1)) == pytest.approx(-0.5)
    assert normalised_mutual_information(one, labels(1, 1, 0, 0)) == pytest.approx(1, abs=1e-12)
    assert normalised_mutual_information(one, labels(0, 1, 0, 1)) == pytest.approx(0, abs=1e-12)
    whole = labels(0, 0, 0, 0)
    assert (adjusted_rand_index(whole, whole), normalised_mutual_information(whole, whole)) == (1, 1)
    assert (adjusted_rand_index(one, whole), normalised_mutual_information(one, whole)) == (0, 0)


def test_information_by_hand() -> None:
    """Halves against a quarter and the rest: H = 1 bit and 0.811, together 1.5."""
    rest = -(0.25 * np.log2(0.25) + 0.75 * np.log2(0.75))
    found = normalised_mutual_information(labels(0, 0, 1, 1), labels(0, 1, 1, 1))
    assert found == pytest.approx(2 * (1 + rest - 1.5) / (1 + rest), abs=1e-12)


def test_stability_over_seeds() -> None:
    """All seeds find the triangles."""
    found = seed_stability(network("abcdef", TRIANGLES), runs=4)
    assert (found.rand, found.information, found.runs) == (1, pytest.approx(1), 4)
    assert found.nodes.tolist() == [1] * 6


def test_stability_over_statements() -> None:
    """Two camps with many statements are found in each sample; the same seed gives the same figures."""
    actors = {"ann": "+", "bob": "+", "cat": "+", "dan": "-", "eve": "-", "fay": "-"}
    said = debate(f"- {actor} {side}{issue}" for actor, side in actors.items() for issue in "pqrstuvw")

    def congruence(statements: Statements) -> object:
        return one_mode(statements, "actor", "issue", "stance", "congruence")

    partition = communities(congruence(said))
    assert partition.communities == (("ann", "bob", "cat"), ("dan", "eve", "fay"))
    found = bootstrap_stability(said, congruence, partition, runs=5)
    assert (found.rand, found.information) == (1, pytest.approx(1))
    loose = debate(["- ann +p", "- bob +p", "- cat +q", "- dan +q", "- bob +q"])
    base = communities(congruence(loose))
    one, two = (bootstrap_stability(loose, congruence, base, runs=8) for _ in range(2))
    assert one.rand < 1
    assert (one.rand, one.information, one.nodes.tolist()) == (two.rand, two.information, two.nodes.tolist())


def test_bridges() -> None:
    """c has two ties in its triangle and one out: 1 − (2/3)² − (1/3)²; bridging is 0.6 · (1/3) / (1/2 + 1/2 + 1/3)."""
    made = network("abcdef", TRIANGLES)
    found = bridges(made, communities(made))
    assert [bridge.name for bridge in found] == list("cdabef")
    assert found[0].participation == pytest.approx(4 / 9)
    assert (found[0].community, found[0].reach, found[0].betweenness) == (0, 1, 0.6)
    assert found[0].bridging == pytest.approx(0.6 * 0.25)
    assert (found[2].participation, found[2].reach, found[2].bridging) == (0, 0, 0)


def test_standing_within_a_community() -> None:
    """In a star of one community the centre has strength 3 where the mean is 1.5 and the deviation √0.75."""
    star = network("abcd", [("ab", 1.0), ("ac", 1.0), ("ad", 1.0)])
    found = {bridge.name: bridge.within for bridge in bridges(star, communities(star, resolution=0.1))}
    assert found["a"] == pytest.approx(1.5 / 0.75**0.5)
    assert found["b"] == pytest.approx(-0.5 / 0.75**0.5)


def test_disparity() -> None:
    """Of ties of 8, 1 and 1 the first has (1 − 0.8)², the others (1 − 0.1)²; leaves tell nothing."""
    made = network("abcd", [("ab", 8.0), ("ac", 1.0), ("ad", 1.0)])
    found = [(tie.one, tie.other, tie.weight, round(tie.probability, 12)) for tie in significant_ties(made)]
    assert found == [("a", "b", 8, 0.04), ("a", "c", 1, 0.81), ("a", "d", 1, 0.81)]
    kept = disparity_filter(made, 0.05)
    assert (kept.rows, kept.values.toarray().tolist()) == (
        ("a", "b", "c", "d"),
        [[0, 8, 0, 0], [8, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
    )


def test_disparity_of_a_single_tie() -> None:
    """Nothing can be said of it."""
    assert [tie.probability for tie in significant_ties(network("ab", [("ab", 3.0)]))] == [1]
    assert significant_ties(network("ab", [])) == []
