"""The benchmark of networks: what it compares and measures with."""

from __future__ import annotations

import numpy as np
import pytest
from bench_scripts import bench_script

from alliancegraph.networks.matrices import one_mode


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
