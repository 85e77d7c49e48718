"""Rows of a corpus as documents: which column is which, what each row is called, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final

from alliancegraph.extract.fields import by_field, has_month_first, stated, texts, usual_names
from alliancegraph.extract.formats import Extracted
from alliancegraph.extract.kinds import HTML, TEXT
from alliancegraph.extract.sources import LIMIT
from alliancegraph.ontology.errors import BadRow, NotText, ReadingError

_FRAGMENT: Final = re.compile(
    r"\s*<(?:p|div|article|section|main|header|h[1-6]|figure|ul|ol|blockquote|span|table)\b[^<>]{0,1000}>",
    re.IGNORECASE,
)
_JUDGED: Final = 200
_LISTED: Final = 12
_NAMED: Final = 40
_LONGEST_ID: Final = 300


@dataclass(frozen=True, slots=True)
class Row:
    """The values of a row by column, and the line on which it begins, or its number where rows have no lines."""

    line: int
    values: Mapping[str, object]
    noun: str = "line"


def documents(
    rows: Iterator[Row | BadRow], name: str, chosen: Mapping[str, str]
) -> Iterator[Extracted | ReadingError]:
    """The document of each row, or what is wrong with it; raises NotText where the first row shows that no column fits."""
    head = _head(rows)
    if not head:
        raise NotText(f"{name}: is empty; give a corpus with one article in each row", source=name)
    first = next((row for row in head if isinstance(row, Row)), None)
    if first is not None:
        _check_columns(first, name, chosen)
    dates = (by_field(row.values, chosen).get("date") for row in head if isinstance(row, Row))
    corpus = _Corpus(name, chosen, has_month_first(dates), {})
    for row in chain(head, rows):
        try:
            yield row if isinstance(row, BadRow) else _document(row, corpus)
        except BadRow as error:
            yield error


@dataclass(frozen=True, slots=True)
class _Corpus:
    """What holds for all rows, and on which line each name was given."""

    name: str
    chosen: Mapping[str, str]
    month_first: bool | None
    lines: dict[str, int]


def _head(rows: Iterator[Row | BadRow]) -> list[Row | BadRow]:
    """The first rows, by which the columns are judged."""
    head: list[Row | BadRow] = []
    size = 0
    while len(head) < _JUDGED and size < LIMIT and (row := next(rows, None)) is not None:
        head.append(row)
        size += sum(len(v) for v in row.values.values() if isinstance(v, str)) if isinstance(row, Row) else 0
    return head


def _check_columns(row: Row, name: str, chosen: Mapping[str, str]) -> None:
    there = ", ".join(" ".join(str(column).split())[:_NAMED] for column in [*row.values][:_LISTED])
    for field, column in chosen.items():
        if column.partition(".")[0] not in row.values and column not in row.values:
            message = f"{name}: has no column {column} for the {field}; its columns are: {there}"
            raise NotText(message, source=name)
    if "text" not in chosen and not _has_text_column(row):
        usual = ", ".join(usual_names("text")[:3])
        message = f"{name}: no column is called {usual} or the like; name the one with the articles: --text-column NAME (there are: {there})"
        raise NotText(message, source=name)


def _has_text_column(row: Row) -> bool:
    return "text" in by_field({column: value or " x" for column, value in row.values.items()})


def _document(row: Row, corpus: _Corpus) -> Extracted:
    def bad(what: str) -> BadRow:
        return BadRow(f"{corpus.name}: {row.noun} {row.line} {what}", source=corpus.name, line=row.line)

    values = by_field(row.values, corpus.chosen)
    text = _text(values.get("text"))
    if not text.strip():
        raise bad("has no text; fill it in, or name another column with --text-column")
    if len(text) > LIMIT:
        raise bad(f"holds more than {LIMIT // 1024**2} million characters; split it into its articles")
    key = " ".join(next(texts(values.get("id")), "").split())[:_LONGEST_ID] or str(row.line)
    if key in corpus.lines:
        other = f"{row.noun} {corpus.lines[key]}"
        raise bad(f"has the id {key} of {other}; name a column that tells them apart: --column id=NAME")
    corpus.lines[key] = row.line
    media_type = HTML if _FRAGMENT.match(text) else TEXT
    found = stated(values, month_first=corpus.month_first)
    return Extracted(text, found, leads=True, media_type=media_type, name=key)


def _text(value: object) -> str:
    """A text as it stands; of a list, its paragraphs."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return "\n\n".join(value)
    return ""
