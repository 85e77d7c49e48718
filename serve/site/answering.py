"""The site's jobs in a worker process: over one state of the store, and within the limits of a query."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

import pyoxigraph

from alliancegraph.graph.parameters import with_values
from alliancegraph.ontology.errors import QueryError
from alliancegraph.queries import bound_values, named_query
from alliancegraph.serve.bounds import Buffer
from alliancegraph.serve.jobs import Answer, Bind, Find, ListTerms, ReadText, Setup, Show, SiteJob
from alliancegraph.serve.negotiation import chosen
from alliancegraph.serve.reading import iris
from alliancegraph.serve.refusal import BAD_REQUEST, NOT_FOUND, Refusal
from alliancegraph.serve.site.addresses import FORMATS
from alliancegraph.serve.site.describing import description
from alliancegraph.serve.site.looking import Looking
from alliancegraph.serve.site.names import ALL, Names, is_kind
from alliancegraph.serve.site.rendering import HTML
from alliancegraph.serve.site.showing import Showing
from alliancegraph.serve.site.vocabulary import terms

if TYPE_CHECKING:
    from alliancegraph.graph.store import Store

OK: Final = 200
_TEXT = "text/plain; charset=utf-8"
_JSON = "application/json"


class Site:
    """The site over a store that does not change."""

    def __init__(self, data: pyoxigraph.Store, setup: Setup) -> None:
        """Read from a store that is open."""
        self._setup = setup
        self._data = data
        self._look = Looking(data)
        self._names = Names(self._look)
        self._showing = Showing(self._look)

    def answer(self, job: SiteJob) -> Answer:
        """The answer to a job; raise `Refusal` if there is none."""
        if isinstance(job, Show):
            return self._show(job)
        if isinstance(job, Find):
            return self._find(job)
        if isinstance(job, ListTerms):
            return self._json(terms(self._look))
        if isinstance(job, Bind):
            return self._bind(job)
        if isinstance(job, ReadText):
            return self._text(job)
        return self._explore()

    def _show(self, job: Show) -> Answer:
        iris((job.iri,))
        media = FORMATS.get(job.format) or chosen(job.accept, tuple(FORMATS.values()))
        if media == FORMATS["html"]:
            return self._bounded(HTML, self._showing.page(job.iri, job.part, job.page))
        if not self._look.is_known(job.iri):
            raise Refusal(NOT_FOUND, f"the store says nothing of {job.iri[:200]}")
        suffix = next(suffix for suffix, known in FORMATS.items() if known == media)
        return description(self._look, job.iri, suffix, self._setup)

    def _find(self, job: Find) -> Answer:
        if job.kind and not is_kind(job.kind):
            raise Refusal(
                BAD_REQUEST, f"there is no kind {job.kind[:80]!r}; there is {', '.join(ALL)}, statement"
            )
        return self._json([asdict(found) for found in self._names.find(job.kind, job.text)])

    def _bind(self, job: Bind) -> Answer:
        try:
            query = named_query(job.query)
            values = bound_values(self._store(), query, dict(zip(job.names, job.values, strict=True)))
            return Answer(OK, _TEXT, with_values(query.text, values).encode())
        except QueryError as error:
            raise Refusal(BAD_REQUEST, str(error)) from None

    def _text(self, job: ReadText) -> Answer:
        iris((job.document,))
        text = self._look.text(job.document, "ag:text")
        if text is None:
            raise Refusal(NOT_FOUND, f"the store has no text of {job.document[:200]}")
        return self._bounded(_TEXT, text.encode("utf-8", "replace"))

    def _explore(self) -> Answer:
        from alliancegraph.explorer.live import live_page  # its import takes longer than a page of a resource

        return self._bounded(HTML, live_page(self._store()))

    def _store(self) -> Store:
        # pages of resources do without these, and come sooner
        from alliancegraph.graph.embedded import EmbeddedEngine
        from alliancegraph.graph.store import Store

        return Store(EmbeddedEngine(self._data, None, read_only=True), read_only=True)

    def _json(self, content: Any) -> Answer:
        return self._bounded(_JSON, json.dumps(content, ensure_ascii=False).encode("utf-8", "replace"))

    def _bounded(self, media: str, body: bytes) -> Answer:
        buffer = Buffer(self._setup.result)
        buffer.write(body)
        return Answer(OK, media, body)
