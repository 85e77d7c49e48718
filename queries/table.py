"""The answer to a query as rows of terms, and its printed forms: CSV, SPARQL JSON and XML, Turtle."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from xml.etree import ElementTree

import pyoxigraph

from alliancegraph.ontology.errors import QueryError
from alliancegraph.ontology.triples import PREFIXES

Cell = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple | None
FORMATS: Final = ("csv", "json", "xml", "ttl")
_RESULTS: Final = "http://www.w3.org/2005/sparql-results#"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of RDF terms under named columns, in the order of the query.

    `form` is the query's: `select`; `ask`, which has the one cell `answer`; or `construct`, whose columns are
    `subject`, `predicate` and `object`.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    form: str = "select"

    def texts(self) -> list[tuple[str, ...]]:
        """The rows as a reader sees them: lexical forms and IRIs, an empty string for what is not bound."""
        return [tuple(cell_text(cell) for cell in row) for row in self.rows]


def cell_text(cell: Cell) -> str:
    """A term without its RDF punctuation."""
    if cell is None:
        return ""
    return str(cell) if isinstance(cell, pyoxigraph.Triple | pyoxigraph.BlankNode) else cell.value


def format_table(table: Table, format_: str) -> str:
    """The table in one of `FORMATS`; raise `QueryError` for rows as Turtle, which only CONSTRUCT can give."""
    writers = {"csv": _csv, "json": _json, "xml": _xml, "ttl": _turtle}
    return writers[format_](table)


def _csv(table: Table) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(table.texts())
    return out.getvalue()


def _json(table: Table) -> str:
    if table.form == "ask":
        return json.dumps({"head": {}, "boolean": _answer(table)}) + "\n"
    found = [
        {name: _json_term(cell) for name, cell in zip(table.columns, row, strict=True) if cell is not None}
        for row in table.rows
    ]
    document = {"head": {"vars": list(table.columns)}, "results": {"bindings": found}}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _answer(table: Table) -> bool:
    return cell_text(table.rows[0][0]) == "true"


def _json_term(cell: Cell) -> dict[str, Any]:
    if isinstance(cell, pyoxigraph.NamedNode):
        return {"type": "uri", "value": cell.value}
    if isinstance(cell, pyoxigraph.BlankNode):
        return {"type": "bnode", "value": cell.value}
    if isinstance(cell, pyoxigraph.Literal):
        term = {"type": "literal", "value": cell.value}
        if cell.language:
            term["xml:lang"] = cell.language
        elif cell.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
            term["datatype"] = cell.datatype.value
        return term
    raise QueryError(
        "the answer holds a triple term, which SPARQL 1.1 results cannot carry; select its parts"
    )


def _xml(table: Table) -> str:
    ElementTree.register_namespace("", _RESULTS)
    root = ElementTree.Element(f"{{{_RESULTS}}}sparql")
    head = ElementTree.SubElement(root, f"{{{_RESULTS}}}head")
    if table.form == "ask":
        ElementTree.SubElement(root, f"{{{_RESULTS}}}boolean").text = "true" if _answer(table) else "false"
    else:
        for name in table.columns:
            ElementTree.SubElement(head, f"{{{_RESULTS}}}variable", name=name)
        results = ElementTree.SubElement(root, f"{{{_RESULTS}}}results")
        for row in table.rows:
            _xml_row(ElementTree.SubElement(results, f"{{{_RESULTS}}}result"), table.columns, row)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="unicode", xml_declaration=False) + "\n"


def _xml_row(result: ElementTree.Element, columns: Iterable[str], row: tuple[Cell, ...]) -> None:
    for name, cell in zip(columns, row, strict=True):
        if cell is None:
            continue
        term = _json_term(cell)
        binding = ElementTree.SubElement(result, f"{{{_RESULTS}}}binding", name=name)
        attributes = {}
        if "datatype" in term:
            attributes["datatype"] = term["datatype"]
        if "xml:lang" in term:
            attributes["{http://www.w3.org/XML/1998/namespace}lang"] = term["xml:lang"]
        ElementTree.SubElement(binding, f"{{{_RESULTS}}}{term['type']}", attributes).text = term["value"]


def _turtle(table: Table) -> str:
    if table.form != "construct":
        raise QueryError(
            "only a CONSTRUCT or DESCRIBE query gives Turtle; choose the format csv, json, xml or table"
        )
    triples = sorted((pyoxigraph.Triple(*row) for row in table.rows), key=str)  # type: ignore[arg-type]
    data = pyoxigraph.serialize(triples, format=pyoxigraph.RdfFormat.TURTLE, prefixes=PREFIXES)
    return data.decode("utf-8") if data else ""
