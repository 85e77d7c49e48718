"""Agreement and disagreement with the statements behind them, as JSON and as an edge list."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Final

from alliancegraph.networks.agreements import Agreement, Shared, passage
from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.matrix_files import entries, number
from alliancegraph.networks.statements import Statements

COLUMNS: Final = (
    *(
        "source",
        "target",
        "weight",
        "congruence",
        "conflict",
        "shared",
        "shared_congruence",
        "shared_conflict",
    ),
    *(
        "holder",
        "qualifier",
        "statement",
        "document",
        "date",
        "start",
        "end",
        "passages",
        "confidence",
        "text",
    ),
)
"""An edge and what it rests on: a row for each statement of each end on each thing that both refer to."""


def agreements_json(
    found: Sequence[Agreement],
    statements: Statements,
    variable1: str,
    variable2: str,
    qualifier: str | None,
    weights: Mapping[tuple[str, str], float] | None = None,
) -> bytes:
    """One JSON object: `pairs`, each with what it shares and the ids of the statements, and the `statements` by id.

    Where an id stands for several rows, such as two affiliations, the first is told. `weights` are those of the network.
    """
    places: dict[str, int] = {}
    for pair in found:
        for shared in pair.shared:
            for place in (*shared.one, *shared.other):
                places.setdefault(statements.ids[place], place)
    made = {
        "variable1": variable1,
        "variable2": variable2,
        "qualifier": qualifier,
        "pairs": [_pair(pair, statements, variable2, weights) for pair in found],
        "statements": {id_: _statement(statements, places[id_], variable1) for id_ in sorted(places)},
    }
    return (json.dumps(made, ensure_ascii=False) + "\n").encode()


def weights(matrix: Matrix) -> dict[tuple[str, str], float]:
    """The weight of each pair of a one-mode network."""
    return {(matrix.rows[row], matrix.columns[column]): weight for row, column, weight in entries(matrix)}


def _pair(
    pair: Agreement, statements: Statements, variable2: str, weights: Mapping[tuple[str, str], float] | None
) -> dict[str, object]:
    weight = {} if weights is None else {"weight": number(weights.get((pair.one, pair.other), 0.0))}
    return {
        "source": pair.one,
        "target": pair.other,
        **weight,
        "congruence": number(pair.congruence),
        "conflict": number(pair.conflict),
        "shared": [
            {
                variable2: shared.value,
                "congruence": number(shared.congruence),
                "conflict": number(shared.conflict),
                "source_statements": [statements.ids[place] for place in shared.one],
                "target_statements": [statements.ids[place] for place in shared.other],
            }
            for shared in pair.shared
        ],
    }


def _statement(statements: Statements, place: int, variable1: str) -> dict[str, str | int | float]:
    return {
        name: value
        for name, value in passage(statements, place).items()
        if name not in ("statement", variable1)
    }


def agreements_csv(
    found: Sequence[Agreement],
    statements: Statements,
    qualifier: str | None,
    weights: Mapping[tuple[str, str], float] | None = None,
) -> bytes:
    """CSV (RFC 4180, UTF-8) under `COLUMNS`; `weights` are those of the network."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for pair in found:
        weight = "" if weights is None else number(weights.get((pair.one, pair.other), 0.0))
        edge = (pair.one, pair.other, weight, number(pair.congruence), number(pair.conflict))
        for shared in pair.shared:
            writer.writerows((*edge, *row) for row in _rows(pair, shared, statements, qualifier))
    return out.getvalue().encode()


def _rows(
    pair: Agreement, shared: Shared, statements: Statements, qualifier: str | None
) -> list[tuple[object, ...]]:
    about = (shared.value, number(shared.congruence), number(shared.conflict))
    rows: list[tuple[object, ...]] = []
    for holder, places in ((pair.one, shared.one), (pair.other, shared.other)):
        for place in places:
            told = passage(statements, place)
            side = told.get(qualifier, "") if qualifier is not None else ""
            named = ("statement", "document", "date", "start", "end", "passages", "confidence", "quote")
            rows.append((*about, holder, side, *(told.get(name, "") for name in named)))
    return rows
