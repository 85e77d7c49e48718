"""Which passages belong to the web page and not to the article: phrases that say so, and runs of short lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from alliancegraph.extract.bylines import biography
from alliancegraph.extract.passages import Passage
from alliancegraph.extract.words import ReadingWords, reading_words

_URL = re.compile(r"(?:https?://|www\.)\S+$")
_ADDRESS = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]{1,64}")
_COPYRIGHT = re.compile(r"(?:©|\(c\)|copyright\b)", re.IGNORECASE)
_CJK = re.compile(r"[\u0370-\u1fff\u2e80-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_FILE = re.compile(r"\b(?:PDF|RTF|DOCX?|[KM]B)\b\W*(?:[\d.,]+\s?[KM]B)?\W*$")
_NUMBERS = re.compile(r"\d[\d,.]*\s*")
_SHORT_RUN = 3
_LEADING = 0.4
_DISCUSSION_WORDS = 8

LABEL_WORDS = 12


def without_boilerplate(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages less menus, share buttons, forms, credits, related links and lines in other scripts."""
    kept = [p for p in passages if p.kind != "drop" and (p.string or p.kind == "rule")]
    kept = _without_sections(kept)
    kept = [p for p in kept if not is_boilerplate(p)]
    kept = _without_runs(kept)
    return tuple(_without_tail(kept))


def is_boilerplate(passage: Passage) -> bool:
    """Whether a passage by itself shows that it is no part of an article."""
    known = reading_words()
    if passage.kind in ("rule", "footnote", "title", "byline", "dateline", "bio"):
        return False
    return (
        passage.string in known.end_marks
        or bool(_URL.match(passage.string))
        or is_foreign(passage.string)
        or _is_known(passage, known)
        or _is_credit(passage, known)
        or (bool(_ADDRESS.search(passage.string[:300])) and passage.words <= 10)
        or (bool(_COPYRIGHT.match(passage.string)) and passage.words <= 40)
        or not any(c.isalnum() for c in passage.string[:300])
    )


def is_foreign(text: str) -> bool:
    """Whether a passage is mostly written in another script than Latin."""
    head = text[:600]
    others = len(_CJK.findall(head))
    return others > 0 and others > len(_LATIN.findall(head))


def _is_known(passage: Passage, known: ReadingWords) -> bool:
    if passage.kind in ("heading", "title") and passage.label:
        return passage.key in known.line_is and starts(passage.key, known.section_starts)
    if passage.key in known.line_is:
        return True
    if passage.links > _LEADING and passage.words <= 40 and starts(passage.key, known.line_starts):
        return True
    if passage.words <= (8 if passage.ends_sentence else 14) and starts(passage.key, known.line_starts):
        return True
    return passage.words <= 40 and contains(passage.key, known.line_contains) and biography(passage) is None


def _is_credit(passage: Passage, known: ReadingWords) -> bool:
    if passage.words <= 25 and starts(passage.key, known.credit_starts):
        return (
            passage.key in known.credit_starts
            or any(c in passage.string[:40] for c in ":©/")
            or passage.kind == "caption"
        )
    if not contains(passage.key, known.credit_contains):
        return False
    return passage.words <= 12 or (
        passage.words <= 40 and passage.string[-1:] in ")]" and passage.kind != "caption"
    )


def starts(key: str, phrases: tuple[str, ...]) -> bool:
    """Whether a key begins with one of the phrases, at a word's border."""
    if not key.startswith(phrases):
        return False
    known = _set(phrases)
    at = key.find(" ")
    while at >= 0:
        if key[:at] in known:
            return True
        at = key.find(" ", at + 1)
    return key in known


@cache
def _set(phrases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(phrases)


def contains(key: str, phrases: tuple[str, ...]) -> bool:
    """Whether a key contains one of the phrases, at words' borders."""
    return any(map(f" {key} ".__contains__, _padded(phrases)))


@cache
def _padded(phrases: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f" {phrase} " for phrase in phrases)


def _without_sections(passages: Sequence[Passage]) -> list[Passage]:
    """Passages up to a heading of a boilerplate section, where little running text and no note follows it."""
    known = reading_words()
    total = _prose_size(passages)
    for index, passage in enumerate(passages):
        if _opens_discussion(passage, known) and any(p.is_prose for p in passages[:index]):
            return [*passages[:index], *(p for p in passages[index:] if p.kind == "footnote")]
        opens = passage.words <= 8 and not passage.is_prose and starts(passage.key, known.section_starts)
        if opens and index and _prose_size(passages[index:]) * 4 < total:
            return [*passages[:index], *_kept_after(passages[index:], known)]
    return list(passages)


def _opens_discussion(passage: Passage, known: ReadingWords) -> bool:
    """Whether it is the heading above readers' comments: the phrase and their number, and nothing else but a title."""
    if passage.is_prose or passage.words > _DISCUSSION_WORDS or passage.kind in ("title", "footnote", "rule"):
        return False
    words = _NUMBERS.sub("", passage.key).strip()
    numbered = words != passage.key
    return words in known.discussion_starts or (numbered and starts(words, tuple(known.discussion_starts)))


def _kept_after(passages: Sequence[Passage], known: ReadingWords) -> list[Passage]:
    """Notes and biographies that stand after the boilerplate at an article's end."""
    for index, passage in enumerate(passages):
        if passage.key in known.notes_headings or (
            passage.key in known.bio_headings and not passage.is_prose
        ):
            return list(passages[index:])
    return [p for p in passages if p.kind == "footnote"]


def _prose_size(passages: Sequence[Passage]) -> int:
    return sum(len(p.text) for p in passages if p.is_prose)


def is_label(passage: Passage) -> bool:
    """Whether it is a short line that no sentence ends: a heading, a menu's line, a name."""
    return (
        not passage.is_prose
        and passage.words <= LABEL_WORDS
        and not (passage.ends_sentence or passage.pauses)
    )


def _without_runs(passages: list[Passage]) -> list[Passage]:
    """Passages less the runs of short lines in the middle of the text; marked headings and lists stay."""
    kept: list[Passage] = []
    index = 0
    prose_before = False
    while index < len(passages):
        end = _run_end(passages, index, lambda p: is_label(p) and p.kind in ("", "item", "quote"))
        run = passages[index:end]
        listed = (
            all(p.kind == "item" for p in run)
            and bool(kept)
            and (not is_label(kept[-1]) or kept[-1].kind == "heading")
        )
        if len(run) >= _SHORT_RUN and prose_before and not listed:
            index = end
            continue
        kept += run
        if end < len(passages):
            kept.append(passages[end])
            prose_before = prose_before or passages[end].is_prose
        index = end + 1
    return kept


def _run_end(passages: Sequence[Passage], start: int, belongs: Callable[[Passage], bool]) -> int:
    end = start
    while end < len(passages) and belongs(passages[end]):
        end += 1
    return end


def _without_tail(passages: list[Passage]) -> list[Passage]:
    """Passages less the short lines, file names and headings without text after the last paragraph."""
    end = len(passages)
    while end and _is_tail(passages[end - 1], passages[: end - 1]):
        end -= 1
    return passages[:end] if any(p.is_prose for p in passages[:end]) else passages


def _is_tail(passage: Passage, before: Sequence[Passage]) -> bool:
    if passage.kind in ("footnote", "rule", "title", "byline", "dateline", "bio"):
        return passage.kind == "rule"
    if _FILE.search(passage.string[-30:]) and not passage.ends_sentence:
        return True
    if passage.kind == "item" and before and (before[-1].pauses or before[-1].kind == "item"):
        return False
    return not passage.is_prose and not passage.ends_sentence and passage.words <= 20
