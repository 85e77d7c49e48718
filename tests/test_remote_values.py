"""Values put into SPARQL text give the rows that the engine's own substitution gives."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode

from alliancegraph.graph.parameters import as_select, portable, query_form, with_values
from alliancegraph.ontology.errors import QueryError
from alliancegraph.queries import run

CASES = Path(__file__).parent / "cases" / "queries"
FOLDERS = sorted(folder for folder in CASES.iterdir() if folder.is_dir())
S, T = NamedNode("urn:s"), NamedNode("urn:t")


class Substituting:
    """A store in memory that gets values beside the text, or in it."""

    def __init__(self, *, in_text: bool) -> None:
        self.store = pyoxigraph.Store()
        self.in_text = in_text

    def query(self, sparql: str, bindings: Mapping[str, Any] | None = None) -> Any:
        """Run SPARQL with values bound."""
        if self.in_text:
            return self.store.query(with_values(sparql, bindings or {}), use_default_graph_as_union=True)
        values = {pyoxigraph.Variable(name): term for name, term in (bindings or {}).items()}
        return self.store.query(sparql, use_default_graph_as_union=True, substitutions=values)


@pytest.fixture(scope="module")
def pair() -> tuple[Substituting, Substituting]:
    """The three invented articles in two stores, with values beside the text and in it."""
    made = (Substituting(in_text=False), Substituting(in_text=True))
    for one in made:
        one.store.load(path=str(CASES / "data.trig"), format=pyoxigraph.RdfFormat.TRIG)
    return made


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_named_queries(pair: tuple[Substituting, Substituting], folder: Path) -> None:
    """Every case of every named query has the same rows both ways."""
    params = folder / "params.json"
    given = json.loads(params.read_text(encoding="utf-8")) if params.exists() else {}
    name = folder.name.partition("--")[0]
    beside, within = (run(store, name, given).texts() for store in pair)
    assert within == beside


def test_all_cases_are_there() -> None:
    """The cases above are all that the named queries have."""
    assert len(FOLDERS) == 53


DATA = "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 , 2 . <urn:t> <urn:p> 2 , 'a\\\\u0041' } }"
QUERIES = [
    "SELECT ?x ?o WHERE { ?x <urn:p> ?o } ORDER BY ?o",
    "SELECT * WHERE { ?x <urn:p> ?o } ORDER BY ?o",
    "SELECT ?x ?o WHERE { ?x <urn:p> ?o } ORDER BY ?x DESC(?o)",
    "SELECT ?x WHERE { ?x <urn:p> ?o } ORDER BY ?x",
    "SELECT ?x ?o WHERE { { SELECT ?o WHERE { ?x <urn:p> ?o } } } ORDER BY ?o",
    "SELECT ?x ?o WHERE { { SELECT ?x ?o WHERE { ?x <urn:p> ?o } } } ORDER BY ?o",
    "SELECT ?x ?o WHERE { { SELECT DISTINCT ?x WHERE { ?x <urn:p> ?n } } ?x <urn:p> ?o } ORDER BY ?o",
    "SELECT ?x ?o WHERE { { SELECT * WHERE { ?x <urn:p> ?o } } } ORDER BY ?o",
    "SELECT ?x ?n WHERE { { SELECT ?x (COUNT(?o) AS ?n) WHERE { ?x <urn:p> ?o } GROUP BY ?x } }",
    "SELECT ?x (COUNT(?o) AS ?n) WHERE { ?x <urn:p> ?o } GROUP BY ?x",
    "SELECT ?x (COUNT(?o) AS ?n) WHERE { ?x <urn:q> ?o } GROUP BY ?x",
    "SELECT ?x (COUNT(?o) AS ?n) WHERE { ?x <urn:p> ?o } GROUP BY ?x HAVING(COUNT(?o) > 1 && ?x = <urn:s>)",
    "SELECT ?x ?o WHERE { ?y <urn:p> ?o FILTER(?y=?x) } ORDER BY ?o",
    "SELECT ?x ?o WHERE { ?y <urn:p> ?o FILTER(str(?y)<str(?x)||?y=?x) } ORDER BY ?o",
    "SELECT ?x WHERE { FILTER EXISTS { ?x <urn:p> 1 } }",
    "SELECT ?x ?o WHERE { GRAPH ?g { ?x <urn:p> ?o } OPTIONAL { ?z <urn:p> ?o FILTER(?z != ?x) } } ORDER BY ?o",
    "SELECT ?x ('?x' AS ?text) WHERE { } # ?x",
]


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("value", [S, T, NamedNode("urn:none")], ids=str)
def test_shapes(query: str, value: NamedNode) -> None:
    """Projections, groups, orders and inner selects, of every shape, have the same rows both ways."""
    answers = []
    for in_text in (False, True):
        one = Substituting(in_text=in_text)
        one.store.update(DATA)
        answer = one.query(query, {"x": value})
        names = sorted(variable.value for variable in answer.variables)
        answers.append((names, [[str(row[name]) for name in names] for row in answer]))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "text", ["a", '"} DROP ALL #', "\\u0041", "\\\\U00000041", "a\r\n\x00\x1f", "'''", "\ue000😀"]
)
def test_texts_stay_as_they_are(text: str) -> None:
    """A value with any characters is that value, and nothing but a value."""
    one = Substituting(in_text=True)
    [row] = one.query("SELECT ?x (STRLEN(?x) AS ?n) WHERE { }", {"x": Literal(text)})
    assert (row["x"].value, row["n"].value) == (text, str(len(text)))


def test_escapes_of_code_points_are_hidden() -> None:
    """A text that looks like an escape of SPARQL is written so that replacing escapes first does not change it."""
    assert portable(str(Literal("\\u0041"))) == r'"\\\u00750041"'
    assert portable(str(Literal("\\\\Uab"))) == r'"\\\\\u0055ab"'
    assert portable(str(Literal("\x01"))) == str(Literal("\x01")) == '"\\u0001"'


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("SELECT ?o WHERE { ?x ?p ?o }", "does not select ?x, whose value is given"),
        ("SELECT * WHERE { ?s ?p ?o }", "does not select ?x, whose value is given"),
        ("SELECT ?x WHERE { BIND(1 AS ?x) }", "gives ?x a value of its own"),
        ("SELECT (COUNT(*) AS ?x) WHERE { ?s ?p ?o }", "gives ?x a value of its own"),
        ("SELECT ?x WHERE { VALUES (?y ?x) { (1 2) } }", "gives ?x a value of its own"),
        ("SELECT ?x WHERE { ?s ?p ?x } GROUP BY (1 AS ?x)", "gives ?x a value of its own"),
        ("SELECT ?x", "a select without its group"),
        ("SELECT ?x WHERE { ?x ?p ?o", "a select without its group"),
    ],
)
def test_values_that_do_not_fit(query: str, message: str) -> None:
    """A variable that is not selected, or has a value already, is an error and no other answer."""
    with pytest.raises(QueryError) as caught:
        with_values(query, {"x": S})
    assert message in str(caught.value)


def test_updates() -> None:
    """In an update every use becomes the term."""
    update = "DELETE { GRAPH ?x { ?s ?p ?o } } WHERE { GRAPH ?x { ?s ?p ?o } }"
    assert with_values(update, {"x": S}).split() == update.replace("?x", "<urn:s>").split()
    assert with_values(update, {}) == update


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("PREFIX select: <urn:a> # ASK\nSELECT ?s { ?s a 'ASK' }", "SELECT"),
        ("BASE <urn:describe> ask { }", "ASK"),
        ("construct where { ?s ?p ?o }", "CONSTRUCT"),
        ("DESCRIBE <urn:s>", "DESCRIBE"),
        ("what is this", ""),
    ],
)
def test_forms(query: str, form: str) -> None:
    """The form of a query is its first word behind the prologue."""
    assert query_form(query) == form


@pytest.mark.parametrize(
    ("construct", "select"),
    [
        ("CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p ?o }", "SELECT *  WHERE { ?s ?p ?o }"),
        (
            "BASE <urn:construct> construct {} FROM <a> {?s ?p ?o} LIMIT 5",
            "BASE <urn:construct> SELECT *  FROM <a> {?s ?p ?o} LIMIT 5",
        ),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "SELECT * WHERE { ?s ?p ?o }"),
        ("CONSTRUCT # {\n{ ?s ?p '}' } { ?s ?p ?o }", "SELECT *  { ?s ?p ?o }"),
    ],
)
def test_rows_of_a_construct(construct: str, select: str) -> None:
    """The rows of a CONSTRUCT query are those of a SELECT query with the same group."""
    assert as_select(construct) == select
