"""The memory of a worker process: a limit that the kernel enforces, and when so little of it is left that a fresh one is better.

The limit is RLIMIT_DATA, which counts what a process may write to, and not the files and address space that it only maps. An
engine that is refused memory ends its process with SIGABRT.
"""

from __future__ import annotations

import os
import resource
from pathlib import Path
from typing import Final

_KEPT: Final = 0.5
"""So much of the limit may stay in use after an answer, as what was freed is not always given back."""


class Memory:
    """A limit above what the process has now; sizes in bytes."""

    def __init__(self, size: int) -> None:
        """Let the process take so many bytes more."""
        self._limit = _data_size() + size
        resource.setrlimit(resource.RLIMIT_DATA, (self._limit, self._limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a crash is not to write all of that to the disk
        self._rested = 0

    def rest(self) -> None:
        """What is in use now is in use between answers too."""
        self._rested = _data_size()

    @property
    def is_worn(self) -> bool:
        """Whether earlier answers left the next one too little."""
        room = self._limit - self._rested
        return _data_size() - self._rested > _KEPT * room


def _data_size() -> int:
    """The data of this process as RLIMIT_DATA counts it; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")
