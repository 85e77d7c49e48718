"""The commands that read and write a store: what they print, what they keep, and what they leave alone."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import networkx
import pyoxigraph
import pytest

from alliancegraph import cli

FIRST = (
    "Japan and the United States met in Tokyo on March 14, 2008. Japan supports a treaty on climate change. "
    "The United States opposes the treaty on climate change. It is not clear what will come of this in the next year, "
    "but they have agreed to meet again, and that is more than was expected."
)
SECOND = "NATO leaders met in Bucharest in April 2008. Germany opposes the enlargement of NATO to Ukraine and Georgia."


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two articles and the store that was built from them."""
    work = tmp_path_factory.mktemp("work")
    articles = work / "articles"
    articles.mkdir()
    (articles / "first.txt").write_text(FIRST, encoding="utf-8")
    (articles / "second.md").write_text(SECOND, encoding="utf-8")
    assert cli.main(["build", str(articles), "--store", str(work / "store")]) == 0
    return work


def output(arguments: list[str], captured: pytest.CaptureFixture[str], code: int = 0) -> str:
    """What a command prints on stdout, given that it ends with that code."""
    captured.readouterr()
    assert cli.main(arguments) == code
    return captured.readouterr().out


def failure(arguments: list[str], captured: pytest.CaptureFixture[str]) -> str:
    """The one line on stderr of a command that ends with code 2 and prints nothing."""
    captured.readouterr()
    assert cli.main(arguments) == 2
    printed = captured.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1
    return printed.err.rstrip("\n")


def test_build_counts_what_it_stored(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The summary has a line for each document, the same for one process and two."""
    sources = str(folder / "articles")
    one = output(["build", sources, "--store", str(tmp_path / "one")], capsys)
    two = output(["build", sources, "--store", str(tmp_path / "two"), "--workers", "2"], capsys)
    lines = [line.split("\t") for line in one.splitlines()]
    assert lines[0] == ["document", "actors", "issues", "events", "relations", "positions"]
    assert [line[0] for line in lines[1:]] == ["first.txt", "second.md"]
    assert one == two


def test_unchanged_articles_are_skipped(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Building again reads, and extracts nothing."""
    capsys.readouterr()
    assert cli.main(["build", str(folder / "articles"), "--store", str(folder / "store")]) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == f"0 stored in {folder / 'store'}, 2 unchanged, 0 failed\n"


def test_other_settings_are_a_change(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A document that was stored with another minimal confidence is extracted again."""
    source, store = str(folder / "articles" / "first.txt"), str(tmp_path / "store")
    assert cli.main(["build", source, "--store", store, "--min-confidence", "1"]) == 0
    assert (
        output(["query", "coverage-by-document", "--store", store], capsys)
        .splitlines()[1]
        .endswith("\t0\t0\t0\t0")
    )
    assert output(["build", source, "--store", store], capsys) != ""


def test_some_fail_and_the_rest_is_stored(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each failure is one line, the others are stored, and the exit code is 1."""
    (tmp_path / "empty.txt").write_text("", encoding="utf-8")
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 40)
    sources = [
        str(tmp_path / "empty.txt"),
        str(folder / "articles" / "first.txt"),
        str(tmp_path / "binary.txt"),
    ]
    capsys.readouterr()
    assert cli.main(["build", *sources, "missing.txt", "--store", str(tmp_path / "store")]) == 1
    printed = capsys.readouterr()
    assert [line.partition("\t")[0] for line in printed.out.splitlines()] == ["document", "first.txt"]
    lines = printed.err.splitlines()
    assert [line.split(":")[:2] for line in lines[:3]] == [
        ["error", " empty.txt"],
        ["error", " binary.txt"],
        ["error", " missing.txt"],
    ]
    assert lines[3] == f"1 stored in {tmp_path / 'store'}, 0 unchanged, 3 failed"


def test_unusable_input_leaves_no_store(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A source that cannot be read makes no store."""
    message = failure(["build", "missing.txt", "--store", str(tmp_path / "store")], capsys)
    assert message == "error: missing.txt: no such file; check the path"
    assert list(tmp_path.iterdir()) == []


def test_broken_vocabulary(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Turtle that does not parse is named with its line, and nothing is stored."""
    (tmp_path / "mine.ttl").write_text("@prefix a: <http://example.org/> .\na:b a:c\n", encoding="utf-8")
    source, mine = str(folder / "articles" / "first.txt"), str(tmp_path / "mine.ttl")
    message = failure(["build", source, "--vocabulary", mine, "--store", str(tmp_path / "store")], capsys)
    assert message.startswith("error: mine.ttl is not valid Turtle (line ")
    assert not (tmp_path / "store").exists()


def test_own_vocabulary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An actor of the user's own vocabulary is found in the text and in the answers."""
    (tmp_path / "mine.ttl").write_text(
        "@prefix ag: <https://w3id.org/alliancegraph/ontology#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        '<https://w3id.org/alliancegraph/actor/ruritania> a ag:State ; skos:prefLabel "Ruritania"@en .\n',
        encoding="utf-8",
    )
    (tmp_path / "a.txt").write_text("Ruritania supports the treaty on climate change.", encoding="utf-8")
    store = ["--store", str(tmp_path / "store")]
    assert (
        cli.main(["build", str(tmp_path / "a.txt"), "--vocabulary", str(tmp_path / "mine.ttl"), *store]) == 0
    )
    rows = output(["query", "issues-of-actor", "-p", "actor=Ruritania", *store], capsys)
    assert rows == "issue\tstance\tpositions\nclimate-change\tsupports\t1\n"


def test_query_formats(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same rows as lines, CSV, JSON and in a file."""
    asked = ["query", "actors-by-issue", "--param", "issue=climate-change", "--store", str(folder / "store")]
    expected = [
        ["actor", "stance", "positions"],
        ["Japan", "supports", "1"],
        ["United States", "opposes", "1"],
    ]
    assert [line.split("\t") for line in output(asked, capsys).splitlines()] == expected
    assert list(csv.reader(io.StringIO(output([*asked, "-f", "csv"], capsys)))) == expected
    found = json.loads(output([*asked, "-f", "json"], capsys))
    assert [row["actor"]["value"] for row in found["results"]["bindings"]] == ["Japan", "United States"]
    assert output([*asked, "-o", str(tmp_path / "rows.csv")], capsys) == ""
    assert (tmp_path / "rows.csv").read_bytes() == output([*asked, "-f", "csv"], capsys).encode()


def test_query_of_ones_own(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """SPARQL as text, with a value bound, and Turtle from CONSTRUCT."""
    store = ["--store", str(folder / "store")]
    text = "SELECT ?name ?a WHERE { GRAPH ?g { ?a a <https://w3id.org/alliancegraph/ontology#State> ; ?label ?name } }"
    assert output(["query", text, "-p", "name=nothing", *store], capsys) == "name\ta\n"
    built = output(
        ["query", "CONSTRUCT { ?d a ?t } WHERE { GRAPH ?d { ?d a ?t } }", "-f", "ttl", *store], capsys
    )
    assert built.count("a schema:Article") == 2
    message = failure(["query", "SELECT ?s { ?s ?p }", *store], capsys)
    assert message.startswith("error: SPARQL that does not parse")


def test_wrong_values(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong value is told with a near one; no store is told with the command that makes one."""
    store = ["--store", str(folder / "store")]
    assert failure(["query", "actors-by-issue", "-p", "issue=climate-chnge", *store], capsys) == (
        "error: no issue 'climate-chnge' in this store; did you mean climate-change or Climate change?"
    )
    for command in (["query", "documents"], ["stats"], ["validate"], ["remove", "first.txt"]):
        message = failure([*command, "--store", str(folder / "nowhere")], capsys)
        assert message.startswith(
            f"error: {folder / 'nowhere'} holds no store; make one with: alliancegraph build"
        )
    assert not (folder / "nowhere").exists()


def test_validate_and_stats(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The graph conforms to the shapes, and its documents are counted."""
    store = ["--store", str(folder / "store")]
    assert output(["validate", *store], capsys) == ""
    assert output(["stats", *store], capsys).splitlines()[:2] == ["what\tcount", "documents\t2"]


def test_query_of_what_is_certain(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Named queries with and without the parameter, and SPARQL, leave out what is less certain."""
    store = ["--store", str(folder / "store")]
    certain = ["--min-confidence", "1", *store]
    of_issue = ["query", "actors-by-issue", "--param", "issue=climate-change"]
    assert len(output([*of_issue, *store], capsys).splitlines()) == 3
    assert output([*of_issue, *certain], capsys).splitlines() == ["actor\tstance\tpositions"]
    documents = output(["query", "documents", *store], capsys)
    assert output(["query", "documents", *certain], capsys) == documents
    held = "SELECT ?p WHERE { GRAPH ?g { ?p a <https://w3id.org/alliancegraph/ontology#Position> } }"
    assert len(output(["query", held, *store], capsys).splitlines()) == 4
    assert output(["query", held, *certain], capsys).splitlines() == ["p"]


def test_remove(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A removed document is gone with what it said; removing it again is an error."""
    store = ["--store", str(tmp_path / "store")]
    assert cli.main(["build", str(folder / "articles"), *store]) == 0
    assert cli.main(["remove", "first.txt", *store]) == 0
    assert [
        row.partition("\t")[0] for row in output(["query", "documents", *store], capsys).splitlines()
    ] == [
        "document",
        "second.md",
    ]
    assert failure(["remove", "first.txt", *store], capsys).startswith("error: no document 'first.txt' in ")


def test_extract_prints_one_document(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The interchange JSON has evidence that points at the text; Turtle parses."""
    source = str(folder / "articles" / "first.txt")
    found = json.loads(output(["extract", source], capsys))
    stances = {(p["stance"], p["issue"]) for p in found["positions"]}
    assert stances == {("supports", "climate-change"), ("opposes", "climate-change")}
    for position in found["positions"]:
        assert FIRST[slice(*position["evidence"][0])].endswith("climate change")
    turtle = output(["extract", source, "-f", "ttl"], capsys)
    assert any(True for _ in pyoxigraph.parse(input=turtle, format=pyoxigraph.RdfFormat.TURTLE))
    certain = json.loads(output(["extract", source, "--min-confidence", "1"], capsys))
    assert certain["positions"] == []


@pytest.mark.parametrize("suffix", ["ttl", "trig", "nt", "nq", "jsonld", "rdf", "graphml", "gexf", "csv"])
def test_export(folder: Path, tmp_path: Path, suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Each format is written, the same bytes each time."""
    files = [tmp_path / f"one.{suffix}", tmp_path / f"two.{suffix}"]
    for file in files:
        assert output(["export", str(file), "--store", str(folder / "store")], capsys) == ""
    assert files[0].stat().st_size > 200
    assert files[0].read_bytes() == files[1].read_bytes()


def test_export_that_cannot_be(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown suffix, or a folder that is not there, is one line, and nothing is written."""
    store = ["--store", str(folder / "store")]
    message = failure(["export", str(tmp_path / "graph.docx"), *store], capsys)
    assert "no format has the suffix '.docx'; choose one of csv, gexf" in message
    message = failure(["export", str(tmp_path / "no" / "graph.ttl"), *store], capsys)
    assert message.startswith(
        f"error: cannot write {tmp_path / 'no' / 'graph.ttl'}: No such file or directory"
    )
    message = failure(["network", "actors", "-o", str(tmp_path / "n.ttl"), *store], capsys)
    assert message.endswith(
        "n.ttl: no format has the suffix '.ttl'; choose one of .csv, .json, .graphml, .gexf, or name it with --format"
    )
    assert list(tmp_path.iterdir()) == []


def test_network(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The most central nodes as lines, and the network as a file that NetworkX reads."""
    store = ["--store", str(folder / "store")]
    lines = output(["network", "actors-issues", *store], capsys).splitlines()
    assert lines[:2] == ["node\ttype\tdegree\tweight", "Climate change\tIssue\t2\t2"]
    assert len(output(["network", "actors-issues", "--top", "1", *store], capsys).splitlines()) == 2
    file = tmp_path / "n.graphml"
    assert output(["network", "actors-issues", "-o", str(file), *store], capsys) == ""
    assert len(networkx.read_graphml(file)) == len(lines) - 1


def test_view(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A page of the whole graph, and one of what concerns an issue."""
    store = ["--store", str(folder / "store")]
    whole, part = tmp_path / "whole.html", tmp_path / "part.html"
    assert output(["view", "-o", str(whole), *store], capsys) == ""
    assert output(["view", "-o", str(part), "--issue", "climate-change", *store], capsys) == ""
    assert "Germany" in whole.read_text(encoding="utf-8")
    assert "Germany" not in part.read_text(encoding="utf-8")
    assert "Japan" in part.read_text(encoding="utf-8")
    assert failure(["view", "--actor", "Ruritania", *store], capsys).startswith("error: no actor 'Ruritania'")


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_read_only_folder(tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that may not be written is one line."""
    tmp_path.chmod(0o500)
    source = str(folder / "articles" / "first.txt")
    assert "Permission denied" in failure(["build", source, "--store", str(tmp_path / "store")], capsys)
