"""The mood of a word of attitude: demanded, possible, announced, conditional, or only an aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

BELOW: Final = frozenset({"xcomp", "pcomp", "prep", "dobj", "attr", "acomp", "conj", "acl"})
FAR: Final = 12


class Mood:
    """Tells in which mood a word stands, by the word lists of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._possibility = vocabulary.words("possibility")
        self._condition = vocabulary.words("condition")
        self._intention = vocabulary.words("intention")
        self._demand = vocabulary.words("demand-modal")
        self._demand_verbs = vocabulary.words("demand-verb")
        self._asides = vocabulary.words("aside-preposition")
        self._denial = vocabulary.words("denial-verb")
        self._reported_future = vocabulary.words("reported-future")

    def is_demanded(self, head: Token) -> bool:
        """Whether whoever speaks demands it: "Japan should strengthen …", "Washington needs to rebuild …"."""
        return self._modal(head, self._demand, self._demand_verbs)

    def is_possible(self, head: Token, *, reported: bool) -> bool:
        """Whether it only can or may be; in reported speech "would" is a "will"."""
        return self._modal(head, self._possibility - self._reported_future if reported else self._possibility)

    def is_hedged(self, head: Token) -> bool:
        """Whether a modal of possibility stands on the word itself."""
        return any(c.lower_ in self._possibility for c in head.children if c.dep_ == "aux")

    def is_announced(self, head: Token, *, reported: bool) -> bool:
        """Whether it is said that it will be: "will", in reported speech "would"."""
        auxiliaries = {c.lower_ for c in head.children if c.dep_ == "aux"}
        return bool(auxiliaries & self._intention) or (reported and bool(auxiliaries & self._reported_future))

    def is_conditional(self, head: Token) -> bool:
        """Whether a head stands in an if-clause."""
        current = head
        for _ in range(6):
            if any(c.dep_ == "mark" and c.lower_ in self._condition for c in current.children):
                return True
            if current.head.i == current.i:
                return False
            current = current.head
            if current.lemma_.casefold() in self._denial:
                return True
        return False

    def is_aside(self, anchor: Token, topic: Token) -> bool:
        """Whether a place stands in an aside of time or cause below the topic: "after the elections", "due to …"."""
        current = anchor
        for _ in range(FAR):
            if any(c.dep_ == "mark" and c.lower_ in self._condition for c in current.children):
                return True
            if current.i == topic.i or current.head.i == current.i:
                return False
            current = current.head
            if (
                current.dep_ in ("prep", "mark", "pcomp")
                and current.lower_ in self._asides
                and current.i != topic.i
            ):
                return True
        return False

    @staticmethod
    def _modal(head: Token, modals: frozenset[str], verbs: frozenset[str] = frozenset()) -> bool:
        """Whether a modal, or a verb such as "needs to", stands on the verb or on the finite verb that it depends on."""
        current = head
        for _ in range(5):
            if any(c.dep_ == "aux" and c.lower_ in modals for c in current.children):
                return True
            if current.dep_ == "xcomp" and current.head.lemma_.casefold() in verbs:
                return not any(c.lower_ == "yet" for c in current.head.children)
            if current.dep_ not in BELOW or current.head.i == current.i:
                return False
            current = current.head
        return False
