"""The CrossNER benchmark reads CoNLL files, maps their types, and counts spans exactly and by overlap."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from alliancegraph.extract.comparison import Count

ROOT = Path(__file__).resolve().parent.parent
TINY = ROOT / "tests" / "data" / "crossner-tiny.txt"


@pytest.fixture(scope="module")
def crossner() -> ModuleType:
    """The script as a module; it is not part of the package."""
    spec = importlib.util.spec_from_file_location("benchmark_crossner", ROOT / "benchmarks" / "crossner.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def entities(crossner: ModuleType, *parts: tuple[int, int, str]) -> list[Any]:
    """Entities from their parts."""
    return [crossner.Entity(*part) for part in parts]


def test_sentences(crossner: ModuleType) -> None:
    """Tokens become running text, tags become spans of coarse types; places are kept as what is left out."""
    first, second = crossner.sentences(TINY.read_text(encoding="utf-8").splitlines())
    assert first.text == (
        "Angela Merkel of the Christian Democratic Union flew from Hamburg to Japan for talks with the United Nations."
    )
    assert [(first.text[e.start : e.end], e.type) for e in first.entities] == [
        ("Angela Merkel", "Person"),
        ("Christian Democratic Union", "Organization"),
        ("Hamburg", ""),
        ("Japan", "State"),
        ("United Nations", "Organization"),
    ]
    assert second.text == "He opposed the Iraq War (2003), France's newspapers wrote."
    assert [(second.text[e.start : e.end], e.type) for e in second.entities] == [
        ("Iraq War", "Event"),
        ("France", "State"),
    ]


def test_exact_and_overlapping(crossner: ModuleType) -> None:
    """A longer span overlaps but is not the same; one of another type is neither; each counts once."""
    gold = entities(crossner, (0, 5, "Person"), (10, 15, "State"), (20, 25, "State"))
    found = entities(
        crossner, (0, 9, "Person"), (10, 15, "State"), (20, 25, "Organization"), (12, 16, "State")
    )
    exact = crossner.counts(gold, found, exactly=True)
    assert (exact["Person"], exact["State"], exact["Organization"], exact["Event"]) == (
        Count(0, 1, 1),
        Count(1, 2, 2),
        Count(0, 1, 0),
        Count(0, 0, 0),
    )
    near = crossner.counts(gold, found, exactly=False)
    assert (near["Person"], near["State"]) == (Count(1, 1, 1), Count(1, 2, 2))


def test_table_of_the_tiny_file(crossner: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """The script runs extraction on each sentence and prints one line for each type."""
    crossner.main([str(TINY)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 sentences"
    assert [line.split()[0] for line in lines[3:]] == [
        "State",
        "Organization",
        "Person",
        "Event",
        "actors",
        "all",
    ]
    assert lines[3] == "State           1.000  1.000  1.000  1.000  1.000  1.000      2      2"
    assert lines[5] == "Person          1.000  1.000  1.000  1.000  1.000  1.000      1      1"


@pytest.mark.parametrize(("name", "reason"), [("none.txt", "No such file"), ("empty.txt", "no sentences")])
def test_unusable_file(
    crossner: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, reason: str
) -> None:
    """A file that is missing or empty is told in one line."""
    (tmp_path / "empty.txt").touch()
    with pytest.raises(SystemExit, match="2"):
        crossner.main([str(tmp_path / name)])
    assert reason in capsys.readouterr().err
