"""Plain text and Markdown as passages: lines, with the hard breaks inside paragraphs joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from alliancegraph.extract.hyphens import keeps_hyphen
from alliancegraph.extract.markdown import plain_line
from alliancegraph.extract.offsets import Mapped, joined
from alliancegraph.extract.passages import Passage
from alliancegraph.extract.words import ReadingWords, reading_words

_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_PAGE_BREAKS = "\x0c\u2029"
_HYPHEN = re.compile(r"([^\W\d_]{1,40})[-‐]$")
_HYPHEN_AT = 42
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_SETEXT = "="
_WRAPPED_AT_MOST = 140
_WRAPPED_AT_LEAST = 45
_SHORT_LINE = 60
_PARAGRAPH = 160
_RAGGED = 8
_MOSTLY = 0.6
_SPEAKER = re.compile(r"(?:[A-Z][\w.'’-]{0,30} ){0,5}[A-Z][\w.'’-]{0,30}(?: \([^()]{1,40}\))?: ")
_NOTE_LABEL = re.compile(r"\[\^?\w{1,3}\]|[⁰¹²³⁴-⁹]|[*†‡]\s?[A-Z]")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text was broken into lines: the width (0 where it was not), and the words that it uses.

    `whole` says that each paragraph stands on a line of its own, so that a long line is a title rather than broken off.
    """

    width: int
    words: frozenset[str]
    whole: bool = False


def text_passages(text: str, start: int = 0) -> tuple[Passage, ...]:
    """The passages of a plain text or Markdown source from `start` on."""
    lines = tuple(_setext(_lines(text, start)))
    return tuple(joined_passages(lines))


def _lines(text: str, start: int) -> Iterator[Passage]:
    whole = Mapped.of(text)
    gap, position = True, start
    for end, following, mark in _ends(text, start):
        line = whole[position:end].folded()
        position = following
        if line.text:
            yield plain_line(line, gap)
            gap = False
        else:
            gap = True
        gap = gap or mark in _PAGE_BREAKS


def _ends(text: str, start: int) -> Iterator[tuple[int, int, str]]:
    for match in _BREAK.finditer(text, start):
        yield match.start(), match.end(), match[0]
    yield len(text), len(text), "\n"


def _setext(lines: Iterable[Passage]) -> Iterator[Passage]:
    """Lines, with those underlined by `===` made headings."""
    held: Passage | None = None
    for line in lines:
        if line.kind == "rule" and line.label == _SETEXT and not line.gap and held and not held.kind:
            held = replace(held, kind="heading", label="1")
            continue
        if held:
            yield held
        held = line
    if held:
        yield held


def joined_passages(lines: Sequence[Passage]) -> Iterator[Passage]:
    """Paragraphs made of lines; a line that goes on from the one before is joined to it."""
    layout, known = _layout(lines), reading_words()
    held: list[Passage] = []
    for line in lines:
        if held and _goes_on(held[-1], line, layout, known):
            held.append(line)
            continue
        if held:
            yield _paragraph(held, layout)
        held = [line]
    if held:
        yield _paragraph(held, layout)


def _layout(lines: Sequence[Passage]) -> Layout:
    pairs = [(a.string, b.string) for a, b in pairwise(lines) if not b.gap and not a.kind and not b.kind]
    lengths = sorted(len(a) for a, _ in pairs)
    width = lengths[int(len(lengths) * 0.95)] if lengths else 0
    long = [(a, b) for a, b in pairs if len(a) >= _WRAPPED_AT_LEAST]
    full = sum(_is_full(a, b, width - _RAGGED) and len(a) <= width + _RAGGED for a, b in long)
    if not _WRAPPED_AT_LEAST <= width <= _WRAPPED_AT_MOST or full < len(long) * _MOSTLY:
        width = 0
    broken = any(_HYPHEN.search(line.string[-_HYPHEN_AT:]) for line in lines)
    words = frozenset(w for line in lines for w in line.string.casefold().split()) if broken else frozenset()
    sizes = [len(line.text) for line in lines]
    whole = sum(size for size in sizes if size > _PARAGRAPH) >= _MOSTLY * sum(sizes)
    return Layout(0 if whole else width, words, whole)


def _goes_on(line: Passage, after: Passage, layout: Layout, known: ReadingWords) -> bool:
    """Whether a line break, or a blank line in the middle of a clause, does not end the paragraph."""
    if line.kind in ("rule", "drop", "heading", "caption", "title") or not line.string:
        return False
    if (after.kind and not (after.kind == line.kind == "quote")) or not after.string:
        return False
    if _NOTE_LABEL.match(after.string) or (line.ends_sentence and _SPEAKER.match(after.string)):
        return False
    lower = after.string[0].islower() and (
        after.words > 4 or after.ends_sentence or len(line.text) >= _SHORT_LINE
    )
    open_end = not line.ends_sentence and not line.pauses
    if after.gap:
        return lower and open_end and len(line.text) >= _SHORT_LINE and line.kind in ("", "item")
    if layout.width and _is_full(line.string, after.string, layout.width):
        return True
    if line.string.endswith(",") and line.words > 3:
        return True
    if after.string[0].islower() and _HYPHEN.search(line.string[-_HYPHEN_AT:]):
        return True
    if lower and open_end:
        return (
            line.words > 3 or len(line.text) >= _SHORT_LINE or _last_word(line.string) in known.function_words
        )
    broken_off = len(line.text) >= _SHORT_LINE and not layout.whole
    return open_end and (broken_off or _last_word(line.string) in known.function_words)


def _is_full(line: str, after: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    return len(line) + 1 + len(after.split(" ", 1)[0]) > width and len(line) > width * 0.6


def _last_word(text: str) -> str:
    return text.rsplit(" ", 1)[-1].casefold()


def _paragraph(lines: Sequence[Passage], layout: Layout) -> Passage:
    if len(lines) == 1:
        return lines[0]
    parts: list[tuple[str, Mapped]] = []
    for number, line in enumerate(lines):
        text, separator = line.text, " " if number else ""
        if (
            parts
            and (match := _HYPHEN.search(parts[-1][1].text[-_HYPHEN_AT:]))
            and (first := _FIRST_WORD.match(line.string))
        ):
            separator = ""
            if line.string[0].islower() and not keeps_hyphen(match[1], first[0], layout.words):
                parts[-1] = (parts[-1][0], parts[-1][1][:-1])
        parts.append((separator, text))
    size = sum(len(line.text) for line in lines) or 1
    links = sum(line.links * len(line.text) for line in lines) / size
    return replace(lines[0], text=joined(parts), links=links)
