"""Footnotes: the notes at an article's end, and the markers in its text that point at them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from alliancegraph.extract.offsets import Edit
from alliancegraph.extract.passages import Passage
from alliancegraph.extract.words import reading_words

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DEFINITION = re.compile(
    r"\[\^?(\d{1,3}|[a-z*†‡]|[ivx]{1,4})\][.:]?\s*|([⁰¹²³⁴-⁹]{1,3})[.:)]?\s*|(\*{1,3}|†{1,2}|‡{1,2})\s*|\((\d{1,3})\)\s+"
    r"|(\d{1,3})[.)]\s+|(\d{1,3})(?=\s[A-Z\"“])\s"
)
_BACK_LINK = re.compile(r"^\s*[\^↑]\s*(?:[a-z]\s+)*|\s*[↩↑]\ufe0e?\s*$")
_MARKER = re.compile(
    r"\[\^?(?P<bracket>[\d⁰¹²³⁴-⁹]{1,3}(?:\s?[,–-]\s?\d{1,3})*|[a-z*†‡]|[ivx]{1,4}|\^[\w-]{1,20}|note \d{1,3}|citation needed)\]"
    r"|(?<=[^\W\d_]|[.,;:!?)\]\"'”’»])(?P<raised>[⁰¹²³⁴-⁹]{1,3}(?:[,˒][⁰¹²³⁴-⁹]{1,3})*)"
    r"|(?<=[\w.,;:!?)\]\"'”’»%])(?P<star>\*{1,3}|†{1,2}|‡{1,2})(?=$|[\s.,;:!?)\"'”’»\]–—])"
    r"|(?:(?<=[a-z!?\"”’)])|(?<=[^\W\d][.,;:]))(?P<bare>\d{1,2})(?=$|[\s)\"”])"
    r"|\((?P<round>\d{1,2})\)(?=$|[\s.,;:])"
)
_CANDIDATE = re.compile(r"[\[(*†‡⁰¹²³⁴-⁹0-9]")
_UNIT_POWER = re.compile(r"\b(?:k|c|m)?m[²³]$|\bft[²³]$|\b[A-Z][²³]$")


@dataclass(frozen=True, slots=True)
class Markers:
    """Edits that take a passage's markers out, and for each the label that it names."""

    edits: tuple[Edit, ...]
    labels: tuple[str, ...]


def with_footnotes(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, with those that are notes at the end marked so, their labels taken off."""
    used = frozenset(_labels_used(passages))
    last = max(
        (i for i, p in enumerate(passages) if p.is_prose and not _definition(p, used, False)), default=-1
    )
    result: list[Passage] = []
    in_notes = False
    for index, passage in enumerate(passages):
        if (
            passage.key in reading_words().notes_headings
            and not passage.is_prose
            and _notes_follow(passages, index)
        ):
            in_notes = True
            continue
        in_notes = in_notes and (passage.kind != "heading")
        found = None if _is_listed(passages, index) and not in_notes else _definition(passage, used, in_notes)
        result.append(
            found if found and (index > last or in_notes or found.kind == passage.kind) else passage
        )
    return tuple(result)


def _is_listed(passages: Sequence[Passage], index: int) -> bool:
    """Whether it is one of several bulleted lines, or the one that a colon announces."""
    passage, near = passages[index], [p for p in passages[max(0, index - 1) : index + 2] if p.kind == "item"]
    bulleted = passage.kind == "item" and not (passage.label or "")[:1].isalnum()
    return bulleted and (len(near) > 1 or (index > 0 and passages[index - 1].pauses))


def _notes_follow(passages: Sequence[Passage], index: int) -> bool:
    after = passages[index + 1 : index + 2]
    return bool(after) and _definition(after[0], frozenset(), True) is not None


def _labels_used(passages: Sequence[Passage]) -> Iterator[str]:
    for passage in passages:
        for match in _found(passage.string):
            if match.start() and not match["round"]:
                yield from _labels(match)


def _definition(passage: Passage, used: frozenset[str], in_notes: bool) -> Passage | None:
    """The passage as a note, or None if it is none; numbered lines are notes only where something else says so."""
    text = passage.text.replaced(_BACK_LINK).stripped()
    if passage.kind == "footnote" and passage.label:
        match = _DEFINITION.match(text.text)
        inner = match and _first(match) == passage.label
        return replace(passage, text=text[match.end() :] if match and inner else text)
    if passage.kind == "item" and passage.label:
        label = passage.label.strip("().")
        return (
            replace(passage, text=text, kind="footnote", label=label) if in_notes or label in used else None
        )
    match = _DEFINITION.match(text.text)
    if not match or match.end() == len(text.text):
        return None
    label = _first(match)
    certain = match[1] is not None or match[2] is not None
    if in_notes or label in used or (certain and passage.kind in ("", "quote")):
        return replace(passage, text=text[match.end() :], kind="footnote", label=label)
    return None


def _first(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group is not None).translate(_SUPERSCRIPTS)


def _found(text: str) -> Iterator[re.Match[str]]:
    """Matches of the marker pattern, tried only where a marker can start: it is slow to search with."""
    position = 0
    while candidate := _CANDIDATE.search(text, position):
        match = _MARKER.match(text, candidate.start())
        if match:
            yield match
        position = match.end() if match else candidate.end()


def markers(text: str, known: frozenset[str]) -> Markers:
    """The markers in a text; digits that look like words or figures count only where a note has their number."""
    edits: list[Edit] = []
    labels: list[str] = []
    for match in _found(text):
        if not match.start() and match["bracket"] is None:
            continue
        if match["raised"] and _UNIT_POWER.search(text[max(0, match.start() - 4) : match.end()]):
            continue
        named = _labels(match)
        if (match["bare"] or match["round"]) and not known.issuperset(named):
            continue
        spaced = match["bracket"] or match["round"]
        start = match.start() - (1 if spaced and text[match.start() - 1 : match.start()] == " " else 0)
        edits.append((start, match.end(), ""))
        labels.append(named[0])
    return Markers(tuple(edits), tuple(labels))


def _labels(match: re.Match[str]) -> tuple[str, ...]:
    label = next(group for group in match.groups() if group is not None)
    digits = re.findall(r"\d+", label.translate(_SUPERSCRIPTS))
    return tuple(digits) if digits else (label.lstrip("^"),)
