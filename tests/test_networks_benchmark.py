"""The benchmark of networks: what it compares and measures with."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from bench_scripts import bench_script

from alliancegraph.networks.matrices import one_mode
from alliancegraph.networks.polarisation import polarisation


def test_loops_give_the_same_network() -> None:
    """The plain loops are congruence with average activity."""
    bench = bench_script("networks")
    statements = bench.drawn(500, 20, 7)
    made = one_mode(statements, *bench.VARIABLES, "congruence", "average", isolates=True)
    assert np.abs(made.values.toarray() - np.array(bench.looped(statements))).max() == 0


def test_a_size_is_measured_in_its_own_process() -> None:
    """Seconds, megabytes and pairs; of few actors on many statements all pairs agree."""
    seconds, peak, pairs = bench_script("networks").measured(5_000, 10, "jaccard")
    assert seconds > 0
    assert peak > 1
    assert pairs == 45


def test_published_networks_are_compared() -> None:
    """All networks of the published sample are equal."""
    bench = bench_script("networks")
    if not bench.SAMPLE.exists():
        pytest.skip(f"{bench.SAMPLE} is not here")
    equal, count, largest = bench.compared(bench.SAMPLE)
    assert (equal, count, largest < 1e-9) == (60, 60, True)


def test_quick(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """All parts print what they found, with few statements."""
    assert bench_script("networks").main(["--quick", "--expected", str(tmp_path / "none")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == f"published networks: not compared, since {tmp_path / 'none'} is not here"
    assert lines[1].split() == ["statements", "actors", "normalisation", "CPU", "s", "peak", "MB", "pairs", "µs", "a", "pair"]  # fmt: skip
    assert [line.split()[:3] for line in lines[2:9]] == [
        ["1,000", "625", "average"],
        ["2,000", "1,250", "average"],
        ["4,000", "2,500", "average"],
        ["8,000", "5,000", "average"],
        ["8,000", "5,000", "no"],
        ["8,000", "5,000", "cosine"],
        ["8,000", "5,000", "jaccard"],
    ]
    assert lines[9].startswith("time for each pair, largest size over smallest: ")
    assert lines[10].startswith("1,000 statements, 40 actors: loops ")
    assert lines[10].endswith("largest difference 0.0e+00")
    assert lines[11] == "400 statements by 20 actors on 8 issues, 5 samples, 50 steps:"
    assert [line[:20].strip() for line in lines[12:]] == [
        *("measures of nodes", "communities", "their stability", "bridges", "polarisation", "its years"),
        *("salience", "shifts", "diffusion", "disparity filter", "nested backbone", "backbone at 3.5"),
    ]


def test_drawn_debates_have_two_camps() -> None:
    """Who is even and who is odd mostly differ, so that there is something to find."""
    bench = bench_script("networks")
    said = bench.dated(2_000, 10, 4)
    found = polarisation(said, *bench.VARIABLES)
    assert found.alignment > 0.3
    assert {tuple(int(name[-1]) % 2 for name in found.camp(camp)) for camp in (0, 1)} == {(0,) * 5, (1,) * 5}
    assert str(said.dates.max()) < "1980"
