"""A worker process: it does one task after the other until its parent says no more, or is gone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, Final

_DIE_WITH_PARENT: Final = 1
"""PR_SET_PDEATHSIG of Linux's prctl."""
READY: Final = "ready"
"""What a worker says before its first task."""


def serve(connection: Connection[Any, Any], work: Callable[[Any], object]) -> None:
    """Say that it is ready, then answer each task with its outcome; ends when the other end of the connection is closed."""
    _leave_the_terminal()
    _end_with_parent()
    try:
        connection.send(READY)
        while True:
            connection.send(work(connection.recv()))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _leave_the_terminal() -> None:
    """A session of its own, so that Control-C reaches the parent only, and all that belongs to this one ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "setsid"):
        os.setsid()


def _end_with_parent() -> None:
    """Where the system offers it by the system, which ends even a process that is stuck; else by a thread that waits."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    threading.Thread(target=_end_after, args=(parent,), daemon=True).start()
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        if os.getppid() != parent.pid:
            os._exit(1)


def _end_after(parent: Any) -> None:
    parent.join()
    if hasattr(os, "killpg"):
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(1)
