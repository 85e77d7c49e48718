"""Whether a text is in English, by the share of its function words."""

from __future__ import annotations

import re

from alliancegraph.extract.words import reading_words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_WIDE = re.compile(r"[\u0370-\u1fff\u2e80-\ud7ff\uf900-\uffef]")
_SAMPLE = 60_000
_LEAST_SHARE = 0.16
_FEW_WORDS = 12
_MANY_WORDS = 60
_WIDE_PER_WORD = 2


def english_share(text: str) -> float:
    """The share of English function words among the words of a text; two letters of other scripts count as a word."""
    words, wide = _counted(text)
    known = reading_words().function_words
    total = len(words) + wide / _WIDE_PER_WORD
    return sum(word in known for word in words) / total if total else 0.0


def is_english(text: str) -> bool:
    """Whether a text is in English; of a few Latin words it is taken for granted, of some half the share is enough."""
    words, wide = _counted(text)
    if len(words) < _FEW_WORDS:
        return wide <= len(words) * _WIDE_PER_WORD
    least = _LEAST_SHARE if len(words) >= _MANY_WORDS else _LEAST_SHARE / 2
    return english_share(text) >= least


def _counted(text: str) -> tuple[list[str], int]:
    sample = text[:_SAMPLE]
    words = [w.casefold().replace("’", "'") for w in _WORD.findall(_WIDE.sub(" ", sample))]
    return words, len(_WIDE.findall(sample))
