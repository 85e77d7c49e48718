"""Issues that are taken up again without their words: by "it" or "this", or by "the plan", "such a step"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from alliancegraph.extract.issues import Hit
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

TAKEN_UP: Final = "taken up"
"""The kind of hit of such a place."""
_PLAIN: Final = ("strong", "near")
_PLACES: Final = frozenset({"dobj", "obj", "pobj", "nsubj", "nsubjpass"})


class TakenUp:
    """Finds the places of one text that take up an issue of the words before them."""

    def __init__(self, text: Text, vocabulary: Vocabulary) -> None:
        self._text = text
        self._pronouns = vocabulary.words("taking-up-pronoun")
        self._nouns = vocabulary.words("taking-up-noun")
        self._determiners = vocabulary.words("taking-up-determiner")

    def hits(self, hits: Sequence[Hit]) -> Iterator[Hit]:
        """A hit for each such place, in text order; `hits` are those of plain words, in text order."""
        plain: dict[int, list[Hit]] = {}
        for hit in hits:
            if hit.kind in _PLAIN:
                plain.setdefault(self._text.sentence_number(hit.start), []).append(hit)
        for token in self._text.doc:
            if self._takes_up(token):
                number = self._text.sentence_number(token.idx)
                yield from self._antecedent(token, plain.get(number, ()), plain.get(number - 1, ()))

    def _takes_up(self, token: Token) -> bool:
        if token.dep_ not in _PLACES:
            return False
        if token.lower_ in self._pronouns:
            return True
        return (
            token.lemma_.casefold() in self._nouns
            and any(c.lower_ in self._determiners for c in token.children)
            and not any(c.dep_ in ("prep", "acl", "relcl", "compound", "amod") for c in token.children)
        )

    def _antecedent(self, token: Token, here: Sequence[Hit], before: Sequence[Hit]) -> Iterator[Hit]:
        """The issue of the last plain words of this sentence or, where this one has none, of the sentence before."""
        earlier = [h for h in here if h.end <= token.idx]
        if not earlier and (here or not self._one_block(token, before)):
            return
        meant = max(earlier or before, key=lambda h: (h.kind == "strong", h.start))
        yield Hit(meant.issue, token.idx, token.idx + len(token.text), TAKEN_UP, meant.phrase)

    def _one_block(self, token: Token, before: Sequence[Hit]) -> bool:
        return bool(before) and self._text.block_at(token.idx) is self._text.block_at(before[-1].start)
