"""When an event was: the date phrase that hangs on its mention, resolved against the document's date or one told before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Final

from alliancegraph.extract import syntax
from alliancegraph.extract.date_model import ABSOLUTE, SHIFT, WEEKDAY, YEARLESS, DatePhrase
from alliancegraph.extract.date_phrases import date_phrases
from alliancegraph.extract.dates import resolve
from alliancegraph.extract.edtf import bounds, parts
from alliancegraph.extract.event_roles import attitude_verbs
from alliancegraph.extract.frames import frame_matcher
from alliancegraph.extract.happening import Happening
from alliancegraph.extract.named_events import named_event_spans
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.tokens import Token
from alliancegraph.ontology.vocabulary import Vocabulary

NEAR: Final = 200
"""Characters between a mention and its date."""
LONG_AGO: Final = 2
"""Years after which a month without year goes on with the date told before, not with the document's."""
YEAR: Final = re.compile(r"\s((?:19|20)\d\d)(?!\d)")
PLACED: Final = 5
"""Words of place between an event and its date: "the meeting in Ho Chi Minh City in 2025"."""
STEPS: Final = 10
COMPLEMENTS: Final = frozenset({"dobj", "prep", "xcomp", "ccomp", "npadvmod", "advcl", "agent"})
DAY: Final = 10
"""Characters of a date that is exact to the day."""
OPENING: Final = 6
"""Blocks at the beginning of a text in which its date may stand."""
HEADED: Final = frozenset({"title", "heading", "dateline", "byline"})
DIRECT: Final = frozenset({"compound", "nmod", "amod", "nummod", "poss"})


class EventDates:
    """Gives dates to the mentions of events of one text."""

    def __init__(self, text: Text, vocabulary: Vocabulary) -> None:
        self._text = text
        self._vocabulary = vocabulary
        named = [(text.words[a].start, text.words[b - 1].end) for a, b in named_event_spans(text, vocabulary)]
        self._phrases = [
            p for p in date_phrases(text.clean.text) if not any(a < p.end and p.start < b for a, b in named)
        ]
        self.heads: frozenset[int] = frozenset()
        """The words of all mentions by a noun; a date that hangs on one dates no other."""
        self._matcher = frame_matcher(vocabulary, "event:")
        self._attitudes = attitude_verbs(vocabulary)
        self._intention = vocabulary.words("intention")
        self._occurrence = vocabulary.words("occurrence-verb")
        self._apart = vocabulary.words("dateless-preposition")
        self._container = vocabulary.words("part-of-time")
        self._setting = vocabulary.words("date-setting")
        self._openers = vocabulary.words("date-opener")
        self._beyond = vocabulary.words("beyond-preposition")

    def counted(self) -> Iterator[DatePhrase]:
        """The phrases that count from an event: "three weeks after"."""
        return (phrase for phrase in self._phrases if phrase.base == "event")

    def hangs(self, phrase: DatePhrase, happening: Happening) -> bool:
        """Whether a phrase dates a mention."""
        return self._level(phrase, self._over(happening)) is not None

    def is_date(self, happening: Happening) -> bool:
        """Whether the word is part of a date: "March"."""
        at = self._text.doc[happening.head].idx
        return happening.iri is None and any(p.start <= at < p.end for p in self._phrases)

    def date_of(self, happening: Happening) -> str | None:
        """The date of a mention as EDTF."""
        phrase = self.phrase_of(happening)
        if phrase is None:
            return self._numbered(happening)
        ahead = self._is_ahead(happening)
        date = self.resolved(phrase, future=ahead)
        if (
            phrase.kind == YEARLESS
            and not phrase.direction
            and not ahead
            and self._is_behind(happening, date)
        ):
            date = self.resolved(replace(phrase, direction=-1))
        return date if self.is_known(happening.iri, date) else None

    def _numbered(self, happening: Happening) -> str | None:
        """The year that ends the name of an event: "Exercise Namejs 2022"."""
        following = self._text.clean.text[happening.end : happening.end + 6]
        match = YEAR.match(following) if not happening.frame else None
        return match[1] if match and self.is_known(happening.iri, match[1]) else None

    def resolved(self, phrase: DatePhrase, *, future: bool = False) -> str | None:
        """The date of a phrase, counted from the document's date or the date told before it."""
        if phrase.base == "event":
            return None
        anchor = self.anchor
        if self.own is None and phrase.base == "anchor":
            if phrase.kind in (WEEKDAY, SHIFT):
                anchor = anchor[:4] if anchor else None
            if anchor is None and (phrase.direction or phrase.kind == SHIFT):
                return None
        if phrase.kind == YEARLESS and phrase.base == "anchor" and not phrase.unit and not phrase.direction:
            before = self._narrated(phrase)
            if before is not None:
                return resolve(phrase, before, before, future=True)
        return resolve(phrase, anchor, self._previous(phrase), future=future)

    # ------------------------------------------------------------ anchor
    @cached_property
    def own(self) -> str | None:
        """The document's date; where none was found, the first day that a heading or dateline of its opening gives."""
        if self._text.document.date is not None:
            return self._text.document.date
        opening = [b for b in self._text.clean.blocks[:OPENING] if b.kind in HEADED]
        days = (p for p in self._phrases if p.edtf and parts(p.edtf) and len(p.edtf) == DAY)
        return next((p.edtf for p in days if any(b.start <= p.start < b.end for b in opening)), None)

    @cached_property
    def anchor(self) -> str | None:
        """The document's date; where none is given, the last month or day that the text tells with its year."""
        if self.own is not None:
            return self.own
        told = [
            p for p in self._phrases if p.edtf and parts(p.edtf) and len(p.edtf) > 4 and not self._planned(p)
        ]
        latest = max((p.edtf or "" for p in told), default="")
        return latest[:7] or None

    def _planned(self, phrase: DatePhrase) -> bool:
        verb = syntax.verb_above(self._text.token_at(phrase.start))
        return verb is not None and any(c.lower_ in self._intention for c in verb.children)

    def _previous(self, phrase: DatePhrase) -> str | None:
        """The date told last before a phrase; in a text without date, one of the same day and month with a year."""
        if self.own is None and phrase.kind == YEARLESS:
            same = next(
                (p.edtf for p in self._phrases if p.edtf and phrase.tail and p.edtf.endswith(phrase.tail)),
                None,
            )
            if same is not None:
                return same
        for other in reversed(self._phrases):
            if other.end <= phrase.start and (other.edtf or other.kind == YEARLESS):
                date = self.resolved(other)
                if date is not None:
                    return date
        return None

    def _narrated(self, phrase: DatePhrase) -> str | None:
        """The date that a passage about the past has just told: "in August 2008 … in October"."""
        block = self._text.block_at(phrase.start)
        point = parts(self.anchor)
        for other in reversed(self._phrases):
            if other.end > phrase.start:
                continue
            if block is None or other.start < block.start:
                return None
            told = parts(other.edtf)
            if other.kind == ABSOLUTE and told is not None:
                old = point is None or told[0] <= point[0] - LONG_AGO
                return other.edtf if told[1] and told[1] <= 12 and old else None
        return None

    # ------------------------------------------------------------ which phrase
    def phrase_of(self, happening: Happening) -> DatePhrase | None:
        """The date phrase that hangs on a mention, the nearest to its word in the parse."""
        over = self._over(happening)
        ranked = []
        for phrase in self._near(happening):
            level = (
                0 if self._follows(phrase, happening) else self._level(phrase, over, self._inner(happening))
            )
            if level is not None:
                gap = min(abs(phrase.start - happening.end), abs(happening.start - phrase.end))
                ranked.append((level, gap, phrase))
        return min(ranked, key=lambda r: r[:2])[2] if ranked else None

    def _only_bounds(self, phrase: DatePhrase) -> bool:
        """Whether a date only tells before or after when something was: "before 1953", not "after the 2016 vote"."""
        before = self._text.clean.text[: phrase.start].rstrip()[-len(phrase.lead) :].lower()
        return phrase.lead in self._beyond and before == phrase.lead

    def _follows(self, phrase: DatePhrase, happening: Happening) -> bool:
        """Whether a date stands between a noun and the verb whose subject it is: "The accession in 1986 changed …"."""
        head = self._text.doc[happening.head]
        if happening.verbal or phrase.start < happening.end:
            return False
        between = [t for t in self._text.tokens(happening.end, phrase.start - 1) if t.idx >= happening.end]
        if len(between) > PLACED or any(t.pos_ not in ("ADP", "PROPN", "DET") for t in between):
            return False
        above = syntax.verb_above(head)
        if head.dep_ in ("nsubj", "nsubjpass"):
            return above is not None and phrase.start < above.idx
        return phrase.kind == ABSOLUTE and self._governor(head) is None

    def _near(self, happening: Happening) -> Iterator[DatePhrase]:
        sentence = self._text.sentence_of(self._text.doc[happening.head])
        for phrase in self._phrases:
            if not sentence.start_char <= phrase.start < sentence.end_char or self._only_bounds(phrase):
                continue
            inside = happening.start <= phrase.start and phrase.end <= happening.end
            if inside or min(abs(phrase.start - happening.end), abs(happening.start - phrase.end)) <= NEAR:
                yield phrase

    def _inner(self, happening: Happening) -> frozenset[int]:
        """The words of a noun's phrase, of which the parse may hang a relative clause on the last."""
        span = self._text.tokens(happening.start, happening.end)
        return frozenset() if happening.verbal else frozenset(t.i for t in span)

    def _level(
        self, phrase: DatePhrase, over: Mapping[int, int], inner: frozenset[int] = frozenset()
    ) -> int | None:
        """How far up from a mention's word the word stands on which a phrase hangs; None where it hangs elsewhere."""
        current = self._opened(phrase) or self._text.tokens(phrase.start, phrase.end).root
        crossed = 0
        for _ in range(STEPS):
            if current.i in over:
                return over[current.i] + crossed
            parent = current.head
            if parent.i == current.i:
                return None
            if parent.i in over:
                return over[parent.i] + crossed
            if parent.dep_ == "relcl" and parent.head.i in inner and self._occurs(parent):
                return crossed
            if not self._passes(phrase, current, parent, over):
                return None
            crossed += parent.pos_ == "VERB"
            current = parent
        return None

    def _opened(self, phrase: DatePhrase) -> Token | None:
        """The verb of the sentence that a date opens: "On 3 May officers overthrew …"."""
        sentence = self._text.sentence_at(phrase.start)
        before = [t for t in sentence if t.idx < phrase.start and not t.is_punct and not t.is_space]
        if any(t.lower_ not in self._openers for t in before):
            return None
        subjects = (t for t in sentence if t.idx >= phrase.end and t.dep_ in ("nsubj", "nsubjpass"))
        verb = next((t.head for t in subjects), sentence.root)
        return verb if verb.pos_ in ("VERB", "AUX") else None

    def _is_past(self, phrase: DatePhrase) -> bool:
        """Whether a date is before the document's, so that it tells when something was decided, not what for."""
        date, now = bounds(phrase.edtf or ""), bounds(self.own or "")
        return date is not None and (now is None or date[1] < now[0]) and phrase.lead != "by"

    def _passes(self, phrase: DatePhrase, current: Token, parent: Token, over: Mapping[int, int]) -> bool:
        """Whether a date that hangs on one word dates what the word above it tells."""
        if parent.pos_ in ("NOUN", "PROPN"):
            if parent.i in self.heads and not (parent.dep_ == "pobj" and parent.head.lower_ in self._setting):
                return False
            owned = current.dep_ in DIRECT or (current.dep_ == "prep" and current.lower_ == "of")
            return not owned or parent.lemma_.casefold() in self._container
        if parent.pos_ not in ("VERB", "AUX"):
            return True
        if parent.dep_ in ("relcl", "acl") and not _is_infinitive(parent):
            return parent.head.i in over and self._occurs(parent)
        if parent.dep_ in ("advcl", "ccomp", "csubj") or (
            parent.dep_ == "conj" and _is_complete(parent.head, parent)
        ):
            return False
        return (
            not _is_infinitive(parent)
            or self._is_past(phrase)
            or not self._matcher.has_head("verb", parent.lemma_.casefold())
        )

    def _over(self, happening: Happening) -> dict[int, int]:
        """The mention's word and the words above it on which its date may hang, with their distance."""
        head = self._text.doc[happening.head]
        over = {head.i: 0}
        if not happening.frame:
            over.update((t.i, 0) for t in self._text.tokens(happening.start, happening.end))
        verb = head if head.pos_ in ("VERB", "AUX") else self._governor(head)
        if verb is not None and head.dep_ in ("dobj", "nsubjpass") and _is_infinitive(verb):
            return over  # "decided on Monday to open talks": the talks are later
        level = 1
        while verb is not None and level < STEPS:
            over.setdefault(verb.i, level)
            verb = self._verb_over(verb)
            level += 1
        return over

    def _governor(self, noun: Token) -> Token | None:
        """The verb that tells that the event of a noun happens, or sets its clause at it."""
        current = noun
        for _ in range(STEPS):
            parent = current.head
            if parent.i == current.i or (current.pos_ == "ADP" and current.lower_ in self._apart):
                return None
            if parent.pos_ in ("VERB", "AUX"):
                return parent if self._dates(parent, current) else None
            current = parent
        return None

    def _dates(self, verb: Token, below: Token) -> bool:
        """Whether a verb's date is that of the event below it."""
        if below.dep_ == "prep" and below.lower_ in self._setting:
            return True
        lemma = verb.lemma_.casefold()
        told = lemma in self._occurrence or self._matcher.has_head("verb", lemma)
        return told and self._occurs(verb)

    def _occurs(self, verb: Token) -> bool:
        """Whether a verb tells what happens, not what somebody thinks of it."""
        lemma = verb.lemma_.casefold()
        return lemma in self._occurrence or lemma not in self._attitudes

    def _verb_over(self, verb: Token) -> Token | None:
        """The verb that another completes, joins or accompanies: "promised to resume", "visited … , signing …"."""
        above: Token = verb.head
        if above.i == verb.i or above.pos_ not in ("VERB", "AUX"):
            return above.head if verb.dep_ == "pcomp" and above.head.pos_ == "VERB" else None
        accompanies = (
            verb.dep_ == "advcl"
            and verb.tag_ == "VBG"
            and not any(c.dep_ in ("mark", "nsubj") for c in verb.children)
        )
        return above if verb.dep_ in ("xcomp", "pcomp", "conj") or accompanies else None

    # ------------------------------------------------------------ time
    def _is_ahead(self, happening: Happening) -> bool:
        verb = syntax.verb_above(self._text.doc[happening.head])
        return verb is not None and any(c.lower_ in self._intention for c in verb.children if c.dep_ == "aux")

    def _is_behind(self, happening: Happening, date: str | None) -> bool:
        """Whether a clause in the past tense is given a date after the document's."""
        verb = syntax.verb_above(self._text.doc[happening.head])
        first, now = bounds(date or ""), bounds(self.own or "")
        return verb is not None and verb.tag_ in ("VBD", "VBN") and bool(first and now and first[0] > now[1])

    def is_known(self, iri: str | None, date: str | None) -> bool:
        """Whether a date does not contradict what is known of a named event."""
        entry = self._vocabulary.event_by_iri.get(iri or "")
        return entry is None or entry.date is None or overlapping(entry.date, date)


def _is_complete(verb: Token, second: Token) -> bool:
    """Whether a verb has complements before the verb that is joined to it: "left the Union and signed …"."""
    return any(c.dep_ in COMPLEMENTS and verb.i < c.i < second.i for c in verb.children)


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


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
