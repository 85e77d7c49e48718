"""Confidences are shares: the scale rises, its table is read, and fitting pools what falls."""

from __future__ import annotations

import pytest

from alliancegraph.extract.confidence import Scale, calibrated, fitted, scales
from alliancegraph.extract.pipeline import extract, weighted
from alliancegraph.extract.reading import document

TEXT = "Denmark supports a treaty on climate change. Its prime minister may visit Norway, which opposes the treaty on climate change."


def test_scale_joins_its_points() -> None:
    """Between two points the share lies on their line, above them it is the last; below, the weight counts if it is less."""
    scale = Scale((0.4, 0.6), (0.3, 0.7))
    assert [scale.share(w) for w in (0.1, 0.35, 0.4, 0.45, 0.5, 0.6, 0.99)] == [
        0.1, 0.3, 0.3, 0.4, 0.5, 0.7, 0.7,
    ]  # fmt: skip


def test_without_points_a_weight_stays() -> None:
    """An empty scale changes nothing."""
    assert Scale((), ()).share(0.37) == 0.37


def test_fitting_pools_what_falls() -> None:
    """Weights at which fewer are right than below are taken together, and so are those of too few statements."""
    weights = [0.2] * 4 + [0.4] * 4 + [0.6] * 4 + [0.9]
    right = [False, False, False, True] + [True] * 3 + [False] + [True, True, False, False] + [True]
    assert fitted(weights, right, least=4) == Scale((0.2, 0.544), (0.25, 0.67))


def test_fitted_shares_keep_off_the_ends() -> None:
    """No statement is certain, and none is impossible."""
    assert fitted([0.1] * 30 + [0.9] * 30, [False] * 30 + [True] * 30) == Scale((0.1, 0.9), (0.05, 0.99))


def test_nothing_to_fit() -> None:
    """Without statements the scale is empty."""
    assert fitted([], []) == Scale((), ())


@pytest.mark.parametrize("layer", ["actors", "issues", "events", "relations", "positions"])
def test_table_rises(layer: str) -> None:
    """The package's scale of each layer has rising points within 0 and 1."""
    scale = scales()[layer]
    assert len(scale.weights) == len(scale.shares) > 0
    assert list(scale.weights) == sorted(set(scale.weights))
    assert list(scale.shares) == sorted(scale.shares)
    assert scale.shares[0] >= 0.05
    assert scale.shares[-1] <= 0.99


def test_extraction_is_calibrated() -> None:
    """What is extracted carries shares by the scale of its layer, and nothing else is changed."""
    article = document(TEXT, "article.txt")
    plain, found = weighted(article), extract(article)
    assert found == calibrated(plain)
    assert [p.confidence for p in found.positions] == [
        scales()["positions"].share(p.confidence) for p in plain.positions
    ]
    assert [(p.holder, p.stance, p.issue) for p in found.positions] == [
        (p.holder, p.stance, p.issue) for p in plain.positions
    ]
    assert {p.stance for p in found.positions} == {"supports", "opposes"}
