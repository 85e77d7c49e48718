"""A passage: one line or paragraph of a source on its way to a block of clean text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from alliancegraph.extract.offsets import Mapped

_FINAL = re.compile(r"[.!?…。][\"'”’)\]»*†‡]*(?:\[\w{1,3}\]|[¹²³⁴-⁹⁰])*$")
_PAUSE = re.compile(r"[:;,][\"'”’)\]]*$")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
_LEAD = 600


@dataclass(frozen=True)
class Passage:
    """Text with what markup says of it.

    `kind` is "" where markup says nothing, else a block kind, "rule" or "drop"; `gap` says that a blank line or an
    element's border stands before it; `links` is the share of its characters inside links; `hinted` that an
    enclosing element's name speaks of boilerplate; `label` is a footnote's marker or a heading's level.
    """

    text: Mapped
    kind: str = ""
    gap: bool = True
    links: float = 0.0
    hinted: bool = False
    label: str | None = None
    speaker: str | None = None
    speaker_source: tuple[int, int] | None = None
    authors: tuple[str, ...] = ()

    @cached_property
    def string(self) -> str:
        """The passage's characters."""
        return self.text.text

    @cached_property
    def words(self) -> int:
        """The number of words, counted in the first 600 characters only."""
        return len(_WORD.findall(self.string[:_LEAD]))

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether it ends as a sentence does."""
        return bool(_FINAL.search(self.string[-20:]))

    @cached_property
    def is_prose(self) -> bool:
        """Whether it reads as running text: a sentence of some length, or long without being one."""
        if self.kind in ("heading", "title", "rule"):
            return False
        return (
            self.words >= 30 or (self.words >= 5 and self.ends_sentence) or (self.words >= 8 and self.pauses)
        )

    @cached_property
    def pauses(self) -> bool:
        """Whether it ends with a colon, semicolon or comma, so that the next one goes on."""
        return bool(_PAUSE.search(self.string[-6:]))

    @cached_property
    def key(self) -> str:
        """Its words in lower case, for comparison with known phrases."""
        return " ".join(_WORD.findall(self.string[:_LEAD].casefold().replace("’", "'")))


def key(text: str) -> str:
    """A known phrase in the form of `Passage.key`."""
    return " ".join(_WORD.findall(text.casefold().replace("’", "'")))
