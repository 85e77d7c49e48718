"""Who takes which stance on which issue: frames of attitude around the places that speak of an issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from alliancegraph.extract import syntax
from alliancegraph.extract.authorship import Authorship
from alliancegraph.extract.cleaning import Block
from alliancegraph.extract.coreference import Reference, References
from alliancegraph.extract.frames import FrameMatch, frame_matcher
from alliancegraph.extract.issues import Hit
from alliancegraph.extract.mood import Mood
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.voices import Voice, Voices
from alliancegraph.ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Span, Token

FAVOURABLE: Final = frozenset({"supports", "proposes", "commits"})
SIDED: Final = frozenset({"opposes", "concern", "supports"})
OPPOSITE: Final = {"supports": "opposes", "proposes": "opposes"}
SILENT_BLOCKS: Final = frozenset({"footnote", "bio", "byline", "dateline", "caption"})
HEDGE: Final = 0.8
RECOMMENDED: Final = 0.6
FAR: Final = 12
PLAIN: Final = frozenset({"strong", "near"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A position found at one place `[start, end)` of the cleaned text."""

    holder: str
    stance: str
    issue: str
    start: int
    end: int
    voice: str
    confidence: float
    addressee: str | None = None
    head: int = -1


@dataclass(frozen=True)
class _Candidate:
    """A frame that reaches a hit: who holds it, its stance, and how many steps it is away."""

    match: FrameMatch
    stance: str
    holders: tuple[Reference, ...]
    by_author: bool
    steps: int
    confidence: float


class PositionFinder:
    """Finds the positions of one text."""

    def __init__(
        self,
        text: Text,
        vocabulary: Vocabulary,
        references: References,
        voices: Voices,
        authorship: Authorship,
    ) -> None:
        self._text = text
        self._references = references
        self._voices = voices
        self._authorship = authorship
        self._matcher = frame_matcher(vocabulary, "stance:")
        self._mood = Mood(vocabulary)
        self._list_demand = vocabulary.words("list-demand")
        self._threats = vocabulary.words("threat-issue")
        self._averting = vocabulary.words("averting-verb")
        self._speech = vocabulary.words("speech-act")
        self._first_person = vocabulary.words("first-person") | vocabulary.words("first-person-plural")

    def claims(self, hits: Sequence[Hit]) -> Iterator[Claim]:
        """The positions on the issues of the hits, in text order, one place after the other."""
        by_sentence: dict[int, list[Hit]] = {}
        for hit in hits:
            by_sentence.setdefault(self._text.sentence_number(hit.start), []).append(hit)
        for first in sorted(by_sentence):
            sentence = self._text.sentence_at(by_sentence[first][0].start)
            block = self._text.block_at(sentence.start_char)
            if block is not None and block.kind in SILENT_BLOCKS:
                continue
            if sentence.text.rstrip().rstrip("\"'”’").endswith("?"):
                continue
            matches = list(self._matcher.matches(sentence))
            plain = [h for h in by_sentence[first] if h.kind in PLAIN]
            if block is not None and block.kind == "item" and self._is_recommended(block):
                yield from self._recommended([h for h in by_sentence[first] if h.kind in PLAIN], sentence)
                continue
            told = [
                claim
                for hit in by_sentence[first]
                if hit.kind in PLAIN or not self._beside(hit, plain)
                for claim in self._at(hit, sentence, matches)
            ]
            yield from _consistent(told)

    def _is_recommended(self, block: Block) -> bool:
        """Whether a list item stands under words such as "The EU should" or "Recommendations"."""
        blocks = self._text.clean.blocks
        above = [b for b in blocks if b.end <= block.start and b.kind != "item"]
        if not above:
            return False
        words = self._text.clean.block_text(above[-1]).casefold().strip(" :.").split()
        return bool(words) and (words[-1] in self._list_demand or words[0] in self._list_demand)

    def _recommended(self, hits: Sequence[Hit], sentence: Span) -> Iterator[Claim]:
        """What a list of recommendations says is proposed by its authors."""
        for hit in hits:
            for holder in self._authorship.holders:
                start, end = sentence.start_char, sentence.end_char
                yield Claim(holder, "proposes", hit.issue, start, end, "author", RECOMMENDED)

    def _beside(self, hit: Hit, plain: Sequence[Hit]) -> bool:
        """Whether a mere hint stands in one clause with words that plainly speak of another issue."""
        anchor = self._text.tokens(hit.start, hit.end).root
        verb = _clause_head(anchor)
        return any(
            other.issue != hit.issue
            and _clause_head(self._text.tokens(other.start, other.end).root).i == verb.i
            for other in plain
        )

    # ------------------------------------------------------------ one place
    def _at(self, hit: Hit, sentence: Span, matches: Sequence[FrameMatch]) -> Iterator[Claim]:
        span = self._text.tokens(hit.start, hit.end)
        anchor = span.root
        voice = self._voices.at(anchor)
        candidates = [c for match in matches if (c := self._candidate(match, hit, span, voice)) is not None]
        explicit = [c for c in candidates if not c.by_author]
        implicit = [c for c in candidates if c.by_author]
        chosen = min(explicit, key=_rank, default=None)
        nearest = min(implicit, key=_rank, default=None)
        if chosen is not None:
            chosen = self._demanding(chosen, explicit)
        if chosen is None or (nearest is not None and self._only_reports(chosen, nearest)):
            chosen = nearest
        elif self._mood.is_demanded(chosen.match.head):
            chosen = self._by_author(chosen, voice, "proposes")
        elif "holder" in chosen.match.frame.requires and self._mood.is_possible(
            chosen.match.head, reported=voice is not None
        ):
            chosen = self._by_author(chosen, voice, "supports")
        if chosen is None:
            return
        yield from self._claims(hit, sentence, chosen, voice)
        for outer in self._around(chosen, explicit):
            yield from self._claims(hit, sentence, outer, voice)

    @staticmethod
    def _demanding(chosen: _Candidate, explicit: Sequence[_Candidate]) -> _Candidate:
        """What somebody is asked to do is the demand of who asks: "the US demanded that its allies enhance …"."""
        if "holder" not in chosen.match.frame.requires:
            return chosen
        asking = [
            c for c in explicit if c.stance == "proposes" and c.match.head.is_ancestor(chosen.match.head)
        ]
        return min(asking, key=_rank, default=chosen)

    def _only_reports(self, chosen: _Candidate, nearest: _Candidate) -> bool:
        """Whether a word of attitude only introduces a judgement: "we recognise that it is a threat"."""
        head = chosen.match.head
        reports = self._voices.reports(head) and head.is_ancestor(nearest.match.head)
        return (
            reports
            and nearest.steps <= chosen.steps
            and (nearest.stance in FAVOURABLE) != (chosen.stance in FAVOURABLE)
        )

    @staticmethod
    def _around(chosen: _Candidate, explicit: Sequence[_Candidate]) -> Iterator[_Candidate]:
        """What others think of what the chosen words tell: in "Jakarta criticised Australia's plan" both take a side."""
        holders = {h.actor for h in chosen.holders}
        outer = [
            c
            for c in explicit
            if c.match.head.is_ancestor(chosen.match.head)
            and "holder" not in c.match.frame.requires
            and c.stance in SIDED
            and holders.isdisjoint(h.actor for h in c.holders)
        ]
        if outer:
            yield min(outer, key=_rank)

    def _claims(self, hit: Hit, sentence: Span, chosen: _Candidate, voice: Voice | None) -> Iterator[Claim]:
        stance = chosen.stance
        if stance == "supports" and (hit.issue in self._threats or self._averted(hit, chosen.match.head)):
            stance = "concern"
        start, end = self._passage(hit, chosen.match, sentence)
        kind = self._voice_kind(chosen, voice)
        for holder in dict.fromkeys(chosen.holders):
            yield Claim(
                holder.actor, stance, hit.issue, start, end, kind, round(chosen.confidence * holder.confidence, 4),
                self._addressee(chosen.match, holder.actor), chosen.match.head.i,
            )  # fmt: skip

    def _averted(self, hit: Hit, head: Token) -> bool:
        """Whether a clause between the word of attitude and the place is denied: "ensure that … does not spread"."""
        current = self._text.tokens(hit.start, hit.end).root
        for _ in range(FAR):
            if current.i == head.i or current.head.i == current.i:
                return False
            averted = current.dep_ == "ccomp" and current.head.lemma_.casefold() in self._averting
            if averted and any(c.dep_ == "neg" for c in current.children):
                return True
            current = current.head
        return False

    def _candidate(self, match: FrameMatch, hit: Hit, span: Span, voice: Voice | None) -> _Candidate | None:
        steps = self._reach(match, span)
        if steps is None or self._mood.is_conditional(match.head):
            return None
        stance = self._stance(match)
        if stance is None:
            return None
        by_author = any(grammar == "author" for grammar, _ in match.frame.slots)
        acted = "holder" in match.frame.requires
        holders = self._for_whom(match.head) if by_author else self._holders(match, span, voice)
        by_author = by_author and not holders
        if not holders and (by_author or (acted and "actor" not in match.frame.requires)):
            by_author = True
            holders = self._speaking(voice)
        if not holders:
            return None
        confidence = 0.9 if not by_author else 0.6
        if acted:
            confidence = 0.65 if not by_author else 0.45
        if hit.kind in ("weak", "hint", "spread"):
            confidence *= HEDGE
        if self._mood.is_hedged(match.head):
            confidence *= HEDGE
        if (
            stance == "supports"
            and not by_author
            and self._mood.is_announced(match.head, reported=voice is not None)
        ):
            stance = "commits"
        return _Candidate(match, stance, holders, by_author, steps, confidence * (0.98**steps))

    def _stance(self, match: FrameMatch) -> str | None:
        stance = match.frame.evokes.removeprefix("stance:")
        if not syntax.negated(match.head):
            return stance
        return OPPOSITE.get(stance)

    def _reach(self, match: FrameMatch, span: Span) -> int | None:
        """How many steps a place lies below the topic of a frame; None where it is outside."""
        best: int | None = None
        anchor = _anchor(span)
        for topic in match.get("topic"):
            first, last = syntax.extent(topic)
            around = first <= match.head.i < last and topic.i != match.head.head.i
            both = span.start <= match.head.i < span.end and span.start <= topic.i < span.end
            if both or (first <= anchor.i < last and not around and not self._mood.is_aside(anchor, topic)):
                steps = 0 if both else _steps(anchor, topic, match.head)
                best = steps if best is None else min(best, steps)
        inside = span.start <= match.head.i < span.end
        if best is None and inside and not match.get("topic"):
            best = 1
        return best if best is None or best <= FAR else None

    def _holders(self, match: FrameMatch, span: Span, voice: Voice | None) -> tuple[Reference, ...]:
        found: list[Reference] = []
        for token in match.get("holder"):
            if voice is not None and token.lower_ in self._first_person:
                found += voice.speakers
            elif not span.start <= token.i < span.end or token.ent_type_:
                found += self._references.of(token)
        if not found and match.frame.part_of_speech == "verb" and not match.get("holder"):
            found += self._voices.person_to_the_left(match.head)
        return tuple(dict.fromkeys(found))

    def _speaking(self, voice: Voice | None) -> tuple[Reference, ...]:
        if voice is not None:
            return voice.speakers
        return tuple(Reference(holder, 0.9) for holder in self._authorship.holders)

    def _by_author(self, chosen: _Candidate, voice: Voice | None, stance: str) -> _Candidate | None:
        holders = self._speaking(voice)
        if not holders:
            return None
        return _Candidate(chosen.match, stance, holders, True, chosen.steps, 0.6)

    def _for_whom(self, head: Token) -> tuple[Reference, ...]:
        """ "For Estonia, … is a danger", "To America, …": the one in whose eyes it is so."""
        verb = head
        while verb.pos_ not in ("VERB", "AUX") and verb.head.i != verb.i:
            verb = verb.head
        for child in verb.lefts:
            if child.dep_ == "prep" and child.lower_ in ("for", "to"):
                found = [
                    r
                    for c in child.children
                    if c.dep_ == "pobj"
                    for t in syntax.conjuncts(c)
                    for r in self._references.of(t)
                ]
                if (
                    found
                    and child.right_edge.i + 1 < len(head.doc)
                    and head.doc[child.right_edge.i + 1].text == ","
                ):
                    return tuple(dict.fromkeys(found))
        return ()

    # ------------------------------------------------------------ output
    def _voice_kind(self, chosen: _Candidate, voice: Voice | None) -> str:
        if voice is not None and not self._is_author(chosen):
            return voice.kind
        if voice is None and self._voices.is_quoted(chosen.match.head):
            return "quoted"
        if chosen.by_author or self._authorship.kind == "joint" or self._is_author(chosen):
            return "author"
        spoken = chosen.match.frame.part_of_speech != "adjective" and any(
            w.lemma_.casefold() in self._speech for w in chosen.match.words
        )
        return "reported" if spoken or self._voices.is_report(chosen.match.head) else "author"

    def _is_author(self, chosen: _Candidate) -> bool:
        return any(holder.actor in self._authorship.holders for holder in chosen.holders)

    def _passage(self, hit: Hit, match: FrameMatch, sentence: Span) -> tuple[int, int]:
        """From the first to the last of head, holder and place, grown to the clause where it is short."""
        tokens = [match.head, *match.words, *match.get("holder")]
        inside = [t for t in tokens if sentence.start <= t.i < sentence.end]
        start = min([hit.start, *(_phrase_start(t) for t in inside)])
        end = max([hit.end, *(t.idx + len(t.text) for t in inside)])
        return start, end

    def _addressee(self, match: FrameMatch, holder: str) -> str | None:
        found = [r.actor for t in match.get("addressee") for r in self._references.of(t)]
        return next((a for a in found if a != holder), None)


def _consistent(told: Sequence[Claim]) -> Iterator[Claim]:
    """Of one word of attitude and holder one stance on an issue: the surest, with all places that agree."""
    best: dict[tuple[str, str, int], Claim] = {}
    for claim in told:
        key = (claim.holder, claim.issue, claim.head)
        if key not in best or claim.confidence > best[key].confidence:
            best[key] = claim
    yield from (c for c in told if c.stance == best[c.holder, c.issue, c.head].stance)


def _clause_head(token: Token) -> Token:
    """The verb whose clause a word belongs to."""
    while token.pos_ not in ("VERB", "AUX") and token.head.i != token.i:
        token = token.head
    return token


def _anchor(span: Span) -> Token:
    """The word of a place by which it hangs on the sentence: its root, or its first noun where the root is a verb."""
    if span.root.pos_ in ("VERB", "AUX", "ADP"):
        return next((t for t in span if t.pos_ in syntax.NOMINALS), span.root)
    return span.root


def _phrase_start(token: Token) -> int:
    """Where the words begin that stand right before a noun and belong to it; of other words their own beginning."""
    first = token
    if token.pos_ in syntax.NOMINALS:
        for child in reversed(list(token.lefts)):
            if (
                child.dep_ in ("compound", "amod", "det", "poss", "nmod", "nummod", "predet")
                and token.i - child.i < FAR
            ):
                first = child.left_edge if child.left_edge.i < first.i else first
    return first.idx


def _rank(candidate: _Candidate) -> tuple[int, float, int]:
    weak = "holder" in candidate.match.frame.requires or candidate.stance == "neutral"
    return (candidate.steps + (2 if weak else 0), -candidate.confidence, candidate.match.head.i)


def _steps(anchor: Token, topic: Token, head: Token) -> int:
    """Dependency steps from a place up to the topic, or to the head of the frame."""
    current, count = anchor, 0
    while current.i not in (topic.i, head.i) and current.head.i != current.i and count < 20:
        current = current.head
        count += 1
    return count


def merged(claims: Iterable[Claim]) -> dict[tuple[str, str, str], list[Claim]]:
    """Claims by holder, issue and stance."""
    found: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        found.setdefault((claim.holder, claim.issue, claim.stance), []).append(claim)
    return found
