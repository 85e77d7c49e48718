"""Servers that are killed while a document is replaced have the old document or the new one when they are started again."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from servers import STARTED, Server

from alliancegraph.graph.engine import Change, nquads
from alliancegraph.graph.remote import RemoteEngine
from alliancegraph.graph.remote_http import Patience
from alliancegraph.graph.remote_servers import place_of
from alliancegraph.ontology.errors import ServerError
from alliancegraph.ontology.terms import CATALOGUE

DOCUMENT = "https://w3id.org/alliancegraph/document/0123456789abcdef"
QUADS = 700
DELAYS = (0.1, 0.35, 0.8)
"""Seconds after which a server is killed."""
MOST = 500
"""Replacements between two deaths."""


def entry(version: int) -> Quad:
    """What the catalogue says of a version of the document."""
    graph = NamedNode(str(CATALOGUE))
    return Quad(NamedNode(f"{CATALOGUE}#e"), NamedNode("urn:version"), Literal(str(version)), graph)


def replacement(old: int, new: int) -> Change:
    """A new version in the place of an old one; 0 is none."""
    node = NamedNode(DOCUMENT)
    quads = [
        Quad(NamedNode(f"{DOCUMENT}#{i}"), NamedNode("urn:p"), Literal(f"{new} {i}"), node)
        for i in range(QUADS)
    ]
    return Change(
        (DOCUMENT,) if old else (), nquads([entry(old)]) if old else b"", nquads([*quads, entry(new)])
    )


def opened(server: Server) -> RemoteEngine:
    """An engine that does not try again."""
    environment = {"NETRC": "/dev/null", **server.environment}
    return RemoteEngine.open(
        place_of(server.address), environment=environment, waiting=Patience(attempts=1, read=30.0)
    )


def found(engine: RemoteEngine) -> int:
    """The version that is there, all of it and nothing else; 0 for none."""
    versions = [quad.object.value for quad in engine.quads(str(CATALOGUE))]  # type: ignore[union-attr]
    texts = [quad.object.value for quad in engine.quads(DOCUMENT)]  # type: ignore[union-attr]
    expected = [f"{version} {i}" for version in versions for i in range(QUADS)]
    assert sorted(texts) == sorted(expected)
    assert len(versions) <= 1
    return int(versions[0]) if versions else 0


def replaced(engine: RemoteEngine, version: int) -> int:
    """The last version that was acknowledged before the server died."""
    for _ in range(MOST):
        try:
            engine.change(replacement(version, version + 1))
        except ServerError:
            return version
        version += 1
    pytest.fail("the server did not die")


@pytest.mark.parametrize("name", ["oxigraph", "virtuoso"])
def test_killed_servers(name: str, tmp_path: Path) -> None:
    """Nothing that the server acknowledged is lost, and nothing is there by halves."""
    acknowledged = 0
    for delay in (*DELAYS, None):
        with STARTED[name](tmp_path) as server:
            engine = opened(server)
            there = found(engine)
            assert there in (acknowledged, acknowledged + 1)
            acknowledged = there
            if delay is not None:
                assert server.process is not None
                death = threading.Timer(delay, server.process.kill)
                death.start()
                acknowledged = replaced(engine, there)
                death.join()
            engine.close()
    assert acknowledged > 0
