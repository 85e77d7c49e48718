"""Pictures under test: a made-up debate of any size, and the boxes of all that is written in a figure, in pixels."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from alliancegraph.networks.plots.sheet import settings
from alliancegraph.networks.statements import Column, Statements

_BODIES = ("Ministry of", "Association of", "Federation of", "Institute for", "Council on")
_FIELDS = (
    "Trade and Shipping",
    "Coastal Fisheries",
    "Regional Development in the Northern Provinces",
    "Rail",
)


class Written(NamedTuple):
    """A text with its box: left, bottom, right, top; and the angle at which it stands."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    angle: float


def large_debate(actors: int = 200, issues: int = 40, statements: int = 3000, days: int = 1826) -> Statements:
    """Statements of actors with long names, in two camps that keep to their sides nine times in ten, over five years."""
    draw = np.random.default_rng(5)
    who = np.concatenate([np.arange(actors), draw.integers(0, actors, statements - actors)])
    what = (draw.random(statements) ** 1.6 * issues).astype(np.int64)
    said = (who + what) % 2 ^ (draw.random(statements) < 0.1)
    names = [
        f"{_BODIES[n % 5]} {_FIELDS[n // 5 % 4]}" + (f" {n // 20 + 1}" if n >= 20 else "")
        for n in range(actors)
    ]
    topics = [
        f"Export licence {n} should be granted without a second review" if n % 7 == 3 else f"harbour fee {n}"
        for n in range(issues)
    ]
    return Statements.of(
        {
            "actor": Column.of([names[n] for n in who]),
            "issue": Column.of([topics[n] for n in what]),
            "stance": Column.of([str(int(side)) for side in said]),
        },
        dates=np.datetime64("2019-01-01", "s")
        + draw.integers(0, days, statements).astype("timedelta64[D]").astype("timedelta64[s]"),
    )


def written(figure: Figure) -> list[Written]:
    """All texts of a figure that are seen."""
    canvas = FigureCanvasAgg(figure)
    with settings():
        canvas.draw()
    renderer = canvas.get_renderer()
    found = []
    for item in figure.findobj(Text):
        if isinstance(item, Text) and item.get_text().strip() and item.get_visible():
            box = Text.get_window_extent(item, renderer)
            found.append(Written(item.get_text(), box.x0, box.y0, box.x1, box.y1, float(item.get_rotation())))
    return found


def cut_off(figure: Figure) -> list[str]:
    """The texts that reach over the edge of the sheet."""
    wide, high = figure.get_size_inches() * figure.dpi
    return [
        item.text
        for item in written(figure)
        if item.left < -1 or item.bottom < -1 or item.right > wide + 1 or item.top > high + 1
    ]


def overlapping(figure: Figure) -> list[tuple[str, str]]:
    """The pairs of texts that are on each other by more than a pixel; sloping ones are seen beside sloping ones only."""
    found = []
    items = sorted(written(figure), key=lambda item: item.left)
    for place, one in enumerate(items):
        for other in items[place + 1 :]:
            if other.left >= one.right - 1:
                break
            apart = min(one.top, other.top) - max(one.bottom, other.bottom) <= 1
            if (
                not apart
                and min(one.right, other.right) - other.left > 1
                and 45.0 not in (one.angle, other.angle)
            ):
                found.append((one.text, other.text))
    return found
