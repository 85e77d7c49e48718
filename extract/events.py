"""Mentions of events made into events: dated, and two mentions of one happening joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from alliancegraph.extract import syntax
from alliancegraph.extract.date_model import YEARLESS, DatePhrase
from alliancegraph.extract.date_phrases import date_phrases
from alliancegraph.extract.dates import resolve
from alliancegraph.extract.edtf import bounds
from alliancegraph.extract.happening import Happening
from alliancegraph.extract.named_events import named_event_spans
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import Vocabulary

NEAR: Final = 90
LABEL: Final = 80
SMALL_WORD: Final = 3


@dataclass
class Occurrence:
    """One event of the article: its mentions, date and roles."""

    type: str
    mentions: list[Happening]
    date: str | None = None
    iri: str | None = None
    roles: list[tuple[str, str, Happening]] = field(default_factory=list)

    @property
    def best(self) -> Happening:
        """The mention that names it best: a proper name, else the longest of the surest."""
        return max(self.mentions, key=lambda m: (m.iri is not None, m.confidence, -m.start))

    @property
    def actors(self) -> frozenset[str]:
        """All who take part."""
        return frozenset(actor for _, actor, _ in self.roles)


class EventBuilder:
    """Joins the mentions of one text into events."""

    def __init__(self, text: Text, vocabulary: Vocabulary) -> None:
        self._text = text
        named = [(text.words[a].start, text.words[b - 1].end) for a, b in named_event_spans(text, vocabulary)]
        self._phrases = [
            p for p in date_phrases(text.clean.text) if not any(a < p.end and p.start < b for a, b in named)
        ]
        self._vocabulary = vocabulary
        self._intention = vocabulary.words("intention")
        self.anchor = text.document.date

    def events(self, happenings: Sequence[Happening]) -> list[Occurrence]:
        """The events of the text in the order of their first mention."""
        found: list[Occurrence] = []
        later: list[Happening] = []
        for happening in happenings:
            if self._is_date(happening):
                continue
            date = happening.date or self._date_of(happening)
            again = happening.definite and any(o.type == happening.type for o in found)
            if happening.generic and (again or not (happening.datable and self._dated(happening))):
                later.append(happening)
                continue
            self._place(found, happening, date)
        for happening in later:
            self._rejoin(found, happening)
        return found

    def _place(self, found: list[Occurrence], happening: Happening, date: str | None) -> None:
        same = next((o for o in reversed(found) if self._same(o, happening, date)), None)
        if same is None:
            same = Occurrence(happening.type, [], iri=happening.iri)
            found.append(same)
        same.mentions.append(happening)
        same.date = finer(same.date, date)
        same.iri = same.iri or happening.iri
        same.roles += [(role, actor, happening) for role, actor in happening.roles]

    def _rejoin(self, found: Sequence[Occurrence], happening: Happening) -> None:
        """ "The conference", "the summit": one more mention of the last such event, and no event of its own."""
        if not happening.definite:
            return
        before = [o for o in found if o.type == happening.type and o.mentions[0].start < happening.start]
        if not before:
            return
        noted = next((o for o in before if self._noted(o, happening)), None)
        same_word = [o for o in before if self._lemma(happening) in {self._lemma(m) for m in o.mentions}]
        meant = noted or self._likest(happening, same_word or before)
        date = self._date_of(happening) if happening.datable else None
        if (noted or same_word) and compatible(meant.date, date):
            meant.date = finer(meant.date, date)
        meant.mentions.append(happening)
        meant.roles += [(role, actor, happening) for role, actor in happening.roles]

    def _likest(self, happening: Happening, occurrences: Sequence[Occurrence]) -> Occurrence:
        """The event whose names share most words with a mention; of several the last."""
        own = _words_of([happening])
        ranked = [(len(own & _words_of(o.mentions)), number) for number, o in enumerate(occurrences)]
        return occurrences[max(ranked)[1]]

    # ------------------------------------------------------------ identity
    def _same(self, occurrence: Occurrence, happening: Happening, date: str | None) -> bool:
        if happening.iri is not None and occurrence.iri is not None:
            return happening.iri == occurrence.iri
        if happening.iri is not None or occurrence.iri is not None:
            return self._same_treaty(occurrence, happening)
        if occurrence.type != happening.type or not compatible(occurrence.date, date):
            return False
        if any(m.start < happening.end and happening.start < m.end for m in occurrence.mentions):
            return True
        if self._noted(occurrence, happening) or self._announced(occurrence, happening):
            return True
        heads = {self._lemma(m) for m in occurrence.mentions} | {
            m.frame for m in occurrence.mentions if m.frame
        }
        actors = {actor for _, actor in happening.roles}
        shared = bool(actors & occurrence.actors)
        if date is not None and date == occurrence.date and (shared or not actors or not occurrence.actors):
            return True
        if date is not None and occurrence.date is not None and shared and happening.definite:
            return True
        if self._lemma(happening) in heads or happening.frame in heads:
            no_conflict = shared or not actors or not occurrence.actors
            return no_conflict and (happening.definite or shared)
        return False

    def _same_treaty(self, occurrence: Occurrence, happening: Happening) -> bool:
        """Whether a treaty that is known by name and one that is described are one: same word, same parties."""
        actors = {actor for _, actor in happening.roles}
        heads = {self._lemma(m) for m in occurrence.mentions}
        same = occurrence.type == happening.type and self._lemma(happening) in heads
        return same and len(actors) > 1 and actors == occurrence.actors

    def _announced(self, occurrence: Occurrence, happening: Happening) -> bool:
        """Whether a heading or label ("Engine deal, June 2023: …") names what the sentence after it tells."""
        last = occurrence.mentions[-1]
        between = self._text.clean.text[last.end : happening.start]
        if len(between) > LABEL:
            return False
        block, other = self._text.block_at(last.start), self._text.block_at(happening.start)
        heading = block is not None and block.kind == "heading" and block is not other
        return heading or (block is other and ":" in between and "." not in between)

    def _lemma(self, happening: Happening) -> str:
        return self._text.doc[happening.head].lemma_.casefold()

    def _noted(self, occurrence: Occurrence, happening: Happening) -> bool:
        """Whether a footnote that tells of one hangs on the sentence that tells of the other."""
        block = self._text.block_at(happening.start)
        if block is None or block.kind != "footnote":
            return False
        index = self._text.clean.blocks.index(block)
        for offset, note in self._text.clean.notes.items():
            if note == index:
                sentence = self._text.sentence_at(max(0, offset - 1))
                if any(sentence.start_char <= m.start < sentence.end_char for m in occurrence.mentions):
                    return True
        return False

    # ------------------------------------------------------------ dates
    def _dated(self, happening: Happening) -> bool:
        return self._phrase_of(happening) is not None

    def _phrase_of(self, happening: Happening) -> DatePhrase | None:
        """The date phrase within a mention, or the nearest in its clause."""
        within = [p for p in self._phrases if happening.start <= p.start and p.end <= happening.end]
        if within:
            return within[0]
        sentence = self._text.sentence_of(self._text.doc[happening.head])
        near = [
            p
            for p in self._phrases
            if sentence.start_char <= p.start < sentence.end_char
            and min(abs(p.start - happening.end), abs(happening.start - p.end)) <= NEAR
            and self._one_clause(p, happening)
        ]
        return min(
            near,
            key=lambda p: (min(abs(p.start - happening.end), abs(happening.start - p.end)), p.start),
            default=None,
        )

    def _one_clause(self, phrase: DatePhrase, happening: Happening) -> bool:
        """Whether a date hangs on the mention itself, or on a verb that governs it."""
        over = self._over(happening)
        current = self._text.token_at(phrase.start)
        for _ in range(8):
            if current.i in over:
                return True
            if current.head.i == current.i:
                return False
            current = current.head
        return False

    def _over(self, happening: Happening) -> set[int]:
        """The mention's word, the verb above it, and the verbs which that one completes ("promised to resume ties at …")."""
        head = self._text.doc[happening.head]
        over = {head.i}
        verb = syntax.verb_above(head)
        while verb is not None:
            over.add(verb.i)
            verb = verb.head if verb.dep_ in ("xcomp", "pcomp") and verb.head.i != verb.i else None
        return over

    def _is_date(self, happening: Happening) -> bool:
        """Whether the word is part of a date: "March"."""
        at = self._text.doc[happening.head].idx
        return happening.iri is None and any(p.start <= at < p.end for p in self._phrases)

    def _date_of(self, happening: Happening) -> str | None:
        phrase = self._phrase_of(happening)
        if phrase is None:
            return None
        if self.anchor is None and phrase.direction:
            return None
        verb = syntax.verb_above(self._text.doc[happening.head])
        future = verb is not None and any(
            c.lower_ in self._intention for c in verb.children if c.dep_ == "aux"
        )
        date = resolve(phrase, self.anchor, self._previous(phrase), future=future)
        return date if self._is_known_to_be(happening, date) else None

    def _is_known_to_be(self, happening: Happening, date: str | None) -> bool:
        """Whether a date does not contradict what is known of a named event."""
        entry = self._vocabulary.event_by_iri.get(happening.iri or "")
        return entry is None or entry.date is None or overlapping(entry.date, date)

    def _previous(self, phrase: DatePhrase) -> str | None:
        """The date told last before a phrase; in a text without date, one of the same day and month with a year."""
        if self.anchor is None and phrase.kind == YEARLESS:
            same = next(
                (p.edtf for p in self._phrases if p.edtf and phrase.tail and p.edtf.endswith(phrase.tail)),
                None,
            )
            if same is not None:
                return same
        for other in reversed(self._phrases):
            if other.end <= phrase.start:
                date = resolve(other, self.anchor)
                if date is not None:
                    return date
        return None


def _words_of(mentions: Sequence[Happening]) -> frozenset[str]:
    """The longer words of the names of each mention."""
    names = [name for m in mentions for name in (m.name, min(m.names, key=len))]
    return frozenset(w.casefold() for name in names for w in name.split() if len(w) > SMALL_WORD)


def compatible(first: str | None, second: str | None) -> bool:
    """Whether two EDTF dates may be one: equal, one within the other, or one unknown."""
    if first is None or second is None:
        return True
    one, other = bounds(first), bounds(second)
    if one is None or other is None:
        return first == second
    return (one[0] <= other[0] and other[1] <= one[1]) or (other[0] <= one[0] and one[1] <= other[1])


def overlapping(first: str, second: str | None) -> bool:
    """Whether two EDTF dates or intervals, open ones too, have a day in common."""
    if second is None:
        return True
    starts, ends = [], []
    for date in (first, second):
        begin, _, end = date.partition("/")
        opened, closed = bounds(begin), bounds(end) if end not in ("", "..") else None
        starts.append(opened[0] if opened else None)
        ends.append(closed[1] if closed else None if "/" in date else opened[1] if opened else None)
    return not any(s and e and s > e for s, e in ((starts[0], ends[1]), (starts[1], ends[0])))


def finer(first: str | None, second: str | None) -> str | None:
    """The more precise of two compatible dates."""
    if first is None or second is None:
        return first or second
    one, other = bounds(first), bounds(second)
    return second if one and other and one[0] <= other[0] and other[1] <= one[1] else first
