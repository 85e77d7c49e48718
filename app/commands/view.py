"""`view`: the graph as one interactive page."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from alliancegraph.commands.console import note
from alliancegraph.commands.options import StorePlace, confidence_option, store_option


@click.command(short_help="Write the graph as one interactive page.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("graph.html"),
    show_default=True,
    help="File to write.",
)
@click.option(
    "--actor", "actors", multiple=True, metavar="ACTOR", help="Only what concerns this actor (repeatable)."
)
@click.option(
    "--issue", "issues", multiple=True, metavar="ISSUE", help="Only what concerns this issue (repeatable)."
)
@click.option("--title", default="AllianceGraph", show_default=True, help="Heading of the page.")
@confidence_option
@store_option
def view(
    output: Path,
    actors: tuple[str, ...],
    issues: tuple[str, ...],
    title: str,
    min_confidence: float,
    store: StorePlace,
) -> None:
    """Write the graph as one interactive page that works offline.

    A click on an edge shows the sentences behind it. With --actor or --issue the page holds the statements about any
    of those.

    \b
    Examples:
      alliancegraph view -o graph.html
      alliancegraph view --issue climate-change --issue trade --min-confidence 0.5
      alliancegraph view --actor Japan --title "Japan's positions"
    """
    from alliancegraph.explorer.page import write_view
    from alliancegraph.graph.network_statements import statement_network
    from alliancegraph.graph.store import Store
    from alliancegraph.queries import resolve

    with Store.open(store, read_only=True) as opened:
        wanted = [resolve(opened, "actor", actor) for actor in actors]
        wanted += [resolve(opened, "issue", issue) for issue in issues]
        network = statement_network(opened, min_confidence=min_confidence, whole=True)
    shown = _about(network, wanted) if wanted else network
    write_view(output, shown, title=title, details=_details(actors, issues, min_confidence))
    note(f"{shown.number_of_nodes()} nodes and {shown.number_of_edges()} edges written to {output}")


def _about(network: Any, wanted: Iterable[str]) -> Any:
    """The part of a network (NetworkX) whose edges touch a wanted node."""
    nodes = set(wanted)
    kept = [(s, t, k) for s, t, k in network.edges(keys=True) if s in nodes or t in nodes]
    return network.edge_subgraph(kept).copy()


def _details(actors: tuple[str, ...], issues: tuple[str, ...], min_confidence: float) -> dict[str, str]:
    details = {"actors": ", ".join(actors), "issues": ", ".join(issues)}
    if min_confidence:
        details["minimal confidence"] = f"{min_confidence:g}"
    return {name: value for name, value in details.items() if value}
