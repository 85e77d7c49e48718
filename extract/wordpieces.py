"""Words cut into the pieces that a BERT encoder knows (WordPiece, Wu et al. 2016, lower case, without accents)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

FIRST: Final = "[CLS]"
LAST: Final = "[SEP]"
UNKNOWN: Final = "[UNK]"
INNER: Final = "##"
"""What a piece begins with that goes on a word."""
LONGEST_WORD: Final = 100
_WORD: Final = re.compile(r"[^\W_]+|[^\w\s]|_")


class WordPieces:
    """Turns a text into the numbers of its pieces; `numbers` gives each piece's."""

    def __init__(self, numbers: Mapping[str, int], longest: int) -> None:
        self._numbers = numbers
        self._longest = longest

    @classmethod
    def read(cls, path: Path, longest: int) -> WordPieces:
        """The pieces of a `vocab.txt`, one a line; a text has at most `longest`."""
        lines = path.read_text(encoding="utf-8").splitlines()
        return cls({piece: number for number, piece in enumerate(lines)}, longest)

    def __call__(self, text: str) -> list[int]:
        """The numbers of a text's pieces between those of its beginning and end; what is too long is cut off."""
        plain = unicodedata.normalize("NFD", text.lower())
        plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
        inner = [self._numbers[piece] for word in _WORD.findall(plain) for piece in self._pieces(word)]
        return [self._numbers[FIRST], *inner[: self._longest - 2], self._numbers[LAST]]

    def _pieces(self, word: str) -> list[str]:
        pieces = list(self._cut(word)) if len(word) <= LONGEST_WORD else [UNKNOWN]
        return pieces if UNKNOWN not in pieces else [UNKNOWN]

    def _cut(self, word: str) -> Iterator[str]:
        """The longest known piece again and again; a word with a rest that is none is unknown as a whole."""
        start = 0
        while start < len(word):
            prefix = INNER if start else ""
            ends = range(len(word), start, -1)
            end = next((end for end in ends if prefix + word[start:end] in self._numbers), None)
            if end is None:
                yield UNKNOWN
                return
            yield prefix + word[start:end]
            start = end
