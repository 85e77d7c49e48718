"""Who takes which stance on which issue: frames of attitude around the places that speak of an issue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alliancegraph.extract.anaphors import ANAPHOR, Anaphors
from alliancegraph.extract.attitudes import Attitude, Attitudes
from alliancegraph.extract.authorship import Authorship
from alliancegraph.extract.claim import Claim, Grounds, consistent, settled
from alliancegraph.extract.clauses import passage
from alliancegraph.extract.coreference import References
from alliancegraph.extract.directives import Directives
from alliancegraph.extract.frames import FrameMatch, frame_matcher
from alliancegraph.extract.holders import Holders
from alliancegraph.extract.issues import Hit
from alliancegraph.extract.outcomes import Outcomes
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.tokens import Span
from alliancegraph.extract.topics import clause_head
from alliancegraph.extract.voices import Voice, Voices
from alliancegraph.ontology.vocabulary import Vocabulary

SILENT_BLOCKS: Final = frozenset({"footnote", "bio", "byline", "dateline", "caption"})
PLAIN: Final = frozenset({"strong", "near"})


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
        self._vocabulary = vocabulary
        self._voices = voices
        self._authorship = authorship
        self._matcher = frame_matcher(vocabulary, "stance:")
        self._holders = Holders(references, voices, authorship, vocabulary)
        self._attitudes = Attitudes(self._holders, voices, vocabulary)
        self._outcomes = Outcomes(text, vocabulary)
        self._directives = Directives(text, authorship, self._holders, self._outcomes, vocabulary)
        self._speech = vocabulary.words("speech-act")

    def claims(self, hits: Sequence[Hit]) -> Iterator[Claim]:
        """The positions on the issues of the hits, in text order, one place after the other."""
        by_sentence: dict[int, list[Hit]] = {}
        for hit in hits:
            by_sentence.setdefault(self._text.sentence_number(hit.start), []).append(hit)
        told: list[Claim] = []
        anaphors = Anaphors(self._text, self._vocabulary, hits)
        for sentence in self._text.sentences():
            number = self._text.sentence_number(sentence.start_char)
            told += self._in(sentence, by_sentence.get(number, []), anaphors)
        yield from settled(told)

    def _in(self, sentence: Span, hits: Sequence[Hit], anaphors: Anaphors) -> Iterator[Claim]:
        block = self._text.block_at(sentence.start_char)
        if block is not None and block.kind in SILENT_BLOCKS:
            return
        if sentence.text.rstrip().rstrip("\"'”’").endswith("?"):
            return
        plain = [h for h in hits if h.kind in PLAIN]
        matches = list(self._matcher.matches(sentence))
        directed = self._directives.claims(sentence, plain, matches, self._voices.at(sentence.root))
        if directed is not None:
            yield from directed
            return
        own = self._attitudes.own(matches)
        told = [
            claim
            for hit in (*hits, *anaphors.hits(sentence, matches))
            if hit.kind in (*PLAIN, ANAPHOR) or not self._beside(hit, plain)
            for claim in self._at(hit, sentence, own)
        ]
        yield from consistent(told)

    def _beside(self, hit: Hit, plain: Sequence[Hit]) -> bool:
        """Whether a mere hint stands in one clause with words that plainly speak of another issue."""
        verb = clause_head(self._text.tokens(hit.start, hit.end).root)
        return any(
            other.issue != hit.issue
            and clause_head(self._text.tokens(other.start, other.end).root).i == verb.i
            for other in plain
        )

    # ------------------------------------------------------------ one place
    def _at(self, hit: Hit, sentence: Span, matches: Sequence[FrameMatch]) -> Iterator[Claim]:
        place = self._text.tokens(hit.start, hit.end)
        voice = self._voices.at(place.root)
        for attitude in self._attitudes.at(hit, place, matches, voice):
            yield from self._claims(hit, sentence, attitude, voice)

    def _claims(self, hit: Hit, sentence: Span, chosen: Attitude, voice: Voice | None) -> Iterator[Claim]:
        stance, head = self._outcomes.stance(hit, chosen), chosen.match.head
        start, end = passage(hit, chosen.match, sentence)
        kind = self._voice_kind(chosen, voice)
        for holder in dict.fromkeys(chosen.holders):
            if stance == "concern" and _is_about(holder.actor, hit.issue):
                continue
            yield Claim(
                holder.actor, stance, hit.issue, start, end, kind, round(chosen.confidence * holder.confidence, 4),
                self._holders.addressee(chosen.match, holder.actor), head.i,
                self._grounds(hit, chosen, holder.confidence),
            )  # fmt: skip

    def _grounds(self, hit: Hit, chosen: Attitude, reference: float) -> Grounds:
        frame = chosen.match.frame
        block = self._text.block_at(hit.start)
        return Grounds(
            hit=hit.kind, frame=frame.iri.rsplit("/", 1)[-1], part_of_speech=frame.part_of_speech, steps=chosen.steps,
            implicit=chosen.implicit, acted=chosen.acted, hedged=chosen.hedged, former=chosen.former, ironic=chosen.ironic, reference=reference,
            block=block.kind if block is not None else "", tag=chosen.match.head.tag_,
        )  # fmt: skip

    def _voice_kind(self, chosen: Attitude, voice: Voice | None) -> str:
        authors = self._holders.are_authors(chosen.holders)
        if voice is not None and not authors:
            return voice.kind
        if voice is None and any(map(self._voices.is_quoted, chosen.match.words)):
            return "quoted"
        if chosen.implicit or self._authorship.kind == "joint" or authors:
            return "author"
        spoken = chosen.match.frame.part_of_speech != "adjective" and any(
            w.lemma_.casefold() in self._speech for w in chosen.match.words
        )
        return "reported" if spoken or self._voices.is_report(chosen.match.head) else "author"


def _is_about(actor: str, issue: str) -> bool:
    """Whether an issue is an actor's own doing: nobody is concerned about his own rise."""
    return issue.endswith(f"-of-{actor.rsplit('/', 1)[-1]}") or issue.startswith(
        f"{actor.rsplit('/', 1)[-1]}-"
    )
