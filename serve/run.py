"""One query with one worker: how long it may have its place, when it is set back, and when it is ended."""

from __future__ import annotations

import asyncio
import time
from typing import Final, Protocol

from alliancegraph.serve.jobs import Answer, Job
from alliancegraph.serve.process import Worker
from alliancegraph.serve.refusal import TIME_IS_UP, Refusal, busy
from alliancegraph.serve.settings import Limits

_MOMENT: Final = 0.2
"""Seconds between two looks at a query that runs."""


class Places(Protocol):
    """Where a query has its place."""

    @property
    def is_crowded(self) -> bool:
        """Whether others wait for a place."""
        ...

    def make_long(self) -> bool:
        """Give the place to the next, if there is room for one more long query; whether there was."""
        ...


class Run:
    """A query from its start to its answer, or to its end."""

    def __init__(self, places: Places, worker: Worker, limits: Limits) -> None:
        """Nothing is asked yet."""
        self._places = places
        self._limits = limits
        self.worker = worker
        self.is_long = False
        self.is_set_back = False
        self.is_done = False

    async def answer(self, job: Job) -> Answer:
        """The answer; raise `Refusal` when it takes too long or too much."""
        asked = asyncio.ensure_future(self.worker.ask(job))
        try:
            await self._watch(asked)
            answer = asked.result()
            self.is_done = True
            return answer
        finally:
            asked.cancel()

    async def _watch(self, asked: asyncio.Future[Answer]) -> None:
        """Wait for the answer, and look at what the query takes meanwhile."""
        start, worked = time.monotonic(), self.worker.processor_seconds()
        while True:
            left = self._limits.seconds - (time.monotonic() - start)
            done, _ = await asyncio.wait({asked}, timeout=min(_MOMENT, max(0.0, left)))
            if done:
                return
            if time.monotonic() - start >= self._limits.seconds:
                raise Refusal(
                    TIME_IS_UP, f"ended after {self._limits.seconds:g} s; ask for less, or with LIMIT"
                )
            self._look(self.worker.processor_seconds() - worked)

    def _look(self, worked: float) -> None:
        """Let the query leave its place where others wait, and set it back once it is heavy; raise `Refusal` if it cannot be."""
        is_heavy = worked > self._limits.heavy_after
        if not self.is_long and (is_heavy or self._places.is_crowded):
            self.is_long = self._places.make_long()
        if not is_heavy or self.is_set_back:
            return
        if not self.is_long:
            raise busy(
                f"ended after {worked:.1f} s of work, since {self._limits.heavy} long queries are running; try again later"
            )
        self.is_set_back = True
        self.worker.step_back()
