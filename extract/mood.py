"""The mood of a word of attitude: demanded, possible, announced, conditional, or only an aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

BELOW: Final = frozenset({"xcomp", "pcomp", "prep", "dobj", "attr", "acomp", "conj", "acl"})
FAR: Final = 12
HIGH: Final = 6
INVERTED: Final = frozenset({"had", "were", "should"})


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
        self._supposing = vocabulary.words("supposing-participle")
        self._truth = vocabulary.words("truth-adjective")
        self._stative = vocabulary.words("stative-verb")
        self._wishing = vocabulary.words("wishing-verb")
        self._willing = self._intention | self._possibility
        self._possible_told = self._possibility - self._reported_future

    def is_demanded(self, head: Token) -> bool:
        """Whether whoever speaks demands it: "Japan should strengthen …", "Washington needs to rebuild …"."""
        return self._modal(head, self._demand, self._demand_verbs)

    def is_possible(self, head: Token, *, reported: bool) -> bool:
        """Whether it only can or may be; in reported speech "would" is a "will"."""
        return self._modal(head, self._possible_told if reported else self._possibility)

    def is_hedged(self, head: Token) -> bool:
        """Whether a modal of possibility stands on the word itself."""
        return any(c.lower_ in self._possibility for c in head.children if c.dep_ == "aux")

    def is_announced(self, head: Token, *, reported: bool) -> bool:
        """Whether it is said that it will be: "will", in reported speech "would"."""
        auxiliaries = {c.lower_ for c in head.children if c.dep_ == "aux"}
        return bool(auxiliaries & self._intention) or (reported and bool(auxiliaries & self._reported_future))

    def is_unreal(self, head: Token) -> bool:
        """Whether it is only supposed, imagined or denied: in an if-clause, "had it not …", "would have …", "denies that"."""
        current = head
        for _ in range(HIGH):
            children = current.children
            if any(c.dep_ == "mark" and c.lower_ in self._condition for c in children):
                return True
            if _is_inverted(current) or (_is_perfect(current) and self._is_counterfactual(current)):
                return True
            if current.head is current:
                return False
            below, current = current, current.head
            doubted = current.lemma_.casefold() in self._denial and not syntax.negated(current)
            if doubted or self._is_supposed(below, current):
                return True
        return False

    def is_forecast(self, head: Token) -> bool:
        """Whether a modal only tells what will be: "will become", "will face"."""
        return (
            head.dep_ == "aux"
            and head.lower_ in self._intention
            and head.head.lemma_.casefold() in self._stative
        )

    def is_past(self, head: Token) -> bool:
        """Whether a deed is told as done: a fact, which need not show what side is taken now."""
        if head.tag_ not in ("VBD", "VBN"):
            return False
        return not any(c.lower_ in self._willing for c in head.children if c.dep_ == "aux")

    def _is_counterfactual(self, verb: Token) -> bool:
        """ "Would have backed": what has not happened; what somebody would have liked he wants."""
        auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
        return bool(auxiliaries & self._possibility) and verb.lemma_ not in self._wishing

    def _is_supposed(self, below: Token, above: Token) -> bool:
        """ "Provided that …", "assuming that …", "it is not true that …"."""
        if above.lower_ in self._supposing and below.dep_ in ("ccomp", "pcomp", "advcl"):
            return True
        return (
            below.dep_ in ("ccomp", "csubj")
            and any(c.lower_ in self._truth and c.dep_ in ("acomp", "attr") for c in above.children)
            and any(c.dep_ == "neg" for c in above.children)
        )

    def is_aside(self, anchor: Token, topic: Token, *, open_question: bool = False) -> bool:
        """Whether a place stands in an aside of time or cause below the topic: "after the elections", "due to …".

        A clause with "whether" is no aside of a word that tells an open question.
        """
        conditions = self._condition - {"whether"} if open_question else self._condition
        current = anchor
        for _ in range(FAR):
            if any(c.dep_ == "mark" and c.lower_ in conditions for c in current.children):
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


def _is_perfect(verb: Token) -> bool:
    return any(c.lower_ == "have" and c.dep_ == "aux" for c in verb.children)


def _is_inverted(verb: Token) -> bool:
    """ "Had Denmark opposed …", "were Finland to reject …": a condition without a word for it."""
    subject = next((c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")), None)
    if subject is None or not verb.lefts or verb.dep_ not in ("advcl", "ccomp", "ROOT"):
        return False
    first = (
        verb
        if verb.lower_ in INVERTED
        else next((c for c in verb.lefts if c.dep_ in ("aux", "auxpass")), verb)
    )
    return first.lower_ in INVERTED and first.i < subject.i and first.i == verb.left_edge.i
