"""The engine of a store on disk or in memory: Oxigraph, with changes that are whole and snapshots for readers."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from alliancegraph.graph.engine import Answer, Change, Term
from alliancegraph.graph.folder import StoreFolder
from alliancegraph.graph.pending import delete_planned, plan, settle
from alliancegraph.ontology.errors import QueryError, StoreError

_PUBLISH_AFTER: Final = 30.0
"""Seconds of writing after which readers get a newer snapshot."""
_BULK: Final = 8_000_000
"""Bytes of N-Quads above which a bulk load, which costs a tenth of a second to begin, is quicker than a transaction."""
_MOST_DROPPING: Final = 64
"""So many graphs may wait to be removed."""


class EmbeddedEngine:
    """An Oxigraph database of this process; see `Engine` for its methods."""

    def __init__(self, data: pyoxigraph.Store, folder: StoreFolder | None, *, read_only: bool) -> None:
        """A database that was opened in a folder, or one in memory where there is none."""
        self.name = str(folder.path) if folder is not None else "the store in memory"
        self.read_only = read_only
        self.folder = folder
        self._open: pyoxigraph.Store | None = data
        self._dropping: set[str] = set()
        self._published = time.monotonic()
        self._changed = False
        if not read_only and settle(data):
            self._changed = True

    @property
    def data(self) -> pyoxigraph.Store:
        """The database; raise `StoreError` once it is closed."""
        if self._open is None:
            raise StoreError(f"{self.name} is closed", store=self.name)
        return self._open

    def query(self, sparql: str, bindings: Mapping[str, Term]) -> Answer:
        """The answer; raise `QueryError` for text that does not parse or a variable that is not selected."""
        self._settle()
        values = {pyoxigraph.Variable(name): term for name, term in bindings.items()}
        try:
            return self.data.query(sparql, use_default_graph_as_union=True, substitutions=values)  # type: ignore[arg-type]
        except SyntaxError as error:
            raise QueryError(f"SPARQL that does not parse: {error.msg}", query=sparql) from None
        except (RuntimeError, ValueError) as error:
            raise QueryError(f"SPARQL that cannot be answered: {error}", query=sparql) from None

    def quads(
        self,
        graph: str | None = None,
        subject: str | None = None,
        predicate: str | None = None,
        object: Term | None = None,
    ) -> Iterator[Quad]:
        """The quads that have all the parts given."""
        if graph is None or graph in self._dropping:
            self._settle()
        parts = [NamedNode(part) if part is not None else None for part in (subject, predicate, graph)]
        return self.data.quads_for_pattern(parts[0], parts[1], object, parts[2])

    def size(self) -> int:
        """The number of quads."""
        self._settle()
        return len(self.data)

    # ------------------------------------------------------------ writing

    def change(self, change: Change) -> None:
        """Make a change whole or not at all."""
        drops, deletes, inserts = self._steps(change)
        with self.writing() as data:
            data.load(input=inserts + plan(drops, deletes), format=RdfFormat.N_QUADS)
            if deletes:
                delete_planned(data)
        self._dropping |= drops
        if len(self._dropping) > _MOST_DROPPING:
            self._settle()
        self._publish_now_and_then()

    def _steps(self, change: Change) -> tuple[set[str], bytes, bytes]:
        """The graphs to drop, the quads to delete and to insert, none of them in two of these."""
        if not change.drops and not change.deletes and not self._dropping:
            return set(), b"", change.inserts
        inserts = dict.fromkeys(change.inserts.splitlines(keepends=True))
        graphs = {line[line.rindex(b" <") + 2 : line.rindex(b"> .")].decode() for line in inserts}
        if not self._dropping.isdisjoint(graphs):
            self._settle()
        old = [line for graph in change.drops if graph in graphs for line in self._lines(graph)]
        deletes = [line for line in [*old, *change.deletes.splitlines(keepends=True)] if line not in inserts]
        kept = set(old)
        drops = {graph for graph in change.drops if graph not in graphs}
        return drops, b"".join(deletes), b"".join(line for line in inserts if line not in kept)

    def _lines(self, graph: str) -> Iterator[bytes]:
        """A named graph as N-Quads, line by line."""
        name = NamedNode(graph)
        triples = self.data.dump(format=RdfFormat.N_TRIPLES, from_graph=name) or b""
        return (line[:-2] + f"{name} .\n".encode() for line in triples.splitlines(keepends=True))

    def load(self, changes: Sequence[Change]) -> None:
        """Make many changes: those that only add at once, in bulk where they are many."""
        plain = [c for c in changes if not (c.drops or c.deletes)] if not self._dropping else []
        added = b"".join(change.inserts for change in plain)
        if len(added) > _BULK:
            self.bulk_load(added)
        elif added:
            self.change(Change(inserts=added))
        for change in changes:
            if change not in plain:
                self.change(change)

    def bulk_load(self, data: bytes) -> None:
        """Add N-Quads without limit of size, whole or not at all; nothing that waits to be dropped may be among them."""
        with self.writing() as inner:
            inner.bulk_load(input=data, format=RdfFormat.N_QUADS)
        self._publish_now_and_then()

    def optimize(self) -> None:
        """Remove what waits for it, and compact the files."""
        with self.writing() as data:
            settle(data)
            self._dropping.clear()
            data.optimize()

    @contextmanager
    def writing(self) -> Iterator[pyoxigraph.Store]:
        """The database to be changed; raise `StoreError` if it must not or cannot be."""
        if self.read_only:
            raise StoreError(f"{self.name} is open for reading only", store=self.name)
        try:
            if self.folder is not None and not self._changed:
                self.folder.mark_changed()
            self._changed = True
            yield self.data
        except (OSError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            message = f"{self.name} cannot be written: {reason}; check the space left and the permissions"
            raise StoreError(message, store=self.name) from error

    def _settle(self) -> None:
        if self._dropping:
            with self.writing() as data:
                settle(data)
            self._dropping.clear()

    # ------------------------------------------------------------ snapshots

    def publish(self) -> None:
        """Let readers see what was written."""
        if self.folder is None:
            return
        self._settle()
        with self.writing() as data:
            data.flush()
            self.folder.publish(data)
        self._published, self._changed = time.monotonic(), False

    def _publish_now_and_then(self) -> None:
        if self.folder is not None and time.monotonic() - self._published > _PUBLISH_AFTER:
            self.publish()

    def close(self) -> None:
        """Publish what was written, and let others write."""
        try:
            if self._open is not None and self._changed and not self.read_only:
                self.publish()
        finally:
            self._open = None
