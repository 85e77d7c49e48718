"""Who speaks in a transcript: the labels before its paragraphs (`PRESIDENT X:`, `Q:`), and stage directions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from alliancegraph.extract.passages import Passage, key
from alliancegraph.extract.words import reading_words

_LABEL = re.compile(
    r"(?P<name>[^\W\d_a-z][^:\n?!]{0,70}?)\s*(?:\([^()]{1,40}\)\s*)?:\s+(?=\S)|(?P<letter>Q|A)(?:[.:]|\s+[–—-])?\s+(?=[A-Z])"
)
_BRACKETS = re.compile(r"\s?[(\[]([^()\[\]]{3,40})[.!]?[)\]]")
_SPOKEN = ("", "body", "quote", "item")


def with_speakers(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """The passages, each of a transcript's with the one who speaks it; labels and stage directions are taken off."""
    labels = [_label(p) if p.kind in _SPOKEN else None for p in passages]
    counts = Counter(match["name"] or match["letter"] for match in labels if match)
    accepted = {name for name in counts if _is_speaker(name, counts)}
    if sum(counts[name] for name in accepted) < 2:
        return tuple(passages)
    result: list[Passage] = []
    current: str | None = None
    source: tuple[int, int] | None = None
    for passage, match in zip(passages, labels, strict=True):
        if match and (name := match["name"] or match["letter"]) in accepted:
            text = passage.text
            current, source = name, (text.starts[0], text.ends[len(name) - 1])
            passage = replace(passage, text=text[match.end() :], kind="")
        elif passage.kind not in _SPOKEN:
            result.append(passage)
            continue
        result.append(replace(_without_directions(passage), speaker=current, speaker_source=source))
    return tuple(p for p in result if p.string or p.kind == "rule")


def _label(passage: Passage) -> re.Match[str] | None:
    return _LABEL.match(passage.string)


def _is_speaker(name: str, counts: Counter[str]) -> bool:
    """Whether a label names a speaker: a title or known word, or capitals, and not a heading that recurs."""
    known = reading_words()
    words = key(name).split()
    if (
        not words
        or len(words) > 8
        or (words[0] in known.function_words and key(name) not in known.speaker_words)
    ):
        return False
    if len(name) == 1:
        return counts["Q"] > 0 and (name == "Q" or counts["A"] > 0)
    titled = key(name) in known.speaker_words or any(
        " ".join(words[:n]) in known.honorifics for n in (1, 2, 3)
    )
    return titled or (name.isupper() and counts[name] > 1)


def _without_directions(passage: Passage) -> Passage:
    known = reading_words().stage_directions
    found = [m for m in _BRACKETS.finditer(passage.string) if key(m[1]) in known]
    if not found:
        return passage
    return replace(passage, text=passage.text.edited((m.start(), m.end(), "") for m in found).stripped())
