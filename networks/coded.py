"""Hand-coded statements from a table: CSV as any program writes it, or the event list that DNA exports."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from alliancegraph.extract.formats_lines import LONGEST, Lines
from alliancegraph.networks.dates import span
from alliancegraph.networks.statements import Column, Ranges, Statements
from alliancegraph.ontology.errors import ReadingError, StatementsError

_DELIMITERS: Final = ",;\t|"
_FIELDS: Final = {
    "id": ("id", "statement_id"),
    "date": ("date", "time", "datetime"),
    "text": ("text", "quote"),
    "start": ("start", "start_position"),
    "end": ("stop", "end", "stop_position"),
    "confidence": ("confidence",),
    "passages": ("passages",),
}
"""What a column of that name holds, whatever its capitals; any other column is a variable."""
_RANGE: Final = re.compile(r"(\d+)-(\d+)")
_VARIABLES: Final = {
    "document": ("document", "doc", "document_id"),
    "organization": ("organization", "organisation"),
}


def read_coded(path: Path) -> Statements:
    """The statements of a table with a row of column names; raise `StatementsError` for what cannot be understood.

    Columns called id, date (or time), text (or quote), start, stop (or end), passages (`12-33 50-73`, where a statement may
    have several) and confidence are what they say; each other
    column is a variable, `doc` and `document_id` the document. The separator is a comma, semicolon, tab or bar, the
    encoding any common one.
    """
    try:
        with path.open("rb") as stream, Lines(stream, str(path)) as lines:
            header, rows = _table(lines, path)
    except ReadingError as error:
        raise StatementsError(str(error), path=str(path)) from error
    except OSError as error:
        message = f"{path}: cannot be read ({error.strerror or error}); check the path and its permissions"
        raise StatementsError(message, path=str(path)) from error
    if not rows:
        raise StatementsError(f"{path}: has no statements under its column names", path=str(path))
    return _statements(header, rows, path)


def _table(lines: Lines, path: Path) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The column names, and each row with its line."""
    csv.field_size_limit(LONGEST)
    first = next((line for line in lines if line.strip() and not line.startswith("sep=")), "")
    outside = "".join(first.split('"')[::2])
    delimiter = max(_DELIMITERS, key=outside.count)
    try:
        header = [cell.strip() for cell in next(csv.reader([first.strip("\r\n")], delimiter=delimiter), [])]
        _check_header(header, path)
        return header, list(_rows(lines, delimiter, len(header), path))
    except csv.Error as error:
        message = f"{path}: near line {lines.number} is no table ({error}); save it again as CSV"
        raise StatementsError(message, path=str(path), line=lines.number) from error


def _check_header(header: Sequence[str], path: Path) -> None:
    if not any(header):
        raise StatementsError(
            f"{path}: is empty; give statements under a row of column names", path=str(path)
        )
    twice = sorted({name for name in header if name and header.count(name) > 1})
    if twice:
        raise StatementsError(f"{path}: has two columns {twice[0]!r}; rename one of them", path=str(path))
    if not any(_field(name) is None for name in header if name):
        message = f"{path}: has no variable among its columns {', '.join(header)}; add who says what"
        raise StatementsError(message, path=str(path))


def _rows(lines: Lines, delimiter: str, width: int, path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    start = lines.number + 1
    for cells in reader:
        if len(cells) == width:
            yield start, cells
        elif any(cell.strip() for cell in cells):
            what = f"has {len(cells)} columns and not {width}; put text that holds the separator in quotation marks"
            raise StatementsError(f"{path}: line {start} {what}", path=str(path), line=start)
        start = lines.number + 1


def _field(name: str) -> str | None:
    return next((field for field, names in _FIELDS.items() if name.casefold() in names), None)


def _statements(header: Sequence[str], rows: Sequence[tuple[int, list[str]]], path: Path) -> Statements:
    fields: dict[str, int] = {}
    variables: dict[str, int] = {}
    for position, name in enumerate(header):
        field = _field(name)
        if field is not None:
            fields.setdefault(field, position)
        elif name:
            usual = next((own for own, names in _VARIABLES.items() if name.casefold() in names), name)
            variables[usual if usual not in variables else name] = position
    cells = [row for _, row in rows]

    def numbers(field: str) -> NDArray[np.float64] | NDArray[np.int64] | None:
        return _numbers(rows, fields[field], path, _KINDS[field]) if field in fields else None

    dates, starts, ends, confidences = (numbers(field) for field in ("date", "start", "end", "confidence"))
    return Statements.of(
        {name: Column.of([row[place].strip() for row in cells]) for name, place in variables.items()},
        ids=[row[fields["id"]].strip() or str(n) for n, row in enumerate(cells, 1)]
        if "id" in fields
        else None,
        dates=None if dates is None else dates.astype(np.int64).view("datetime64[s]"),
        starts=None if starts is None else starts.astype(np.int64),
        ends=None if ends is None else ends.astype(np.int64),
        texts=[row[fields["text"]] for row in cells] if "text" in fields else None,
        confidences=None if confidences is None else confidences.astype(np.float64),
        passages=_passages(rows, fields["passages"], path) if "passages" in fields else None,
    )


def _passages(rows: Sequence[tuple[int, list[str]]], place: int, path: Path) -> list[Ranges]:
    found: list[Ranges] = []
    for line, row in rows:
        ranges = [_RANGE.fullmatch(part) for part in row[place].split()]
        known = tuple((int(part[1]), int(part[2])) for part in ranges if part is not None)
        if len(known) < len(ranges) or any(start >= end for start, end in known):
            what = (
                f"line {line} has the passages {row[place]!r}; write them as 12-33 50-73, or leave it empty"
            )
            raise StatementsError(f"{path}: {what}", path=str(path), line=line)
        found.append(known)
    return found


def _numbers(
    rows: Sequence[tuple[int, list[str]]], place: int, path: Path, kind: _Kind
) -> NDArray[np.float64] | NDArray[np.int64]:
    """The numbers of a column, the kind's own for an empty cell; raise `StatementsError` for what is no such number."""
    found = []
    for line, row in rows:
        given = row[place].strip()
        number = kind.read(given) if given else kind.missing
        if number is None:
            what = f"line {line} has the {kind.name} {given!r}; write {kind.example}, or leave it empty"
            raise StatementsError(f"{path}: {what}", path=str(path), line=line)
        found.append(number)
    return np.array(found)


@dataclass(frozen=True, slots=True)
class _Kind:
    """How the cells of a column are read as numbers."""

    name: str
    example: str
    missing: float
    read: Callable[[str], float | None]


def _second(cell: str) -> int | None:
    found = span(cell)
    return found[0] if found else None


def _offset(cell: str) -> int | None:
    return int(cell) if cell.isdecimal() else None


def _confidence(cell: str) -> float | None:
    try:
        return float(cell) if 0 <= float(cell) <= 1 else None
    except ValueError:
        return None


_KINDS: Final = {
    "date": _Kind("date", "it as 2008-03-14", np.iinfo(np.int64).min, _second),
    "start": _Kind("offset", "a number of characters", -1, _offset),
    "end": _Kind("offset", "a number of characters", -1, _offset),
    "confidence": _Kind("confidence", "a number from 0 to 1", 1.0, _confidence),
}
