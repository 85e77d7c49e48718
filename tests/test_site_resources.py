"""A page for every resource at the path of its IRI, as HTML and as RDF, and every way in which there is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph
import pytest
from factories import BASE, TEXT, document_iri, second_extraction
from pyoxigraph import NamedNode, RdfFormat
from serving import Server, serving
from sited import (
    CROWDED,
    HOSTILE,
    HOSTILE_TEXT,
    LARGE,
    LONG_NAME,
    MARKUP,
    QUOTES,
    TITLE,
    crowded_extraction,
    large_extraction,
    sample_store,
)

FIRST, SECOND = document_iri(TEXT), second_extraction().document.iri
HTML = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for reading, over the sample documents, the hostile one and the large one."""
    store = sample_store(tmp_path_factory.mktemp("sited") / "store", large_extraction(), crowded_extraction())
    with serving(store, "--workers", "2") as running:
        yield running


def local(iri: str) -> str:
    """The path of a document or of something in it."""
    return "/" + iri.removeprefix(BASE).replace("#", "/")


def page(server: Server, path: str) -> str:
    """A page as a browser gets it, without its mark-up's line ends and blanks in rows."""
    response = server.client.get(path, headers=HTML)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    return " ".join(response.text.split())


def words(html: str) -> str:
    """The text of a page."""
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def triples(response: httpx.Response) -> set[pyoxigraph.Triple]:
    """The triples of an answer."""
    assert response.status_code == 200, response.text
    format_ = RdfFormat.from_media_type(response.headers["content-type"])
    return {quad.triple for quad in pyoxigraph.parse(response.content, format=format_)}


def test_an_actor(server: Server) -> None:
    """Who it is, the names that documents use, what identifies it, its sides, positions, relations and events."""
    html = page(server, "/actor/united-states")
    text = words(html)
    assert '<h1 dir="auto">United States</h1>' in html
    assert "Also: America , U.S. , Washington" in text
    assert 'href="http://www.wikidata.org/entity/Q30">Wikidata ↗</a>' in html
    assert 'href="/#node=https%3A%2F%2Fw3id.org%2Falliancegraph%2Factor%2Funited-states"' in html
    assert (
        'href="/query#name=positions-of-actor&amp;actor=https%3A%2F%2Fw3id.org%2Falliancegraph%2Factor%2Funited-states"'
        in html
    )
    assert "Positions 3 United States opposes Burden sharing" in text
    assert "United States is concerned about Climate change towards China" in text
    assert "Washington warned Beijing that its coal plants were a danger to the climate" in text
    assert "2008-07-11 · reported · confidence 0.72" in text
    assert "Events 2 United States takes part in Lake Toya summit" in text
    assert "Relations 1 Japan is allied with United States" in text


def test_an_issue(server: Server) -> None:
    """Its definition, the broader one, and who takes which side."""
    text = words(page(server, "/issue/burden-sharing"))
    assert "Issue Burden sharing" in text
    assert "Broader Defence and security" in text
    assert "Actors, by side Actor In favour Concerned Opposed Neutral United States 2 Japan 1" in text
    assert "Documents that discuss it 2" in text


def test_an_event(server: Server) -> None:
    """Of a document: when and where, the words that tell of it, and who took part."""
    text = words(page(server, local(f"{FIRST}#event-0123456789ab")))
    assert "Event Lake Toya summit" in text
    assert "Date 2008-07-07" in text
    assert "Place Japan" in text
    assert "Kind of event Meeting or visit" in text
    assert "hosted the Lake Toya summit on July 7, 2008" in text
    assert "Who took part 2" in text


def test_a_document(server: Server) -> None:
    """What it is, its whole text with marked passages that lead to their statements, and these."""
    html = page(server, local(FIRST))
    text = words(html)
    assert "Author Hana Moriyama" in text
    assert "Publisher Example Review Date 2008-07-11 Source lake-toya.txt Language en" in text
    assert "Discusses Vision of the alliance" in text or "Discusses" in text
    marks = re.findall(r'<a class="mark ([a-z]+)" href="#([\w-]+)" title="([^"]*)">([^<]*)</a>', html)
    assert ("opposition", "position-944bfcc3a507") in {mark[:2] for mark in marks}
    for _, anchor, _, _ in marks:
        assert f'id="{anchor}"' in html
    raw = server.client.get(local(FIRST), headers=HTML).text
    shown = re.search(r'<div class="text" dir="auto">(.*?)</div>', raw, re.DOTALL)
    assert shown is not None
    assert re.sub(r"<[^>]*>", "", shown[1]).replace("&#34;", '"').replace("&#39;", "'") == TEXT


def test_a_statement(server: Server) -> None:
    """The sentence that it makes, what is known of it, and its passage with the text around."""
    html = page(server, local(f"{FIRST}#position-8b94cb8d5903"))
    text = words(html)
    assert "<title>United States is concerned about Climate change · AllianceGraph</title>" in html
    assert "Stance Concern" in text
    assert "Voice Reported Date 2008-07-11 Confidence 0.72" in text
    assert "Read by alliancegraph 0.1.0 , en_core_web_md 3.7.1" in text
    assert (
        "<mark>Washington warned Beijing that its coal plants were a danger to the climate</mark>. The U.S."
        in html
    )
    assert f'href="{local(FIRST)}#position-8b94cb8d5903">The whole text' in html


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/stance/opposes", "Stance Opposes"),
        ("/ontology/Position", "Position"),
        ("/ontology/alliedWith", "Relations 1"),
        ("/ontology", "Terms"),
        ("/event-type/meeting", "Meeting or visit"),
        ("/run/68ee9c3a53a8d058", "en_core_web_md 3.7.1"),
        (local(f"{FIRST}#evidence-68-101"), "oa:hasTarget"),
    ],
)
def test_terms_and_what_stands_behind(server: Server, path: str, expected: str) -> None:
    """Stances, kinds, classes, properties, runs and passages have a page too."""
    assert expected in words(page(server, path))


@pytest.mark.parametrize(
    ("accept", "suffix", "media"),
    [
        ("text/turtle", "ttl", "text/turtle; charset=utf-8"),
        ("application/ld+json", "jsonld", "application/ld+json"),
        ("application/n-triples", "nt", "application/n-triples"),
        ("application/rdf+xml", "rdf", "application/rdf+xml"),
    ],
)
def test_resources_as_rdf(server: Server, accept: str, suffix: str, media: str) -> None:
    """By Accept, by a suffix and by a parameter the same triples come: what is said of a thing and with it."""
    path = "/actor/united-states"
    answers = [
        server.client.get(path, headers={"accept": accept}),
        server.client.get(f"{path}.{suffix}", headers=HTML),
        server.client.get(path, params={"format": suffix}, headers=HTML),
    ]
    assert {answer.headers["content-type"] for answer in answers} == {media}
    assert len({answer.content for answer in answers}) == 1
    assert all("Accept" in answer.headers["vary"] for answer in answers)
    found = triples(answers[0])
    actor = NamedNode(f"{BASE}actor/united-states")
    holder, allied = NamedNode(f"{BASE}ontology#holder"), NamedNode(f"{BASE}ontology#alliedWith")
    position = NamedNode(f"{FIRST}#position-8b94cb8d5903")
    assert pyoxigraph.Triple(position, holder, actor) in found
    assert pyoxigraph.Triple(NamedNode(f"{BASE}actor/japan"), allied, actor) in found


def test_a_statement_as_rdf_has_its_passages(server: Server) -> None:
    """The selectors come along, and for a document its whole graph."""
    exact = NamedNode("http://www.w3.org/ns/oa#exact")
    found = triples(server.client.get(f"{local(FIRST)}/position-8b94cb8d5903.ttl"))
    assert {t.object.value for t in found if t.predicate == exact} == {  # type: ignore[union-attr]
        "Washington warned Beijing that its coal plants were a danger to the climate"
    }
    whole = triples(
        server.client.get("/graph-store", params={"graph": FIRST}, headers={"accept": "text/turtle"})
    )
    assert triples(server.client.get(f"{local(FIRST)}.nt")) == whole


def test_headers(server: Server) -> None:
    """A page is guarded, differs by Accept, and names its other forms; HEAD says the same without a body."""
    got = server.client.get("/actor/japan", headers=HTML)
    head = server.client.head("/actor/japan", headers=HTML)
    assert got.headers["content-security-policy"] == POLICY
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["referrer-policy"] == "no-referrer"
    assert got.headers["vary"] == "Accept"
    assert '</actor/japan?format=ttl>; rel="alternate"; type="text/turtle"' in got.headers["link"]
    assert head.content == b""
    same = ("content-type", "content-length", "link", "vary", "content-security-policy")
    assert [head.headers[name] for name in same] == [got.headers[name] for name in same]


@pytest.mark.parametrize(
    ("path", "status", "line"),
    [
        ("/actor/nobody", 404, "the store says nothing of https://w3id.org/alliancegraph/actor/nobody"),
        ("/actor/nobody.ttl", 404, "the store says nothing of https://w3id.org/alliancegraph/actor/nobody"),
        ("/actor/", 404, "there is no such address here"),
        ("/nothing", 404, "Not Found"),
        ("/static/..%2Froutes.py", 404, "Not Found"),
        ("/static/routes.py", 404, "there is no such file"),
        ("/actor/..%2f..%2fetc%2fpasswd", 404, "the store says nothing of"),
        ("/actor/japan?format=exe", 400, "there is no format 'exe'; there is html, ttl, jsonld, nt, rdf"),
        ("/actor/japan?page=0", 400, "page is a number from 1, not '0'"),
        ("/actor/japan?part=positions&page=999", 404, "there are "),
        ("/actor/japan?part=x", 404, "there is no part 'x' of this page, or nothing in it"),
        ("/actor/japan?x=1", 400, "there is no parameter 'x' here; there is format, part, page"),
        ("/actor/japan?page=1&page=2", 400, "a parameter is given twice"),
        ("/actor/a%20b", 400, "is not an absolute IRI"),
        ("/resource", 400, "add ?iri=… to the address"),
        ("/resource?iri=japan", 400, "'japan' is not an absolute IRI"),
        ("/explorer/text", 400, "add ?document=… to the address"),
        (
            "/explorer/text?document=http://example.org/x",
            404,
            "the store has no text of http://example.org/x",
        ),
        (f"{local(FIRST)}?page=2", 404, "the text has 1 parts, not 2"),
    ],
)
def test_what_is_not_there(server: Server, path: str, status: int, line: str) -> None:
    """A client gets a line of text, a browser a page with that line."""
    plain = server.client.get(path)
    assert plain.status_code == status
    assert line in plain.text
    shown = server.client.get(path, headers={"accept": "text/html"})
    assert shown.status_code == status
    if "text/html" in shown.headers["content-type"]:
        assert shown.headers["content-security-policy"] == POLICY


def test_only_reading(server: Server) -> None:
    """Pages take GET and HEAD alone, and what cannot be sent is 406."""
    for path in ("/", "/query", "/actor/japan", "/names", "/static/site.css"):
        refused = server.client.post(path)
        assert (refused.status_code, refused.headers["allow"]) == (405, "GET, HEAD")
    assert server.client.get("/actor/japan", headers={"accept": "image/png"}).status_code == 406


def test_others_resources(server: Server) -> None:
    """A resource with an IRI of another place is shown by it."""
    text = words(page(server, "/resource?iri=http://www.wikidata.org/entity/Q30"))
    assert "IRI http://www.wikidata.org/entity/Q30" in text
    assert page(server, f"/resource?iri={BASE}actor/japan") == page(server, "/actor/japan")


def test_hostile_names_are_text(server: Server) -> None:
    """Titles, names and texts with markup, quotes and right-to-left script come as text; a very long one too."""
    for path in (
        local(HOSTILE),
        "/actor/hostile-1",
        "/actor/hostile-2",
        "/actor/hostile-3",
        "/issue/climate-change",
    ):
        html = page(server, path)
        assert "<script>alert" not in html
        assert "<img" not in html.replace('<img src="/static/mark.svg"', "")
    assert "&lt;script&gt;alert(&#39;actor&#39;)&lt;/script&gt;" in page(server, "/actor/hostile-1")
    assert LONG_NAME in page(server, "/actor/hostile-4")
    found = triples(server.client.get(f"{local(HOSTILE)}.ttl"))
    texts = {t.object.value for t in found if isinstance(t.object, pyoxigraph.Literal)}
    assert {MARKUP, QUOTES, TITLE, HOSTILE_TEXT} <= texts


def test_a_document_of_ten_thousand_statements(server: Server) -> None:
    """Its text comes in parts, each with the statements that begin in it, and says so."""
    html = page(server, local(LARGE))
    text = words(html)
    assert "Text part 1 of 34 · 320,000 characters" in text
    assert "Statements 300 in this part of 10,001" in text
    assert html.count('<li class="entry') == 300
    assert f'rel="next" href="{local(LARGE)}?page=2"' in html
    last = words(page(server, f"{local(LARGE)}?page=34"))
    assert "part 34 of 34" in last
    assert "101 in this part of 10,001" in last


def test_a_statement_of_ten_thousand_passages(server: Server) -> None:
    """A page of the document lists it once, and its own page has the first 20."""
    html = page(server, local(CROWDED))
    assert "and 9,997 more passages" in html
    anchor = re.search(r'id="(position-\w+)"', html)
    assert anchor is not None
    shown = page(server, f"{local(CROWDED)}/{anchor[1]}")
    assert 'Passages <span class="number">the first 20 of 10,000</span>' in shown
    assert shown.count("<blockquote") == 20


def test_an_issue_of_ten_thousand_positions(server: Server) -> None:
    """The newest 20 are shown, and all of them a hundred at a time."""
    html = page(server, "/issue/climate-change")
    assert 'Positions <span class="number">10,009</span>' in html
    assert "All 10,009 positions →" in html
    part = page(server, "/issue/climate-change?part=positions&page=2")
    assert "Page 2 of 101" in words(part)
    assert part.count('<li class="entry') == 100
    assert 'rel="prev" href="/issue/climate-change?part=positions&amp;page=1"' in part


def test_the_text_of_a_document(server: Server) -> None:
    """The explorer gets the text alone, to the character."""
    response = server.client.get("/explorer/text", params={"document": FIRST})
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text == TEXT
    assert server.client.get("/explorer/text", params={"document": HOSTILE}).text == HOSTILE_TEXT


def test_assets_are_kept(server: Server) -> None:
    """Scripts and sheets have their types and a tag, by which they are not sent again."""
    for name, media in (
        ("site.css", "text/css"),
        ("query-main.js", "text/javascript"),
        ("mark.svg", "image/svg+xml"),
    ):
        first = server.client.get(f"/static/{name}")
        assert first.status_code == 200
        assert first.headers["content-type"].startswith(media)
        again = server.client.get(f"/static/{name}", headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_limits_hold_for_pages_too(tmp_path: Path) -> None:
    """What is over the limit of rows is 507, as a page for people, and the server goes on."""
    store = sample_store(tmp_path / "store")
    with serving(store, "--row-limit", "100", "--workers", "1") as running:
        refused = running.client.get(f"{local(FIRST)}.ttl", headers=HTML)
        assert refused.status_code == 507
        assert "Too much for now" in refused.text
        assert "the answer has more than 100 rows" in refused.text
        assert running.client.get("/stance/opposes", headers=HTML).status_code == 200
