"""Where coded statements stand in the text of their document, and a text for those whose document is not known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from alliancegraph.extract.model import Evidence
from alliancegraph.graph.tables import BETWEEN
from alliancegraph.networks.statements import Ranges

Places: TypeAlias = tuple[Evidence, ...]
LONGEST: Final = 10_000_000
"""Characters of a text that is laid out by the offsets of its statements; greater offsets are a mistake."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a statement says, its passages set apart by `BETWEEN`, and their characters where they are given."""

    text: str
    ranges: Ranges

    @property
    def pieces(self) -> tuple[str, ...]:
        """The words of each passage."""
        several = self.text.split(BETWEEN) if len(self.ranges) != 1 else [self.text]
        return tuple(piece.strip() for piece in several if piece.strip())


def located(
    title: str, said: Sequence[Words], unsaid: Sequence[str], originals: Sequence[str]
) -> tuple[str, list[Places]]:
    """A document's text, and where each statement stands in it.

    The text is that of the originals which has the most statements at their characters, or their words elsewhere. Where
    none has any, the words stand at the characters that are given for them, with blanks between, or else below the title.
    What is found nowhere stands behind the text, so that all others keep their characters; `unsaid` are the words of
    statements without any.
    """
    found = [([_places(item, text) for item in said], text) for text in originals if text]
    places, text = max(found, key=lambda pair: sum(map(bool, pair[0])), default=([()] * len(said), ""))
    if not any(places):
        places, text = _laid_out(said)
        text = text or title
    made = []
    for item, place, otherwise in zip(said, places, unsaid, strict=True):
        if not place:
            text += "\n\n" if text else ""
            added = " ".join(item.pieces) or otherwise
            place = (Evidence(len(text), len(text) + len(added)),)
            text += added
        made.append(place)
    return text, made


def _places(item: Words, text: str) -> Places:
    """The passages of a statement in a text: at their characters, else where their words are, nearest to these."""
    given = tuple(Evidence(start, end) for start, end in item.ranges if 0 <= start < end <= len(text))
    if given and len(given) == len(item.ranges):
        there = " ".join(text[place.start : place.end] for place in given)
        if not item.pieces or there.split() == " ".join(item.pieces).split():
            return given
    near = (
        [start for start, _ in item.ranges]
        if len(item.ranges) == len(item.pieces)
        else [0] * len(item.pieces)
    )
    found = [_nearest(piece, text, start) for piece, start in zip(item.pieces, near, strict=True)]
    return tuple(place for place in found if place is not None) if None not in found else ()


def _nearest(words: str, text: str, near: int) -> Evidence | None:
    """Where a text has these words, whatever the white space between them."""
    pattern = r"\s+".join(map(re.escape, words.split()))
    spans = [match.span() for match in re.finditer(pattern, text)]
    return Evidence(*min(spans, key=lambda span: abs(span[0] - near))) if spans else None


def _laid_out(said: Sequence[Words]) -> tuple[list[Places], str]:
    """The words at the characters that are given for them, where there are as many and nothing else stands there."""
    text: list[str] = []
    places: list[Places] = []
    for item in said:
        fits = len(item.pieces) == len(item.ranges) and all(
            end - start == len(piece) and end <= LONGEST and _free(text, start, piece)
            for (start, end), piece in zip(item.ranges, item.pieces, strict=True)
        )
        places.append(tuple(Evidence(*span) for span in item.ranges) if fits else ())
        for (start, end), piece in zip(item.ranges, item.pieces, strict=True) if fits else ():
            text += " " * (end - len(text))
            text[start:end] = piece
    return places, "".join(text)


def _free(text: Sequence[str], start: int, piece: str) -> bool:
    """Whether there is nothing yet, or the same."""
    return all(old in (" ", new) for old, new in zip(text[start : start + len(piece)], piece, strict=False))
