"""The same work on a Dask cluster: documents are sent as data, outcomes come back, and a worker that dies loses nothing."""

from __future__ import annotations

import faulthandler
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from threading import Lock
from typing import Any, Final
from uuid import uuid4

from alliancegraph.corpus.ordering import in_order
from alliancegraph.corpus.outcome import CRASH, Failure, Outcome, Task, Unchanged
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
        run = uuid4().hex
        number = 0

        def submit(task: Task) -> _Pending:
            nonlocal number
            number += 1
            # A key of its own, so that the same document of another build is no part of this one.
            return _Pending(
                client.submit(_done, work, task, timeout, key=f"document-{run}-{number}", pure=False),
                task,
                address,
            )

        yield from in_order(items, submit, max(workers, sum(client.nthreads().values())))


def _done(work: Callable[[Task], Outcome], task: Task, timeout: float) -> Outcome:
    """What a worker of the cluster does; a document that takes too long ends it, as nothing else can."""
    with _ONE_AT_A_TIME:
        faulthandler.dump_traceback_later(timeout, exit=True, file=2)
        try:
            return work(task)
        finally:
            faulthandler.cancel_dump_traceback_later()


class _Pending:
    """A document on the cluster."""

    def __init__(self, future: Any, task: Task, address: str) -> None:
        self._future, self._task, self._address = future, task, address

    def done(self) -> bool:
        """Whether its outcome is there."""
        return bool(self._future.done())

    def result(self) -> Outcome:
        """Its outcome; raise `CorpusError` if the cluster is gone."""
        from concurrent.futures import CancelledError as Cancelled

        from distributed import CancelledError, KilledWorker

        try:
            found: Outcome = self._future.result()
        except KilledWorker as error:
            return self._failure(error)
        except (CancelledError, Cancelled) as error:
            raise CorpusError(
                f"the cluster {self._address} went away; what was stored is kept, and the same command goes on"
            ) from error
        except Exception as error:
            reason = " ".join(f"{type(error).__name__}: {error}".split())
            raise CorpusError(
                f"the cluster {self._address} cannot do it ({reason}); "
                "install the same version of alliancegraph on its workers"
            ) from error
        finally:
            self._future.release()
        return found

    def _failure(self, error: Any) -> Failure:
        task = self._task
        reason = (
            f"{task.source}: ended every worker of the cluster that read it, or took longer than --document-timeout "
            "there; take it out, or report it with the article"
        )
        return Failure(task.source, task.file, CRASH, reason, task.fingerprint)


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
        try:
            client = stack.enter_context(client_class(place, timeout=PATIENCE, set_as_default=False))
            client.wait_for_workers(1, timeout=patience)
        except (OSError, TimeoutError, ValueError) as error:
            raise CorpusError(
                f"the cluster {address} does not answer, or has no worker; start it, then try again"
            ) from error
        yield client


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
