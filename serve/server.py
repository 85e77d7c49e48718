"""A server from its start to its end: a socket, the workers, and the signals that stop it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack
from dataclasses import replace
from typing import Final

import uvicorn

from alliancegraph.ontology.errors import StoreError, UsageError
from alliancegraph.serve.app import application
from alliancegraph.serve.connection import Connection
from alliancegraph.serve.holder import Holder
from alliancegraph.serve.jobs import Setup
from alliancegraph.serve.pool import Pool
from alliancegraph.serve.refusal import Refusal
from alliancegraph.serve.settings import Settings

_HEADER_BYTES: Final = 128 * 1024
"""Of the request line and all headers; a query in the address is as long in them as percent signs make it."""
_CONNECTIONS: Final = 1000
_BACKLOG: Final = 512
_GOODBYE_SECONDS: Final = 3
INTERRUPTED: Final = 130


def serve(settings: Settings, announce: Callable[[str], None]) -> int:
    """Serve until a signal stops it, and return the exit code: 0, or 130 for an interrupt.

    `announce` is told the address when requests are answered. Raises `UsageError` for an address that cannot be used and
    `StoreError` for a store that cannot.
    """
    with _listening(settings) as listener:
        return asyncio.run(_serve(settings, listener, announce))


def setup_of(settings: Settings, *, writer: bool) -> Setup:
    """What a worker of the server is to be."""
    return Setup(
        store=str(settings.store),
        union=settings.union,
        in_memory=settings.in_memory and not writer,
        writer=writer,
        writable=settings.writable,
        services=settings.services,
        loads=settings.loads,
        memory=settings.limits.memory,
        rows=settings.limits.rows,
        result=settings.limits.result,
    )


@contextlib.contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """A socket bound to the address; raise `UsageError` if it is taken or not of this machine."""
    host = settings.host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listener = socket.create_server((host, settings.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        where = f"{settings.host}:{settings.port}"
        # the library's own words name the address once more; those of a failed look-up have no number of the system
        is_lookup = isinstance(error, socket.gaierror)
        reason = os.strerror(error.errno) if error.errno and not is_lookup else error.strerror
        raise UsageError(
            f"{where} cannot be used: {reason or error}; choose another --port or --host"
        ) from None
    with listener:
        # asyncio does this only for sockets that were made by naming TCP; without it each answer waits for 40 ms
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        yield listener


async def _serve(settings: Settings, listener: socket.socket, announce: Callable[[str], None]) -> int:
    async with AsyncExitStack() as stack:
        try:
            writing = Holder(setup_of(settings, writer=True), settings.limits) if settings.writable else None
            holder = await stack.enter_async_context(writing) if writing is not None else None
            pool = await stack.enter_async_context(Pool(setup_of(settings, writer=False), settings.limits))
        except Refusal as refusal:
            raise StoreError(refusal.message, store=str(settings.store)) from None
        port = listener.getsockname()[1]
        server = _Server(_configuration(application(settings, pool, holder)))
        address = _address(replace(settings, port=port))
        return await _until_stopped(server, pool, listener, lambda: announce(address))


async def _until_stopped(
    server: _Server, pool: Pool, listener: socket.socket, ready: Callable[[], None]
) -> int:
    loop, received = asyncio.get_running_loop(), []

    def stop(number: int) -> None:
        received.append(number)
        server.should_exit = True
        server.force_exit = len(received) > 1
        stopping.append(asyncio.ensure_future(pool.close()))

    stopping: list[asyncio.Future[None]] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop, number)
    server.ready = ready
    await server.serve(sockets=[listener])
    await asyncio.gather(*stopping)
    return INTERRUPTED if received[:1] == [signal.SIGINT] else 0


class _Server(uvicorn.Server):
    """Uvicorn without signals of its own, which says when it is ready."""

    ready: Callable[[], None]

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to the caller, who also has workers to end."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and say so."""
        await super().startup(sockets=sockets)
        if self.started:
            self.ready()


def _configuration(app: object) -> uvicorn.Config:
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        http=Connection,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        headers=[("Server", "alliancegraph")],
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
        h11_max_incomplete_event_size=_HEADER_BYTES,
        timeout_graceful_shutdown=_GOODBYE_SECONDS,
    )


def _address(settings: Settings) -> str:
    host = settings.host.strip("[]")
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}/"
