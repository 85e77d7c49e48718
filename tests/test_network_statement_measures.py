"""Salience, shifts and diffusion of made-up debates, worked out by hand; pictures are the same on each run."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from debates import debate

from alliancegraph.cli import main
from alliancegraph.networks.diffusion import diffusion
from alliancegraph.networks.salience import contention, entropy, salience
from alliancegraph.networks.shifts import shifts
from alliancegraph.ontology.errors import UsageError

CODED = (
    "date,organization,concept,agreement\n2020-01-01,Ann,tax,1\n2020-02-01,Bob,tax,0\n2020-03-01,Cat,tax,1\n"
)


def test_salience() -> None:
    """Three in favour and one opposed are 1 − 2/4 contentious; an actor on both sides is divided."""
    said = debate(["2020-01-01 a +x", "2020-01-02 a -x", "2020-01-03 b +x", "2020-01-04 c +x", "- c ~y"])
    first, last = salience(said, "actor", "issue", "stance")
    assert (first.issue, first.statements, first.share, first.actors) == ("x", 4, 0.8, 3)
    assert (first.favour, first.opposition, first.contention, first.divided) == (3, 1, 0.5, 1)
    assert (last.neither, last.contention, last.entropy, str(last.first)) == (1, 0, 0, "NaT")
    assert (contention(0, 0), entropy(1, 1), entropy()) == (0, 1, 0)


def test_shifts() -> None:
    """Two changes; a day that is even and a statement without a date count for nothing."""
    rows = [
        "2020-01-01 a +x",
        "2020-01-05 a +x",
        "2020-02-01 a +x",
        "2020-02-01 a -x",
        "- a -x",
        "2020-03-01 a -x",
        "2020-04-01 a +x",
    ]
    found = shifts(debate(rows), "actor", "issue", "stance")
    assert [(s.before, s.after, s.to_favour, s.held, s.kept) for s in found] == [
        (1, 5, False, 2, 1),
        (5, 6, True, 1, 1),
    ]
    with pytest.raises(UsageError, match="no statement has a date"):
        shifts(debate(["- a +x"]), "actor", "issue", "stance")


def test_diffusion() -> None:
    """b follows a after 3 days; c and d come on one day and follow both, not each other."""
    said = debate(
        ["2020-01-01 a +x", "2020-01-04 b -x", "2020-01-09 c +x", "2020-01-09 d +x", "2020-02-01 a +x"]
    )
    found = diffusion(said, "actor", "issue")
    assert [(a.actor, a.rank, a.lag, a.after) for a in found.adoptions] == [
        ("a", 1, 0, ""),
        ("b", 2, 3, "a"),
        ("c", 3, 8, "b"),
        ("d", 3, 8, "b"),
    ]
    assert found.following.values.toarray().tolist() == [
        [0, 0, 0, 0],
        [1, 0, 0, 0],
        [1, 1, 0, 0],
        [1, 1, 0, 0],
    ]
    assert [(x.actor, x.leads, x.follows) for x in found.leaders][:2] == [("a", 3, 0), ("b", 2, 1)]
    assert diffusion(said, "actor", "issue", within=3).following.values.sum() == 1


@pytest.mark.parametrize(
    ("kind", "points"),
    [
        *((kind, b"360pt") for kind in ("heatmap", "congruence", "subtract", "twomode")),
        *((kind, b"502.325581pt") for kind in ("dendrogram", "stances", "timeline", "polarisation")),
    ],
)
def test_pictures(kind: str, points: bytes, tmp_path: Path) -> None:
    """Each picture is the same bytes twice, has its text as text, and the size that was asked for, on a page that it fills."""
    coded = tmp_path / "coded.csv"
    coded.write_text(CODED)
    files = [tmp_path / "one.svg", tmp_path / "two.svg", tmp_path / "three.png"]
    for file in files:
        asked = ["network", "plot", kind, "--statements", str(coded), "--size", "900x700", "-o", str(file)]
        assert main(asked) == 0
    svg = files[0].read_bytes()
    assert svg == files[1].read_bytes()
    assert b"<text" in svg
    assert b'width="%s"' % points in svg
    assert struct.unpack(">II", files[2].read_bytes()[16:24]) == (900, 700)


def test_unusable_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A size or a suffix that cannot be is one line, and nothing is written."""
    coded = tmp_path / "coded.csv"
    coded.write_text(CODED)
    asked = ["network", "plot", "heatmap", "--statements", str(coded), "-o"]
    assert main([*asked, str(tmp_path / "x.gif")]) == 2
    assert main([*asked, str(tmp_path / "x.svg"), "--size", "9x9"]) == 2
    assert "a picture is 400 to 10000 pixels" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["coded.csv"]
