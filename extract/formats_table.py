"""CSV and TSV tables: one row for each document, under a row of column names."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from typing import IO, Final

from alliancegraph.extract.formats import Extracted, Hints
from alliancegraph.extract.formats_lines import LONGEST, Lines
from alliancegraph.extract.formats_records import Row, documents
from alliancegraph.ontology.errors import BadRow, NotText, ReadingError

_DELIMITERS: Final = ",;\t|"


def several(stream: IO[bytes], name: str, hints: Hints) -> Iterator[Extracted | ReadingError]:
    """The documents of a table; raises NotText for a file that holds none."""
    with Lines(stream, name, hints.encoding) as lines:
        yield from documents(_rows(lines), name, hints.columns)


def _rows(lines: Lines) -> Iterator[Row | BadRow]:
    csv.field_size_limit(LONGEST)
    first = next((line for line in lines if line.strip()), "")
    delimiter = _delimiter(first)
    try:
        header = [cell.strip() for cell in next(csv.reader([first.strip("\r\n")], delimiter=delimiter), [])]
    except csv.Error as error:
        raise NotText(
            f"{lines.name}: is no table ({error}); save it again as CSV", source=lines.name
        ) from error
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = lines.number + 1
        try:
            cells = next(reader, None)
            if cells is None:
                return
            if cells:
                yield _row(start, cells, header, lines)
        except csv.Error as error:
            yield _unquoted(start, header, delimiter, lines) or lines.bad(start, _reason(error))
        except BadRow as error:
            yield error


def _delimiter(header: str) -> str:
    """What stands between the column names: the most frequent of the usual signs outside quotation marks."""
    outside = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _row(start: int, cells: Sequence[str], header: Sequence[str], lines: Lines) -> Row:
    if len(cells) != len(header):
        message = f"has {len(cells)} columns and not {len(header)}; put text that holds the separator in quotation marks"
        raise lines.bad(start, message)
    values: dict[str, object] = {}
    for column, cell in zip(header, cells, strict=True):
        values.setdefault(column, cell)
    return Row(start, values)


def _unquoted(start: int, header: Sequence[str], delimiter: str, lines: Lines) -> Row | None:
    """A line of a table with tabs, whose quotation marks are those of the text."""
    cells = lines.last.rstrip("\r\n").split(delimiter)
    if delimiter != "\t" or len(cells) != len(header) or start != lines.number:
        return None
    return _row(start, cells, header, lines)


def _reason(error: csv.Error) -> str:
    if "unexpected end" in str(error):
        return "begins a row whose quotation marks are never closed; close them"
    return f"is no row of a table ({error}); write quotation marks inside a text twice"
