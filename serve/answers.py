"""What the engine found as the bytes of a response, in the format that the client likes best."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import pyoxigraph
from pyoxigraph import Quad, QueryResultsFormat, RdfFormat, Triple

from alliancegraph.ontology.triples import PREFIXES
from alliancegraph.serve.bounds import Buffer, check_rows, counted
from alliancegraph.serve.jobs import Answer

OK: Final = 200
_NOT_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_REPLACEMENT: Final = "\ufffd".encode()

Found = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean


def results(found: Found, format_: QueryResultsFormat, media: str, *, rows: int, size: int) -> Answer:
    """The answer to SELECT or ASK; raise `Refusal` for one over the limits, `rows` and `size` in bytes."""
    buffer = Buffer(size)
    found.serialize(buffer, format=format_)  # type: ignore[arg-type]
    body = buffer.content()
    if isinstance(found, pyoxigraph.QuerySolutions):
        check_rows(body, format_, rows)
    if format_ == QueryResultsFormat.XML:
        body = _xml(body)
    return Answer(OK, _with_charset(media), body)


def statements(
    found: Iterable[Triple] | Iterable[Quad], format_: RdfFormat, media: str, *, rows: int, size: int
) -> Answer:
    """The answer to CONSTRUCT or DESCRIBE, or a graph; raise `Refusal` for one over the limits."""
    buffer = Buffer(size)
    prefixes = PREFIXES if format_ in (RdfFormat.TURTLE, RdfFormat.TRIG) else None
    pyoxigraph.serialize(counted(found, rows), buffer, format=format_, prefixes=prefixes)  # type: ignore[arg-type]
    body = buffer.content()
    if format_ == RdfFormat.RDF_XML:
        body = _xml(body).replace(b"\r", b"&#xD;")
    return Answer(OK, _with_charset(media), body)


def _xml(body: bytes) -> bytes:
    """XML without the characters that it cannot hold, as pages of old texts have them; each becomes U+FFFD."""
    return _NOT_XML.sub(_REPLACEMENT, body)


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
