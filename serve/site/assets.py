"""The files that pages are made of, read once; no other file can be had."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
_OWN: Final = (
    "site.css",
    "sparql-editor.js",
    "document.js",
    "query-address.js",
    "query-completion.js",
    "query-forms.js",
    "query-graph.js",
    "query-main.js",
    "query-results.js",
    "query-table.js",
    "mark.svg",
)
_EXPLORER: Final = ("colours.css", "vis-network.min.js")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file with its media type and what tells it from other versions."""

    media: str
    body: bytes
    tag: str


@cache
def assets() -> dict[str, Asset]:
    """The files by name."""
    own = {name: ("alliancegraph.serve.site", name) for name in _OWN}
    places = own | {name: ("alliancegraph.explorer", name) for name in _EXPLORER}
    return {name: _read(package, name) for name, (package, name) in places.items()}


def _read(package: str, name: str) -> Asset:
    body = resources.files(package).joinpath(f"assets/{name}").read_bytes()
    tag = hashlib.sha256(body).hexdigest()[:32]
    return Asset(_TYPES[name.rsplit(".", 1)[1]], body, f'"{tag}"')
