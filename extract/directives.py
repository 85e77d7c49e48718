"""Sentences without a subject that say what is to be done: items agreed on, recommendations, imperatives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alliancegraph.extract import syntax
from alliancegraph.extract.authorship import Authorship
from alliancegraph.extract.claim import Claim, Grounds
from alliancegraph.extract.cleaning import Block
from alliancegraph.extract.coreference import Reference
from alliancegraph.extract.frames import FrameMatch, frame_matcher
from alliancegraph.extract.holders import Holders
from alliancegraph.extract.issues import Hit
from alliancegraph.extract.outcomes import Outcomes
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.tokens import Span, Token
from alliancegraph.extract.voices import Voice
from alliancegraph.ontology.vocabulary import Vocabulary

DIRECTED: Final = 0.6
LED: Final = frozenset({"commits", "proposes", "supports", "opposes", "concern"})
PLAIN: Final = frozenset({"strong", "near"})
SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
OPENERS: Final = frozenset(
    {"advmod", "cc", "punct", "aux", "neg", "intj", "mark", "prep", "dep", "npadvmod", "nummod"}
)


class Directives:
    """Finds what a text says is to be done."""

    def __init__(
        self, text: Text, authorship: Authorship, holders: Holders, outcomes: Outcomes, vocabulary: Vocabulary
    ) -> None:
        self._text = text
        self._authorship = authorship
        self._holders = holders
        self._outcomes = outcomes
        self._matcher = frame_matcher(vocabulary, "stance:")
        self._demand = vocabulary.words("list-demand")
        self._refusing = vocabulary.words("refusing-verb")
        self._rhetorical = vocabulary.words("rhetorical-verb")

    def claims(
        self, sentence: Span, hits: Sequence[Hit], matches: Sequence[FrameMatch], voice: Voice | None
    ) -> list[Claim] | None:
        """The positions of a directive on all issues that it names; None where a sentence is none."""
        block = self._text.block_at(sentence.start_char)
        if block is None:
            return None
        if block.kind == "item" and self._is_recommended(block) and not _is_told(sentence.root):
            listed = self._stance(sentence.root, matches, "proposes") or "proposes"
            return list(self._told(listed, sentence, hits, None, block))
        led = self._led(block) if block.kind == "item" and not _is_told(sentence.root) else None
        if led is not None:
            listed, holders = led
            return list(self._told(listed, sentence, hits, Voice(0, 0, holders, "author"), block))
        verb = self._commanded(sentence) or self._listed(sentence, block)
        if verb is None:
            return None
        if (
            self._authorship.kind != "joint"
            and voice is None
            and block.kind not in ("body", "item", "quote", "")
        ):
            return None
        usual = "commits" if self._authorship.kind == "joint" and voice is None else "proposes"
        stance = self._stance(verb, matches, usual)
        return None if stance is None else list(self._told(stance, sentence, hits, voice, block))

    def _told(
        self, stance: str, sentence: Span, hits: Sequence[Hit], voice: Voice | None, block: Block
    ) -> Iterator[Claim]:
        holders = (
            voice.speakers if voice is not None else [Reference(h, 0.9) for h in self._authorship.holders]
        )
        for hit in hits:
            if hit.kind in PLAIN:
                for holder in holders:
                    grounds = Grounds(
                        hit=hit.kind,
                        frame="directive",
                        implicit=True,
                        reference=holder.confidence,
                        block=block.kind,
                    )
                    turned = self._outcomes.turned(stance, hit, sentence.root, inclusive=True)
                    yield Claim(
                        holder.actor, turned, hit.issue, sentence.start_char, sentence.end_char,
                        voice.kind if voice is not None else "author", DIRECTED, grounds=grounds,
                    )  # fmt: skip

    def _led(self, block: Block) -> tuple[str, tuple[Reference, ...]] | None:
        """Whose resolve or demand a list is whose lead says so: "The leaders agreed to: …"."""
        above = self._above(block)
        if above is None or not self._opens_list(above):
            return None
        lead = self._text.sentence_at(above.end - 1)
        colon = Span(lead.doc, lead.end - 1, lead.end)
        for match in reversed(list(self._matcher.matches(lead))):
            stance = match.frame.evokes.removeprefix("stance:")
            verbal = match.frame.part_of_speech == "verb" and "holder" not in match.frame.requires
            holders = self._holders.named(match, colon, None) if verbal else ()
            if holders and stance in LED:
                return stance, holders
        return None

    def _above(self, block: Block) -> Block | None:
        """What stands above a list: the last block before that is no item of it."""
        before = (b for b in reversed(self._text.clean.blocks) if b.end <= block.start)
        return next((b for b in before if b.kind != "item" or self._opens_list(b)), None)

    def _opens_list(self, block: Block) -> bool:
        return self._text.clean.block_text(block).rstrip().endswith(":")

    def _is_recommended(self, block: Block) -> bool:
        """Whether a list item stands under words such as "The EU should" or "Recommendations"."""
        above = self._above(block)
        if above is None:
            return False
        words = self._text.clean.block_text(above).casefold().strip(" :.").split()
        return bool(words) and (words[-1] in self._demand or words[0] in self._demand)

    def _commanded(self, sentence: Span) -> Token | None:
        """The verb of a sentence that begins with it: "Enhance cooperation on …", "Let us …", "Do not …"."""
        root = sentence.root
        if root.lower_ == "let":
            inner = next((c for c in root.children if c.dep_ == "ccomp" and c.tag_ == "VB"), None)
            own = inner is not None and any(c.lower_ in ("us", "'s") for c in inner.children)
            return inner if own else None
        base = root.tag_ in ("VB", "VBP") and not any(c.dep_ in SUBJECTS for c in root.children)
        opens = all(c.dep_ in OPENERS and c.tag_ != "MD" and c.lower_ != "to" for c in root.lefts)
        if not base or not opens or root.lemma_.casefold() in self._rhetorical:
            return None
        return root

    def _listed(self, sentence: Span, block: Block) -> Token | None:
        """The first word of a list's item in a joint text where it may be a verb: "Cooperate on …" read as an adjective."""
        first = sentence.doc[sentence.start]
        listed = block.kind == "item" and self._authorship.kind == "joint" and first.text.istitle()
        verbal = first.lemma_.casefold() == first.lower_ and self._matcher.has_head("verb", first.lower_)
        return first if listed and verbal and sentence.start_char == block.start else None

    def _stance(self, verb: Token, matches: Sequence[FrameMatch], usual: str) -> str | None:
        """What the verb itself tells where it is a word of attitude, else that it is to be done."""
        told = [
            m.frame.evokes.removeprefix("stance:")
            for m in matches
            if m.head is verb
            and "holder" not in m.frame.requires
            and not any(g == "author" for g, _ in m.frame.slots)
        ]
        against = "opposes" in told or verb.lemma_.casefold() in self._refusing
        if syntax.negated(verb):
            return None if against else "opposes"
        return "opposes" if against else usual if "concern" not in told else None


def _is_told(root: Token) -> bool:
    """Whether a sentence has a subject of its own and tells what is: no recommendation."""
    finite = root.tag_ in ("VBD", "VBZ", "VBN", "VBG", "VBP")
    return (
        finite
        and any(c.dep_ in SUBJECTS for c in root.children)
        and not any(c.tag_ == "MD" for c in root.children)
    )
