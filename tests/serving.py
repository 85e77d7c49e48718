"""A server in a process of its own for tests, ended whatever happens."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import psutil

PATIENCE: Final = 60.0
"""Seconds in which a server starts or stops, even on a busy machine."""


@dataclass(frozen=True)
class Server:
    """A running server, and a client that talks to it."""

    process: subprocess.Popen[str]
    address: str
    client: httpx.Client

    def query(self, text: str, **headers: str) -> httpx.Response:
        """The response to a query that is sent as it stands."""
        sent = {"content-type": "application/sparql-query", **headers}
        return self.client.post("/sparql", content=text, headers=sent)

    def update(self, text: str, **headers: str) -> httpx.Response:
        """The response to an update that is sent as it stands."""
        sent = {"content-type": "application/sparql-update", **headers}
        return self.client.post("/sparql", content=text, headers=sent)

    def workers(self) -> list[psutil.Process]:
        """The processes that the server started."""
        return psutil.Process(self.process.pid).children(recursive=True)


def command(store: Path, *options: str) -> list[str]:
    """The command line of a server on a free port."""
    return [sys.executable, "-m", "alliancegraph", "serve", "--store", str(store), "--port", "0", *options]


@contextlib.contextmanager
def serving(store: Path, *options: str, environment: dict[str, str] | None = None) -> Iterator[Server]:
    """A server over a store; it is ended, by force if it must be, and so are its workers."""
    process = subprocess.Popen(
        command(store, *options), stderr=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})}
    )
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://\S+?/(?=sparql)", line)
        assert found is not None, line + process.stderr.read()
        with httpx.Client(base_url=found[0], timeout=PATIENCE) as client:
            yield Server(process, found[0], client)
    finally:
        end(process)


def end(process: subprocess.Popen[str]) -> None:
    """Stop a server and whatever it started."""
    started = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    finally:
        if process.stderr is not None:
            process.stderr.close()
        for worker in started:
            with contextlib.suppress(psutil.NoSuchProcess):
                worker.kill()


def gone(processes: list[psutil.Process]) -> list[int]:
    """The numbers of those processes that are still there after some patience."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        left = [p.pid for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
        if not left:
            return []
        time.sleep(0.05)
    return left
