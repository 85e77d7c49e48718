"""The event list: one row for each statement, with its variables, document, date, offsets and text."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Final

import numpy as np

from alliancegraph.networks.statements import Ranges, Statements
from alliancegraph.networks.workbook import workbook

FORMATS: Final = ("csv", "json", "xlsx")
_MIDNIGHT: Final = "T00:00:00"


def columns(statements: Statements) -> list[str]:
    """The names of the columns: id and date, the variables by name, and where the statement is.

    Start and stop are of its first passage; where statements may have several, `passages` has them all.
    """
    several = ["passages"] if statements.passages is not None else []
    return ["id", "date", *sorted(statements.columns), "start", "stop", *several, "text", "confidence"]


def event_rows(statements: Statements) -> Iterator[list[str | int | float | None]]:
    """The rows under `columns`, in the order of the statements; what is not known is empty. Passages are `12-33 50-73`."""
    values = [statements.columns[name].values for name in sorted(statements.columns)]
    for row, id_ in enumerate(statements.ids):
        start, stop = int(statements.starts[row]), int(statements.ends[row])
        yield [
            id_,
            date_text(statements.dates[row]),
            *(column[row] for column in values),
            start if start >= 0 else None,
            stop if stop >= 0 else None,
            *([ranges_text(statements.ranges(row))] if statements.passages is not None else []),
            statements.texts[row],
            float(statements.confidences[row]),
        ]


def ranges_text(ranges: Ranges) -> str:
    """Passages as `12-33 50-73`."""
    return " ".join(f"{start}-{end}" for start, end in ranges)


def date_text(date: np.datetime64) -> str:
    """A day, with its time where that is not midnight; empty for none."""
    return "" if np.isnat(date) else str(date).removesuffix(_MIDNIGHT)


def event_list(statements: Statements, format_: str) -> bytes:
    """The event list as CSV (RFC 4180, UTF-8), as a JSON array of objects, or as a workbook."""
    names = columns(statements)
    if format_ == "xlsx":
        return workbook({"statements": (names, event_rows(statements))})
    if format_ == "json":
        objects = [dict(zip(names, row, strict=True)) for row in event_rows(statements)]
        return (json.dumps(objects, ensure_ascii=False, indent=1) + "\n").encode()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(names)
    writer.writerows([*row[:-1], f"{row[-1]:g}"] for row in event_rows(statements))
    return out.getvalue().encode()
