"""Dates that stand elsewhere: at the event that a clause is set at, in a footnote, in the document's own date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from alliancegraph.extract import syntax
from alliancegraph.extract.date_model import DatePhrase
from alliancegraph.extract.date_phrases import date_phrases
from alliancegraph.extract.dates import resolve
from alliancegraph.extract.edtf import bounds, edtf, parts
from alliancegraph.extract.event_dates import EventDates
from alliancegraph.extract.happening import Happening
from alliancegraph.extract.occurrence import Occurrence
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.tokens import Token
from alliancegraph.ontology.vocabulary import Vocabulary

BRIEF: Final = 31
"""Days within which what is told to happen at an event is dated by it."""
CLOSE: Final = 60
"""Characters between "three weeks after" and the word for the event from which it counts."""
ANNIVERSARY: Final = re.compile(r"(?<!\w)(?P<count>\d{1,3})(?:st|nd|rd|th) anniversary of ")
DAY: Final = 10
"""Characters of a date that is exact to the day."""
HOSTED: Final = frozenset({"meeting", "exercise"})
OUTCOMES: Final = frozenset({"agreement", "statement", "programme"})
FOUNDED: Final = OUTCOMES | {"political-change"}


class EventContext:
    """Completes the dates of the events of one text."""

    def __init__(self, text: Text, vocabulary: Vocabulary, dates: EventDates) -> None:
        self._text = text
        self._dates = dates
        self._setting = vocabulary.words("date-setting")
        self._sidelines = vocabulary.words("sideline-noun")
        self._papers = vocabulary.words("meeting-paper")
        self._sources = vocabulary.words("dated-source")
        self._acts = vocabulary.words("issuing-verb")

    def complete(self, found: Sequence[Occurrence], issuers: frozenset[str]) -> None:
        """Give a date to each event that has none and whose surroundings tell one; `issuers` issue the text together."""
        for occurrence in _undated(found):
            occurrence.date = self._noted(occurrence)
            if occurrence.date is None and self._is_issued(occurrence, issuers):
                occurrence.date = self._text.document.date
                if not occurrence.actors:
                    mention = occurrence.mentions[0]
                    occurrence.roles += [("participatesIn", actor, mention) for actor in sorted(issuers)]
        self._set(found)
        for phrase in self._dates.counted():
            self._count(phrase, found)
        self._celebrate(found)
        for occurrence in _undated(found):
            occurrence.date = self._outcome(occurrence, found)

    # ------------------------------------------------------------ at another event
    def _set(self, found: Sequence[Occurrence]) -> None:
        """ "At the summit, they signed …": both have one date, if one of them has it."""
        heads = {m.head: o for o in found for m in o.mentions}
        for occurrence in found:
            for noun in (n for m in occurrence.mentions for n in self._settings(m)):
                other = heads.get(noun.i, occurrence)
                if other is not occurrence:
                    _share(occurrence, other)

    def _settings(self, mention: Happening) -> Iterator[Token]:
        """The nouns at which the clause of a mention is set."""
        head = self._text.doc[mention.head]
        words, verb = [head], syntax.verb_above(head)
        while verb is not None:
            words.append(verb)
            verb = verb.head if verb.dep_ == "conj" and verb.head.pos_ == "VERB" else None
        for word in dict.fromkeys(words):
            for child in word.children:
                if child.dep_ == "prep":
                    yield from self._set_at(child)

    def _set_at(self, preposition: Token) -> Iterator[Token]:
        for noun in (c for c in preposition.children if c.dep_ == "pobj"):
            if noun.lemma_.casefold() in self._sidelines:
                yield from syntax.prepositional(noun, "of")
            elif preposition.lower_ in self._setting:
                yield noun

    def _count(self, phrase: DatePhrase, found: Sequence[Occurrence]) -> None:
        """ "Three weeks after the signing, …": of two events the one dates the other."""
        sentence = self._text.sentence_at(phrase.start)
        near = [
            (m, o) for o in found for m in o.mentions if sentence.start_char <= m.start < sentence.end_char
        ]
        below = [(m.start, o) for m, o in near if phrase.end <= m.start <= phrase.end + CLOSE]
        base = min(below, key=lambda p: p[0], default=(0, None))[1]
        others = [(m, o) for m, o in near if o is not base]
        main = next((o for m, o in others if self._dates.hangs(phrase, m)), others[0][1] if others else None)
        if base is None or main is None:
            return
        if main.date is None and main.iri is None:
            main.date = _moved(phrase, base.date, phrase.count)
        elif base.date is None and base.iri is None:
            base.date = _moved(phrase, main.date, -phrase.count)

    def _celebrate(self, found: Sequence[Occurrence]) -> None:
        """ "The 70th anniversary of the treaty" tells the year of the treaty, counted from the document's."""
        anchor = parts(self._text.document.date)
        if anchor is None:
            return
        for match in ANNIVERSARY.finditer(self._text.clean.text):
            year = edtf(anchor[0] - int(match["count"]))
            for occurrence in found:
                starts = (m.start - match.end() for m in occurrence.mentions)
                if occurrence.date is None and any(0 <= s <= len(" the ") + 4 for s in starts):
                    occurrence.date = year if self._dates.is_known(occurrence.iri, year) else None

    # ------------------------------------------------------------ footnotes and the document itself
    def _noted(self, occurrence: Occurrence) -> str | None:
        """The day that a footnote gives for the act that the sentence tells: "Communiqué, Abuja, 30 July 2023"."""
        clean = self._text.clean
        for mention in occurrence.mentions:
            end = self._text.sentence_at(mention.start).end_char + 1
            notes = sorted(offset for offset in clean.notes if mention.end <= offset <= end)
            if notes:
                date = self._day_in(clean.block_text(clean.blocks[clean.notes[notes[0]]]))
                if date is not None:
                    return date
        return None

    def _day_in(self, note: str) -> str | None:
        if not self._sources & {w.casefold() for w in re.findall(r"\w+", note)}:
            return None
        days = {p.edtf for p in date_phrases(note) if p.edtf and len(p.edtf) == DAY}
        return days.pop() if len(days) == 1 else None

    def _is_issued(self, occurrence: Occurrence, issuers: frozenset[str]) -> bool:
        """Whether those who issue a joint text do in it what is told: announce, adopt, establish."""
        if not issuers or occurrence.type not in FOUNDED:
            return False
        acts = (syntax.verb_above(self._text.doc[m.head]) for m in occurrence.mentions)
        return any(v is not None and v.lemma_.casefold() in self._acts and not _is_old(v) for v in acts)

    # ------------------------------------------------------------ what came of a meeting
    def _outcome(self, occurrence: Occurrence, found: Sequence[Occurrence]) -> str | None:
        """The date of the meeting just told, for what was signed or announced at it and the paper that came of it."""
        mention = occurrence.mentions[0]
        block = self._text.block_at(mention.start)
        if block is None or occurrence.type not in OUTCOMES:
            return None
        meetings = [o for o in found if o.type == "meeting" and _is_brief(o.date)]
        since = self._sentence_before(mention)
        if self._is_paper(mention):
            since = 0 if mention.definite else block.start
        if block.kind == "item" and self._is_introduced(mention):
            since = 0
        told = (
            (m.start, o) for o in meetings for m in o.mentions if max(since, 0) <= m.start < mention.start
        )
        last = max(told, key=lambda p: p[0], default=None)
        if last is None or not (since == 0 or _agree(last[1], occurrence) or self._is_paper(mention)):
            return None
        return last[1].date

    def _is_paper(self, mention: Happening) -> bool:
        return self._text.doc[mention.head].lemma_.casefold() in self._papers

    def _sentence_before(self, mention: Happening) -> int:
        """Where the sentence before that of a mention begins, if it is in the same block."""
        block = self._text.block_at(mention.start)
        here = self._text.sentence_at(mention.start)
        before = self._text.sentence_at(max(0, here.start_char - 1))
        return max(before.start_char, block.start if block else 0)

    def _is_introduced(self, mention: Happening) -> bool:
        """Whether a list is introduced as one of what was signed: "Four documents were signed:"."""
        blocks = self._text.clean.blocks
        index = next(i for i, b in enumerate(blocks) if b.end > mention.start)
        while index and blocks[index].kind == "item":
            index -= 1
        lead = self._text.tokens(blocks[index].start, blocks[index].end)
        return any(t.pos_ == "VERB" and t.lemma_.casefold() in self._acts for t in lead)


def _moved(phrase: DatePhrase, date: str | None, count: int) -> str | None:
    """A date moved by so many of a phrase's units."""
    return resolve(replace(phrase, count=count, base="previous"), None, date) if date else None


def _undated(found: Iterable[Occurrence]) -> list[Occurrence]:
    return [o for o in found if o.date is None and o.iri is None]


def _share(occurrence: Occurrence, place: Occurrence) -> None:
    """Let an event and the one at which it is told to happen have one date."""
    if occurrence.date is None and occurrence.iri is None and _is_brief(place.date):
        occurrence.date = place.date
    elif place.date is None and place.iri is None and place.type in HOSTED and _is_brief(occurrence.date):
        place.date = occurrence.date


def _agree(first: Occurrence, second: Occurrence) -> bool:
    """Whether somebody takes part in both."""
    return bool(first.actors & second.actors)


def _is_brief(date: str | None) -> bool:
    """Whether a date is so exact that what happens at an event of that date has it too."""
    limits = bounds(date) if date else None
    return limits is not None and (limits[1] - limits[0]).days <= BRIEF


def _is_old(verb: Token) -> bool:
    """Whether a verb tells what had been done before: "had agreed", or is denied."""
    before = any(c.dep_ == "aux" and c.lower_ == "had" for c in verb.children)
    return before or syntax.negated(verb)
