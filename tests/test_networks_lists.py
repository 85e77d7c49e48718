"""The networks of a graph as lists, and the same statements and offsets wherever they are listed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from factories import TEXT, sample_extraction, second_extraction

from alliancegraph.cli import main
from alliancegraph.graph.facts import facts
from alliancegraph.graph.network import network
from alliancegraph.graph.store import Store
from alliancegraph.networks.workbook import workbook


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of two documents."""
    path = tmp_path_factory.mktemp("lists") / "store"
    with Store.open(path) as opened:
        opened.replace(sample_extraction())
        opened.replace(second_extraction())
    return path


def printed(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """What a command prints."""
    capsys.readouterr()
    assert main([str(argument) for argument in arguments]) == 0
    return capsys.readouterr().out


def rows(text: str) -> list[dict[str, str]]:
    """The rows of CSV."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_edges(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A row for each edge of the multigraph, with its relation, and with the IRIs of both ends."""
    found = rows(printed(capsys, "network", "statements", "--format", "edges", "--store", place))
    with Store.open(place, read_only=True) as store:
        made = network(store, "statements")
    assert list(found[0]) == [
        "source", "target", "weight", "confidence", "documents", "relation", "role", "source_iri", "target_iri",
    ]  # fmt: skip
    assert [(row["source_iri"], row["target_iri"], row["relation"]) for row in found] == list(
        made.edges(keys=True)
    )
    burden = [row for row in found if row["target"] == "Burden sharing"]
    assert [(row["source"], row["relation"], row["weight"], row["documents"]) for row in burden] == [
        ("Japan", "opposes", "1", "1"),
        ("United States", "opposes", "2", "2"),
    ]
    issues = rows(printed(capsys, "network", "actors-issues", "--format", "csv", "--store", place))
    assert [(row["source"], row["negative"]) for row in issues if row["target"] == "Burden sharing"] == [
        ("Japan", "1"),
        ("United States", "2"),
    ]


def test_statements(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """CSV has the rows of the export that tie two things; JSON has the same statements on their edges."""
    listed = rows(printed(capsys, "network", "statements", "--format", "csv", "--store", place))
    with Store.open(place, read_only=True) as store:
        found = [f for f in facts(store) if f.kind in ("position", "relation") and f.object]
    assert [row["statement_iri"] for row in listed] == [fact.iri for fact in found]
    made = json.loads(printed(capsys, "network", "statements", "--format", "json", "--store", place))
    assert (made["directed"], made["multigraph"]) == (True, True)
    ids = {node["id"] for node in made["nodes"]}
    statements = [statement for edge in made["edges"] for statement in edge["statements"]]
    assert all({edge["source"], edge["target"]} <= ids for edge in made["edges"])
    assert all(edge["weight"] == len(edge["statements"]) for edge in made["edges"])
    assert sorted(statement["iri"] for statement in statements) == sorted(fact.iri for fact in found)
    passages = {fact.iri: [(p.start, p.end) for p in fact.passages] for fact in found}
    for statement in statements:
        assert [(p["start"], p["end"]) for p in statement["passages"]] == passages[statement["iri"]]
    quoted = next(s for s in statements if len(s["passages"]) == 2)
    assert [p["quote"] for p in quoted["passages"]] == [
        TEXT[p["start"] : p["end"]] for p in quoted["passages"]
    ]
    plain = json.loads(printed(capsys, "network", "actors", "--format", "json", "--store", place))
    assert (plain["kind"], plain["directed"], plain["multigraph"]) == ("actors", False, False)
    assert "statements" not in plain["edges"][0]


def test_the_event_list_is_the_export(
    place: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every position of the export is in the event list, with the same characters and words."""
    printed(capsys, "export", tmp_path / "statements.csv", "--store", place)
    exported = {
        row["statement_iri"]: (row["passages"], row["quote"], row["confidence"])
        for row in rows((tmp_path / "statements.csv").read_text(encoding="utf-8"))
        if row["kind"] == "position"
    }
    listed = rows(printed(capsys, "network", "eventlist", "--neutral", "own", "--store", place))
    assert {row["id"]: (row["passages"], row["text"], row["confidence"]) for row in listed} == exported
    for row in listed:
        assert row["passages"].split()[0] == f"{row['start']}-{row['stop']}"


def test_formats_that_there_are_not(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A matrix has no room for relations."""
    assert main(["network", "statements", "--format", "dl", "--store", str(place)]) == 2
    assert "'dl' is not one of 'csv', 'edges', 'json', 'graphml', 'gexf'" in capsys.readouterr().err


def test_texts_that_look_like_formulas(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In workbooks they are texts; CSV has them as they are, since a mark before them would be another name."""
    coded = tmp_path / "coded.csv"
    coded.write_text('organization,concept\n=1+1,+a\n"@x",-b\n', encoding="utf-8")
    printed(capsys, "network", "twomode", "--statements", coded, "-o", tmp_path / "made.xlsx")
    with ZipFile(tmp_path / "made.xlsx") as book:
        sheets = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/")]
        assert not any(b"<f>" in sheet for sheet in sheets)
        assert b"<t>=1+1</t>" in book.read("xl/sharedStrings.xml")
    assert b"<f>" not in workbook({"s": (["=A1"], [["=1", "+1", 2.0]])})
    assert printed(capsys, "network", "twomode", "--statements", coded).splitlines() == [
        ",+a,-b",
        "=1+1,1,0",
        "@x,0,1",
    ]
