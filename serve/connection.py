"""A connection that does not wait for ever for its client: neither for the headers of a request, nor for an answer to be read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

_HEADER_SECONDS: Final = 10.0
_STALL_SECONDS: Final = 30.0
"""In which a client has to take at least what the buffers of the connection hold."""


class Connection(H11Protocol):
    """Uvicorn's connection, with two clocks."""

    def __init__(self, *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self._headers = _Clock(self.loop, _HEADER_SECONDS, self._abort)
        self._stall = _Clock(self.loop, _STALL_SECONDS, self._abort)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start to wait for the first request."""
        super().connection_made(transport)
        self._headers.start()

    def data_received(self, data: bytes) -> None:
        """Take what has come; the clock runs while it is less than the headers of a request."""
        super().data_received(data)
        if self.conn.their_state is h11.IDLE:
            self._headers.start()
        else:
            self._headers.stop()

    def pause_writing(self) -> None:
        """The client does not read as fast as is written."""
        super().pause_writing()
        self._stall.start()

    def resume_writing(self) -> None:
        """The client has read some."""
        super().resume_writing()
        self._stall.stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the clocks."""
        self._headers.stop()
        self._stall.stop()
        super().connection_lost(exc)

    def _abort(self) -> None:
        self.transport.abort()


class _Clock:
    """Does something after so many seconds, unless it is stopped before."""

    def __init__(self, loop: asyncio.AbstractEventLoop, seconds: float, action: Callable[[], None]) -> None:
        self._loop = loop
        self._seconds = seconds
        self._action = action
        self._running: asyncio.TimerHandle | None = None

    def start(self) -> None:
        if self._running is None:
            self._running = self._loop.call_later(self._seconds, self._action)

    def stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None
