"""PDF files with text: pages as light Markdown, notes after the text, running heads and page numbers left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from alliancegraph.extract.bylines import names
from alliancegraph.extract.datelines import day_in
from alliancegraph.extract.formats import Extracted, people
from alliancegraph.extract.hyphens import keeps_hyphen
from alliancegraph.extract.metadata import Stated
from alliancegraph.extract.passages import key
from alliancegraph.extract.pdf_blocks import Block, blocks, text_of
from alliancegraph.extract.pdf_furniture import without_furniture
from alliancegraph.extract.pdf_lines import RAISED, lines
from alliancegraph.extract.pdf_pages import Pages, pages
from alliancegraph.extract.sources import Raw
from alliancegraph.ontology.errors import NotText

_FEWEST: Final = 40
_RAISED: Final = re.compile(f"{RAISED[0]}([^{RAISED[1]}]*){RAISED[1]}")
_SUPERSCRIPT: Final = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BROKEN: Final = re.compile(r"([^\W\d_]{1,40})-$")
_FIRST: Final = re.compile(r"[^\W\d_]+")
_MARKUP: Final = re.compile(r"^(?=(?:#{1,6}\s|>|[-+*]\s|---|\[\^))")
_FILE: Final = re.compile(r"\.(?:docx?|indd|pdf|rtf|tex|qx[dp]|pub|pptx?)\b", re.IGNORECASE)
_STAMP: Final = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_AUTHORS_NEAR: Final = 4


def extracted(source: Raw) -> Extracted:
    """The text of a PDF file; raises NotText or TooLarge."""
    found = pages(source)
    bare = without_furniture(found.pages)
    parts = blocks([line for number, page in enumerate(bare) for line in lines(page, number)])
    if sum(len(line.text) for part in parts for line in part.lines) < _FEWEST:
        raise NotText(
            f"{source.name}: holds pictures of pages and no text; run OCR on it first, then give the result",
            source=source.name,
        )
    title = _title(parts, found.properties.get("Title", ""))
    text = "\n\n".join(_written(parts, title))
    return Extracted(text + "\n", _stated(parts, title, found))


def _written(parts: Sequence[Block], title: Block | None) -> Iterator[str]:
    """The blocks as lines of light Markdown, the notes last and numbered through."""
    words = frozenset(w for part in parts for line in part.lines for w in line.text.casefold().split())
    notes = [part for part in parts if part.kind == "note"]
    numbers = {
        (line.page, note.label): n for n, note in enumerate(notes, 1) for line in note.lines[:1] if note.label
    }
    sizes = sorted(
        {round(p.lines[0].size) for p in parts if p.kind == "heading" and p is not title}, reverse=True
    )
    for part in parts:
        if part.kind == "note":
            continue
        text = _joined(part, words, numbers)
        if part is title:
            yield f"# {text}"
        elif part.kind == "heading":
            yield "#" * min(6, 2 + sizes.index(round(part.lines[0].size))) + f" {text}"
        else:
            yield f"- {text}" if part.kind == "item" else _MARKUP.sub(r"\\", text)
    for number, note in enumerate(notes, 1):
        yield f"[^{number}]: {_joined(note, words, numbers)}"


def _joined(part: Block, words: frozenset[str], numbers: Mapping[tuple[int, str], int]) -> str:
    """A block's lines as one, words broken at their ends joined, and raised labels as marks of notes."""
    text = ""
    for line, written in zip(part.lines, text_of(part), strict=True):
        shown = _RAISED.sub(lambda m, page=line.page: _mark(m[1], numbers.get((page, m[1]))), written)  # type: ignore[misc]
        broken, first = _BROKEN.search(text[-42:]), _FIRST.match(shown)
        if broken and first:
            kept = not shown[0].islower() or keeps_hyphen(broken[1], first[0], words)
            text = (text if kept else text[:-1]) + shown
        else:
            text = f"{text} {shown}" if text else shown
    return text


def _mark(label: str, number: int | None) -> str:
    return f"[^{number}]" if number else label.translate(_SUPERSCRIPT)


def _title(parts: Sequence[Block], stated: str) -> Block | None:
    """The heading on the first page that the properties name, else the first of the largest."""
    found = [part for part in parts if part.kind == "heading" and part.lines[0].page == 0]
    wanted = key(stated)
    named = next((part for part in found if wanted and key(_plain(part)) == wanted), None)
    return named or max(found, key=lambda part: round(part.lines[0].size), default=None)


def _plain(part: Block) -> str:
    return _RAISED.sub("", " ".join(line.text for line in part.lines))


def _stated(parts: Sequence[Block], title: Block | None, found: Pages) -> Stated:
    """What the properties state, and the authors whose names stand under the title."""
    properties = found.properties
    named = " ".join(properties.get("Title", "").split())
    stamp = _STAMP.match(properties.get("CreationDate", ""))
    date = day_in("-".join(filter(None, stamp.groups()))) if stamp else None
    authors = tuple(_authors(parts, title)) or people(properties.get("Author", ""))
    return Stated(named if named and not _FILE.search(named) else None, authors, None, date)


def _authors(parts: Sequence[Block], title: Block | None) -> Iterator[str]:
    if title is None:
        return
    start = next(i for i, part in enumerate(parts) if part is title) + 1
    for part in parts[start : start + _AUTHORS_NEAR]:
        found, _ = names(_plain(part)[:200])
        if found and all(" " in name for name in found):
            yield from found
