"""Words broken at the ends of lines: whether the hyphen belongs to the word."""

from __future__ import annotations

from collections.abc import Set

from alliancegraph.extract.words import reading_words


def keeps_hyphen(left: str, right: str, words: Set[str]) -> bool:
    """Whether a hyphen at a line's end belongs to the word, as `words` of the same text spell it or by its first part."""
    whole, hyphened = (left + right).casefold(), f"{left}-{right}".casefold()
    if hyphened in words:
        return True
    return whole not in words and left.casefold() in reading_words().prefixes
