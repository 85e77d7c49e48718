"""Networks as matrices: the published sample, cases worked out by hand, and plain loops over random statements."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from coded_statements import coded, looped, random_statements

from alliancegraph.networks.coded import read_coded
from alliancegraph.networks.matrices import (
    ONE_MODE_AGGREGATIONS,
    ONE_MODE_NORMALIZATIONS,
    TWO_MODE_AGGREGATIONS,
    TWO_MODE_NORMALIZATIONS,
    Matrix,
    one_mode,
    two_mode,
)
from alliancegraph.networks.selection import Selection, select
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.ontology.errors import UsageError

SAMPLE = Path(__file__).resolve().parents[2] / "shared" / "outside" / "dna_sample"
MADE = {"onemode": one_mode, "twomode": two_mode}


def expected() -> dict[str, dict[str, Any]]:
    """The networks of the published sample, by what they are made by."""
    path = SAMPLE / "expected.json"
    found: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return found


def sample() -> Statements:
    """The published sample of hand-coded statements."""
    if not SAMPLE.exists():
        pytest.skip(f"{SAMPLE} is not here")
    return read_coded(SAMPLE / "statements.csv")


def dense(matrix: Matrix) -> list[list[float]]:
    """The entries, zeros too."""
    entries: list[list[float]] = matrix.values.toarray().tolist()
    return entries


@pytest.mark.skipif(not SAMPLE.exists(), reason=f"{SAMPLE} is not here")
def test_all_networks_are_given() -> None:
    """There are sixty of them to be compared."""
    assert len(expected()) == 60


@pytest.mark.parametrize("key", sorted(expected()))
def test_published_sample(key: str) -> None:
    """Every given network of the sample has these names and, to 1e-9, these entries."""
    mode, variable1, variable2, aggregation, normalization, duplicates = key.split("|")
    statements = select(
        sample(), Selection(duplicates=duplicates), variable1, variable2, qualifier="agreement"
    )
    made = MADE[mode](statements, variable1, variable2, "agreement", aggregation, normalization)
    wanted = expected()[key]
    assert (list(made.rows), list(made.columns)) == (wanted["rows"], wanted["columns"])
    assert np.abs(made.values.toarray() - np.array(wanted["matrix"])).max() <= 1e-9


def test_published_totals() -> None:
    """The four totals that DNA's own tests state."""
    variables = ("organization", "concept", "agreement")
    statements = sample()
    both = two_mode(statements, *variables)
    assert (both.values.shape, both.values.sum()) == ((7, 6), 40)
    assert one_mode(statements, *variables).values.sum() == 276
    congruence = one_mode(statements, *variables, "congruence", "average").values.sum()
    assert round(congruence, 2) == 25.80
    exclude = {
        "concept": ["There should be legislation to regulate emissions."],
        "organization": ["Senate", "Sierra Club"],
    }
    less = select(statements, Selection(exclude=exclude), *variables)
    assert round(one_mode(less, *variables, "congruence", "average").values.sum(), 2) == 9.81


def test_two_mode_by_hand() -> None:
    """References with their levels ignored, subtracted and combined."""
    made = two_mode(coded(), "organization", "concept", "agreement", "ignore")
    assert made.rows == ("Norden", "Ostland", "Sundria", "Westmark")
    assert made.columns == ("fisheries", "harbours", "tariffs")
    assert dense(made) == [[0, 2, 1], [1, 0, 0], [0, 0, 2], [0, 2, 1]]
    subtract = two_mode(coded(), "organization", "concept", "agreement", "subtract")
    assert dense(subtract) == [[0, 2, -1], [1, 0, 0], [0, 0, -2], [0, 0, 1]]
    combine = two_mode(coded(), "organization", "concept", "agreement", "combine")
    assert dense(combine) == [[0, 1, 2], [1, 0, 0], [0, 0, 2], [0, 3, 1]]


def test_two_mode_normalised_by_hand() -> None:
    """Rows divided by the statements of each, columns by those about each."""
    activity = two_mode(coded(), "organization", "concept", "agreement", "subtract", "activity")
    assert dense(activity) == [[0, 2 / 3, -1 / 3], [1, 0, 0], [0, 0, -1], [0, 0, 1 / 3]]
    prominence = two_mode(coded(), "organization", "concept", "agreement", "ignore", "prominence")
    assert dense(prominence) == [[0, 0.5, 0.25], [1, 0, 0], [0, 0, 0.5], [0, 0.5, 0.25]]


@pytest.mark.parametrize(
    ("aggregation", "entries"),
    [
        ("ignore", (2 * 1, 2 * 2 + 1 * 1, 2 * 1)),
        ("congruence", (1 * 2, 2 * 1, 0)),
        ("conflict", (0, 2 * 1 + 1 * 1, 2 * 1)),
        ("subtract", (2, 2 - 3, -2)),
        ("ratio", (1, 2 / 5, 0)),
    ],
)
def test_one_mode_by_hand(aggregation: str, entries: Sequence[float]) -> None:
    """Norden with Sundria, Norden with Westmark, Sundria with Westmark; Ostland has nothing in common with any."""
    norden_sundria, norden_westmark, sundria_westmark = entries
    made = one_mode(coded(), "organization", "concept", "agreement", aggregation)
    assert dense(made) == [
        [0, 0, norden_sundria, norden_westmark],
        [0, 0, 0, 0],
        [norden_sundria, 0, 0, sundria_westmark],
        [norden_westmark, 0, sundria_westmark, 0],
    ]


@pytest.mark.parametrize(
    ("normalization", "entry"),
    [("average", 2 / 3), ("cosine", 2 / 9), ("jaccard", 2 / (2 * 1 + 1 + 1 + 1))],
)
def test_one_mode_normalised_by_hand(normalization: str, entry: float) -> None:
    """Norden and Westmark share one yes on harbours (2 by 1); each has three statements, and three levels are of one alone."""
    made = one_mode(coded(), "organization", "concept", "agreement", "congruence", normalization)
    assert made.values[0, 3] == pytest.approx(entry, abs=1e-15)


@pytest.mark.parametrize(
    ("aggregation", "normalization"), list(product(ONE_MODE_AGGREGATIONS, ONE_MODE_NORMALIZATIONS))
)
@pytest.mark.parametrize("size", [1, 30, 900])
def test_one_mode_as_plain_loops_have_it(aggregation: str, normalization: str, size: int) -> None:
    """The same as nested loops over counters, for few and for many statements."""
    statements = random_statements(size, 17, 5)
    made = one_mode(statements, "organization", "concept", "agreement", aggregation, normalization)
    rows, _, entries = looped(statements, "onemode", aggregation, normalization)
    assert list(made.rows) == rows
    np.testing.assert_allclose(made.values.toarray(), entries, rtol=0, atol=1e-12)


@pytest.mark.parametrize(
    ("aggregation", "normalization"), list(product(TWO_MODE_AGGREGATIONS, TWO_MODE_NORMALIZATIONS))
)
def test_two_mode_as_plain_loops_have_it(aggregation: str, normalization: str) -> None:
    """The same as nested loops over counters."""
    statements = random_statements(200, 17, 5)
    made = two_mode(statements, "organization", "concept", "agreement", aggregation, normalization)
    rows, columns, entries = looped(statements, "twomode", aggregation, normalization)
    assert (list(made.rows), list(made.columns)) == (rows, columns)
    np.testing.assert_allclose(made.values.toarray(), entries, rtol=0, atol=1e-12)


@pytest.mark.parametrize("normalization", ONE_MODE_NORMALIZATIONS)
def test_blocks_of_rows(normalization: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The network is the same when its rows are made a few at a time, and is exactly symmetric."""
    statements = random_statements(900, 60, 9)
    whole = one_mode(statements, "organization", "concept", "agreement", "congruence", normalization).values
    monkeypatch.setattr("alliancegraph.networks.pairs._ENTRIES", 100)
    parts = one_mode(statements, "organization", "concept", "agreement", "congruence", normalization).values
    assert (abs(whole - parts)).max() == 0
    assert (abs(parts - parts.T)).max() == 0


def scored(*rows: tuple[str, str, str]) -> Statements:
    """Statements with a score."""
    who, what, score = zip(*rows, strict=True)
    return Statements.of(
        {"organization": Column.of(who), "concept": Column.of(what), "score": Column.of(score)}
    )


SCORES = scored(
    ("A", "x", "-2"), ("A", "x", "10"), ("B", "x", "1"), ("B", "y", "-2"), ("C", "y", "10"), ("C", "y", "10")
)  # fmt: skip


def test_numbers_as_qualifier() -> None:
    """On a scale from -2 to 10, levels are as alike as they are near; two-mode entries add up the numbers."""
    congruence = one_mode(SCORES, "organization", "concept", "score", "congruence")
    near, far = 1 - 3 / 12, 1 - 9 / 12
    assert dense(congruence) == [[0, near + far, 0], [near + far, 0, 0], [0, 0, 0]]
    conflict = one_mode(SCORES, "organization", "concept", "score", "conflict")
    assert dense(conflict) == [[0, 2 - near - far, 0], [2 - near - far, 0, 2], [0, 2, 0]]
    subtract = two_mode(SCORES, "organization", "concept", "score", "subtract")
    assert dense(subtract) == [[8, 0], [1, -2], [0, 20]]
    combine = two_mode(SCORES, "organization", "concept", "score", "combine")
    assert dense(combine) == [[1 + 4, 0], [2, 4], [0, 1]]


def test_parts_are_measured_on_the_whole_scale() -> None:
    """Statements that were selected are as alike as they were among all."""
    part = SCORES.take(np.array([0, 2]))
    assert dense(one_mode(part, "organization", "concept", "score", "congruence")) == [[0, 0.75], [0.75, 0]]


def test_words_as_qualifier() -> None:
    """Words are the same or not; nothing can be subtracted from them."""
    said = scored(("A", "x", "hope"), ("B", "x", "hope"), ("B", "x", "fear"), ("B", "x", "fear"))
    assert dense(one_mode(said, "organization", "concept", "score", "congruence")) == [[0, 1], [1, 0]]
    assert dense(one_mode(said, "organization", "concept", "score", "conflict")) == [[0, 2], [2, 0]]
    assert dense(two_mode(said, "organization", "concept", "score", "combine")) == [[1], [3]]
    with pytest.raises(UsageError, match="subtract needs a qualifier with numbers"):
        two_mode(said, "organization", "concept", "score", "subtract")


def test_yes_and_no_as_qualifier() -> None:
    """Yes and no are 1 and 0, and of one level alone its meaning stays."""
    said = scored(("A", "x", "yes"), ("B", "x", "No"))
    assert dense(two_mode(said, "organization", "concept", "score", "subtract")) == [[1], [-1]]
    only = scored(("A", "x", "no"))
    assert dense(two_mode(only, "organization", "concept", "score", "combine")) == [[2]]


def test_statements_that_lack_a_value() -> None:
    """Without a qualifier a statement counts only where qualifiers are ignored, without a variable nowhere."""
    said = Statements.of(
        {
            "organization": Column.of(["A", "A", "B", None]),
            "concept": Column.of(["x", "x", "x", "x"]),
            "score": Column.of(["1", None, "1", "1"]),
        }
    )
    assert dense(one_mode(said, "organization", "concept", "score", "ignore")) == [[0, 2], [2, 0]]
    assert dense(one_mode(said, "organization", "concept", "score", "congruence")) == [[0, 1], [1, 0]]
    assert dense(one_mode(said, "organization", "concept", None, "ignore")) == [[0, 2], [2, 0]]


def test_isolates() -> None:
    """Names without a statement are kept on request, in rows and columns, and their entries are 0."""
    part = coded().take(np.array([0, 6]))
    assert two_mode(part, "organization", "concept").rows == ("Norden", "Sundria")
    kept = two_mode(part, "organization", "concept", normalization="activity", isolates=True)
    assert kept.rows == ("Norden", "Ostland", "Sundria", "Westmark")
    assert dense(kept) == [[0, 1, 0], [0, 0, 0], [0, 0, 1], [0, 0, 0]]
    ties = one_mode(part, "organization", "concept", "agreement", "congruence", "jaccard", isolates=True)
    assert ties.values.shape == (4, 4)


def test_no_statements() -> None:
    """Of no statements there is a network without rows."""
    none = coded().take(np.zeros(9, bool))
    for normalization in ONE_MODE_NORMALIZATIONS:
        assert one_mode(
            none, "organization", "concept", "agreement", "ratio", normalization
        ).values.shape == (0, 0)
    assert two_mode(none, "organization", "concept", "agreement", "combine").values.shape == (0, 0)


def test_weights() -> None:
    """Weights take the place of counts."""
    weights = np.array([0.5, 0.25, 1, 2, 0, 1, 3, 1, 1])
    made = one_mode(coded(), "organization", "concept", "agreement", "congruence", "average", weights=weights)
    assert made.values[0, 3] == 0.75 * 2 / ((1.75 + 3) / 2)


@pytest.mark.parametrize(
    ("mode", "arguments", "message"),
    [
        (
            "onemode",
            ("agreement", "combine"),
            "a one-mode network is not aggregated by combine; choose one of ignore",
        ),
        (
            "onemode",
            ("agreement", "ignore", "activity"),
            "a one-mode network is not normalised by activity; choose one",
        ),
        (
            "twomode",
            ("agreement", "congruence"),
            "a two-mode network is not aggregated by congruence; choose one of",
        ),
        (
            "twomode",
            ("agreement", "ignore", "jaccard"),
            "a two-mode network is not normalised by jaccard; choose one",
        ),
        ("onemode", (None, "congruence"), "congruence needs a qualifier; name one, or choose ignore"),
        (
            "onemode",
            ("concept", "ignore"),
            "must be three different ones; they are organization, concept and concept",
        ),
        ("twomode", ("agreemnt", "ignore"), "have no variable 'agreemnt'; did you mean agreement?"),
    ],
)
def test_what_does_not_go_together(mode: str, arguments: tuple[Any, ...], message: str) -> None:
    """What a network cannot be made by is told with what it can."""
    with pytest.raises(UsageError, match=message.replace("?", r"\?")):
        MADE[mode](coded(), "organization", "concept", *arguments)


def test_too_many_levels_to_combine() -> None:
    """Weights of more than 32 levels would mean nothing."""
    said = random_statements(200, 3, 3, [str(n) for n in range(40)])
    with pytest.raises(UsageError, match="combine takes at most 32 levels of a qualifier, and it has 40"):
        two_mode(said, "organization", "concept", "agreement", "combine")
