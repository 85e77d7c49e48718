"""`network communities`: groups that agree with each other, how good and how stable they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from alliancegraph.commands.networks import drawers
from alliancegraph.commands.networks.options import Kept, Source, Variables
from alliancegraph.commands.networks.plotting import Plot, plot_options
from alliancegraph.commands.networks.tables import Table, congruence, show, table_options

if TYPE_CHECKING:
    from alliancegraph.networks.communities import Method
    from alliancegraph.networks.matrices import Matrix
    from alliancegraph.networks.statements import Statements


@click.command(short_help="Groups that agree with each other, how good and how stable they are.")
@click.option(
    "--method", type=click.Choice(("leiden", "louvain")), default="leiden", show_default=True, help="How they are found."
)  # fmt: skip
@click.option(
    "--resolution", type=click.FloatRange(0, min_open=True), default=1.0, show_default=True, metavar="R",
    help="More gives more and smaller communities.",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, metavar="N", help="The first of ten."
)
@click.option(
    "--samples", type=click.IntRange(0), default=50, show_default=True, metavar="N",
    help="Samples of statements that tell how stable communities are; 0 for none.",
)  # fmt: skip
@table_options
@plot_options
def communities(
    source: Source, kept: Kept, variables: Variables, method: str, resolution: float, seed: int, samples: int,
    plot: Plot, format_: str, output: Path | None,
) -> None:  # fmt: skip
    """Groups that agree with each other more than with others.

    The network is of congruence, divided by average activity. Of the partitions that ten seeds give the one with the highest
    modularity is told. stability is the share of other nodes that a node is together with, or apart from, in samples of the
    statements as here; seeds and samples are the mean adjusted Rand index among the ten, and between this and the samples'.

    \b
    Examples:
      alliancegraph network communities
      alliancegraph network communities --plot communities.svg
      alliancegraph network communities --method louvain --resolution 1.2 --seed 7
      alliancegraph network communities --statements coded.csv --variable1 person --format json
    """
    from alliancegraph.commands.networks.reading import Selected, selected
    from alliancegraph.networks.communities import communities as found_communities
    from alliancegraph.networks.measures import density
    from alliancegraph.networks.stability import bootstrap_stability, seed_stability

    found = selected(source, kept, variables)
    matrix = congruence(found)
    chosen: Method = "louvain" if method == "louvain" else "leiden"
    made = found_communities(matrix, chosen, resolution, seed=seed)
    if plot.picture is not None:
        plot.draw(drawers.grouped(matrix, made))
    if plot.alone(output):
        return

    def network(statements: Statements) -> Matrix:
        return congruence(Selected(statements, found.variable1, found.variable2, found.qualifier))

    figures: dict[str, object] = {
        "modularity": made.modularity,
        "density": density(matrix),
        "seeds": seed_stability(matrix, chosen, resolution, seed=seed).rand,
    }
    shares = [1.0] * len(made.names)
    if samples:
        stability = bootstrap_stability(found.statements, network, made, chosen, resolution, samples, seed)
        figures["samples"] = stability.rand
        shares = stability.nodes.tolist()
    order = sorted(range(len(made.names)), key=lambda node: (int(made.labels[node]), node))
    rows = [
        (int(made.labels[node]) + 1, made.names[node], *([shares[node]] if samples else [])) for node in order
    ]
    columns = ("community", "node", *(["stability"] if samples else []))
    show(Table(columns, rows, figures), format_, output)
