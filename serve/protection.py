"""What stands before every request: the Host of a server on loopback, headers against misuse by pages, and the writer's token."""

from __future__ import annotations

import hmac
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from alliancegraph.serve.refusal import BAD_REQUEST, FORBIDDEN, NOT_ALLOWED, UNAUTHORIZED, Refusal
from alliancegraph.serve.settings import Settings, is_loopback

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-site",
    "Cache-Control": "no-cache",
}


class Protection:
    """Middleware: refuses a Host that a rebound DNS name would send, and adds the security headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._only_loopback = is_loopback(settings.host)
        self._headers = dict(_HEADERS)
        if settings.origins:
            self._headers["Cross-Origin-Resource-Policy"] = "cross-origin"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        host = Headers(scope=scope).get("host", "")
        if self._only_loopback and not is_loopback(_host_name(host)):
            refusal = PlainTextResponse("the Host is not this machine\n", BAD_REQUEST)
            await refusal(scope, receive, with_headers)
            return
        await self._app(scope, receive, with_headers)


def _host_name(host: str) -> str:
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""


def check_writing(settings: Settings, headers: Headers) -> None:
    """Raise `Refusal` unless this request may change the store."""
    if not settings.writable:
        raise Refusal(FORBIDDEN, "this server is for reading only; its owner may start it with --writable")
    _check_origin(settings, headers)
    if settings.token is None:
        return
    scheme, _, given = headers.get("authorization", "").partition(" ")
    # compare_digest wants bytes: a text that is not ASCII would be an error; headers come as Latin-1
    sent = given.strip().encode("latin-1")
    if scheme.lower() != "bearer" or not hmac.compare_digest(sent, settings.token.encode()):
        raise Refusal(UNAUTHORIZED, "a change needs the token of this server", {"WWW-Authenticate": "Bearer"})


def _check_origin(settings: Settings, headers: Headers) -> None:
    """A page of another site can send a form without asking; browsers name that site."""
    origin = headers.get("origin")
    if origin is None or "*" in settings.origins or origin in settings.origins:
        return
    if urlsplit(origin).netloc != headers.get("host", ""):
        raise Refusal(FORBIDDEN, "a page of another site may not change the store")


def not_allowed(*methods: str) -> Refusal:
    """A refusal of the method, naming those that are allowed."""
    return Refusal(NOT_ALLOWED, f"use {', '.join(methods)} here", {"Allow": ", ".join(methods)})
