"""RDF that a stranger sends, read with care: no document type, no deep nesting, UTF-8 only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final
from xml.parsers import expat

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple

from alliancegraph.graph.tokens import tokens
from alliancegraph.serve.negotiation import UPLOADS, utf8
from alliancegraph.serve.refusal import BAD_REQUEST, UNSUPPORTED, Refusal
from alliancegraph.serve.settings import NESTING

_JSON_PIECE: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[\]{}]', re.DOTALL)
_OPENING: Final = frozenset("([{")
_CLOSING: Final = frozenset(")]}")


def uploaded(body: bytes, media: str, base: str) -> list[Triple]:
    """The triples of a body of that type, relative to a base; raise `Refusal` for what is not read here."""
    format_ = UPLOADS.get(media)
    if format_ is None:
        types = ", ".join(UPLOADS)
        raise Refusal(
            UNSUPPORTED, f"{media[:80] or 'a body without Content-Type'!r} is not read here; send {types}"
        )
    text = utf8(body)
    _CHECKS.get(format_, _check_brackets)(text)
    try:
        return [_triple(quad) for quad in pyoxigraph.parse(text, format=format_, base_iri=base)]
    except (SyntaxError, ValueError) as error:
        raise Refusal(BAD_REQUEST, f"the body is not {media}: {error}") from None


def _triple(quad: Quad) -> Triple:
    if quad.graph_name != DefaultGraph():
        raise Refusal(BAD_REQUEST, "the body names graphs of its own; send the triples of one graph")
    return quad.triple


def _depths(pieces: Iterator[str]) -> Iterator[int]:
    depth = 0
    for piece in pieces:
        depth += (piece in _OPENING) - (piece in _CLOSING)
        yield depth


def _check_brackets(text: str) -> None:
    _check_depth(_depths(token.text for token in tokens(text) if token.kind == "sign"))


def _check_json(text: str) -> None:
    _check_depth(_depths(match.group() for match in _JSON_PIECE.finditer(text)))


def _check_depth(depths: Iterator[int]) -> None:
    for depth in depths:
        if depth > NESTING:
            raise Refusal(BAD_REQUEST, f"the body is nested more than {NESTING} deep")


def _check_xml(text: str) -> None:
    """Raise `Refusal` for a document type, from which entities grow, and for deep nesting."""
    depth = 0

    def start(*_: object) -> None:
        nonlocal depth
        depth += 1
        _check_depth(iter((depth,)))

    def end(*_: object) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate("utf-8")
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(text.encode(), True)
    except expat.ExpatError as error:
        raise Refusal(BAD_REQUEST, f"the body is not well-formed XML: {error}") from None


def _refuse_doctype(*_: object) -> None:
    raise Refusal(BAD_REQUEST, "XML with a DOCTYPE is not read here; send it without")


_CHECKS: Final[dict[RdfFormat, Callable[[str], None]]] = {
    RdfFormat.JSON_LD: _check_json,
    RdfFormat.RDF_XML: _check_xml,
}


def insertion(triples: list[Triple], graph: NamedNode | None, *, replace: bool) -> str:
    """One update that adds the triples to a graph, or puts them in place of what it held; it is done whole or not at all."""
    target = f"GRAPH {graph}" if graph is not None else "DEFAULT"
    data = "\n".join(f"{triple} ." for triple in triples)
    block = f"GRAPH {graph} {{\n{data}\n}}" if graph is not None else data
    cleared = f"CLEAR SILENT {target} ;\n" if replace else ""
    created = f"CREATE SILENT GRAPH {graph} ;\n" if graph is not None else ""
    return f"{cleared}{created}INSERT DATA {{ {block} }}"
