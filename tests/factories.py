"""A short invented article and its extraction, made by hand, for tests of everything behind extraction."""

from __future__ import annotations

import hashlib

from pyoxigraph import Quad

from alliancegraph.extract.model import (
    Actor,
    Document,
    Event,
    Evidence,
    Extraction,
    Issue,
    Position,
    Provenance,
    Relation,
)

BASE = "https://w3id.org/alliancegraph/"
TITLE = "Allies at Lake Toya: a “quiet” week"
TEXT = """Allies at Lake Toya: a “quiet” week
By Hana Moriyama
July 11, 2008

Japan hosted the Lake Toya summit on July 7, 2008. The United States, Tokyo's treaty ally, took part.
"We will halve our emissions by 2050," said Taro Example, Minister of the Environment of Japan.
Washington warned Beijing that its coal plants were a danger to the climate.
The U.S. delegation was reluctant to share the costs of the alliance\N{EM DASH}an old quarrel.
Mr. Example has served in the Ministry of the Environment, the voice of a Group of Eight member,
since the September 11 attacks.

I think that the alliance ought to look beyond defence.
"""
SOURCE = "lake-toya.txt"
VERSION = "0.1.0"
VOCABULARY_DIGEST = "0" * 63 + "1"
MODEL = "en_core_web_md 3.7.1"


def document_iri(text: str) -> str:
    """The IRI that a document's text gives it."""
    return f"{BASE}document/{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def at(phrase: str, text: str = TEXT, occurrence: int = 0) -> Evidence:
    """The evidence of a phrase's first occurrence, or of a later one."""
    start = text.index(phrase)
    for _ in range(occurrence):
        start = text.index(phrase, start + 1)
    return Evidence(start, start + len(phrase), " ".join(phrase.split()))


def sample_document() -> Document:
    """The article with all that can be known of it."""
    return Document(
        iri=document_iri(TEXT),
        text=TEXT,
        source=SOURCE,
        media_type="text/plain",
        title=TITLE,
        authors=("Hana Moriyama",),
        publisher="Example Review",
        date="2008-07-11",
        language="en",
    )


def sample_provenance() -> Provenance:
    """Version, vocabulary and model, all invented but the version's form."""
    return Provenance(VERSION, VOCABULARY_DIGEST, MODEL)


def sample_actors() -> tuple[Actor, ...]:
    """Three states, a minister, his ministry, the author, and a grouping of states."""
    japan = (at("Japan"), at("Tokyo"), at("Japan", occurrence=1))
    america = (at("United States"), at("Washington"), at("U.S."))
    return (
        Actor("a1", BASE + "actor/japan", "State", "Japan", ("Japan", "Tokyo"), japan, "Q17", 0.98),
        Actor(
            "a2",
            BASE + "actor/united-states",
            "State",
            "United States",
            ("United States", "Washington", "U.S."),
            america,
            "Q30",
            0.97,
        ),
        Actor("a3", BASE + "actor/china", "State", "China", ("Beijing",), (at("Beijing"),), "Q148", 0.85),
        Actor(
            "a4",
            BASE + "actor/taro-example",
            "Person",
            "Taro Example",
            ("Taro Example", "Mr. Example"),
            (at("Taro Example"), at("Mr. Example")),
            None,
            0.9,
        ),
        Actor(
            "a5",
            BASE + "actor/ministry-of-the-environment-of-japan",
            "GovernmentBody",
            "Ministry of the Environment of Japan",
            ("Ministry of the Environment",),
            (at("Ministry of the Environment"),),
            None,
            0.8,
        ),
        Actor(
            "a6",
            BASE + "actor/hana-moriyama",
            "Person",
            "Hana Moriyama",
            ("Hana Moriyama",),
            (at("Hana Moriyama"),),
            None,
            0.7,
        ),
        Actor(
            "a7",
            BASE + "actor/group-of-eight",
            "StateGrouping",
            "Group of Eight",
            ("Group of Eight",),
            (at("Group of Eight"),),
            "Q7768",
            0.97,
        ),
    )


def sample_issues() -> tuple[Issue, ...]:
    """Three issues, one of them with two passages."""
    climate = (at("halve our emissions by 2050"), at("its coal plants were a danger to the climate"))
    return (
        Issue(
            "alliance-vision",
            BASE + "issue/alliance-vision",
            (at("the alliance ought to look beyond defence"),),
            0.75,
        ),
        Issue("burden-sharing", BASE + "issue/burden-sharing", (at("share the costs of the alliance"),), 0.6),
        Issue("climate-change", BASE + "issue/climate-change", climate, 0.9),
    )


def sample_events() -> tuple[Event, ...]:
    """A summit of this article's own, and a named event of the vocabulary."""
    document = document_iri(TEXT)
    return (
        Event(
            "e1",
            f"{document}#event-0123456789ab",
            "meeting",
            "Lake Toya summit",
            ("Lake Toya summit",),
            (at("hosted the Lake Toya summit on July 7, 2008"),),
            "2008-07-07",
            "a1",
            0.85,
        ),
        Event(
            "e2",
            BASE + "event/september-11-attacks",
            "attack",
            "September 11 attacks",
            ("September 11 attacks",),
            (at("September 11 attacks"),),
            "2001-09-11",
            "New York",
            0.92,
        ),
    )


def sample_relations() -> tuple[Relation, ...]:
    """Each relation of the scheme at least once."""
    return (
        Relation("a1", "alliedWith", "a2", (at("The United States, Tokyo's treaty ally"),), None, 0.8),
        Relation("a1", "memberOf", "a7", (at("a Group of Eight member"),), None, 0.5),
        Relation("a1", "organizes", "e1", (at("Japan hosted the Lake Toya summit"),), None, 0.85),
        Relation("a2", "participatesIn", "e1", (at("took part"),), None, 0.7),
        Relation("a2", "targetOf", "e2", (at("September 11 attacks"),), None, 0.6),
        Relation(
            "a4",
            "affiliatedWith",
            "a1",
            (at("Taro Example, Minister of the Environment of Japan"),),
            "Minister of the Environment",
            0.9,
        ),
        Relation("a5", "partOf", "a1", (at("Minister of the Environment of Japan"),), None, 0.8),
        Relation("a6", "authorOf", "document", (at("By Hana Moriyama"),), None, 0.9),
    )


def sample_positions() -> tuple[Position, ...]:
    """A position in each voice: the author's, a reported one with addressee, a quoted one; all six stances but two."""
    day = "2008-07-11"
    return (
        Position("a1", "supports", "climate-change", (at("hosted"),), "reported", None, None, 0.35),
        Position(
            "a2",
            "concern",
            "climate-change",
            (at("Washington warned Beijing that its coal plants were a danger to the climate"),),
            "reported",
            "a3",
            day,
            0.72,
        ),
        Position(
            "a2",
            "opposes",
            "burden-sharing",
            (at("was reluctant to share the costs of the alliance"),),
            "reported",
            None,
            day,
            0.64,
        ),
        Position(
            "a4",
            "commits",
            "climate-change",
            (at("We will halve our emissions by 2050"), at("halve our emissions by 2050")),
            "quoted",
            None,
            "2008-07",
            0.8,
        ),
        Position(
            "a6",
            "proposes",
            "alliance-vision",
            (at("I think that the alliance ought to look beyond defence"),),
            "author",
            None,
            day,
            0.88,
        ),
    )


def sample_extraction() -> Extraction:
    """Everything that the article says."""
    return Extraction(
        document=sample_document(),
        provenance=sample_provenance(),
        actors=sample_actors(),
        issues=sample_issues(),
        events=sample_events(),
        relations=sample_relations(),
        positions=sample_positions(),
    )


def second_extraction() -> Extraction:
    """Another article, in which Japan opposes what it supported and the United States agree with it on a second issue."""
    text = "Japan rejects the climate pact. Japan and America reject higher burden sharing.\n"
    document = Document(
        document_iri(text), text, "reversal.md", "text/markdown", "Reversal", (), None, "2009-06"
    )
    japan = (at("Japan", text), at("Japan", text, 1))
    first, second = at("Japan rejects the climate pact", text), at("reject higher burden sharing", text)
    return Extraction(
        document=document,
        provenance=sample_provenance(),
        actors=(
            Actor("a1", BASE + "actor/japan", "State", "Japan", ("Japan",), japan, "Q17", 0.98),
            Actor(
                "a2",
                BASE + "actor/united-states",
                "State",
                "United States",
                ("America",),
                (at("America", text),),
                "Q30",
                0.97,
            ),
        ),
        issues=(
            Issue("burden-sharing", BASE + "issue/burden-sharing", (second,), 0.8),
            Issue("climate-change", BASE + "issue/climate-change", (first,), 0.8),
        ),
        positions=(
            Position("a1", "opposes", "burden-sharing", (second,), "reported", None, "2009-06", 0.7),
            Position("a1", "opposes", "climate-change", (first,), "reported", None, "2009-06", 0.9),
            Position("a2", "opposes", "burden-sharing", (second,), "reported", None, "2009-06", 0.7),
        ),
    )


def valid_graph(extraction: Extraction) -> list[Quad]:
    """The graph of an extraction, after a check against the shapes."""
    from alliancegraph.graph.builder import document_graph
    from alliancegraph.graph.validate import validate

    quads = document_graph(extraction)
    assert validate(quads).lines() == []
    return quads
