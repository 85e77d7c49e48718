"""A resource as RDF: what is said of it and with it, its passages, and for a document all that it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from alliancegraph.graph.serialize import serialize
from alliancegraph.serve.bounds import Buffer, counted
from alliancegraph.serve.jobs import Answer, Setup
from alliancegraph.serve.site.addresses import FORMATS
from alliancegraph.serve.site.looking import Looking, expanded

_FOLLOWED: Final = tuple(expanded(name) for name in ("ag:evidence", "oa:hasTarget", "oa:hasSelector"))
OK: Final = 200


def description(look: Looking, iri: str, format_: str, setup: Setup) -> Answer:
    """The resource in one of `FORMATS`; raise `Refusal` for one over the limits of the server."""
    found = _document(look, iri) if look.kind(iri) == "document" else _around(look, iri)
    quads = [Quad(t.subject, t.predicate, t.object, DefaultGraph()) for t in counted(found, setup.rows)]
    buffer = Buffer(setup.result)
    buffer.write(serialize(quads, format_))
    media = FORMATS[format_]
    return Answer(OK, f"{media}; charset=utf-8" if media.startswith("text/") else media, buffer.content())


def _document(look: Looking, iri: str) -> Iterator[Triple]:
    return (quad.triple for quad in look.data.quads_for_pattern(None, None, None, NamedNode(iri)))


def _around(look: Looking, iri: str) -> Iterator[Triple]:
    """The triples of a resource and of its passages and blank nodes, and those that have it as their object."""
    waiting: list[NamedNode | BlankNode] = [NamedNode(iri)]
    seen = set(waiting)
    store = look.store_of(iri)
    while waiting:
        for quad in store.quads_for_pattern(waiting.pop(), None, None, None):
            yield quad.triple
            value = quad.object
            follows = isinstance(value, BlankNode) or quad.predicate.value in _FOLLOWED
            if follows and isinstance(value, NamedNode | BlankNode) and value not in seen:
                seen.add(value)
                waiting.append(value)
    for quad in store.quads_for_pattern(None, None, NamedNode(iri), None):
        yield quad.triple
