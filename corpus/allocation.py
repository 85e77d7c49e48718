"""How the C library of a Dask worker gives memory back: rarely, as it does elsewhere."""

from __future__ import annotations

import ctypes
import os
from functools import cache
from typing import Final

_VARIABLE: Final = "MALLOC_TRIM_THRESHOLD_"
_OF_DASK: Final = "65536"
"""What Dask's nannies set, if nobody else set it, so that workers give back small amounts too."""
_TRIM: Final = (-1, 64 * 1024 * 1024)
"""M_TRIM_THRESHOLD of glibc's mallopt(3), and bytes at the top of the heap that are kept."""
_MMAP: Final = (-3, 32 * 1024 * 1024)
"""M_MMAP_THRESHOLD, and the largest piece of memory that is taken from the heap."""


@cache
def keep_memory() -> None:
    """Undo what Dask sets for large arrays: the language model takes and frees a megabyte for each sentence.

    With Dask's setting a fifth of the time goes into giving memory back and getting it again. A threshold that a user
    chose stays; where the C library is not glibc, nothing happens.
    """
    if os.environ.get(_VARIABLE) != _OF_DASK:
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt is not None:
        for option in (_TRIM, _MMAP):
            mallopt(*option)
