"""The commands that print figures: what they tell, in each format, and what they refuse."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from debates import debate

from alliancegraph import cli
from alliancegraph.commands.networks import output, time
from alliancegraph.networks import files, kernels, paths, windows
from alliancegraph.networks.communities import communities
from alliancegraph.networks.matrices import one_mode
from alliancegraph.networks.polarisation import polarisation
from alliancegraph.networks.polarisation_series import polarisation_series
from alliancegraph.networks.stability import bootstrap_stability
from alliancegraph.networks.statements import Statements
from alliancegraph.networks.windows import slices

CODED = """\
id,date,organization,concept,agreement
1,2020-01-01,Ann,tax,1
2,2020-01-11,Bob,tax,1
3,2020-02-01,Cat,roads,1
4,2020-02-05,Dan,roads,1
5,2020-03-01,Bob,roads,0
6,2020-03-02,Ann,roads,0
7,2020-03-03,Cat,tax,0
"""


@pytest.fixture
def coded(tmp_path: Path) -> Path:
    """Ann and Bob stand for a tax and against roads, Cat and Dan for roads; Cat also against the tax."""
    path = tmp_path / "coded.csv"
    path.write_text(CODED, encoding="utf-8")
    return path


def printed(captured: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[str, str]:
    """What `network` prints, and what it notes."""
    captured.readouterr()
    code = cli.main(["network", *map(str, arguments)])
    found = captured.readouterr()
    assert code == 0, found.err
    return found.out, found.err


def table(captured: pytest.CaptureFixture[str], *arguments: str | Path) -> list[list[str]]:
    """The cells of CSV that `network` prints."""
    return list(csv.reader(io.StringIO(printed(captured, *arguments, "--format", "csv")[0])))


def objects(captured: pytest.CaptureFixture[str], *arguments: str | Path) -> list[dict[str, Any]]:
    """The objects of JSON that `network` prints."""
    made: list[dict[str, Any]] = json.loads(printed(captured, *arguments, "--format", "json")[0])
    return made


def refused(captured: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """The one line of a command that ends with code 2."""
    captured.readouterr()
    assert cli.main(["network", *map(str, arguments)]) == 2
    found = captured.readouterr()
    assert (found.out, found.err.count("\n")) == ("", 1)
    return found.err.rstrip("\n").removeprefix("error: ")


def test_choices_are_those_of_the_core() -> None:
    """The words that commands know without loading numpy are those of the modules behind them."""
    assert (time.UNITS, time.KERNELS) == (windows.UNITS, kernels.KERNELS)
    assert set(output.FORMATS) == set(files.FORMATS)


# ---------------------------------------------------------------- nodes


def test_measures(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two pairs that agree: on two things of two statements each, and on one of two and one. Two of six ties are there."""
    rows = table(capsys, "measures", "--statements", coded)
    assert rows[0] == [
        "node",
        "degree",
        "strength",
        "betweenness",
        "eigenvector",
        "pagerank",
        "core",
        "density",
    ]
    assert [(row[0], float(row[1]), float(row[2])) for row in rows[1:]] == [
        ("Ann", 1, 1),
        ("Bob", 1, 1),
        ("Cat", 1, 1 / 1.5),
        ("Dan", 1, 1 / 1.5),
    ]
    assert {float(row[-1]) for row in rows[1:]} == {2 / 6}
    shown, noted = printed(capsys, "measures", "--statements", coded)
    assert shown.splitlines()[-1] == "density 0.3333"
    assert noted == ""


def test_an_estimate_is_told(coded: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    """Where betweenness would take hours, a note says that it is an estimate, and results stay clean."""
    monkeypatch.setattr(paths, "_EXACT_WORK", 0)
    for kind in ("measures", "bridges"):
        shown, noted = printed(capsys, kind, "--statements", coded, "--format", "json")
        assert json.loads(shown)
        assert noted == (
            "betweenness is an estimate from the paths of 400 nodes, since the network is very large\n"
        )


@pytest.mark.parametrize("method", ["leiden", "louvain"])
def test_communities(coded: Path, method: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The two pairs; weights of 1 and 2/3 make 1 − (0.6² + 0.4²); all ten seeds find the same."""
    rows = objects(capsys, "communities", "--statements", coded, "--method", method, "--samples", "0")
    assert [(row["community"], row["node"]) for row in rows] == [
        (1, "Ann"),
        (1, "Bob"),
        (2, "Cat"),
        (2, "Dan"),
    ]
    figures = {(round(row["modularity"], 12), row["density"], row["seeds"]) for row in rows}
    assert figures == {(0.48, 2 / 6, 1.0)}
    assert "stability" not in rows[0]


def test_stable_communities(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """How stable nodes are in samples is what `bootstrap_stability` says, and depends on the seed only."""
    rows = objects(capsys, "communities", "--statements", coded, "--samples", "20", "--seed", "4")
    said = debate(["- Ann +tax", "- Bob +tax", "- Cat +roads", "- Dan +roads", "- Bob -roads", "- Ann -roads", "- Cat -tax"])  # fmt: skip

    def network(statements: Statements) -> Any:
        return one_mode(statements, "actor", "issue", "stance", "congruence", "average")

    made = bootstrap_stability(said, network, communities(network(said), seed=4), runs=20, seed=4)
    assert [row["stability"] for row in rows] == made.nodes.tolist()
    assert {row["samples"] for row in rows} == {made.rand}
    assert made.rand < 1
    assert rows == objects(capsys, "communities", "--statements", coded, "--samples", "20", "--seed", "4")


def test_resolution(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A high resolution leaves everybody alone."""
    rows = table(capsys, "communities", "--statements", coded, "--resolution", "9", "--samples", "0")
    assert [row[:2] for row in rows[1:]] == [["1", "Ann"], ["2", "Bob"], ["3", "Cat"], ["4", "Dan"]]


def test_bridges(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody is tied to another community."""
    rows = table(capsys, "bridges", "--statements", coded)
    assert rows[0] == ["node", "community", "participation", "within", "reach", "betweenness", "bridging"]
    assert [(row[0], row[1], float(row[2])) for row in rows[1:]] == [
        ("Ann", "1", 0),
        ("Bob", "1", 0),
        ("Cat", "2", 0),
        ("Dan", "2", 0),
    ]


# ---------------------------------------------------------------- issues and changes


def test_salience(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Roads: four of seven statements, two on each side; the tax: two for and one against."""
    rows = objects(capsys, "salience", "--statements", coded)
    names = ("issue", "statements", "favour", "opposition", "contention", "first", "last")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("roads", 4, 2, 2, 1, "2020-02-01", "2020-03-02"),
        ("tax", 3, 2, 1, 1 - 1 / 3, "2020-01-01", "2020-03-03"),
    ]


def test_no_shifts(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody changes sides, one line says so; CSV and JSON are empty tables."""
    line = "no shifts: no organization takes both sides of a concept on different days\n"
    assert printed(capsys, "shifts", "--statements", coded) == ("", line)
    assert printed(capsys, "shifts", "--statements", coded, "--format", "json") == ("[]\n", line)
    rows = table(capsys, "shifts", "--statements", coded)
    assert rows == [["date", "actor", "issue", "to", "last_before", "held", "kept", "before", "after", "text_before", "text_after"]]  # fmt: skip


def test_shifts(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Dan turns against the roads."""
    coded.write_text(CODED + "8,2020-05-01,Dan,roads,0\n", encoding="utf-8")
    (row,) = table(capsys, "shifts", "--statements", coded)[1:]
    assert row[:9] == ["2020-05-01", "Dan", "roads", "opposition", "2020-02-05", "1", "1", "4", "8"]


# ---------------------------------------------------------------- diffusion


def test_adoptions(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who took up what when; --within leaves out who came later."""
    rows = table(capsys, "diffusion", "--statements", coded)
    assert rows == [
        ["issue", "rank", "actor", "date", "lag", "after"],
        ["roads", "1", "Cat", "2020-02-01", "0", ""],
        ["roads", "2", "Dan", "2020-02-05", "4", "Cat"],
        ["roads", "3", "Bob", "2020-03-01", "29", "Dan"],
        ["roads", "4", "Ann", "2020-03-02", "30", "Bob"],
        ["tax", "1", "Ann", "2020-01-01", "0", ""],
        ["tax", "2", "Bob", "2020-01-11", "10", "Ann"],
        ["tax", "3", "Cat", "2020-03-03", "62", "Bob"],
    ]
    assert len(table(capsys, "diffusion", "--statements", coded, "--within", "10")) == 5


def test_leaders(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Cat is ahead of three and behind two."""
    rows = objects(capsys, "diffusion", "--of", "leaders", "--statements", coded)
    names = ("actor", "first", "later", "leads", "follows", "leadership", "median_lag")
    assert [tuple(row[name] for name in names) for row in rows] == [
        ("Cat", 1, 1, 3, 2, 0.6, 31.0),
        ("Dan", 0, 1, 2, 1, 2 / 3, 4.0),
        ("Ann", 1, 1, 2, 3, 0.4, 15.0),
        ("Bob", 0, 2, 2, 3, 0.4, 19.5),
    ]


def test_who_follows_whom(coded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A directed network from followers to leaders, as a table, a matrix, arcs and for Gephi."""
    asked = ("diffusion", "--of", "network", "--statements", coded)
    shown, _ = printed(capsys, *asked, "--within", "10")
    assert shown.splitlines() == [
        "follower\tleader\tissues\tmedian_days\twhich",
        "Ann\tBob\t1\t1\troads",
        "Bob\tAnn\t1\t10\ttax",
        "Dan\tCat\t1\t4\troads",
    ]
    assert table(capsys, *asked) == [
        ["", "Ann", "Bob", "Cat", "Dan"],
        ["Ann", "0", "1", "1", "1"],
        ["Bob", "1", "0", "1", "1"],
        ["Cat", "1", "1", "0", "0"],
        ["Dan", "0", "0", "1", "0"],
    ]
    printed(capsys, *asked, "-o", tmp_path / "following.graphml")
    network = nx.read_graphml(tmp_path / "following.graphml")
    assert network.is_directed()
    assert network.edges["Cat", "Bob"] == {"weight": 1.0, "issues": "tax", "median_days": 52.0}
    assert ("Bob", "Dan") in network.edges
    assert ("Dan", "Bob") not in network.edges
    lines = printed(capsys, *asked, "--format", "net")[0].splitlines()
    assert (lines[0], lines[5:7]) == ("*Vertices 4", ["*Arcs", "1 2 1"])
    edges = printed(capsys, *asked, "--format", "edges")[0].splitlines()
    assert (len(edges), edges[1]) == (10, "Ann,Bob,1")
    made = json.loads(printed(capsys, *asked, "--format", "json")[0])
    assert (made["directed"], made["matrix"][3]) == (True, [0, 0, 1, 0])
    printed(capsys, *asked, "-o", tmp_path / "following.xlsx")


def test_nobody_follows(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody, in so few days; and what holds no network."""
    coded.write_text("date,organization,concept\n2020-01-01,Ann,tax\n2020-03-01,Bob,tax\n", encoding="utf-8")
    asked = ("diffusion", "--of", "network", "--statements", coded, "--within", "5")
    assert printed(capsys, *asked) == ("", "nobody follows anybody; see --within\n")
    message = refused(capsys, "diffusion", "--statements", coded, "--format", "graphml")
    assert message == "graphml holds a network, and adoptions are none; add --of network"
    message = refused(capsys, "diffusion", "--of", "leaders", "--statements", coded, "-o", "x.net")
    assert message == "net holds a network, and leaders are none; add --of network"


# ---------------------------------------------------------------- polarisation


def test_polarisation(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All agreement is within the two camps and all conflict between them: five of seven contacts are conflict."""
    (row,) = objects(capsys, "polarisation", "--statements", coded)
    assert row == {"polarisation": 1.0, "alignment": 1.0, "antagonism": 1.0, "camp1": "Ann; Bob", "camp2": "Cat; Dan"}  # fmt: skip


def test_polarisation_over_time(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row for each window; one without statements is empty."""
    coded.write_text(CODED + "8,2020-07-01,Dan,tax,0\n9,2020-07-01,Ann,tax,1\n", encoding="utf-8")
    asked = ("polarisation", "--statements", coded, "--window", "2", "--step", "2")
    rows = objects(capsys, *asked)
    assert [(row["start"], row["middle"], row["end"], row["statements"], row["polarisation"]) for row in rows] == [
        ("2020-01-01", "2020-01-31", "2020-03-01", 4, 0.0),
        ("2020-03-01", "2020-03-31T12:00:00", "2020-05-01", 3, 0.0),
        ("2020-05-01", "2020-05-31T12:00:00", "2020-07-01", 0, None),
        ("2020-07-01", "2020-08-01", "2020-09-01", 2, 1.0),
    ]  # fmt: skip
    assert (rows[3]["low"], rows[3]["high"], rows[3]["camp1"], rows[3]["camp2"]) == (0.0, 1.0, "Ann", "Dan")
    assert rows == objects(capsys, *asked)
    assert {row["low"] for row in objects(capsys, *asked, "--samples", "0")} == {None}


def said_over_time() -> Statements:
    """Thirty statements by five actors on three issues in thirty days."""
    draw = np.random.default_rng(5)
    return debate(
        f"2020-01-{day:02} {'abcde'[draw.integers(5)]} {'+-'[draw.integers(2)]}{'xyz'[draw.integers(3)]}"
        for day in range(1, 31)
    )


def test_intervals_are_those_of_drawn_statements() -> None:
    """Drawing by weights is drawing statements: the interval is that of tables that are made of them."""
    said = said_over_time()
    (found,) = polarisation_series(
        slices(said, 1, "months"), "actor", "issue", "stance", samples=40, level=0.9
    )
    draw = np.random.default_rng((0, 0))
    order = np.argsort(np.argsort(np.array(said.ids)))
    by_name = np.argsort(order)
    indices = []
    for _ in range(40):
        drawn = by_name[draw.integers(0, 30, 30)]
        indices.append(polarisation(said.take(np.sort(drawn)), "actor", "issue", "stance").index)
    assert found.made is not None
    assert found.made.index == polarisation(said, "actor", "issue", "stance").index
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(indices, (0.05, 0.95))), abs=1e-12)
    assert found.low < found.high  # type: ignore[operator]


def test_statements_of_two_rows_are_drawn_together() -> None:
    """A statement that counts for two actors comes with both or not at all: they always agree."""
    said = debate(["2020-01-01 a +x", "2020-01-01 b +x", "2020-01-02 c -x"])
    twice = Statements(("1", "1", "2"), said.columns, said.dates, said.starts, said.ends, said.texts, said.confidences)  # fmt: skip
    (found,) = polarisation_series(slices(twice, 1, "months"), "actor", "issue", "stance", samples=100)
    assert {found.low, found.high} == {0.0, 1.0}
    assert found.made is not None
    assert found.made.index == 1


def test_kernels_smooth_polarisation() -> None:
    """A slice counts what its kernel says, as polarisation with these weights does."""
    said = said_over_time()
    parts = list(slices(said, 10, "days", 10, "gaussian"))
    found = list(polarisation_series(parts, "actor", "issue", "stance", samples=0))
    assert [(item.low, item.high) for item in found] == [(None, None)] * 3
    for item, part in zip(found, parts, strict=True):
        wanted = polarisation(part.statements, "actor", "issue", "stance", part.weights("onemode"))
        assert item.made is not None
        assert item.made.index == wanted.index
    assert len({item.made.index for item in found if item.made}) == 3


# ---------------------------------------------------------------- backbone


def test_ties_below_a_level(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a star with one heavy tie; a single tie of an end tells nothing."""
    coded.write_text(
        "organization,concept,agreement\n"
        + "hub,a,1\none,a,1\n" * 8
        + "".join(f"hub,{c},1\nn{c},{c},1\n" for c in "bcdefg"),
        encoding="utf-8",
    )
    rows = table(capsys, "backbone", "--statements", coded, "--level", "0.05")
    assert [row[:2] for row in rows[1:]] == [["hub", "one"]]
    assert len(table(capsys, "backbone", "--statements", coded)) == 8
    shown, noted = printed(capsys, "backbone", "--statements", coded, "--level", "0.000001")
    assert (shown, noted) == ("", "no tie has a probability below 1e-06\n")


PATH = "organization,concept,agreement\na,x,1\nb,x,1\nb,y,1\nc,y,1\na,z,1\nb,z,1\n"


def test_backbone_of_issues(coded: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """At a penalty, of a size, and nested; figures stand below the table and in each row of CSV."""
    coded.write_text(PATH, encoding="utf-8")
    asked = ("backbone", "--statements", coded, "--method")
    shown, _ = printed(capsys, *asked, "penalty")
    assert shown.splitlines() == [
        "issue\tset\tstatements",
        "x\tbackbone\t2",
        "y\tbackbone\t2",
        "z\tredundant\t2",
        "backbone_loss 0.03846; redundant_loss 0.4615; cost 0.01198; exact True",
    ]
    rows = table(capsys, *asked, "penalty", "--penalty", "7.5")
    assert rows[0] == ["issue", "set", "statements", "backbone_loss", "redundant_loss", "cost", "exact"]
    assert [row[:2] for row in rows[1:]] == [["x", "backbone"], ["y", "redundant"], ["z", "redundant"]]
    assert [row[:2] for row in table(capsys, *asked, "fixed", "--size", "1")[1:2]] == [["x", "backbone"]]
    steps = objects(capsys, *asked, "nested")
    assert [(row["step"], row["issue"], row["statements"]) for row in steps] == [(1, "z", 4), (2, "y", 2), (3, "x", 0)]  # fmt: skip
    walked = objects(capsys, *asked, "penalty", "--iterations", "3", "--seed", "2")
    assert {row["exact"] for row in walked} == {False}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["backbone", "--penalty", "3"], "--penalty is for --method penalty, not disparity"),
        (["backbone", "--method", "nested", "--seed", "3"], "--seed is for --method penalty and fixed, not nested"),
        (["backbone", "--method", "penalty", "--level", "0.1"], "--level is for --method disparity, not penalty"),
        (["backbone", "--method", "penalty", "--penalty", "-2"], "a penalty is 0 or more, such as 3.5, not -2"),
        (["backbone", "--method", "fixed"], "--method fixed keeps so many issues as --size says; give it"),
        (["polarisation", "--samples", "9"], "--samples is of a time series; give the length of its windows"),
        (["polarisation", "--kernel", "uniform"], "--kernel is of a time series; give the length of its windows"),
        (["polarisation", "--qualifier", "none"], "this compares sides, so it needs a qualifier"),
        (["shifts", "--variable1", "issue"], "variable 1, variable 2 and the qualifier must be three different"),
    ],
)  # fmt: skip
def test_refused_before_reading(
    arguments: Sequence[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What does not go together is told although there is no graph at all."""
    assert refused(capsys, *arguments, "--store", tmp_path / "none").startswith(message)
