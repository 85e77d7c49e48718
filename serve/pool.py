"""The pool of workers: short queries always find a place, long ones are few, and none outlives its time.

A query takes one of a few places. One that takes longer leaves its place to the next and runs on beside; of such long queries
there are a few at a time, and one more is ended, so that processes are few as well. They are kept for the next query, unless
they were killed, or set back in priority, which cannot be undone; some are ready beforehand.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, Final, Self

from alliancegraph.serve.jobs import Answer, Job, Setup
from alliancegraph.serve.process import Worker
from alliancegraph.serve.refusal import BUSY, Refusal, busy
from alliancegraph.serve.run import Run
from alliancegraph.serve.settings import Limits

_FIRST_PAUSE: Final = 0.1
_LONGEST_PAUSE: Final = 5.0
"""Seconds between attempts to start a worker."""
_PATIENCE: Final = 30.0
"""Seconds that a request waits for a place."""


class Pool:
    """Workers that answer queries; use it in an `async with` statement."""

    def __init__(self, setup: Setup, limits: Limits) -> None:
        """Nothing is started yet."""
        self._setup = setup
        self._limits = limits
        self._places = asyncio.Semaphore(limits.workers)
        self._spare = 0 if setup.in_memory else limits.workers
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._wanted = 0
        self._starting = 0
        self._workers: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._long = 0
        self._closed = False

    async def __aenter__(self) -> Self:
        """The pool with its first worker started, and the others on their way; raise `Refusal` if it cannot start."""
        self._idle.put_nowait(await self._started())
        self._stock(self._limits.workers)
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
        """The answer to a job; raise `Refusal` for one that is over a limit, or if there is no place for too long."""
        await self._take_place()
        try:
            worker = await self._worker()
        except BaseException:
            self._places.release()
            raise
        run = Run(self, worker, self._limits)
        try:
            return await run.answer(job)
        except Refusal:
            self._check_open()
            raise
        finally:
            self._leave(run)

    # ------------------------------------------------------------ places

    async def _take_place(self) -> None:
        self._check_open()
        if self._waiting >= self._limits.waiting:
            raise busy("too many requests are waiting; try again later")
        self._waiting += 1
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._places.acquire()
        except TimeoutError:
            raise busy("all workers are busy; try again later") from None
        finally:
            self._waiting -= 1

    def _check_open(self) -> None:
        if self._closed:
            raise Refusal(BUSY, "the server is stopping")

    @property
    def is_crowded(self) -> bool:
        """Whether requests wait for a place."""
        return self._waiting > 0

    def make_long(self) -> bool:
        """Give the place of a query to the next, if there is room for one more long query; whether there was."""
        if self._long >= self._limits.heavy:
            return False
        self._long += 1
        self._places.release()
        return True

    def _leave(self, run: Run) -> None:
        """Give the place to the next, and keep the worker if it is as good as new."""
        if run.is_long:
            self._long -= 1
        else:
            self._places.release()
        if run.is_done and not run.is_set_back and self._idle.qsize() < self._limits.workers + self._spare:
            self._idle.put_nowait(run.worker)
        else:
            self._in_background(self._end(run.worker))

    # ------------------------------------------------------------ workers

    async def _worker(self) -> Worker:
        """The worker that answered last, or the first that is ready; raise `Refusal` if none is for too long."""
        self._wanted += 1
        try:
            async with asyncio.timeout(_PATIENCE):
                return await self._living()
        except TimeoutError:
            raise busy("no worker can be started; try again later") from None
        finally:
            self._wanted -= 1

    async def _living(self) -> Worker:
        while True:
            self._stock(self._wanted + self._spare)
            worker = await self._idle.get()
            if worker.is_alive:
                return worker
            self._workers.discard(worker)

    def _stock(self, number: int) -> None:
        """See to it that so many workers are idle, or soon will be: a start takes longer than most queries do."""
        for _ in range(number - self._idle.qsize() - self._starting):
            self._starting += 1
            self._in_background(self._start_one())

    async def _started(self) -> Worker:
        worker = await Worker.started(self._setup)
        self._workers.add(worker)
        return worker

    async def _end(self, worker: Worker) -> None:
        """Kill a worker, and have another one ready."""
        await worker.kill()
        self._workers.discard(worker)
        self._stock(self._wanted + self._limits.workers)

    async def _start_one(self) -> None:
        """Start a worker; one that cannot start is tried again, as when the store is away for a moment."""
        pause = _FIRST_PAUSE
        try:
            while not self._closed:
                try:
                    self._idle.put_nowait(await self._started())
                except (Refusal, OSError):
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, _LONGEST_PAUSE)
                else:
                    return
        finally:
            self._starting -= 1

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
