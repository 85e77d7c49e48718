"""A sheet of paper with a title, what the picture shows, and notes, and the bytes of the file."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from alliancegraph.networks.plots.palette import FAINT, INK, PAPER, SOFT
from alliancegraph.networks.plots.size import Size
from alliancegraph.networks.plots.words import FONTS, width, wrapped

POINTS: Final = 72.0
TITLE: Final = 11.0
TEXT: Final = 8.0
SMALL: Final = 6.5
MARGIN: Final = 0.14
_NOTE: Final = 8  # lines
_HANDLE: Final = 2.0
_PAD: Final = 0.5
_APART: Final = 1.4
SUFFIXES: Final = (".svg", ".png")
SETTINGS: Final[dict[str, Any]] = {
    "font.family": list(FONTS),
    "font.size": TEXT,
    "text.color": INK,
    "text.parse_math": False,
    "text.hinting": "no_hinting",
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "hatch.linewidth": 0.6,
    "svg.fonttype": "none",
    "svg.hashsalt": "alliancegraph",
    "path.simplify": False,
}


@contextmanager
def settings() -> Iterator[None]:
    """The look of all pictures, whatever a user's own settings are; also a decorator."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(SETTINGS)  # type: ignore[arg-type]
        yield


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A figure and the part of it, in inches from the lower left, that is left for the picture itself."""

    figure: Figure
    left: float
    bottom: float
    width: float
    height: float

    def axes(self, left: float = 0.0, right: float = 0.0, top: float = 0.0, bottom: float = 0.0) -> Axes:
        """Axes over what is left, with these margins in inches."""
        wide, high = self.figure.get_size_inches()
        inner = (max(self.width - left - right, 0.1), max(self.height - top - bottom, 0.1))
        place = (self.left + left) / wide, (self.bottom + bottom) / high, inner[0] / wide, inner[1] / high
        return self.figure.add_axes(place)

    def write(self, x: float, y: float, text: str, **look: Any) -> None:
        """Text at inches from the lower left of what is left."""
        wide, high = self.figure.get_size_inches()
        self.figure.text((self.left + x) / wide, (self.bottom + y) / high, text, **look)

    def legend(self, handles: Sequence[Artist], left: float = 0.0) -> None:
        """Handles beside each other, at the top and so many inches from the left, in as few rows as there is room for."""
        wide, high = self.figure.get_size_inches()
        rows = legend_rows(handles, self.width - left)
        self.figure.legend(
            handles=handles,
            loc="upper left",
            bbox_to_anchor=((self.left + left) / wide, (self.bottom + self.height) / high),
            ncols=-(-len(handles) // rows),
            frameon=False,
            borderpad=0,
            borderaxespad=0,
            fontsize=TEXT,
            handlelength=_HANDLE,
            handletextpad=_PAD,
            columnspacing=_APART,
            labelspacing=0.4,
        )


def legend_rows(handles: Sequence[Artist], room: float) -> int:
    """In how many rows a legend fits into so many inches."""
    for rows in range(1, len(handles)):
        columns = [handles[at : at + rows] for at in range(0, len(handles), rows)]
        widest = [max(width(str(handle.get_label()), TEXT) for handle in column) for column in columns]
        needed = sum(widest) + len(columns) * (_HANDLE + _PAD + _APART) * TEXT
        if needed <= room * POINTS:
            return rows
    return max(len(handles), 1)


def legend_height(handles: Sequence[Artist], room: float) -> float:
    """How high a legend is, in inches, with a little space below it."""
    return legend_rows(handles, room) * TEXT * 1.55 / POINTS + 0.08


def sheet(size: Size, title: str, shown: str, notes: Sequence[str] = ()) -> Sheet:
    """An empty sheet: the title and what is shown above, notes below."""
    wide, high = size.inches
    figure = Figure(figsize=(wide, high), dpi=size.dpi, facecolor=PAPER)
    room = (wide - 2 * MARGIN) * POINTS
    top = high - MARGIN
    for text, points, colour, weight in ((title, TITLE, INK, "bold"), (shown, TEXT, SOFT, "normal")):
        for line in wrapped(text, points * (1.1 if weight == "bold" else 1.0), room, 2):
            top -= points * 1.25 / POINTS
            figure.text(
                MARGIN / wide,
                (top + 0.03) / high,
                line,
                size=points,
                color=colour,
                weight=weight,
                va="baseline",
            )
    bottom = MARGIN
    lines = [line for text in notes for line in wrapped(text, SMALL, room, _NOTE)]
    for line in reversed(lines):
        figure.text(MARGIN / wide, bottom / high, line, size=SMALL, color=SOFT, va="bottom")
        bottom += SMALL * 1.3 / POINTS
    bottom += 0.06 if lines else 0.0
    return Sheet(figure, MARGIN, bottom, wide - 2 * MARGIN, top - 0.08 - bottom)


def bare(axes: Axes, *, grid: str = "") -> None:
    """Axes without a frame, with a faint grid along `x` or `y` where asked for."""
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0, pad=3)
    axes.set_axisbelow(True)
    if grid:
        axes.grid(True, axis=grid, color=FAINT, linewidth=0.5)  # type: ignore[arg-type]


def rendered(figure: Figure, path: Path) -> bytes:
    """The file, in the format of the path's suffix; the same figure gives the same bytes."""
    out = io.BytesIO()
    with warnings.catch_warnings(), settings():
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        if path.suffix.lower() == ".svg":
            FigureCanvasSVG(figure).print_svg(out, metadata={"Date": None, "Creator": "AllianceGraph"})  # type: ignore[no-untyped-call]
        else:
            FigureCanvasAgg(figure).print_png(out, metadata={"Software": "AllianceGraph"})  # type: ignore[no-untyped-call]
    return out.getvalue()
