"""Agreement of pairs with the statements behind it: exactly those, and the sums of the networks."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import networkx as nx
import pytest
from factories import sample_extraction, second_extraction

from alliancegraph.cli import main
from alliancegraph.graph.store import Store
from alliancegraph.networks.agreement_files import agreements_csv, agreements_json
from alliancegraph.networks.agreements import agreements
from alliancegraph.networks.matrices import one_mode
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.ontology.errors import UsageError

# who, on what, how: Ann and Ben share x (2 × 1 in agreement, 1 × 1 against) and y (1 × 2 against)
ROWS = [
    ("ann", "x", "1"), ("ann", "x", "1"), ("ben", "x", "1"), ("ann", "x", "0"), ("ann", "y", "0"), ("ben", "y", "1"),
    ("ben", "y", "1"), ("cid", "z", "1"), ("dan", "x", ""), ("dan", "", "1"),
]  # fmt: skip


def table(rows: list[tuple[str, str, str]] = ROWS) -> Statements:
    """The statements, in a document each."""
    names = ("actor", "issue", "stance")
    columns = {name: Column.of([row[place] for row in rows]) for place, name in enumerate(names)}
    columns["document"] = Column.of([f"d{number}" for number in range(len(rows))])
    return Statements.of(columns, texts=[f"says {number}" for number in range(len(rows))])


def test_by_hand() -> None:
    """One pair, with what they share and the statements of each."""
    (pair,) = agreements(table(), "actor", "issue", "stance")
    assert (pair.one, pair.other, pair.congruence, pair.conflict) == ("ann", "ben", 2, 3)
    assert [(s.value, s.congruence, s.conflict, s.one, s.other) for s in pair.shared] == [
        ("x", 2, 1, (0, 1, 3), (2,)),
        ("y", 0, 2, (4,), (5, 6)),
    ]


def test_without_a_qualifier_all_that_is_shared_agrees() -> None:
    """What only names the issue counts then."""
    found = agreements(table(), "actor", "issue", None)
    assert [(pair.one, pair.other, pair.congruence, pair.conflict) for pair in found] == [
        ("ann", "ben", 5, 0),
        ("ann", "dan", 3, 0),
        ("ben", "dan", 1, 0),
    ]


def test_numbers_agree_by_degrees() -> None:
    """On a scale of numbers two levels agree by their distance, as in the networks."""
    statements = table([("ann", "x", "-2"), ("ben", "x", "1"), ("cid", "x", "2")])
    found = {(pair.one, pair.other): pair for pair in agreements(statements, "actor", "issue", "stance")}
    assert {names: (pair.congruence, pair.conflict) for names, pair in found.items()} == {
        ("ann", "ben"): (0.25, 0.75),
        ("ann", "cid"): (0, 1),
        ("ben", "cid"): (0.75, 0.25),
    }
    for kind in ("congruence", "conflict"):
        made = one_mode(statements, "actor", "issue", "stance", kind).values.toarray()
        assert [made[0, 1], made[0, 2], made[1, 2]] == [getattr(pair, kind) for pair in found.values()]


def test_variables_must_differ() -> None:
    """Two of the same are refused, and nothing at all gives no pair."""
    with pytest.raises(UsageError, match="must be three different ones"):
        agreements(table(), "actor", "actor", "stance")
    assert agreements(table([("ann", "", "1")]), "actor", "issue", "stance") == []


def test_json() -> None:
    """Pairs name statements, which are told once each."""
    statements = table()
    made = json.loads(
        agreements_json(
            agreements(statements, "actor", "issue", "stance"), statements, "actor", "issue", "stance"
        )
    )
    assert made["pairs"] == [
        {
            "source": "ann",
            "target": "ben",
            "congruence": 2,
            "conflict": 3,
            "shared": [
                {"issue": "x", "congruence": 2, "conflict": 1, "source_statements": ["1", "2", "4"], "target_statements": ["3"]},
                {"issue": "y", "congruence": 0, "conflict": 2, "source_statements": ["5"], "target_statements": ["6", "7"]},
            ],
        }
    ]  # fmt: skip
    assert list(made["statements"]) == ["1", "2", "3", "4", "5", "6", "7"]
    assert made["statements"]["5"] == {
        "issue": "y", "stance": "0", "document": "d4", "quote": "says 4", "confidence": 1.0,
    }  # fmt: skip


def test_edge_list() -> None:
    """A row for each statement of each end."""
    statements = table()
    data = agreements_csv(agreements(statements, "actor", "issue", "stance"), statements, "stance")
    rows = list(csv.DictReader(io.StringIO(data.decode())))
    assert [(r["shared"], r["holder"], r["qualifier"], r["statement"], r["text"]) for r in rows] == [
        ("x", "ann", "1", "1", "says 0"),
        ("x", "ann", "1", "2", "says 1"),
        ("x", "ann", "0", "4", "says 3"),
        ("x", "ben", "1", "3", "says 2"),
        ("y", "ann", "0", "5", "says 4"),
        ("y", "ben", "1", "6", "says 5"),
        ("y", "ben", "1", "7", "says 6"),
    ]
    assert {(r["source"], r["target"], r["congruence"], r["conflict"]) for r in rows} == {
        ("ann", "ben", "2", "3")
    }


# ---------------------------------------------------------------- the commands


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Both sample documents on disk."""
    folder = tmp_path_factory.mktemp("agreements") / "store"
    with Store.open(folder) as store:
        store.replace(sample_extraction())
        store.replace(second_extraction())
    return str(folder)


def test_congruence(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Weights are divided by what both say on average: Japan says 3 things, the United States 3, Taro 1."""
    assert main(["network", "congruence", "--store", place, "--format", "edges"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "source,target,weight",
        "Japan,Taro Example,0.5",
        f"Japan,United States,{3 / 3:g}",
    ]


def test_conflict_and_agreement(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Conflict counts opposite sides, agreement takes it from congruence."""
    plain = ["--store", place, "--normalization", "no", "--format", "edges"]
    assert main(["network", "conflict", *plain]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "Japan,Taro Example,1", "Japan,United States,1", "Taro Example,United States,1",
    ]  # fmt: skip
    assert main(["network", "agreement", *plain]) == 0
    assert capsys.readouterr().out.splitlines()[1:] == [
        "Japan,United States,2",
        "Taro Example,United States,-1",
    ]


def test_evidence(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The edges of a network with their passages: as a list, as JSON, and for Gephi."""
    command = ["network", "conflict", "--store", place, "--normalization", "no", "--evidence"]
    assert main([*command, "-o", str(tmp_path / "conflict.csv")]) == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "conflict.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 11  # Japan and Taro 3; Japan and America 3 on each of two issues; Taro and America 2
    several = next(row for row in rows if "[…]" in row["text"])
    assert [several[name] for name in ("passages", "start", "end")] == ["171-206 179-206", "171", "206"]
    assert rows[-1]["text"] == "Washington warned Beijing that its coal plants were a danger to the climate"
    assert main([*command, "--format", "json", "-o", str(tmp_path / "conflict.json")]) == 0
    made = json.loads((tmp_path / "conflict.json").read_text(encoding="utf-8"))
    assert [(pair["source"], pair["target"], pair["weight"]) for pair in made["pairs"]] == [
        ("Japan", "Taro Example", 1), ("Japan", "United States", 1), ("Taro Example", "United States", 1),
    ]  # fmt: skip
    assert main([*command, "-o", str(tmp_path / "conflict.graphml")]) == 0
    network = nx.read_graphml(tmp_path / "conflict.graphml")
    assert network.edges["Japan", "Taro Example"]["quotes"] == (
        "Japan rejects the climate pact | hosted"
        " | We will halve our emissions by 2050 […] halve our emissions by 2050"
    )
    assert network.edges["Japan", "Taro Example"]["congruence"] == 1.0
    capsys.readouterr()
    assert main([*command, "--format", "dl"]) == 2
    assert "evidence is written as edges, json, graphml or gexf, not dl" in capsys.readouterr().err


def test_plot(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One command draws the network; other files than pictures are refused before anything is read."""
    for name in ("congruence", "conflict", "agreement"):
        assert main(["network", name, "--store", place, "--plot", str(tmp_path / f"{name}.svg")]) == 0
        assert (tmp_path / f"{name}.svg").read_text(encoding="utf-8").startswith("<?xml")
        assert capsys.readouterr().out == ""
    assert main(["network", "congruence", "--store", place, "--plot", str(tmp_path / "picture.gif")]) == 2
    assert "a picture is written as .svg or .png" in capsys.readouterr().err
