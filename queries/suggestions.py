"""What the user may have meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import Final

_MOST: Final = 3


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean A, B or C?` with the nearest of the known words, or an empty string when none is near."""
    by_folded = {name.casefold(): name for name in sorted(known, reverse=True)}
    near = difflib.get_close_matches(word.casefold(), sorted(by_folded), n=_MOST, cutoff=0.6)
    names = [by_folded[name] for name in near]
    if not names:
        return ""
    listed = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"did you mean {listed}?"
