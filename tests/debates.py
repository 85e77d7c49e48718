"""Made-up debates for the tests of networks: statements from short rows, and networks from ties."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.sparse import csr_array

from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.statements import Column, Statements


def debate(rows: Iterable[str]) -> Statements:
    """Statements from rows such as `2020-01-31 ann +tax`: day (or -), actor, and issue after its side (+, - or ~)."""
    parts = [row.split() for row in rows]
    sides = {"+": "1", "-": "0", "~": None}
    return Statements.of(
        {
            "actor": Column.of([actor for _, actor, _ in parts]),
            "issue": Column.of([what[1:] for _, _, what in parts]),
            "stance": Column.of([sides[what[0]] for _, _, what in parts], others=("0", "1")),
            "document": Column.of([f"d{number}" for number in range(1, len(parts) + 1)]),
        },
        dates=np.array([day if day != "-" else "NaT" for day, _, _ in parts], "datetime64[s]"),
        texts=[f"{actor} on {what[1:]}, {number}" for number, (_, actor, what) in enumerate(parts, 1)],
    )


def network(names: str, ties: Iterable[tuple[str, float]]) -> Matrix:
    """A one-mode network of nodes of one letter, from ties such as `("ab", 2.0)`."""
    place = {name: number for number, name in enumerate(names)}
    values = np.zeros((len(names), len(names)))
    for (one, other), weight in ties:
        values[place[one], place[other]] = values[place[other], place[one]] = weight
    return Matrix(tuple(names), tuple(names), csr_array(values), "onemode", "actor", "issue")


TRIANGLES = [("ab", 1.0), ("ac", 1.0), ("bc", 1.0), ("de", 1.0), ("df", 1.0), ("ef", 1.0), ("cd", 1.0)]
"""Two triangles, joined by the tie between c and d."""
