"""Phrases found in text by words alone: a trie over light tokens, independent of any language model."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

TOKEN: Final = re.compile(r"\w+|[^\w\s]")
DASHES: Final = frozenset("-–—‐‑")
# Letters that Unicode does not take apart into a Latin letter and an accent.
_LETTERS: Final = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "ß": "ss", "ı": "i", "đ": "d", "Đ": "D", "æ": "ae"}
)
QUOTES: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "‐": "-", "‑": "-"})
Payload = TypeVar("Payload")


@dataclass(frozen=True, slots=True)
class Word:
    """A light token: a run of word characters or one sign, at `[start, end)`."""

    text: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The light tokens of a text; curly quotes and odd hyphens are read as plain ones."""
    plain = text.translate(QUOTES)
    return [Word(m.group(), m.start(), m.end()) for m in TOKEN.finditer(plain)]


def exact(word: str) -> str:
    """The key of a word where case matters; all dashes are one, and accents do not count: `Erdoğan` is `Erdogan`."""
    return word if word.isascii() else plain(word)


@lru_cache(maxsize=16384)
def plain(word: str) -> str:
    """A word without its accents."""
    if word in DASHES:
        return "-"
    letters = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(c for c in letters if not unicodedata.combining(c))


def exact_keys(words: Iterable[Word]) -> list[tuple[str, ...]]:
    """The keys of words for a phrasebook in which case matters."""
    return [(text,) if (text := word.text).isascii() else (plain(text),) for word in words]


@lru_cache(maxsize=8192)
def folded(word: str) -> str:
    """The key of a word where neither case nor number matters: `Sea-lanes` and `sea lane` are one."""
    word = word.casefold()
    if len(word) > 3 and word.endswith("s"):
        if word.endswith("ies") and len(word) > 4:
            return word[:-3] + "y"
        if word.endswith(("sses", "shes", "ches", "xes")):
            return word[:-2]
        if not word.endswith(("ss", "us", "is")):
            return word[:-1]
    return word


@dataclass(frozen=True, slots=True)
class Match(Generic[Payload]):
    """A phrase found at tokens `[first, last)`."""

    first: int
    last: int
    payload: Payload


class Phrasebook(Generic[Payload]):
    """A trie of phrases; `matches` finds every one in a sequence of keys."""

    def __init__(self, key: Callable[[str], str], *, skip_dashes: bool = False) -> None:
        self._key = key
        self._skip_dashes = skip_dashes
        self._root: dict[str, Any] = {}

    def add(self, phrase: str, payload: Payload) -> None:
        """Add one phrase; several payloads may share it."""
        node = self._root
        for word in words(phrase):
            if self._skip_dashes and word.text in DASHES:
                continue
            node = node.setdefault(self._key(word.text), {})
        if node is not self._root:
            node.setdefault("", []).append(payload)

    def matches(self, keys: Sequence[tuple[str, ...]]) -> Iterator[Match[Payload]]:
        """Every phrase that occurs; `keys[i]` are the alternative keys of token i, empty for one to pass over."""
        root = self._root
        for first, alternatives in enumerate(keys):
            for key in alternatives:
                if key in root:
                    yield from self._from(keys, first)
                    break

    def _from(self, keys: Sequence[tuple[str, ...]], first: int) -> list[Match[Payload]]:
        found: list[Match[Payload]] = []
        states: list[dict[str, Any]] = [self._root]
        for position in range(first, len(keys)):
            alternatives = keys[position]
            if not alternatives:
                continue
            states = [node[key] for node in states for key in alternatives if key in node]
            if not states:
                break
            for node in states:
                if "" in node:
                    found += [Match(first, position + 1, payload) for payload in node[""]]
        return found


def longest(matches: Iterable[Match[Payload]]) -> list[Match[Payload]]:
    """Matches that no longer match covers; of equal ranges all are kept."""
    ranked = sorted(matches, key=lambda m: (m.first, -m.last))
    kept: list[Match[Payload]] = []
    reach = -1
    for match in ranked:
        same = bool(kept) and (match.first, match.last) == (kept[-1].first, kept[-1].last)
        if same or match.first >= reach:
            kept.append(match)
            reach = max(reach, match.last)
    return kept


def phrasebook(
    phrases: Mapping[str, Payload], key: Callable[[str], str], *, skip_dashes: bool = False
) -> Phrasebook[Payload]:
    """A phrasebook of a mapping from phrase to payload."""
    book: Phrasebook[Payload] = Phrasebook(key, skip_dashes=skip_dashes)
    for phrase, payload in phrases.items():
        book.add(phrase, payload)
    return book
