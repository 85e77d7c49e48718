"""A worker process as the server holds it: asked one job at a time, and killed when it takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from alliancegraph.serve.jobs import LENGTHS, Answer, Job, Setup, job_frame, parsed_answer
from alliancegraph.serve.refusal import BUSY, CRASHED, TOO_MUCH, Refusal
from alliancegraph.serve.settings import MIB

_MODULE: Final = "alliancegraph.serve.worker"
_BUFFER: Final = 1 * MIB
_START_SECONDS: Final = 60.0
_LOAD_SECONDS: Final = 900.0
"""For a store that is read into memory."""
_LOWER_PRIORITY: Final = 5
"""A third of the weight: short queries go first, and long ones are not starved into their time limit."""
_USER: Final = 11
_SYSTEM: Final = 12
"""Places of the two times after the name of the process in its `stat`."""


class WorkerDied(Exception):
    """The process ended in place of answering."""

    def __init__(self, code: int) -> None:
        super().__init__(f"exit code {code}")
        self.code = code

    @property
    def is_out_of_memory(self) -> bool:
        """Whether it ended as the engine does when it is given no more memory."""
        return self.code == -signal.SIGABRT


class Worker:
    """A process; start one with `Worker.started`."""

    def __init__(self, process: asyncio.subprocess.Process, memory: int) -> None:
        """Use `Worker.started`."""
        self._process = process
        self._memory = memory

    @classmethod
    async def started(cls, setup: Setup) -> Self:
        """A process that has its store open; raise `Refusal` if it could not open it."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", "-m", _MODULE),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,  # last words of an engine that is out of memory help nobody
            env=_environment(os.environ),
            limit=_BUFFER,
            start_new_session=True,  # an interrupt from the keyboard is the server's business
        )
        worker = cls(process, setup.memory)
        try:
            async with asyncio.timeout(_LOAD_SECONDS if setup.in_memory else _START_SECONDS):
                answer = await worker._exchange(job_frame(setup))
        except BaseException as error:
            await worker.kill()
            raise _start_failed(error, setup) from error
        if answer.status >= BUSY or answer.status == CRASHED:
            await worker.kill()
            raise Refusal(BUSY, answer.body.decode())
        return worker

    async def ask(self, job: Job, body: bytes = b"") -> Answer:
        """The answer to a job; raise `Refusal` if the process dies of it."""
        try:
            return await self._exchange(job_frame(job, body))
        except WorkerDied as died:
            raise self._death(died) from None

    def _death(self, died: WorkerDied) -> Refusal:
        if died.is_out_of_memory:
            return Refusal(TOO_MUCH, f"ended, since it needs more than {self._memory / MIB:g} MiB of memory")
        return Refusal(CRASHED, "ended, since the engine crashed at it; the text may be too complex")

    async def _exchange(self, frame: bytes) -> Answer:
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(frame)
            await stdin.drain()
            head, body = LENGTHS.unpack(await stdout.readexactly(LENGTHS.size))
            return parsed_answer(await stdout.readexactly(head), await stdout.readexactly(body))
        except (asyncio.IncompleteReadError, ConnectionError):
            raise WorkerDied(await self._process.wait()) from None

    @property
    def is_alive(self) -> bool:
        """Whether the process has not ended."""
        stdout = self._process.stdout
        return self._process.returncode is None and stdout is not None and not stdout.at_eof()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    def processor_seconds(self) -> float:
        """How long the process has worked so far; where the system does not tell, seconds of the clock."""
        try:
            fields = Path(f"/proc/{self.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:
            return time.monotonic()
        return (int(fields[_USER]) + int(fields[_SYSTEM])) / os.sysconf("SC_CLK_TCK")

    def step_back(self) -> None:
        """Let others have the processors first."""
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, self.pid, _LOWER_PRIORITY)

    async def kill(self) -> None:
        """End the process, whatever it does; ending it again does nothing."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
        if self._process.stdin is not None:
            self._process.stdin.close()


def _environment(known: Mapping[str, str]) -> dict[str, str]:
    """The environment without what a worker need not know; the engine's own report of a crash is of no use to anyone."""
    return {**{k: v for k, v in known.items() if k != "ALLIANCEGRAPH_TOKEN"}, "RUST_BACKTRACE": "0"}


def _start_failed(error: BaseException, setup: Setup) -> BaseException:
    if isinstance(error, WorkerDied) and error.is_out_of_memory:
        size = f"{setup.memory / MIB:g} MiB"
        return Refusal(
            BUSY, f"the store does not fit into {size}; raise --memory-limit, or leave out --in-memory"
        )
    if isinstance(error, WorkerDied):
        see = f"{sys.executable} -m {_MODULE} < {os.devnull}"
        return Refusal(BUSY, f"a worker process ended at its start, with {error}; see: {see}")
    if isinstance(error, TimeoutError):
        return Refusal(BUSY, "a worker process took too long to start")
    return error
