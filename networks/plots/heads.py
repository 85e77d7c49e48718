"""The heads of columns in a heatmap: flat in lines where columns are wide, else sloping or upright."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes

from alliancegraph.networks.plots.sheet import POINTS, TEXT, Sheet
from alliancegraph.networks.plots.words import all_shortened, width, wrapped

WIDE: Final = 1.0
_LEAST: Final = 0.6
_WIDEST: Final = 1.3
_LINES: Final = 7
_SLOPE: Final = 0.7071
_MANY: Final = 30
_TALLEST: Final = 3.4
_SHARE: Final = 0.42


@dataclass(frozen=True, slots=True)
class Heads:
    """How column names are written: `flat` in lines, `sloping` or `upright`, how high, and what they need at the right."""

    kind: str
    tall: float
    aside: float


def heads_of(page: Sheet, names: Sequence[str], room: float) -> Heads:
    """How the names are written over columns that have so many inches together."""
    column = min(room / len(names), _WIDEST)
    words = max(width(word, TEXT) for name in names for word in name.split())
    if column >= max(_LEAST, min(words + 6, WIDE * POINTS) / POINTS):
        lines = max(len(wrapped(name, TEXT, column * POINTS - 6, _LINES)) for name in names)
        return Heads("flat", lines * TEXT * 1.25 / POINTS + 0.12, 0.02)
    upright = len(names) > _MANY
    tall = min(page.height * _SHARE, height(names))
    return Heads("upright" if upright else "sloping", tall, 0.02 if upright else tall * 0.9)


def height(names: Sequence[str]) -> float:
    """How high sloping or upright heads are, in inches, where there is room."""
    longest = max((width(name, TEXT) for name in names), default=0.0) / POINTS
    return min(_TALLEST, longest * (1 if len(names) > _MANY else _SLOPE) + 0.15)


def write_heads(axes: Axes, names: Sequence[str], heads: Heads, wide: float) -> None:
    """The names above the columns, each so many inches wide."""
    if heads.kind == "flat":
        for column, name in enumerate(names):
            text = "\n".join(wrapped(name, TEXT, wide * POINTS - 6, _LINES))
            axes.annotate(
                text,
                (column + 0.5, 0),
                (0, 4),
                textcoords="offset points",
                ha="center",
                va="bottom",
                size=TEXT,
            )
        return
    slope = _SLOPE if heads.kind == "sloping" else 1.0
    points = min(TEXT, wide * POINTS * 0.82 * slope)
    for column, name in enumerate(all_shortened(names, points, (heads.tall - 0.12) * POINTS / slope)):
        axes.annotate(
            name,
            (column + 0.5, 0),
            (0, 3),
            textcoords="offset points",
            ha="left" if heads.kind == "sloping" else "center",
            va="bottom",
            rotation=45 if heads.kind == "sloping" else 90,
            rotation_mode="anchor" if heads.kind == "sloping" else "default",
            size=points,
        )
