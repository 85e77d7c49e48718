"""What is shown is saved: as a picture, as vectors, as tables and as RDF, each checked by what reads such files."""

from __future__ import annotations

import csv
import io
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import rdflib
from explorer_pages import (
    BASE,
    HARBOUR,
    LEAGUE,
    NORLAND,
    SOUTHLAND,
    SUPPORT,
    TEXT,
    TREATY,
    debate,
    visit,
    written,
)
from playwright.sync_api import Page
from rdflib.namespace import RDF, SKOS

AG = rdflib.Namespace(BASE + "ontology#")
OA = rdflib.Namespace("http://www.w3.org/ns/oa#")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of the debate."""
    return written(tmp_path_factory.mktemp("page"))


def saved(page: Page, button: str, name: str) -> bytes:
    """The file that a choice of the menu gives, which has this name."""
    page.click("#save summary")
    with page.expect_download() as download:
        page.click(f"#{button}")
    assert download.value.suggested_filename == name
    path: Path = download.value.path()
    return path.read_bytes()


def rows(content: bytes) -> list[list[str]]:
    """The rows of a CSV file as spreadsheets write it."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_picture(page: Page, address: str) -> None:
    """A PNG of the size of the drawing."""
    visit(page, address)
    content = saved(page, "save-png", "network.png")
    assert content[:8] == b"\x89PNG\r\n\x1a\n"
    size = page.evaluate("[canvas.querySelector('canvas').width, canvas.querySelector('canvas').height]")
    assert list(struct.unpack(">II", content[16:24])) == size


def test_vectors(page: Page, address: str) -> None:
    """An SVG with a symbol for each node, a curve for each line, the labels, the title and the legend."""
    visit(page, f"{address}#lines=relation")
    root = ET.fromstring(saved(page, "save-svg", "network.svg"))
    words = [" ".join(part.itertext()) for part in root.iter(SVG + "text")]
    assert root.tag == SVG + "svg"
    assert [path.findtext(SVG + "title") for path in root.iter(SVG + "path")] == [
        "Norland supports Harbour treaty",
        "Norland is concerned about Piracy",
        "Norland calls for Tolls",
        "Southland opposes Harbour treaty",
        "Southland is concerned about Piracy",
        "Southland supports Port fees",
    ]
    assert words[0] == "The harbour debate"
    assert {"Norland", "Southland", "State", "Issue", "In favour", "Concerned", "Opposed"} < set(words)
    assert [tag for part in root.iter() if (tag := part.tag) in (SVG + "image", SVG + "script")] == []


def test_tables(page: Page, address: str) -> None:
    """Lines, nodes and statements that are shown, as CSV."""
    visit(page, f"{address}#issue=issue/harbour-treaty")
    assert rows(saved(page, "save-lines", "lines.csv"))[1:] == [
        ["Norland", "supports", "Harbour treaty", "In favour", "2", "2020-03-05", "2022-11-20", "0.9"],
        ["Southland", "opposes", "Harbour treaty", "Opposed", "1", "2020-03-05", "2020-03-05", "0.7"],
    ]
    assert [row[0] for row in rows(saved(page, "save-nodes", "nodes.csv"))] == [
        *("Name", "Norland", "Southland", "Harbour treaty"),
    ]
    assert rows(saved(page, "save-statements", "statements.csv"))[2] == [
        *("Norland", "supports", "Harbour treaty", SUPPORT, "Talks 🚢 at the harbour", "2020-03-05"),
        *("quoted", "0.9"),
    ]


def test_formulas_stay_text(page: Page, tmp_path: Path) -> None:
    """A name that a spreadsheet would compute is marked as text; quotes and commas come back as they were."""
    network = debate()
    network.nodes[NORLAND]["label"] = '=1+1, "sum"'
    visit(page, written(tmp_path, network))
    names = [row[0] for row in rows(saved(page, "save-nodes", "nodes.csv"))]
    assert names[1] == '\'=1+1, "sum"'


def test_turtle(page: Page, address: str) -> None:
    """The nodes, statements and passages that are shown, in the terms of the graph."""
    visit(page, f"{address}#voices=author")
    graph = rdflib.Graph().parse(data=saved(page, "save-turtle", "network.ttl"), format="turtle")
    norland, treaty = rdflib.URIRef(NORLAND), rdflib.URIRef(TREATY)
    first = rdflib.URIRef(HARBOUR + "#position-1")
    assert set(graph.subjects(RDF.type, AG.State)) == {norland, rdflib.URIRef(SOUTHLAND)}
    assert set(map(str, graph.objects(norland, SKOS.altLabel))) == {"Kingdom of Norland", "N.L."}
    assert {str(each).split("#")[-1] for each in graph.subjects(RDF.type, AG.Position)} == {
        *("position-1", "position-3", "position-7"),
    }
    assert {(p, o) for p, o in graph.predicate_objects(first) if p != AG.evidence} == {
        (RDF.type, AG.Position),
        (AG.holder, norland),
        (AG.issue, treaty),
        (AG.stance, rdflib.URIRef(BASE + "stance/supports")),
        (AG.voice, rdflib.URIRef(BASE + "voice/quoted")),
        (AG.addressee, rdflib.URIRef(SOUTHLAND)),
        (AG.date, rdflib.Literal("2020-03-05")),
        (AG.confidence, rdflib.Literal("0.90", datatype=rdflib.XSD.decimal)),
        (AG.inDocument, rdflib.URIRef(HARBOUR)),
    }
    start = TEXT.index(SUPPORT)
    evidence = rdflib.URIRef(f"{HARBOUR}#evidence-{start}-{start + len(SUPPORT)}")
    assert (first, AG.evidence, evidence) in graph
    path = OA.hasTarget / OA.hasSelector
    assert {str(exact) for exact in graph.objects(evidence, path / OA.exact)} == {SUPPORT}
    assert {int(place) for place in graph.objects(evidence, path / OA.start)} == {start}


def test_turtle_of_everything(page: Page, address: str) -> None:
    """Relations stand as triples and as records; those without a statement as triples; documents are described."""
    visit(page, f"{address}#hide=")
    graph = rdflib.Graph().parse(data=saved(page, "save-turtle", "network.ttl"), format="turtle")
    norland = rdflib.URIRef(NORLAND)
    assert (norland, AG.memberOf, rdflib.URIRef(LEAGUE)) in graph
    assert (rdflib.URIRef(BASE + "actor/ana-soder"), AG.affiliatedWith, norland) in graph
    record = rdflib.URIRef(HARBOUR + "#position-8")
    assert graph.value(record, AG.role) == rdflib.Literal("minister")
    assert graph.value(record, RDF.predicate) == AG.affiliatedWith
    assert len(set(graph.subjects(RDF.type, rdflib.URIRef("https://schema.org/Article")))) == 3
    assert len(set(graph.subjects(RDF.type, AG.Discussion))) == 1
    assert "" not in {str(each) for each in graph.subjects()}
