"""Text that remembers where each of its characters stood in the source, through any number of edits."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Replace `[start, end)` by a string; an empty string deletes."""

_INVISIBLE = re.compile(
    "[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd]+"
)
_SPACE = re.compile(r"\s{2,}|[^\S ]")


_NUMBERS = array("i", range(1 << 16))


def _numbers(start: int, stop: int) -> array[int]:
    """The numbers from `start` to `stop`; a copy of a stretch where that is known already."""
    return _NUMBERS[start:stop] if stop <= len(_NUMBERS) else array("i", range(start, stop))


@dataclass(frozen=True, slots=True)
class Mapped:
    """A string and, for each character, the source range `[starts[i], ends[i])` that it stands for."""

    text: str
    starts: array[int]
    ends: array[int]

    @staticmethod
    def of(source: str, start: int = 0, end: int | None = None) -> Mapped:
        """The source's characters from `start` to `end`, each mapped to itself."""
        stop = len(source) if end is None else end
        return Mapped(source[start:stop], _numbers(start, stop), _numbers(start + 1, stop + 1))

    @staticmethod
    def literal(text: str, start: int, end: int) -> Mapped:
        """Text every character of which stands for the source range `[start, end)`."""
        return Mapped(text, array("i", [start]) * len(text), array("i", [end]) * len(text))

    @staticmethod
    def join(parts: Iterable[Mapped]) -> Mapped:
        """The parts, one after the other."""
        texts: list[str] = []
        starts, ends = array("i"), array("i")
        for part in parts:
            texts.append(part.text)
            starts.extend(part.starts)
            ends.extend(part.ends)
        return Mapped("".join(texts), starts, ends)

    def __len__(self) -> int:
        return len(self.text)

    def __getitem__(self, key: slice) -> Mapped:
        return Mapped(self.text[key], self.starts[key], self.ends[key])

    def edited(self, edits: Iterable[Edit]) -> Mapped:
        """The text after edits that are in order and do not overlap; new characters map to the whole range edited."""
        parts: list[Mapped] = []
        last = 0
        for start, end, new in edits:
            if start < last:
                continue
            parts.append(self[last:start])
            if new and end > start:
                parts.append(Mapped.literal(new, self.starts[start], self.ends[end - 1]))
            last = end
        if not parts:
            return self
        parts.append(self[last:])
        return Mapped.join(parts)

    def replaced(self, pattern: re.Pattern[str], new: str = "") -> Mapped:
        """The text with every match of a pattern replaced by a string."""
        return self.edited(
            (m.start(), m.end(), new) for m in pattern.finditer(self.text) if m.end() > m.start()
        )

    def stripped(self) -> Mapped:
        """The text without white space at its ends."""
        start = len(self.text) - len(self.text.lstrip())
        end = len(self.text.rstrip())
        return self if start == 0 and end == len(self.text) else self[start : max(start, end)]

    def folded(self) -> Mapped:
        """The text without invisible characters, with each run of white space as one space, stripped."""
        if self.text.isprintable() and "  " not in self.text and "\ufffd" not in self.text:
            return self.stripped()
        return self.replaced(_INVISIBLE).replaced(_SPACE, " ").stripped()


def joined(parts: Iterable[tuple[str, Mapped]]) -> Mapped:
    """Parts with the separator that stands before each; a separator maps to the source between its neighbours."""
    pieces: list[Mapped] = []
    for separator, part in parts:
        if not len(part):
            continue
        if pieces and separator:
            pieces.append(
                Mapped.literal(separator, pieces[-1].ends[-1], max(pieces[-1].ends[-1], part.starts[0]))
            )
        pieces.append(part)
    return Mapped.join(pieces)


def kept_groups(pattern: re.Pattern[str], text: str) -> Iterator[Edit]:
    """Edits that leave, of each match, its first group only."""
    for match in pattern.finditer(text):
        yield match.start(), match.start(1), ""
        yield match.end(1), match.end(), ""
