"""The pictures of what commands find: each takes its statements or its network and gives what draws it in a size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from alliancegraph.commands.networks.plotting import Drawer
from alliancegraph.ontology.errors import UsageError

if TYPE_CHECKING:
    from alliancegraph.commands.networks.reading import Selected
    from alliancegraph.networks.happenings import Happening
    from alliancegraph.networks.matrices import Matrix
    from alliancegraph.networks.partitions import Partition
    from alliancegraph.networks.polarisation_series import Polarised
    from alliancegraph.networks.series import Recipe
    from alliancegraph.networks.statements import Statements

_ONE_MODE: Final = {
    "ignore": ("Who speaks of the same", "in common"),
    "congruence": ("Congruence", "agreement"),
    "conflict": ("Conflict", "conflict"),
    "subtract": ("Agreement and conflict", "agreement"),
    "ratio": ("Agreement as a share of both", "agreement"),
}
_TWO_MODE: Final = {
    "ignore": ("Who speaks of what", "speaks of"),
    "subtract": ("Who is for and against what", "in favour"),
}
_LEVEL: Final = 0.05


def network(recipe: Recipe, matrix: Matrix) -> Drawer:
    """The drawing of a one-mode or two-mode network, with its communities where weights are of agreement."""
    from alliancegraph.networks.communities import communities

    if recipe.aggregation == "combine":
        raise UsageError("combine tells which levels occur, and no weights to draw; take subtract or ignore")
    title, ties = (_ONE_MODE if recipe.mode == "onemode" else _TWO_MODE)[recipe.aggregation]
    found = communities(matrix) if recipe.mode == "onemode" and recipe.aggregation != "conflict" else None
    return tied(matrix, title, ties, partition=found, conflict=recipe.aggregation == "conflict")


def tied(
    matrix: Matrix,
    title: str,
    ties: str,
    *,
    partition: Partition | None = None,
    conflict: bool = False,
    notes: Sequence[str] = (),
) -> Drawer:
    """The drawing of a network whose ties above zero have that name."""
    from alliancegraph.networks.plots.drawing import drawing

    return lambda size: drawing(
        matrix, title, ties=ties, partition=partition, conflict=conflict, notes=notes, size=size
    )


def grouped(matrix: Matrix, partition: Partition) -> Drawer:
    """A network of congruence with its communities, and how good they are."""
    note = f"Modularity {partition.modularity:.2f} ({partition.method})."
    return tied(matrix, "Communities of congruence", "agreement", partition=partition, notes=[note])


def backbone(matrix: Matrix, level: float | None) -> Drawer:
    """The ties of a network of congruence that are too heavy to be chance."""
    from alliancegraph.networks.communities import communities
    from alliancegraph.networks.disparity import disparity_filter

    chosen = _LEVEL if level is None else level
    kept = disparity_filter(matrix, chosen)
    note = f"Ties whose weight has a probability below {chosen:g} (disparity filter)."
    return tied(kept, "Backbone of congruence", "agreement", partition=communities(matrix), notes=[note])


def issues_kept(found: Selected, kept: Sequence[str], title: str) -> Drawer:
    """Who takes which side on the issues of a backbone."""
    import numpy as np

    issues = found.statements.column(found.variable2)
    codes = [code for code, name in enumerate(issues.names) if name in kept]
    return _over(found, found.statements.take(np.isin(issues.codes, codes)), title)


def heatmap(found: Selected) -> Drawer:
    """Who takes which side on what, as a table of colours."""
    return _over(found, found.statements, f"Positions: {found.variable1} on {found.variable2}")


def _over(found: Selected, statements: Statements, title: str) -> Drawer:
    from alliancegraph.networks.matrices import two_mode
    from alliancegraph.networks.plots.heatmap import heatmap as drawn

    names = found.variable1, found.variable2
    said = two_mode(statements, *names)
    if found.qualifier is None:
        return lambda size: drawn(said, title, size=size)
    net = two_mode(statements, *names, found.qualifier, "subtract")
    return lambda size: drawn(net, title, said=said, size=size)


def dendrogram(found: Selected) -> Drawer:
    """The tree of actors by how much of their contact is conflict."""
    from alliancegraph.networks.matrices import one_mode
    from alliancegraph.networks.plots.dendrogram import dendrogram as drawn

    agree, differ = (
        one_mode(found.statements, found.variable1, found.variable2, found.qualifier, kind)
        for kind in ("congruence", "conflict")
    )
    return lambda size: drawn(agree, differ, "Who agrees with whom", size=size)


def stances(found: Selected) -> Drawer:
    """The bars of both sides of each issue."""
    from alliancegraph.networks.plots.stances import stance_bars
    from alliancegraph.networks.salience import salience

    made = salience(found.statements, found.variable1, found.variable2, found.qualifier)
    title = f"Sides taken on each {found.variable2}"
    return lambda size: stance_bars(made, title, variable=found.variable2, size=size)


def timeline(found: Selected, events: Sequence[Happening] = ()) -> Drawer:
    """Positions by day, and events."""
    from alliancegraph.networks.plots.timeline import timeline as drawn

    title = "Positions and events over time" if events else "Positions over time"
    return lambda size: drawn(
        found.statements, found.variable1, found.qualifier, title, events=events, size=size
    )


def polarisation(made: Sequence[Polarised], windows: str, undated: int = 0) -> Drawer:
    """Polarisation in windows that are told in words; so many statements without a date are left out."""
    from alliancegraph.networks.plots.series import Point, polarisation_series

    points = [
        Point(
            item.slice.window.middle,
            {
                "polarisation": item.made.index,
                "alignment": item.made.alignment,
                "antagonism": item.made.antagonism,
            }
            if item.made
            else {},
            len(item.slice.statements),
            (item.low, item.high) if item.low is not None and item.high is not None else None,
        )
        for item in made
    ]
    notes = [f"{undated} statements without a date are left out."] if undated else []
    return lambda size: polarisation_series(
        points, "Polarisation over time", shown=windows, notes=notes, size=size
    )


def in_words(window: int, unit: str, step: int, kernel: str) -> str:
    """`windows of 6 months, moved by 1 month, gaussian kernel`."""
    size, moved = (f"{count} {unit if count > 1 else unit.removesuffix('s')}" for count in (window, step))
    how = "side by side" if step == window else f"moved by {moved}"
    return f"windows of {size}, {how}" + ("" if kernel == "no" else f", {kernel} kernel")
