"""A server from start to end: its address, its signals, its workers, and the stores that it serves."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pyoxigraph
import pytest
from factories import sample_extraction, second_extraction
from pyoxigraph import Literal, NamedNode, Quad
from serving import PATIENCE, command, gone, serving

from alliancegraph import cli
from alliancegraph.graph.store import Store

COUNT = "SELECT (COUNT(DISTINCT ?g) AS ?n) { GRAPH ?g { ?s a <https://schema.org/Article> } }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a store with one document."""
    path = tmp_path_factory.mktemp("built") / "store"
    with Store.open(path) as opened:
        opened.replace(sample_extraction())
    return path


@pytest.fixture
def store(built: Path, tmp_path: Path) -> Path:
    """A copy of it for one test."""
    return Path(shutil.copytree(built, tmp_path / "store"))


def failure(*options: str) -> tuple[int, str]:
    """Exit code and message of a server that does not start."""
    ended = subprocess.run(
        command(Path("none"), *options), capture_output=True, text=True, timeout=PATIENCE, check=False
    )
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr
    assert ended.stderr.count("\n") == 1, ended.stderr
    return ended.returncode, ended.stderr.rstrip("\n")


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 0), (signal.SIGINT, 130)])
def test_stop(store: Path, number: signal.Signals, code: int) -> None:
    """A signal stops the server with its workers, whatever they are at, and the client is told."""
    with serving(store, "--workers", "2") as running:
        workers = running.workers()
        assert len(workers) >= 1
        with socket.create_connection(
            ("127.0.0.1", int(running.address.split(":")[2].strip("/")))
        ) as waiting:
            body = ENDLESS.encode()
            waiting.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
            )
            time.sleep(0.5)
            running.process.send_signal(number)
            assert running.process.wait(PATIENCE) == code
            assert waiting.recv(1000).startswith(b"HTTP/1.1 503 ")
        assert gone(workers) == []


def test_interrupt_from_the_keyboard(store: Path) -> None:
    """Ctrl-C reaches the whole group of processes: the server stops in order, and nothing is printed by workers."""
    process = subprocess.Popen(command(store), stderr=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert process.stderr is not None
        assert "serving" in process.stderr.readline()
        workers = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGINT)
        assert (process.wait(PATIENCE), process.stderr.read()) == (130, "")
        assert gone(workers) == []
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def test_server_that_is_killed(store: Path) -> None:
    """No worker outlives a server that is killed, not even one in the middle of a query."""
    with serving(store, "--workers", "2") as running:
        port = int(running.address.split(":")[2].strip("/"))
        with socket.create_connection(("127.0.0.1", port)) as waiting:
            body = ENDLESS.encode()
            waiting.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
                b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
            )
            time.sleep(0.5)
            workers = running.workers()
            assert len(workers) >= 1
            running.process.kill()
            running.process.wait()
            assert gone(workers) == []


def test_port_in_use(store: Path) -> None:
    """A port that is taken is one line with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, message = failure("--store", str(store), "--port", str(port))
    assert (code, message) == (
        2,
        f"error: 127.0.0.1:{port} cannot be used: Address already in use; choose another --port or --host",
    )


def test_host_of_another_machine(store: Path) -> None:
    """An address that is not this machine's is one line too."""
    code, message = failure("--store", str(store), "--host", "192.0.2.1")
    assert (code, message.split(";")[1]) == (2, " choose another --port or --host")


def test_no_store(tmp_path: Path) -> None:
    """A folder without a store is refused with the command that makes one, and not made."""
    code, message = failure("--store", str(tmp_path / "none"))
    assert (code, "alliancegraph build" in message) == (2, True)
    assert not (tmp_path / "none").exists()


def test_store_in_use(store: Path) -> None:
    """A writable server wants the store for itself; one for reading does not."""
    with Store.open(store) as opened:
        opened.replace(second_extraction())
        code, message = failure("--store", str(store), "--writable")
        assert (code, "is in use by another process" in message) == (2, True)
        with serving(store) as running:
            assert running.query(COUNT).status_code == 200


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--writable", "--host", "0.0.0.0"), "--writable needs a token here"),
        (("--writable", "--cors", "*"), "--writable needs a token here"),
        (("--writable", "--in-memory"), "--in-memory is for reading"),
        (("--port", "70000"), "--port"),
        (("--store", "http://localhost:1/"), "this is for stores on disk"),
        (("--memory-limit", "1"), "--memory-limit"),
        (("--timeout", "0"), "--timeout"),
        (("--default-graph", "all"), "--default-graph"),
    ],
)
def test_options_that_do_not_fit(
    store: Path,
    options: tuple[str, ...],
    words: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Options that cannot be are refused before anything is started."""
    monkeypatch.delenv("ALLIANCEGRAPH_TOKEN", raising=False)
    assert cli.main(["serve", "--store", str(store), *options]) == 2
    output = capsys.readouterr()
    assert words in output.err
    assert output.err.count("\n") == 1


def test_packages_that_are_missing(
    store: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra the message names the command that installs it."""
    for name in [name for name in sys.modules if name.startswith("alliancegraph.serve")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert cli.main(["serve", "--store", str(store)]) == 2
    assert (
        capsys.readouterr().err
        == "error: serve needs uvicorn: python -m pip install 'alliancegraph[serve]'\n"
    )


def test_newer_snapshot(store: Path) -> None:
    """What another process stores meanwhile is in the next answer."""
    with serving(store, "--workers", "2") as running:
        assert documents(running.query(COUNT).text) == 1
        with Store.open(store) as opened:
            opened.replace(second_extraction())
        assert [documents(running.query(COUNT).text) for _ in range(4)] == [2] * 4


def test_in_memory(store: Path) -> None:
    """A store in memory gives the same answers, and newer snapshots are seen there too."""
    with serving(store, "--in-memory", "--workers", "2") as running:
        assert documents(running.query(COUNT).text) == 1
        assert running.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").status_code == 200
        with Store.open(store) as opened:
            opened.replace(second_extraction())
        assert [documents(running.query(COUNT).text) for _ in range(4)] == [2] * 4


def test_too_large_for_memory(store: Path) -> None:
    """A store that does not fit into the memory of a worker is refused at the start, with what to do."""
    predicate = NamedNode("http://example.org/p")
    with Store.open(store):
        pass
    data = pyoxigraph.Store(str(store / "data"))
    data.bulk_extend(
        Quad(
            NamedNode(f"http://example.org/s{n}"),
            predicate,
            Literal(f"{n} " * 20),
            NamedNode("http://example.org/g"),
        )
        for n in range(200_000)
    )
    del data
    (store / "changed").touch()
    code, message = failure("--store", str(store), "--in-memory", "--memory-limit", "64")
    assert code == 2
    assert message.splitlines()[-1] == (
        "error: the store does not fit into 64 MiB; raise --memory-limit, or leave out --in-memory"
    )


def test_ipv6(store: Path) -> None:
    """An address of IPv6 is served and printed in brackets."""
    if not socket.has_ipv6 or not _ipv6_works():
        pytest.skip("this machine has no IPv6 loopback")
    with serving(store, "--host", "::1", "--workers", "1") as running:
        assert running.address.startswith("http://[::1]:")
        assert running.query("ASK {}").status_code == 200


def _ipv6_works() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def documents(text: str) -> int:
    """The number in an answer."""
    return int(json.loads(text)["results"]["bindings"][0]["n"]["value"])
