"""A writable endpoint: updates and changed graphs, whole or not at all, and only for who may."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest
from serving import PATIENCE, Server, serving

from alliancegraph.graph.store import Store
from alliancegraph.ontology.errors import StoreError

G = "http://example.org/g"
TURTLE = {"content-type": "text/turtle"}
ENDLESS = "INSERT { ?a <http://example.org/n> ?z } WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o BIND(1 AS ?z) }"
DATA = " ".join(f"<http://example.org/s{n}> <http://example.org/p> {n} ." for n in range(500))


OPTIONS = ("--writable", "--timeout", "3", "--memory-limit", "200", "--workers", "1")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A writable server."""
    with serving(tmp_path_factory.mktemp("written") / "store", *OPTIONS) as running:
        yield running


@pytest.fixture
def server(started: Server) -> Server:
    """The same with nothing in its store."""
    assert started.update("DROP ALL").status_code == 204
    return started


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Server]:
    """A server of a test's own, over `store`."""
    with serving(tmp_path / "store", *OPTIONS) as running:
        yield running


def holds(server: Server, pattern: str) -> bool:
    """Whether the store has what a pattern says."""
    response = server.query(f"ASK {{ {pattern} }}")
    assert response.status_code == 200, response.text
    return bool(response.json()["boolean"])


def writer(server: Server) -> psutil.Process:
    """The process that holds the store open for writing."""
    (found,) = [p for p in server.workers() if any(f.path.endswith("/data/LOCK") for f in p.open_files())]
    return found


def test_update_is_read_at_once(server: Server) -> None:
    """What an update wrote is in the answer to the next query, both as a body and as a form."""
    for number in range(5):
        assert server.update(f"INSERT DATA {{ GRAPH <{G}> {{ <a:b> <a:c> {number} }} }}").status_code == 204
        assert holds(server, f"<a:b> <a:c> {number}")
    form = server.client.post("/sparql", data={"update": f"DROP GRAPH <{G}>"})
    assert (form.status_code, holds(server, "<a:b> ?p ?o")) == (204, False)


def test_update_with_a_dataset(server: Server) -> None:
    """The patterns of an update are asked over the graphs that the request names."""
    server.update(f"INSERT DATA {{ GRAPH <{G}> {{ <a:b> <a:c> 1 }} GRAPH <{G}2> {{ <a:b> <a:c> 2 }} }}")
    update = "INSERT { <a:found> <a:c> ?o } WHERE { <a:b> <a:c> ?o }"
    assert server.client.post("/sparql", data={"update": update, "using-graph-uri": G}).status_code == 204
    assert (holds(server, "<a:found> <a:c> 1"), holds(server, "<a:found> <a:c> 2")) == (True, False)
    both = server.client.post("/sparql", data={"update": f"WITH <{G}> {update}", "using-graph-uri": G})
    assert both.status_code == 400


@pytest.mark.parametrize(
    ("update", "status"),
    [
        ("INSERT DATA { <a:b> }", 400),
        ("CREATE GRAPH <http://example.org/1> ; CREATE GRAPH <http://example.org/1>", 500),
        ("LOAD <http://127.0.0.1:9/>", 501),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 501),
        ("INSERT DATA " + "{" * 3000, 400),
    ],
)
def test_refused_updates(server: Server, update: str, status: int) -> None:
    """A wrong update changes nothing, not even by its first operations."""
    assert server.update(f"INSERT DATA {{ <a:b> <a:c> 7 }} ; {update}").status_code == status
    assert not holds(server, "<a:b> <a:c> 7")


def test_graph_store(server: Server) -> None:
    """PUT makes and replaces a graph, POST adds to it, DELETE removes it."""
    address = {"graph": G}
    read = {"accept": "application/n-triples"}
    first = server.client.put("/graph-store", params=address, content="<a> <b> 1 .", headers=TURTLE)
    assert first.status_code == 201
    again = server.client.put("/graph-store", params=address, content="<a> <b> 2 .", headers=TURTLE)
    assert again.status_code == 204
    added = server.client.post("/graph-store", params=address, content="<a> <b> 3 .", headers=TURTLE)
    assert added.status_code == 204
    lines = server.client.get("/graph-store", params=address, headers=read).text.splitlines()
    start, end = (
        "<http://example.org/a> <http://example.org/b>",
        "<http://www.w3.org/2001/XMLSchema#integer> .",
    )
    assert sorted(lines) == [f'{start} "2"^^{end}', f'{start} "3"^^{end}']
    assert server.client.delete("/graph-store", params=address).status_code == 204
    assert server.client.delete("/graph-store", params=address).status_code == 404
    assert server.client.get("/graph-store", params=address, headers=read).status_code == 404
    default = server.client.put("/graph-store?default", content="<a:x> <a:y> 1 .", headers=TURTLE)
    assert (default.status_code, holds(server, "<a:x> <a:y> 1")) == (204, True)


def test_refused_uploads(server: Server) -> None:
    """A body that is not read changes nothing."""
    server.client.put("/graph-store", params={"graph": G}, content="<a> <b> 1 .", headers=TURTLE)
    bomb = '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>'
    for body, media, status in (
        ("<a> <b>", "text/turtle", 400),
        (bomb, "application/rdf+xml", 400),
        ("a", "text/html", 415),
    ):
        response = server.client.put(
            "/graph-store", params={"graph": G}, content=body, headers={"content-type": media}
        )
        assert response.status_code == status
    assert server.client.put("/graph-store", content="<a> <b> 1 .", headers=TURTLE).status_code == 400
    assert holds(server, "<http://example.org/a> <http://example.org/b> 1")


def test_update_that_does_not_end(server: Server) -> None:
    """An update that is ended has changed nothing, and the next one is made."""
    server.update(f"INSERT DATA {{ {DATA} }}")
    response = server.update(ENDLESS)
    assert response.status_code in (504, 507), response.text
    assert not holds(server, "?s <http://example.org/n> ?o")
    assert server.update("INSERT DATA { <a:b> <a:c> 1 }").status_code == 204
    assert holds(server, "<a:b> <a:c> 1")


def test_writer_that_is_killed(server: Server) -> None:
    """A writer that is killed leaves a whole store, and another one takes over."""
    server.update(f"INSERT DATA {{ {DATA} }}")
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(server.update, ENDLESS)
        time.sleep(0.3)
        writer(server).send_signal(signal.SIGKILL)
        assert running.result().status_code == 500
    assert server.update("INSERT DATA { <a:b> <a:c> 1 }").status_code == 204
    count = server.query("SELECT (COUNT(*) AS ?n) { ?s <http://example.org/p> ?o }").json()
    assert count["results"]["bindings"][0]["n"]["value"] == "500"


def test_readers_elsewhere(own: Server, tmp_path: Path) -> None:
    """Another process sees what was written, and is told that the store is in use when it would write."""
    own.update("INSERT DATA { <a:b> <a:c> 1 }")
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with Store.open(tmp_path / "store", read_only=True) as opened:
            if bool(opened.query("ASK { <a:b> <a:c> 1 }")):
                break
        time.sleep(0.05)
    else:
        pytest.fail("what was written is not to be seen")
    with pytest.raises(StoreError, match="is in use by another process"):
        Store.open(tmp_path / "store")


def test_updates_in_a_row(own: Server, tmp_path: Path) -> None:
    """Of many changes in a row all are kept after a kill of the whole server."""
    for number in range(30):
        assert own.update(f"INSERT DATA {{ <a:b> <a:c> {number} }}").status_code == 204
    workers = own.workers()
    own.process.kill()
    psutil.wait_procs(workers, PATIENCE)
    with Store.open(tmp_path / "store", read_only=True) as opened:
        (row,) = opened.query("SELECT (COUNT(*) AS ?n) { <a:b> <a:c> ?o }")
        assert row[0].value == "30"


def test_page_of_another_site(server: Server) -> None:
    """A form that a page elsewhere sends in the name of who visits it changes nothing."""
    response = server.client.post(
        "/sparql", data={"update": "CLEAR ALL"}, headers={"origin": "https://evil.example.org"}
    )
    assert (response.status_code, response.text) == (403, "a page of another site may not change the store\n")
    own = server.client.post(
        "/sparql", data={"update": "INSERT DATA {}"}, headers={"origin": server.address.rstrip("/")}
    )
    assert own.status_code == 204
    assert (
        server.client.post("/sparql", data={"update": "CLEAR ALL"}, headers={"origin": "null"}).status_code
        == 403
    )


def test_token(tmp_path: Path) -> None:
    """With a token changes need it, and reading does not; the token reaches no worker's environment."""
    secret = {"ALLIANCEGRAPH_TOKEN": "tökén-1"}
    with serving(tmp_path / "store", "--writable", "--workers", "1", environment=secret) as running:
        update = "INSERT DATA { <a:b> <a:c> 1 }"
        bare = running.update(update)
        assert (bare.status_code, bare.headers["www-authenticate"]) == (401, "Bearer")
        assert running.update(update, authorization="Bearer wrong").status_code == 401
        assert running.update(update, authorization="Basic dG9rZW4=").status_code == 401
        assert running.client.delete("/graph-store?default").status_code == 401
        assert not holds(running, "<a:b> <a:c> 1")
        right = {"authorization": "Bearer tökén-1".encode(), "content-type": "application/sparql-update"}
        assert running.client.post("/sparql", content=update, headers=right).status_code == 204
        assert holds(running, "<a:b> <a:c> 1")
        assert [p for p in running.workers() if "ALLIANCEGRAPH_TOKEN" in p.environ()] == []


def test_service_description(server: Server) -> None:
    """A writable server says that it takes updates."""
    assert "SPARQL11Update" in server.client.get("/sparql").text
