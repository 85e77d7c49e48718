"""Who speaks and on which day, where the title of a speech says so: "Speech by Prime Minister X at the opening of Y"."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from alliancegraph.extract.bylines import names
from alliancegraph.extract.datelines import dates
from alliancegraph.extract.words import reading_words

_BY: Final = " by"
_LONGEST: Final = 90
_SPACE: Final = re.compile(r"\s+")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """ "Speech by X at …" or "Address of X to …", and "X's remarks …"; the kinds of speech are those of bylines."""
    starts = reading_words().byline_starts
    kinds = "|".join(sorted(re.escape(s.removesuffix(_BY)) for s in starts if s.endswith(_BY) and s != _BY))
    first = re.compile(
        rf"(?:\w+ ){{0,2}}(?:{kinds}) (?:by|of|from|delivered by) (?:the )?(.+)", re.IGNORECASE
    )
    return first, re.compile(rf"(.{{3,{_LONGEST}}}?)['’]s (?:\w+ ){{0,2}}(?:{kinds})\b", re.IGNORECASE)


def speakers(title: str) -> tuple[str, ...]:
    """The persons whom a title names as speaking, by their names without offices; none where it names nobody."""
    by, possessive = _patterns()
    if match := by.match(title):
        return _named(match[1])
    return _named(match[1]) if (match := possessive.match(title)) else ()


def _named(text: str) -> tuple[str, ...]:
    """The name that a text opens with, up to the first small word or mark after it, its office left out."""
    words = _SPACE.split(re.split(r"[,:;(|–—]", text[:_LONGEST])[0].strip())
    end = next(
        (i for i, word in enumerate(words) if i and word.islower() and word not in _particles()), len(words)
    )
    for start in range(max(1, end - 1)):
        found, _ = names(" ".join(words[start:end]))
        if found and " " in found[0]:
            return found[:1]
    return ()


def _particles() -> frozenset[str]:
    return frozenset(reading_words().name_particles)


def day_of(title: str) -> str | None:
    """The last date of a title (`YYYY[-MM[-DD]]`), where it stands at the title's end."""
    found = list(dates(title))
    return found[-1].value if found and not title[found[-1].end :].strip(" .)]") else None
