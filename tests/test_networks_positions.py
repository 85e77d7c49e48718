"""The positions of a graph as statements: who holds them at which grain, what counts, and under which names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from factories import (
    BASE,
    TEXT,
    at,
    document_iri,
    sample_extraction,
    sample_provenance,
    second_extraction,
)

from alliancegraph.extract.model import Actor, Document, Extraction, Issue, Position, Relation
from alliancegraph.graph.identity import reviewed_quads
from alliancegraph.graph.store import Store
from alliancegraph.networks.affiliations import Affiliations, days, earliest
from alliancegraph.networks.choice import Choice
from alliancegraph.networks.known import Known, unique_names
from alliancegraph.networks.positions import positions
from alliancegraph.networks.statements import Statements
from alliancegraph.ontology.errors import EmptySelection, QueryError, UsageError


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Both sample documents in memory."""
    with Store.open() as memory:
        memory.replace(sample_extraction())
        memory.replace(second_extraction())
        yield memory


def listed(statements: Statements, *variables: str) -> list[tuple[str, ...]]:
    """The values of some variables, sorted."""
    return sorted(zip(*(statements.column(name).values for name in variables), strict=True))


def test_every_variable(store: Store) -> None:
    """A position has its parts under the names that a reader knows, and its passages with their characters."""
    found = positions(store, ("actor", "organization", "person", "state", "issue", "event"))
    assert found.ids[:2] == tuple(sorted(found.ids)[:2])
    rows = listed(
        found,
        *("document", "actor", "person", "organization", "state", "issue", "stance", "attitude"),
        *("voice", "source", "event", "coder"),
    )
    title = "Allies at Lake Toya: a “quiet” week"
    summit = "Lake Toya summit"
    assert rows == [
        (title, "Hana Moriyama", "Hana Moriyama", "", "", "Alliance vision and scope", "1", "proposes", "author", "Example Review", "", "extraction"),
        (title, "Japan", "", "Japan", "Japan", "Climate change", "1", "supports", "reported", "Example Review", summit, "extraction"),
        (title, "Taro Example", "Taro Example", "Japan", "Japan", "Climate change", "1", "commits", "quoted", "Example Review", "", "extraction"),
        (title, "United States", "", "United States", "United States", "Burden sharing", "0", "opposes", "reported", "Example Review", "", "extraction"),
        (title, "United States", "", "United States", "United States", "Climate change", "0", "concern", "reported", "Example Review", "", "extraction"),
        ("Reversal", "Japan", "", "Japan", "Japan", "Burden sharing", "0", "opposes", "reported", "reversal.md", "", "extraction"),
        ("Reversal", "Japan", "", "Japan", "Japan", "Climate change", "0", "opposes", "reported", "reversal.md", "", "extraction"),
        ("Reversal", "United States", "", "United States", "United States", "Burden sharing", "0", "opposes", "reported", "reversal.md", "", "extraction"),
    ]  # fmt: skip
    quoted = found.column("voice").values.index("quoted")
    evidence = [at(words) for words in ("We will halve our emissions by 2050", "halve our emissions by 2050")]
    assert (found.starts[quoted], found.ends[quoted]) == (evidence[0].start, evidence[0].end)
    assert found.ranges(quoted) == tuple((place.start, place.end) for place in evidence)
    assert " […] ".join(TEXT[start:end] for start, end in found.ranges(quoted)) == found.texts[quoted]
    assert found.dates[quoted] == np.datetime64("2008-07-01T00:00:00")
    assert found.confidences[quoted] == 0.8


def test_names_have_iris_and_marks(store: Store) -> None:
    """Beside a name stand the IRI, the type, and what else identifies the thing."""
    actor = positions(store).column("actor")
    assert actor.iris is not None
    assert actor.attributes is not None
    japan = actor.names.index("Japan")
    assert actor.iris[japan] == BASE + "actor/japan"
    assert actor.attributes[japan]["type"] == "State"
    assert actor.attributes[japan]["wikidata"] == "http://www.wikidata.org/entity/Q17"
    assert "Tokyo" in str(actor.attributes[japan]["aliases"])
    issue = positions(store).column("issue")
    assert issue.attributes is not None
    climate = issue.attributes[issue.names.index("Climate change")]
    assert (climate["type"], climate["broader"]) == ("Issue", "Environment")


def test_without_passages(store: Store) -> None:
    """What is not needed is not read: no passage, all else the same."""
    found = positions(store, with_passages=False)
    assert set(found.texts) == {""}
    assert set(found.starts.tolist()) == set(found.ends.tolist()) == {-1}
    assert found.ids == positions(store).ids


@pytest.mark.parametrize(
    ("concern", "neutral", "expected"),
    [
        ("oppose", "drop", {"supports": "1", "opposes": "0", "concern": "0"}),
        ("favour", "oppose", {"supports": "1", "opposes": "0", "concern": "1", "neutral": "0"}),
        ("own", "own", {"supports": "1", "opposes": "0", "concern": "concern", "neutral": "neutral"}),
        ("drop", "favour", {"supports": "1", "opposes": "0", "neutral": "1"}),
    ],
)
def test_sides(concern: str, neutral: str, expected: dict[str, str]) -> None:
    """Concern and a neutral stance count as the user chooses; the others never change sides."""
    extraction = sample_extraction()
    stances = ("supports", "concern", "opposes", "neutral")
    some = [replace(p, stance=s) for p, s in zip(extraction.positions, stances, strict=False)]
    with Store.open() as memory:
        memory.replace(replace(extraction, positions=tuple(some)))
        found = positions(memory, choice=Choice(concern=concern, neutral=neutral))
    assert dict(listed(found, "attitude", "stance")) == expected


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(actors=("japan",)), ["Japan"] * 3),
        (Choice(actors=("Tokyo", "Taro Example")), ["Japan"] * 3 + ["Taro Example"]),
        (Choice(issues=("environment",)), ["Japan", "Japan", "Taro Example", "United States"]),
        (Choice(stances=("commits", "proposes")), ["Hana Moriyama", "Taro Example"]),
        (Choice(voices=("quoted",)), ["Taro Example"]),
        (Choice(documents=("reversal.md",)), ["Japan", "Japan", "United States"]),
        (Choice(sources=("Example Review",), voices=("author",)), ["Hana Moriyama"]),
        (Choice(min_confidence=0.8), ["Hana Moriyama", "Japan", "Taro Example"]),
        (Choice(coders=("extraction",), min_confidence=0.9), ["Japan"]),
    ],
)
def test_filters(store: Store, choice: Choice, expected: list[str]) -> None:
    """Positions are chosen by actor, issue with its narrower ones, stance, voice, document, source, coder, confidence."""
    assert sorted(positions(store, choice=choice).column("actor").values) == expected


def test_an_actor_stands_for_those_who_speak_for_it(store: Store) -> None:
    """At the grain of states, the positions of Japan are its minister's too."""
    found = positions(store, ("state", "issue"), Choice(actors=("Japan",)))
    assert listed(found, "actor") == [("Japan",), ("Japan",), ("Japan",), ("Taro Example",)]


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        (Choice(voices=("author",), stances=("opposes",)), "no position is left: --voice author took the last 4; choose others"),
        (Choice(issues=("trade",)), "no position is left: --issue trade took the last 8; choose others"),
        (Choice(actors=("China",)), "no position is left: --actor China took the last 8; choose others"),
        (Choice(min_confidence=0.99), "no position is left: --min-confidence 0.99 took the last 8; choose others"),
        (Choice(sources=("zzz",)), "no position is left: --source zzz took the last 8; choose others"),
    ],
)  # fmt: skip
def test_empty_selections(store: Store, choice: Choice, message: str) -> None:
    """The filter that leaves nothing is told."""
    with pytest.raises(EmptySelection) as caught:
        positions(store, choice=choice)
    assert str(caught.value) == message


def test_an_empty_store() -> None:
    """A graph without positions says so."""
    with Store.open() as memory, pytest.raises(EmptySelection, match="holds no position that takes a side"):
        positions(memory)


def test_unknown_names(store: Store) -> None:
    """Unknown variables, stances, voices, sources, actors and issues are told with the near ones."""
    with pytest.raises(UsageError, match=r"no variable 'organisation'; did you mean organization\?"):
        positions(store, ("organisation",))
    with pytest.raises(UsageError, match=r"no stance is called 'support'; did you mean supports\?"):
        Choice(stances=("support",))
    with pytest.raises(UsageError, match=r"no side is called 'x'; choose one of oppose, favour, own, drop"):
        Choice(concern="x")
    with pytest.raises(
        UsageError, match=r"no position has the source 'Exmple Review'; did you mean Example Review\?"
    ):
        positions(store, choice=Choice(sources=("Exmple Review",)))
    with pytest.raises(
        QueryError, match=r"no actor 'Japn' in this store; did you mean Japan, JPN or Janes\?"
    ):
        positions(store, choice=Choice(actors=("Japn",)))
    with pytest.raises(QueryError, match=r"no issue 'climate-chnge'"):
        positions(store, choice=Choice(issues=("climate-chnge",)))


# ---------------------------------------------------------------- who speaks for whom


def test_roll_up_by_the_dates_of_offices() -> None:
    """A prime minister speaks for his state while the vocabulary has him in office, and for nobody before and after."""
    text = "Fumio Kishida welcomed the pact. Kishida rejected it."
    when = {"2021-10-03": "", "2021-10-04": "Japan", "2024-10": "Japan", "2024-10-02": ""}
    with Store.open() as memory:
        for number, date in enumerate(when):
            memory.replace(_of_one(f"{text} {number}", date, "fumio-kishida", "Fumio Kishida"))
        found = positions(memory, ("person", "organization", "state"))
    assert listed(found, "document", "person", "organization", "state") == [
        (f"on {date}", "Fumio Kishida", body, body) for date, body in when.items()
    ]


def _of_one(text: str, date: str, actor: str, name: str) -> Extraction:
    """A document in which one person takes one position, and says nothing else of himself."""
    evidence = (at("welcomed the pact", text),)
    return Extraction(
        document=Document(document_iri(text), text, f"{date}.txt", title=f"on {date}", date=date),
        provenance=sample_provenance(),
        actors=(Actor("a1", f"{BASE}actor/{actor}", "Person", name, (name,), (at(name, text),)),),
        issues=(Issue("climate-change", BASE + "issue/climate-change", evidence),),
        positions=(Position("a1", "supports", "climate-change", evidence, "reported", None, date),),
    )


ACTORS = {
    "ann": "Person", "ben": "Person", "ministry": "GovernmentBody", "bureau": "GovernmentBody",
    "home": "State", "abroad": "State", "institute": "Organization", "union": "IntergovernmentalOrganization",
}  # fmt: skip


def _affiliations() -> Affiliations:
    """Ann was in a bureau of a ministry of Home until 2010, then in Abroad's; documents know Ben at an institute."""
    type_ = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    issued = "http://purl.org/dc/terms/issued"
    properties: dict[str, dict[str, set[str]]] = {name: {type_: {kind}} for name, kind in ACTORS.items()}
    properties |= {"d1": {issued: {"2001"}}, "d2": {issued: {"2005-06"}}, "d3": {}}
    found = Affiliations(Known(properties))
    found.part("bureau", "ministry")
    found.part("ministry", "home")
    found.part("home", "home")
    found.office("ann", "bureau", None, "2010-05-31")
    found.office("ann", "home", "2009", "2010")
    found.office("ann", "abroad", "2010-06", None)
    found.stated("ben", "institute", "d1")
    found.stated("ben", "union", "d2")
    found.stated("ben", "ministry", "d3")
    return found


@pytest.mark.parametrize(
    ("actor", "document", "when", "bodies"),
    [
        ("ann", "d9", "1990", ("bureau",)),
        ("ann", "d9", "2009-12-31", ("bureau",)),  # of the bureau and its state, the bureau
        ("ann", "d9", "2010-05-31", ("bureau",)),
        ("ann", "d9", "2010-06-01", ("abroad", "home")),
        ("ann", "d9", "2010", ("abroad", "bureau")),
        ("ann", "d9", "2011-01-01", ("abroad",)),
        ("ann", "d9", None, ("abroad", "bureau")),
        ("ben", "d1", "2020", ("institute",)),  # as the document itself says
        ("ben", "d9", "2002-01", ("institute",)),  # as the nearest says
        ("ben", "d9", "2005-05", ("union",)),
        ("ben", "d3", None, ("ministry",)),
        ("ben", "d9", None, ("institute", "ministry", "union")),
        ("institute", "d9", "2002", ("institute",)),
        ("unknown", "d9", "2002", ("unknown",)),
    ],
)
def test_who_speaks_for_whom(actor: str, document: str, when: str | None, bodies: tuple[str, ...]) -> None:
    """Bodies by the document, by the date of an office, and by the nearest document."""
    assert _affiliations().organizations(actor, document, when) == bodies


@pytest.mark.parametrize(
    ("body", "states"),
    [("bureau", ("home",)), ("home", ("home",)), ("institute", ()), ("union", ()), ("abroad", ("abroad",))],
)
def test_states_of_bodies(body: str, states: tuple[str, ...]) -> None:
    """A body counts for the state that it is part of at whatever remove; a ring of parts does no harm."""
    assert _affiliations().states(body) == states


def test_two_affiliations_are_two_rows_of_one_id() -> None:
    """A position of a person with two affiliations counts for both; for one state that both are part of, once."""
    text = "Taro of the ministry and of the institute welcomed the pact."
    evidence = (at("welcomed the pact", text),)
    actors = [
        Actor(f"a{number}", f"{BASE}actor/{name}", kind, name, (name,), evidence)
        for number, (name, kind) in enumerate(
            {
                "taro": "Person",
                "ministry": "GovernmentBody",
                "institute": "Organization",
                "home": "State",
            }.items()
        )
    ]
    relations = [
        Relation("a0", "affiliatedWith", "a1", evidence),
        Relation("a0", "affiliatedWith", "a2", evidence),
        Relation("a1", "partOf", "a3", evidence),
        Relation("a2", "partOf", "a3", evidence, confidence=0.5),
    ]
    extraction = Extraction(
        Document(document_iri(text), text, "two.txt", date="2001"),
        sample_provenance(),
        tuple(actors),
        (Issue("trade", BASE + "issue/trade", evidence),),
        (),
        tuple(relations),
        (Position("a0", "supports", "trade", evidence, "reported"),),
    )
    with Store.open() as memory:
        memory.replace(extraction)
        both = positions(memory, ("organization", "state"))
        assert listed(both, "organization", "state") == [("institute", "home"), ("ministry", "home")]
        assert len(set(both.ids)) == 1
        assert listed(positions(memory, ("organization",)), "organization") == [("institute",), ("ministry",)]
        assert listed(positions(memory, ("state",)), "state") == [("home",)]
        surer = positions(memory, ("organization", "state"), Choice(min_confidence=0.6))
        assert listed(surer, "organization", "state") == [("institute", ""), ("ministry", "home")]


def test_days_of_dates() -> None:
    """A date means all of its days; an open span those of the end that is known."""
    assert str(days("2008-02")) == "(datetime.date(2008, 2, 1), datetime.date(2008, 2, 29))"
    assert days("2008/..") == days("2008")
    assert days("../2008") == days("2008")
    assert days("long ago") is None
    assert earliest(["2008-02", None, "199X", "2001/2021"]) == [
        "2008-02-01",
        "NaT",
        "1990-01-01",
        "2001-01-01",
    ]


# ---------------------------------------------------------------- names


def test_names_are_unique() -> None:
    """Things with one label are told apart; the one whose IRI is its label keeps it bare."""
    labels = {
        "x/georgia": "Georgia",
        "x/georgia-in-america": "Georgia",
        "x/report": "Talks",
        "y/report": "Talks",
        "z/one": "One",
    }
    assert unique_names(labels, labels.__getitem__) == {
        "x/georgia": "Georgia",
        "x/georgia-in-america": "Georgia (georgia-in-america)",
        "x/report": "Talks <x/report>",
        "y/report": "Talks <y/report>",
        "z/one": "One",
    }


def test_resolved_identities_hold(tmp_path: Path) -> None:
    """What `alliancegraph resolve` accepted is one actor here too."""
    rules = tmp_path / "rules.ttl"
    rules.write_text(
        f"<{BASE}actor/taro-example> <http://www.w3.org/2002/07/owl#sameAs> <{BASE}actor/hana-moriyama> .",
        encoding="utf-8",
    )
    with Store.open(tmp_path / "store") as store:
        store.replace(sample_extraction())
        store.change_rules(reviewed_quads(rules), [])
    with Store.open(tmp_path / "store", read_only=True) as store:
        found = positions(store, ("person", "issue"))
    assert listed(found, "person", "issue") == [
        ("", "Burden sharing"),
        ("", "Climate change"),
        ("", "Climate change"),
        ("Hana Moriyama", "Alliance vision and scope"),
        ("Hana Moriyama", "Climate change"),
    ]
