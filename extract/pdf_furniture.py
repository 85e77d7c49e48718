"""What stands around the text of a PDF's pages: running heads, feet and page numbers, which repeat at one place."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from alliancegraph.extract.pdf_pages import Page, Piece, on_line

_DIGITS: Final = re.compile(r"\d+")
_NUMBER: Final = re.compile(r"\W*(?:(\d{1,4})|[ivxl]{1,6})\W*")
_MARGIN: Final = 0.14
_ROWS: Final = 4
_NEAR: Final = 4.0


@dataclass(frozen=True, slots=True)
class _Row:
    page: int
    base: float
    pieces: tuple[Piece, ...]
    outermost: bool

    @property
    def key(self) -> str:
        """Its words, every number alike."""
        text = " ".join(p.text for p in self.pieces)
        return "#" if _NUMBER.fullmatch(text) else " ".join(_DIGITS.sub("#", text).casefold().split())


def without_furniture(pages: Sequence[Page]) -> list[Page]:
    """The pages without the rows at their top and bottom that repeat, and without page numbers."""
    rows = [row for number, page in enumerate(pages) for row in _marginal(page, number)]
    gone = {id(piece) for row in (*_repeated(rows), *_numbered(rows)) for piece in row.pieces}
    return [replace(page, pieces=tuple(p for p in page.pieces if id(p) not in gone)) for page in pages]


def _marginal(page: Page, number: int) -> Iterator[_Row]:
    """The outermost rows in the margins at the top and at the bottom."""
    low, high = page.height * _MARGIN, page.height * (1 - _MARGIN)
    shown = [p for p in page.pieces if p.text.strip()]
    for inside, sign in (((p for p in shown if p.base > high), -1), ((p for p in shown if p.base < low), 1)):
        rows: list[list[Piece]] = []
        for piece in sorted(inside, key=lambda p: sign * p.base):
            if rows and on_line(rows[-1][0], piece):
                rows[-1].append(piece)
            else:
                rows.append([piece])
        for place, row in enumerate(rows[:_ROWS]):
            ordered = tuple(sorted(row, key=lambda p: p.left))
            yield _Row(number, row[0].base, ordered, place == 0)


def _repeated(rows: Sequence[_Row]) -> Iterator[_Row]:
    pages: dict[tuple[str, int], set[int]] = defaultdict(set)
    for row in rows:
        for near in (-1, 0, 1):
            pages[row.key, round(row.base / _NEAR) + near].add(row.page)
    yield from (row for row in rows if len(pages[row.key, round(row.base / _NEAR)]) > 1)


def _numbered(rows: Sequence[_Row]) -> Iterator[_Row]:
    """Outermost rows that are a number alone, or that hold one that counts the pages."""
    counted: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        for number in _numbers(row):
            counted[number - row.page].add(row.page)
    for row in rows:
        if row.outermost and (row.key == "#" or any(len(counted[n - row.page]) > 1 for n in _numbers(row))):
            yield row


def _numbers(row: _Row) -> Iterator[int]:
    for piece in (row.pieces[0], row.pieces[-1]):
        match = _NUMBER.fullmatch(piece.text)
        if match and match[1]:
            yield int(match[1])
