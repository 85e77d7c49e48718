"""How long tests wait for what must come to an end: a guard against work without end, far beyond what it takes."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

PATIENCE = 60  # seconds

needs_alarm = pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="this system has no alarm signal")


@contextmanager
def patience(what: str, *, seconds: int = PATIENCE) -> Iterator[None]:
    """Fail, naming the work, when it has not come to an end."""

    def give_up(signum: int, frame: FrameType | None) -> None:
        pytest.fail(f"{what} does not end")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
