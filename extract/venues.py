"""Meetings that go by their place: "the coordination forged at Camp David in 2023"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from alliancegraph.extract import syntax
from alliancegraph.extract.coreference import References
from alliancegraph.extract.happening import Happening, is_silent
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.tokens import Token
from alliancegraph.ontology.vocabulary import Vocabulary

PLACES: Final = frozenset({"GPE", "LOC", "FAC"})


class Venues:
    """Finds the meetings of one text that are told by what was agreed at a place."""

    def __init__(self, text: Text, references: References, vocabulary: Vocabulary) -> None:
        self._text = text
        self._references = references
        self._at = vocabulary.words("venue-preposition")
        self._agreed = vocabulary.words("venue-verb")

    def all(self) -> Iterator[Happening]:
        """One mention for each place at which somebody agreed, promised or decided."""
        for token in self._text.doc:
            if token.lower_ in self._at and token.dep_ == "prep" and not is_silent(self._text, token.idx):
                verb = token.head
                place = next((c for c in token.children if c.dep_ == "pobj" and c.ent_type_ in PLACES), None)
                if place is not None and self._is_agreed(verb):
                    yield self._meeting(place, verb)

    def _is_agreed(self, verb: Token) -> bool:
        return (
            verb.lemma_.casefold() in self._agreed
            and verb.tag_ in ("VBD", "VBN")
            and not syntax.negated(verb)
        )

    def _meeting(self, place: Token, verb: Token) -> Happening:
        first = next((c for c in place.lefts if c.dep_ == "compound"), place)
        start, end = first.idx, place.idx + len(place.text)
        name = self._text.clean.text[start:end]
        actors = dict.fromkeys(
            r.actor for t in syntax.subjects(verb) for r in self._references.of(t, nation=True)
        )
        return Happening(
            "meeting", place.i, start, end, f"Meeting at {name}", (name,),
            tuple(("participatesIn", actor) for actor in actors), confidence=0.6, place=name,
        )  # fmt: skip
