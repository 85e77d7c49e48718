"""Mentions of events by name: those that the vocabulary knows, and those that a pattern of names gives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from alliancegraph.extract.cast import Cast
from alliancegraph.extract.date_phrases import date_phrases
from alliancegraph.extract.happening import Happening, is_silent, overlapping
from alliancegraph.extract.name_patterns import PatternName, items, pattern_matcher
from alliancegraph.extract.named_events import named_events
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import EventEntry, Vocabulary

if TYPE_CHECKING:
    from alliancegraph.extract.tokens import Token


DONE: Final = frozenset({"deployment", "operation", "weapons-test", "aid"})
"""Kinds of event whose doer stands before the name: "the US withdrawal from Afghanistan"."""


class NamedHappenings:
    """Finds the events of one text that go by a name."""

    def __init__(self, text: Text, cast: Cast, vocabulary: Vocabulary) -> None:
        self._text = text
        self._cast = cast
        self._vocabulary = vocabulary

    def all(self) -> list[Happening]:
        """The known names, and the regular names that do not overlap them."""
        named = list(self._named())
        return [*named, *(h for h in self._patterned() if not overlapping(h, named))]

    def _named(self) -> Iterator[Happening]:
        words = self._text.words
        for match in named_events(self._text, self._vocabulary):
            entry = match.payload
            start, end = words[match.first].start, words[match.last - 1].end
            if is_silent(self._text, start):
                continue
            surface = self._text.clean.text[start:end]
            yield Happening(
                entry.type, self._head(start, end).i, start, end, entry.name, (surface, entry.name),
                roles=tuple(self._known_roles(entry, start, end)),
                date=_date_in(surface, entry), place=entry.place, iri=entry.iri,
                confidence=0.9, definite=True, themes=tuple(t.i for t in self._text.tokens(start, end)),
            )  # fmt: skip

    def _known_roles(self, entry: EventEntry, start: int, end: int) -> Iterator[tuple[str, str]]:
        """The roles that the vocabulary tells: of targets that the text names, of others named in the same sentence."""
        sentence = self._text.sentence_at(start)
        near = {n.actor for n in self._cast.within(sentence.start_char, sentence.end_char)}
        if entry.type in ("operation", "attack", "agreement", "meeting"):
            yield from (("participatesIn", actor) for actor in entry.participants if actor in near)
        yield from (("targetOf", actor) for actor in entry.targets if actor in self._cast.members)
        if entry.type in DONE:
            before = self._states_before(self._head(start, end), start)
            yield from (("participatesIn", actor) for actor in before if actor not in entry.targets)

    def _patterned(self) -> Iterator[Happening]:
        sequence = items(self._text.words, self._cast.namings, self._text.block_starts)
        for name in pattern_matcher(self._vocabulary).matches(sequence):
            if name.pattern.is_event:
                happening = self._from_pattern(name)
                if not is_silent(self._text, happening.start):
                    yield happening

    def _from_pattern(self, name: PatternName) -> Happening:
        start, end = self._text.words[name.first].start, self._text.words[name.last - 1].end
        surface = self._text.clean.text[start:end]
        role = name.pattern.role_of_states
        head = self._head(start, end)
        roles = [(role, actor) for actor in name.actors.values()] if role else []
        roles += [(role or "participatesIn", a) for a in self._states_before(head, start)]
        if name.pattern.type == "meeting":
            inside = self._cast.within(start, end)
            roles += [("participatesIn", n.actor) for n in inside if self._cast.type_of(n.actor) == "Person"]
        return Happening(
            name.pattern.type, head.i, start, end, surface, (surface,), roles=tuple(dict.fromkeys(roles)),
            confidence=0.8, definite=True, place=None, themes=tuple(t.i for t in self._text.tokens(start, end)),
        )  # fmt: skip

    def _states_before(self, head: Token, start: int) -> list[str]:
        """The states whose it is: "the U.S.-ROK …", "Australia's …"."""
        found = []
        for child in head.lefts:
            if child.dep_ in ("poss", "compound", "amod", "nmod"):
                for token in child.subtree:
                    naming = self._cast.at(token.idx, token.idx + len(token.text))
                    if naming is not None and self._cast.type_of(naming.actor) == "State":
                        found.append(naming.actor)
        return found

    def _head(self, start: int, end: int) -> Token:
        return self._text.tokens(start, end).root


def _date_in(surface: str, entry: EventEntry) -> str | None:
    """The date that a name gives: "the 1994 framework" a year, "9/11" the day that is known."""
    phrases = date_phrases(surface)
    year = re.search(r"(?<!\d)\d{4}(?!\d)", surface)
    told = next((p.edtf for p in phrases if p.edtf), None) or (year[0] if year else None)
    if told is not None:
        return told
    day = phrases or re.search(r"(?<![\w-])\d{1,2}\s?[/-]\s?\d{1,2}(?![\w-])", surface)
    return entry.date if day else None
