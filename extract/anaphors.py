"""Topics that are only taken up: "Togo backs it", "Algeria rejected the plan", "that would be unwise"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alliancegraph.extract.frames import FrameMatch
from alliancegraph.extract.issues import Hit
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.tokens import Span, Token
from alliancegraph.ontology.vocabulary import Vocabulary

PLAIN: Final = frozenset({"strong", "near"})
ANAPHOR: Final = "anaphor"
BEFORE: Final = 1
"""Sentences before its own in which a topic may have been named."""


class Anaphors:
    """Finds the issues that pronouns and words such as "the plan" take up in one text."""

    def __init__(self, text: Text, vocabulary: Vocabulary, hits: Sequence[Hit]) -> None:
        self._text = text
        self._pronouns = vocabulary.words("topic-pronoun")
        self._demonstratives = vocabulary.words("topic-demonstrative")
        self._nouns = vocabulary.words("topic-noun")
        self._determiners = vocabulary.words("definite-determiner") | {"such", "its", "their", "his", "her"}
        self._plain: dict[int, list[Hit]] = {}
        self._all = hits
        for hit in hits:
            if hit.kind in PLAIN:
                self._plain.setdefault(text.sentence_number(hit.start), []).append(hit)

    def hits(self, sentence: Span, matches: Sequence[FrameMatch]) -> Iterator[Hit]:
        """A hit for each word that is the topic of an attitude and takes up an issue named before."""
        seen: set[int] = set()
        for match in matches:
            for token in match.get("topic"):
                if token.i not in seen and self._takes_up(token, match):
                    seen.add(token.i)
                    named = self._named_before(token, sentence)
                    if named is not None:
                        yield Hit(named.issue, token.idx, token.idx + len(token.text), ANAPHOR)

    def _takes_up(self, token: Token, match: FrameMatch) -> bool:
        judged = any(grammar == "author" for grammar, _ in match.frame.slots)
        if token.pos_ in ("PRON", "DET"):
            return token.lower_ in (self._demonstratives if judged else self._pronouns)
        if token.lemma_.casefold() not in self._nouns or token.pos_ != "NOUN":
            return False
        definite = any(c.lower_ in self._determiners for c in token.lefts)
        return definite and not self._is_specific(token)

    def _is_specific(self, noun: Token) -> bool:
        """Whether the phrase itself says what it is about."""
        start, end = noun.left_edge.idx, noun.right_edge.idx + len(noun.right_edge.text)
        return any(h.start < end and start < h.end and h.kind != "hint" for h in self._all)

    def _named_before(self, token: Token, sentence: Span) -> Hit | None:
        number = self._text.sentence_number(sentence.start_char)
        here = [h for h in self._plain.get(number, ()) if h.end <= token.idx]
        if here:
            return max(here, key=lambda h: h.end)
        for back in range(1, BEFORE + 1):
            found = self._plain.get(number - back, ())
            if found:
                return min(found, key=self._depth)
        return None

    def _depth(self, hit: Hit) -> tuple[int, int]:
        """How deep in its sentence a place stands: what a sentence is about stands high."""
        root = self._text.tokens(hit.start, hit.end).root
        return sum(1 for _ in root.ancestors), hit.start
