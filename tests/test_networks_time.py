"""Windows, kernels and time series: exactly which statements count in which slice, and how much."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from coded_statements import coded

from alliancegraph.networks.kernels import KERNELS, kernel
from alliancegraph.networks.series import Dated, Recipe, series
from alliancegraph.networks.series_files import apart, pattern_of, together, write_all
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.networks.windows import Window, slices
from alliancegraph.ontology.errors import EmptySelection, OutputError, UsageError

CONGRUENCE = Recipe("onemode", "organization", "concept", "agreement", "congruence")


def shown(*arguments: int | str | None, **more: int | str | None) -> list[tuple[str, str]]:
    """The slices of `CODED` by name, with the ids of their statements."""
    return [(part.name, " ".join(part.statements.ids)) for part in slices(coded(), *arguments, **more)]  # type: ignore[arg-type]


def test_months_side_by_side() -> None:
    """Windows begin with the month of the first statement and go on until the last statement."""
    assert shown(2, "months", 2) == [
        ("2019-12-01_2020-01-31", "1 2 3 4 5"),
        ("2020-02-01_2020-03-31", "6 7 8 9"),
    ]


def test_moving_months() -> None:
    """A window that moves by a month overlaps its neighbours; the last is the first that reaches the last statement."""
    assert shown(2, "months") == [
        ("2019-12-01_2020-01-31", "1 2 3 4 5"),
        ("2020-01-01_2020-02-29", "4 5 6 7"),
        ("2020-02-01_2020-03-31", "6 7 8 9"),
    ]


def test_weeks_begin_on_mondays() -> None:
    """30 December 2019 was a Monday; weeks without statements have a slice too."""
    found = shown(1, "weeks")
    assert (len(found), found[:2]) == (
        9,
        [("2019-12-30_2020-01-05", "1 2 3 4 5"), ("2020-01-06_2020-01-12", "")],
    )
    assert found[-1] == ("2020-02-24_2020-03-01", "8 9")


def test_hours_minutes_and_seconds() -> None:
    """Windows within days begin with the hour of the first statement, and their names tell times."""
    said = Statements.of(
        {"organization": Column.of(["A", "B", "C"])},
        dates=np.array(
            ["2020-01-01T09:59:30", "2020-01-01T10:00:00", "2020-01-01T11:30:00"], "datetime64[s]"
        ),
    )
    found = [(part.name, part.statements.ids) for part in slices(said, 1, "hours")]
    assert found == [
        ("2020-01-01T090000_2020-01-01T095959", ("1",)),
        ("2020-01-01T100000_2020-01-01T105959", ("2",)),
        ("2020-01-01T110000_2020-01-01T115959", ("3",)),
    ]
    minutes = list(slices(said, 90, "minutes", 90))
    assert [str(part.window.start) for part in minutes] == ["2020-01-01T09:59:00", "2020-01-01T11:29:00"]
    seconds = [part.statements.ids for part in slices(said, 30, "seconds", 30, stop="2020-01-01T10:00:20")]
    assert seconds == [("1",), ("2",)]
    assert next(slices(said, 1, "hours")).window.middle == np.datetime64("2020-01-01T09:30:00")


def test_years_and_days() -> None:
    """Calendar years, and days from the first."""
    assert shown(1, "years") == [("2019-01-01_2019-12-31", "1 2 3"), ("2020-01-01_2020-12-31", "4 5 6 7 8 9")]
    found = shown(4, "days", 30)
    assert found == [
        ("2019-12-30_2020-01-02", "1 2 3 4 5"),
        ("2020-01-29_2020-02-01", ""),
        ("2020-02-28_2020-03-02", "8 9"),
    ]


def test_given_ranges() -> None:
    """A range that is given begins the first window to the day and ends with the last; months end with their last day."""
    assert shown(1, "months", start="2019-12-31", stop="2020-03-30") == [
        ("2019-12-31_2020-01-30", "4 5"),
        ("2020-01-31_2020-02-28", "6 7"),
        ("2020-02-29_2020-03-30", "8 9"),
    ]


def test_windows_of_statements() -> None:
    """So many statements by date, those of one day in their order; the last window may be shorter."""
    assert shown(4, "statements", 4) == [
        ("1_2019-12-30_2020-01-02", "1 2 3 4"),
        ("2_2020-01-02_2020-03-01", "5 6 7 8"),
        ("3_2020-03-01_2020-03-01", "9"),
    ]
    assert len(shown(4, "statements")) == 6
    assert shown(20, "statements") == [("1_2019-12-30_2020-03-01", "1 2 3 4 5 6 7 8 9")]


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("no", [0, 1, 1, 1, 1, 1, 0]),
        ("uniform", [0, 0.5, 0.5, 0.5, 0.5, 0.5, 0]),
        ("triangular", [0, 0, 0.5, 1, 0.5, 0, 0]),
        ("epanechnikov", [0, 0, 0.5625, 0.75, 0.5625, 0, 0]),
        (
            "gaussian",
            [
                *(0.12951759566589174, 0.24197072451914337, 0.3520653267642995, 0.3989422804014327),
                *(0.3520653267642995, 0.24197072451914337, 0.12951759566589174),
            ],
        ),
    ],
)
def test_kernels(name: str, weights: Sequence[float]) -> None:
    """The weight at one and a half, one and half a bandwidth before the middle, in it, and after it."""
    u = np.array([-1.5, -1, -0.5, 0, 0.5, 1, 1.5])
    assert kernel(name, u).tolist() == pytest.approx(weights, abs=1e-15)


def said_in_january(*days: int) -> Statements:
    """Norden and Westmark say the same, in turn, on these days."""
    who = ["Norden", "Westmark"] * len(days)
    return Statements.of(
        {
            "organization": Column.of(who[: len(days)]),
            "concept": Column.of(["tariffs"] * len(days)),
            "agreement": Column.of(["1"] * len(days)),
        },
        dates=np.array([f"2020-01-{day:02}" for day in days], "datetime64[s]"),
    )


def test_weights_by_hand() -> None:
    """Eight days from the first: its middle is the fifth, and the third lies half a bandwidth before it."""
    (part, *_) = slices(said_in_january(3, 5), 8, "days", kernel_name="epanechnikov", start="2020-01-01")
    assert part.weights("twomode").tolist() == [0.75 * 0.75, 0.75]  # type: ignore[union-attr]
    assert part.weights("onemode").tolist() == [0.75, 0.75**0.5]  # type: ignore[union-attr]
    ((network), *_) = series(CONGRUENCE, [part])
    assert network.matrix.values[0, 1] == pytest.approx((0.5625 * 0.75) ** 0.5, abs=1e-15)
    two = Recipe("twomode", "organization", "concept", "agreement", "subtract").matrix(
        part.statements, part.weights("twomode")
    )
    assert two.values.toarray().tolist() == [[0.5625], [0.75]]


def test_a_gaussian_reaches_everything() -> None:
    """With a Gaussian kernel all statements count in each window; with others those in it."""
    gaussian = list(slices(said_in_january(1, 31), 8, "days", 8, "gaussian"))
    assert [len(part.statements) for part in gaussian] == [2, 2, 2, 2]
    assert gaussian[0].kernel_values is not None
    u = 2 * (30 - 4) / 8
    assert gaussian[0].kernel_values[1] == pytest.approx(np.exp(-(u**2) / 2) / (2 * np.pi) ** 0.5, rel=1e-14)
    assert [len(part.statements) for part in slices(said_in_january(1, 31), 8, "days", 8, "uniform")] == [
        1,
        0,
        0,
        1,
    ]


def test_uniform_kernel_is_half_of_none() -> None:
    """A pair of statements counts √(½ ½)."""
    plain = [network.matrix.values.sum() for network in series(CONGRUENCE, slices(coded(), 2, "months"))]
    half = [
        network.matrix.values.sum()
        for network in series(CONGRUENCE, slices(coded(), 2, "months", kernel_name="uniform"))
    ]
    assert plain == [4, 0, 0]
    assert half == pytest.approx([2, 0, 0], abs=1e-12)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, "months"), "a window and its step are at least 1 long"),
        (
            (1, "decades"),
            "windows are not measured in decades; choose one of seconds, minutes, hours, days, weeks, months, years, st",
        ),
        (
            (5, "statements", 1, "gaussian"),
            "a kernel weighs by time, so windows of statements have none; choose seconds",
        ),
        ((1, "days", 1, "cosine"), "no kernel is called 'cosine'; choose one of no, uniform, triangular"),
        ((1, "days", 1, "no", "soon"), "'soon' is no date; give a year, a month or a day"),
        (
            (1, "days", 1, "no", "1000"),
            "these would be 372607 windows; choose a longer unit, or a longer --step",
        ),
        ((1, "seconds"), "these would be 5356800 windows; choose a longer unit, or a longer --step"),
    ],
)
def test_unusable_windows(arguments: tuple[int | str, ...], message: str) -> None:
    """What cannot be sliced that way is told."""
    with pytest.raises(UsageError) as caught:
        shown(*arguments)
    assert str(caught.value).startswith(message)


def test_undated_statements() -> None:
    """A statement without a date has no place in a time series."""
    undated = Statements.of({"organization": Column.of(["A", "B"])}, ids=["s1", "s2"])
    with pytest.raises(
        UsageError, match="2 statements have no date, the first is s1; add dates, or leave such"
    ):
        list(slices(undated, 1, "days"))
    with pytest.raises(EmptySelection):
        list(slices(undated.take(np.zeros(2, bool)), 1, "days"))


def test_kernels_weigh_no_combinations() -> None:
    """Combinations of levels cannot be weighed."""
    recipe = Recipe("twomode", "organization", "concept", "agreement", "combine")
    with pytest.raises(UsageError, match="a kernel has nothing to weigh; choose subtract or ignore"):
        list(series(recipe, slices(coded(), 2, "months", kernel_name="gaussian")))
    assert KERNELS[0] == "no"


# ---------------------------------------------------------------- files


def networks(step: int = 1) -> list[Dated]:
    """The congruence networks of two months each."""
    return list(series(CONGRUENCE, slices(coded(), 2, "months", step)))


def test_dynamic_gexf() -> None:
    """Nodes and edges have spells, and weights change; NetworkX reads them."""
    data = together(networks(), "gexf")
    network = nx.read_gexf(io.BytesIO(data))
    assert (network.graph["mode"], sorted(network.nodes)) == (
        "dynamic",
        ["Norden", "Ostland", "Sundria", "Westmark"],
    )
    assert network.nodes["Norden"]["spells"] == [("2019-12-01", "2019-12-31")]
    assert network.nodes["Westmark"]["spells"] == [("2019-12-01", "2020-03-31")]
    assert network.nodes["Sundria"]["spells"] == [("2020-01-01", "2020-03-31")]
    assert list(network.edges) == [("Norden", "Westmark")]
    assert b'<attvalue for="weight" value="2.0" start="2019-12-01" end="2019-12-31" />' in data
    assert data == together(networks(), "gexf")


def test_spells_with_gaps() -> None:
    """A node that goes and comes back has two spells."""
    who = Statements.of(
        {"organization": Column.of(["A", "B", "B", "A"]), "concept": Column.of(["x"] * 4)},
        dates=np.array(["2020-01-05", "2020-01-05", "2020-02-05", "2020-03-05"], "datetime64[s]"),
    )
    made = list(series(Recipe("onemode", "organization", "concept"), slices(who, 1, "months")))
    network = nx.read_gexf(io.BytesIO(together(made, "gexf")))
    assert network.nodes["A"]["spells"] == [("2020-01-01", "2020-01-31"), ("2020-03-01", "2020-03-31")]
    assert network.nodes["B"]["spells"] == [("2020-01-01", "2020-02-29")]


def test_all_slices_as_json() -> None:
    """Each slice with its dates, its number of statements, and its matrix."""
    found = json.loads(together(networks(2), "json"))["slices"]
    assert [(s["slice"], s["start"], s["end"], s["statements"]) for s in found] == [
        ("2019-12-01_2020-01-31", "2019-12-01", "2020-02-01", 5),
        ("2020-02-01_2020-03-31", "2020-02-01", "2020-04-01", 4),
    ]
    assert found[0]["matrix"] == [[0, 2], [2, 0]]


def test_a_file_for_each_slice(tmp_path: Path) -> None:
    """Slices are named by their dates, in a folder or where the name says."""
    pattern = pattern_of(tmp_path, "edges")
    assert pattern == tmp_path / "{slice}.csv"
    assert pattern_of(Path("a_{slice}.net"), "net") == Path("a_{slice}.net")
    assert pattern_of(None, "gexf") is None
    assert pattern_of(Path("all.json"), "json") is None
    files = apart(networks(2), "edges", pattern)
    write_all(files)
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "2019-12-01_2020-01-31.csv": "source,target,weight\nNorden,Westmark,2\n",
        "2020-02-01_2020-03-31.csv": "source,target,weight\n",
    }


def test_where_slices_go() -> None:
    """Formats of one network a file need a name for each slice."""
    with pytest.raises(UsageError) as caught:
        pattern_of(Path("all.csv"), "csv")
    assert str(caught.value) == (
        "a time series has a csv file for each slice: name an existing folder, or put {slice} into the name,"
        " as in -o 'out/{slice}.csv'; gexf and json hold all in one"
    )


def test_files_are_written_all_or_none(tmp_path: Path) -> None:
    """Where one file cannot be written, no new one stays."""
    (tmp_path / "old.csv").write_text("before")
    files = {tmp_path / "old.csv": b"new", tmp_path / "one.csv": b"1", tmp_path / "no" / "two.csv": b"2"}
    with pytest.raises(OutputError):
        write_all(files)
    assert [path.name for path in tmp_path.iterdir()] == ["old.csv"]


def test_no_slices() -> None:
    """A dynamic network of nothing is told."""
    with pytest.raises(EmptySelection):
        together([], "gexf")


def test_middle_of_a_window() -> None:
    """The moment halfway, and the first and last day as its name."""
    window = Window(np.datetime64("2020-01-01", "s"), np.datetime64("2020-01-09", "s"))
    assert (str(window.middle), window.name) == ("2020-01-05T00:00:00", "2020-01-01_2020-01-08")
