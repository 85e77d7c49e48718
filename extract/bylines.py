"""Who wrote an article: bylines, names in them, and the biographies at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from alliancegraph.extract.datelines import dates
from alliancegraph.extract.passages import Passage, key
from alliancegraph.extract.words import reading_words

_TOKEN = r"(?:[^\W\d_a-zß-öø-ÿ](?:[^\W\d_]|['’.-](?=[^\W\d_]))*\.?)"
_SEPARATOR = re.compile(r"\s+[–—-]{1,2}\s+|\s*[—|]\s*|\s+[/·•]\s+|:\s+")
_SPLIT = re.compile(r"\s*(?:,|;|&|\b(?:and|with|AND|WITH)\b)\s*(?:(?:and|with)\b\s*)?")
_INITIALS = re.compile(r"(?:Jr|Sr|II|III|IV|PhD|Ph\.D|MP|MEP|USN|USMC|USAF)\.?$")
_LONGEST = 200
_NAMES_AT_MOST = 8


@dataclass(frozen=True, slots=True)
class Byline:
    """Authors' names, the agency if one stands for them, and the length of the byline within its passage."""

    authors: tuple[str, ...]
    agency: str | None
    end: int


@cache
def _name() -> re.Pattern[str]:
    particles = "|".join(sorted(map(re.escape, reading_words().name_particles), key=len, reverse=True))
    return re.compile(
        rf"{_TOKEN}(?:[ -](?:(?:{particles})[ -]|al-|el-){{0,3}}(?:{_TOKEN}|[\"“‘'(]{_TOKEN}[\"”’')])){{0,5}}$"
    )


@cache
def _opening() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, reading_words().byline_starts), key=len, reverse=True))
    return re.compile(rf"[\s*_(\[—–-]*(?:{words})\b\s*:?\s+", re.IGNORECASE)


def is_name(text: str, least: int = 2) -> bool:
    """Whether a text has the form of a person's name, of at least so many words."""
    words = text.split()
    if not least <= len(words) <= 6 or not _name().match(text):
        return False
    known = reading_words()
    keys = {key(word) for word in words}
    if keys & known.organisation_words or words[0].casefold() in known.function_words:
        return False
    return text not in known.agencies and not _is_role(words)


def _is_role(words: list[str]) -> bool:
    return key(words[-1]) in reading_words().role_words


def byline(passage: Passage) -> Byline | None:
    """The byline that a passage is, or opens with; None where it has none."""
    text = passage.string
    opening = _opening().match(text)
    if not opening:
        return None
    start = opening.end()
    for end, following in _ends(text, start):
        authors, agency = names(text[start:end])
        if not authors and not agency:
            continue
        whole = end == len(text)
        if whole or len(authors) > 1 or " " in authors[0] if authors else agency:
            return Byline(authors, agency, len(text) if _is_detail(text[following:]) else following)
    return None


def _ends(text: str, start: int) -> list[tuple[int, int]]:
    """Where a byline may end, and where what follows it starts: at the passage's end, or at a separator."""
    ends = [(m.start(), m.end()) for m in _SEPARATOR.finditer(text, start, start + _LONGEST)]
    if len(text) - start <= _LONGEST:
        if date := next(dates(text[start:]), None):
            before = re.sub(r"\s+[^\W\d_A-Z]+$", "", text[start : start + date.start].rstrip(" ,;|–—-"))
            ends.append((start + len(before), len(text)))
        ends.append((len(text.rstrip(" .)]*_")), len(text)))
    return ends


def _is_detail(rest: str) -> bool:
    """Whether what follows the names is their office or a date, and no part of the article's text."""
    return len(rest.split()) <= 12 and not re.search(r"[.!?][\"”’]?$", rest)


def names(text: str) -> tuple[tuple[str, ...], str | None]:
    """The persons' names in a byline, and the news agency if it names one; offices and institutions are left out."""
    known = reading_words()
    authors: list[str] = []
    agency = None
    parts = [part.strip(" .*†‡_()[]") for part in _SPLIT.split(text) if part.strip()]
    for number, part in enumerate(parts[: _NAMES_AT_MOST * 2]):
        name = without_honorific(part)
        if name in known.agencies:
            agency = agency or name
        elif is_name(name, 1 if number == 0 and len(parts) == 1 else 2):
            authors.append(cased(name))
        elif not authors:
            return (), agency
    return tuple(dict.fromkeys(authors[:_NAMES_AT_MOST])), agency


def without_honorific(name: str) -> str:
    """A name without the titles that stand before it."""
    known = reading_words().honorifics
    words = name.split()
    for length in (3, 2, 1):
        if len(words) > length and key(" ".join(words[:length])) in known:
            return without_honorific(" ".join(words[length:]))
    if len(words) > 1 and _INITIALS.match(words[-1]) and not words[-1].startswith(("J", "S", "I")):
        words = words[:-1]
    return " ".join(words)


def cased(name: str) -> str:
    """A name that is all in capitals, in the usual case."""
    if not name.isupper() or len(name) < 4:
        return name
    return " ".join(
        w if len(w.rstrip(".")) <= 1 else re.sub(r"[^\W\d_]+", lambda m: m[0].capitalize(), w)
        for w in name.split()
    )


def biography(passage: Passage) -> tuple[str, ...] | None:
    """The persons whom a biography describes (by full name; none for "The author is …"), or None if it is none."""
    known = reading_words()
    lead = passage.string[:240]
    for verb in known.bio_verbs:
        at = lead.find(f" {verb} ")
        if not 2 <= at <= 120:
            continue
        subject = lead[:at].strip(" *_—–-,")
        after = set(key(lead[at:]).split()[:14])
        if not after & known.role_words and not after & known.organisation_words:
            continue
        if key(subject) in known.bio_headings or f"{key(lead)} ".startswith("the writer "):
            return ()
        people, _ = names(re.sub(r"\s*\([^()]{0,60}\)", "", subject))
        if people and all(" " in person for person in people):
            return people
    return None
