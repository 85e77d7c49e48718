"""Mentions of events made into events: dated, and two mentions of one happening joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from alliancegraph.extract.event_context import EventContext
from alliancegraph.extract.event_dates import EventDates
from alliancegraph.extract.event_identity import Identity, words_of
from alliancegraph.extract.happening import Happening
from alliancegraph.extract.occurrence import Occurrence, compatible
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import Vocabulary

HEADINGS: Final = frozenset({"title", "heading"})


class EventBuilder:
    """Joins the mentions of one text into events."""

    def __init__(self, text: Text, vocabulary: Vocabulary) -> None:
        self._text = text
        self._dates = EventDates(text, vocabulary)
        self._identity = Identity(text, vocabulary)
        self._context = EventContext(text, vocabulary, self._dates)

    def events(self, happenings: Sequence[Happening]) -> list[Occurrence]:
        """The events of the text in the order of their first mention."""
        found: list[Occurrence] = []
        later: list[Happening] = []
        told = [h for h in happenings if not self._dates.is_date(h)]
        self._dates.heads = frozenset(h.head for h in told if not h.verbal)
        for happening in (h for h in told if not self._heads(h)):
            date = happening.date or self._dates.date_of(happening)
            dated = happening.datable and self._dates.phrase_of(happening) is not None
            if happening.generic and (not dated or self._takes_up(found, happening)):
                later.append(happening)
            else:
                self._place(found, happening, date)
        for happening in later:
            self._rejoin(found, happening)
        self._name(found, [h for h in told if self._heads(h)])
        self._context.complete(found, frozenset(a for h in told if h.own for _, a in h.roles))
        return found

    def _takes_up(self, found: Sequence[Occurrence], happening: Happening) -> bool:
        """Whether a mention takes up an event that was told: "the conference ended on …"."""
        return any(
            o.type == happening.type
            and self._identity.related(o, happening)
            and self._identity.anaphoric(o, happening)
            for o in found
        )

    def _heads(self, happening: Happening) -> bool:
        """Whether a mention stands in a title or heading, which names what the text tells below."""
        block = self._text.block_at(happening.start)
        return block is not None and block.kind in HEADINGS and not happening.own and happening.iri is None

    def _place(self, found: list[Occurrence], happening: Happening, date: str | None) -> None:
        same = next((o for o in reversed(found) if self._identity.same(o, happening, date)), None)
        if same is None:
            same = Occurrence(happening.type, [])
            found.append(same)
        same.add(happening, date)

    def _rejoin(self, found: Sequence[Occurrence], happening: Happening) -> None:
        """ "The conference", "the summit": one more mention of the last such event, and no event of its own."""
        if not happening.definite or happening.verbal:
            return
        before = [o for o in found if o.type == happening.type and o.mentions[0].start < happening.start]
        if not before:
            return
        noted = next((o for o in before if self._identity.noted(o, happening)), None)
        word = self._identity.lemma(happening)
        same_word = [o for o in before if word in {self._identity.lemma(m) for m in o.mentions}]
        alike = same_word or [o for o in before if self._identity.related(o, happening)]
        if noted is None and not alike:
            return
        meant = noted or _likest(happening, alike)
        date = self._dates.date_of(happening) if happening.datable else None
        meant.add(happening, date if (noted or same_word) and compatible(meant.date, date) else None)

    def _name(self, found: Sequence[Occurrence], headings: Iterable[Happening]) -> None:
        """A mention in a heading is one more of the event that the text below it tells of, and none of its own."""
        for happening in headings:
            below = [o for o in found if o.type == happening.type and o.mentions[-1].start > happening.start]
            date = self._dates.date_of(happening)
            fitting = [o for o in below if compatible(o.date, date) and self._fits(o, happening)]
            if fitting:
                fitting[0].add(happening, date)

    def _fits(self, occurrence: Occurrence, happening: Happening) -> bool:
        actors = {actor for _, actor in happening.roles}
        alike = bool(words_of([happening]) & words_of(occurrence.mentions))
        return alike or bool(actors & occurrence.actors)


def _likest(happening: Happening, occurrences: Sequence[Occurrence]) -> Occurrence:
    """The event whose names share most words with a mention; of several the last."""
    own = words_of([happening])
    ranked = [(len(own & words_of(o.mentions)), number) for number, o in enumerate(occurrences)]
    return occurrences[max(ranked)[1]]
