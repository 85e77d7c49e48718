"""The vocabulary as Python reads it: actors, issues, events, frames, name patterns and word lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Final

from alliancegraph.ontology.errors import VocabularyError
from alliancegraph.ontology.triples import BASE, PREFIXES, Triples, packaged_files, user_file

ACTOR_TYPES: Final = (
    "State",
    "GovernmentBody",
    "IntergovernmentalOrganization",
    "StateGrouping",
    "Organization",
    "ArmedGroup",
    "Person",
)
LABEL_KINDS: Final = {
    "skos:prefLabel": "name",
    "skos:altLabel": "name",
    "ag:abbreviation": "abbreviation",
    "ag:demonym": "demonym",
    "ag:capital": "capital",
    "ag:contextualLabel": "contextual",
    "skos:hiddenLabel": "misspelling",
}
WIKIDATA: Final = "http://www.wikidata.org/entity/"


@dataclass(frozen=True, slots=True)
class Label:
    """One name of an entry; `kind` is `name`, `abbreviation`, `demonym`, `capital`, `contextual` or `misspelling`."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A member of an organisation, or an office held in it, with dates (ISO) where they are known."""

    member: str
    organization: str
    role: str | None
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An actor that the vocabulary knows."""

    iri: str
    type: str
    name: str
    labels: tuple[Label, ...]
    wikidata: str | None
    part_of: str | None
    dissolved: str | None


@dataclass(frozen=True, slots=True)
class IssueEntry:
    """An issue of the scheme and the phrases by which texts speak of it."""

    id: str
    iri: str
    label: str
    broader: str | None
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    near: tuple[str, ...]
    not_about: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventEntry:
    """A named event; `date` is EDTF."""

    iri: str
    type: str
    name: str
    names: tuple[str, ...]
    date: str | None
    participants: tuple[str, ...]
    targets: tuple[str, ...]
    organizers: tuple[str, ...]
    place: str | None
    implies: tuple[str, ...]
    wikidata: str | None


@dataclass(frozen=True, slots=True)
class Frame:
    """Words that carry a stance, a relation or an event, and the grammatical role that each participant fills.

    `evokes` is `stance:ID`, `relation:ID` or `event:ID`; `slots` are pairs of grammar and role.
    """

    iri: str
    evokes: str
    part_of_speech: str
    lemmas: tuple[str, ...]
    slots: tuple[tuple[str, str], ...]
    requires: frozenset[str]


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A pattern of regular names, such as `Embassy of {State}`."""

    pattern: str
    type: str
    is_event: bool
    canonical: str | None
    relations: tuple[str, ...]
    stands_for: str | None
    role_of_states: str | None


class Vocabulary:
    """All that the tool knows beforehand; built by `load_vocabulary`."""

    def __init__(self, triples: Triples) -> None:
        self._triples = triples
        self.digest = triples.digest
        self.actors = tuple(_actors(triples))
        self.issues = tuple(_issues(triples))
        self.events = tuple(_events(triples))
        self.frames = tuple(_frames(triples))
        self.name_patterns = tuple(_patterns(triples))
        self.memberships = tuple(_memberships(triples))
        self.no_actors = tuple(_no_actors(triples))

    @cached_property
    def actor_by_iri(self) -> dict[str, ActorEntry]:
        """Actors by IRI."""
        return {actor.iri: actor for actor in self.actors}

    @cached_property
    def persons_called(self) -> dict[str, tuple[ActorEntry, ...]]:
        """Persons by the first and by the last word of their name."""
        called: dict[str, list[ActorEntry]] = {}
        for entry in self.actors:
            if entry.type == "Person":
                words = entry.name.split()
                for word in {words[0], words[-1]}:
                    called.setdefault(word, []).append(entry)
        return {word: tuple(entries) for word, entries in called.items()}

    @cached_property
    def body_called(self) -> dict[str, str]:
        """The IRIs of government bodies by all of their names, in lower case."""
        bodies = (actor for actor in self.actors if actor.type == "GovernmentBody")
        return {label.text.casefold(): body.iri for body in bodies for label in body.labels}

    @cached_property
    def other_times(self) -> dict[str, tuple[str, ...]]:
        """The states that share a name with a state of another time: the Soviet Union and Russia."""
        states = [actor for actor in self.actors if actor.type == "State"]
        past = {label.text: state for state in states if state.dissolved for label in state.labels}
        found: dict[str, dict[str, None]] = {}
        for state in states:
            for label in state.labels:
                other = past.get(label.text)
                if other is not None and other.iri != state.iri and label.kind != "capital":
                    found.setdefault(state.iri, {})[other.iri] = None
                    found.setdefault(other.iri, {})[state.iri] = None
        return {state: tuple(others) for state, others in found.items()}

    @cached_property
    def members_of(self) -> dict[str, tuple[str, ...]]:
        """The present members of each organisation, without those who hold an office in it."""
        members: dict[str, dict[str, None]] = {}
        for membership in self.memberships:
            if membership.role is None and membership.end is None:
                members.setdefault(membership.organization, {})[membership.member] = None
        return {organization: tuple(found) for organization, found in members.items()}

    @cached_property
    def roles_of(self) -> dict[str, tuple[str, ...]]:
        """The offices that each person holds or held, in lower case."""
        roles: dict[str, dict[str, None]] = {}
        for membership in self.memberships:
            if membership.role:
                roles.setdefault(membership.member, {})[membership.role.casefold()] = None
        return {member: tuple(found) for member, found in roles.items()}

    @cached_property
    def offices(self) -> dict[str, tuple[Membership, ...]]:
        """The offices of each person, by the person's IRI."""
        found: dict[str, list[Membership]] = {}
        for membership in self.memberships:
            if membership.role:
                found.setdefault(membership.member, []).append(membership)
        return {person: tuple(offices) for person, offices in found.items()}

    @cached_property
    def members(self) -> dict[str, tuple[Membership, ...]]:
        """The members of each organisation, past and present, by the organisation's IRI."""
        found: dict[str, list[Membership]] = {}
        for membership in self.memberships:
            if membership.role is None:
                found.setdefault(membership.organization, []).append(membership)
        return {organisation: tuple(members) for organisation, members in found.items()}

    @cached_property
    def actor_names(self) -> dict[str, str]:
        """The names of actors by IRI."""
        return {actor.iri: actor.name for actor in self.actors}

    @cached_property
    def issue_by_id(self) -> dict[str, IssueEntry]:
        """Issues by id."""
        return {issue.id: issue for issue in self.issues}

    @cached_property
    def event_by_iri(self) -> dict[str, EventEntry]:
        """Named events by IRI."""
        return {event.iri: event for event in self.events}

    @cached_property
    def event_names(self) -> frozenset[str]:
        """Every name of a named event."""
        return frozenset(name for event in self.events for name in event.names)

    @cached_property
    def word_lists(self) -> dict[str, frozenset[str]]:
        """The word lists of `lexicon.ttl`, by name."""
        return {
            _local(node): frozenset(self._triples.values(node, "ag:word"))
            for node in self._triples.subjects("ag:WordList")
        }

    def words(self, name: str) -> frozenset[str]:
        """One word list; raise `VocabularyError` for a name that no file defines."""
        try:
            return self.word_lists[name]
        except KeyError:
            raise VocabularyError(
                f"the vocabulary has no word list {name!r}; reinstall alliancegraph"
            ) from None


@cache
def _load(extra: tuple[Path, ...]) -> Vocabulary:
    return vocabulary_of(tuple(user_file(path) for path in extra))


@cache
def vocabulary_of(files: tuple[tuple[str, bytes], ...]) -> Vocabulary:
    """The packaged vocabulary with Turtle files of that name and content added; loaded once per process."""
    return Vocabulary(Triples([*packaged_files(), *files]))


def load_vocabulary(extra: Sequence[Path] = ()) -> Vocabulary:
    """The packaged vocabulary, with the user's own Turtle files added; loaded once per process."""
    return _load(tuple(extra))


def _local(iri: str) -> str:
    return iri.rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def _wikidata(triples: Triples, subject: str) -> str | None:
    same = (v for v in triples.values(subject, "owl:sameAs") if v.startswith(WIKIDATA))
    return next((value.removeprefix(WIKIDATA) for value in same), None)


def _name(triples: Triples, subject: str) -> str:
    return triples.value(subject, "skos:prefLabel") or _local(subject).replace("-", " ")


def _actors(triples: Triples) -> list[ActorEntry]:
    entries = []
    for type_ in ACTOR_TYPES:
        for iri in triples.subjects("ag:" + type_):
            labels = [Label(t, kind) for p, kind in LABEL_KINDS.items() for t in triples.values(iri, p)]
            entries.append(
                ActorEntry(
                    iri=iri,
                    type=type_,
                    name=_name(triples, iri),
                    labels=tuple(labels),
                    wikidata=_wikidata(triples, iri),
                    part_of=triples.value(iri, "ag:partOf"),
                    dissolved=triples.value(iri, "ag:dissolved"),
                )
            )
    return entries


def _issues(triples: Triples) -> list[IssueEntry]:
    entries = []
    for iri in triples.subjects("skos:Concept"):
        if not iri.startswith(BASE + "issue/"):
            continue
        broader = triples.value(iri, "skos:broader")
        name, weak = _name(triples, iri), triples.values(iri, "ag:weakLabel")
        usual = () if name.casefold() in {w.casefold() for w in weak} else (name,)
        entries.append(
            IssueEntry(
                id=triples.value(iri, "skos:notation") or _local(iri),
                iri=iri,
                label=name,
                broader=_local(broader) if broader else None,
                strong=(*usual, *triples.values(iri, "skos:altLabel")),
                weak=weak,
                near=triples.values(iri, "ag:nearPhrase"),
                not_about=triples.values(iri, "ag:notAbout"),
            )
        )
    return entries


def _events(triples: Triples) -> list[EventEntry]:
    return [
        EventEntry(
            iri=iri,
            type=_local(triples.value(iri, "sem:eventType") or "statement"),
            name=_name(triples, iri),
            names=(_name(triples, iri), *triples.values(iri, "skos:altLabel")),
            date=triples.value(iri, "ag:date"),
            participants=triples.values(iri, "ag:hasParticipant"),
            targets=triples.values(iri, "ag:hasTarget"),
            organizers=triples.values(iri, "ag:hasOrganizer"),
            place=triples.value(iri, "ag:atPlace") or triples.value(iri, "ag:placeName"),
            implies=tuple(_local(v) for v in triples.values(iri, "ag:implies")),
            wikidata=_wikidata(triples, iri),
        )
        for iri in triples.subjects("sem:Event")
    ]


def _evoked(iri: str) -> str:
    for folder, kind in (("stance/", "stance:"), ("event-type/", "event:")):
        if iri.startswith(BASE + folder):
            return kind + _local(iri)
    return "relation:" + _local(iri)


def _completed(lemmas: tuple[str, ...], nouns: tuple[str, ...]) -> tuple[str, ...]:
    """Each lemma with each noun that completes it; the lemmas themselves where there are no such nouns."""
    return tuple(f"{lemma} {noun}" for lemma in lemmas for noun in nouns) or lemmas


def _frames(triples: Triples) -> list[Frame]:
    frames = []
    for iri in triples.subjects("ag:Frame"):
        slots = [
            tuple(part.strip() for part in slot.split("=", 1)) for slot in triples.values(iri, "ag:slot")
        ]
        for evoked in triples.values(iri, "ag:evokes"):
            frames.append(
                Frame(
                    iri=iri,
                    evokes=_evoked(evoked),
                    part_of_speech=triples.value(iri, "ag:partOfSpeech") or "verb",
                    lemmas=_completed(triples.values(iri, "ag:lemma"), triples.values(iri, "ag:objectNoun")),
                    slots=tuple((slot[0], slot[1]) for slot in slots if len(slot) == 2),
                    requires=frozenset(triples.values(iri, "ag:requires")),
                )
            )
    return frames


def _patterns(triples: Triples) -> list[NamePattern]:
    patterns = []
    for class_name, is_event in (("ag:NamePattern", False), ("ag:EventNamePattern", True)):
        for node in triples.subjects(class_name):
            type_ = triples.value(node, "ag:eventType" if is_event else "ag:actorType") or ""
            patterns += [
                NamePattern(
                    pattern=pattern,
                    type=_local(type_),
                    is_event=is_event,
                    canonical=triples.value(node, "ag:canonicalName"),
                    relations=triples.values(node, "ag:relation"),
                    stands_for=triples.value(node, "ag:standsForSlot"),
                    role_of_states=triples.value(node, "ag:roleOfStates"),
                )
                for pattern in triples.values(node, "ag:pattern")
            ]
    return patterns


def _no_actors(triples: Triples) -> list[str]:
    """Names that hold an actor's name and are no actor: "South China Sea", "US dollars"."""
    return [
        name
        for iri in triples.subjects("ag:NotAnActor")
        for name in (*triples.values(iri, "skos:prefLabel"), *triples.values(iri, "skos:altLabel"))
    ]


def _memberships(triples: Triples) -> list[Membership]:
    return [
        Membership(
            member=triples.value(node, "org:member") or "",
            organization=triples.value(node, "org:organization") or "",
            role=triples.value(node, "org:role"),
            start=triples.value(node, "schema:startDate"),
            end=triples.value(node, "schema:endDate"),
        )
        for node in triples.subjects("org:Membership")
    ]


__all__ = [
    "ACTOR_TYPES",
    "LABEL_KINDS",
    "PREFIXES",
    "ActorEntry",
    "EventEntry",
    "Frame",
    "IssueEntry",
    "Label",
    "Membership",
    "NamePattern",
    "Vocabulary",
    "load_vocabulary",
]
