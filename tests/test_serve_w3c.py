"""The W3C suites for SPARQL 1.1 through a started server: the endpoint loses no test that the engine passes in process."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import Server, serving

SUITES = Path(__file__).resolve().parents[2] / "shared" / "outside" / "w3c"
RAM = Path("/dev/shm")
FAILING = {
    "aggregates/manifest#agg-empty-group-count-graph",
    "aggregates/manifest#agg-groupconcat-04",
    "aggregates/manifest#agg-groupconcat-06",
    "bindings/manifest#graph",
    "csv-tsv-res/manifest#tsv03",
    "functions/manifest#bnode01",
    "negation/manifest#graph-minus",
    "property-path/manifest#zero_or_more_set_end",
    "property-path/manifest#zero_or_more_set_start",
    "property-path/manifest#zero_or_one_set_end",
    "property-path/manifest#zero_or_one_set_start",
}
"""Failed by the engine in process as well; refused SERVICE and LOAD cost no test."""
PASSED = {
    "CSVResultFormatTest": 3,
    "NegativeSyntaxTest11": 48,
    "NegativeUpdateSyntaxTest11": 13,
    "PositiveSyntaxTest11": 66,
    "PositiveUpdateSyntaxTest11": 42,
    "QueryEvaluationTest": 222,
    "UpdateEvaluationTest": 94,
}

pytestmark = pytest.mark.skipif(not SUITES.is_dir(), reason=f"the W3C suites are not at {SUITES}")


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """A folder in memory where the system has one: a thousand snapshots on a disk are a thousand times waiting for it."""
    path = Path(tempfile.mkdtemp(dir=RAM if os.access(RAM, os.W_OK) else None))
    try:
        yield path
    finally:
        shutil.rmtree(path)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """A writable server over an empty store, with a plain dataset as the suites want it."""
    with (
        _folder() as path,
        serving(path / "store", "--writable", "--default-graph", "unnamed", "--workers", "1") as running,
    ):
        yield running


def run(server: Server, *arguments: str) -> str:
    """What the suites' runner prints about the server."""
    url = f"{server.address}sparql"
    command = [
        sys.executable,
        str(SUITES / "runner.py"),
        "http",
        *arguments,
        "--query-url",
        url,
        "--update-url",
        url,
    ]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    return done.stdout


def test_protocol(server: Server) -> None:
    """All 34 tests of the protocol pass, for queries and for updates."""
    assert run(server, "protocol", "-v") == "http protocol {'pass': 34}\n"


def test_query_and_update(server: Server, tmp_path: Path) -> None:
    """488 of 499 tests pass, and those that fail are the engine's own, each known by name."""
    out = tmp_path / "results.json"
    run(server, "sparql11", "--out", str(out))
    results: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))["sparql11"]
    failed = {re.sub(r".*/data-sparql11/", "", name) for name, *_ in results["fails"]}
    assert failed == FAILING
    counts = {kind: passed for kind, (passed, _, _) in results["table"].items() if passed}
    assert counts == PASSED
    assert sum(counts.values()) == 488
