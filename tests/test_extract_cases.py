"""Sentences with the exact result that a careful reader expects, by phenomenon, from `cases/extract/*.toml`.

A case has a `text`, and any of the keys `actors`, `issues`, `events`, `event_names`, `relations`, `positions` and `doubtful`
(the positions whose confidence is under one half): the
exact set of what is to be found, the layers that are left out are not looked at. `date`, `title` and `authors`
are those of the document; `known_failure` the reason why a case is not yet read right. An event is "type | date", "type | null" without a date, or "type" where the date does
not matter; in relations it goes by its type.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from alliancegraph.extract.model import Document, Extraction
from alliancegraph.extract.pipeline import weighted
from alliancegraph.ontology.vocabulary import load_vocabulary

FOLDER = Path(__file__).parent / "cases" / "extract"
COUNTS = {
    "abbreviations": 11,
    "actors-names": 20,
    "archive-style": 11,
    "author-voice": 11,
    "change-over-time": 11,
    "concession-contrast": 12,
    "coreference": 11,
    "counterfactual-conditional": 12,
    "dates-of-events": 11,
    "dates-ranges": 12,
    "dates-relative": 16,
    "east-asian-names": 11,
    "event-roles": 20,
    "events-generic": 11,
    "events-light-verbs": 12,
    "events-named": 11,
    "events-nouns": 11,
    "events-places": 11,
    "events-retold": 11,
    "events-verbs": 14,
    "first-person": 12,
    "groups": 10,
    "homonyms": 13,
    "irony": 10,
    "issues-implied": 12,
    "issues-narrowest": 12,
    "issues-near": 12,
    "issues-passing": 13,
    "issues-phrases": 20,
    "joint-statements": 11,
    "negation-hedging-questions": 14,
    "nested-report": 12,
    "offices-resolved": 11,
    "places-not-states": 11,
    "quotes": 12,
    "relations-alliance-membership": 10,
    "relations-hosts": 10,
    "relations-membership": 14,
    "relations-offices": 13,
    "relations-organs": 12,
    "speakers-and-voice": 11,
    "stance-commitment": 11,
    "stance-concern": 11,
    "stance-neutral": 12,
    "stance-opposition": 10,
    "stance-proposal": 12,
    "stance-support": 12,
    "stance-turned": 11,
}
SETTINGS = frozenset({"text", "date", "title", "authors", "known_failure"})

Case = dict[str, Any]


def cases(file: Path) -> list[Case]:
    """The cases of one file, in order."""
    found: list[Case] = tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    return found


ALL = {
    f"{file.stem}#{number}": case
    for file in sorted(FOLDER.glob("*.toml"))
    for number, case in enumerate(cases(file), 1)
}


def document(case: Case) -> Document:
    """The document of a case."""
    return Document(
        iri="https://w3id.org/alliancegraph/document/0000000000000000",
        text=case["text"],
        source="case.txt",
        title=case.get("title"),
        authors=tuple(case.get("authors", ())),
        date=case.get("date"),
    )


def names(extraction: Extraction) -> dict[str, str]:
    """The names by which relations and positions go: an actor's own, an event's type."""
    actors = {actor.id: actor.name for actor in extraction.actors}
    return {**actors, **{event.id: event.type for event in extraction.events}, "document": "document"}


def actor_lines(extraction: Extraction) -> Iterator[str]:
    """`State Japan`."""
    yield from (f"{actor.type} {actor.name}" for actor in extraction.actors)


def issue_lines(extraction: Extraction) -> Iterator[str]:
    """`climate-change`."""
    yield from (issue.id for issue in extraction.issues)


def event_lines(extraction: Extraction) -> Iterator[str]:
    """`meeting | 2008-03-14`."""
    yield from (f"{event.type} | {event.date or 'null'}" for event in extraction.events)


def event_name_lines(extraction: Extraction) -> Iterator[str]:
    """`September 11 attacks`."""
    yield from (event.name for event in extraction.events)


def relation_lines(extraction: Extraction) -> Iterator[str]:
    """`Japan alliedWith United States`, `Masafumi Ishii affiliatedWith Embassy of Japan (Political Minister)`."""
    name = names(extraction)
    for relation in extraction.relations:
        ends = [name[relation.subject], name[relation.object]]
        first, second = sorted(ends) if relation.predicate == "alliedWith" else ends
        yield f"{first} {relation.predicate} {second}" + (f" ({relation.role})" if relation.role else "")


def position_lines(extraction: Extraction) -> Iterator[str]:
    """`Japan supports climate-change author`."""
    name = names(extraction)
    for position in extraction.positions:
        yield f"{name[position.holder]} {position.stance} {position.issue} {position.voice}"


def doubtful_lines(extraction: Extraction) -> Iterator[str]:
    """The positions whose confidence is under one half."""
    sure = {position for position in extraction.positions if position.confidence >= 0.5}
    doubtful = [position for position in extraction.positions if position not in sure]
    yield from position_lines(replace(extraction, positions=tuple(doubtful)))


LAYERS: dict[str, Callable[[Extraction], Iterator[str]]] = {
    "actors": actor_lines,
    "issues": issue_lines,
    "events": event_lines,
    "event_names": event_name_lines,
    "relations": relation_lines,
    "positions": position_lines,
    "doubtful": doubtful_lines,
}


def loosened(found: list[str], expected: list[str]) -> list[str]:
    """Found events, without the date where the expectation leaves it open."""
    strict, rest = (
        [line for line in found if line in expected],
        [line for line in found if line not in expected],
    )
    open_types = [line for line in expected if "|" not in line]
    for index, line in enumerate(rest):
        kind = line.partition(" | ")[0]
        if kind in open_types:
            open_types.remove(kind)
            rest[index] = kind
    return strict + rest


def marked(name: str) -> ParameterSet:
    """A case as a parameter; one with `known_failure` must fail, and says why."""
    reason = ALL[name].get("known_failure")
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(name, marks=marks, id=name)


@pytest.mark.parametrize("name", [marked(name) for name in ALL])
def test_case(name: str) -> None:
    """Each layer that the case names holds exactly what is expected."""
    case = ALL[name]
    extraction = weighted(document(case))
    expected = {layer: case[layer] for layer in LAYERS if layer in case}
    found = {layer: list(LAYERS[layer](extraction)) for layer in expected}
    if "events" in found:
        found["events"] = loosened(found["events"], expected["events"])
    # Titles are written with capitals or without.
    fold = str.casefold if "relations" in expected else str
    assert {layer: sorted(map(fold, lines)) for layer, lines in found.items()} == {
        layer: sorted(map(fold, lines)) for layer, lines in expected.items()
    }


def test_every_case_is_collected() -> None:
    """The files hold the numbers of cases that they are known to hold."""
    assert {file.stem: len(cases(file)) for file in FOLDER.glob("*.toml")} == COUNTS
    assert len(ALL) == sum(COUNTS.values())


def test_cases_are_well_formed() -> None:
    """A case says something about a text, in the ids of the vocabulary and under known keys."""
    issues = {issue.id for issue in load_vocabulary().issues}
    for name, case in ALL.items():
        assert set(case) <= {*SETTINGS, *LAYERS}, name
        assert set(case) & set(LAYERS), name
        assert set(case.get("issues", ())) <= issues, name
        assert {line.split()[-2] for line in case.get("positions", ())} <= issues, name
        voices = {line.split()[-1] for line in case.get("positions", ())}
        assert voices <= {"author", "reported", "quoted"}, name


def test_unnamed_authors_are_not_one() -> None:
    """The author whom one text does not name is not the one whom another does not name."""
    text = "Our government should stop talking and act. Carbon emissions must fall. It is time to choose."
    read = [
        weighted(replace(document({"text": text}), iri=f"https://w3id.org/alliancegraph/document/{id_}"), load_vocabulary())
        for id_ in ("aaaa", "bbbb")
    ]  # fmt: skip
    authors = [next(a for a in extraction.actors if a.name == "the author").iri for extraction in read]
    assert authors == [
        f"https://w3id.org/alliancegraph/actor/the-author-of-{id_}" for id_ in ("aaaa", "bbbb")
    ]
