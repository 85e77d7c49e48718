"""From an HTTP request to a job: the SPARQL 1.1 Protocol and the Graph Store HTTP Protocol."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from alliancegraph.serve.jobs import Describe, DropGraph, Query, ReadGraph, Update, WriteGraph
from alliancegraph.serve.negotiation import media_type, utf8
from alliancegraph.serve.protection import check_writing
from alliancegraph.serve.refusal import BAD_REQUEST, SLOW_CLIENT, TOO_LONG, UNSUPPORTED, Refusal
from alliancegraph.serve.settings import MIB, QUERY_BYTES, Settings

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
_BODY_SECONDS: Final = 30.0
_FORM_BYTES: Final = 4 * QUERY_BYTES
"""A query in which each byte is written with a percent sign, and names of graphs besides."""
_MOST_PARAMETERS: Final = 1000

Parameters = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Change:
    """A job that writes, with the body that goes with it."""

    job: Update | WriteGraph | DropGraph
    body: bytes = b""


async def sparql(request: Request, settings: Settings) -> Query | Describe | Change:
    """What a request to the endpoint asks for; raise `Refusal` for one that is against the protocol."""
    parameters = _parameters(request.url.query)
    if request.method != "POST":
        return _from_get(request, parameters)
    media, charset = media_type(request.headers.get("content-type", ""))
    if media not in (FORM, QUERY, UPDATE):
        raise Refusal(
            UNSUPPORTED,
            f"send {QUERY}, {UPDATE} or {FORM}, not {media[:80] or 'a body without Content-Type'}",
        )
    if media == UPDATE:
        check_writing(settings, request.headers)
    body = await whole_body(request, _limit(settings, request))
    if media == FORM:
        return _from_form(request, parameters, _parameters(utf8(body, charset)))
    text = utf8(body, charset)
    return _query(request, text, parameters) if media == QUERY else _update(request, text, parameters)


def _limit(settings: Settings, request: Request) -> int:
    """The bytes of a body: of a query in a form, unless who sends it may send updates."""
    try:
        check_writing(settings, request.headers)
    except Refusal:
        return _FORM_BYTES
    return settings.limits.body


def _from_get(request: Request, parameters: Parameters) -> Query | Describe:
    if not parameters:
        return Describe("service", _address(request), _accept(request))
    _only(parameters, "query", "default-graph-uri", "named-graph-uri")
    return _query(request, _one(parameters, "query"), parameters)


def _from_form(request: Request, in_address: Parameters, in_body: Parameters) -> Query | Change:
    if any(name in ("query", "update") for name, _ in in_address):
        raise Refusal(BAD_REQUEST, "a form has its query or update in the body, not in the address")
    parameters = in_address + in_body
    names = {name for name, _ in parameters}
    if {"query", "update"} <= names:
        raise Refusal(BAD_REQUEST, "send either query or update, not both")
    if "update" in names:
        _only(parameters, "update", "using-graph-uri", "using-named-graph-uri")
        return _update(request, _one(parameters, "update"), parameters)
    _only(parameters, "query", "default-graph-uri", "named-graph-uri")
    return _query(request, _one(parameters, "query"), parameters)


def _query(request: Request, text: str, parameters: Parameters) -> Query:
    _only(parameters, "query", "default-graph-uri", "named-graph-uri")
    if len(text.encode(errors="replace")) > QUERY_BYTES:
        raise Refusal(TOO_LONG, f"the query is longer than {QUERY_BYTES // 1024} KiB")
    default, named = _all(parameters, "default-graph-uri"), _all(parameters, "named-graph-uri")
    return Query(text, _accept(request), _address(request), default, named)


def _update(request: Request, text: str, parameters: Parameters) -> Change:
    _only(parameters, "update", "using-graph-uri", "using-named-graph-uri")
    using, named = _all(parameters, "using-graph-uri"), _all(parameters, "using-named-graph-uri")
    return Change(Update(_address(request), using, named), text.encode(errors="replace"))


async def graph_store(request: Request, settings: Settings) -> ReadGraph | Change:
    """What a request to the graph store asks for; raise `Refusal` for one that is against the protocol."""
    parameters = _parameters(request.url.query)
    _only(parameters, "graph", "default")
    graph = _graph(parameters)
    if request.method in ("GET", "HEAD"):
        return ReadGraph(graph, _accept(request))
    if graph is None:
        raise Refusal(BAD_REQUEST, "name a graph: add ?graph=IRI or ?default to the address")
    if request.method == "DELETE":
        return Change(DropGraph(graph))
    media, charset = media_type(request.headers.get("content-type", ""))
    body = await whole_body(request, settings.limits.body)
    utf8(b"", charset)
    base = graph or _address(request)
    return Change(WriteGraph(graph, media, base, request.method == "PUT"), body)


def _graph(parameters: Parameters) -> str | None:
    """The graph that a request names: an empty text for the default graph, None for none."""
    if not parameters:
        return None
    if len(parameters) > 1:
        raise Refusal(BAD_REQUEST, "name one graph, or the default graph, and not more")
    name, value = parameters[0]
    if name == "default":
        return ""
    if not value:
        raise Refusal(BAD_REQUEST, "graph has no IRI; for the default graph use ?default")
    return value


def _address(request: Request) -> str:
    return str(request.url.replace(query=""))


def _accept(request: Request) -> str:
    return ",".join(request.headers.getlist("accept"))


def _parameters(text: str) -> Parameters:
    """The pairs of a form or of an address, in order."""
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except UnicodeDecodeError:
        raise Refusal(BAD_REQUEST, "a parameter is not UTF-8 text") from None
    except ValueError:
        raise Refusal(BAD_REQUEST, f"more than {_MOST_PARAMETERS} parameters") from None


def _only(parameters: Parameters, *known: str) -> None:
    for name, _ in parameters:
        if name not in known:
            raise Refusal(
                BAD_REQUEST, f"there is no parameter {name[:80]!r} here; there is {', '.join(known)}"
            )


def _one(parameters: Parameters, name: str) -> str:
    found = _all(parameters, name)
    if len(found) != 1:
        raise Refusal(BAD_REQUEST, f"send one {name}, not {len(found)}")
    return found[0]


def _all(parameters: Parameters, name: str) -> tuple[str, ...]:
    return tuple(value for key, value in parameters if key == name)


async def whole_body(request: Request, limit: int) -> bytes:
    """The body; raise `Refusal` for one that is over the limit in bytes, or takes too long to come."""
    pieces: list[bytes] = []
    size = 0
    try:
        if int(request.headers.get("content-length", "0")) > limit:
            raise _too_long(limit)
        async with asyncio.timeout(_BODY_SECONDS):
            async for piece in request.stream():
                size += len(piece)
                if size > limit:
                    raise _too_long(limit)
                pieces.append(piece)
    except TimeoutError:
        raise Refusal(SLOW_CLIENT, f"the body did not come within {_BODY_SECONDS:g} s") from None
    except ClientDisconnect:
        raise Refusal(BAD_REQUEST, "the connection was closed before the body had come") from None
    except ValueError:
        raise Refusal(BAD_REQUEST, "Content-Length is no number") from None
    return b"".join(pieces)


def _too_long(limit: int) -> Refusal:
    return Refusal(TOO_LONG, f"the body is longer than {limit / MIB:g} MiB", {"Connection": "close"})
