"""Whether two mentions tell of one event: by name, by footnote or heading, by word, date and those who take part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from alliancegraph.extract import syntax
from alliancegraph.extract.happening import Happening
from alliancegraph.extract.occurrence import Occurrence, compatible
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.tokens import Token
from alliancegraph.ontology.vocabulary import Vocabulary

LABEL: Final = 80
SMALL_WORD: Final = 3
IN_ONE_GO: Final = frozenset({"meeting", "attack"})
"""Kinds of event that several verbs of one clause tell of together."""
STEM: Final = 4
"""Letters by which a verb and its noun are known to be one: invade, invasion."""
MONTH: Final = 7
"""Characters of a date that is exact to the month."""


class Identity:
    """Compares the mentions of events of one text."""

    def __init__(self, text: Text, vocabulary: Vocabulary) -> None:
        self._text = text
        self._indefinite = vocabulary.words("indefinite-determiner")
        self._telling = tuple(
            vocabulary.words(name) for name in ("event-arity", "event-ordinal", "event-level")
        )

    def same(self, occurrence: Occurrence, happening: Happening, date: str | None) -> bool:
        """Whether a mention, with the date that it gives, tells of an event that is known already."""
        if happening.iri is not None and occurrence.iri is not None:
            return happening.iri == occurrence.iri
        if self._one_name(occurrence, happening):
            return compatible(occurrence.date, date)
        if occurrence.type != happening.type or not compatible(occurrence.date, date):
            return False
        if any(m.start < happening.end and happening.start < m.end for m in occurrence.mentions):
            return True
        if happening.iri is not None or occurrence.iri is not None:
            return self._same_treaty(occurrence, happening)
        if happening.type in IN_ONE_GO and self._goes_on(occurrence, happening):
            return True
        if self.noted(occurrence, happening) or self._labelled(occurrence, happening):
            return True
        if self._differs(occurrence, happening) or self._is_another(occurrence, happening):
            return False
        return self._retold(occurrence, happening, date)

    def _goes_on(self, occurrence: Occurrence, happening: Happening) -> bool:
        """Whether a verb goes on with what the verb before it tells: "travelled to Kampala and met the president"."""
        head = self._text.doc[happening.head]
        before = occurrence.mentions[-1]
        return happening.verbal and before.verbal and head.dep_ == "conj" and head.head.i == before.head

    def _retold(self, occurrence: Occurrence, happening: Happening, date: str | None) -> bool:
        actors = {actor for _, actor in happening.roles}
        shared = bool(actors & occurrence.actors)
        free = shared or not actors or not occurrence.actors
        exact = len(date) > MONTH or (shared and len(date) == MONTH) if date is not None else False
        if exact and date == occurrence.date and free:
            return not happening.verbal or self.related(occurrence, happening)
        if happening.verbal:
            return free and self._one_act(occurrence, happening)
        if self._is_new(happening):
            return False
        if not self.related(occurrence, happening) or not (free or self._is_bare(happening)):
            return False
        return self.anaphoric(occurrence, happening) or (shared and self._one_topic(occurrence, happening))

    def related(self, occurrence: Occurrence, happening: Happening) -> bool:
        """Whether the words of two mentions are one, or of one kind."""
        frames = {m.frame for m in occurrence.mentions if m.frame}
        stem = self.lemma(happening)[:STEM]
        return happening.frame in frames or any(self.lemma(m)[:STEM] == stem for m in occurrence.mentions)

    def _one_act(self, occurrence: Occurrence, happening: Happening) -> bool:
        """Whether two verbs tell of one act: the same verb, with an object of the same word or none."""
        known = bool({actor for _, actor in happening.roles} & occurrence.actors)
        for mention in occurrence.mentions:
            if mention.verbal and self.lemma(mention) == self.lemma(happening):
                one, other = set(self._objects(mention)), set(self._objects(happening))
                if one & other or (known and not (one and other)):
                    return True
        return False

    def _is_bare(self, happening: Happening) -> bool:
        """Whether a mention is the noun with its article alone: "the conference"."""
        return (
            happening.definite
            and self._text.tokens(happening.start, happening.end).end <= happening.head + 1
            and len(self._text.clean.text[happening.start : happening.end].split()) == 2
        )

    def _is_new(self, happening: Happening) -> bool:
        """Whether an indefinite article brings in another event: "a new agreement"."""
        head = self._text.doc[happening.head]
        return any(c.lower_ in self._indefinite for c in head.lefts)

    def _objects(self, happening: Happening) -> Iterator[str]:
        head = self._text.doc[happening.head]
        yield from (t.lemma_.casefold() for t in syntax.objects(head))
        yield from (t.lemma_.casefold() for t in syntax.clauses(head))

    def _one_topic(self, occurrence: Occurrence, happening: Happening) -> bool:
        """Whether two mentions share a telling word besides that for the event."""
        heads = {self.lemma(m) for m in (*occurrence.mentions, happening)}
        return bool((self._content([happening]) & self._content(occurrence.mentions)) - heads)

    def _content(self, mentions: Sequence[Happening]) -> frozenset[str]:
        spans = (t for m in mentions for t in self._text.tokens(m.start, m.end))
        return frozenset(t.lemma_.casefold() for t in spans if t.pos_ in ("NOUN", "PROPN", "ADJ"))

    def anaphoric(self, occurrence: Occurrence, happening: Happening) -> bool:
        """Whether a definite noun takes up what was told: it brings in no proper name and is not restricted by a clause."""
        if not happening.definite:
            return False
        head = self._text.doc[happening.head]
        if any(c.dep_ == "relcl" and not _parenthetic(c) for c in head.children):
            return False
        sentences = (self._text.sentence_at(m.start) for m in occurrence.mentions)
        told = {token.lower_ for sentence in sentences for token in sentence}
        own = self._text.tokens(happening.start, happening.end)
        actors = {actor for _, actor in happening.roles}
        dated = any(c.dep_ == "poss" and c.ent_type_ == "DATE" for c in head.lefts)
        if dated or actors & occurrence.actors or self._alike(occurrence, happening):
            return True
        return all(t.lower_ in told for t in own if t.pos_ == "PROPN" and t.i != head.i)

    def _is_another(self, occurrence: Occurrence, happening: Happening) -> bool:
        """Whether a number or place in a row tells an event from those before: "the next meeting"."""
        ordinals = self._words_in([happening]) & self._telling[1]
        return bool(ordinals - self._words_in(occurrence.mentions))

    def _alike(self, occurrence: Occurrence, happening: Happening) -> bool:
        """Whether the same telling words describe both: the trilateral meeting."""
        own, other = self._words_in([happening]), self._words_in(occurrence.mentions)
        return any(own & other & kind for kind in self._telling)

    def _differs(self, occurrence: Occurrence, happening: Happening) -> bool:
        """Whether words tell two events apart: bilateral and trilateral, the first and the second, ministers and leaders."""
        own = self._words_in([happening])
        other = self._words_in(occurrence.mentions)
        return any(own & kind and other & kind and not own & other & kind for kind in self._telling)

    def _words_in(self, mentions: Sequence[Happening]) -> frozenset[str]:
        return frozenset(
            form
            for m in mentions
            if not m.verbal
            for t in self._text.tokens(m.start, m.end)
            for form in (t.lower_, t.lemma_.casefold())
        )

    # ------------------------------------------------------------ names, headings, notes
    @staticmethod
    def _one_name(occurrence: Occurrence, happening: Happening) -> bool:
        """Whether both go by one proper name of several words, whatever kind of event it is taken for."""
        names = {n.casefold() for m in occurrence.mentions if not m.verbal for n in m.names if _is_proper(n)}
        return not happening.verbal and any(n.casefold() in names for n in happening.names if _is_proper(n))

    def _same_treaty(self, occurrence: Occurrence, happening: Happening) -> bool:
        """Whether a treaty that is known by name and one that is described are one: same word, same parties."""
        actors = {actor for _, actor in happening.roles}
        heads = {self.lemma(m) for m in occurrence.mentions}
        return self.lemma(happening) in heads and len(actors) > 1 and actors == occurrence.actors

    def _labelled(self, occurrence: Occurrence, happening: Happening) -> bool:
        """Whether a label ("Engine deal, June 2023: …") names what the sentence after it tells."""
        last = occurrence.mentions[-1]
        between = self._text.clean.text[last.end : happening.start]
        one = self._text.block_at(last.start) is self._text.block_at(happening.start)
        return len(between) <= LABEL and one and ":" in between and "." not in between

    def lemma(self, happening: Happening) -> str:
        """The word by which a mention tells of an event."""
        return self._text.doc[happening.head].lemma_.casefold()

    def noted(self, occurrence: Occurrence, happening: Happening) -> bool:
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


def _is_proper(name: str) -> bool:
    """Whether a name is written as a proper one of several words."""
    words = [w for w in name.split() if len(w) > SMALL_WORD]
    return len(words) > 1 and all(w[:1].isupper() for w in words)


def _parenthetic(verb: Token) -> bool:
    """Whether a relative clause only adds to its noun: a comma stands before it."""
    first = verb.left_edge.i
    return first > 0 and verb.doc[first - 1].text == ","


def words_of(mentions: Sequence[Happening]) -> frozenset[str]:
    """The longer words of the names of each mention."""
    names = [name for m in mentions for name in (m.name, min(m.names, key=len))]
    return frozenset(w.casefold() for name in names for w in name.split() if len(w) > SMALL_WORD)
