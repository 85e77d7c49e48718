"""Requests to the server of a store: tried again where that may help, answered whole or not at all, in bounded time."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

import httpx

import alliancegraph
from alliancegraph.graph.remote_credentials import PASSWORD, TOKEN, USER, Credentials
from alliancegraph.ontology.errors import ServerError, StoreError

TIMEOUT: Final = "ALLIANCEGRAPH_STORE_TIMEOUT"
_BUSY: Final = frozenset({429, 502, 503, 504})
_MOVED: Final = frozenset({301, 302, 303, 307, 308})
_SAME_METHOD: Final = frozenset({307, 308})
_LARGEST: Final = 1_000_000_000
"""Bytes of an answer, which is held in memory until it is whole."""
_REASON: Final = 300
"""Characters of a server's own words that are shown."""
_REDIRECTS: Final = 3


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait and how often to try, in seconds; no try begins later than `longest` after the first."""

    attempts: int = 5
    delay: float = 0.5
    longest: float = 60.0
    connect: float = 10.0
    read: float = 300.0


@dataclass(frozen=True, slots=True)
class Request:
    """A request to be sent, once or several times."""

    method: str
    url: str
    accept: str = "*/*"
    kind: str = ""
    body: bytes = b""
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer; `body` stands at its beginning."""

    status: int
    headers: httpx.Headers = field(repr=False)
    body: io.BytesIO = field(repr=False)


class Client:
    """A connection to one server; `name` is its address as messages show it."""

    def __init__(
        self,
        name: str,
        credentials: Credentials,
        patience: Patience,
        *,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.name = name
        self._credentials = credentials
        self._patience = patience
        self._sleep = sleep
        self._http = httpx.Client(
            auth=credentials.auth(),
            timeout=httpx.Timeout(patience.read, connect=patience.connect),
            headers={"User-Agent": f"alliancegraph/{alliancegraph.__version__}"},
            follow_redirects=False,
        )

    def send(self, request: Request) -> Reply:
        """The answer to a request that may be repeated; raise `ServerError` where there is none, or a refusal.

        Tried again are requests to a server that is busy, does not answer in time or breaks off.
        """
        reply = self._patiently(request)
        if reply.status >= httpx.codes.BAD_REQUEST:
            raise self._refusal(reply, request.url)
        return reply

    def _patiently(self, request: Request) -> Reply:
        """The answer of whatever status, unless it is of one that may pass."""
        begun = time.monotonic()
        for attempt in range(self._patience.attempts):
            reply, problem, wait = self._try(request, self._patience.delay * 2**attempt)
            if reply is not None:
                return reply
            left = begun + self._patience.longest - time.monotonic()
            if attempt + 1 == self._patience.attempts or wait > left:
                break
            self._sleep(wait)
        raise self._error(f"{problem}; tried {_times(attempt + 1)}")

    def send_or_none(self, request: Request) -> Reply | None:
        """The answer to a request, or None where the server has nothing there."""
        try:
            return self.send(request)
        except ServerError as error:
            if error.status == httpx.codes.NOT_FOUND:
                return None
            raise

    def maker(self, url: str) -> str:
        """What the server at an address calls itself, whatever it has there; empty if it does not say."""
        return str(self._patiently(Request("GET", url)).headers.get("server", ""))

    def _try(self, request: Request, delay: float) -> tuple[Reply | None, str, float]:
        """The answer, or a problem that may pass, with the seconds to wait."""
        try:
            reply = self._answer(request)
        except httpx.TimeoutException as error:
            what = "cannot be reached" if isinstance(error, httpx.ConnectTimeout) else "does not answer"
            return None, f"{what} in time; set {TIMEOUT} to more seconds than {self._patience.read:g}", delay
        except httpx.ConnectError as error:
            return None, f"cannot be reached ({error}); check the address, and whether the server runs", delay
        except (httpx.TransportError, httpx.DecodingError) as error:
            return None, f"broke off its answer ({error})", delay
        if reply.status in _BUSY:
            return (
                None,
                f"is busy or not ready (HTTP {reply.status})",
                max(delay, _retry_after(reply.headers)),
            )
        return reply, "", 0.0

    def _answer(self, request: Request) -> Reply:
        url, method = request.url, request.method
        for _ in range(_REDIRECTS):
            reply = self._once(request, url)
            if reply.status not in _MOVED:
                return reply
            target = str(httpx.URL(url).join(reply.headers.get("location", "")))
            followed = method == "GET" or reply.status in _SAME_METHOD
            if not followed or _origin(target) != _origin(url):
                message = f"is at another address now: name {_plain(target)} with --store if you trust it"
                raise self._error(message, reply.status)
            url = target
        raise self._error("redirects without end; check the address")

    def _once(self, request: Request, url: str) -> Reply:
        headers = {"Accept": request.accept}
        if request.kind:
            headers["Content-Type"] = request.kind
        body = io.BytesIO()
        parameters = request.parameters or None
        with self._http.stream(
            request.method, url, params=parameters, content=request.body or None, headers=headers
        ) as response:
            for piece in response.iter_bytes():
                if body.tell() + len(piece) > _LARGEST:
                    raise self._error(f"gives more than {_LARGEST} bytes at once; ask for less")
                body.write(piece)
        body.seek(0)
        return Reply(response.status_code, response.headers, body)

    def _refusal(self, reply: Reply, url: str) -> StoreError:
        """What an answer of 400 and above means, and what to do."""
        said = self._credentials.hidden(_first_line(reply))
        status = reply.status
        if status == httpx.codes.UNAUTHORIZED:
            what = (
                "refused the user, password or token" if self._credentials else "wants a user and a password"
            )
            return self._error(
                f"{what}; set {USER} and {PASSWORD}, or {TOKEN}, or a line of ~/.netrc", status
            )
        advice = {
            403: f"does not allow this to you; ask its owner for the right, or set {USER} and {PASSWORD}",
            404: f"has nothing at {urlsplit(url).path or '/'}; check the path of the address",
            405: f"takes no such request at {urlsplit(url).path or '/'}; it may be open for reading only",
            413: "takes no request of this size; set ALLIANCEGRAPH_STORE_BATCH to fewer bytes",
        }.get(status, f"answered HTTP {status}")
        return self._error(f"{advice}: {said}" if said else advice, status)

    def _error(self, what: str, status: int | None = None) -> ServerError:
        message = self._credentials.hidden(f"{self.name} {what}")
        return ServerError(message, store=self.name, status=status)

    def close(self) -> None:
        """Close the connections."""
        self._http.close()


def patience(environment: Mapping[str, str]) -> Patience:
    """The usual patience, with the time-out of the environment; raise `StoreError` where that is no number of seconds."""
    given = environment.get(TIMEOUT)
    if not given:
        return Patience()
    try:
        seconds = float(given)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise StoreError(f"{TIMEOUT} is a number of seconds, not {given!r}", store=TIMEOUT)
    usual = Patience()
    return replace(usual, connect=min(seconds, usual.connect), read=seconds)


def _retry_after(headers: httpx.Headers) -> float:
    """The seconds that a server asks to wait."""
    given = headers.get("retry-after", "")
    if given.strip().isdigit():
        return float(given)
    try:
        return max(0.0, (parsedate_to_datetime(given) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0


def _first_line(reply: Reply) -> str:
    """The beginning of what a server says of an error; pages are left out."""
    if "html" in reply.headers.get("content-type", ""):
        return ""
    lines = reply.body.read(4 * _REASON).decode("utf-8", "replace").strip().splitlines()
    return lines[0][:_REASON] if lines else ""


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = httpx.URL(url)
    return parts.scheme, parts.host, parts.port


def _plain(url: str) -> str:
    """An address without credentials, query and fragment."""
    return str(httpx.URL(url).copy_with(userinfo=b"", query=None, fragment=None))


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"
