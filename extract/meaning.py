"""What sentences without any phrase of an issue are about: the issue whose wordings are nearest in meaning."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import numpy as np

from alliancegraph.extract.issues import Hit
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import IssueEntry, Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.encoder import Array, Encoder

SHOWN: Final = frozenset({"strong", "near", "implied"})
"""The kinds of hit after which a sentence needs no look at its meaning."""
SILENT: Final = frozenset({"title", "heading", "footnote", "bio", "byline", "dateline"})
WORDINGS: Final = 12
"""Phrases that stand for an issue, from the first to the last of the alphabet."""
WORDS: Final = 5
"""A sentence of fewer words says too little."""
NEAR: Final = 0.5
AHEAD: Final = 0.05
"""How near (cosine) the nearest issue must be, and by how much nearer than the next one."""


@dataclass(frozen=True)
class _Described:
    issues: tuple[str, ...]
    rows: Array


def meaning_hits(text: Text, hits: Sequence[Hit], vocabulary: Vocabulary, encoder: Encoder) -> list[Hit]:
    """One hit for each sentence in which no hit shows an issue and whose meaning is near to one's wordings."""
    spans = list(_open_sentences(text, hits))
    if not spans:
        return []
    described = _described(vocabulary, encoder)
    likeness = encoder([text.clean.text[start:end] for start, end in spans]) @ described.rows.T
    ranked = np.argsort(-likeness, axis=1, kind="stable")
    found = []
    for (start, end), row, order in zip(spans, likeness, ranked, strict=True):
        best, second = float(row[order[0]]), float(row[order[1]])
        if best >= NEAR and best - second >= AHEAD:
            found.append(Hit(described.issues[int(order[0])], start, end, "meaning"))
    return found


def _open_sentences(text: Text, hits: Sequence[Hit]) -> Iterator[tuple[int, int]]:
    shown = {text.sentence_number(hit.start) for hit in hits if hit.kind in SHOWN}
    for sentence in text.sentences():
        start, end = sentence.start_char, sentence.end_char
        block = text.block_at(start)
        told = block is not None and block.kind in SILENT
        if not told and text.sentence_number(start) not in shown and len(sentence.text.split()) >= WORDS:
            yield start, end


@cache
def _described(vocabulary: Vocabulary, encoder: Encoder) -> _Described:
    """For each issue the mean of its wordings."""
    texts = [wordings(issue) for issue in vocabulary.issues]
    rows = encoder([wording for group in texts for wording in group])
    means, start = [], 0
    for group in texts:
        mean = rows[start : start + len(group)].mean(0)
        means.append(mean / np.linalg.norm(mean))
        start += len(group)
    return _Described(tuple(issue.id for issue in vocabulary.issues), np.stack(means))


def wordings(issue: IssueEntry) -> list[str]:
    """An issue's label and phrases of its own, as many as `WORDINGS`, evenly from its list."""
    phrases = sorted(set(issue.strong) - {issue.label})
    step = max(1, len(phrases) / WORDINGS)
    return [issue.label, *(phrases[int(i * step)] for i in range(min(WORDINGS, len(phrases))))]
