"""The graph of a document: what it holds, that it is always the same, and that it fits the shapes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from factories import SOURCE, TEXT, document_iri, sample_extraction, second_extraction, valid_graph
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdflib import Graph
from rdflib.compare import isomorphic

from alliancegraph.extract.model import Document, Event, Evidence, Extraction, Issue
from alliancegraph.graph.builder import document_graph, document_lines
from alliancegraph.graph.dates import date_literal, time_stamps
from alliancegraph.graph.engine import nquads
from alliancegraph.graph.quads import Quads, text
from alliancegraph.graph.serialize import PREFIXES, serialize
from alliancegraph.graph.validate import rdflib_graph, validate
from alliancegraph.ontology.terms import AG, OA

DATA = Path(__file__).parent / "data"
DOCUMENT = document_iri(TEXT)
XSD = "http://www.w3.org/2001/XMLSchema#"


def turtle(extraction: Extraction) -> str:
    """The valid graph of an extraction as Turtle."""
    return serialize(valid_graph(extraction), "ttl").decode()


def block(text: str, begins: str) -> str:
    """The description of one subject in Turtle."""
    return next(part for part in text.split("\n\n") if part.startswith(begins)).rstrip("\n")


def test_whole_graph() -> None:
    """The graph of the sample article, byte for byte."""
    assert turtle(sample_extraction()) == (DATA / "lake-toya.ttl").read_text(encoding="utf-8")


def test_position() -> None:
    """A position has holder, issue, stance, polarity, voice, addressee, date, evidence and provenance."""
    texts = [b for b in turtle(sample_extraction()).split("\n\n") if "ag:stance stance:concern" in b]
    assert texts == [
        """\
d1:position-8b94cb8d5903 a marl:Opinion , schema:Claim , ag:Position ;
	marl:hasPolarity marl:Negative ;
	prov:wasDerivedFrom doc:IRI ;
	prov:wasGeneratedBy run:68ee9c3a53a8d058 ;
	ag:addressee actor:china ;
	ag:confidence 0.72 ;
	ag:date "2008-07-11" ;
	ag:evidence d1:evidence-266-341 ;
	ag:holder actor:united-states ;
	ag:inDocument doc:IRI ;
	ag:issue issue:climate-change ;
	ag:stance stance:concern ;
	ag:voice voice:reported .""".replace("IRI", DOCUMENT.rpartition("/")[2])
    ]


def test_position_takes_the_documents_date() -> None:
    """A position without a date is dated as its document."""
    texts = [b for b in turtle(sample_extraction()).split("\n\n") if "ag:stance stance:supports" in b]
    assert [line.strip() for line in texts[0].splitlines() if "ag:date" in line] == ['ag:date "2008-07-11" ;']


def test_relation_is_triple_and_record() -> None:
    """A relation is stated directly, and as a record that is a membership too."""
    text = turtle(sample_extraction())
    assert "\tag:affiliatedWith actor:japan .\n" in text
    assert block(text, "d1:relation-c71c46bf3b8a") == (
        """\
d1:relation-c71c46bf3b8a a org:Membership , ag:Relation ;
	rdf:object actor:japan ;
	rdf:predicate ag:affiliatedWith ;
	rdf:subject actor:taro-example ;
	org:member actor:taro-example ;
	org:organization actor:japan ;
	org:role "Minister of the Environment" ;
	prov:wasDerivedFrom doc:IRI ;
	prov:wasGeneratedBy run:68ee9c3a53a8d058 ;
	ag:confidence 0.9 ;
	ag:evidence d1:evidence-214-264 ;
	ag:inDocument doc:IRI ;
	ag:role "Minister of the Environment" .""".replace("IRI", DOCUMENT.rpartition("/")[2])
    )


def test_event() -> None:
    """An event has its kind, actors, place, date and both ends of it."""
    assert block(turtle(sample_extraction()), "d1:event-") == (
        """\
d1:event-0123456789ab a sem:Event ;
	sem:eventType eventtype:meeting ;
	sem:hasActor actor:japan , actor:united-states ;
	sem:hasBeginTimeStamp "2008-07-07"^^xsd:date ;
	sem:hasEndTimeStamp "2008-07-07"^^xsd:date ;
	sem:hasPlace actor:japan ;
	skos:prefLabel "Lake Toya summit"@en ;
	ag:confidence 0.85 ;
	ag:date "2008-07-07" ;
	ag:evidence d1:evidence-74-117 ;
	ag:inDocument doc:IRI .""".replace("IRI", DOCUMENT.rpartition("/")[2])
    )


def test_evidence_is_verbatim() -> None:
    """Every quote is the text between its offsets, with 32 characters around it, and one IRI stands for one range."""
    values: dict[str, dict[str, str]] = {}
    for quad in valid_graph(sample_extraction()):
        values.setdefault(quad.subject.value, {})[quad.predicate.value] = quad.object.value
    positions = {s: v for s, v in values.items() if "#position-selector-" in s}
    assert len(positions) == 30
    for iri, found in positions.items():
        start, end = int(found[str(OA.start)]), int(found[str(OA.end)])
        assert iri == f"{DOCUMENT}#position-selector-{start}-{end}"
        quote = values[f"{DOCUMENT}#quote-selector-{start}-{end}"]
        assert quote[str(OA.exact)] == TEXT[start:end]
        assert quote[str(OA.prefix)] == TEXT[max(0, start - 32) : start]
        assert quote[str(OA.suffix)] == TEXT[end : end + 32]


def test_no_blank_nodes_and_one_graph() -> None:
    """Everything has an IRI, and everything is in the document's graph."""
    quads = document_graph(sample_extraction())
    assert not [q for q in quads if isinstance(q.subject, BlankNode) or isinstance(q.object, BlankNode)]
    assert {quad.graph_name for quad in quads} == {NamedNode(DOCUMENT)}


def test_order_does_not_matter() -> None:
    """The graph is the same whatever the order of the parts of an extraction."""
    one = sample_extraction()
    other = replace(
        one,
        actors=one.actors[::-1],
        issues=one.issues[::-1],
        events=one.events[::-1],
        relations=one.relations[::-1],
        positions=one.positions[::-1],
    )
    assert document_graph(other) == document_graph(one)


def test_lines_are_the_serialised_quads() -> None:
    """The quick way gives the bytes of the library's own N-Quads, in sorted lines."""
    lines = document_lines(sample_extraction())
    assert lines.splitlines() == sorted(nquads(document_graph(sample_extraction())).splitlines())


def test_quads_are_checked_and_kept_once() -> None:
    """Terms are escaped as N-Quads have it; what is no IRI is refused."""
    quads = Quads("http://a.test/g")
    for _ in range(2):
        quads.add("http://a.test/s", "http://a.test/p", "http://a.test/o", text('a "b"\n\\ \ud800é'))
        quads.add_types("http://a.test/s", "http://a.test/T")
    assert quads.lines().decode().splitlines() == [
        '<http://a.test/s> <http://a.test/p> "a \\"b\\"\\n\\\\ \ufffdé" <http://a.test/g> .',
        "<http://a.test/s> <http://a.test/p> <http://a.test/o> <http://a.test/g> .",
        "<http://a.test/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://a.test/T> <http://a.test/g> .",
    ]
    assert [quads.is_new("http://a.test/n") for _ in range(2)] == [True, False]
    with pytest.raises(ValueError, match="IRI"):
        quads.add("http://a.test/s", "http://a.test/p", "http://a.test/not an IRI")


def test_same_bytes_in_other_processes() -> None:
    """The hash seed of Python does not show."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from factories import sample_extraction\n"
        "from alliancegraph.graph.export import extraction_text\n"
        "sys.stdout.buffer.write(extraction_text(sample_extraction(), 'ttl').encode())"
    )
    command = [sys.executable, "-c", code, str(Path(__file__).parent)]
    outputs = [
        subprocess.run(
            command, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert outputs == [(DATA / "lake-toya.ttl").read_bytes()] * 2


def test_two_libraries_read_the_same() -> None:
    """rdflib and pyoxigraph read the Turtle as the same graph, and it is the one that was built."""
    quads = document_graph(sample_extraction())
    data = serialize(quads, "ttl")
    back = list(pyoxigraph.parse(input=data, format=pyoxigraph.RdfFormat.TURTLE))
    assert {quad.triple for quad in back} == {quad.triple for quad in quads}
    assert isomorphic(Graph().parse(data=data, format="turtle"), rdflib_graph(quads))


def test_least_document() -> None:
    """A document of which nothing is known but its text and source has a valid graph."""
    least = Document(document_iri("x"), "x", "x.txt")
    text = turtle(replace(second_extraction(), document=least, actors=(), issues=(), positions=()))
    assert block(text, "doc:") == (
        """\
doc:2d711642b726b044 a schema:Article ;
	dcterms:format "text/plain" ;
	dcterms:language "en" ;
	dcterms:source "x.txt" ;
	prov:wasGeneratedBy run:68ee9c3a53a8d058 ;
	ag:digest "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881" ;
	ag:text "x" ."""
    )


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("date", "value", "datatype"),
    [
        ("2008", "2008", "gYear"),
        ("2008-03", "2008-03", "gYearMonth"),
        ("2008-03-14", "2008-03-14", "date"),
        ("2008-21", "2008-21", "string"),
        ("2008-02-30", "2008-02-30", "string"),
        ("soon", "soon", "string"),
    ],
)
def test_date_literal(date: str, value: str, datatype: str) -> None:
    """A date is typed by its precision."""
    assert date_literal(date) == Literal(value, datatype=NamedNode(XSD + datatype))


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2008-03-14", "2008-03-14", "2008-03-14"),
        ("2008-03", "2008-03", "2008-03"),
        ("2008", "2008", "2008"),
        ("2001/2021", "2001", "2021"),
        ("2001-10-07/2014-12", "2001-10-07", "2014-12"),
        ("2001/..", "2001", None),
        ("/2001", None, "2001"),
        ("199X", "1990", "1999"),
        ("19XX", "1900", "1999"),
        ("2008-21", "2008-03", "2008-05"),
        ("2008-24", "2008-12", "2009-02"),
        ("197X/1985", "1970", "1985"),
        ("someday", None, None),
        ("", None, None),
    ],
)
def test_time_stamps(date: str, first: str | None, last: str | None) -> None:
    """A span, a season and a decade have a beginning and an end."""
    assert [stamp.value if stamp else None for stamp in time_stamps(date)] == [first, last]


# ---------------------------------------------------------------- shapes


def without(quads: list[Quad], predicate: str, subject: str) -> list[Quad]:
    """The quads but those of one property of the subjects whose IRI holds a text."""
    return [q for q in quads if not (q.predicate.value == predicate and subject in q.subject.value)]


@pytest.mark.parametrize(
    ("predicate", "subject", "message"),
    [
        (AG.holder, "#position-", "A position has one holder, an actor."),
        (AG.voice, "#position-", "A position stands in one voice: author, reported or quoted."),
        (AG.text, "/document/", "A document has its text, once."),
        (OA.hasBody, "#mention-", "A mention is of one thing."),
        (OA.start, "#position-selector-", "A passage starts at a character, before its end."),
        (OA.exact, "#quote-selector-", "A quote has its words."),
        (OA.hasTarget, "#evidence-", "An annotation has one target."),
    ],
)
def test_missing_part(predicate: str, subject: str, message: str) -> None:
    """What is missing is named, at each place where it is missing."""
    report = validate(without(document_graph(second_extraction()), str(predicate), subject))
    assert not report.conforms
    assert {(violation.path, violation.message) for violation in report.violations} == {
        (str(predicate), message)
    }


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "message"),
    [
        (
            "#position-selector-0-30",
            OA.start,
            Literal(99),
            "A passage starts at a character, before its end.",
        ),
        ("/actor/japan", None, Literal("Nippon", language="en"), "There is one preferred name"),
    ],
)
def test_wrong_value(subject: str, predicate: str | None, value: Literal, message: str) -> None:
    """A value too many or out of place is a violation with one line."""
    quads = document_graph(second_extraction())
    iri = subject if subject.startswith("http") else None
    node = next(q.subject for q in quads if q.subject.value.endswith(iri or subject))
    label = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    added = Quad(node, NamedNode(str(predicate)) if predicate else label, value, quads[0].graph_name)
    lines = validate([*quads, added]).lines()
    assert lines
    assert any(message in line or "An actor is an IRI with one preferred name." in line for line in lines)
    assert all("\n" not in line for line in lines)


# ---------------------------------------------------------------- any text

ANY = st.text(min_size=1, max_size=60)


def with_texts(title: str, name: str, words: str) -> Extraction:
    """An extraction whose title, names, source and text are given."""
    text = f"{words} {name}."
    evidence = (Evidence(0, len(words), words),)
    sample = second_extraction()
    actor = replace(sample.actors[0], name=name, names=(name, words), mentions=evidence)
    return replace(
        sample,
        document=Document(document_iri(text), text, title, "text/plain", title, (name,), words, "2009"),
        actors=(actor,),
        issues=(Issue("trade", "https://w3id.org/alliancegraph/issue/trade", evidence, 0.5),),
        events=(
            Event("e1", document_iri(text) + "#event-1", "attack", name, (words,), evidence, title, words),
        ),
        positions=(),
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY, ANY, ANY)
def test_any_text_survives(title: str, name: str, words: str) -> None:
    """Quotes, line ends, control characters and rare scripts come back from every format that can hold them."""
    quads = document_graph(with_texts(title, name, words))
    for format_ in ("ttl", "nt"):
        back = pyoxigraph.parse(input=serialize(quads, format_), format=pyoxigraph.RdfFormat.TURTLE)
        assert {quad.triple for quad in back} == {quad.triple for quad in quads}
    for format_, parser in (("nq", "N_QUADS"), ("trig", "TRIG"), ("jsonld", "JSON_LD")):
        back = pyoxigraph.parse(input=serialize(quads, format_), format=getattr(pyoxigraph.RdfFormat, parser))
        assert set(back) == set(quads)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY, ANY, ANY)
def test_any_text_survives_in_rdflib(title: str, name: str, words: str) -> None:
    """rdflib reads the same Turtle."""
    quads = document_graph(with_texts(title, name, words))
    found = {str(value) for value in Graph().parse(data=serialize(quads, "ttl"), format="turtle").objects()}
    assert {title, name, words, f"{words} {name}."} <= found


def test_half_a_surrogate_pair() -> None:
    """What RDF cannot hold becomes one replacement character, so that offsets stay right."""
    quads = document_graph(with_texts("a\ud800b", "n\udfff", "w\ud83d"))
    values = {quad.object.value for quad in quads if isinstance(quad.object, Literal)}
    assert {"a\ufffdb", "n\ufffd", "w\ufffd", "w\ufffd n\ufffd."} <= values


def test_prefixes_are_unique() -> None:
    """No two prefixes stand for one namespace."""
    assert len(set(PREFIXES.values())) == len(PREFIXES)
    assert SOURCE == "lake-toya.txt"
