"""The clean text of a document: its article in blocks, with the way back to the source for every character."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from alliancegraph.extract.article import article
from alliancegraph.extract.footnotes import markers
from alliancegraph.extract.model import Document
from alliancegraph.extract.offsets import Mapped, joined
from alliancegraph.extract.passages import Passage

_NO_WORD = re.compile(r"(?<!\S)\S{400,}")
"""No word or address is so long; the language model's time grows with its square."""
BETWEEN_BLOCKS = "\n\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A block `[start, end)` of a clean text.

    `kind` is title, heading, byline, dateline, body, quote, item, caption, bio or footnote; `speaker` who speaks it
    in a transcript (as labelled there), `speaker_source` where in `Document.text` the label stands; `label` the
    number or sign of a footnote; `authors` the names that a byline gives.
    """

    kind: str
    start: int
    end: int
    speaker: str | None = None
    speaker_source: tuple[int, int] | None = None
    label: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CleanText:
    """An article's text in blocks, two line ends between them.

    `notes` maps the clean offset at which a footnote marker stood to the index of the note's block.
    """

    text: str
    blocks: tuple[Block, ...]
    notes: Mapping[int, int]
    starts: array[int] = field(repr=False)
    ends: array[int] = field(repr=False)

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """The tightest range of `Document.text` that holds the clean range `[start, end)`."""
        if not 0 <= start <= end <= len(self.text):
            raise IndexError(f"no range {start}-{end} in a text of {len(self.text)} characters")
        if start == end:
            at = self.starts[start] if start < len(self.text) else (self.ends[-1] if self.text else 0)
            return at, at
        return self.starts[start], self.ends[end - 1]

    def of(self, *kinds: str) -> Iterator[Block]:
        """The blocks of some kinds, in order."""
        return (block for block in self.blocks if block.kind in kinds)

    def block_text(self, block: Block) -> str:
        """The text of a block."""
        return self.text[block.start : block.end]


def clean(document: Document) -> CleanText:
    """The document's article, cleaned."""
    return _assembled(article(document.text, document.media_type).passages)


def _assembled(passages: Sequence[Passage]) -> CleanText:
    labels = frozenset(p.label for p in passages if p.kind == "footnote" and p.label)
    parts: list[tuple[str, Mapped]] = []
    blocks: list[Block] = []
    pointed: list[tuple[int, str]] = []
    position = 0
    for passage in passages:
        text, marked = _unmarked(passage, labels)
        if not text.text:
            continue
        position += len(BETWEEN_BLOCKS) if parts else 0
        label = passage.label if passage.kind == "footnote" else None
        pointed += [(position + min(at, len(text)), name) for at, name in marked if name != label]
        end = position + len(text)
        blocks.append(
            Block(
                passage.kind, position, end, passage.speaker, passage.speaker_source, label, passage.authors
            )
        )
        parts.append((BETWEEN_BLOCKS, text))
        position = end
    whole = joined(parts)
    return CleanText(whole.text, tuple(blocks), _notes(pointed, blocks), whole.starts, whole.ends)


def _unmarked(passage: Passage, labels: frozenset[str]) -> tuple[Mapped, list[tuple[int, str]]]:
    """A passage's text without footnote markers, and where each of them stood."""
    if _NO_WORD.search(passage.string):
        passage = replace(passage, text=passage.text.replaced(_NO_WORD, "…"))
    found = markers(passage.string, labels)
    places: list[tuple[int, str]] = []
    removed = 0
    for (start, end, _), label in zip(found.edits, found.labels, strict=True):
        places.append((start - removed, label))
        removed += end - start
    return passage.text.edited(found.edits), places


def _notes(pointed: Sequence[tuple[int, str]], blocks: Sequence[Block]) -> Mapping[int, int]:
    by_label: dict[str, int] = {}
    for index, block in enumerate(blocks):
        if block.label is not None:
            by_label.setdefault(block.label, index)
    return MappingProxyType({at: by_label[label] for at, label in pointed if label in by_label})
