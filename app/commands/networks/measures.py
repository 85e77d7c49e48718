"""`network measures`, `bridges`, `salience` and `shifts`: figures of nodes, of issues and of changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from alliancegraph.commands.networks import drawers
from alliancegraph.commands.networks.options import Kept, Source, Variables
from alliancegraph.commands.networks.plotting import Plot, plot_options
from alliancegraph.commands.networks.tables import (
    Table,
    check_sides,
    congruence,
    day,
    qualifier,
    show,
    table_options,
)

if TYPE_CHECKING:
    from alliancegraph.networks.matrices import Matrix


@click.command(short_help="Degree, strength, betweenness, eigenvector, PageRank and core of each node.")
@table_options
def measures(source: Source, kept: Kept, variables: Variables, format_: str, output: Path | None) -> None:
    """Degree, strength, betweenness, eigenvector, PageRank and core of each node, and the density.

    The network is of congruence, divided by average activity; docs/networks.md defines every figure.

    \b
    Examples:
      alliancegraph network measures
      alliancegraph network measures --statements coded.csv --variable1 person --format csv -o measures.csv
    """
    from alliancegraph.commands.networks.reading import selected
    from alliancegraph.networks.measures import density, node_measures

    matrix = congruence(selected(source, kept, variables))
    made = node_measures(matrix)
    strength = made.values["strength"]
    order = sorted(range(len(made.names)), key=lambda node: (-float(strength[node]), made.names[node]))
    rows = [(made.names[node], *(float(values[node]) for values in made.values.values())) for node in order]
    figures = {"density": density(matrix)}
    show(Table(("node", *made.values), rows, figures, notes=_estimated(matrix)), format_, output)


@click.command(short_help="Who connects the communities.")
@table_options
def bridges(source: Source, kept: Kept, variables: Variables, format_: str, output: Path | None) -> None:
    """Who connects the communities, and who stands where paths must pass.

    The network is of congruence, divided by average activity, and communities are those of network communities.

    \b
    Examples:
      alliancegraph network bridges
      alliancegraph network bridges --variable1 state --format json
    """
    from alliancegraph.commands.networks.reading import selected
    from alliancegraph.networks.bridges import bridges as found_bridges
    from alliancegraph.networks.communities import communities

    matrix = congruence(selected(source, kept, variables))
    names = ("participation", "within", "reach", "betweenness", "bridging")
    rows = [
        (item.name, item.community + 1, *(getattr(item, name) for name in names))
        for item in found_bridges(matrix, communities(matrix))
    ]
    show(Table(("node", "community", *names), rows, notes=_estimated(matrix)), format_, output)


def _estimated(matrix: Matrix) -> list[str]:
    """What to say where betweenness is an estimate."""
    from alliancegraph.networks.adjacency import adjacency
    from alliancegraph.networks.paths import SAMPLES, is_estimated

    if not is_estimated(adjacency(matrix)):
        return []
    return [f"betweenness is an estimate from the paths of {SAMPLES} nodes, since the network is very large"]


@click.command(short_help="How much is said of each issue, and how divided those are who say it.")
@table_options
@plot_options
def salience(
    source: Source, kept: Kept, variables: Variables, plot: Plot, format_: str, output: Path | None
) -> None:
    """How much is said of each issue, by how many, and how divided they are.

    \b
    Examples:
      alliancegraph network salience
      alliancegraph network salience --plot salience.svg
      alliancegraph network salience --start 2008 --stop 2009 --format csv
    """
    from alliancegraph.commands.networks.reading import selected
    from alliancegraph.networks.salience import salience as found_salience

    found = selected(source, kept, variables)
    if plot.picture is not None:
        plot.draw(drawers.stances(found))
    if plot.alone(output):
        return
    counts = ("issue", "statements", "share", "actors", "favour", "opposition", "neither")
    names = (*counts, "contention", "entropy", "divided")
    made = found_salience(found.statements, found.variable1, found.variable2, found.qualifier)
    rows = [(*(getattr(item, name) for name in names), day(item.first), day(item.last)) for item in made]
    show(Table((*names, "first", "last"), rows), format_, output)


@click.command(short_help="Who changed sides on what, and when.")
@table_options
def shifts(source: Source, kept: Kept, variables: Variables, format_: str, output: Path | None) -> None:
    """Who changed sides on what, and when, with the last statement before and the first after.

    \b
    Examples:
      alliancegraph network shifts
      alliancegraph network shifts --issue climate-change --format csv -o shifts.csv
    """
    check_sides(variables)
    from alliancegraph.commands.networks.reading import selected
    from alliancegraph.networks.shifts import shifts as found_shifts

    found = selected(source, kept, variables)
    ids, texts = found.statements.ids, found.statements.texts
    rows = [
        (
            day(item.date),
            item.actor,
            item.issue,
            "favour" if item.to_favour else "opposition",
            day(item.since),
            item.held,
            item.kept,
            ids[item.before],
            ids[item.after],
            texts[item.before],
            texts[item.after],
        )
        for item in found_shifts(found.statements, found.variable1, found.variable2, qualifier(found))
    ]
    when = ("date", "actor", "issue", "to", "last_before", "held", "kept")
    what = ("before", "after", "text_before", "text_after")
    nothing = f"no shifts: no {found.variable1} takes both sides of a {found.variable2} on different days"
    show(Table((*when, *what), rows, nothing=nothing), format_, output)
