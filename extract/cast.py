"""The cast of an article: one member for each actor, with every place where it is named."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from alliancegraph.extract.acting import ActingNames
from alliancegraph.extract.employers import EmployerFinder
from alliancegraph.extract.gazetteer import Naming, gazetteer_names
from alliancegraph.extract.governments import governments
from alliancegraph.extract.lexical import Phrasebook, exact, exact_keys, longest
from alliancegraph.extract.name_patterns import PatternName, canonical_name, items, pattern_matcher
from alliancegraph.extract.organizations import abbreviations, organizations
from alliancegraph.extract.parsing import Text
from alliancegraph.extract.people import People, actor_iri
from alliancegraph.extract.possessed import PossessedBodies
from alliancegraph.ontology.vocabulary import Vocabulary

SMALL: Final = frozenset({"ADP", "VERB", "ADV", "DET", "SCONJ", "CCONJ", "PRON", "AUX", "NUM"})


@dataclass
class Member:
    """One actor of the article while it is read."""

    iri: str
    type: str
    name: str
    wikidata: str | None = None
    part_of: str | None = None
    known: bool = False
    namings: list[Naming] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stated:
    """A relation that a name itself states: "Embassy of Japan" is part of Japan."""

    subject: str
    predicate: str
    object: str
    start: int
    end: int


class Cast:
    """All actors of one text and the namings in text order."""

    def __init__(self, text: Text, vocabulary: Vocabulary) -> None:
        self._text = text
        self._vocabulary = vocabulary
        self._labels = vocabulary.actor_names
        self.members: dict[str, Member] = {}
        self.stated: list[Stated] = []
        self.authors: dict[str, str] = {}
        """The IRIs of the document's authors by their names."""
        self.namings: list[Naming] = []
        self._starts: list[int] = []
        self._find()

    def _find(self) -> None:
        date = self._text.document.date
        named = gazetteer_names(self._text.words, self._vocabulary, date, self._text.block_starts)
        known = ActingNames(self._text, self._vocabulary).of(named)
        patterned = self._patterned(known)
        taken = _merged(patterned, known)
        taken = _merged(taken, governments(self._text, self._vocabulary, taken))
        taken = _merged(taken, self._possessed(taken))
        taken = _merged(self._introduced(taken), taken)
        people = People(self._text, self._vocabulary, taken)
        persons = people.resolve()
        self.authors = people.authors
        for person in people.persons:
            if person.places or person.name in self._text.document.authors:
                self._member(person.iri, "Person", person.name)
        taken = _merged(persons, taken)
        taken = _merged(taken, self._aliases(taken))
        others = []
        for naming, type_, name in organizations(self._text, self._vocabulary, taken):
            self._member(naming.actor, type_, name)
            others.append(naming)
        taken = _merged(others, taken)
        persons_named = frozenset(n.actor for n in persons) | self._known_persons(taken)
        jobs = []
        for naming, type_, name in EmployerFinder(
            self._text, self._vocabulary, taken, persons_named
        ).employers():
            self._member(naming.actor, type_, name)
            jobs.append(naming)
        taken = _merged(jobs, taken)
        taken = _merged(taken, self._aliases(taken))
        self.namings = sorted(taken, key=lambda n: n.start)
        self._starts = [n.start for n in self.namings]
        for naming in self.namings:
            self._member(naming.actor).namings.append(naming)
        self._name_inner_states()

    def _known_persons(self, namings: Sequence[Naming]) -> frozenset[str]:
        entries = self._vocabulary.actor_by_iri
        return frozenset(n.actor for n in namings if n.actor in entries and entries[n.actor].type == "Person")

    def _name_inner_states(self) -> None:
        """The states within the names of their bodies and alliances are named, too: "the Embassy of Japan"."""
        for naming in self.namings:
            if naming.last - naming.first > 1 and self.members[naming.actor].type in (
                "GovernmentBody",
                "StateGrouping",
            ):
                words = self._text.words[naming.first : naming.last]
                inner = [
                    *gazetteer_names(words[:-1], self._vocabulary, self._text.document.date),
                    *gazetteer_names(words[1:], self._vocabulary, self._text.document.date),
                ]
                for state in {n.actor: n for n in inner if n.kind != "capital"}.values():
                    if self._vocabulary.actor_by_iri[state.actor].type == "State":
                        self._member(state.actor).namings.append(state)

    def _patterned(self, known: Sequence[Naming]) -> list[Naming]:
        sequence = items(self._text.words, known, self._text.block_starts)
        namings = []
        for name in pattern_matcher(self._vocabulary).matches(sequence):
            if not name.pattern.is_event and self._is_name(name):
                namings.append(self._from_pattern(name))
        return namings

    def _is_name(self, name: PatternName) -> bool:
        """Not where its plain last word only modifies another ("South Korea military ties") or its first is a small word."""
        first, last = self._text.words[name.first], self._text.words[name.last - 1]
        if last.text.islower() and self._text.token_at(last.start).dep_ in ("compound", "amod", "nmod"):
            return False
        begins = self._text.token_at(first.start)
        return not (name.pattern.pattern.startswith("{Words}") and begins.pos_ in SMALL)

    def _from_pattern(self, name: PatternName) -> Naming:
        start, end = self._text.words[name.first].start, self._text.words[name.last - 1].end
        if name.pattern.stands_for:
            iri = name.actors.get(name.pattern.stands_for) or next(iter(name.actors.values()))
            return Naming(start, end, name.first, name.last, iri, "pattern")
        canonical = canonical_name(name, self._labels, self._text.clean.text[start:end])
        iri = self._known_as(canonical) or actor_iri(canonical)
        self._member(iri, name.pattern.type, canonical)
        self._state_relations(name, iri, start, end)
        return Naming(start, end, name.first, name.last, iri, "pattern")

    def _known_as(self, name: str) -> str | None:
        iri = actor_iri(name)
        return iri if iri in self._labels else self._vocabulary.body_called.get(name.casefold())

    def _possessed(self, taken: Sequence[Naming]) -> list[Naming]:
        """ "Its Self-Defense Forces", "our parliament"."""
        states = [n for n in taken if self._member(n.actor).type == "State"]
        covered = frozenset(i for n in taken for i in range(n.first, n.last))
        found = []
        for naming, name, state in PossessedBodies(self._text, self._vocabulary, states).bodies(covered):
            iri = self._known_as(name) or actor_iri(name)
            member = self._member(iri, "GovernmentBody", name)
            member.part_of = member.part_of or state
            self.stated.append(Stated(iri, "partOf", state, naming.start, naming.end))
            found.append(replace(naming, actor=iri))
        return found

    def _introduced(self, taken: Sequence[Naming]) -> list[Naming]:
        """Abbreviations that the text introduces for a name mean that one, whatever else they may mean."""
        inside = {i for n in taken if n.last > n.first + 1 for i in range(n.first, n.last)}
        return [n for n in self._aliases(taken) if n.last == n.first + 1 and n.first not in inside]

    def _state_relations(self, name: PatternName, iri: str, start: int, end: int) -> None:
        for relation in name.pattern.relations:
            terms = [iri if t == "@" else name.actors.get(t.strip("{}"), t) for t in relation.split()]
            if len(terms) == 3 and not any("{" in t for t in terms):
                self.stated.append(Stated(terms[0], terms[1].removeprefix("ag:"), terms[2], start, end))
                if terms[1] == "partOf" and terms[0] == iri:
                    self._member(iri).part_of = terms[2]

    def _aliases(self, taken: Sequence[Naming]) -> list[Naming]:
        """Names that the text itself introduces, wherever they occur again."""
        book: Phrasebook[str] = Phrasebook(exact)
        for short, actor in sorted(abbreviations(self._text, taken).items()):
            book.add(short, actor)
        for member in self.members.values():
            if not member.known and member.type != "Person":
                book.add(member.name, member.iri)
        keys = exact_keys(self._text.words)
        return [
            Naming(
                self._text.words[m.first].start,
                self._text.words[m.last - 1].end,
                m.first,
                m.last,
                m.payload,
                "alias",
            )
            for m in longest(book.matches(keys))
        ]

    def _member(self, iri: str, type_: str = "Organization", name: str = "") -> Member:
        if iri not in self.members:
            entry = self._vocabulary.actor_by_iri.get(iri)
            if entry is None:
                self.members[iri] = Member(iri, type_, name)
            else:
                self.members[iri] = Member(
                    iri, entry.type, entry.name, entry.wikidata, entry.part_of, known=True
                )
        return self.members[iri]

    def within(self, start: int, end: int) -> list[Naming]:
        """The namings that lie in `[start, end)` of the cleaned text."""
        first = bisect_left(self._starts, start)
        found = []
        for naming in self.namings[first:]:
            if naming.start >= end:
                break
            if naming.end <= end:
                found.append(naming)
        return found

    def at(self, start: int, end: int) -> Naming | None:
        """The naming that overlaps `[start, end)`, if any."""
        index = bisect_left(self._starts, end) - 1
        if index >= 0 and self.namings[index].end > start:
            return self.namings[index]
        return None

    def type_of(self, iri: str) -> str:
        """The actor type of a member; one who only speaks (an unnamed author) is a person."""
        member = self.members.get(iri)
        return member.type if member is not None else "Person"


def _merged(first: Iterable[Naming], second: Iterable[Naming]) -> list[Naming]:
    """All of the first, and those of the second that no one of the first overlaps."""
    kept = list(first)
    covered = {i for n in kept for i in range(n.first, n.last)}
    kept += [n for n in second if not any(i in covered for i in range(n.first, n.last))]
    return sorted(kept, key=lambda n: n.start)
