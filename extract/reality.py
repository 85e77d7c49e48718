"""Whether words tell of something that happens: not denied, conditional, merely possible, asked or habitual."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token

DEPENDENT: Final = frozenset({"aux", "conj", "dobj", "xcomp", "prep", "pobj", "compound", "nsubj"})


class Reality:
    """Tells the real from the unreal in one text."""

    def __init__(self, text: Text, vocabulary: Vocabulary) -> None:
        self._text = text
        self._possibility = vocabulary.words("possibility") | vocabulary.words("demand-modal")
        self._condition = vocabulary.words("condition")
        self._generic = vocabulary.words("generic-determiner")
        self._definite = vocabulary.words("definite-determiner")
        self._planned = vocabulary.words("planning-word")
        self._negative = vocabulary.words("negative-determiner")
        self._implicative = vocabulary.words("implicative-verb")
        self._factive = vocabulary.words("factive-preposition")
        self._unreal = vocabulary.words("unreal-noun")
        self._feared = vocabulary.words("unreal-verb")
        self._asked = vocabulary.words("asking-verb")
        self._habitual = vocabulary.words("habitual-adverb")

    def is_unreal(self, head: Token, part_of_speech: str) -> bool:
        """Whether the event at a verb or noun is denied, conditional, merely possible, asked, or told in general."""
        if syntax.negated(head) or self._text.sentence_of(head).text.rstrip().endswith("?"):
            return True
        if self._is_habitual(head) or self._is_conditional(head) or self._is_possible(head, part_of_speech):
            return True
        if part_of_speech == "verb":
            return self._is_only_named(head)
        return self._is_none(head) or self._is_feared(head)

    def _is_none(self, noun: Token) -> bool:
        """Whether a noun speaks of no event in particular: "no treaty", "any attack"."""
        return any(c.lower_ in self._generic for c in noun.lefts if c.dep_ in ("det", "amod", "neg"))

    def is_denied(self, noun: Token) -> bool:
        """Whether there is said to be none: "signed no treaty"."""
        return any(c.lower_ in self._negative for c in noun.lefts)

    def is_intended(self, noun: Token) -> bool:
        """Whether an event is one that somebody wants to bring about: "decided to open talks"."""
        if self._is_planned(noun):
            return True
        verb = noun.head
        if noun.pos_ != "NOUN" or noun.dep_ != "dobj" or verb.pos_ != "VERB" or self._is_definite(noun):
            return False
        return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children) and self._is_only_named(verb)

    def _is_planned(self, verb: Token) -> bool:
        """Whether an infinitive tells what is due: "are to meet", "is scheduled to visit"."""
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)
        return infinitive and verb.dep_ == "xcomp" and verb.head.lemma_.casefold() in self._planned

    def _is_definite(self, noun: Token) -> bool:
        return any(c.lower_ in self._definite or c.dep_ == "poss" for c in noun.lefts)

    def _is_only_named(self, verb: Token) -> bool:
        """Whether a verb form says nothing of whether it was done: an infinitive, a gerund, what others demand."""
        if self._is_planned(verb):
            return False
        if any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
            return not (verb.head.lemma_.casefold() in self._implicative and _is_past(verb.head))
        if verb.tag_ == "VBG" and verb.dep_ == "pcomp":
            above = verb.head.head
            return not (verb.head.lower_ in self._factive and _is_past(above))
        if verb.tag_ == "VBG" and verb.dep_ in ("csubj", "nsubj"):
            return True
        demanded = verb.tag_ == "VB" and verb.dep_ == "ccomp"
        return demanded and not any(c.dep_ == "aux" for c in verb.children)

    def _is_feared(self, noun: Token) -> bool:
        """Whether only the danger, hope or idea of an event is spoken of: "the threat of an invasion"."""
        if self._is_definite(noun):
            return False
        above = noun.head
        if noun.dep_ in ("dobj", "nsubjpass"):
            return above.lemma_.casefold() in self._feared
        if noun.dep_ != "pobj" or above.lower_ not in ("of", "for"):
            return False
        lemma = above.head.lemma_.casefold()
        return lemma in self._unreal or (above.lower_ == "for" and lemma in self._asked)

    def _is_habitual(self, head: Token) -> bool:
        return any(
            c.lower_ in self._habitual
            for verb in (head, head.head)
            for c in verb.children
            if c.dep_ == "advmod"
        )

    def _is_conditional(self, head: Token) -> bool:
        current = head
        for _ in range(5):
            if any(c.dep_ == "mark" and c.lower_ in self._condition for c in current.children):
                return True
            if current.dep_ not in DEPENDENT or current.head.i == current.i:
                return False
            current = current.head
        return False

    def _is_possible(self, head: Token, part_of_speech: str) -> bool:
        verb = head if part_of_speech == "verb" else head.head
        done = part_of_speech == "verb" or head.dep_ in ("dobj", "attr", "nsubjpass")
        modal = any(c.lower_ in self._possibility for c in verb.children if c.dep_ == "aux")
        return done and verb.pos_ in ("VERB", "AUX") and modal


def _is_past(verb: Token) -> bool:
    """Whether a verb tells what was done: a past or perfect form."""
    if any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children):
        return False
    perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    return perfect or verb.tag_ in ("VBD", "VBN")
