"""`network`: discourse networks from the graph or from hand-coded statements, by kind."""

from __future__ import annotations

from typing import Any

import click

from alliancegraph.commands.networks.events import eventlist
from alliancegraph.commands.networks.kinds import kinds
from alliancegraph.commands.networks.matrices import matrices
from alliancegraph.commands.networks.measures import figures
from alliancegraph.commands.networks.pictures import plot
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

    onemode tells who agrees with whom, twomode who refers to what, eventlist lists the statements. The networks actors, actors-issues, actors-events and statements are those of the graph as it is: its most central
    nodes are listed, or the whole is written as .graphml or .gexf.

    \b
    Examples:
      alliancegraph network onemode --aggregation congruence --normalization average
      alliancegraph network twomode --statements coded.csv --aggregation subtract -o stances.csv
      alliancegraph network actors
      alliancegraph network actors-issues --min-confidence 0.6 -o issues.graphml
    """


for _command in (*kinds(), *matrices(), *figures(), plot, eventlist):
    network.add_command(_command)
