"""Which known person a surname or a titled name means: by title, by the date of the text, by the states it names."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from alliancegraph.ontology.vocabulary import ActorEntry, Membership, Vocabulary

IN_OFFICE: Final = 4
OF_STATE: Final = 2
HEAD: Final = 1


class KnownPersons:
    """The persons of a vocabulary as one text may mean them; `actors` are those that the text names."""

    def __init__(self, vocabulary: Vocabulary, date: str | None, actors: Collection[str]) -> None:
        self._vocabulary = vocabulary
        self._date = date
        self._actors = actors
        self._family_first = vocabulary.words("family-name-first")
        self._heads = vocabulary.words("head-of-state")
        self._spelt_out = dict(_pairs(vocabulary.words("title-abbreviation")))

    def holder(self, name: str, title: str | None, initial: str = "") -> ActorEntry | None:
        """The person whom a surname means, or None where none or several may be meant.

        A bare surname means somebody only if he is in office, or if the text names the state that he served.
        """
        found = [
            entry for entry in self._vocabulary.persons_called.get(name, ()) if entry.name.startswith(initial)
        ]
        if title is not None:
            found = [entry for entry in found if self._bears(entry.iri, title)]
        ranked = sorted(((self._rank(entry.iri), entry.iri) for entry in found), reverse=True)
        if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
            return None
        least = 0 if title is not None else OF_STATE
        best = self._vocabulary.actor_by_iri[ranked[0][1]]
        return best if ranked[0][0] >= least else None

    def leader(self, name: str) -> ActorEntry | None:
        """The head of a state or organisation in office at the date of the text whom a surname alone means."""
        found = self._vocabulary.persons_called.get(name, ()) if self._date is not None else ()
        leading = [
            e for e in found if self._is_family_name(e, name) and self._rank(e.iri) >= IN_OFFICE + HEAD
        ]
        return leading[0] if len(leading) == 1 else None

    def _is_family_name(self, entry: ActorEntry, name: str) -> bool:
        """Whether it is the last part of a name, or the first where the family name stands first."""
        states = {self._whole(office.organization) for office in self._vocabulary.offices.get(entry.iri, ())}
        first = any(self._vocabulary.actor_by_iri[s].name.casefold() in self._family_first for s in states)
        parts = entry.name.split()
        return name == (parts[0] if first else parts[-1])

    def office(self, person: str, title: str = "") -> Membership | None:
        """The office of a person, by a title where one is given, at the date of the text, else before it, else the first."""
        wanted = self._spelt_out.get(title, title)
        known = self._vocabulary.offices.get(person, ())
        offices = [office for office in known if wanted in (office.role or "").casefold()]
        now = [office for office in offices if self._is_held(office)]
        past = [office for office in offices if self._is_past(office)]
        return next(iter([*now, *sorted(past, key=lambda o: o.start or "", reverse=True), *offices]), None)

    def governed(self, person: str) -> str | None:
        """The state that a person heads or headed; None for all others."""
        for office in self._vocabulary.offices.get(person, ()):
            entry = self._vocabulary.actor_by_iri.get(office.organization)
            if entry is not None and entry.type == "State" and (office.role or "").casefold() in self._heads:
                return entry.iri
        return None

    def is_past(self, office: Membership) -> bool:
        """Whether an office had ended when the text was written."""
        return not self._is_held(office) and self._is_past(office)

    def _bears(self, person: str, title: str) -> bool:
        wanted = self._spelt_out.get(title, title)
        return any(
            wanted in (office.role or "").casefold() for office in self._vocabulary.offices.get(person, ())
        )

    def _rank(self, person: str) -> int:
        offices = self._vocabulary.offices.get(person, ())
        held = any(self._is_held(office) for office in offices)
        of_state = any(self._whole(office.organization) in self._actors for office in offices)
        head = any((office.role or "").casefold() in self._heads for office in offices)
        return IN_OFFICE * held + OF_STATE * of_state + HEAD * head

    def _whole(self, iri: str) -> str:
        """The state above a body; a body that no state owns stands for itself."""
        for _ in range(4):
            entry = self._vocabulary.actor_by_iri.get(iri)
            if iri in self._actors or entry is None or entry.part_of is None:
                break
            iri = entry.part_of
        return iri

    def _is_held(self, office: Membership) -> bool:
        """Whether an office was held at the date of the text; without a date, whether it is held still."""
        if self._date is None:
            return office.start is not None and office.end is None
        size = min(len(self._date), len(office.start or self._date))
        begun = office.start is not None and office.start[:size] <= self._date[:size]
        return begun and (office.end is None or office.end >= self._date[: len(office.end)])

    def _is_past(self, office: Membership) -> bool:
        if office.end is None:
            return False
        return self._date is None or office.end < self._date[: len(office.end)]


def _pairs(words: Collection[str]) -> Iterator[tuple[str, str]]:
    """`fonmin = foreign minister` as a pair."""
    for word in words:
        short, _, long = word.partition(" = ")
        yield short, long
