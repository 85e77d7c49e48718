"""What an attitude is about: how far a place that speaks of an issue lies below the topic of a frame."""

from __future__ import annotations

from typing import Final

from alliancegraph.extract import syntax
from alliancegraph.extract.frames import FrameMatch
from alliancegraph.extract.mood import Mood
from alliancegraph.extract.tokens import Span, Token

FAR: Final = 12
LOOP: Final = 20
BEFORE_NOUN: Final = frozenset({"compound", "amod", "det", "poss", "nmod", "nummod", "predet"})


def reach(match: FrameMatch, place: Span, mood: Mood) -> int | None:
    """How many steps a place lies below the topic of a frame; None where it is outside."""
    best: int | None = None
    head = anchor(place)
    neutral = match.frame.evokes == "stance:neutral"
    for topic in match.get("topic"):
        first, last = syntax.extent(topic)
        around = first <= match.head.i < last and topic.i != match.head.head.i
        both = place.start <= match.head.i < place.end and place.start <= topic.i < place.end
        if both or (
            first <= head.i < last and not around and not mood.is_aside(head, topic, open_question=neutral)
        ):
            steps = 0 if both else _steps(head, topic, match.head)
            best = steps if best is None else min(best, steps)
    inside = place.start <= match.head.i < place.end
    if best is None and inside and not match.get("topic") and not match.get("addressee"):
        best = 1
    return best if best is None or best <= FAR else None


def anchor(place: Span) -> Token:
    """The word of a place by which it hangs on the sentence: its root, or its first noun where the root is a verb."""
    if place.root.pos_ in ("VERB", "AUX", "ADP"):
        return next((t for t in place if t.pos_ in syntax.NOMINALS), place.root)
    return place.root


def clause_head(token: Token) -> Token:
    """The verb whose clause a word belongs to."""
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token


def phrase_start(token: Token) -> int:
    """Where the words begin that stand right before a noun and belong to it; of other words their own beginning."""
    first = token
    if token.pos_ in syntax.NOMINALS:
        for child in reversed(list(token.lefts)):
            if child.dep_ in BEFORE_NOUN and token.i - child.i < FAR:
                first = child.left_edge if child.left_edge.i < first.i else first
    return first.idx


def _steps(place: Token, topic: Token, head: Token) -> int:
    """Dependency steps from a place up to the topic, or to the head of the frame."""
    current, count = place, 0
    while current.i not in (topic.i, head.i) and current.head.i != current.i and count < LOOP:
        current = current.head
        count += 1
    return count
