"""The benchmark of the endpoint measures what it says: a mix of named queries, answered without errors, beside hostile ones."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from bench_scripts import FOLDER, bench_script
from factories import sample_extraction, second_extraction

from alliancegraph.graph.store import Store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with both sample documents."""
    path = tmp_path_factory.mktemp("measured") / "store"
    with Store.open(path) as opened:
        opened.replace(sample_extraction())
        opened.replace(second_extraction())
    return path


def test_mix(store: Path) -> None:
    """Most of the named queries have rows here, and those with parameters have their values in the text."""
    with Store.open(store, read_only=True) as opened:
        texts = bench_script("endpoint").mix(opened)
    assert {"documents", "actors-by-issue", "positions-of-actor", "co-participation"} <= set(texts)
    assert re.search(
        r"VALUES \?issue \{ <https://w3id.org/alliancegraph/issue/[\w-]+> \}", texts["actors-by-issue"]
    )


def test_run(store: Path) -> None:
    """A short run prints a line for each server, and none of ours has errors."""
    options = ["--seconds", "2", "--clients", "4", "--hostile", "5", "--limit", "2"]
    command = [sys.executable, str(FOLDER / "endpoint.py"), "--store", str(store), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"\d+ quads, \d+ named queries, 4 clients, 2 s", lines[0])
    errors = {line[:32].strip(): int(line.split()[-1]) for line in lines[2:5]}
    assert [name for name in errors if name.startswith("alliancegraph")] == [
        "alliancegraph serve",
        "alliancegraph serve, 5 hostile",
    ]
    assert errors["alliancegraph serve"] == errors["alliancegraph serve, 5 hostile"] == 0
    assert re.match(r"requests a second, ours to the peer's: \d+\.\d\d$", lines[5])
    statuses = {int(status) for status in re.findall(r"(\d{3}):", lines[6])}
    assert {400, 500} <= statuses <= {400, 500, 503, 504, 507}
