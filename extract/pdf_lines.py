"""Lines of a PDF's page in reading order: pieces side by side joined, columns one after the other."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from alliancegraph.extract.pdf_pages import Page, Piece, on_line

RAISED: Final = ("\ue000", "\ue001")
"""What stands around the label of a note where the page shows it raised."""
_LABEL: Final = re.compile(r"(\d{1,3}|\*{1,3}|[†‡§¶]{1,2})")
_SLACK: Final = 3.0
_COLUMN_LINES: Final = 4
_WIDE: Final = 8
"""A piece so many times as wide as its size is the line of a column and no heading or cell."""
_PIECES: Final = 4_000
"""No page of an article has more such pieces."""
_FIRST_COLUMN: Final = 0.25
_CROSSING: Final = 0.2
_CAPITAL: Final = 1.8
_CAPITALS: Final = 8


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its place, size, and the edges of the column that it stands in."""

    left: float
    right: float
    base: float
    size: float
    bold: bool
    text: str
    page: int
    column: int
    edge: float = 0.0
    end: float = 0.0


def lines(page: Page, number: int) -> list[Line]:
    """The lines of a page in reading order; `number` is the page's, `Line.column` counts the columns read."""
    pieces = [p for p in page.pieces if p.text.strip() and 0 <= p.base <= page.height]
    starts = _column_starts(pieces, page.width)
    found: list[Line] = []
    for column, group in enumerate(_columns(pieces, starts)):
        here = list(_joined(group, number, column))
        edge, end = _edges(here)
        found += [replace(line, edge=edge, end=end) for line in here]
    return found


def _column_starts(pieces: Sequence[Piece], width: float) -> list[float]:
    """Where columns after the first begin: many lines start there, others end before it, and few cross."""
    wide = [p for p in pieces if p.right - p.left > _WIDE * p.size]
    left = min((p.left for p in pieces), default=0.0)
    if len(wide) > _PIECES:
        return []
    starts = Counter(round(p.left / 2) for p in wide if p.left - left > width * _FIRST_COLUMN)
    found: list[float] = []
    for place in sorted(starts):
        if starts[place] + starts[place + 1] < _COLUMN_LINES:
            continue
        at = min(p.left for p in wide if round(p.left / 2) in (place, place + 1))
        if (not found or at - found[-1] > width * 0.1) and _divides(pieces, wide, at):
            found.append(at)
    return found


def _divides(pieces: Sequence[Piece], wide: Sequence[Piece], at: float) -> bool:
    right = [p for p in wide if abs(p.left - at) <= _SLACK]
    top, bottom = max(p.base for p in right) + 2, min(p.base for p in right) - 2
    before = sum(p.right < at - 1 and bottom <= p.base <= top for p in wide)
    crossing = sum(p.left < at - _SLACK and p.right > at + _SLACK and bottom <= p.base <= top for p in pieces)
    return min(len(right), before) >= _COLUMN_LINES and crossing <= _CROSSING * len(right)


def _columns(pieces: Sequence[Piece], starts: Sequence[float]) -> Iterator[list[Piece]]:
    """The pieces of each column from top to bottom; what crosses columns ends those above it."""
    if not starts:
        yield list(pieces)
        return
    held: list[list[Piece]] = [[] for _ in range(len(starts) + 1)]
    across: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: (-p.base, p.left)):
        column = bisect_right(starts, piece.left + _SLACK)
        crosses = column < len(starts) and piece.right > starts[column] + _SLACK
        if crosses and any(held):
            yield from filter(None, held)
            held = [[] for _ in held]
        if not crosses and across and not on_line(piece, across[-1]):
            yield across
            across = []
        if crosses or across:
            across.append(piece)
        else:
            held[column].append(piece)
    yield from filter(None, [across, *held])


def _joined(pieces: Sequence[Piece], page: int, column: int) -> Iterator[Line]:
    rows: list[list[Piece]] = []
    capitals: list[Piece] = []
    body = max((p.size for p in pieces if len(p.text) > 3), default=0.0)
    for piece in sorted(pieces, key=lambda p: (-p.base, p.left)):
        is_large = piece.size > _CAPITAL * body > 0 and len(capitals) < _CAPITALS
        if is_large and len(piece.text.strip()) == 1 and piece.text.strip().isupper():
            capitals.append(piece)
        elif rows and any(on_line(piece, other) for other in rows[-1][-4:]):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        large = next((c for c in capitals if _opens(c, row)), None)
        if large:
            capitals.remove(large)
        yield _line(sorted(row, key=lambda p: p.left), large, page, column)


def _opens(capital: Piece, row: Sequence[Piece]) -> bool:
    """Whether a large first letter stands before a line and reaches down from it."""
    return capital.base - 2 <= row[0].base <= capital.base + capital.size and row[0].left >= capital.right - 2


def _line(row: Sequence[Piece], capital: Piece | None, page: int, column: int) -> Line:
    main = max(row, key=lambda p: len(p.text))
    text, right = "", row[0].left
    for piece in row:
        shown = _raised(piece, main)
        if text and not text.endswith(" ") and piece.left - right > 0.15 * main.size:
            text += " "
        text, right = text + shown, piece.right
    left = row[0].left
    if capital:
        text, left = capital.text.strip() + text, capital.left
    bold = all(p.bold for p in row if p.text.strip())
    return Line(left, right, main.base, main.size, bold, " ".join(text.split()), page, column)


def _raised(piece: Piece, main: Piece) -> str:
    label = _LABEL.fullmatch(piece.text.strip())
    if label and piece.size < 0.85 * main.size and piece.base > main.base + 0.1 * main.size:
        return f"{RAISED[0]}{label[1]}{RAISED[1]}"
    return piece.text


def _edges(found: Sequence[Line]) -> tuple[float, float]:
    """The left edge at which most lines start, and the right one that the longest reach."""
    if not found:
        return 0.0, 0.0
    starts = Counter(round(line.left) for line in found)
    most = max(starts.values())
    edge = min(place for place, count in starts.items() if count >= max(2, most * 0.3) or count == most)
    ends = sorted(line.right for line in found)
    return float(edge), ends[min(len(ends) - 1, int(len(ends) * 0.9))]
