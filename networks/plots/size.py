"""The size of a picture, in pixels, and how many of them are an inch: two hundred in print, fewer in small ones for the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from alliancegraph.ontology.errors import UsageError

DPI: Final = 200
SCREEN: Final = 100
LEAST: Final = 400
MOST: Final = 10000
_USUAL: Final = 7.0


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels, and how many pixels are an inch."""

    width: int
    height: int
    dpi: int = DPI

    @classmethod
    def of(cls, text: str) -> Size:
        """The size of a text such as `1600x1000`; raise `UsageError` for another text or an unusable size.

        Below 1400 pixels of width the picture stays seven inches wide, down to a hundred pixels an inch, so that its text
        is as large beside the rest as in print.
        """
        found = re.fullmatch(r"(\d{1,6})[x×](\d{1,6})", text.strip().lower())
        if found is None:
            raise UsageError(f"a size is WIDTHxHEIGHT in pixels, such as 1600x1000, not {text!r}")
        size = cls(int(found[1]), int(found[2]))
        if not all(LEAST <= side <= MOST for side in (size.width, size.height)):
            raise UsageError(
                f"a picture is {LEAST} to {MOST} pixels wide and high, not {size.width}x{size.height}"
            )
        return cls(size.width, size.height, min(max(round(size.width / _USUAL), SCREEN), DPI))

    @classmethod
    def of_inches(cls, width: float, height: float) -> Size:
        """The size of a picture on paper, kept within what is possible."""
        return cls(*(min(max(round(side * DPI), LEAST), MOST) for side in (width, height)))

    def enlarged(self, wide: float, high: float) -> Size:
        """The same pixels with more of them to the inch, where a picture needs fewer inches: all in it becomes larger."""
        factor = min(self.inches[0] / wide, self.inches[1] / high)
        return Size(self.width, self.height, int(self.dpi * factor)) if factor > 1 else self

    @property
    def inches(self) -> tuple[float, float]:
        """Width and height on paper."""
        return self.width / self.dpi, self.height / self.dpi
