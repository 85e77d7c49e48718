"""The one writer: packed documents into the store, in batches; the store is made when the first document is ready."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from alliancegraph.graph.packing import Packed
from alliancegraph.graph.remote_servers import Place
from alliancegraph.graph.store import Store, open_store

BATCH_BYTES: Final = 64 * 1024 * 1024
BATCH_DOCUMENTS: Final = 500
BATCH_SECONDS: Final = 20.0
"""What is finished waits no longer to be stored, while documents go on to be finished."""


class Writer:
    """A store to be, or one that is there already; use it in a `with` statement."""

    def __init__(self, place: Path | Place, vocabularies: Sequence[Path]) -> None:
        """Nothing is opened yet."""
        self._place = place
        self._vocabularies = tuple(vocabularies)
        self.store: Store | None = None
        self._described = False
        self._batch: list[Packed] = []
        self._bytes = 0
        self._since = time.monotonic()

    def put(self, document: Packed) -> None:
        """Store a document, at the latest with the last one."""
        if not self._batch:
            self._since = time.monotonic()
        self._batch.append(document)
        self._bytes += len(document.quads)
        full = self._bytes >= BATCH_BYTES or len(self._batch) >= BATCH_DOCUMENTS
        if full or time.monotonic() - self._since > BATCH_SECONDS:
            self.flush()

    def flush(self) -> None:
        """Store what was put so far; raise `StoreError`."""
        if not self._batch:
            return
        if self.store is None:
            self.store = open_store(self._place)
        if not self._described:
            self.store.load_vocabulary(self._vocabularies)
            self._described = True
        documents, self._batch, self._bytes = self._batch, [], 0
        self.store.put(documents)

    def __enter__(self) -> Self:
        """The writer, with its store if there is one already."""
        if self._place.exists():
            self.store = open_store(self._place)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the store; what was finished before an interruption is stored."""
        try:
            if kind is None or issubclass(kind, KeyboardInterrupt):
                self.flush()
        finally:
            if self.store is not None:
                self.store.close()
