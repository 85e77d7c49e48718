"""The backbone of issues: losses worked out by hand, and searches beside all sets."""

from __future__ import annotations

import math
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from coded_statements import random_statements
from debates import debate

from alliancegraph.networks.backbone import nested, of_size, penalised
from alliancegraph.networks.coded import read_coded
from alliancegraph.networks.matrices import one_mode
from alliancegraph.networks.selection import Selection, select
from alliancegraph.networks.spectra import Spectra
from alliancegraph.networks.statements import Statements
from alliancegraph.ontology.errors import UsageError

SAMPLE = Path(__file__).resolve().parents[2] / "shared" / "outside" / "dna_sample" / "statements.csv"
PATH = debate(["- a +x", "- b +x", "- b +y", "- c +y", "- a +z", "- b +z"])
"""a and b agree on x and z, b and c on y: with all, weights of 4/5 and 1/2, so that λ is 0, 0.6 and 2 of 2.6."""


def spectra(statements: Statements, aggregation: str = "subtract") -> Spectra:
    """The spectra of a debate between actors on issues."""
    return Spectra(statements, "actor", "issue", "stance", aggregation)


def test_losses_by_hand() -> None:
    """x and y make a path of two equal ties, 0, 1/4 and 3/4; x alone makes one tie, 0, 0 and 1; nothing loses all."""
    made = spectra(PATH)
    assert made.issues == ("x", "y", "z")
    assert made.statements == (2, 2, 2)
    assert made.loss([0, 1, 2]) == 0
    assert made.loss([0, 1]) == made.loss([1, 2]) == pytest.approx(1 / 26, abs=1e-12)
    assert made.loss([0, 2]) == made.loss([1]) == pytest.approx(6 / 13, abs=1e-12)
    assert made.loss([]) == 1


def test_the_network_is_that_of_one_mode() -> None:
    """Of all issues, and of some, the weights are those of `one_mode`; what is negative is 0."""
    said = random_statements(300, 12, 6, ("-2", "0", "1"))
    made = Spectra(said, "organization", "concept", "agreement")
    whole = one_mode(said, "organization", "concept", "agreement", "subtract", "average").values.toarray()
    assert np.abs(made.network(np.arange(6)) - np.maximum(whole, 0)).max() < 1e-12
    some = said.take(np.isin(said.column("concept").codes, (1, 4)))
    part = one_mode(some, "organization", "concept", "agreement", "subtract", "average").values.toarray()
    assert np.abs(made.network(np.array([1, 4])) - np.maximum(part, 0)).max() < 1e-12
    ignored = Spectra(said, "organization", "concept", "agreement", "ignore").network(np.array([1, 4]))
    plain = one_mode(some, "organization", "concept", "agreement", "ignore", "average").values.toarray()
    assert np.abs(ignored - plain).max() < 1e-12


def test_losses_are_those_of_the_definition() -> None:
    """Eigenvalues of the Laplacian, entry by entry, sorted and divided by their sum."""
    said = random_statements(200, 8, 5)
    made = Spectra(said, "organization", "concept", "agreement")

    def spectrum(places: tuple[int, ...]) -> list[float]:
        kept = said.take(np.isin(said.column("concept").codes, places))
        weights = one_mode(
            kept, "organization", "concept", "agreement", "subtract", "average", isolates=True
        ).values.toarray()
        weights = np.maximum(weights, 0)
        laplacian = [
            [sum(weights[i]) if i == j else -weights[i][j] for j in range(len(weights))]
            for i in range(len(weights))
        ]
        values = sorted(np.linalg.eigvals(np.array(laplacian)).real)
        return [value / sum(values) if sum(values) else 0.0 for value in values]

    whole = spectrum((0, 1, 2, 3, 4))
    for places in ((0,), (1, 3), (0, 2, 4)):
        wanted = sum(abs(a - b) for a, b in zip(whole, spectrum(places), strict=True))
        assert made.loss(places) == pytest.approx(wanted, abs=1e-9)


def test_the_penalty() -> None:
    """Two issues cost 1/26 e^(−p/3) and one 6/13 e^(−2p/3): from p = 3 ln 12, about 7.45, on one is enough."""
    made = spectra(PATH)
    none = penalised(made, 0)
    assert (none.backbone, none.redundant, none.exact) == (("x", "y"), ("z",), True)
    assert none.cost == none.loss == pytest.approx(1 / 26, abs=1e-12)
    assert none.redundant_loss == pytest.approx(6 / 13, abs=1e-12)
    assert penalised(made, 7.4).backbone == ("x", "y")
    much = penalised(made, 7.5)
    assert much.backbone == ("x",)
    assert much.cost == pytest.approx(6 / 13 * math.exp(-5), abs=1e-12)


def test_sizes() -> None:
    """So many issues that lose least."""
    assert of_size(spectra(PATH), 2).backbone == ("x", "y")
    assert of_size(spectra(PATH), 1).loss == pytest.approx(6 / 13, abs=1e-12)


def test_nested() -> None:
    """z is spared before x, which is worth the same; then y and x."""
    steps = nested(spectra(PATH))
    assert [(step.issue, step.statements) for step in steps] == [("z", 4), ("y", 2), ("x", 0)]
    assert [step.loss for step in steps] == pytest.approx([1 / 26, 6 / 13, 1], abs=1e-12)
    assert [step.redundant_loss for step in steps] == pytest.approx([6 / 13, 1 / 26, 0], abs=1e-12)


@pytest.mark.parametrize("penalty", [0, 2.5, 5, 12])
def test_annealing_finds_the_best(penalty: float) -> None:
    """With fewer steps than there are sets it walks, finds the same on each run, and here the best of all 254."""
    made = Spectra(random_statements(60, 9, 8), "organization", "concept", "agreement")
    best, walked = penalised(made, penalty), penalised(made, penalty, iterations=250)
    assert (best.exact, walked.exact) == (True, False)
    assert walked == penalised(made, penalty, iterations=250, seed=0)
    assert walked.cost == best.cost == min(
        round(made.loss(chosen) * math.exp(-penalty * (8 - size) / 8), 12)
        for size in range(1, 8)
        for chosen in combinations(range(8), size)
    )  # fmt: skip


def test_annealing_at_a_size() -> None:
    """A walk that only swaps keeps the size; it is no worse than the nested set of that size."""
    made = Spectra(random_statements(60, 9, 8), "organization", "concept", "agreement")
    walked = of_size(made, 4, iterations=60, seed=3)
    assert (len(walked.backbone), walked.exact) == (4, False)
    assert walked.loss == of_size(made, 4).loss
    assert walked.loss <= nested(made)[3].loss


def test_the_published_sample() -> None:
    """Of the six concepts of DNA's sample a penalty of 3.5 keeps three, as rDNA's own tests say, of 23 statements."""
    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not here")
    said = read_coded(SAMPLE)
    kept = select(said, Selection(duplicates="document"), "organization", "concept", "agreement")
    made = Spectra(kept, "organization", "concept", "agreement")
    assert (sum(made.statements), len(made.issues)) == (23, 6)
    found = penalised(made, 3.5)
    assert (len(found.backbone), len(found.redundant)) == (3, 3)
    assert 0 < found.loss < found.redundant_loss


def test_unusable_backbones() -> None:
    """A single issue, nobody who agrees with anybody, an impossible size, and no penalty."""
    with pytest.raises(UsageError, match="the network by subtract has no positive tie that could be lost"):
        spectra(debate(["- a +x", "- b +y", "- b -x"]))
    with pytest.raises(UsageError, match="a backbone is chosen among two issues or more, and here is 1"):
        spectra(debate(["- a +x", "- b +x"]))
    with pytest.raises(UsageError, match="a backbone of 3 issues has 1 to 2 of them, not 3"):
        of_size(spectra(PATH), 3)
    with pytest.raises(UsageError, match=r"a penalty is 0 or more, such as 3\.5, not -1"):
        penalised(spectra(PATH), -1)
    with pytest.raises(UsageError, match="not nan"):
        penalised(spectra(PATH), math.nan)
