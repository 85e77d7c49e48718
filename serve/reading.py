"""Queries and graphs answered from the newest snapshot of a store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from alliancegraph.serve import answers
from alliancegraph.serve.describe import dataset_description, service_description
from alliancegraph.serve.guard import Checked, checked_query
from alliancegraph.serve.jobs import Answer, Describe, Query, ReadGraph, ReadingJob, Setup
from alliancegraph.serve.negotiation import DATASETS, GRAPHS, RESULTS, chosen
from alliancegraph.serve.refusal import BAD_REQUEST, NOT_FOUND, Refusal
from alliancegraph.serve.snapshots import open_newest, published

if TYPE_CHECKING:
    from alliancegraph.serve.site.answering import Site

_RESULT_FORMS = ("select", "ask")


class Reader:
    """A store to ask; it looks for a newer snapshot before each answer."""

    def __init__(self, setup: Setup) -> None:
        """Open the store; raise `StoreError` if there is none."""
        self._setup = setup
        self._path = Path(setup.store)
        self._seen = published(self._path)
        self._data: pyoxigraph.Store | None = open_newest(self._path)
        self._site: Site | None = None

    def load(self) -> None:
        """Take the store into memory, where it is to be there: not before the memory of the process is limited."""
        if self._setup.in_memory:
            on_disk, self._data = self._data, pyoxigraph.Store()
            assert on_disk is not None
            self._data.bulk_extend(on_disk)

    def answer(self, job: ReadingJob) -> Answer:
        """The answer to a job; raise `Refusal` if there is none."""
        data = self._newest()
        if isinstance(job, Query):
            return self._query(data, job)
        if isinstance(job, ReadGraph):
            return self._graph(data, job)
        if isinstance(job, Describe):
            return self._description(data, job)
        if self._site is None:
            from alliancegraph.serve.site.answering import Site  # queries do without, and start sooner

            self._site = Site(data, self._setup)
        return self._site.answer(job)

    # ------------------------------------------------------------ snapshots

    def _newest(self) -> pyoxigraph.Store:
        latest = published(self._path)
        if self._data is None or latest != self._seen:
            self._data = self._site = (
                None  # before the next one is opened: two in memory might be more than the limit
            )
            self._seen, self._data = latest, open_newest(self._path)
            self.load()
        return self._data

    # ------------------------------------------------------------ answers

    def _query(self, data: pyoxigraph.Store, job: Query) -> Answer:
        checked = checked_query(job.text, self._setup.services)
        offered = RESULTS if checked.form in _RESULT_FORMS else GRAPHS
        media = chosen(job.accept, tuple(offered))
        found = self._found(data, job, checked)
        limits = {"rows": self._setup.rows, "size": self._setup.result}
        if isinstance(found, pyoxigraph.QueryTriples):
            return answers.statements(found, GRAPHS[media], media, **limits)
        return answers.results(found, RESULTS[media], media, **limits)

    def _found(
        self, data: pyoxigraph.Store, job: Query, checked: Checked
    ) -> pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples:
        """What the engine finds in the dataset of the request, else of the query's FROM, else of the store."""
        if job.default or job.named:
            default, named = iris(job.default), iris(job.named)
            return data.query(
                checked.text, base_iri=job.base, default_graph=list(default), named_graphs=list(named)
            )
        union = self._setup.union and not checked.has_dataset
        return data.query(checked.text, base_iri=job.base, use_default_graph_as_union=union)

    def _graph(self, data: pyoxigraph.Store, job: ReadGraph) -> Answer:
        limits = {"rows": self._setup.rows, "size": self._setup.result}
        if job.graph is None:
            media = chosen(job.accept, tuple(DATASETS))
            return answers.statements(data, DATASETS[media], media, **limits)
        media = chosen(job.accept, tuple(GRAPHS))
        return answers.statements(self._triples(data, job.graph), GRAPHS[media], media, **limits)

    def _triples(self, data: pyoxigraph.Store, graph: str) -> Iterator[Triple]:
        if graph:
            (name,) = iris((graph,))
            if not data.contains_named_graph(name):
                raise Refusal(NOT_FOUND, f"there is no graph {graph[:200]}")
            return _without_graph(data.quads_for_pattern(None, None, None, name))
        if self._setup.union:
            # The engine leaves out what several graphs state alike.
            return iter(data.query("CONSTRUCT WHERE { ?s ?p ?o }", use_default_graph_as_union=True))  # type: ignore[arg-type]
        return _without_graph(data.quads_for_pattern(None, None, None, DefaultGraph()))

    def _description(self, data: pyoxigraph.Store, job: Describe) -> Answer:
        media = chosen(job.accept, tuple(GRAPHS))
        if job.what == "service":
            found = service_description(data, job.address, self._setup)
        else:
            found = dataset_description(data, job.address)
        return answers.statements(found, GRAPHS[media], media, rows=self._setup.rows, size=self._setup.result)


def iris(values: tuple[str, ...]) -> tuple[NamedNode, ...]:
    """Names of graphs as terms; raise `Refusal` for what is no absolute IRI."""
    return tuple(_iri(value) for value in values)


def _iri(value: str) -> NamedNode:
    try:
        return NamedNode(value)
    except ValueError:
        raise Refusal(BAD_REQUEST, f"{value[:200]!r} is not an absolute IRI") from None


def _without_graph(quads: Iterator[Quad]) -> Iterator[Triple]:
    return (quad.triple for quad in quads)
