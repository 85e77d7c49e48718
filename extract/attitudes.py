"""Which words of attitude reach a place that speaks of an issue, and which of them tells the stance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from alliancegraph.extract.coreference import Reference
from alliancegraph.extract.frames import FrameMatch
from alliancegraph.extract.holders import Holders
from alliancegraph.extract.issues import Hit
from alliancegraph.extract.mood import Mood
from alliancegraph.extract.polarity import Polarity
from alliancegraph.extract.tokens import Span, Token
from alliancegraph.extract.topics import reach
from alliancegraph.extract.voices import Voice, Voices
from alliancegraph.ontology.vocabulary import Vocabulary

FAVOURABLE: Final = frozenset({"supports", "proposes", "commits"})
SIDED: Final = frozenset({"opposes", "concern", "supports"})
EXPLICIT: Final = 0.9
IMPLICIT: Final = 0.6
ACTED: Final = 0.65
ACTED_IMPLICIT: Final = 0.45
HEDGE: Final = 0.8
FORMER: Final = 0.6
IRONIC: Final = 0.5
STEP: Final = 0.98
HINTS: Final = frozenset({"hint", "weak"})
UNSURE_HITS: Final = frozenset({"weak", "hint", "spread", "anaphor"})
"""What a claim is worth by what carries it, and what an uncertainty takes from it."""


@dataclass(frozen=True)
class Attitude:
    """A frame that reaches a place: who holds it, its stance, and how many steps it is away."""

    match: FrameMatch
    stance: str
    holders: tuple[Reference, ...]
    implicit: bool
    steps: int
    confidence: float
    hedged: bool = False
    former: bool = False
    ironic: bool = False

    @property
    def acted(self) -> bool:
        """Whether a deed tells it, not a word of attitude."""
        return "holder" in self.match.frame.requires


class Attitudes:
    """Weighs the words of attitude of one text."""

    def __init__(self, holders: Holders, voices: Voices, vocabulary: Vocabulary) -> None:
        self._holders = holders
        self._voices = voices
        self._mood = Mood(vocabulary)
        self._polarity = Polarity(vocabulary)
        self._deeds = vocabulary.words("undoing-word") | vocabulary.words("ending-word")

    def own(self, matches: Sequence[FrameMatch]) -> list[FrameMatch]:
        """The words of attitude of a sentence that are not part of others, and do not only give up another."""
        heads = {match.head.i for match in matches}
        within = {word.i for match in matches for word in match.words[1:] if word is not match.head}
        return [m for m in matches if m.head.i not in within and not self._polarity.only_leaves(m, heads)]

    def at(
        self, hit: Hit, place: Span, matches: Sequence[FrameMatch], voice: Voice | None
    ) -> Iterator[Attitude]:
        """The attitude that tells the stance on a place, and what others think of what it tells."""
        found = [a for match in matches if (a := self._attitude(match, hit, place, voice)) is not None]
        explicit = [a for a in found if not a.implicit]
        chosen = min(explicit, key=_rank, default=None)
        judged = [a for a in found if a.implicit]
        nearest = min((a for a in judged if not self._is_judged(a, judged)), key=_rank, default=None)
        if chosen is not None:
            chosen = _demanding(chosen, explicit)
        if chosen is None or (nearest is not None and self._only_reports(chosen, nearest)):
            chosen = nearest
        else:
            chosen = self._in_mood(chosen, voice)
        if chosen is not None:
            yield chosen
            yield from _around(chosen, explicit)

    def _is_judged(self, attitude: Attitude, judged: Sequence[Attitude]) -> bool:
        """Whether a deed is itself judged: "it would be an error to abandon …"."""
        head = attitude.match.head
        return head.lemma_.casefold() in self._deeds and any(
            other.match.frame.part_of_speech in ("noun", "adjective") and head in _topics_above(other, head)
            for other in judged
        )

    def _in_mood(self, chosen: Attitude, voice: Voice | None) -> Attitude | None:
        """What is demanded of its holder is whoever speaks'; so is what he only can do."""
        if self._mood.is_demanded(chosen.match.head):
            return self._of_speaker(chosen, voice, "proposes")
        if chosen.acted and self._mood.is_possible(chosen.match.head, reported=voice is not None):
            return self._of_speaker(chosen, voice, "supports")
        return chosen

    def _of_speaker(self, chosen: Attitude, voice: Voice | None, stance: str) -> Attitude | None:
        holders = self._holders.speaking(voice)
        if not holders:
            return None
        return replace(chosen, stance=stance, holders=holders, implicit=True, confidence=IMPLICIT)

    def _only_reports(self, chosen: Attitude, nearest: Attitude) -> bool:
        """Whether a word of attitude only introduces a judgement: "we recognise that it is a threat"."""
        head = chosen.match.head
        reports = self._voices.reports(head) and head.is_ancestor(nearest.match.head)
        return (
            reports
            and nearest.steps <= chosen.steps
            and (nearest.stance in FAVOURABLE) != (chosen.stance in FAVOURABLE)
        )

    def _attitude(self, match: FrameMatch, hit: Hit, place: Span, voice: Voice | None) -> Attitude | None:
        steps = reach(match, place, self._mood)
        stance = self._polarity.side(match) if steps is not None else None
        if (
            steps is None
            or stance is None
            or self._mood.is_unreal(match.head)
            or self._mood.is_forecast(match.head)
        ):
            return None
        if hit.kind in HINTS and _is_urged(match, place):
            return None
        acted = "holder" in match.frame.requires
        if acted and self._mood.is_past(match.head):
            return None
        implicit = any(grammar == "author" for grammar, _ in match.frame.slots)
        holders = self._holders.for_whom(match.head) if implicit else self._holders.named(match, place, voice)
        implicit = implicit and not holders
        if not holders and (implicit or (acted and "actor" not in match.frame.requires)):
            implicit, holders = True, self._holders.speaking(voice)
        if not holders:
            return None
        if (
            stance == "supports"
            and not implicit
            and self._mood.is_announced(match.head, reported=voice is not None)
        ):
            stance = "commits"
        hedged, former = self._mood.is_hedged(match.head), self._polarity.is_former(match.head)
        confidence = _worth(acted, implicit) * (HEDGE if hit.kind in UNSURE_HITS else 1.0)
        confidence *= (HEDGE if hedged else 1.0) * (FORMER if former else 1.0) * STEP**steps
        ironic = implicit and self._polarity.is_ironic(match)
        confidence *= IRONIC if ironic else 1.0
        return Attitude(match, stance, holders, implicit, steps, confidence, hedged, former, ironic)


def _topics_above(attitude: Attitude, word: Token) -> tuple[Token, ...]:
    """The topics of an attitude that hold a word which is not its own."""
    if attitude.match.head is word:
        return ()
    return tuple(word for topic in attitude.match.get("topic") if topic is word or topic.is_ancestor(word))


def _is_urged(match: FrameMatch, place: Span) -> bool:
    """Whether a place is in who is urged, not in what to: "the allies" of "the allies should …"."""
    if match.frame.part_of_speech != "modal":
        return False
    subject = next((c for c in match.head.head.lefts if c.dep_ == "nsubj"), None)
    return subject is not None and (subject is place.root or subject.is_ancestor(place.root))


def _worth(acted: bool, implicit: bool) -> float:
    if acted:
        return ACTED_IMPLICIT if implicit else ACTED
    return IMPLICIT if implicit else EXPLICIT


def _demanding(chosen: Attitude, explicit: Sequence[Attitude]) -> Attitude:
    """What somebody is asked to do is the demand of who asks: "the US demanded that its allies enhance …"."""
    if not chosen.acted:
        return chosen
    head = chosen.match.head
    asking = [a for a in explicit if a.stance == "proposes" and a.match.head.is_ancestor(head)]
    return min(asking, key=_rank, default=chosen)


def _around(chosen: Attitude, explicit: Sequence[Attitude]) -> Iterator[Attitude]:
    """What others think of what the chosen words tell: in "Jakarta criticised Australia's plan" both take a side."""
    holders = {h.actor for h in chosen.holders}
    outer = [
        a
        for a in explicit
        if a.match.head.is_ancestor(chosen.match.head)
        and not a.acted
        and a.stance in SIDED
        and holders.isdisjoint(h.actor for h in a.holders)
    ]
    if outer:
        yield min(outer, key=_rank)


def _rank(attitude: Attitude) -> tuple[int, float, int]:
    weak = attitude.acted or attitude.stance == "neutral"
    return (attitude.steps + (2 if weak else 0), -attitude.confidence, attitude.match.head.i)
