"""Updates and changed graphs: one process holds the store, and publishes a snapshot when it is told to."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode

from alliancegraph.graph.folder import StoreFolder
from alliancegraph.serve.guard import checked_update
from alliancegraph.serve.jobs import Answer, DropGraph, Publish, Setup, Update, WriteGraph
from alliancegraph.serve.negotiation import utf8
from alliancegraph.serve.reading import iris
from alliancegraph.serve.refusal import NOT_FOUND, Refusal
from alliancegraph.serve.uploads import insertion, uploaded
from alliancegraph.serve.using import with_dataset

CREATED = 201
DONE = 204


class Writer:
    """The store, held for writing; a change is whole or not at all, even if the process is killed in it."""

    def __init__(self, setup: Setup) -> None:
        """Open the store; raise `StoreError` if another process holds it."""
        self._setup = setup
        self._folder = StoreFolder(Path(setup.store))
        self._data: pyoxigraph.Store = self._folder.open_to_write()
        if (self._folder.path / "changed").exists():
            self._publish()  # what a process that was killed had written

    def answer(self, job: Update | WriteGraph | DropGraph | Publish, body: bytes) -> Answer:
        """What became of a change; raise `Refusal` if it was not made."""
        if isinstance(job, Update):
            return self._update(job, utf8(body))
        if isinstance(job, WriteGraph):
            return self._write(job, body)
        if isinstance(job, DropGraph):
            return self._drop(job)
        self._publish()
        return Answer(DONE)

    def _update(self, job: Update, text: str) -> Answer:
        admitted = checked_update(text, self._setup.services, self._setup.loads)
        self._change(with_dataset(admitted, iris(job.using), iris(job.using_named)), job.base)
        return Answer(DONE)

    def _write(self, job: WriteGraph, body: bytes) -> Answer:
        graph = _name(job.graph)
        is_new = graph is not None and not self._data.contains_named_graph(graph)
        triples = uploaded(body, job.media, job.base)
        self._change(insertion(triples, graph, replace=job.replace), job.base)
        return Answer(CREATED if is_new else DONE)

    def _drop(self, job: DropGraph) -> Answer:
        graph = _name(job.graph)
        if graph is not None and not self._data.contains_named_graph(graph):
            raise Refusal(NOT_FOUND, f"there is no graph {job.graph[:200]}")
        self._folder.mark_changed()
        self._data.remove_graph(graph if graph is not None else DefaultGraph())
        return Answer(DONE)

    def _change(self, update: str, base: str) -> None:
        self._folder.mark_changed()
        self._data.update(update, base_iri=base)

    def _publish(self) -> None:
        self._data.flush()
        self._folder.publish(self._data)


def _name(graph: str) -> NamedNode | None:
    return iris((graph,))[0] if graph else None
