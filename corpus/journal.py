"""What is done already: each source of a store with the fingerprint of all that its graph was made from.

The catalogue of the store is the journal: it changes in one transaction with the graphs, so a build that was killed
goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Final

import pyoxigraph

from alliancegraph.extract.reading import Content
from alliancegraph.extract.sources import Raw
from alliancegraph.graph.questions import question
from alliancegraph.graph.store import Store

_BYTES: Final = 12
"""Of a digest; by so many no two of a billion documents are the same by chance."""


def fingerprint(content: Content, settings: str) -> str:
    """The digest of a document before it is read, and of the settings with which it is to be read."""
    body = content.body
    digest = hashlib.sha256()
    if isinstance(body, Raw):
        described: list[object] = [content.source, settings, body.media_type, body.encoding]
        data = body.data
    else:
        described = [content.source, settings, body.media_type, body.leads, asdict(body.stated)]
        data = body.text.encode("utf-8", "surrogatepass")
    digest.update(json.dumps([*described, content.media_type]).encode("ascii") + b"\n")
    digest.update(data)
    return digest.hexdigest()


class Journal:
    """The sources that a store holds, each in a few bytes."""

    def __init__(self, store: Store | None) -> None:
        """What a store holds; nothing where there is none."""
        self._held = {_key(*row) for row in _rows(store)} if store is not None else set()

    def holds(self, source: str, fingerprint: str) -> bool:
        """Whether the source is stored with that fingerprint."""
        return _key(source, fingerprint) in self._held


class Seen:
    """The sources that a build came upon, each in a few bytes."""

    def __init__(self) -> None:
        """None so far."""
        self._sources: set[int] = set()
        self._unfinished: list[str] = []

    def add(self, source: str) -> None:
        """Note a source."""
        self._sources.add(_key(source))

    def spare(self, file: str) -> None:
        """Note that a file was not read to its end, so that nobody knows what else is in it."""
        self._unfinished.append(file)

    def missing(self, store: Store) -> list[str]:
        """The sources of a store that were not seen, sorted."""
        gone = (source for source, _ in _rows(store) if _key(source) not in self._sources)
        return sorted(source for source in gone if not self._is_spared(source))

    def _is_spared(self, source: str) -> bool:
        return any(source == file or source.startswith(f"{file}#") for file in self._unfinished)


def _rows(store: Store) -> Iterator[tuple[str, str]]:
    solutions = store.query(question("fingerprints.rq"))
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    for source, found in solutions:
        yield source.value, found.value


def _key(*parts: str) -> int:
    joined = "\0".join(parts).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(joined).digest()[:_BYTES], "big")
