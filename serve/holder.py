"""The one process that writes: changes are made one after another, and a new process takes over when one is killed.

What was changed is published before the next read, and otherwise a moment later for readers elsewhere, so that many small
changes in a row cost one snapshot.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final, Self

from alliancegraph.serve.jobs import Answer, Job, Publish, Setup
from alliancegraph.serve.process import Worker
from alliancegraph.serve.refusal import TIME_IS_UP, Refusal, busy
from alliancegraph.serve.settings import Limits

_ERRORS: Final = 400
_PUBLISH_AFTER: Final = 0.5
"""Seconds after a change in which nobody asked."""


class Holder:
    """The writing process; use it in an `async with` statement."""

    def __init__(self, setup: Setup, limits: Limits) -> None:
        """Nothing is started yet."""
        self._setup = setup
        self._limits = limits
        self._turn = asyncio.Lock()
        self._waiting = 0
        self._worker: Worker | None = None
        self._is_published = True
        self._later: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        """The holder with its process started; raise `Refusal` if it cannot start."""
        self._worker = await Worker.started(self._setup)
        return self

    async def __aexit__(self, *_: object) -> None:
        """End the process; a change that it is at is made wholly or not at all."""
        if self._later is not None:
            self._later.cancel()
        if self._worker is not None:
            await self._worker.kill()

    async def run(self, job: Job, body: bytes = b"") -> Answer:
        """What became of a change; raise `Refusal` if it took too long or too much."""
        if self._waiting >= self._limits.waiting:
            raise busy("too many changes are waiting; try again later")
        self._waiting += 1
        try:
            async with self._turn:
                self._is_published = False
                answer = await self._run(job, body)
        finally:
            self._waiting -= 1
        if self._later is None or self._later.done():
            self._later = asyncio.ensure_future(self._publish_later())
        return answer

    async def publish(self) -> None:
        """Let the next query see what was changed; raise `Refusal` if that failed."""
        if self._is_published:
            return
        async with self._turn:
            if not self._is_published:
                answer = await self._run(Publish(), b"")
                if answer.status >= _ERRORS:
                    raise Refusal(answer.status, answer.body.decode())
                self._is_published = True

    async def _publish_later(self) -> None:
        await asyncio.sleep(_PUBLISH_AFTER)
        with contextlib.suppress(Refusal):  # the next reader is told
            await self.publish()

    async def _run(self, job: Job, body: bytes) -> Answer:
        if self._worker is None or not self._worker.is_alive:
            self._worker = await Worker.started(self._setup)
        done = False
        try:
            async with asyncio.timeout(self._limits.seconds):
                answer = await self._worker.ask(job, body)
            done = True
            return answer
        except TimeoutError:
            raise Refusal(
                TIME_IS_UP,
                f"ended after {self._limits.seconds:g} s; the change was made wholly or not at all",
            ) from None
        finally:
            if not done:
                await self._worker.kill()
                self._worker = None
