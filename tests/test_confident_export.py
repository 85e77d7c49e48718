"""An export with a minimal confidence is the graph that would have been built with it, and keeps to the shapes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from factories import TEXT, document_iri, sample_extraction, second_extraction
from pyoxigraph import NamedNode, Quad

from alliancegraph.extract.confident import confident
from alliancegraph.extract.model import Extraction
from alliancegraph.graph.builder import document_graph
from alliancegraph.graph.confident import confident_quads
from alliancegraph.graph.export import content, export, exported_quads
from alliancegraph.graph.serialize import FORMATS
from alliancegraph.graph.store import Store
from alliancegraph.graph.validate import validate
from alliancegraph.ontology.errors import StoreError
from alliancegraph.ontology.terms import AG, RDF

MINIMA = [0.0, 0.5, 0.7, 0.72, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0]


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Both sample documents in memory."""
    with Store.open() as memory:
        memory.replace(sample_extraction())
        memory.replace(second_extraction())
        yield memory


@pytest.mark.parametrize("made", [sample_extraction(), second_extraction()], ids=["first", "second"])
@pytest.mark.parametrize("minimum", MINIMA)
def test_what_would_have_been_built(made: Extraction, minimum: float) -> None:
    """The graph without uncertain statements is the graph of the extraction without them, no node more or less."""
    kept = confident_quads(document_graph(made), minimum)
    assert set(kept) == set(document_graph(confident(made, minimum)))
    assert len(kept) == len(set(kept))


@pytest.mark.parametrize("minimum", [0.72, 0.85, 1.0])
def test_shapes_hold(store: Store, minimum: float) -> None:
    """What is left of each document conforms to the shapes."""
    quads = exported_quads(store, minimum)
    for iri in (document_iri(TEXT), second_extraction().document.iri):
        report = validate(quad for quad in quads if quad.graph_name == NamedNode(iri))
        assert report.lines() == []


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_every_format(store: Store, tmp_path: Path, suffix: str) -> None:
    """Each RDF file holds no statement below the minimum, and fewer lines than the whole."""
    export(store, tmp_path / f"graph.{suffix}", min_confidence=0.8)
    data = (tmp_path / f"graph.{suffix}").read_bytes()
    found = [
        float(quad.object.value)
        for quad in pyoxigraph.parse(input=data, format=FORMATS[suffix])
        if quad.predicate == NamedNode(AG.confidence) and not isinstance(quad.object, pyoxigraph.Triple)
    ]
    assert min(found) == 0.8
    assert len(data) < len(content(store, suffix))


def test_nothing_is_certain_enough(store: Store) -> None:
    """Documents, actors and their mentions stay when no statement does."""
    quads = [q for q in exported_quads(store, 1.0) if q.graph_name == NamedNode(document_iri(TEXT))]
    types = {q.object.value.rpartition("#")[2] for q in quads if is_type(q)}
    assert not types & {"Position", "Relation", "Discussion", "Membership"}
    assert types >= {"Mention", "State", "Person", "TextQuoteSelector"}


def is_type(quad: Quad) -> bool:
    """Whether a quad gives a type."""
    return quad.predicate == NamedNode(str(RDF.type)) and isinstance(quad.object, NamedNode)


def test_a_triple_with_another_record_stays() -> None:
    """Of two records of one relation the less certain goes, and the relation itself stays."""
    actor, other, graph = (NamedNode(f"http://example.org/{name}") for name in ("a", "b", "g"))
    predicate = NamedNode(AG.alliedWith)
    direct = Quad(actor, predicate, other, graph)
    quads = [direct]
    for name, confidence in (("one", "0.9"), ("two", "0.4")):
        record = NamedNode(f"http://example.org/{name}")
        decimal = NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
        quads += [
            Quad(record, NamedNode(str(RDF.type)), NamedNode(AG.Relation), graph),
            Quad(record, NamedNode(str(RDF.subject)), actor, graph),
            Quad(record, NamedNode(str(RDF.predicate)), predicate, graph),
            Quad(record, NamedNode(str(RDF.object)), other, graph),
            Quad(record, NamedNode(AG.confidence), pyoxigraph.Literal(confidence, datatype=decimal), graph),
        ]
    assert confident_quads(quads, 0.5) == quads[:6]
    assert confident_quads(quads, 0.95) == []


def test_the_store_without_uncertain_statements(store: Store) -> None:
    """A confident copy answers as a store that was built with that confidence, and the store itself is as before."""
    before = store.stats()
    copy = store.confident(0.8)
    with Store.open() as built:
        for extraction in (sample_extraction(), second_extraction()):
            built.replace(confident(extraction, 0.8))
        assert set(copy.document_quads()) == set(built.document_quads())
        assert copy.documents() == built.documents()
    assert copy.stats()["quads"] < before["quads"]
    assert store.stats() == before
    with pytest.raises(StoreError, match="read"):
        copy.replace(sample_extraction())
