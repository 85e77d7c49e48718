"""JSON Lines: one object on each line, each a document."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import IO

from alliancegraph.extract.formats import Extracted, Hints
from alliancegraph.extract.formats_lines import Lines
from alliancegraph.extract.formats_records import Row, documents
from alliancegraph.ontology.errors import BadRow, ReadingError


def several(stream: IO[bytes], name: str, hints: Hints) -> Iterator[Extracted | ReadingError]:
    """The documents of a JSON Lines file; raises NotText for a file that holds none."""
    with Lines(stream, name, hints.encoding) as lines:
        yield from documents(_rows(lines), name, hints.columns)


def _rows(lines: Lines) -> Iterator[Row | BadRow]:
    while True:
        try:
            line = next(lines, None)
            if line is None:
                return
            if line.strip():
                yield _row(line, lines)
        except BadRow as error:
            yield error


def _row(line: str, lines: Lines) -> Row:
    try:
        values = json.loads(line, strict=False)
    except (ValueError, RecursionError) as error:
        reason = getattr(error, "msg", None) or "it is nested too deep"
        raise lines.bad(lines.number, f"is no JSON ({reason}); mend it or take it out") from error
    if not isinstance(values, Mapping):
        raise lines.bad(lines.number, 'is no JSON object; write it as {"text": "…"}')
    return Row(lines.number, values)
