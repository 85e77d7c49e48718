"""Where documents appeared: publisher, host or file."""

from __future__ import annotations

from urllib.parse import urlsplit

from alliancegraph.graph.facts import Thing


def outlet(document: Thing) -> str:
    """Where a document appeared: its publisher, else the host of its address, else the file that it was read from."""
    return document.publisher or _host(document.url or "") or _file(document)


def names(document: Thing) -> frozenset[str]:
    """All words for where a document is from: publisher, host, address, file, and the place in it."""
    found = (outlet(document), document.publisher, document.url, document.source, _file(document))
    return frozenset(name for name in found if name)


def _host(url: str) -> str | None:
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def _file(document: Thing) -> str:
    return (document.source or "").partition("#")[0]
