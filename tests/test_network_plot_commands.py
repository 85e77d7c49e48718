"""`network plot`, and `--plot` of the commands that have a picture: files, sizes, windows, events, and all that can be wrong."""

from __future__ import annotations

import importlib
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from factories import sample_extraction

from alliancegraph.cli import main
from alliancegraph.commands.networks.pictures import KINDS
from alliancegraph.graph.store import Store
from alliancegraph.networks.happenings import Happening, happenings, read_happenings
from alliancegraph.ontology.errors import StatementsError

ROWS = """id,doc,date,organization,concept,agreement
1,1,2019-12-30,Norden,harbours,1
2,1,2019-12-30,Norden,tariffs,0
3,2,2020-01-02,Westmark,harbours,1
4,2,2020-07-02,Westmark,tariffs,1
5,3,2020-08-14,Sundria,tariffs,0
6,3,2020-09-14,Sundria,harbours,1
7,4,2021-03-01,Ostland,harbours,0
8,4,2021-03-02,Ostland,tariffs,1
"""


@pytest.fixture(scope="module")
def coded(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Hand-coded statements of four organizations."""
    path = tmp_path_factory.mktemp("coded") / "coded.csv"
    path.write_text(ROWS, encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The sample document on disk."""
    folder = tmp_path_factory.mktemp("pictures") / "store"
    with Store.open(folder) as store:
        store.replace(sample_extraction())
    return str(folder)


def _svg(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    ET.fromstring(text)
    return text


def test_all_pictures(coded: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One command draws them all into a folder."""
    assert main(["network", "plot", "all", "--statements", coded, "-o", str(tmp_path)]) == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(f"{kind}.svg" for kind in KINDS)
    for path in tmp_path.iterdir():
        assert "<text" in _svg(path)
    assert capsys.readouterr().out == ""


def test_a_picture_has_the_size_that_is_asked_for(coded: str, tmp_path: Path) -> None:
    """In pixels, as PNG; and nothing is said of the rest of the folder."""
    path = tmp_path / "picture.png"
    command = ["network", "plot", "stances", "--statements", coded, "--size", "617x451", "-o", str(path)]
    assert main(command) == 0
    assert struct.unpack(">II", path.read_bytes()[16:24]) == (617, 451)


PLOTS = {
    "onemode": (["--aggregation", "subtract"], "Agreement and conflict"),
    "twomode": ([], "Who speaks of what"),
    "congruence": ([], "Congruence"),
    "conflict": ([], "Conflict"),
    "agreement": ([], "Agreement and conflict"),
    "communities": (["--samples", "0"], "Communities of congruence"),
    "backbone": ([], "Backbone of congruence"),
    "salience": ([], "Sides taken on each concept"),
    "polarisation": ([], "Polarisation over time"),
}


@pytest.mark.parametrize("kind", PLOTS)
def test_plot_of_each_command(
    kind: str, coded: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The picture is drawn, and the rest written only where a file is named for it."""
    options, title = PLOTS[kind]
    picture, table = tmp_path / "picture.svg", tmp_path / "table.csv"
    command = ["network", kind, "--statements", coded, *options, "--plot", str(picture)]
    assert main(command) == 0
    assert f">{title}</text>" in _svg(picture)
    assert capsys.readouterr().out == ""
    alone = picture.read_bytes()
    assert main([*command, "-o", str(table), "--format", "csv"]) == 0
    assert picture.read_bytes() == alone
    assert len(table.read_text(encoding="utf-8").splitlines()) > 1


def test_backbone_of_issues_is_a_heatmap_of_them(coded: str, tmp_path: Path) -> None:
    """Only the issues that are kept are drawn."""
    path = tmp_path / "picture.svg"
    command = ["network", "backbone", "--statements", coded, "--method", "fixed", "--size", "1"]
    assert main([*command, "--plot", str(path)]) == 0
    text = _svg(path)
    assert (">harbours</text>" in text) + (">tariffs</text>" in text) == 1
    assert "4 organizations × 1 concept" in text


def test_windows_of_polarisation(coded: str, tmp_path: Path) -> None:
    """The picture takes the windows and the kernel that are asked for, and shows the interval where samples are drawn."""
    path = tmp_path / "picture.svg"
    base = ["--statements", coded, "--window", "1", "--window-unit", "years", "--step", "1"]
    assert main(["network", "plot", "polarisation", *base, "--kernel", "gaussian", "-o", str(path)]) == 0
    text = _svg(path)
    assert "windows of 1 year, side by side, gaussian kernel" in text
    assert 'id="interval"' not in text
    assert main(["network", "polarisation", *base, "--samples", "5", "--plot", str(path)]) == 0
    assert 'id="interval"' in _svg(path)


def test_statements_without_a_date_are_told(tmp_path: Path) -> None:
    """Pictures over time leave them out and say so."""
    source = tmp_path / "coded.csv"
    source.write_text(ROWS.replace("2021-03-01", ""), encoding="utf-8")
    for kind in ("polarisation", "timeline"):
        path = tmp_path / f"{kind}.svg"
        assert main(["network", "plot", kind, "--statements", str(source), "-o", str(path)]) == 0
        assert "1 statements without a date are left out." in _svg(path)


def test_events_of_a_table(coded: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The timeline marks them; a table without the columns, or with a hole, is refused by its row."""
    events, path = tmp_path / "events.csv", tmp_path / "picture.svg"
    events.write_text("date,event\n2020-02-01,a summit\n2020-03,a vote\n", encoding="utf-8")
    command = ["network", "plot", "timeline", "--statements", coded, "-o", str(path)]
    assert main([*command, "--events", str(events)]) == 0
    assert "Events: 1 2020-02-01 a summit; 2 2020-03-01 a vote." in _svg(path)
    assert main([*command, "--no-events"]) == 0
    assert "Events:" not in _svg(path)
    events.write_text("date,event\n2020-02-01,a summit\n,a vote\n", encoding="utf-8")
    with pytest.raises(StatementsError, match="row 3 has no date or no event"):
        read_happenings(events)
    events.write_text("date,what\n2020-02-01,a summit\n", encoding="utf-8")
    capsys.readouterr()
    assert main([*command, "--events", str(events)]) == 2
    assert capsys.readouterr().err == f"error: {events}: has no column 'event' beside date\n"


def test_events_of_a_graph(place: str) -> None:
    """Those in which somebody has a part, with their dates as far as they are known."""
    with Store.open(place, read_only=True) as store:
        found = happenings(store)
        assert happenings(store, 1.1) == []
    assert found == [
        Happening(np.datetime64("2008-07-07", "s"), "Lake Toya summit", "2008-07-07"),
        Happening(np.datetime64("2001-09-11", "s"), "September 11 attacks", "2001-09-11"),
    ]


WRONG = {
    "suffix": (["plot", "heatmap", "-o", "p.gif"], "p.gif: a picture is written as .svg or .png"),
    "suffix of --plot": (["twomode", "--plot", "p"], "p: a picture is written as .svg or .png"),
    "size": (["plot", "heatmap", "--size", "9x9", "-o", "p.svg"], "a picture is 400 to 10000 pixels wide"),
    "plot-size": (["onemode", "--plot-size", "900x900"], "--plot-size is of a picture; name its file"),
    "series": (["twomode", "--window", "6", "--plot", "p.svg"], "--plot is of one network and not with --window"),
    "nested": (["backbone", "--method", "nested", "--plot", "p.svg"], "--plot is of one network and not with --method nested"),
    "combine": (["twomode", "--aggregation", "combine", "--plot", "p.svg"], "combine tells which levels occur, and no weights"),
    "window": (["plot", "heatmap", "--window", "6", "-o", "p.svg"], "--window is of polarisation"),
    "events": (["plot", "heatmap", "--no-events", "-o", "p.svg"], "--no-events is of the timeline"),
    "qualifier": (["plot", "stances", "--qualifier", "none", "-o", "p.svg"], "this compares sides"),
    "empty": (["plot", "heatmap", "--start", "2030", "-o", "p.svg"], "--start"),
    "folder": (["plot", "all", "-o", "nowhere"], "nowhere: is no folder; make one for all pictures"),
    "unwritable": (["plot", "heatmap", "-o", "nowhere/p.svg"], "nowhere"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_one_line_for_what_is_wrong(
    case: str, coded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, one line, and no file."""
    arguments, message = WRONG[case]
    monkeypatch.chdir(tmp_path)
    assert main(["network", *arguments, "--statements", coded]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("error: ")
    assert message in line
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "arguments", [["plot", "heatmap", "-o"], ["onemode", "--plot"], ["salience", "--plot"]]
)
def test_without_matplotlib(
    arguments: list[str], coded: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """One line names the extra to install."""
    usual = importlib.import_module

    def missing(name: str, package: str | None = None) -> object:
        if name.partition(".")[0] == "matplotlib":
            raise ImportError(name)
        return usual(name, package)

    monkeypatch.setattr(importlib, "import_module", missing)
    assert main(["network", *arguments, str(tmp_path / "p.svg"), "--statements", coded]) == 2
    assert capsys.readouterr().err == (
        "error: pictures need the package matplotlib; install it: pip install 'alliancegraph[networks]'\n"
    )
