"""The addresses of the site: `/` and `/explorer/text`, `/query` and what it needs, `/resource` and the paths of our IRIs."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final, Protocol
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from alliancegraph import __version__
from alliancegraph.queries import named_queries
from alliancegraph.queries.values import KINDS
from alliancegraph.serve.jobs import Answer, Bind, Explore, Find, ListTerms, ReadingJob, ReadText, Show
from alliancegraph.serve.negotiation import chosen
from alliancegraph.serve.protection import not_allowed
from alliancegraph.serve.refusal import BAD_REQUEST, NOT_FOUND, Refusal
from alliancegraph.serve.settings import Settings
from alliancegraph.serve.site.addresses import FOLDERS, FORMATS, path_of, resource_of
from alliancegraph.serve.site.assets import assets
from alliancegraph.serve.site.caching import Cache
from alliancegraph.serve.site.rendering import HTML, rendered
from alliancegraph.serve.snapshots import published

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_WELCOME: Final = """AllianceGraph {version}

{base}                  the explorer, in a browser
{base}query             a page to ask in
{base}sparql            SPARQL 1.1 queries; without one, what the service can do
{base}graph-store       graphs: ?graph=IRI, ?default, or all
{base}.well-known/void  what the dataset holds
{base}resource?iri=IRI  a page for each resource; those of this project are at the paths of their IRIs
"""
_LONGEST: Final = 500
"""Characters of a name to be completed."""
_OWN_POLICY: Final = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_METHODS: Final = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS")


class Backend(Protocol):
    """What answers the jobs."""

    async def answered(self, request: Request, job: ReadingJob) -> Response:
        """The response to a job, which is given up when the client goes."""
        ...

    async def made(self, job: ReadingJob) -> Answer:
        """The answer to a job, whether or not a client waits."""
        ...

    async def settled(self) -> None:
        """Once what was changed can be read."""
        ...

    def response(self, answer: Answer) -> Response:
        """The response with an answer; raise `Refusal` for an error."""
        ...


class SiteRoutes:
    """The endpoints."""

    def __init__(self, settings: Settings, backend: Backend) -> None:
        """Nothing is made yet."""
        self._settings = settings
        self._backend = backend
        self._cache = Cache()

    def routes(self) -> list[Route]:
        """All addresses."""
        known = {
            "/": self._home,
            "/explorer/text": self._text,
            "/query": self._query,
            "/query/terms": self._terms,
            "/query/text": self._bound,
            "/names": self._names,
            "/resource": self._resource,
            "/static/{name}": self._static,
            "/ontology": self._ours,
            **{f"/{folder}/{{local:path}}": self._ours for folder in FOLDERS},
        }
        return [Route(path, _reading(endpoint), methods=_METHODS) for path, endpoint in known.items()]

    async def _home(self, request: Request) -> Response:
        if not wants_html(request):
            text = _WELCOME.format(version=__version__, base=request.base_url)
            return PlainTextResponse(text, headers={"Vary": "Accept"})
        response = await self._kept(request, Explore())
        found = _OWN_POLICY.search(bytes(response.body)) if response.body else None
        if found is not None:
            response.headers["Content-Security-Policy"] = f"{found[1].decode()}; frame-ancestors 'none'"
        return response

    async def _text(self, request: Request) -> Response:
        given = _given(request, "document")
        return await self._backend.answered(request, ReadText(_needed(given, "document")))

    async def _query(self, request: Request) -> Response:
        _given(request)
        return _page(rendered("query.html", queries=_catalogue()))

    async def _terms(self, request: Request) -> Response:
        _given(request)
        return await self._kept(request, ListTerms())

    async def _bound(self, request: Request) -> Response:
        pairs = _pairs(request)
        given = dict(pairs)
        if len(given) != len(pairs):
            raise Refusal(BAD_REQUEST, "a parameter is given twice")
        name = _needed(given, "name")
        del given["name"]
        return await self._backend.answered(request, Bind(name, tuple(given), tuple(given.values())))

    async def _names(self, request: Request) -> Response:
        given = _given(request, "kind", "text")
        if len(given.get("text", "")) > _LONGEST:
            raise Refusal(BAD_REQUEST, f"the text is longer than {_LONGEST} characters")
        return await self._backend.answered(request, Find(given.get("kind", ""), given.get("text", "")))

    async def _resource(self, request: Request) -> Response:
        given = _given(request, "iri", "format", "part", "page")
        return await self._shown(request, _needed(given, "iri"), given, None)

    async def _ours(self, request: Request) -> Response:
        given = _given(request, "format", "part", "page")
        raw = request.scope.get("raw_path", b"").decode("ascii", "replace") or request.url.path
        iri, suffix = resource_of(raw)
        if iri is None:
            raise Refusal(NOT_FOUND, "there is no such address here")
        return await self._shown(request, iri, given, suffix)

    async def _shown(
        self, request: Request, iri: str, given: Mapping[str, str], suffix: str | None
    ) -> Response:
        format_ = given.get("format") or suffix or ""
        if format_ and format_ not in FORMATS:
            raise Refusal(BAD_REQUEST, f"there is no format {format_[:80]!r}; there is {', '.join(FORMATS)}")
        accept = ",".join(request.headers.getlist("accept"))
        job = Show(iri, accept, format_, given.get("part", ""), _number(given.get("page", "1")))
        response = await self._backend.answered(request, job)
        response.headers["Link"] = _links(iri)
        if response.headers.get("content-type") == HTML:
            response.headers["Content-Security-Policy"] = POLICY
        return response

    async def _static(self, request: Request) -> Response:
        asset = assets().get(request.path_params["name"])
        if asset is None:
            raise Refusal(NOT_FOUND, "there is no such file")
        headers = {"Content-Type": asset.media, "ETag": asset.tag}
        if request.headers.get("if-none-match") == asset.tag:
            return Response(status_code=304, headers={"ETag": asset.tag})
        return Response(asset.body, headers=headers)

    async def _kept(self, request: Request, job: ReadingJob) -> Response:
        """The answer that was made for the state of the store, or is made now for all who ask."""
        await self._backend.settled()
        state = published(self._settings.store)
        kept = await self._cache.get(type(job).__name__, state, lambda: self._backend.made(job))
        headers = {"ETag": kept.tag, "Vary": "Accept"}
        if request.headers.get("if-none-match") == kept.tag:
            return Response(status_code=304, headers=headers)
        response = self._backend.response(kept.answer)
        response.headers.update(headers)
        return response


def wants_html(request: Request) -> bool:
    """Whether a client would rather have a page than a line of text."""
    try:
        return chosen(",".join(request.headers.getlist("accept")), ("text/plain", "text/html")) == "text/html"
    except Refusal:
        return False


def error_page(status: int, message: str, headers: Mapping[str, str]) -> Response:
    """A refusal for people."""
    return _page(rendered("error.html", status=status, message=message), status, headers)


def _page(body: bytes, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    own = {"Content-Type": HTML, "Content-Security-Policy": POLICY, "Vary": "Accept"}
    return Response(body, status, {**own, **(headers or {})})


def _reading(
    endpoint: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    """The endpoint, for GET and HEAD alone."""

    async def read(request: Request) -> Response:
        if request.method not in ("GET", "HEAD"):
            raise not_allowed("GET", "HEAD")
        return await endpoint(request)

    return read


def _catalogue() -> list[dict[str, object]]:
    """The named queries as the query page has them."""
    return [
        {
            "name": query.name,
            "title": query.title,
            "purpose": query.purpose,
            "columns": query.columns,
            "text": query.text,
            "parameters": [
                {"name": p.name, "type": p.type, "kind": KINDS.get(p.type, ""), "default": p.default}
                for p in query.parameters
            ],
        }
        for query in named_queries()
    ]


def _links(iri: str) -> str:
    """Where else the resource is, in which formats."""
    path = path_of(iri)
    joint = "&" if "?" in path else "?"
    others = [
        f'<{path}{joint}format={name}>; rel="alternate"; type="{media}"' for name, media in FORMATS.items()
    ]
    return ", ".join(others)


def _pairs(request: Request) -> list[tuple[str, str]]:
    try:
        return parse_qsl(request.url.query, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError:
        raise Refusal(BAD_REQUEST, "the address has too many parameters, or one that is not UTF-8") from None


def _given(request: Request, *known: str) -> dict[str, str]:
    pairs = _pairs(request)
    for name, _ in pairs:
        if name not in known:
            there = f"there is {', '.join(known)}" if known else "there is none"
            raise Refusal(BAD_REQUEST, f"there is no parameter {name[:80]!r} here; {there}")
    if len(dict(pairs)) != len(pairs):
        raise Refusal(BAD_REQUEST, "a parameter is given twice")
    return dict(pairs)


def _needed(given: Mapping[str, str], name: str) -> str:
    if not given.get(name):
        raise Refusal(BAD_REQUEST, f"add ?{name}=… to the address")
    return given[name]


def _number(text: str) -> int:
    if not re.fullmatch(r"[1-9][0-9]{0,8}", text):
        raise Refusal(BAD_REQUEST, f"page is a number from 1, not {text[:40]!r}")
    return int(text)
