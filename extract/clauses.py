"""Which passage shows a position: the clause with its holder, attitude and topic."""

from __future__ import annotations

from typing import Final

from alliancegraph.extract.frames import FrameMatch
from alliancegraph.extract.issues import Hit
from alliancegraph.extract.tokens import Span, Token
from alliancegraph.extract.topics import phrase_start

LONG: Final = 240
"""Characters up to which a passage is grown to the whole clause."""
EDGES: Final = " ,;:—–-"


def passage(hit: Hit, match: FrameMatch, sentence: Span) -> tuple[int, int]:
    """From the first to the last of head, holder and place, grown to the clause of the attitude where that is short."""
    tokens = [match.head, *match.words, *match.get("holder")]
    inside = [t for t in tokens if sentence.start <= t.i < sentence.end]
    start = min([hit.start, *(phrase_start(t) for t in inside)])
    end = max([hit.end, *(t.idx + len(t.text) for t in inside)])
    for first, last in _clauses(match.head, sentence):
        wider = min(start, first), max(end, last)
        if wider[1] - wider[0] > LONG:
            break
        start, end = wider
        if first <= hit.start and hit.end <= last:
            break
    return start, end


def _clauses(head: Token, sentence: Span) -> list[tuple[int, int]]:
    """The clauses around a word, from the innermost out."""
    found: list[tuple[int, int]] = []
    current = head
    while True:
        if current.pos_ in ("VERB", "AUX") or current.head.i == current.i:
            first = max(current.left_edge.i, sentence.start)
            last = min(current.right_edge.i, sentence.end - 1)
            found.append(_trimmed(Span(sentence.doc, first, last + 1)))
        if current.head.i == current.i:
            return found
        current = current.head


def _trimmed(span: Span) -> tuple[int, int]:
    text = span.text
    left, right = len(text) - len(text.lstrip(EDGES)), len(text.rstrip(EDGES + ".!?"))
    return span.start_char + left, span.start_char + max(right, left + 1)
