"""Servers for tests of remote stores: real ones, started on a free port of this machine and ended whatever happens."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parent.parent
VIRTUOSO = ROOT / "out" / "virtuoso"
PATIENCE = 60.0
"""Seconds in which a server must be there."""
PASSWORD = "dba"


@dataclass
class Server:
    """A running server: its address for `--store`, what the environment must hold, and its process."""

    name: str
    address: str
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(
    command: list[str], folder: Path, url: str, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A server's process, from when it answers until it has ended."""
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )
        try:
            _wait(process, url, log)
            yield process
        finally:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(15)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            break
        try:
            httpx.get(url, timeout=5, trust_env=False)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{url} does not answer: {log.read_text(encoding='utf-8', errors='replace')[-500:]}")


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """The server that comes with the PyPI package `oxigraph`, with its data in a folder."""
    binary = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if binary is None:
        pytest.skip("no oxigraph server: pip install oxigraph")
    folder.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{free_port()}"
    bind = address.removeprefix("http://")
    command = [binary, "serve", "--location", str(folder / "data"), "--bind", bind]
    with running(command, folder, address) as process:
        yield Server("oxigraph", address, process=process)


SETTINGS = """\
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 10
CheckpointInterval = 60
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
MaxClientConnections = 8
[SPARQL]
ResultSetMaxRows = {rows}
"""


@contextmanager
def virtuoso(folder: Path, *, rows: int = 1_000_000) -> Iterator[Server]:
    """Virtuoso of the PATH or of `.ci/virtuoso`, with its data in a folder; answers have at most so many rows."""
    binary = shutil.which("virtuoso-t") or shutil.which(str(VIRTUOSO / "usr" / "bin" / "virtuoso-t"))
    if binary is None:
        pytest.skip("no virtuoso-t on the PATH or in out/virtuoso: run .ci/virtuoso")
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    settings = SETTINGS.format(sql=free_port(), http=port, rows=rows)
    (folder / "virtuoso.ini").write_text(settings, encoding="utf-8")
    (folder / "virtuoso.lck").unlink(missing_ok=True)
    libraries = os.pathsep.join([str(VIRTUOSO / "lib-beside"), os.environ.get("LD_LIBRARY_PATH", "")])
    command = [binary, "+foreground", "+configfile", "virtuoso.ini"]
    address = f"http://127.0.0.1:{port}/sparql"
    secrets = {"ALLIANCEGRAPH_STORE_USER": "dba", "ALLIANCEGRAPH_STORE_PASSWORD": PASSWORD}
    with running(command, folder, address, {"LD_LIBRARY_PATH": libraries}) as process:
        yield Server("virtuoso", address, secrets, process)


@contextmanager
def own(folder: Path) -> Iterator[Server]:
    """The project's own endpoint, open for writing."""
    from alliancegraph.cli import cli
    from alliancegraph.graph.store import Store

    if "serve" not in cli.commands:
        pytest.skip("alliancegraph has no command serve")
    folder.mkdir(parents=True, exist_ok=True)
    Store.open(folder / "store").close()
    port = free_port()
    command = [sys.executable, "-m", "alliancegraph", "serve", "--writable", "--port", str(port)]
    command += ["--store", str(folder / "store")]
    with running(command, folder, f"http://127.0.0.1:{port}/sparql") as process:
        yield Server("alliancegraph", f"http://127.0.0.1:{port}/sparql#alliancegraph", process=process)


STARTED: Mapping[str, Callable[[Path], AbstractContextManager[Server]]] = {
    "oxigraph": oxigraph,
    "virtuoso": virtuoso,
    "alliancegraph": own,
}
"""The servers that tests of all servers go through."""
