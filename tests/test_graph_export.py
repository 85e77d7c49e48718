"""Exports: each is read back and is the same graph, written whole or not at all, the same bytes everywhere."""

from __future__ import annotations

import csv
import errno
import io
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph
import pytest
from factories import TEXT, document_iri, sample_extraction, second_extraction
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat
from rdflib import Dataset, Graph
from rdflib.compare import isomorphic

from alliancegraph.graph.export import SUFFIXES, content, export, exported_quads
from alliancegraph.graph.network import KINDS, network
from alliancegraph.graph.network_files import gexf, graphml, plain
from alliancegraph.graph.serialize import FORMATS, serialize
from alliancegraph.graph.store import Store
from alliancegraph.graph.tables import COLUMNS
from alliancegraph.graph.validate import rdflib_graph
from alliancegraph.ontology.errors import OutputError

TESTS = Path(__file__).parent
RDFLIB = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "trig": "trig", "nq": "nquads", "jsonld": "json-ld"}
OWN_WARNING = pytest.mark.filterwarnings("ignore:.* is deprecated:DeprecationWarning")
"""rdflib's readers use what rdflib deprecates."""
TRIPLES = ("ttl", "nt", "rdf")
NASTY = "a\x00b\x0b\r\nc\td\r \u2028\u0085\ufffe <x>&amp; ]]> \"'\\u0041 \\ é 中 😀"
NODE = NamedNode("http://example.org/node")
PROPERTY = NamedNode("http://example.org/ns#property")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    """Both sample documents in memory."""
    with Store.open() as memory:
        memory.replace(sample_extraction())
        memory.replace(second_extraction())
        yield memory


# ---------------------------------------------------------------- RDF


def test_suffixes() -> None:
    """All formats by suffix."""
    assert SUFFIXES == ("csv", "gexf", "graphml", "jsonld", "nq", "nt", "rdf", "trig", "ttl")


@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_read_back_by_pyoxigraph(store: Store, tmp_path: Path, suffix: str) -> None:
    """pyoxigraph reads every RDF file as what was exported."""
    export(store, tmp_path / f"graph.{suffix}")
    back = set(pyoxigraph.parse(path=str(tmp_path / f"graph.{suffix}"), format=FORMATS[suffix]))
    quads = set(exported_quads(store))
    if suffix in TRIPLES:
        assert {quad.triple for quad in back} == {quad.triple for quad in quads}
    else:
        assert back == quads


@OWN_WARNING
@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_read_back_by_rdflib(store: Store, suffix: str) -> None:
    """rdflib reads every RDF file as a graph isomorphic to what was exported, for each named graph."""
    data, quads = content(store, suffix), exported_quads(store)
    if suffix in TRIPLES:
        assert isomorphic(Graph().parse(data=data, format=RDFLIB[suffix]), rdflib_graph(quads))
        return
    dataset = Dataset()
    dataset.parse(data=data, format=RDFLIB[suffix])
    for name in {quad.graph_name.value for quad in quads}:
        one = rdflib_graph(quad for quad in quads if quad.graph_name.value == name)
        found = next(graph for graph in dataset.graphs() if str(graph.identifier) == name)
        assert isomorphic(found, one)


def test_what_is_exported(store: Store) -> None:
    """The documents, and of the vocabulary the concepts: no catalogue, no known actors, no phrases."""
    names = {quad.graph_name.value for quad in exported_quads(store)}
    assert names == {
        document_iri(TEXT),
        second_extraction().document.iri,
        "https://w3id.org/alliancegraph/vocabulary",
    }
    concepts = {quad.subject.value.split("/")[4] for quad in store.concepts()}
    assert concepts == {"event-type", "issue", "stance", "voice"}
    assert not [q for q in store.concepts() if q.predicate.value.endswith("altLabel")]


def test_turtle_is_pretty(store: Store) -> None:
    """Prefixes first, then subjects in order with an empty line between, types before all else."""
    text = content(store, "ttl").decode()
    header, _, body = text.partition("\n\n")
    assert all(line.startswith("@prefix ") for line in header.splitlines())
    assert body.split("\n\n")[0] == (
        "actor:china a schema:Country , ag:State ;\n"
        "\towl:sameAs wd:Q148 ;\n"
        '\tskos:altLabel "Beijing"@en ;\n'
        '\tskos:prefLabel "China"@en .'
    )
    assert "https://w3id.org/alliancegraph/actor/" not in body


@OWN_WARNING
@pytest.mark.parametrize("suffix", sorted(FORMATS))
def test_any_literal_is_kept(suffix: str) -> None:
    """Control characters, line ends and rare scripts come back; RDF/XML replaces what XML cannot hold."""
    graph = NamedNode("http://example.org/graph")
    data = serialize([Quad(NODE, PROPERTY, Literal(NASTY), graph)], suffix)
    expected = NASTY
    if suffix == "rdf":
        expected = NASTY.replace("\x00", "\ufffd").replace("\x0b", "\ufffd").replace("\ufffe", "\ufffd")
    assert [q.object for q in pyoxigraph.parse(input=data, format=FORMATS[suffix])] == [Literal(expected)]
    parsed = Dataset()
    parsed.parse(data=data, format=RDFLIB[suffix])
    assert {str(o) for _, _, o, _ in parsed.quads()} == {expected}


def test_nothing_to_write() -> None:
    """An empty store gives files that can be read."""
    with Store.open() as memory:
        for suffix, format_ in FORMATS.items():
            assert list(pyoxigraph.parse(input=content(memory, suffix), format=format_)) == []
        for suffix in ("csv", "gexf", "graphml"):
            assert content(memory, suffix)


# ---------------------------------------------------------------- networks and tables


@pytest.mark.parametrize("kind", KINDS)
def test_graphml_is_read_back(store: Store, kind: str) -> None:
    """NetworkX reads GraphML with all attributes, and the same kind of graph."""
    graph = network(store, kind)
    back = nx.read_graphml(io.BytesIO(graphml(graph)), force_multigraph=graph.is_multigraph())
    assert back.is_directed() == graph.is_directed()
    assert dict(back.nodes(data=True)) == dict(plain(graph).nodes(data=True))
    assert list(back.edges(data=True)) == list(plain(graph).edges(data=True))


@pytest.mark.parametrize("kind", KINDS)
def test_gexf_is_read_back(store: Store, kind: str) -> None:
    """NetworkX reads GEXF with all attributes; each edge has got a number."""
    graph = network(store, kind)
    back = nx.read_gexf(io.BytesIO(gexf(graph)))
    assert type(back) is type(graph)
    assert dict(back.nodes(data=True)) == dict(plain(graph).nodes(data=True))

    def comparable(edges: Any) -> list[tuple[str, str, dict[str, Any]]]:
        return [(a, b, {k: v for k, v in found.items() if k != "id"}) for a, b, found in edges]

    assert comparable(back.edges(data=True)) == comparable(plain(graph).edges(data=True))


def test_quotes_in_network_files(store: Store) -> None:
    """The evidence of an edge becomes its quotes and the titles of their documents."""
    graph = plain(network(store, "statements"))
    america = "https://w3id.org/alliancegraph/actor/united-states"
    edge = graph.edges[america, "https://w3id.org/alliancegraph/issue/burden-sharing", "opposes"]
    assert edge["quotes"] == "reject higher burden sharing | was reluctant to share the costs of the alliance"
    assert edge["sources"] == "Reversal | Allies at Lake Toya: a “quiet” week"


@pytest.mark.parametrize("write", [graphml, gexf])
def test_any_text_in_network_files(write: Any) -> None:
    """Text that XML cannot hold is replaced, and line ends become spaces."""
    graph = nx.MultiDiGraph()
    graph.add_node("a", label=NASTY, type="State", iri="a", aliases=[NASTY, "b"])
    data = write(graph)
    read = nx.read_graphml if write is graphml else nx.read_gexf
    folded = "a\ufffdb\ufffd c d \ufffd <x>&amp; ]]> \"'\\u0041 \\ é 中 😀"
    found = read(io.BytesIO(data)).nodes["a"]
    assert (found["label"], found["aliases"]) == (folded, f"{folded} | b")


def test_csv(store: Store) -> None:
    """One row for each statement, with names, the quote and where it stands."""
    rows = list(csv.DictReader(io.StringIO(content(store, "csv").decode(), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 23
    concern = next(row for row in rows if row["predicate"] == "concern")
    assert {name: concern[name] for name in COLUMNS[:13]} == {
        "kind": "position",
        "subject": "United States",
        "predicate": "concern",
        "object": "Climate change",
        "voice": "reported",
        "addressee": "China",
        "role": "",
        "date": "2008-07-11",
        "confidence": "0.72",
        "quote": "Washington warned Beijing that its coal plants were a danger to the climate",
        "document": "Allies at Lake Toya: a “quiet” week",
        "source": "lake-toya.txt",
        "passages": "266-341",
    }
    commits = next(row for row in rows if row["predicate"] == "commits")
    assert commits["quote"] == "We will halve our emissions by 2050 […] halve our emissions by 2050"
    assert commits["passages"] == "171-206 179-206"
    assert [row["subject"] for row in rows if row["kind"] == "event"] == [
        "Lake Toya summit",
        "September 11 attacks",
    ]


def test_csv_minimal_confidence(store: Store) -> None:
    """Less certain statements are left out."""
    rows = list(csv.DictReader(io.StringIO(content(store, "csv", min_confidence=0.8).decode(), newline="")))
    assert min(float(row["confidence"]) for row in rows) == 0.8
    assert len(rows) == 13


def test_one_source_twice(store: Store) -> None:
    """A document under two names is still one document with one row for each statement."""
    with Store.open() as memory:
        memory.replace(second_extraction())
        once = content(memory, "csv").count(b"\r\n")
        copied = replace(
            second_extraction(), document=replace(second_extraction().document, source="copy.md")
        )
        memory.replace(copied)
        assert content(memory, "csv").count(b"\r\n") == once


# ---------------------------------------------------------------- the same bytes, whole or not at all


def test_same_bytes_in_other_processes(tmp_path: Path) -> None:
    """No export shows the hash seed of Python, the order of building, or the day."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\nfrom pathlib import Path\n"
        "from factories import sample_extraction, second_extraction\n"
        "from alliancegraph.graph.export import SUFFIXES, export\n"
        "from alliancegraph.graph.store import Store\n"
        "made = [sample_extraction(), second_extraction()][:: int(sys.argv[3])]\n"
        "with Store.open() as store:\n"
        "    for extraction in made: store.replace(extraction)\n"
        "    for suffix in SUFFIXES: export(store, Path(sys.argv[2]) / f'graph.{suffix}')\n"
    )
    folders = [tmp_path / "one", tmp_path / "two"]
    for seed, (folder, step) in enumerate(zip(folders, ("1", "-1"), strict=True)):
        folder.mkdir()
        command = [sys.executable, "-c", code, str(TESTS), str(folder), step]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": str(seed)}, check=True)
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert sorted(one) == [f"graph.{suffix}" for suffix in SUFFIXES]
    assert [name for name in one if one[name] != two[name]] == []


def test_unknown_suffix(store: Store, tmp_path: Path) -> None:
    """A suffix of no format is told with those that there are."""
    with pytest.raises(
        OutputError, match=r"no format has the suffix '.docx'; choose one of csv, gexf, graphml"
    ):
        export(store, tmp_path / "graph.docx")
    with pytest.raises(OutputError, match="no format has the suffix ''"):
        export(store, tmp_path / "graph")


def test_missing_folder(store: Store, tmp_path: Path) -> None:
    """A folder that is not there is told."""
    with pytest.raises(OutputError) as caught:
        export(store, tmp_path / "none" / "graph.ttl")
    assert str(caught.value) == (
        f"cannot write {tmp_path}/none/graph.ttl: No such file or directory; choose another place"
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_read_only_folder(store: Store, tmp_path: Path) -> None:
    """A folder that cannot be written is told, and nothing is left in it."""
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(OutputError, match="Permission denied"):
            export(store, tmp_path / "graph.ttl")
        assert list(tmp_path.iterdir()) == []
    finally:
        tmp_path.chmod(0o700)


def test_full_disk(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a full disk the old file stays, and nothing else is left."""
    target = tmp_path / "graph.ttl"
    target.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError) as caught:
        export(store, target)
    assert str(caught.value) == f"cannot write {target}: No space left on device; choose another place"
    assert caught.value.path == str(target)
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == {
        "graph.ttl": "old"
    }


def test_file_too_large(tmp_path: Path) -> None:
    """A write that breaks off in the midst leaves nothing."""
    code = (
        "import resource, sys\nfrom pathlib import Path\n"
        "from alliancegraph.graph.writing import write_whole\n"
        "from alliancegraph.ontology.errors import OutputError\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try: write_whole(Path(sys.argv[1]), b'x' * 100_000)\n"
        "except OutputError as error: print(error)\n"
    )
    target = str(tmp_path / "graph.ttl")
    ended = subprocess.run([sys.executable, "-c", code, target], capture_output=True, text=True, check=True)
    assert ended.stdout == f"cannot write {target}: File too large; choose another place\n"
    assert list(tmp_path.iterdir()) == []


def test_export_replaces_a_file(store: Store, tmp_path: Path) -> None:
    """An older file is replaced, and may be read by others as before."""
    target = tmp_path / "graph.nt"
    target.write_text("old", encoding="utf-8")
    export(store, target)
    assert target.read_bytes() == content(store, "nt")
    assert target.stat().st_mode & 0o777 == 0o644
    assert FORMATS["nt"] == RdfFormat.N_TRIPLES
