"""Content negotiation: of the types that a client accepts (RFC 9110, section 12.5.1), the one that it likes best."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pyoxigraph import QueryResultsFormat, RdfFormat

from alliancegraph.serve.refusal import BAD_REQUEST, NOT_ACCEPTABLE, UNSUPPORTED, Refusal

RESULTS: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
"""Of SELECT and ASK; the first is what is sent to who has no wish."""
GRAPHS: Final = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
}
"""Of CONSTRUCT, DESCRIBE and a graph."""
DATASETS: Final = {
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
    "application/ld+json": RdfFormat.JSON_LD,
}
"""Of all graphs with their names."""
UPLOADS: Final = {
    media: format_
    for media, format_ in GRAPHS.items()
    if media not in ("application/json", "application/xml")
}


@dataclass(frozen=True, slots=True)
class _Range:
    kind: str
    sub: str
    quality: float

    def fits(self, media: str) -> bool:
        kind, sub = media.split("/")
        return self.kind in ("*", kind) and self.sub in ("*", sub)

    @property
    def exactness(self) -> int:
        return (self.kind != "*") + (self.sub != "*")


def chosen(accept: str, offered: tuple[str, ...]) -> str:
    """The type to send; the earlier of `offered` where several are liked the same. Raises `Refusal` if none is."""
    ranges = _ranges(accept)
    if not ranges:
        return offered[0]
    best = max(offered, key=lambda media: _quality(media, ranges))
    if _quality(best, ranges) <= 0:
        raise Refusal(
            NOT_ACCEPTABLE, f"none of the types accepted can be sent; here are {', '.join(offered)}"
        )
    return best


def _quality(media: str, ranges: list[_Range]) -> float:
    """That of the most exact range which fits."""
    fitting = [r for r in ranges if r.fits(media)]
    return max(fitting, key=lambda r: r.exactness).quality if fitting else 0.0


def _ranges(accept: str) -> list[_Range]:
    found = []
    for part in accept.split(","):
        media, *parameters = (piece.strip() for piece in part.split(";"))
        kind, slash, sub = media.lower().partition("/")
        if slash and kind and sub:
            found.append(_Range(kind, sub, _q(parameters)))
        elif media == "*":
            found.append(_Range("*", "*", _q(parameters)))
        elif media:
            raise Refusal(BAD_REQUEST, f"Accept names {media[:80]!r}, which is no media type")
    return found


def _q(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                raise Refusal(BAD_REQUEST, f"Accept has the quality {value[:80]!r}; it is 0 to 1") from None
    return 1.0


def media_type(content_type: str) -> tuple[str, str]:
    """The type of a body in lower case, and its charset, `utf-8` where none is named."""
    media, *parameters = content_type.split(";")
    named = dict(p.strip().lower().partition("=")[::2] for p in parameters)
    return media.strip().lower(), named.get("charset", "utf-8").strip('" ')


def utf8(body: bytes, charset: str = "utf-8") -> str:
    """The body as text; raise `Refusal` for another encoding."""
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Refusal(UNSUPPORTED, f"the charset {charset[:40]!r} is not read here; send UTF-8")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(BAD_REQUEST, "the body is not UTF-8 text") from None
