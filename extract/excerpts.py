"""Passages of a text in the sentences around them, for a reader: white space folded, the passages marked."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from alliancegraph.extract.matching import Span

AROUND: Final = 300
"""At most so many characters of a sentence are shown before and after its passages."""
_END: Final = re.compile(r"(?P<word>\w*)[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])|\n[^\S\n]*\n\s*")
_SHORT: Final = re.compile(r"[A-Z]\w{0,2}")
"""A word before a full stop that is rather an abbreviation: `Mr`, `Gen`, the S of `U.S.`."""
_GAP: Final = re.compile(r"\s+")
_WORD: Final = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of an excerpt; `marked` if it is a passage, not what stands around it."""

    text: str
    marked: bool = False


Excerpt = tuple[Segment, ...]


def excerpts(text: str, passages: Iterable[Span]) -> list[Excerpt]:
    """The sentences that hold the passages, in the order of the text, each once with all its passages marked."""
    ends = sentence_ends(text)
    found: list[tuple[Span, list[Span]]] = []
    for start, end in sorted({p for p in passages if 0 <= p[0] < p[1] <= len(text)}):
        around = _around(start, end, ends, len(text))
        if found and around[0] < found[-1][0][1]:
            before, inside = found[-1]
            found[-1] = ((before[0], max(before[1], around[1])), [*inside, (start, end)])
        else:
            found.append((around, [(start, end)]))
    return [_excerpt(text, around, inside) for around, inside in found]


def first_mention(text: str, names: Iterable[str]) -> tuple[Span, ...]:
    """The first place at which the text has one of the names as a whole word, the longest one there; empty if nowhere."""
    places = [found.span() for name in names if (found := _name(name).search(text))]
    return tuple(sorted(places, key=lambda place: (place[0], -place[1]))[:1])


def _name(name: str) -> re.Pattern[str]:
    words = r"\s+".join(re.escape(word) for word in name.split())
    return re.compile(rf"(?<!\w){words}(?!\w)")


def sentence_ends(text: str, openers: Collection[str] = ()) -> list[int]:
    """Where sentences are over, with the white space behind them: after `.`, `!` or `?` before a capital, and at blank lines.

    A full stop after a capitalised word of up to three letters ends none: it is rather an abbreviation. Where that has two
    letters or more and one of the `openers` (lower case) follows, it ends one.
    """

    def ends(found: re.Match[str]) -> bool:
        word = found["word"]
        if not (word and _SHORT.fullmatch(word)):
            return True
        after = _WORD.search(text, found.end())
        return len(word) > 1 and after is not None and after[0].lower() in openers

    return [found.end() for found in _END.finditer(text) if ends(found)]


def _around(start: int, end: int, ends: Sequence[int], length: int) -> Span:
    before, after = bisect_right(ends, start), bisect_left(ends, end)
    return (ends[before - 1] if before else 0), (ends[after] if after < len(ends) else length)


def _excerpt(text: str, around: Span, passages: Sequence[Span]) -> Excerpt:
    first, last = around
    segments: list[Segment] = []
    position = first
    for start, end in passages:
        if start > position:
            segments.append(Segment(_GAP.sub(" ", text[position:start])))
        if end > position:
            segments.append(Segment(_GAP.sub(" ", text[max(start, position) : end]), marked=True))
        position = max(position, end)
    segments.append(Segment(_GAP.sub(" ", text[position:last])))
    segments[0] = _shortened(segments[0], at_start=True)
    segments[-1] = _shortened(segments[-1], at_start=False)
    return tuple(segment for segment in segments if segment.text)


def _shortened(segment: Segment, *, at_start: bool) -> Segment:
    """The outer segments of an excerpt: no space at the border, and no more than `AROUND` characters."""
    words = segment.text.lstrip() if at_start else segment.text.rstrip()
    if segment.marked or len(words) <= AROUND:
        return Segment(words, segment.marked)
    if at_start:
        return Segment("… " + words[-AROUND:].partition(" ")[2])
    return Segment(words[:AROUND].rpartition(" ")[0] + " …")
