"""Discourse networks: are they right, how do time and memory grow, and how much quicker are they than plain loops.

usage: python benchmarks/networks.py [--expected FOLDER] [--statements N] [--loops N] [--quick]

In one run it prints

- how many of the published networks in FOLDER (`statements.csv`, `expected.json`) are equal to 1e-9, and the largest
  difference;
- congruence with average activity at four sizes up to N (1,000,000) statements by 5,000 actors on 200 issues, each with
  half the actors of the next, and the largest with the other normalisations: seconds of CPU, peak memory, pairs of actors
  that agree, and microseconds for each of them (wanted: under 60 s and 4 GB, and time that grows no faster than pairs);
- the same network of 20,000 statements beside nested loops over actors, issues and levels (wanted: 20 times as quick);
- how long each figure takes of 20,000 statements by 200 actors on 40 issues over ten years.

--quick does all of it with few statements, to see that it runs; its times mean nothing. Each size runs in a process of its own, on one core, whose time and peak memory are those that the system counts, less what it
takes to draw the statements.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from alliancegraph.networks.backbone import nested, penalised
from alliancegraph.networks.bridges import bridges
from alliancegraph.networks.coded import read_coded
from alliancegraph.networks.communities import communities
from alliancegraph.networks.diffusion import diffusion
from alliancegraph.networks.disparity import significant_ties
from alliancegraph.networks.matrices import Matrix, one_mode, two_mode
from alliancegraph.networks.measures import node_measures
from alliancegraph.networks.polarisation import polarisation
from alliancegraph.networks.polarisation_series import polarisation_series
from alliancegraph.networks.salience import salience
from alliancegraph.networks.selection import Selection, select
from alliancegraph.networks.shifts import shifts
from alliancegraph.networks.spectra import Spectra
from alliancegraph.networks.stability import bootstrap_stability
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.networks.windows import slices

SAMPLE = Path(__file__).resolve().parents[2] / "shared" / "outside" / "dna_sample"
ISSUES = 200
VARIABLES = ("organization", "concept", "agreement")
CLOSE = 1e-9
NOISE = 0.2
MOST_SECONDS, MOST_MEGABYTES, TIMES_AS_QUICK = 60.0, 4096.0, 20.0


def drawn(size: int, actors: int, issues: int) -> Statements:
    """So many statements, each by any actor on any issue, for or against; the same each time."""
    draw = np.random.default_rng(size)

    def column(name: str, count: int) -> Column:
        names = tuple(f"{name} {place:06}" for place in range(count))
        return Column(names, draw.integers(0, count, size).astype(np.int32))

    sides = Column(("0", "1"), draw.integers(0, 2, size).astype(np.int32))
    return Statements.of(
        {"organization": column("actor", actors), "concept": column("issue", issues), "agreement": sides}
    )


# ---------------------------------------------------------------- right


def compared(folder: Path) -> tuple[int, int, float]:
    """How many networks are equal, of how many, and the largest difference of an entry."""
    statements = read_coded(folder / "statements.csv")
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    equal, largest = 0, 0.0
    for key, wanted in expected.items():
        mode, variable1, variable2, aggregation, normalization, duplicates = key.split("|")
        kept = select(statements, Selection(duplicates=duplicates), variable1, variable2, "agreement")
        make = one_mode if mode == "onemode" else two_mode
        made = make(kept, variable1, variable2, "agreement", aggregation, normalization)
        named = [list(made.rows), list(made.columns)] == [wanted["rows"], wanted["columns"]]
        difference = (
            float(np.abs(made.values.toarray() - np.array(wanted["matrix"])).max()) if named else np.inf
        )
        equal, largest = equal + (difference <= CLOSE), max(largest, difference)
    return equal, len(expected), largest


# ---------------------------------------------------------------- time and memory


def measure(size: int, actors: int, normalization: str) -> None:
    """Make one network in this process, and print its seconds, its peak memory and its pairs."""
    statements = drawn(size, actors, ISSUES)
    before = time.process_time()
    made = one_mode(statements, *VARIABLES, "congruence", normalization)
    seconds = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([seconds, peak, made.values.nnz // 2]))


def measured(size: int, actors: int, normalization: str) -> tuple[float, float, int]:
    """The same in a process of its own, on one core."""
    command = [sys.executable, __file__, "--measure", str(size), str(actors), normalization]
    one_core = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=one_core, capture_output=True, text=True, check=True)
    seconds, peak, pairs = json.loads(done.stdout)
    return seconds, peak, pairs


def growth(largest: int) -> bool:
    """Print the table; whether all limits are kept."""
    head = ("statements", "actors", "normalisation", "CPU s", "peak MB", "pairs", "µs a pair")
    print("{:>12}{:>8}{:>15}{:>8}{:>9}{:>13}{:>11}".format(*head))
    sizes = [(largest >> halved, 5_000 >> halved, "average") for halved in (3, 2, 1, 0)]
    costs, kept = [], True
    for size, actors, normalization in (
        *sizes,
        *((largest, 5_000, name) for name in ("no", "cosine", "jaccard")),
    ):
        seconds, peak, pairs = measured(size, actors, normalization)
        cost = seconds / max(pairs, 1) * 1e6
        print(
            f"{size:>12,}{actors:>8,}{normalization:>15}{seconds:>8.2f}{peak:>9.0f}{pairs:>13,}{cost:>11.3f}"
        )
        kept &= seconds < MOST_SECONDS and peak < MOST_MEGABYTES
        if normalization == "average":
            costs.append(cost)
    steady = costs[-1] <= costs[0]
    print(f"time for each pair, largest size over smallest: {costs[-1] / costs[0]:.2f} (wanted: at most 1)")
    return kept and steady


# ---------------------------------------------------------------- beside plain loops


def looped(statements: Statements) -> list[list[float]]:
    """Congruence with average activity, entry by entry as it is defined."""
    who, what, said = (statements.column(name) for name in VARIABLES)
    actors, issues = range(len(who.names)), range(len(what.names))
    count = [[[0, 0] for _ in issues] for _ in actors]
    for a, c, k in zip(who.codes.tolist(), what.codes.tolist(), said.codes.tolist(), strict=True):
        count[a][c][k] += 1
    total = [sum(sum(levels) for levels in row) for row in count]
    network = [[0.0] * len(actors) for _ in actors]
    for a in actors:
        for b in actors:
            if a != b:
                same = 0
                for c in issues:
                    for k in (0, 1):
                        same += count[a][c][k] * count[b][c][k]
                network[a][b] = same / ((total[a] + total[b]) / 2) if total[a] + total[b] else 0.0
    return network


def beside_loops(size: int, actors: int = 400) -> bool:
    """Print both times and their ratio; whether it is high enough and the networks are the same."""
    statements = drawn(size, actors, ISSUES)
    ours = []
    for _ in range(5):
        before = time.process_time()
        made = one_mode(statements, *VARIABLES, "congruence", "average", isolates=True)
        ours.append(time.process_time() - before)
    before = time.process_time()
    loops = looped(statements)
    theirs = time.process_time() - before
    difference = float(np.abs(made.values.toarray() - np.array(loops)).max())
    ratio = theirs / sorted(ours)[2]
    print(
        f"{size:,} statements, {actors} actors: loops {theirs:.2f} s, ours {sorted(ours)[2]:.4f} s (median of 5),"
        f" {ratio:.0f} times as quick (wanted: {TIMES_AS_QUICK:.0f}); largest difference {difference:.1e}"
    )
    return ratio >= TIMES_AS_QUICK and difference <= CLOSE


# ---------------------------------------------------------------- figures


def dated(size: int, actors: int, issues: int) -> Statements:
    """The drawn statements with dates, evenly over ten years, and two camps that mostly keep to their sides."""
    draw = np.random.default_rng(size + 1)
    made = drawn(size, actors, issues)
    who, what = (made.column(name).codes for name in VARIABLES[:2])
    sides = ((who + what) % 2 + (draw.random(size) < NOISE)) % 2
    agreement = Column(("0", "1"), sides.astype(np.int32))
    days = draw.integers(0, 3_650, size).astype("datetime64[D]").astype("datetime64[s]")
    return Statements.of({**made.columns, "agreement": agreement}, dates=days)


def figures(size: int, actors: int, issues: int, samples: int, iterations: int) -> dict[str, float]:
    """Print and return the seconds of CPU that each figure takes."""
    said = dated(size, actors, issues)
    net = one_mode(said, *VARIABLES, "congruence", "average")
    spectra = Spectra(said, *VARIABLES)

    def made(statements: Statements) -> Matrix:
        return one_mode(statements, *VARIABLES, "congruence", "average")

    runs: dict[str, Callable[[], object]] = {
        "measures of nodes": lambda: node_measures(net),
        "communities": lambda: communities(net),
        "their stability": lambda: bootstrap_stability(said, made, communities(net), runs=samples),
        "bridges": lambda: bridges(net, communities(net)),
        "polarisation": lambda: polarisation(said, *VARIABLES),
        "its years": lambda: list(polarisation_series(slices(said, 1, "years"), *VARIABLES, samples=samples)),
        "salience": lambda: salience(said, *VARIABLES),
        "shifts": lambda: shifts(said, *VARIABLES),
        "diffusion": lambda: diffusion(said, *VARIABLES[:2]),
        "disparity filter": lambda: significant_ties(net),
        "nested backbone": lambda: nested(spectra),
        "backbone at 3.5": lambda: penalised(spectra, 3.5, iterations=iterations),
    }
    print(
        f"{size:,} statements by {actors} actors on {issues} issues, {samples} samples, {iterations:,} steps:"
    )
    seconds = {}
    for name, run in runs.items():
        before = time.process_time()
        run()
        seconds[name] = time.process_time() - before
        print(f"{name:>20}{seconds[name]:>8.2f} s")
    return seconds


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all parts; 1 where a limit is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--expected", type=Path, default=SAMPLE)
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--loops", type=int, default=20_000)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.measure:
        measure(int(given.measure[0]), int(given.measure[1]), given.measure[2])
        return 0
    right = True
    if given.expected.exists():
        equal, count, largest = compared(given.expected)
        right = equal == count
        print(f"published networks: {equal} of {count} equal to {CLOSE:g}; largest difference {largest:.1e}")
    else:
        print(f"published networks: not compared, since {given.expected} is not here")
    if given.quick:
        growth(8_000)
        beside_loops(1_000, 40)
        figures(400, 20, 8, 5, 50)
        return 0 if right else 1
    kept = growth(given.statements)
    quick = beside_loops(given.loops)
    figures(20_000, 200, 40, 100, 10_000)
    return 0 if right and kept and quick else 1


if __name__ == "__main__":
    sys.exit(main())
