"""A drawing of a network: nodes that agree near each other, ties of agreement and of conflict, names that do not overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from alliancegraph.networks.adjacency import adjacency
from alliancegraph.networks.matrices import Matrix
from alliancegraph.networks.partitions import Partition
from alliancegraph.networks.plots.picked import Picture, communities_of, picked
from alliancegraph.networks.plots.placing import bounds, placed, stretched
from alliancegraph.networks.plots.sheet import MARGIN, POINTS, TEXT, Sheet, legend_height, settings, sheet
from alliancegraph.networks.plots.size import Size
from alliancegraph.networks.plots.strokes import draw_nodes, draw_ties, handles
from alliancegraph.networks.plots.words import plural

_LEAST: Final = 5.2
_MOST: Final = 90
_FEW: Final = 12
_WHOLE: Final = 0.98
_NARROW: Final = 5.0
_EDGE: Final = 4.0  # points
_WRITTEN: Final = 0.95  # inches that title and notes take


@settings()
def drawing(
    matrix: Matrix,
    title: str,
    *,
    ties: str = "agreement",
    partition: Partition | None = None,
    conflict: bool = False,
    notes: Sequence[str] = (),
    size: Size | None = None,
) -> Figure:
    """The drawing of a one-mode or two-mode network by stress majorisation, the same on every machine.

    Ties above zero, which `ties` names, are solid and in the colour of favour, those below dashed and in that of opposition;
    `conflict` says that all weights are conflict. Communities have colours and shapes. Of each node the two heaviest ties
    are drawn, and of the others the heaviest; of more nodes than there is room for, the strongest. The picture says what is
    left out.
    """
    network = adjacency(matrix)
    there = int((network.degrees > 0).sum())
    all_ties = int(network.weights.nnz) // 2
    alone = len(network) - there
    shown = f"{plural(there, 'node')}, {plural(all_ties, 'tie')}"
    if not there:
        page = sheet(size or Size.of_inches(_NARROW, 3.0), title, shown, notes)
        page.write(0, page.height / 2, "Nothing to draw: there are no ties.", size=TEXT)
        return page.figure
    count = min(there, _MOST if size is None else max(_fitting(size), _FEW))
    while True:
        picture = picked(network, count)
        groups = communities_of(picture, partition)
        legend = handles(picture, groups, ties, conflict)
        if size and count == there <= _MOST:
            usual, _, scale = placed(picture, groups, None, _above(legend, _NARROW))
            size = size.enlarged(*usual.inches) if scale > _WHOLE else size
        made, spots, scale = placed(
            picture, groups, size, _above(legend, size.inches[0] if size else _NARROW), _LEAST / TEXT
        )
        if scale * TEXT >= _LEAST or count <= _FEW:
            break
        count = max(int(count * 0.85), _FEW)
    cut = []
    if count < there:
        cut.append(f"{count} of {there} nodes are drawn, those with the largest sums of weights.")
    if len(picture.ties) < all_ties:
        cut.append(f"{len(picture.ties)} of {all_ties} ties are drawn, the heaviest of each node and of all.")
    cut += [f"{alone} without ties are left out."] if alone else []
    page = sheet(made, title, shown, [" ".join(cut), *notes])
    axes, at, scale = _spread(page, picture, spots, min(scale, 1.0), legend)
    draw_ties(axes, picture, at, scale, conflict)
    draw_nodes(axes, picture, at, scale, groups)
    page.legend(legend)
    return page.figure


def _above(legend: Sequence[Line2D], wide: float) -> float:
    """What is written above and below a drawing so wide, in inches."""
    return _WRITTEN + legend_height(legend, wide - 2 * MARGIN)


def _fitting(size: Size) -> int:
    """About how many nodes with their names there is room for."""
    wide, high = size.inches
    return int((wide - 0.3) * (high - 1.3) / 0.5)


def _spread(
    page: Sheet, picture: Picture, spots: NDArray[np.float64], scale: float, legend: Sequence[Line2D]
) -> tuple[Axes, dict[int, NDArray[np.float64]], float]:
    """Axes in points below the legend, the nodes in the middle of them, and the scale that is left."""
    tall = legend_height(legend, page.width)
    axes = page.axes(top=tall)
    room = (page.width * POINTS - 2 * _EDGE, (page.height - tall) * POINTS - 2 * _EDGE)
    left, right, bottom, top = bounds(spots, picture, 1.0)
    scale = min(scale, room[0] / (right - left), room[1] / (top - bottom))
    spots = stretched(spots * scale, picture, scale, room)
    left, right, bottom, top = bounds(spots, picture, scale)
    spots = spots - np.array([(left + right) / 2, (bottom + top) / 2])
    axes.set_xlim(-room[0] / 2 - _EDGE, room[0] / 2 + _EDGE)
    axes.set_ylim(-room[1] / 2 - _EDGE, room[1] / 2 + _EDGE)
    axes.set_axis_off()
    return axes, {node: spots[number] for number, node in enumerate(picture.nodes)}, scale
