"""Whether a word of attitude is denied, given up or said of the past: what is left of the side that it tells."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Final

from alliancegraph.extract import syntax
from alliancegraph.extract.frames import FrameMatch
from alliancegraph.extract.tokens import Token
from alliancegraph.ontology.vocabulary import Vocabulary

OPPOSITE: Final = {"supports": "opposes", "proposes": "opposes"}
REFUSED: Final = {"supports": "opposes", "proposes": "opposes", "commits": "opposes", "opposes": "supports"}
COMPLEMENT: Final = frozenset({"xcomp", "pcomp", "dobj", "pobj", "prep", "attr", "acomp"})
FAR: Final = 4
NONE: Final = frozenset({"neither", "no", "nobody", "none", "nothing", "hardly", "scarcely"})
QUOTES: Final = frozenset({'"', "``", "''", "“", "”"})


class Polarity:
    """Tells on which side a word of attitude is, by the word lists of a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._refusing = vocabulary.words("refusing-verb")
        self._failing = vocabulary.words("failing-verb")
        self._leaving = vocabulary.words("leaving-verb")
        self._raising = vocabulary.words("negation-raising")
        self._negators = vocabulary.words("negator")
        self._fading = vocabulary.words("fading-verb")
        self._formerly = vocabulary.words("formerly")
        self._mocking = vocabulary.words("mocking-word")
        self._sneers = tuple(sorted(vocabulary.words("mocking-phrase")))
        self._refusal = vocabulary.words("refusal-modal")

    def side(self, match: FrameMatch) -> str | None:
        """The stance that is left of what a frame tells; None where nothing is."""
        stance, head = match.frame.evokes.removeprefix("stance:"), match.head
        if any(word.lower_ in self._negators for word in match.words):
            return stance
        if match.frame.part_of_speech == "modal":
            return stance
        refused, denied = self._is_refused(head), self._is_denied(head)
        if refused and denied:
            return stance
        if refused:
            return REFUSED.get(stance)
        if not denied:
            return stance
        willed = any(c.lower_ in self._refusal for c in head.children if c.dep_ == "aux")
        return (REFUSED if willed else OPPOSITE).get(stance)

    def is_ironic(self, match: FrameMatch) -> bool:
        """Whether marks of irony stand on a word of judgement: "so-called", "of course", quotation marks around it alone."""
        head, doc = match.head, match.head.doc
        first, last = head.i - 1, head.i + 1
        if first >= 0 and last < len(doc) and _is_quote(doc[first]) and _is_quote(doc[last]):
            return True
        near = (
            {token.lower_ for token in head.subtree}
            if head.pos_ == "NOUN"
            else {c.lower_ for c in head.children}
        )
        if near & self._mocking:
            return True
        sentence = head.sent
        words = sentence.text.casefold()
        exclaimed = words.startswith(("what a ", "what an ", "how ")) and words.endswith("!")
        return exclaimed or any(phrase in words for phrase in self._sneers)

    def is_former(self, head: Token) -> bool:
        """Whether it was so once: "once opposed", "used to support", "had long refused"."""
        current = head
        for _ in range(FAR):
            if current.dep_ == "xcomp" and current.head.lower_ == "used" and current.tag_ == "VB":
                return True
            if current.dep_ == "nsubj" and current.head.lemma_.casefold() in self._fading:
                return True
            if any(_is_adverb(c) and c.lower_ in self._formerly for c in current.children):
                return True
            perfect = any(c.lower_ == "had" and c.dep_ == "aux" for c in current.children)
            if perfect and current.dep_ == "relcl":
                return True
            if current.dep_ not in COMPLEMENT or current.head is current:
                return False
            current = current.head
        return False

    def only_leaves(self, match: FrameMatch, heads: AbstractSet[int]) -> bool:
        """Whether a verb only says that another attitude is given up: "dropped" in "dropped its opposition"."""
        return match.head.lemma_.casefold() in self._leaving and any(
            c.i in heads and c.pos_ == "NOUN" for c in match.head.children if c.dep_ in ("dobj", "nsubjpass")
        )

    def _is_denied(self, head: Token) -> bool:
        failed = head.dep_ == "xcomp" and head.head.lemma_.casefold() in self._failing
        if failed or syntax.negated(head) or (_is_of_none(head) and not _is_comparative(head)):
            return True
        clause = head if head.dep_ == "ccomp" else head.head
        above = clause.head
        return (
            clause.dep_ == "ccomp"
            and clause is not above
            and above.lemma_.casefold() in self._raising
            and syntax.negated(above)
        )

    def _is_refused(self, head: Token) -> bool:
        """Whether a word above says that it is not done, or no longer: "refuses to support", "dropped its objections"."""
        above = head.head
        if head.dep_ in ("xcomp", "pcomp"):
            if head.dep_ == "pcomp":
                above = above.head
            return above.lemma_.casefold() in self._refusing
        if head.dep_ == "pobj" and above.dep_ == "prep":
            above = above.head
        nominal = head.pos_ in ("NOUN", "PROPN") and (head.dep_ in ("dobj", "nsubjpass", "pobj"))
        return nominal and above.lemma_.casefold() in self._leaving


def _is_comparative(head: Token) -> bool:
    """Whether a word is compared: "nothing is more foolish than …"."""
    words = [head, *(c for c in head.children if c.dep_ in ("acomp", "attr", "advmod"))]
    return any(w.tag_ in ("JJR", "RBR") or any(c.tag_ == "RBR" for c in w.children) for w in words)


def _is_quote(token: Token) -> bool:
    return token.text in QUOTES


def _is_adverb(token: Token) -> bool:
    return token.dep_ in ("advmod", "npadvmod", "prep", "amod")


def _is_of_none(head: Token) -> bool:
    """Whether the subject or object is "neither A nor B", "no ally", "nobody"."""
    for word in head.children:
        if word.dep_ in ("nsubj", "nsubjpass", "dobj"):
            before = (word, *(c for c in word.lefts if c.dep_ in ("det", "preconj", "cc", "advmod")))
            if any(token.lower_ in NONE for token in before):
                return True
    return False
