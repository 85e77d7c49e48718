"""Blocks of a PDF's text: headings told by their size, notes at the foot of columns, and paragraphs across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Final

from alliancegraph.extract.pdf_lines import RAISED, Line

_SMALL: Final = 0.93
_LARGE: Final = 1.12
_HEADING_WORDS: Final = 25
_HEADING_LINES: Final = 4
_INDENT: Final = 0.6
_FAR: Final = 1.4
_NOTE: Final = re.compile(
    rf"(?:{RAISED[0]}(?P<raised>[^{RAISED[1]}]+){RAISED[1]}|(?P<plain>\d{{1,3}})[.)]?\s|(?P<sign>\*{{1,3}}|[†‡§]))\s*(?=\S)"
)
_BULLET: Final = re.compile(r"[•◦▪‣●■–—]\s+(?=\S)")
_FINAL: Final = re.compile(r"[.!?:…][\"'”’)\]»]*(?:\ue000[^\ue001]*\ue001)?$")
_LEADERS: Final = re.compile(r"(?:\.\s?){4,}\s?\d*$")


@dataclass
class Block:
    """Lines that belong together; `kind` is body, aside (small print), heading, item or note, `label` a note's."""

    kind: str
    lines: list[Line] = field(default_factory=list)
    label: str = ""

    @property
    def words(self) -> int:
        """How many words its lines hold."""
        return sum(len(line.text.split()) for line in self.lines)


@dataclass(frozen=True, slots=True)
class _Style:
    """The size of running text, whether it is bold, and the distance between its lines."""

    size: float
    bold: bool
    leading: float


def blocks(lines: Sequence[Line]) -> list[Block]:
    """The blocks of a document's lines, which come in reading order; notes stand where their column ends."""
    lines = [line for line in lines if not _LEADERS.search(line.text[-80:])]
    style = _style(lines)
    found: list[Block] = []
    last = "0"
    for _, group in groupby(lines, lambda line: (line.page, line.column)):
        column = list(group)
        start = _notes_at(column, style, last, bool(found) and found[-1].kind == "note")
        _add_body(found, column[:start], style)
        for line in column[start:]:
            last = _add_note(found, line, last)
    for block in found:
        if block.kind == "heading" and (block.words > _HEADING_WORDS or len(block.lines) > _HEADING_LINES):
            block.kind = "body"
    return found


def _style(lines: Sequence[Line]) -> _Style:
    sizes: Counter[tuple[float, bool]] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2, line.bold] += len(line.text)
    if not sizes:
        return _Style(10.0, False, 12.0)
    (size, bold), _ = max(sizes.items(), key=lambda item: (item[1], item[0]))
    gaps = Counter(
        round(a.base - b.base, 1)
        for a, b in pairwise(lines)
        if (a.page, a.column) == (b.page, b.column)
        and 0 < a.base - b.base < 3 * size
        and abs(a.size - size) < 0.6
    )
    return _Style(size, bold, gaps.most_common(1)[0][0] if gaps else 1.2 * size)


def _notes_at(column: Sequence[Line], style: _Style, last: str, go_on: bool) -> int:
    """Where in a column its notes begin: small print to its end, from a line with a label on or going on from the last."""
    start = len(column)
    while start and column[start - 1].size <= style.size * _SMALL:
        start -= 1
    if go_on and start and start < len(column) and column[start].text[0].islower():
        return start
    return next((i for i in range(start, len(column)) if _label(column[i], last)), len(column))


def _label(line: Line, last: str) -> str | None:
    """The label of the note that a line begins, or None; a plain number must count on from the note before."""
    match = _NOTE.match(line.text)
    if not match or (match["plain"] and not _counts_on(match["plain"], last)):
        return None
    return match["raised"] or match["plain"] or match["sign"]


def _counts_on(label: str, last: str) -> bool:
    return int(label) == 1 or not last.isdigit() or int(label) == int(last) + 1


def _add_note(found: list[Block], line: Line, last: str) -> str:
    label = _label(line, last)
    held = next((b for b in reversed(found) if b.kind == "note"), None)
    if label is None and held is not None:
        held.lines.append(line)
        return last
    found.append(Block("note", [line], label or ""))
    return label or last


def _add_body(found: list[Block], lines: Sequence[Line], style: _Style) -> None:
    above: Block | None = None
    for line in lines:
        kind = _kind(line, style)
        before = _before(found, above, kind)
        if before is not None and _goes_on(before, line, style):
            before.lines.append(line)
            above = before
        else:
            above = Block(kind, [line])
            found.append(above)


def _kind(line: Line, style: _Style) -> str:
    if _BULLET.match(line.text):
        return "item"
    if line.size >= style.size * _LARGE:
        return "heading"
    if line.bold and not style.bold and line.size > style.size * _SMALL and not _FINAL.search(line.text):
        return "heading"
    return "aside" if line.size <= style.size * _SMALL else "body"


def _before(found: Sequence[Block], above: Block | None, kind: str) -> Block | None:
    """The block that a line may go on with: the one above, or at a column's beginning the last one of running text."""
    if above is None and kind not in ("heading", "aside"):
        above = next((b for b in reversed(found) if b.kind not in ("note", "aside")), None)
    if above is None or above.kind == kind:
        return above
    return above if above.kind == "item" and kind == "body" else None


def _goes_on(block: Block, line: Line, style: _Style) -> bool:
    before = block.lines[-1]
    if _BULLET.match(line.text):
        return False
    here = (before.page, before.column) == (line.page, line.column)
    if block.kind == "heading":
        same = abs(before.size - line.size) < 0.5 and before.bold == line.bold
        return here and same and 0 < before.base - line.base < 1.5 * line.size
    ended = bool(_FINAL.search(before.text))
    if not here:
        return block.kind != "aside" and _runs_over(before, line, ended)
    if before.base - line.base > max(_FAR * style.leading, _FAR * line.size * 1.1):
        return not ended and line.text[0].islower() and _is_full(before, line)
    if block.kind == "item" and len(block.lines) == 1:
        return line.left > before.left or not ended
    return not _is_opened(block, line, ended)


def _is_opened(block: Block, line: Line, ended: bool) -> bool:
    """Whether a line in the same column opens a paragraph: indented, less indented than two before it, or after a short one."""
    before, step = block.lines[-1], _INDENT * line.size
    if line.left > before.left + step:
        return ended or not _is_full(before, line)
    if (
        line.left < before.left - step
        and len(block.lines) > 1
        and abs(before.left - block.lines[-2].left) < step
    ):
        return True
    return not _is_full(before, line) and (
        ended or before.right < before.end - 0.3 * (before.end - before.edge)
    )


def _runs_over(before: Line, line: Line, ended: bool) -> bool:
    """Whether a paragraph goes on in the next column or page."""
    if not ended:
        return line.text[0].islower() or before.text.endswith("-") or _is_full(before, line)
    indented = line.left > line.edge + _INDENT * line.size
    justified = abs(before.right - before.end) < 1.5
    return justified and not indented and line.text[0].islower()


def _is_full(before: Line, line: Line) -> bool:
    """Whether the next line's first word would not have fitted on the line."""
    word = line.text.split(" ", 1)[0]
    width = (line.right - line.left) / max(1, len(line.text))
    return before.right + (len(word) + 1) * width * 0.9 > before.end


def text_of(block: Block) -> Iterator[str]:
    """The texts of a block's lines, a note's label taken off."""
    for number, line in enumerate(block.lines):
        text = line.text
        if number == 0 and block.kind == "note" and block.label:
            match = _NOTE.match(text)
            text = text[match.end() :] if match else text
        elif number == 0 and block.kind == "item":
            text = _BULLET.sub("", text, count=1)
        yield text
