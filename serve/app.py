"""The addresses of the server: `/sparql`, `/graph-store`, `/.well-known/void`, and those of the site."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from alliancegraph.serve.holder import Holder
from alliancegraph.serve.jobs import Answer, Describe, ReadingJob
from alliancegraph.serve.pool import Pool
from alliancegraph.serve.protection import Protection, check_writing, not_allowed
from alliancegraph.serve.refusal import Refusal
from alliancegraph.serve.requests import Change, graph_store, sparql
from alliancegraph.serve.sending import Outbox
from alliancegraph.serve.settings import Settings
from alliancegraph.serve.site.routes import SiteRoutes, error_page, wants_html

_ERRORS: Final = 400
_ANSWERS: Final = 8
"""So many of the largest answers may be on their way to clients."""
_PROTOCOLS: Final = ("/sparql", "/graph-store", "/.well-known/void")
_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")
"""What reaches the endpoints, which refuse some of them with the reason."""
_CORS_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "DELETE")


def application(settings: Settings, pool: Pool, holder: Holder | None) -> Starlette:
    """The server's application over workers that are running."""
    site = _Site(settings, pool, holder)
    routes = [
        Route("/sparql", site.sparql, methods=_METHODS),
        Route("/graph-store", site.graph_store, methods=_METHODS),
        Route("/.well-known/void", site.void, methods=_METHODS),
        *SiteRoutes(settings, site).routes(),
    ]
    middleware = [Middleware(Protection, settings=settings)]
    if settings.origins:
        middleware.append(
            Middleware(
                CORSMiddleware,
                allow_origins=settings.origins,
                allow_methods=_CORS_METHODS,
                allow_headers=("Accept", "Authorization", "Content-Type"),
            )
        )
    handlers: dict[object, Callable[[Request, Exception], Response]] = {
        Refusal: _refused,
        HTTPException: _http_error,
    }
    return Starlette(routes=routes, middleware=middleware, exception_handlers=handlers)


class _Site:
    """The endpoints."""

    def __init__(self, settings: Settings, pool: Pool, holder: Holder | None) -> None:
        self._settings = settings
        self._pool = pool
        self._holder = holder
        self._outbox = Outbox(_ANSWERS * settings.limits.result)

    async def sparql(self, request: Request) -> Response:
        _check_method(request, "GET", "HEAD", "POST")
        job = await sparql(request, self._settings)
        return (
            await self._changed(request, job)
            if isinstance(job, Change)
            else await self.answered(request, job)
        )

    async def graph_store(self, request: Request) -> Response:
        _check_method(request, "GET", "HEAD", *(("POST", "PUT", "DELETE") if self._settings.writable else ()))
        if request.method not in ("GET", "HEAD"):
            check_writing(self._settings, request.headers)
        job = await graph_store(request, self._settings)
        return (
            await self._changed(request, job)
            if isinstance(job, Change)
            else await self.answered(request, job)
        )

    async def void(self, request: Request) -> Response:
        _check_method(request, "GET", "HEAD")
        address = f"{request.base_url}sparql"
        accept = ",".join(request.headers.getlist("accept"))
        return await self.answered(request, Describe("dataset", address, accept))

    def response(self, answer: Answer) -> Response:
        """The response with an answer; raise `Refusal` for an error."""
        if answer.status >= _ERRORS:
            raise Refusal(answer.status, answer.body.decode())
        return self._outbox.response(answer)

    async def answered(self, request: Request, job: ReadingJob) -> Response:
        """The response to a job, which is given up when the client goes."""
        return self.response(await _while_connected(request, self.made(job)))

    async def made(self, job: ReadingJob) -> Answer:
        """The answer to a job over what was changed last; raise `Refusal` if there is none."""
        await self.settled()
        return await self._pool.run(job)

    async def settled(self) -> None:
        """Once what was changed can be read; raise `Refusal` if it cannot."""
        if self._holder is not None:
            await self._holder.publish()

    async def _changed(self, request: Request, change: Change) -> Response:
        check_writing(self._settings, request.headers)
        assert self._holder is not None
        return self.response(await self._holder.run(change.job, change.body))


def _check_method(request: Request, *methods: str) -> None:
    if request.method not in methods:
        raise not_allowed(*methods)


async def _while_connected(request: Request, work: Awaitable[Answer]) -> Answer:
    """The answer, unless the client goes away first: then the work is given up."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            working.cancel()
        return await working
    except asyncio.CancelledError:
        raise Refusal(499, "the client has gone") from None
    finally:
        working.cancel()
        leaving.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    return _error(request, error.status, error.message, error.headers)


def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _error(request, error.status_code, error.detail, error.headers or {})


def _error(request: Request, status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A line of text, or a page for people who ask for one anywhere but at the protocols' addresses."""
    if request.url.path not in _PROTOCOLS and wants_html(request):
        return error_page(status, message, headers)
    return PlainTextResponse(f"{message}\n", status, headers)
