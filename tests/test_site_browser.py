"""The query page and the pages of resources in a real browser: what a person does with them, and what axe finds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from browsing import PATIENCE, NewPage, Watched, serious
from factories import BASE, TEXT, document_iri
from playwright.sync_api import Page, expect
from serving import Server, serving
from sited import HOSTILE, LARGE, MARKUP, QUOTES, large_extraction, sample_store

expect.set_options(timeout=PATIENCE)
FIRST = document_iri(TEXT)
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(STRLEN(CONCAT(STR(?a), STR(?d))) > 1000) }"
PREFIX = "PREFIX ag: <https://w3id.org/alliancegraph/ontology#>\n"
ALLIES = f"{PREFIX}CONSTRUCT {{ ?a ?p ?b }} WHERE {{ ?a ?p ?b FILTER(?p IN (ag:alliedWith, ag:memberOf, ag:partOf)) GRAPH ?d {{ ?d ag:digest ?e . ?a ?p ?b }} }}"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for reading, with a low limit of rows, over the sample documents and the large one."""
    store = sample_store(tmp_path_factory.mktemp("browsed") / "store", large_extraction())
    with serving(store, "--workers", "2", "--row-limit", "120000", "--timeout", "10") as running:
        yield running


def local(iri: str) -> str:
    """The path of a document or of something in it, without the slash before it."""
    return iri.removeprefix(BASE).replace("#", "/")


def ask(page: Page, server: Server, text: str) -> None:
    """Open the query page with a text in its address."""
    page.goto(f"{server.address}query#query={quote(text, safe='')}")


def table(page: Page) -> list[list[str]]:
    """The rows of the table that is shown."""
    expect(page.locator("table.answer")).to_be_visible()
    return [row.locator("td").all_inner_texts() for row in page.locator("table.answer tbody tr").all()]


def typed(page: Page, text: str) -> None:
    """Replace the text of the editor, key by key."""
    page.locator("#editor .cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def editor(page: Page) -> str:
    """The text in the editor."""
    return "\n".join(page.locator("#editor .cm-line").all_inner_texts())


def test_a_named_query_by_its_form(page: Page, server: Server) -> None:
    """Found by a word, filled in with a completed name, answered as a table; the address opens the same again."""
    page.goto(f"{server.address}query")
    page.get_by_label("Find a question").fill("position actor")
    page.get_by_role("button", name="Positions of an actor").click()
    field = page.get_by_label("actor", exact=True)
    expect(field).to_be_focused()
    field.press_sequentially("tok")
    expect(page.locator("#field-actor-names option").first).to_have_attribute("value", "Tokyo")
    field.fill("Tokyo")
    page.get_by_label("min confidence").fill("0.8")
    field.press("Enter")
    assert [row[:4] for row in table(page)] == [["2009-06", "climate-change", "opposes", "reported"]]
    assert page.locator("table.answer th").all_inner_texts() == [
        "date", "issue", "stance", "voice", "addressee", "confidence", "quote", "document",
    ]  # fmt: skip
    expect(page.locator("#results-count")).to_have_text("1 row")
    assert page.url.endswith("/query#name=positions-of-actor&actor=Tokyo&min_confidence=0.8")
    page.reload()
    assert len(table(page)) == 1
    expect(page.get_by_role("button", name="Positions of an actor")).to_have_attribute("aria-pressed", "true")


def test_a_form_that_is_not_right(page: Page, server: Server, watched: Watched) -> None:
    """A name that the store does not know is refused with what it may have been; nothing is asked without a name."""
    page.goto(f"{server.address}query#name=positions-of-actor&actor=Jaapan")
    expect(page.locator("#error")).to_contain_text("The form is not right yet")
    expect(page.locator("#error")).to_contain_text("did you mean Japan")
    page.get_by_label("actor", exact=True).fill("")
    page.get_by_role("button", name="Run", exact=True).click()
    expect(page.locator("#results")).to_be_hidden()
    page.goto("about:blank")
    page.goto(f"{server.address}query#name=nothing")
    expect(page.locator("#error")).to_contain_text("There is no named query nothing")
    watched.complaints.clear()  # the browser itself writes a line for the 400


def test_the_editor_completes_terms(page: Page, server: Server) -> None:
    """A property by its prefixed name, with the line that declares the prefix; variables; keywords."""
    page.goto(f"{server.address}query")
    typed(page, "SELECT * WHERE { ?position ag:hold")
    page.locator("#editor .cm-tooltip-autocomplete li").filter(has_text="ag:holder").first.click()
    assert editor(page) == (f"{PREFIX}SELECT * WHERE {{ ?position ag:holder}}")
    page.keyboard.type(" ?po")
    expect(page.locator("#editor .cm-tooltip-autocomplete li").first).to_contain_text("?position")


def test_the_editor_completes_names(page: Page, server: Server) -> None:
    """A thing of the vocabulary or of the graph by any of its names."""
    page.goto(f"{server.address}query")
    typed(page, "SELECT * WHERE { ?position ?of Tokyo")
    page.locator("#editor .cm-tooltip-autocomplete li").filter(has_text="Japan, actor").click()
    assert editor(page) == (
        "PREFIX actor: <https://w3id.org/alliancegraph/actor/>\nSELECT * WHERE { ?position ?of actor:japan}"
    )


def test_a_query_of_ones_own_by_keyboard(page: Page, server: Server) -> None:
    """Typed over another one, run by Ctrl-Enter, sorted by a column, resources by name with links to their pages."""
    page.goto(f"{server.address}query#name=documents")
    expect(page.locator("table.answer")).to_be_visible()
    typed(
        page, f"{PREFIX}SELECT DISTINCT ?who WHERE {{ ?s ag:holder ?who ; ag:confidence ?c FILTER(?c < 0.7)"
    )
    page.keyboard.press("Control+Enter")
    expect(page.locator("#form-part")).to_be_hidden()
    expect(page.locator("table.answer a").filter(has_text="United States")).to_be_visible()
    page.get_by_role("button", name="who", exact=True).focus()
    page.keyboard.press("Enter")
    expect(page.locator("table.answer th")).to_have_attribute("aria-sort", "ascending")
    assert table(page) == [["Japan"], ["United States"]]
    page.keyboard.press("Enter")
    assert table(page) == [["United States"], ["Japan"]]
    assert page.locator("table.answer a").first.get_attribute("href") == "/actor/united-states"
    page.locator("table.answer a").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("United States")


def test_numbers_are_sorted_as_numbers(page: Page, server: Server) -> None:
    """And not as texts; what is not bound goes first."""
    ask(page, server, "SELECT ?n { VALUES ?n { 10 9 UNDEF 100 } }")
    expect(page.locator("table.answer")).to_be_visible()
    page.get_by_role("button", name="n", exact=True).click()
    assert table(page) == [[""], ["9"], ["10"], ["100"]]


def test_many_rows_come_in_steps(page: Page, server: Server) -> None:
    """500 at a time."""
    ask(page, server, "SELECT * WHERE { ?s ?p ?o } LIMIT 1200")
    expect(page.locator("table.answer tbody tr")).to_have_count(500)
    page.get_by_role("button", name="Show 500 more of 1,200 rows").click()
    page.get_by_role("button", name="Show 200 more of 1,200 rows").click()
    expect(page.locator("table.answer tbody tr")).to_have_count(1200)


def test_a_graph_is_drawn(page: Page, server: Server) -> None:
    """Triples as a network, a table and as they came; the choice is in the address."""
    ask(page, server, ALLIES)
    expect(page.get_by_role("img", name="Network of 4 resources and 3 lines between them")).to_be_visible()
    expect(page.locator(".network canvas")).to_be_visible()
    page.get_by_role("button", name="Table", exact=True).click()
    assert sorted(table(page)) == [
        ["Japan", "alliedWith", "United States"],
        ["Japan", "memberOf", "Group of Eight"],
        ["Ministry of the Environment of Japan", "partOf", "Japan"],
    ]
    assert page.url.endswith("&view=table")
    page.get_by_role("button", name="Raw", exact=True).click()
    expect(page.locator("pre.raw")).to_contain_text("<https://w3id.org/alliancegraph/ontology#memberOf>")


def test_yes_or_no(page: Page, server: Server) -> None:
    """An ASK query is answered in a word."""
    ask(page, server, "ASK { ?s ?p ?o }")
    expect(page.locator(".truth")).to_have_text("Yes")


@pytest.mark.parametrize(
    ("text", "title", "line"),
    [
        ("SELECT * WHERE {\n ?s ?p }", "The query does not parse", "Line 2, column"),
        (
            "SELECT ?s WHERE { ?s ?p ?o }",
            "Over a limit of the server",
            "the answer has more than 120000 rows",
        ),
        (
            ENDLESS,
            "Over the time limit",
            "ended after 10 s",
        ),
        ("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }", "Not allowed on this server", "SERVICE"),
    ],
)
def test_errors_of_the_server(
    page: Page, server: Server, watched: Watched, text: str, title: str, line: str
) -> None:
    """Each is shown with what it is and what the server says."""
    ask(page, server, text)
    expect(page.locator("#error strong")).to_have_text(title)
    expect(page.locator("#error span")).to_contain_text(line)
    assert [complaint for complaint in watched.complaints if "Failed to load resource" not in complaint] == []
    watched.complaints.clear()  # the browser itself writes a line for the error


def test_a_query_can_be_stopped(page: Page, server: Server) -> None:
    """The button ends it, and the page goes on."""
    ask(page, server, ENDLESS)
    page.get_by_role("button", name="Stop").click()
    expect(page.locator("#state")).to_have_text("Stopped")
    expect(page.locator("#error")).to_be_hidden()


@pytest.mark.parametrize(
    ("text", "name", "file", "begins"),
    [
        ("SELECT ?x { VALUES ?x { 1 2 } }", "CSV", "answer.csv", "x\r\n1\r\n2\r\n"),
        ("SELECT ?x { VALUES ?x { 1 2 } }", "TSV", "answer.tsv", "?x\n1\n2\n"),
        ("SELECT ?x { VALUES ?x { 1 } }", "JSON", "answer.json", '{"head":{"vars":["x"]}'),
        ("SELECT ?x { VALUES ?x { 1 } }", "XML", "answer.xml", '<?xml version="1.0"?>'),
        (ALLIES, "Turtle", "answer.ttl", "@prefix"),
        (ALLIES, "JSON-LD", "answer.jsonld", "["),
    ],
)
def test_downloads(
    page: Page, server: Server, tmp_path: Path, text: str, name: str, file: str, begins: str
) -> None:
    """An answer is saved in each format."""
    ask(page, server, text)
    with page.expect_download() as started:
        page.get_by_role("button", name=f"↓ {name}", exact=True).click()
    assert started.value.suggested_filename == file
    started.value.save_as(tmp_path / file)
    assert (tmp_path / file).read_bytes().decode().startswith(begins)


def test_hostile_answers_are_text(page: Page, server: Server) -> None:
    """Names with markup come as text into tables, links and networks."""
    ask(
        page,
        server,
        f"{PREFIX}SELECT ?who ('<b>bold</b>' AS ?text) WHERE {{ ?s ag:holder ?who ; ag:inDocument <{HOSTILE}> }}",
    )
    expect(page.locator("table.answer a").filter(has_text=MARKUP)).to_be_visible()
    expect(page.locator("table.answer a").filter(has_text=QUOTES)).to_be_visible()
    expect(page.locator("table.answer td").filter(has_text="<b>bold</b>").first).to_be_visible()
    assert page.locator("table.answer b, table.answer img, table.answer script").count() == 0


def test_from_a_name_to_its_passage_and_on(page: Page, server: Server) -> None:
    """A position of an actor leads to its context, this to the whole text, and a marked passage to its statement."""
    page.goto(f"{server.address}actor/united-states")
    entry = page.locator("li.entry").filter(has_text="is concerned about")
    entry.get_by_role("link", name="in its context").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(
        "United States is concerned about Climate change"
    )
    expect(page.locator(".text mark")).to_have_text(
        "Washington warned Beijing that its coal plants were a danger to the climate"
    )
    page.get_by_role("link", name="The whole text").click()
    entry = page.locator("li.entry:target")
    expect(entry).to_contain_text("is concerned about")
    page.locator("a.mark").filter(has_text="was reluctant to").click()
    expect(entry).to_contain_text("United States opposes Burden sharing")


def test_a_statement_on_another_part_of_a_long_text(page: Page, server: Server) -> None:
    """The address of a statement leads to it from whatever part of the text it is named."""
    page.goto(f"{server.address}{local(LARGE)}?page=30")
    anchor = page.locator("li.entry").nth(7).get_attribute("id")
    page.goto(f"{server.address}{local(LARGE)}#{anchor}")
    expect(page).to_have_url(f"{server.address}{local(LARGE)}/{anchor}")
    page.get_by_role("link", name="The whole text").click()
    expect(page).to_have_url(f"{server.address}{local(LARGE)}?page=30#{anchor}")


def test_to_the_explorer_and_to_the_query_page(page: Page, server: Server) -> None:
    """A resource is found in the explorer, and the question about it is filled in."""
    page.goto(f"{server.address}actor/japan")
    page.get_by_role("link", name="Ask about it").click()
    expect(page.locator("table.answer")).to_be_visible()
    page.goto(f"{server.address}actor/japan")
    page.get_by_role("link", name="In the explorer").click()
    expect(page.locator("#panel h2").first).to_contain_text("Japan")


def test_nothing_there(page: Page, server: Server, watched: Watched) -> None:
    """A page says so, with ways on."""
    page.goto(f"{server.address}actor/nobody")
    expect(page.get_by_role("alert")).to_have_text(
        "the store says nothing of https://w3id.org/alliancegraph/actor/nobody"
    )
    assert serious(page) == []
    watched.complaints.clear()  # the browser itself writes a line for the 404


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_accessible_and_within_the_width(new_page: NewPage, server: Server, scheme: str, width: int) -> None:
    """Axe finds nothing serious in any page, light and dark, and none is wider than a phone."""
    page = new_page(width, 844, color_scheme=scheme)
    places = [
        "actor/japan",
        "actor/hostile-4",
        "issue/climate-change",
        local(FIRST),
        local(f"{FIRST}#position-8b94cb8d5903"),
        local(f"{FIRST}#event-0123456789ab"),
        local(HOSTILE),
        "stance/opposes",
        "ontology/Position",
        "query",
        "query#name=documents",
        f"query#query={quote(ALLIES, safe='')}",
    ]
    for place in places:
        page.goto("about:blank")
        page.goto(server.address + place)
        if "#" in place:
            expect(page.locator("#results")).to_be_visible()
        assert serious(page) == [], place
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place


def test_without_scripts(new_page: NewPage, server: Server) -> None:
    """The pages of resources need none, and the query page says that it does."""
    page = new_page(java_script_enabled=False)
    page.goto(server.address + local(FIRST))
    expect(page.locator("li.entry").first).to_be_visible()
    page.goto(f"{server.address}query")
    assert "This page needs its script" in page.locator("noscript").evaluate("part => part.innerText")


def test_the_catalogue_runs(server: Server) -> None:
    """Every named query whose parameters may be left out is answered from its text, as the page asks it."""
    page = server.client.get("/query", headers={"accept": "text/html"}).text
    queries = json.loads(page.partition('id="queries">')[2].partition("</script>")[0])
    free = [q["name"] for q in queries if all(p["default"] is not None for p in q["parameters"])]
    assert len(free) > 10
    for name in free:
        text = server.client.get("/query/text", params={"name": name}).text
        assert server.query(text, accept="text/csv").status_code == 200, name
