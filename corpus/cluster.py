"""The same work on a Dask cluster: documents are sent as data, outcomes come back, and a worker that dies loses nothing."""

from __future__ import annotations

import faulthandler
import logging
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager
from threading import Lock, Thread, Timer
from typing import Any, Final
from uuid import uuid4

from alliancegraph.corpus.allocation import keep_memory
from alliancegraph.corpus.ordering import in_order
from alliancegraph.corpus.outcome import CRASH, TIMEOUT, Failure, Outcome, Task, Unchanged
from alliancegraph.ontology.errors import CorpusError

MANAGED: Final[Mapping[str, tuple[str, str]]] = {
    "slurm": ("dask_jobqueue", "SLURMCluster"),
    "kubernetes": ("dask_kubernetes.operator", "KubeCluster"),
}
"""Schedulers that start a cluster for the build: the module and the class; each is an extra of that name."""
PATIENCE: Final = 60.0
"""Seconds in which a running cluster must answer and have a worker."""
QUEUE: Final = 3600.0
"""Seconds in which one that is started must have its first worker."""
ATTEMPTS: Final = 2
_GRACE: Final = 1.0
"""Seconds in which the scheduler hears of a document that took too long, before the worker ends."""
_ONE_AT_A_TIME: Final = Lock()
"""The language model is not made for threads."""


def outcomes(
    work: Callable[[Task], Outcome],
    items: Iterable[Task | Unchanged | Failure],
    *,
    address: str,
    workers: int,
    timeout: float,
) -> Generator[Outcome, None, None]:
    """The outcomes of all items in their order, from the cluster at an address or one started with so many workers.

    `timeout` is the most seconds for one document. Raise `CorpusError` if the cluster does not answer.
    """
    with _connected(address, workers) as client:
        cluster = _Cluster(client, address, work, timeout)
        yield from in_order(items, cluster.submit, max(workers, sum(client.nthreads().values())))


class _TooLong(Exception):
    """A worker of the cluster worked on a document for longer than it may."""


def _done(work: Callable[[Task], Outcome], task: Task, timeout: float) -> Outcome:
    """What a worker of the cluster does; raise `_TooLong`, after which the worker ends, as nothing else stops it.

    The error is kept by the scheduler, where an outcome would be lost with the worker.
    """
    _ONE_AT_A_TIME.acquire()
    keep_memory()
    faulthandler.dump_traceback_later(timeout + _GRACE, exit=True, file=2)
    found: list[Outcome] = []
    thread = Thread(target=lambda: found.append(work(task)), daemon=True)
    thread.start()
    thread.join(timeout)
    faulthandler.cancel_dump_traceback_later()
    if thread.is_alive():
        Timer(_GRACE, os._exit, (1,)).start()
        raise _TooLong
    _ONE_AT_A_TIME.release()
    return found[0]


class _Cluster:
    """Where documents are sent."""

    def __init__(self, client: Any, address: str, work: Callable[[Task], Outcome], timeout: float) -> None:
        self.address = address
        self._client, self._work, self._timeout = client, work, timeout
        self._run, self._number = uuid4().hex, 0

    def submit(self, task: Task) -> _Pending:
        """A document that is being done."""
        return _Pending(self.future(task), task, self)

    def future(self, task: Task) -> Any:
        """A document as Dask knows it: under a key of its own, so that it is no part of another build."""
        self._number += 1
        key = (f"document-{self._run}", self._number)
        return self._client.submit(_done, self._work, task, self._timeout, key=key, pure=False)


class _Pending:
    """A document on the cluster."""

    def __init__(self, future: Any, task: Task, cluster: _Cluster) -> None:
        self._future, self._task, self._cluster = future, task, cluster

    def done(self) -> bool:
        """Whether its outcome is there."""
        return bool(self._future.done())

    def result(self) -> Outcome:
        """Its outcome; raise `CorpusError` if the cluster is gone."""
        from distributed import KilledWorker

        for _ in range(ATTEMPTS):
            try:
                return self._gathered()
            except KilledWorker:
                # Dask blames all documents of a worker that died; the one that did it does it again.
                self._future = self._cluster.future(self._task)
            except _TooLong:
                return self._failure(
                    TIMEOUT, "takes longer than --document-timeout; split it, or allow it more"
                )
        return self._failure(
            CRASH, "ends every worker of the cluster that reads it; take it out, or report it"
        )

    def _gathered(self) -> Outcome:
        from distributed import KilledWorker

        where = self._cluster.address
        try:
            found: Outcome = self._future.result()
            return found
        except (KilledWorker, _TooLong):
            raise
        except CancelledError as error:
            raise CorpusError(
                f"the cluster {where} went away; what was stored is kept, and the same command goes on"
            ) from error
        except Exception as error:
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            raise CorpusError(
                f"the cluster {where} cannot do it ({reason}); install the same version of alliancegraph there"
            ) from error
        finally:
            self._future.release()

    def _failure(self, kind: str, what: str) -> Failure:
        task = self._task
        return Failure(task.source, task.file, kind, f"{task.source}: {what}", task.fingerprint)


@contextmanager
def _connected(address: str, workers: int) -> Iterator[Any]:
    """A client of the cluster; one that was started for it ends with it."""
    with ExitStack() as stack:
        place: Any = address
        patience = PATIENCE
        if address in MANAGED:
            place, patience = stack.enter_context(_started(address, workers)), QUEUE
        elif "://" not in address:
            known = ", ".join(sorted(MANAGED))
            raise CorpusError(f"{address}: is no scheduler; write tcp://HOST:PORT, or one of {known}")
        client_class = _imported("dask", "distributed", "Client")
        stack.enter_context(_quiet())
        try:
            client = stack.enter_context(client_class(place, timeout=PATIENCE, set_as_default=False))
            client.wait_for_workers(1, timeout=patience)
        except (OSError, TimeoutError, ValueError) as error:
            raise CorpusError(
                f"the cluster {address} does not answer, or has no worker; start it, then try again"
            ) from error
        yield client


@contextmanager
def _quiet() -> Iterator[None]:
    """Without Dask's own words on what is done again, or said in one line."""
    loggers = [
        logging.getLogger(name) for name in ("distributed.client", "distributed.core", "distributed.comm")
    ]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@contextmanager
def _started(name: str, workers: int) -> Iterator[Any]:
    """A cluster with so many workers, set up by the user's own Dask configuration."""
    cluster_class = _imported(name, *MANAGED[name])
    try:
        cluster = cluster_class(n_workers=workers)
    except Exception as error:
        reason = " ".join(str(error).split())
        raise CorpusError(
            f"{name} starts no cluster ({reason}); see docs/corpora.md for its settings"
        ) from error
    with cluster:
        yield cluster


def _imported(extra: str, module: str, name: str) -> Any:
    import importlib

    try:
        return getattr(importlib.import_module(module), name)
    except ImportError as error:
        raise CorpusError(
            f"--scheduler needs {module.partition('.')[0]}; install it: pip install 'alliancegraph[{extra}]'"
        ) from error
