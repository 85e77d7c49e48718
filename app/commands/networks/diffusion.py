"""`network diffusion`: who raised an issue first, who took it up, and who follows whom."""

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
from alliancegraph.commands.networks.output import FORMATS, output_option, put
from alliancegraph.commands.networks.tables import Table, day, show
from alliancegraph.ontology.errors import UsageError

if TYPE_CHECKING:
    from alliancegraph.commands.networks.reading import Selected
    from alliancegraph.networks.diffusion import Diffusion

_TABLES: Final = ("table", "csv", "json")


@click.command(short_help="Who raised each issue first, who took it up, and who follows whom.")
@click.option(
    "--of", "view", type=click.Choice(("adoptions", "leaders", "network")), default="adoptions", show_default=True,
    help="Who took up each issue when; how often each actor was ahead; or who follows whom.",
)  # fmt: skip
@click.option(
    "--within", type=click.IntRange(1), metavar="DAYS", help="Who comes later than that follows nobody."
)
@variable_options
@source_options
@selection_options
@click.option(
    "--format", "format_", type=click.Choice(("table", *FORMATS)),
    help="Format; of networks also those of onemode.  [default: by the suffix of FILE, or table]",
)  # fmt: skip
@output_option()
def diffusion(
    view: str, within: int | None, source: Source, kept: Kept, variables: Variables, format_: str | None,
    output: Path | None,
) -> None:  # fmt: skip
    """Who raised each issue first, who took it up after how many days, and who follows whom.

    An actor takes an issue up with the first statement on it, whatever the side. In the network an edge leads from who
    followed to who was before, and its weight is the number of issues. Before is no proof of because.

    \b
    Examples:
      alliancegraph network diffusion --issue climate-change
      alliancegraph network diffusion --of leaders --within 30
      alliancegraph network diffusion --of network --within 30 --variable1 state -o following.graphml
    """
    from alliancegraph.networks.files import format_of

    chosen = format_ or (format_of(output, None) if output is not None else "table")
    if view != "network" and chosen not in _TABLES:
        raise UsageError(f"{chosen} holds a network, and {view} are none; add --of network")
    from alliancegraph.commands.networks.reading import selected
    from alliancegraph.networks.diffusion import diffusion as found_diffusion

    found = selected(source, kept, variables)
    made = found_diffusion(found.statements, found.variable1, found.variable2, within)
    if view == "network" and chosen != "table":
        put(_network(made, found, within, chosen), output, chosen)
        return
    table = {"adoptions": _adoptions, "leaders": _leaders, "network": _follows}[view]
    show(table(made, within), chosen, output)


def _adoptions(made: Diffusion, within: int | None) -> Table:
    rows = [
        (item.issue, item.rank, item.actor, day(item.date), item.lag, item.after)
        for item in made.adoptions
        if within is None or item.lag <= within
    ]
    return Table(("issue", "rank", "actor", "date", "lag", "after"), rows)


def _leaders(made: Diffusion, _: int | None) -> Table:
    names = ("actor", "first", "later", "leads", "follows", "leadership", "median_lag")
    return Table(names, [tuple(getattr(item, name) for name in names) for item in made.leaders])


def _follows(made: Diffusion, within: int | None) -> Table:
    from alliancegraph.networks.diffusion import follows

    rows = [
        (item.follower, item.leader, len(item.issues), item.median_gap, "; ".join(item.issues))
        for item in follows(made, within)
    ]
    columns = ("follower", "leader", "issues", "median_days", "which")
    return Table(columns, rows, nothing="nobody follows anybody; see --within")


def _network(made: Diffusion, found: Selected, within: int | None, format_: str) -> bytes:
    """The network of who follows whom; edges of graphml and gexf have the issues and the median of days."""
    from alliancegraph.graph.network_files import gexf, graphml
    from alliancegraph.networks.diffusion import follows
    from alliancegraph.networks.files import content
    from alliancegraph.networks.graphs import to_networkx

    if format_ not in ("graphml", "gexf"):
        return content(made.following, format_, found.statements)
    network = to_networkx(made.following, found.statements)
    for follow in follows(made, within):
        edge = network.edges[follow.follower, follow.leader]
        edge.update(issues=list(follow.issues), median_days=follow.median_gap)
    return graphml(network) if format_ == "graphml" else gexf(network)
