"""The pool of workers: short queries always find one, long ones are few, and none outlives its time.

So many workers are kept ready. A query that takes longer than a moment is heavy: its worker leaves the ready ones, where a
new one takes its place, and steps back in priority. Of heavy queries there are a few at a time; one more is ended.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, Self

from alliancegraph.serve.jobs import Answer, Job, Setup
from alliancegraph.serve.process import Worker
from alliancegraph.serve.refusal import BUSY, TIME_IS_UP, Refusal, busy
from alliancegraph.serve.settings import Limits

_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 5.0
"""Seconds between attempts to start a worker."""
_MOMENT: Final = 0.2
_PATIENCE: Final = 30.0
"""Seconds that a request waits for a worker."""


class Pool:
    """Workers that answer queries; use it in an `async with` statement."""

    def __init__(self, setup: Setup, limits: Limits) -> None:
        """Nothing is started yet."""
        self._setup = setup
        self._limits = limits
        self._ready: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._workers: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._heavy = 0
        self._closed = False

    async def __aenter__(self) -> Self:
        """The pool with its first worker started, and the others on their way; raise `Refusal` if it cannot start."""
        self._add(await Worker.started(self._setup))
        for _ in range(self._limits.workers - 1):
            self._in_background(self._replace())
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the pool."""
        await self.close()

    async def close(self) -> None:
        """End all workers, and with them the queries that they run; closing again does nothing."""
        self._closed = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.kill() for worker in self._workers))

    async def run(self, job: Job) -> Answer:
        """The answer to a job; raise `Refusal` for one that is over a limit, or if all workers are busy for too long."""
        worker = await self._worker()
        run = _Run(self, self._limits, worker)
        try:
            return await run.answer(job)
        except Refusal:
            self._check_open()
            raise
        finally:
            self._in_background(self._after(run))

    # ------------------------------------------------------------ workers

    async def _worker(self) -> Worker:
        self._check_open()
        if self._waiting >= self._limits.waiting:
            raise busy("too many requests are waiting; try again later")
        self._waiting += 1
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._living()
        except TimeoutError:
            raise busy("all workers are busy; try again later") from None
        finally:
            self._waiting -= 1

    def _check_open(self) -> None:
        if self._closed:
            raise Refusal(BUSY, "the server is stopping")

    async def _living(self) -> Worker:
        while not (worker := await self._ready.get()).is_alive:
            self._workers.discard(worker)
            self._in_background(self._replace())
        return worker

    def _add(self, worker: Worker) -> None:
        self._workers.add(worker)
        self._ready.put_nowait(worker)

    async def _replace(self) -> None:
        """Start a worker; one that cannot start is tried again, as when the store is away for a moment."""
        pause = _FIRST_PAUSE
        while not self._closed:
            try:
                self._add(await Worker.started(self._setup))
            except (Refusal, OSError):
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            else:
                return

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    # ------------------------------------------------------------ one run

    @property
    def is_crowded(self) -> bool:
        """Whether requests wait for a worker, and a long query may make room for them."""
        return self._waiting > 0 and self._heavy < self._limits.heavy

    def make_heavy(self, worker: Worker) -> None:
        """Take a worker out of the ready ones for its long query; raise `Refusal` if there are too many such queries."""
        if self._heavy >= self._limits.heavy:
            raise busy(
                f"ended after {self._limits.heavy_after:g} s, since {self._heavy} long queries are running; try again later"
            )
        self._heavy += 1
        worker.step_back()
        self._in_background(self._replace())

    async def _after(self, run: _Run) -> None:
        """What becomes of the worker when its job is done."""
        if run.is_done and not run.is_heavy:
            self._ready.put_nowait(run.worker)
            return
        await run.worker.kill()
        self._workers.discard(run.worker)
        if run.is_heavy:
            self._heavy -= 1
        else:
            await self._replace()


class _Run:
    """One job with one worker."""

    def __init__(self, pool: Pool, limits: Limits, worker: Worker) -> None:
        self._pool = pool
        self._limits = limits
        self.worker = worker
        self.is_heavy = False
        self.is_done = False

    async def answer(self, job: Job) -> Answer:
        asked = asyncio.ensure_future(self.worker.ask(job))
        try:
            await self._wait(asked)
            answer = asked.result()
            self.is_done = True
            return answer
        finally:
            asked.cancel()

    async def _wait(self, asked: asyncio.Future[Answer]) -> None:
        """Wait for the answer as long as it may take; raise `Refusal` when that is over."""
        taken = await self._wait_lightly(asked)
        left = self._limits.seconds - taken
        if not asked.done() and left > 0:
            self._pool.make_heavy(self.worker)
            self.is_heavy = True
            await asyncio.wait({asked}, timeout=left)
        if not asked.done():
            raise Refusal(TIME_IS_UP, f"ended after {self._limits.seconds:g} s; ask for less, or with LIMIT")

    async def _wait_lightly(self, asked: asyncio.Future[Answer]) -> float:
        """Wait until the query counts as heavy: sooner where others wait and there is room for one more; the seconds that took."""
        taken, longest = 0.0, min(self._limits.heavy_after, self._limits.seconds)
        while taken < longest and not (taken > 0 and self._pool.is_crowded):
            moment = min(_MOMENT, longest - taken)
            done, _ = await asyncio.wait({asked}, timeout=moment)
            if done:
                break
            taken += moment
        return taken
