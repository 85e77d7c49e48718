"""What an attitude comes to for an issue where the thing itself is a threat, is averted, or is to be undone or ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from alliancegraph.extract import syntax
from alliancegraph.extract.attitudes import Attitude
from alliancegraph.extract.issues import Hit
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.tokens import Token
from alliancegraph.extract.topics import FAR, anchor
from alliancegraph.ontology.vocabulary import Vocabulary

TURNED: Final = {"supports": "opposes", "proposes": "opposes", "commits": "opposes", "opposes": "supports"}


class Outcomes:
    """Tells the stance on an issue from that on what is said of it."""

    def __init__(self, text: Text, vocabulary: Vocabulary) -> None:
        self._text = text
        self._threats = vocabulary.words("threat-issue")
        self._averting = vocabulary.words("averting-verb")
        self._undoing = vocabulary.words("undoing-word")
        self._ending = vocabulary.words("ending-word")
        self._policies = vocabulary.words("policy-issue")

    def stance(self, hit: Hit, chosen: Attitude) -> str:
        """The stance that an attitude takes on the issue of a place."""
        stance = chosen.stance
        if stance == "supports" and (hit.issue in self._threats or self._averted(hit, chosen.match.head)):
            return "concern"
        modal = chosen.match.frame.part_of_speech == "modal"
        head = chosen.match.head.head if modal else chosen.match.head
        if modal and syntax.negated(head):
            stance = TURNED.get(stance, stance)
        return self.turned(stance, hit, head, inclusive=modal or chosen.acted)

    def turned(self, stance: str, hit: Hit, verb: Token, *, inclusive: bool) -> str:
        """The stance after the words between a place and a verb, that itself included, which undo or end what they name."""
        turns = sum(self._turns(word, hit) for word in self._between(hit, verb, inclusive=inclusive))
        return TURNED.get(stance, stance) if turns % 2 else stance

    def _turns(self, word: Token, hit: Hit) -> bool:
        lemma = word.lemma_.casefold()
        undone = lemma in self._undoing and hit.issue not in self._threats
        denied = word.dep_ == "xcomp" and any(c.dep_ == "neg" for c in word.children)
        return (undone != denied) or (lemma in self._ending and hit.issue in self._policies)

    def _between(self, hit: Hit, verb: Token, *, inclusive: bool) -> Iterator[Token]:
        """The words from a place up to a verb."""
        current = anchor(self._text.tokens(hit.start, hit.end))
        for _ in range(FAR):
            if current is verb:
                break
            yield current
            if current.head is current:
                return
            current = current.head
        if inclusive:
            yield verb

    def _averted(self, hit: Hit, head: Token) -> bool:
        """Whether a clause between the word of attitude and the place is denied: "ensure that … does not spread"."""
        current = self._text.tokens(hit.start, hit.end).root
        for _ in range(FAR):
            if current is head or current.head is current:
                return False
            averted = current.dep_ == "ccomp" and current.head.lemma_.casefold() in self._averting
            if averted and any(c.dep_ == "neg" for c in current.children):
                return True
            current = current.head
        return False
