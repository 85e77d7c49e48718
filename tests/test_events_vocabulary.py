from __future__ import annotations

import re

import pytest

from alliancegraph.extract.edtf import bounds
from alliancegraph.ontology.triples import BASE, Triples, packaged_files
from alliancegraph.ontology.vocabulary import EventEntry, Vocabulary, load_vocabulary

TYPES = [
    *("meeting", "agreement", "statement", "aid", "exercise", "deployment", "operation", "attack"),
    *("weapons-test", "coercion", "protest", "political-change", "disaster", "programme"),
]
GRAMMAR = re.compile(r"subject|object|clause|possessor|modifier|prep:[a-z]+")
ROLES = {"participatesIn", "targetOf", "organizes", "place", "theme"}
REQUIREMENTS = {
    "treaty",
    "guest",
    "article",
    "regime",
    "since",
    "object",
    "definite",
    "forces",
    "participant",
    "counterpart",
    "date",
    "name",
    "event",
    "organization",
}


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    """The packaged vocabulary."""
    return load_vocabulary()


@pytest.fixture(scope="module")
def by_name(vocabulary: Vocabulary) -> dict[str, EventEntry]:
    """Named events by each of their names."""
    return {name: event for event in vocabulary.events for name in event.names}


def test_the_kinds_of_event_are_the_schemes(vocabulary: Vocabulary) -> None:
    """Fourteen kinds, each with a definition and a quad."""
    triples = Triples(packaged_files())
    kinds = list(triples.subjects("ag:EventType"))
    assert [kind.removeprefix(BASE + "event-type/") for kind in kinds] == TYPES
    assert all(triples.value(kind, "skos:definition") and triples.value(kind, "ag:quad") for kind in kinds)


def test_every_event_is_of_a_known_kind(vocabulary: Vocabulary) -> None:
    """No event type is misspelt."""
    assert {event.type for event in vocabulary.events} == set(TYPES)


def test_no_name_stands_for_two_events(vocabulary: Vocabulary) -> None:
    """A name leads to one event."""
    names = [name for event in vocabulary.events for name in event.names]
    assert sorted(name for name in set(names) if names.count(name) > 1) == []


def test_names_can_be_matched(vocabulary: Vocabulary) -> None:
    """Every name has a capital, a digit or several words, and no stray space or dash."""
    for event in vocabulary.events:
        for name in event.names:
            assert name == " ".join(name.split())
            assert not re.search("[\u2010-\u2014]", name), name
            assert re.search(r"[A-Z0-9]| ", name), name


def test_dates_are_edtf(vocabulary: Vocabulary) -> None:
    """Every date has a first day, and its last day is not before it."""
    for event in vocabulary.events:
        if event.date is not None:
            limits = bounds(event.date.removesuffix("/.."))
            assert limits is not None, event.iri
            assert limits[0] <= limits[1], event.iri


def test_issues_that_events_imply_are_in_the_scheme(vocabulary: Vocabulary) -> None:
    """No issue id is misspelt."""
    known = {issue.id for issue in vocabulary.issues}
    if not known:
        pytest.skip("issues.ttl is not there")
    assert sorted({i for event in vocabulary.events for i in event.implies} - known) == []


def test_actors_of_events_are_known(vocabulary: Vocabulary) -> None:
    """Participants, targets and organisers are actors of the vocabulary."""
    known = {actor.iri for actor in vocabulary.actors}
    if not known:
        pytest.skip("actors.ttl is not there")
    named = {iri for e in vocabulary.events for iri in (*e.participants, *e.targets, *e.organizers)}
    assert sorted(iri.removeprefix(BASE + "actor/") for iri in named - known) == []


@pytest.mark.parametrize(
    ("name", "kind", "date"),
    [
        ("9/11", "attack", "2001-09-11"),
        ("9-11", "attack", "2001-09-11"),
        ("Operation Enduring Freedom", "operation", "2001-10-07/2014-12-28"),
        ("war on terror", "operation", "2001/2021"),
        ("Cold War", "operation", "1947/1991"),
        ("Korean War", "operation", "1950-06-25/1953-07-27"),
        ("NPT", "agreement", "1968-07-01"),
        ("Nuclear Nonproliferation Treaty", "agreement", "1968-07-01"),
        ("U.S.-Japan Security Treaty", "agreement", "1960-01-19"),
        ("US-ROK Mutual Defense Treaty", "agreement", "1953-10-01"),
        ("ANZUS treaty", "agreement", "1951-09-01"),
        ("Washington Treaty", "agreement", "1949-04-04"),
        ("JCPOA", "agreement", "2015-07-14"),
        ("Partnership for Peace", "programme", "1994-01-10/.."),
        ("Vilnius Summit", "meeting", "2023-07-11/2023-07-12"),
        ("Freedom Edge", "exercise", "2024-06-27/2024-06-29"),
        ("shelling of Yeonpyeong Island", "attack", "2010-11-23"),
        ("fall of the Berlin Wall", "political-change", "1989-11-09"),
        ("North Korea's sixth nuclear test", "weapons-test", "2017-09-03"),
        ("Great East Japan Earthquake", "disaster", "2011-03-11"),
    ],
)
def test_named_event(by_name: dict[str, EventEntry], name: str, kind: str, date: str) -> None:
    """Well-known names lead to the right kind and date."""
    assert (by_name[name].type, by_name[name].date) == (kind, date)


def test_every_kind_has_triggers(vocabulary: Vocabulary) -> None:
    """Each kind of event has a verb and a noun."""
    frames = [frame for frame in vocabulary.frames if frame.evokes.startswith("event:")]
    found = {(frame.evokes.removeprefix("event:"), frame.part_of_speech) for frame in frames}
    assert found == {(kind, part) for kind in TYPES for part in ("verb", "noun")}


def test_slots_of_triggers_are_well_formed(vocabulary: Vocabulary) -> None:
    """Grammar, role and requirement are those that event-frames.ttl documents, lemmas are lower case words."""
    for frame in vocabulary.frames:
        if frame.evokes.startswith("event:"):
            assert frame.lemmas, frame.iri
            assert frame.requires <= REQUIREMENTS, frame.iri
            for grammar, role in frame.slots:
                assert GRAMMAR.fullmatch(grammar), (frame.iri, grammar)
                assert role in ROLES, (frame.iri, role)


def test_patterns_of_event_names(vocabulary: Vocabulary) -> None:
    """Patterns have a kind, a role for states, one slot at least and a capitalised word."""
    patterns = [pattern for pattern in vocabulary.name_patterns if pattern.is_event]
    assert {pattern.type for pattern in patterns} <= set(TYPES)
    for pattern in patterns:
        assert pattern.role_of_states in {"participatesIn", "targetOf"}
        assert re.search(r"\{(?:Words|State)\}", pattern.pattern)
        assert re.search(r"(?:^| )[A-Z]", pattern.pattern)
