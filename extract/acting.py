"""Which known names name an actor where they stand, and not a place, a ship, a title or a person of the same name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from alliancegraph.extract.gazetteer import Naming
from alliancegraph.extract.named_events import named_event_spans
from alliancegraph.extract.parsing import Text
from alliancegraph.ontology.vocabulary import Vocabulary

IN_EVENTS: Final = frozenset({"IntergovernmentalOrganization", "Organization", "GovernmentBody"})


class ActingNames:
    """Sifts the known names of one text."""

    def __init__(self, text: Text, vocabulary: Vocabulary) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._events = named_event_spans(text, vocabulary)
        self._words = {
            name: vocabulary.words(name)
            for name in (
                "geographic-noun", "person-title", "first-name-state", "ship-prefix", "exercise-noun", "body-head",
                "organization-head", "event-head", "name-start-stop",
            )
        }  # fmt: skip

    def of(self, namings: Sequence[Naming]) -> list[Naming]:
        """Those that name an actor."""
        taken = frozenset(i for n in namings for i in range(n.first, n.last))
        return [n for n in namings if not self._is_other(n, taken)]

    def _is_other(self, naming: Naming, taken: frozenset[int]) -> bool:
        entry = self._vocabulary.actor_by_iri[naming.actor]
        before, following = self._word(naming.first - 1), self._word(naming.last)
        titles = self._words["person-title"]
        return (
            self._is_of_place(naming, before, following)
            or self._is_of_event(naming, entry.type)
            or (naming.kind == "capital" and before.casefold() in titles)
            or (entry.type == "GovernmentBody" and naming.last == naming.first + 1 and following.casefold() in titles)
            or before.casefold() in self._words["ship-prefix"]
            or (entry.type == "State" and self._is_first_name(naming, following, taken))
        )  # fmt: skip

    def _word(self, index: int) -> str:
        words = self._text.words
        return words[index].text if 0 <= index < len(words) else ""

    def _is_of_place(self, naming: Naming, before: str, following: str) -> bool:
        """ "Taiwan Strait", "Gulf of Oman"."""
        places = self._words["geographic-noun"]
        if following[:1].isupper() and following.casefold() in places:
            return True
        noun = self._word(naming.first - 2)
        return before.casefold() == "of" and noun[:1].isupper() and noun.casefold() in places

    def _is_of_event(self, naming: Naming, type_: str) -> bool:
        """A capital or organisation in the name of an event ("UN Convention on …"), or the name itself."""
        text = self._text.clean.text[naming.start : naming.end]
        if text in self._vocabulary.event_names:
            return True
        if naming.kind != "capital" and type_ not in IN_EVENTS:
            return False
        size = naming.last - naming.first
        return any(a <= naming.first and naming.last <= b and b - a > size for a, b in self._events)

    def _is_first_name(self, naming: Naming, following: str, taken: frozenset[int]) -> bool:
        """ "Jordan Smith", "Sofia Rossi": a state's name that is a given name, before an unknown surname."""
        text = self._text.clean.text[naming.start : naming.end]
        if text.casefold() not in self._words["first-name-state"] or naming.last in taken:
            return False
        known = (
            "person-title",
            "body-head",
            "organization-head",
            "event-head",
            "geographic-noun",
            "name-start-stop",
        )
        if not (following[:1].isupper() and following[1:].islower() and len(following) > 2):
            return False
        if any(following.casefold() in self._words[name] for name in known):
            return False
        token = self._text.token_at(self._text.words[naming.last].start)
        return token.pos_ == "PROPN" and self._text.words[naming.last].start not in self._text.block_starts
