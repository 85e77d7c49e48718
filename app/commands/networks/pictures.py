"""`network plot`: one picture of the statements, as SVG or PNG."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from alliancegraph.commands.networks.options import (
    Kept,
    Source,
    Variables,
    selection_options,
    source_options,
    variable_options,
)
from alliancegraph.ontology.errors import UsageError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from alliancegraph.commands.networks.reading import Selected
    from alliancegraph.networks.plots.size import Size

KINDS: Final = (
    "heatmap",
    "congruence",
    "subtract",
    "twomode",
    "dendrogram",
    "stances",
    "timeline",
    "polarisation",
)


@click.command(short_help="A picture, as SVG or PNG.")
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@variable_options
@source_options
@selection_options
@click.option(
    "--size", metavar="WIDTHxHEIGHT", help="In pixels, 200 to the inch.  [default: as the picture needs]"
)
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.svg|FILE.png",
    help="File.",
)
def plot(kind: str, source: Source, kept: Kept, variables: Variables, size: str | None, output: Path) -> None:
    """Draw a picture.

    KIND is heatmap (actors by issues), congruence, subtract or twomode (drawings of networks), dendrogram (of actors),
    stances (bars of each issue), timeline (of positions) or polarisation (in windows of six months).

    \b
    Examples:
      alliancegraph network plot heatmap -o heatmap.svg
      alliancegraph network plot congruence --statements coded.csv --size 1600x1100 -o congruence.png
    """
    from alliancegraph.commands.networks.output import put
    from alliancegraph.commands.networks.reading import selected
    from alliancegraph.networks.extras import extra

    if output.suffix.lower() not in (".svg", ".png"):
        raise UsageError(f"{output}: a picture is written as .svg or .png")
    import alliancegraph.networks.plots  # noqa: F401  # keeps matplotlib from talking of fonts

    extra("matplotlib", "pictures need")
    from alliancegraph.networks.plots.sheet import rendered
    from alliancegraph.networks.plots.size import Size

    given = Size.of(size) if size is not None else None
    found = selected(source, kept, variables)
    if found.qualifier is None:
        raise UsageError("pictures compare sides, so they need a qualifier; name one with --qualifier")
    put(rendered(_figure(kind, found, found.qualifier, given), output), output, output.suffix[1:])


def _figure(kind: str, found: Selected, qualifier: str, size: Size | None) -> Figure:
    from alliancegraph.networks.communities import communities
    from alliancegraph.networks.matrices import one_mode, two_mode
    from alliancegraph.networks.plots.dendrogram import dendrogram
    from alliancegraph.networks.plots.drawing import drawing
    from alliancegraph.networks.plots.heatmap import heatmap
    from alliancegraph.networks.plots.series import Point, polarisation_series
    from alliancegraph.networks.plots.stances import stance_bars
    from alliancegraph.networks.plots.timeline import timeline
    from alliancegraph.networks.polarisation import polarisation
    from alliancegraph.networks.salience import salience
    from alliancegraph.networks.windows import slices

    statements, one, other = found.statements, found.variable1, found.variable2
    if kind == "heatmap":
        net = two_mode(statements, one, other, qualifier, "subtract")
        return heatmap(net, f"Positions: {one} on {other}", said=two_mode(statements, one, other), size=size)
    if kind == "twomode":
        net = two_mode(statements, one, other, qualifier, "subtract")
        return drawing(net, "Who is for and against what", size=size)
    if kind in ("congruence", "subtract"):
        net = one_mode(statements, one, other, qualifier, kind, "average")
        title = "Congruence" if kind == "congruence" else "Agreement and conflict"
        return drawing(net, title, partition=communities(net), size=size)
    if kind == "dendrogram":
        agree = one_mode(statements, one, other, qualifier, "congruence")
        differ = one_mode(statements, one, other, qualifier, "conflict")
        return dendrogram(agree, differ, "Who agrees with whom", size=size)
    if kind == "stances":
        return stance_bars(
            salience(statements, one, other, qualifier), f"Sides taken on each {other}", size=size
        )
    if kind == "timeline":
        return timeline(statements, one, qualifier, "Positions over time", size=size)
    points = []
    for part in slices(statements, 6, "months"):
        if len(part.statements):
            made = polarisation(part.statements, one, other, qualifier)
            values = {"polarisation": made.index, "alignment": made.alignment, "antagonism": made.antagonism}
            points.append(Point(part.window.middle, values, len(part.statements)))
    return polarisation_series(points, "Polarisation over time", shown="windows of six months", size=size)
