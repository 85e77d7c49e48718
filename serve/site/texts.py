"""A document's text in parts that a page can bear, with every passage marked that supports a statement."""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_CHARACTERS: Final = 30_000
_PASSAGES: Final = 300
"""On one page, of both; only what starts at the very same place can be more."""
_MARKED: Final = 2 * _PASSAGES
"""So many passages are marked in one part, the shortest."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where a statement has a passage, in characters of the text."""

    statement: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text with the statements that all of it supports, the one with the shortest passage first."""

    text: str
    statements: tuple[str, ...]


def cuts(text: str, spans: Sequence[Span]) -> list[int]:
    """Where the parts of a text begin: at the start of a line, as late as the two limits allow."""
    starts = sorted(span.start for span in spans)
    begins, begin = [0], 0
    while True:
        end = min(begin + _CHARACTERS, len(text))
        most = max(bisect_left(starts, begin) + _PASSAGES, bisect_right(starts, begin))
        if most < len(starts):
            end = min(end, starts[most])
        if end >= len(text):
            return begins
        line = text.rfind("\n", begin, end) + 1
        begin = line if line > begin else end
        begins.append(begin)


def part_of(begins: Sequence[int], place: int) -> int:
    """The number of the part, from 1, in which a place of the text is."""
    return max(1, bisect_left(begins, place + 1))


def pieces(text: str, spans: Sequence[Span], start: int, end: int) -> list[Piece]:
    """A part of the text, cut wherever a passage starts or ends in it."""
    inside = [span for span in spans if span.start < end and span.end > start and span.start < span.end]
    inside = sorted(inside, key=lambda span: span.end - span.start)[:_MARKED]
    edges = sorted({start, end, *(max(s.start, start) for s in inside), *(min(s.end, end) for s in inside)})
    opening: dict[int, list[Span]] = {}
    for span in inside:
        opening.setdefault(max(span.start, start), []).append(span)
    found, active = [], list[Span]()
    for left, right in itertools.pairwise(edges):
        active = [span for span in active if span.end > left] + opening.get(left, [])
        ranked = sorted(active, key=lambda span: (span.end - span.start, span.statement))
        found.append(Piece(text[left:right], tuple(dict.fromkeys(span.statement for span in ranked))))
    return found
