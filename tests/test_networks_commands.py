"""`network onemode`, `twomode` and `eventlist`: what they print and write, and what they refuse."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path

import networkx as nx
import pytest
from coded_statements import CODED, write_dna
from factories import sample_extraction, second_extraction

from alliancegraph import cli
from alliancegraph.graph.store import Store


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """`CODED` as a table."""
    path = tmp_path / "coded.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["organization", "concept", "agreement", "document", "date"])
        writer.writerows(CODED)
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two documents."""
    path = tmp_path_factory.mktemp("graph") / "store"
    with Store.open(path) as opened:
        for extraction in (sample_extraction(), second_extraction()):
            opened.replace(extraction)
    return path


def output(captured: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """What `network` prints."""
    captured.readouterr()
    code = cli.main(["network", *map(str, arguments)])
    printed = captured.readouterr()
    assert (code, printed.err.startswith("error")) == (0, False), printed.err
    return printed.out


def rows(text: str) -> list[list[str]]:
    """The cells of CSV."""
    return list(csv.reader(io.StringIO(text, newline="")))


def failure(captured: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """The one line of a command that ends with code 2 and prints nothing."""
    captured.readouterr()
    assert cli.main(["network", *map(str, arguments)]) == 2
    printed = captured.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    return printed.err.rstrip("\n").removeprefix("error: ")


def test_two_modes_of_a_table(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The matrix on standard output, with its variables left to the defaults of hand coding."""
    printed = output(capsys, "twomode", "--statements", table, "--aggregation", "subtract")
    assert rows(printed) == [
        ["", "fisheries", "harbours", "tariffs"],
        ["Norden", "0", "2", "-1"],
        ["Ostland", "1", "0", "0"],
        ["Sundria", "0", "0", "-2"],
        ["Westmark", "0", "0", "1"],
    ]


def test_all_options_of_one_mode(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Variables, aggregation, normalisation, duplicates, filters and format by name, into a file."""
    path = tmp_path / "ties.json"
    arguments = (
        *("onemode", "--statements", table, "--variable1", "concept", "--variable2", "organization"),
        *("--qualifier", "agreement", "--aggregation", "congruence", "--normalization", "average"),
        *("--duplicates", "document", "--exclude", "organization=Ostland", "--exclude", "concept=fisheries"),
        *("--start", "2019", "--stop", "2020-12", "--format", "json", "-o", path),
    )
    assert output(capsys, *arguments) == ""
    found = json.loads(path.read_text(encoding="utf-8"))
    assert (found["rows"], found["matrix"]) == (["harbours", "tariffs"], [[0, 1 / 3.5], [1 / 3.5, 0]])


def test_inversion_and_isolates(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`--invert` keeps what is excluded, and `--isolates` the names that are left without statements."""
    arguments = ("twomode", "--statements", table, "--exclude", "organization=Ostland", "--invert")
    assert rows(output(capsys, *arguments)) == [["", "fisheries"], ["Ostland", "1"]]
    assert len(rows(output(capsys, *arguments, "--isolates"))) == 5
    assert rows(output(capsys, *arguments[:3], "--include", "organization=ostland")) == [
        ["", "fisheries"],
        ["Ostland", "1"],
    ]


def test_no_qualifier(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`none` takes none; where a file has no agreement, it is not needed to ignore it."""
    whole = output(capsys, "onemode", "--statements", table)
    assert output(capsys, "onemode", "--statements", table, "--qualifier", "none") == whole
    table.write_text("organization,concept\nA,x\nB,x\n", encoding="utf-8")
    assert rows(output(capsys, "onemode", "--statements", table)) == [
        ["", "A", "B"],
        ["A", "0", "1"],
        ["B", "1", "0"],
    ]
    message = failure(capsys, "onemode", "--statements", table, "--aggregation", "conflict")
    assert message == "conflict needs a qualifier; name one, or choose ignore"


def test_dna_files(tmp_path: Path, table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A `.dna` file gives what a table of the same statements does, and any of its types of statement."""
    path = tmp_path / "coded.dna"
    write_dna(path)
    arguments = ("--aggregation", "congruence", "--normalization", "jaccard")
    one, other = (output(capsys, "onemode", "--statements", source, *arguments) for source in (path, table))
    assert one == other
    listed = rows(output(capsys, "eventlist", "--statements", path, "--statement-type", "Annotation"))
    assert [dict(zip(listed[0], row, strict=True))["note"] for row in listed[1:]] == ["look again"]


def test_positions_of_a_graph(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Over a graph actors, issues and stances are the variables, also by their names of hand coding."""
    printed = output(capsys, "twomode", "--store", store, "--aggregation", "subtract", "--concern", "drop")
    assert printed == output(
        capsys,
        *("twomode", "--store", store, "--aggregation", "subtract", "--concern", "drop"),
        *("--variable1", "actor", "--variable2", "concept", "--qualifier", "agreement"),
    )
    assert rows(printed) == [
        ["", "Alliance vision and scope", "Burden sharing", "Climate change"],
        ["Hana Moriyama", "1", "0", "0"],
        ["Japan", "0", "-1", "0"],
        ["Taro Example", "0", "0", "1"],
        ["United States", "0", "-2", "0"],
    ]


def test_filters_of_a_graph(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Actors, issues, stances, voices, documents and confidence choose among positions."""
    listed = rows(output(capsys, "eventlist", "--store", store, "--actor", "Japan"))
    shown = ("actor", "attitude", "stance", "document", "issue")
    assert [[row[listed[0].index(name)] for name in shown] for row in listed[1:]] == [
        ["Japan", "opposes", "0", "Reversal", "Climate change"],
        ["Japan", "opposes", "0", "Reversal", "Burden sharing"],
        ["Japan", "supports", "1", "Allies at Lake Toya: a “quiet” week", "Climate change"],
    ]
    message = failure(capsys, "onemode", "--store", store, "--actor", "Jappan")
    assert message.startswith("no actor 'Jappan' in this store; did you mean Japan")
    message = failure(capsys, "onemode", "--store", store, "--variable1", "actr")
    assert message == "the positions of a graph have no variable 'actr'; did you mean actor?"
    message = failure(capsys, "onemode", "--store", store, "--statement-type", "x")
    assert message == "--statement-type is for .dna files; leave it out, or name one with --statements"


def test_files_by_suffix(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The suffix tells the format."""
    path = tmp_path / "ties.graphml"
    output(capsys, "onemode", "--statements", table, "--aggregation", "congruence", "-o", path)
    assert nx.read_graphml(path).edges["Norden", "Sundria"]["weight"] == 2
    output(capsys, "eventlist", "--statements", table, "-o", tmp_path / "events.json")
    assert len(json.loads((tmp_path / "events.json").read_text(encoding="utf-8"))) == 9


def test_event_list_with_duplicates(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The list has a row for each statement that counts."""
    assert len(rows(output(capsys, "eventlist", "--statements", table))) == 10
    assert len(rows(output(capsys, "eventlist", "--statements", table, "--duplicates", "document"))) == 9


def test_time_series(table: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file for each slice in a folder or under a name, or one dynamic network."""
    folder = tmp_path / "slices"
    folder.mkdir()
    arguments = (
        "onemode",
        "--statements",
        table,
        "--aggregation",
        "congruence",
        "--window",
        "2",
        "--step",
        "2",
    )
    output(capsys, *arguments, "-o", folder)
    output(capsys, *arguments, "--format", "edges", "-o", folder / "ties {slice}.csv")
    assert sorted(path.name for path in folder.iterdir()) == [
        "2019-12-01_2020-01-31.csv",
        "2020-02-01_2020-03-31.csv",
        "ties 2019-12-01_2020-01-31.csv",
        "ties 2020-02-01_2020-03-31.csv",
    ]
    output(capsys, *arguments, "--kernel", "gaussian", "-o", tmp_path / "moving.gexf")
    assert nx.read_gexf(tmp_path / "moving.gexf").graph["mode"] == "dynamic"
    printed = output(
        capsys, *arguments, "--window-unit", "years", "--format", "json", "--start", "2019-12-30"
    )
    assert [part["start"] for part in json.loads(printed)["slices"]] == ["2019-12-30"]


def test_undated_statements_in_a_time_series(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They are counted, also where a range is given; and left out on request."""
    with table.open("a", encoding="utf-8") as file:
        file.write("Norden,tariffs,1,Bulletin 9,\nSundria,tariffs,1,Bulletin 9,\n")
    arguments = ("onemode", "--statements", table, "--window", "1", "--format", "json", "--start", "2019")
    assert failure(capsys, *arguments) == (
        "2 statements have no date, the first is 10; add dates, or leave such statements out with --undated skip"
    )
    assert json.loads(output(capsys, *arguments, "--undated", "skip"))["slices"]


SERIES = "a time series has a csv file for each slice: name an existing folder, or put {slice} into the name"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["onemode", "--aggregation", "combine"],
            "a one-mode network is not aggregated by combine; choose one of",
        ),
        (
            ["onemode", "--normalization", "activity"],
            "a one-mode network is not normalised by activity; choose one",
        ),
        (
            ["twomode", "--normalization", "jaccard"],
            "a two-mode network is not normalised by jaccard; choose one of",
        ),
        (
            ["onemode", "--exclude", "organization=Nordn"],
            "no statement has organization=Nordn; did you mean Norden?",
        ),
        (
            ["onemode", "--exclude", "organization"],
            "Invalid value for '--exclude': 'organization' is not of the form",
        ),
        (
            ["onemode", "--start", "2031"],
            "no statement is left: --start 2031 took the last 9; widen that filter",
        ),
        (["onemode", "--stop", "soon"], "--stop soon: is no date; give a year, a month or a day"),
        (
            ["onemode", "--kernel", "uniform"],
            "--kernel is of a time series; give the length of its windows with",
        ),
        (
            ["onemode", "--step", "2"],
            "--step is of a time series; give the length of its windows with --window",
        ),
        (
            ["onemode", "--window-unit", "days"],
            "--window-unit is of a time series; give the length of its windows",
        ),
        (["onemode", "--window", "2"], SERIES),
        (["onemode", "--format", "xlsx"], "a workbook is no text; name a file with -o"),
        (
            ["onemode", "-o", "ties.doc"],
            "ties.doc: no format has the suffix '.doc'; choose one of .csv, .json",
        ),
        (
            ["onemode", "-o", "no/ties.csv"],
            "cannot write no/ties.csv: No such file or directory; choose another",
        ),
        (
            ["onemode", "--actor", "Japan"],
            "--actor chooses among the positions of a graph; of a file, use --include",
        ),
        (["onemode", "--statement-type", "x"], "--statement-type is for .dna files; leave it out"),
        (["onemod"], "no network is called 'onemod'; did you mean onemode"),
        (["zzz"], "no network is called 'zzz'; choose one of actors, "),
    ],
)
def test_unusable_arguments(
    arguments: Sequence[str],
    message: str,
    table: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """What does not go together is one line, and nothing is written."""
    monkeypatch.chdir(tmp_path)
    source = ["--statements", str(table)] if len(arguments) > 1 else []
    assert failure(capsys, *arguments, *source).startswith(message)
    assert list(tmp_path.iterdir()) == [table]


def test_missing_variables(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Columns that a table does not have are told with those that it has."""
    message = failure(capsys, "onemode", "--statements", table, "--variable1", "person")
    assert (
        message == f"{table}: has no variable 'person'; there are agreement, concept, document, organization"
    )
    message = failure(capsys, "onemode", "--statements", table, "--qualifier", "agreemnt")
    assert message == f"{table}: has no variable 'agreemnt'; did you mean agreement?"
    table.write_text("organization,concept,agreement\nA,x,1\n", encoding="utf-8")
    message = failure(capsys, "onemode", "--statements", table, "--duplicates", "document")
    assert message.startswith("the statements have no variable 'document'")


def test_missing_kind(capsys: pytest.CaptureFixture[str]) -> None:
    """Without a kind there is nothing to do."""
    assert failure(capsys) == "Missing command."
