"""`network`: discourse networks from the graph or from hand-coded statements, by kind."""

from __future__ import annotations

from typing import Any

import click

from alliancegraph.commands.networks.backbone import backbone
from alliancegraph.commands.networks.communities import communities
from alliancegraph.commands.networks.compare import compare
from alliancegraph.commands.networks.diffusion import diffusion
from alliancegraph.commands.networks.events import eventlist
from alliancegraph.commands.networks.kinds import kinds
from alliancegraph.commands.networks.matrices import matrices
from alliancegraph.commands.networks.measures import bridges, measures, salience, shifts
from alliancegraph.commands.networks.pictures import plot
from alliancegraph.commands.networks.polarisation import polarisation
from alliancegraph.commands.networks.shortcuts import shortcuts
from alliancegraph.commands.networks.together import co_mention, co_participation
from alliancegraph.ontology.errors import UsageError


class NetworkGroup(click.Group):
    """A group whose unknown kinds are told with the near ones."""

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """The command and what is left; raise `UsageError` for a kind that there is not."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            from alliancegraph.queries.suggestions import did_you_mean

            near = did_you_mean(args[0], self.commands)
            known = "choose one of " + ", ".join(self.list_commands(ctx))
            raise UsageError(f"no network is called {args[0]!r}; {near or known}")
        return super().resolve_command(ctx, args)


@click.group(
    cls=NetworkGroup, no_args_is_help=False, short_help="Discourse networks, their measures and pictures."
)
def network() -> None:
    """Make a network of the graph, or of hand-coded statements.

    congruence, conflict and agreement tell who agrees with whom, with the statements behind each pair; onemode and twomode are
    the same with all choices, and over time; eventlist lists the statements. co-participation and co-mention tell who is
    in the same events and passages. actors, actors-issues, actors-events and statements are the graph as it is.

    \b
    Examples:
      alliancegraph network congruence --plot congruence.svg
      alliancegraph network onemode --aggregation congruence --window 6 --format gexf -o congruence.gexf
      alliancegraph network twomode --statements coded.csv --aggregation subtract -o stances.csv
      alliancegraph network actors
      alliancegraph network actors-issues --min-confidence 0.6 -o issues.graphml
    """


for _command in (
    *kinds(),
    *matrices(),
    *shortcuts(),
    measures,
    communities,
    polarisation,
    salience,
    shifts,
    diffusion,
    bridges,
    backbone,
    co_participation,
    co_mention,
    plot,
    eventlist,
    compare,
):
    network.add_command(_command)
