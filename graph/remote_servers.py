"""Where servers of different make take queries, updates and whole graphs, and what each keeps of the standards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

from alliancegraph.ontology.errors import StoreError

_SCHEMES: Final = ("http", "https")


@dataclass(frozen=True, slots=True)
class Server:
    """A make of server: how it is told, where it listens, and what must be minded.

    `path` matches the path that a user names, its group `base` what the others begin with; `header` stands in the
    server's own name for itself (empty: any). `one_transaction` says that all operations of one request are one, `most`
    how many triples one operation may name, `cuts` that graphs may come without their ends, and `union` which parameters
    make all graphs the default graph.
    """

    name: str
    path: str
    query: str
    update: str
    graphs: str | None = None
    header: str = ""
    one_transaction: bool = False
    most: int = 100_000
    cuts: bool = False
    union: tuple[tuple[str, str], ...] = ()

    def fits(self, path: str, header: str) -> bool:
        """Whether a server with that name for itself, named with that path, may be one."""
        return re.fullmatch(self.path, path) is not None and self.header in header.lower()


SERVERS: Final = (
    Server(
        "oxigraph",
        "(?P<base>.*?)(/query)?",
        "/query",
        "/update",
        "/store",
        "oxigraph",
        one_transaction=True,
        union=(("union-default-graph", ""),),
    ),
    Server(
        "virtuoso",
        "(?P<base>.*)/sparql-auth",
        "/sparql-auth",
        "/sparql-auth",
        "/sparql-graph-crud-auth",
        "virtuoso",
        most=2000,
        cuts=True,
    ),
    Server(
        "virtuoso",
        "(?P<base>.*?)(/sparql)?",
        "/sparql",
        "/sparql-auth",
        "/sparql-graph-crud",
        "virtuoso",
        most=2000,
        cuts=True,
    ),
    Server(
        "fuseki",
        "(?P<base>.*?)(/query|/sparql)?",
        "/query",
        "/update",
        "/data",
        "fuseki",
        one_transaction=True,
    ),
    Server(
        "alliancegraph",
        "(?P<base>.*?)(/sparql)?",
        "/sparql",
        "/sparql",
        "/graph-store",
        "alliancegraph",
        one_transaction=True,
    ),
    Server(
        "neptune",
        "(?P<base>.*)/sparql",
        "/sparql",
        "/sparql",
        "/sparql/gsp/",
        "neptune",
        one_transaction=True,
    ),
    Server("graphdb", "(?P<base>.*/repositories/[^/]+)", "", "/statements", one_transaction=True),
    Server("stardog", "(?P<base>.*/[^/]+)/query", "/query", "/update", one_transaction=True),
    Server("any", "(?P<base>.*)", "", ""),
)
"""In the order in which they are tried."""


@dataclass(frozen=True, slots=True)
class Place:
    """An address as the user gave it, without the credentials in it; `server` is the make after `#`, if any."""

    address: str
    server: str = ""
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def host(self) -> str:
        """The name of the host."""
        return urlsplit(self.address).hostname or ""

    def exists(self) -> bool:
        """True, as of a folder that is there: whether the server answers is seen when it is asked."""
        return True

    def __str__(self) -> str:
        """The address, as messages may show it."""
        return self.address


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where one server takes what; `graphs` is None for one without the Graph Store Protocol."""

    query: str
    update: str
    graphs: str | None
    server: Server


def is_address(place: str) -> bool:
    """Whether a place is the address of a server rather than a folder."""
    return place.lower().startswith(("http://", "https://"))


def place_of(given: str, name: str = "--store") -> Place:
    """The parts of an address; raise `StoreError`, which speaks of `name`, where it is none or names an unknown make."""
    try:
        parts = urlsplit(given)
        user, password, port = parts.username or "", parts.password or "", parts.port
    except ValueError:
        raise _no_address(name) from None
    if parts.scheme not in _SCHEMES or not parts.hostname or parts.query:
        raise _no_address(name)
    address = urlunsplit(
        SplitResult(parts.scheme, _host(parts.hostname, port), parts.path.rstrip("/"), "", "")
    )
    if parts.fragment and parts.fragment not in names():
        message = f"{address}: no server is called {parts.fragment!r}; choose one of {', '.join(names())}"
        raise StoreError(message, store=address)
    return Place(address, parts.fragment, user, password)


def _no_address(name: str) -> StoreError:
    return StoreError(f"{name} is no address; write http://HOST:PORT/PATH", store=name)


def addresses(place: Place, header: str, environment: Mapping[str, str]) -> Addresses:
    """Where a server takes what, by the name that it gives itself or the user gave it; the environment overrules."""
    path = urlsplit(place.address).path
    server = next(s for s in _candidates(place.server) if s.fits(path, "" if place.server else header))
    found = re.fullmatch(server.path, path)
    assert found is not None
    base = place.address[: len(place.address) - len(path)] + found["base"]
    graphs = base + server.graphs if server.graphs is not None else None
    return Addresses(
        _given("ALLIANCEGRAPH_QUERY_URL", environment) or base + server.query,
        _given("ALLIANCEGRAPH_UPDATE_URL", environment) or base + server.update,
        _given("ALLIANCEGRAPH_GRAPH_URL", environment) or graphs,
        server,
    )


def _given(name: str, environment: Mapping[str, str]) -> str:
    """An address of the environment, if there is one; raise `StoreError` where it is none."""
    return place_of(given, name).address if (given := environment.get(name)) else ""


def names() -> list[str]:
    """The makes that can be named, sorted."""
    return sorted({server.name for server in SERVERS})


def _candidates(name: str) -> Iterable[Server]:
    """All makes, or the one that the user named, on whatever path and whatever it calls itself."""
    if not name:
        return SERVERS
    chosen = [replace(server, header="") for server in SERVERS if server.name == name]
    return [*chosen, replace(chosen[-1], path="(?P<base>.*)", query="", update="", graphs=None)]


def _host(name: str, port: int | None) -> str:
    host = f"[{name}]" if ":" in name else name
    return host if port is None else f"{host}:{port}"
