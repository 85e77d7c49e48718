"""What is loaded once and stays is kept out of the garbage collector's rounds, which would walk over it again and again."""

from __future__ import annotations

import gc

_READ: dict[str, int] = {}
"""How many documents were read with each vocabulary."""


def settle(digest: str) -> None:
    """Before the second document of a vocabulary: what the first one left (words, patterns, the model) is there to stay.

    Objects without references are freed first, and go on being freed as ever; only the search for cycles skips what is
    settled.
    """
    _READ[digest] = _READ.get(digest, 0) + 1
    if _READ[digest] == 2:
        gc.collect()
        gc.freeze()
