"""Addresses of servers: which make they are of, where each takes what, and what of an address is shown."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from alliancegraph import cli
from alliancegraph.graph.remote_credentials import Credentials, credentials
from alliancegraph.graph.remote_servers import addresses, is_address, names, place_of
from alliancegraph.ontology.errors import StoreError

KNOWN = [
    ("http://h:7878", "Oxigraph/0.5.13", "oxigraph", "/query", "/update", "/store"),
    ("http://h:7878/", "Oxigraph/0.5.13", "oxigraph", "/query", "/update", "/store"),
    ("http://h/proxy/query", "Oxigraph/0.5.13", "oxigraph", "/proxy/query", "/proxy/update", "/proxy/store"),
    ("http://h:8890", "Virtuoso/07.20.3229", "virtuoso", "/sparql", "/sparql-auth", "/sparql-graph-crud"),
    ("http://h/sparql", "Virtuoso/07.20.3229", "virtuoso", "/sparql", "/sparql-auth", "/sparql-graph-crud"),
    (
        "http://h/sparql-auth",
        "Virtuoso/07.20.3229",
        "virtuoso",
        "/sparql-auth",
        "/sparql-auth",
        "/sparql-graph-crud-auth",
    ),
    ("http://h:3030/ds", "Apache Jena Fuseki (4.10.0)", "fuseki", "/ds/query", "/ds/update", "/ds/data"),
    (
        "http://h:3030/ds/sparql",
        "Apache Jena Fuseki (4.10.0)",
        "fuseki",
        "/ds/query",
        "/ds/update",
        "/ds/data",
    ),
    ("http://h/repositories/x", "GraphDB", "graphdb", "/repositories/x", "/repositories/x/statements", None),
    ("http://h:5820/db/query", "", "stardog", "/db/query", "/db/update", None),
    ("http://h:8080/sparql", "alliancegraph", "alliancegraph", "/sparql", "/sparql", "/graph-store"),
    ("http://h:8080", "alliancegraph/0.1", "alliancegraph", "/sparql", "/sparql", "/graph-store"),
    ("http://h:8182/sparql", "amazon-neptune", "neptune", "/sparql", "/sparql", "/sparql/gsp/"),
    ("http://h:7001/api/olympics", "", "any", "/api/olympics", "/api/olympics", None),
    ("http://h/sparql", "nginx", "any", "/sparql", "/sparql", None),
    ("http://h:3030/ds#fuseki", "nginx", "fuseki", "/ds/query", "/ds/update", "/ds/data"),
    ("http://h:8182/sparql#neptune", "", "neptune", "/sparql", "/sparql", "/sparql/gsp/"),
    ("http://h/odd/path#graphdb", "", "graphdb", "/odd/path", "/odd/path", None),
]


@pytest.mark.parametrize(("given", "header", "name", "query", "update", "graphs"), KNOWN)
def test_addresses(given: str, header: str, name: str, query: str, update: str, graphs: str | None) -> None:
    """A server is known by its path and its own name for itself, or by the name that the user gives."""
    place = place_of(given)
    found = addresses(place, header, {})
    origin = "/".join(place.address.split("/")[:3])
    assert (found.server.name, found.query, found.update) == (name, origin + query, origin + update)
    assert found.graphs == (origin + graphs if graphs else None)


def test_the_environment_overrules() -> None:
    """Each address can be given by itself."""
    environment = {
        "ALLIANCEGRAPH_QUERY_URL": "http://a/q",
        "ALLIANCEGRAPH_UPDATE_URL": "http://b/u",
        "ALLIANCEGRAPH_GRAPH_URL": "http://c/g",
    }
    found = addresses(place_of("http://h/x"), "", environment)
    assert (found.query, found.update, found.graphs) == ("http://a/q", "http://b/u", "http://c/g")


@pytest.mark.parametrize(
    "given", ["http://", "http://[::1", "http://h:port/", "https:///path", "http://h:99999", "http://h/x?a=b"]
)
def test_what_is_no_address(given: str, capsys: pytest.CaptureFixture[str]) -> None:
    """An address that is none is one line and code 2."""
    assert cli.main(["stats", "--store", given]) == 2
    assert capsys.readouterr().err == "error: --store is no address; write http://HOST:PORT/PATH\n"


def test_addresses_of_the_environment_that_are_none() -> None:
    """An address in the environment that is none is named by its variable."""
    with pytest.raises(StoreError) as caught:
        addresses(place_of("http://h/x"), "", {"ALLIANCEGRAPH_UPDATE_URL": "h/update"})
    assert str(caught.value) == "ALLIANCEGRAPH_UPDATE_URL is no address; write http://HOST:PORT/PATH"


@pytest.mark.parametrize("token", ["a\nb", "tökén", "a\x00"])
def test_tokens_that_are_none(token: str) -> None:
    """A token that no header can hold is refused, and not shown; blanks around one are no part of it."""
    place = place_of("http://h/x")
    with pytest.raises(StoreError) as caught:
        credentials(place, {"ALLIANCEGRAPH_STORE_TOKEN": token})
    expected = "ALLIANCEGRAPH_STORE_TOKEN holds characters that no token has; set it anew"
    assert str(caught.value) == expected
    assert credentials(place, {"ALLIANCEGRAPH_STORE_TOKEN": " abc\n"}) == Credentials(token="abc")


def test_unknown_makes() -> None:
    """A make that is not known is named with those that are."""
    with pytest.raises(StoreError) as caught:
        place_of("http://user:secret@h/x#fusek")
    assert str(caught.value) == f"http://h/x: no server is called 'fusek'; choose one of {', '.join(names())}"
    assert len(names()) == 8


def test_credentials_are_no_part_of_what_is_shown() -> None:
    """An address with a user and a password shows neither."""
    place = place_of("https://user:p%40ss@host:8443/path/#virtuoso")
    assert (str(place), place.host) == ("https://host:8443/path", "host")
    assert (place.user, place.password, place.server) == ("user", "p%40ss", "virtuoso")
    assert "p%40ss" not in repr(place)
    assert [field.name for field in fields(place) if field.repr] == ["address", "server"]
    found = credentials(place, {"NETRC": "/dev/null"})
    assert (found.user, found.password) == ("user", "p@ss")
    assert "p@ss" not in repr(found)


def test_where_credentials_come_from(tmp_path: Path) -> None:
    """A token comes before a user, the environment before the address, the address before a netrc file."""
    netrc = tmp_path / "netrc"
    netrc.write_text("machine h login nina password n-secret\n", encoding="utf-8")
    place, bare = place_of("http://ada:a-secret@h/x"), place_of("http://h/x")
    environment = {"NETRC": str(netrc)}
    assert credentials(bare, environment) == Credentials("nina", "n-secret")
    assert credentials(place_of("http://other/x"), environment) == Credentials()
    assert credentials(place, environment) == Credentials("ada", "a-secret")
    environment |= {"ALLIANCEGRAPH_STORE_USER": "eve", "ALLIANCEGRAPH_STORE_PASSWORD": "e-secret"}
    assert credentials(place, environment) == Credentials("eve", "e-secret")
    environment |= {"ALLIANCEGRAPH_STORE_TOKEN": "t-secret"}
    assert credentials(place, environment) == Credentials(token="t-secret")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"machin h\n", "line 1 is not as in a netrc file"),
        (b"machine h login a password \xff\n", "is not text"),
        (None, "No such file or directory"),
    ],
)
def test_netrc_files_that_cannot_be_read(tmp_path: Path, content: bytes | None, message: str) -> None:
    """A netrc file that is named and cannot be read is an error."""
    path = tmp_path / "netrc"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        credentials(place_of("http://h/x"), {"NETRC": str(path)})
    assert str(path) in str(caught.value)
    assert message in str(caught.value)


def test_what_is_an_address() -> None:
    """Folders are no addresses."""
    assert [is_address(p) for p in ("http://h", "HTTPS://h", "http", "./http://h", "ftp://h")] == [
        True,
        True,
        False,
        False,
        False,
    ]
