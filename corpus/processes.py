"""Worker processes on this machine, each watched by a thread: one that dies or hangs costs its document, not the build."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from threading import Lock
from typing import Any, Final

from alliancegraph.corpus.child import READY, serve
from alliancegraph.corpus.ordering import in_order
from alliancegraph.corpus.outcome import CRASH, MEMORY, TIMEOUT, Failure, Outcome, Task, Unchanged
from alliancegraph.ontology.errors import CorpusError

ONE_THREAD: Final = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"), "1"
)
"""Threads of linear algebra, which on one sentence at a time cost more than they bring; read when NumPy is imported."""
ATTEMPTS: Final = 2
"""A process may be ended from outside; a document that ends two is to blame."""
_STARTING: Final = 120.0
"""Seconds in which a process loads what it needs to take a task."""
_ENDING: Final = 10.0
"""Seconds in which the system ends a process that was killed."""

Doing = Callable[[Task], Outcome]


def outcomes(
    work: Doing, items: Iterable[Task | Unchanged | Failure], *, workers: int, timeout: float
) -> Generator[Outcome, None, None]:
    """The outcomes of all items in their order, from so many processes, which are started when they are needed.

    `timeout` is the most seconds for one document. Raise `CorpusError` if no process can be started.
    """
    with _single_threaded(), Pool(work, workers, timeout) as pool:
        yield from in_order(items, lambda task: pool.threads.submit(pool.outcome, task), workers)


@contextmanager
def _single_threaded() -> Iterator[None]:
    """An environment from which processes inherit that they compute with one thread; what the user set stays."""
    added = {name: value for name, value in ONE_THREAD.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            os.environ.pop(name, None)


class _Died(Exception):
    """A process ended while it worked; `how` says by what."""

    def __init__(self, how: str) -> None:
        super().__init__(how)
        self.how = how


class _TooLong(Exception):
    """A process worked for longer than it may."""


class Worker:
    """A process that does one task at a time."""

    def __init__(self, work: Doing) -> None:
        """Start it; raise `CorpusError` where the system has no more processes."""
        context = multiprocessing.get_context("spawn")
        self._is_ready = False
        self._connection: Connection[Any, Any]
        self._connection, other = context.Pipe()
        self.process = context.Process(target=serve, args=(other, work), daemon=True)
        try:
            self.process.start()
        except OSError as error:
            self._connection.close()
            raise CorpusError(f"no worker starts ({error.strerror or error}); try fewer --workers") from error
        finally:
            other.close()

    def outcome(self, task: Task, timeout: float) -> Outcome:
        """The outcome of a task; raise `_Died` or `_TooLong`, after which the worker is of no use.

        Raise `CorpusError` if the process did not even start its work.
        """
        self._await_start()
        try:
            self._connection.send(task)
            if not self._connection.poll(timeout):
                raise _TooLong
            found: Outcome = self._connection.recv()
            return found
        except (EOFError, OSError):
            self.process.join(_ENDING)
            raise _Died(_cause(self.process.exitcode)) from None

    def _await_start(self) -> None:
        if self._is_ready:
            return
        try:
            self._is_ready = self._connection.poll(_STARTING) and self._connection.recv() == READY
        except (EOFError, OSError):
            self.process.join(_ENDING)
        if not self._is_ready:
            raise CorpusError(
                f"no worker starts ({_cause(self.process.exitcode)}); see above, and try fewer --workers"
            )

    def stop(self) -> None:
        """End it, with all processes that it started; it has nothing to lose."""
        if hasattr(os, "killpg") and self.process.pid is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                self.process.kill()
        else:
            self.process.kill()

    def close(self) -> None:
        """Forget it, once it was stopped."""
        self.process.join(_ENDING)
        self._connection.close()


def _cause(code: int | None) -> str:
    if code is not None and code < 0:
        return signal.Signals(-code).name
    return f"exit code {code}"


class Pool:
    """At most so many workers, one for each thread that asks for an outcome; use it in a `with` statement."""

    def __init__(self, work: Doing, workers: int, timeout: float) -> None:
        """No process is started yet."""
        self._work, self._timeout = work, timeout
        self._lock = Lock()
        self._idle: list[Worker] = []
        self._all: set[Worker] = set()
        self._closing = False
        self.threads = ThreadPoolExecutor(workers, initializer=_leave_interrupts_to_the_main_thread)

    def outcome(self, task: Task) -> Outcome:
        """The outcome of a task, whatever it does to the worker."""
        how = ""
        for _ in range(ATTEMPTS):
            worker = self._taken()
            try:
                found = worker.outcome(task, self._timeout)
            except _TooLong:
                self._retire(worker)
                return _failure(task, TIMEOUT, _TOO_LONG.format(self._timeout))
            except _Died as death:
                self._retire(worker)
                how = death.how
                continue
            self._give_back(worker, found)
            return found
        hint = ", as the system does when memory runs out" if how == "SIGKILL" else ""
        return _failure(task, CRASH, _CRASHES.format(how, hint))

    def _taken(self) -> Worker:
        with self._lock:
            if self._closing:
                raise CancelledError
            if self._idle:
                return self._idle.pop()
            worker = Worker(self._work)
            self._all.add(worker)
            return worker

    def _give_back(self, worker: Worker, found: Outcome) -> None:
        if isinstance(found, Failure) and found.kind == MEMORY:
            self._retire(worker)  # what else the process lost is unknown
            return
        with self._lock:
            self._idle.append(worker)

    def _retire(self, worker: Worker) -> None:
        worker.stop()
        worker.close()
        with self._lock:
            self._all.discard(worker)

    def __enter__(self) -> Pool:
        """The pool itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes, whatever they are doing."""
        with self._lock:
            self._closing = True
            remaining = list(self._all)
        for worker in remaining:
            worker.stop()
        self.threads.shutdown(cancel_futures=True)
        for worker in remaining:
            worker.close()


_TOO_LONG: Final = "takes longer than {:g} seconds; split it, or allow it more with --document-timeout"
_CRASHES: Final = "ends the process that reads it ({}{}); take it out, or report it with the article"


def _failure(task: Task, kind: str, what: str) -> Failure:
    return Failure(task.source, task.file, kind, f"{task.source}: {what}", task.fingerprint)


def _leave_interrupts_to_the_main_thread() -> None:
    """What this thread starts is not interrupted either, not even before it has a session of its own."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
