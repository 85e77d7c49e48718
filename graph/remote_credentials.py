"""The user, password or token for a server: from the environment, a netrc file or the address, and never in a message."""

from __future__ import annotations

import netrc
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import httpx

from alliancegraph.graph.remote_servers import Place
from alliancegraph.ontology.errors import StoreError

USER: Final = "ALLIANCEGRAPH_STORE_USER"
PASSWORD: Final = "ALLIANCEGRAPH_STORE_PASSWORD"
TOKEN: Final = "ALLIANCEGRAPH_STORE_TOKEN"
_HIDDEN: Final = "***"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a server may ask for; empty parts are not known."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)

    def hidden(self, message: str) -> str:
        """A message without the password and the token, in case that a server repeats them."""
        for secret in (self.password, self.token):
            if secret:
                message = message.replace(secret, _HIDDEN)
        return message

    def auth(self) -> httpx.Auth | None:
        """How requests are signed: a token at once, a password when the server asks for it, in the way that it asks."""
        if self.token:
            return Bearer(self.token)
        return Challenged(self.user, self.password) if self.user else None


def credentials(place: Place, environment: Mapping[str, str]) -> Credentials:
    """The credentials for a place: the environment's, else those in the address, else those of a netrc file.

    Raise `StoreError` for a token that is none, and for a netrc file that cannot be read.
    """
    if token := environment.get(TOKEN, "").strip():
        if not (token.isascii() and token.isprintable()):
            raise StoreError(f"{TOKEN} holds characters that no token has; set it anew", store=place.address)
        return Credentials(token=token)
    if user := environment.get(USER):
        return Credentials(user, environment.get(PASSWORD, ""))
    if place.user:
        return Credentials(unquote(place.user), unquote(place.password))
    return _from_netrc(place.host, environment)


def _from_netrc(host: str, environment: Mapping[str, str]) -> Credentials:
    named = environment.get("NETRC")
    path = Path(named) if named else Path.home() / ".netrc"
    if not named and not path.is_file():
        return Credentials()
    try:
        found = netrc.netrc(path).authenticators(host)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "is not text"
        raise StoreError(f"{path}: {reason}; it is asked for the password of {host}", store=host) from None
    except netrc.NetrcParseError as error:
        raise StoreError(f"{path}: line {error.lineno} is not as in a netrc file", store=host) from None
    return Credentials(found[0], found[2]) if found else Credentials()


class Bearer(httpx.Auth):
    """A token, sent with each request."""

    def __init__(self, token: str) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with its token."""
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class Challenged(httpx.Auth):
    """A user and password, sent once the server asked for them: as a digest where it offers that, else as they are."""

    def __init__(self, user: str, password: str) -> None:
        self._digest = httpx.DigestAuth(user, password)
        self._basic = httpx.BasicAuth(user, password)
        self._asked: httpx.Auth | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """The request, and again with what the answer asked for."""
        if self._asked is not None:
            yield from self._asked.auth_flow(request)
            return
        response = yield request
        if response.status_code != httpx.codes.UNAUTHORIZED:
            return
        schemes = {value.split(" ")[0].lower() for value in response.headers.get_list("www-authenticate")}
        if "digest" in schemes:
            yield from self._digested(request, response)
        elif "basic" in schemes:
            self._asked = self._basic
            yield from self._basic.auth_flow(request)

    def _digested(
        self, request: httpx.Request, response: httpx.Response
    ) -> Generator[httpx.Request, httpx.Response, None]:
        """The request with a digest; nothing where the server wants one of a kind that nobody here knows."""
        flow = self._digest.auth_flow(request)
        next(flow)
        try:
            signed = flow.send(response)
        except (StopIteration, KeyError, NotImplementedError, httpx.ProtocolError):
            return
        self._asked = self._digest
        yield signed
