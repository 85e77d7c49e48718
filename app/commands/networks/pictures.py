"""`network plot`: one picture of the statements, or all of them, as SVG or PNG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from alliancegraph.commands.networks import drawers
from alliancegraph.commands.networks.options import (
    Kept,
    Source,
    Variables,
    selection_options,
    source_options,
    variable_options,
)
from alliancegraph.commands.networks.plotting import Drawer, check, draw, sized
from alliancegraph.commands.networks.tables import check_sides, congruence, qualifier
from alliancegraph.commands.networks.time import Time, time_options
from alliancegraph.ontology.errors import UsageError

if TYPE_CHECKING:
    from alliancegraph.commands.networks.reading import Selected
    from alliancegraph.networks.happenings import Happening

_USUAL: Final = 6
_NETWORKS: Final = ("congruence", "conflict", "subtract", "twomode")
_STATEMENTS: Final[dict[str, Callable[[Selected], Drawer]]] = {
    "heatmap": drawers.heatmap,
    "dendrogram": drawers.dendrogram,
    "stances": drawers.stances,
    "backbone": lambda found: drawers.backbone(congruence(found), None),
}
KINDS: Final = (
    "heatmap", "congruence", "conflict", "subtract", "twomode", "backbone", "dendrogram", "stances", "timeline",
    "polarisation",
)  # fmt: skip
_IN_TIME: Final = ("timeline", "polarisation")


@click.command(short_help="A picture, or all of them, as SVG or PNG.")
@click.argument("kind", type=click.Choice((*KINDS, "all")), metavar="KIND")
@variable_options
@source_options
@selection_options
@time_options
@click.option(
    "--events",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.csv",
    help="Events of the timeline, with columns date and event.  [default: those of the graph]",
)
@click.option("--no-events", is_flag=True, help="A timeline without events.")
@click.option(
    "--size",
    metavar="WIDTHxHEIGHT",
    help="In pixels, 200 to the inch; 100 in small ones.  [default: as the picture needs]",
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="FILE.svg|FILE.png|FOLDER",
    help="File; of all pictures the folder.",
)
def plot(
    kind: str, source: Source, kept: Kept, variables: Variables, time: Time, events: Path | None, no_events: bool,
    size: str | None, output: Path,
) -> None:  # fmt: skip
    """Draw a picture.

    KIND is heatmap (actors by issues), congruence, conflict, subtract, twomode or backbone (drawings of networks), dendrogram
    (of actors), stances (bars of each issue), timeline (of positions and events), polarisation (in windows of six months
    unless --window says otherwise) or all (of them, as SVG in the folder).

    \b
    Examples:
      alliancegraph network plot heatmap -o heatmap.svg
      alliancegraph network plot congruence --statements coded.csv --size 1600x1100 -o congruence.png
      alliancegraph network plot polarisation --window 1 --window-unit years --kernel gaussian -o polarisation.svg
      alliancegraph network plot timeline --variable1 issue --variable2 actor --events summits.csv -o timeline.svg
      alliancegraph network plot all -o pictures
    """
    files = _files(kind, output)
    _check(kind, time, events, no_events)
    check_sides(variables)
    sized(size)
    from alliancegraph.commands.networks.reading import selected

    found = selected(source, kept, variables)
    qualifier(found)
    marked = () if no_events or "timeline" not in files else _events(source, kept, events)
    for name, file in files.items():
        draw(_drawer(name, found, kept, time, marked), file, size)


def _files(kind: str, output: Path) -> dict[str, Path]:
    """The file of each picture that is asked for."""
    if kind != "all":
        if output.is_dir():
            raise UsageError(f"{output}: is a folder; name a file in it, or draw all")
        check(output)
        return {kind: output}
    if not output.is_dir():
        raise UsageError(f"{output}: is no folder; make one for all pictures")
    files = {name: output / f"{name}.svg" for name in KINDS}
    check(files[KINDS[0]])
    return files


def _check(kind: str, time: Time, events: Path | None, no_events: bool) -> None:
    if time.window is not None and kind not in ("polarisation", "all"):
        raise UsageError("--window is of polarisation; leave it out, and see --start and --stop")
    if (events or no_events) and kind not in ("timeline", "all"):
        raise UsageError(f"{'--events' if events else '--no-events'} is of the timeline; leave it out")
    if events and no_events:
        raise UsageError("--events names events and --no-events wants none; leave out one of them")


def _events(source: Source, kept: Kept, events: Path | None) -> Sequence[Happening]:
    from alliancegraph.graph.store import Store
    from alliancegraph.networks.happenings import happenings, read_happenings

    if events is not None:
        return read_happenings(events)
    if source.file is not None:
        return ()
    with Store.open(source.store, read_only=True) as opened:
        return happenings(opened, kept.min_confidence)


def _drawer(kind: str, found: Selected, kept: Kept, time: Time, events: Sequence[Happening]) -> Drawer:
    from alliancegraph.networks.series import Recipe

    if kind in _STATEMENTS:
        return _STATEMENTS[kind](found)
    if kind == "timeline":
        return drawers.timeline(found, events)
    if kind == "polarisation":
        return polarisation_over_time(found, kept, time)
    names = found.variable1, found.variable2, found.qualifier
    recipe = (
        Recipe("twomode", *names, "subtract")
        if kind == "twomode"
        else Recipe("onemode", *names, kind, "average")
    )
    return drawers.network(recipe, recipe.matrix(found.statements))


def polarisation_over_time(found: Selected, kept: Kept, time: Time) -> Drawer:
    """Polarisation in the windows that are asked for, else in those of six months, of the statements that have a date."""
    import numpy as np

    from alliancegraph.networks.polarisation_series import polarisation_series

    chosen = time if time.window is not None else Time(_USUAL, None, None, "no")
    dated = found.statements.take(~np.isnat(found.statements.dates))
    made = polarisation_series(
        chosen.slices(dated, kept), found.variable1, found.variable2, qualifier(found), samples=0
    )
    return drawers.polarisation(list(made), windows(chosen), len(found.statements) - len(dated))


def windows(time: Time) -> str:
    """What the windows are, in words."""
    return drawers.in_words(time.window or _USUAL, time.unit or "months", time.step or 1, time.kernel)
