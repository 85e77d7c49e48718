"""Words in pictures: how wide they are, and shorter forms of long names that stay different from each other."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

FONTS: Final = ("DejaVu Sans", "Noto Sans", "Noto Sans CJK SC", "Noto Sans Arabic", "sans-serif")
_ELLIPSIS: Final = "…"


@lru_cache(maxsize=65536)
def width(text: str, points: float, bold: bool = False) -> float:
    """The width of a line of text, in points."""
    properties = FontProperties(family=["DejaVu Sans"], size=10, weight="bold" if bold else "normal")
    found, _, _ = text_to_path.get_text_width_height_descent(text, properties, ismath=False)
    return float(found) * points / 10


def shortened(name: str, points: float, most: float) -> str:
    """The name, or as many of its first words or letters as there is room for, in points, and an ellipsis."""
    name = " ".join(name.split())
    if width(name, points) <= most:
        return name
    cut = _cut(name, points, most)
    at_word = cut.rsplit(" ", 1)[0].rstrip(" ,;:-–(")
    kept = at_word if len(at_word) >= 0.6 * len(cut) else cut.rstrip(" ,;:-–(")
    return kept + _ELLIPSIS


def all_shortened(names: Sequence[str], points: float, most: float) -> list[str]:
    """Short forms of names; where two would be the same, with their beginnings and ends."""
    found = [shortened(name, points, most) for name in names]
    twice = {short for short in found if found.count(short) > 1} if len(set(found)) < len(found) else set()
    return [
        _ends(name, points, most) if short in twice else short
        for name, short in zip(names, found, strict=True)
    ]


def wrapped(text: str, points: float, most: float, lines: int | None = None) -> list[str]:
    """The text in lines of at most that width; the last of at most so many lines is shortened."""
    words = text.split()
    made: list[str] = []
    while words:
        if lines is not None and len(made) == lines - 1:
            return [*made, shortened(" ".join(words), points, most)]
        count = 1
        while count < len(words) and width(" ".join(words[: count + 1]), points) <= most:
            count += 1
        made.append(shortened(" ".join(words[:count]), points, most))
        words = words[count:]
    return made


def plural(count: int, variable: str) -> str:
    """`7 organizations`, `1 party`."""
    if count == 1:
        return f"1 {variable}"
    ending = (
        variable[:-1] + "ies" if variable.endswith("y") and variable[-2:-1] not in "aeiou" else variable + "s"
    )
    return f"{count} {ending}"


def _ends(name: str, points: float, most: float) -> str:
    """The beginning and the end of a name, as much of each as there is room for."""
    name = " ".join(name.split())
    for kept in range(len(name) - 2, 1, -1):
        short = name[: (kept + 1) // 2].rstrip() + _ELLIPSIS + name[-(kept // 2) :].lstrip()
        if width(short, points) <= most:
            return short
    return _ELLIPSIS


def _cut(name: str, points: float, most: float) -> str:
    low, high = 1, len(name)
    while low < high:
        middle = (low + high + 1) // 2
        if width(name[:middle] + _ELLIPSIS, points) <= most:
            low = middle
        else:
            high = middle - 1
    return name[:low]
