"""What the query page asks the server for: terms, names and named queries with their values; and the front page."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest
from factories import BASE, second_extraction
from serving import Server, serving
from sited import sample_store

from alliancegraph.graph.store import Store
from alliancegraph.queries import named_queries

HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with the sample documents."""
    return sample_store(tmp_path_factory.mktemp("asked") / "store")


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[Server]:
    """A server for reading."""
    with serving(store, "--workers", "2") as running:
        yield running


def test_the_front_page(server: Server) -> None:
    """Who accepts a page gets the explorer under its own policy; others get the addresses as text."""
    page = server.client.get("/", headers=HTML)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert 'id="nodes">' in page.text
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert policy.endswith("frame-ancestors 'none'")
    assert page.headers["vary"] == "Accept"
    kept = server.client.get("/", headers={**HTML, "if-none-match": page.headers["etag"]})
    assert (kept.status_code, kept.content) == (304, b"")
    for headers in ({}, {"accept": "text/plain"}, {"accept": "image/png"}):
        assert server.client.get("/", headers=headers).text.startswith("AllianceGraph 0.1.0\n")


def test_the_front_page_follows_the_store(tmp_path: Path) -> None:
    """What another process builds, or an update changes, is in the next page."""
    path = sample_store(tmp_path / "store")
    with serving(path, "--writable", "--workers", "1") as running:
        before = running.client.get("/", headers=HTML)
        assert running.client.get("/", headers=HTML).headers["etag"] == before.headers["etag"]
        graph = second_extraction().document.iri
        assert running.client.delete("/graph-store", params={"graph": graph}).status_code == 204
        after = running.client.get("/", headers=HTML)
        assert "Reversal" in before.text
        assert "Reversal" not in after.text
    with serving(path, "--workers", "1") as running:
        assert "Reversal" not in running.client.get("/", headers=HTML).text
        with Store.open(path) as opened:
            opened.replace(second_extraction())
        assert "Reversal" in running.client.get("/", headers=HTML).text


def test_the_query_page_lists_every_named_query(server: Server) -> None:
    """With titles, texts, columns and parameters, of which those that name a resource say of which kind."""
    page = server.client.get("/query", headers=HTML)
    found = re.search(r'<script type="application/json" id="queries">(.*?)</script>', page.text, re.DOTALL)
    assert found is not None
    listed = {query["name"]: query for query in json.loads(found[1])}
    assert list(listed) == [query.name for query in named_queries()]
    query = listed["positions-of-actor"]
    assert query["title"] == "Positions of an actor"
    assert query["columns"][:3] == ["date", "issue", "stance"]
    assert query["parameters"] == [
        {"name": "actor", "type": "ag:Actor IRI", "kind": "actor", "default": None},
        {"name": "min_confidence", "type": "confidence", "kind": "", "default": "0"},
    ]
    assert page.headers["content-security-policy"].startswith("default-src 'none'; script-src 'self';")


def test_terms(server: Server) -> None:
    """Prefixes, and the classes and properties of the ontology and of the store, with their definitions."""
    response = server.client.get("/query/terms")
    assert response.headers["content-type"] == "application/json"
    content = response.json()
    assert content["prefixes"]["ag"] == f"{BASE}ontology#"
    assert content["prefixes"]["rdfs"] == "http://www.w3.org/2000/01/rdf-schema#"
    terms = {term["name"]: term for term in content["terms"]}
    assert (terms["ag:holder"]["kind"], terms["ag:holder"]["label"]) == ("property", "holder")
    assert (terms["ag:State"]["kind"], terms["ag:State"]["label"]) == ("class", "State")
    assert terms["ag:State"]["definition"].startswith("A sovereign or quasi-sovereign state")
    assert terms["sem:Event"]["kind"] == "class"
    assert terms["oa:exact"]["kind"] == "property"
    again = server.client.get("/query/terms", headers={"if-none-match": response.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("kind", "text", "first"),
    [
        ("actor", "tok", ("Tokyo", "Japan", "actor/japan")),
        ("actor", "JAPAN", ("Japan", "Japan", "actor/japan")),
        ("issue", "climate", ("Climate change", "Climate change", "issue/climate-change")),
        ("event-type", "meet", ("Meeting or visit", "Meeting or visit", "event-type/meeting")),
        ("document", "rever", ("Reversal", "Reversal", second_extraction().document.iri.removeprefix(BASE))),
        (
            "",
            "lake toya s",
            ("Lake Toya summit", "Lake Toya summit", "document/f3f242c7925e5552#event-0123456789ab"),
        ),
    ],
)
def test_names(server: Server, kind: str, text: str, first: tuple[str, str, str]) -> None:
    """What begins with the text comes first, by any name, and what the documents speak of before what they do not."""
    found = server.client.get("/names", params={"kind": kind, "text": text}).json()
    name, label, iri = first
    assert (found[0]["name"], found[0]["label"], found[0]["iri"]) == (name, label, BASE + iri)
    assert len({thing["iri"] for thing in found}) == len(found) <= 20


def test_a_named_query_with_its_values(server: Server) -> None:
    """The text can be asked as it stands, and its answer is that of the values."""
    given = {"name": "positions-of-actor", "actor": "Tokyo", "min_confidence": "0.8"}
    text = server.client.get("/query/text", params=given).text
    assert text.startswith("# title: Positions of an actor\n")
    assert f"(<{BASE}actor/japan> AS ?actor)" in text
    rows = server.query(text, accept="text/csv").text.splitlines()
    assert len(rows) == 2
    assert "Japan rejects the climate pact" in rows[1]


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/query/text", "add ?name=… to the address"),
        ("/query/text?name=nothing", "no query is called 'nothing'"),
        ("/query/text?name=positions-of-actor", "needs actor"),
        ("/query/text?name=positions-of-actor&actor=Japan&x=1", "has no parameter 'x'"),
        ("/query/text?name=positions-of-actor&actor=Japan&actor=China", "a parameter is given twice"),
        ("/query/text?name=positions-of-actor&actor=Japan&min_confidence=2", "must be a number from 0 to 1"),
        ("/query/text?name=positions-of-actor&actor=Jaapan", "did you mean"),
        ("/names?kind=thing&text=a", "there is no kind 'thing'"),
        (f"/names?text={'a' * 501}", "the text is longer than 500 characters"),
        ("/query?query=ASK%20{}", "there is no parameter 'query' here; there is none"),
        ("/query/terms?" + "&".join(f"a{n}=1" for n in range(101)), "too many parameters"),
        ("/names?text=%FF", "not UTF-8"),
    ],
)
def test_what_cannot_be_asked(server: Server, path: str, line: str) -> None:
    """Each is 400 with a line that says why."""
    response = server.client.get(path)
    assert response.status_code == 400
    assert line in response.text
    assert response.text.count("\n") == 1


def test_the_editor_is_the_bundle_that_its_readme_names() -> None:
    """The committed bundle has the checksum of the recipe, and the licence of each package in it is there."""
    assets = resources.files("alliancegraph.serve.site").joinpath("assets")
    readme = assets.joinpath("README.md").read_text(encoding="utf-8")
    digest = hashlib.sha256(assets.joinpath("sparql-editor.js").read_bytes()).hexdigest()
    assert digest in readme
    licences = assets.joinpath("sparql-editor-LICENSES.txt").read_text(encoding="utf-8")
    packages = re.findall(r"^\| `(@?[\w/-]+)` \| ([\d.]+) \|$", readme, re.MULTILINE)
    assert len(packages) == 14
    for name, version in packages:
        assert f"{name} {version}\n" in licences
