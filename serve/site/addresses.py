"""Where the server shows a resource: at the path of its IRI if it is one of ours, else at `/resource?iri=`."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, unquote

from alliancegraph.ontology.triples import BASE

FOLDERS: Final = (
    "actor",
    "coder",
    "document",
    "event",
    "event-type",
    "issue",
    "membership",
    "ontology",
    "run",
    "stance",
    "voice",
)
"""The first parts of the paths of our IRIs."""
FORMATS: Final = {
    "html": "text/html",
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
}
"""Suffixes and values of `format`, with what they stand for; the first is what is sent to who has no wish."""


def path_of(iri: str) -> str:
    """The path and query at which a resource is shown."""
    place, hash_, part = iri.removeprefix(BASE).partition("#")
    path = f"/{quote(place + ('/' + part if hash_ else ''))}"
    return path if resource_of(path) == (iri, None) else f"/resource?iri={quote(iri, safe='')}"


def resource_of(path: str) -> tuple[str | None, str | None]:
    """The IRI of what is shown at a path, percent signs and all, and the format that a suffix names; None for neither."""
    known, format_ = unquote(path), None
    for suffix in FORMATS:
        if known.endswith(f".{suffix}"):
            known, format_ = known.removesuffix(f".{suffix}"), suffix
    folder, _, local = known.removeprefix("/").partition("/")
    if folder not in FOLDERS or (not local and folder != "ontology"):
        return None, None
    if folder == "ontology":
        return f"{BASE}ontology#{local}" if local else f"{BASE}ontology", format_
    if folder == "document":
        name, slash, part = local.partition("/")
        return f"{BASE}document/{name}#{part}" if slash else f"{BASE}document/{name}", format_
    return f"{BASE}{folder}/{local}", format_
