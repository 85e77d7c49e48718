"""`network`: discourse networks, as a table of their most central nodes or as a file."""

from __future__ import annotations

from pathlib import Path

import click

from alliancegraph.commands.console import note, print_table
from alliancegraph.commands.options import StorePlace, confidence_option, store_option
from alliancegraph.ontology.errors import UsageError

KINDS = ("actors", "actors-issues", "actors-events", "statements")


@click.command(short_help="Discourse networks and their most central nodes.")
@click.argument("kind", type=click.Choice(KINDS), metavar="KIND")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the whole network: .graphml or .gexf.",
)
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="List so many nodes.")
@confidence_option
@store_option
def network(kind: str, output: Path | None, top: int, min_confidence: float, store: StorePlace) -> None:
    """Make a network of the graph, and list its most central nodes or write it to a file.

    KIND is actors (who agrees, disagrees or is related), actors-issues (who takes positions on what), actors-events
    (who had a part in what) or statements (everything, with the relation on each edge). Degree counts a node's
    neighbours, weight adds up the weights of its edges.

    \b
    Examples:
      alliancegraph network actors
      alliancegraph network actors-issues --min-confidence 0.6 -o issues.graphml
    """
    from alliancegraph.graph.export import NETWORK_FORMATS, export
    from alliancegraph.graph.network import network as network_of
    from alliancegraph.graph.store import Store

    if output is not None and output.suffix.removeprefix(".").lower() not in NETWORK_FORMATS:
        raise UsageError(f"{output}: a network is written as {' or '.join(f'.{s}' for s in NETWORK_FORMATS)}")
    with Store.open(store, read_only=True) as opened:
        if output is not None:
            export(opened, output, min_confidence=min_confidence, kind=kind)
            note(f"written to {output}")
            return
        made = network_of(opened, kind, min_confidence=min_confidence)
    weights = dict(made.degree(weight="weight"))
    nodes = sorted(made.nodes(data=True), key=lambda item: (-weights[item[0]], item[1]["label"], item[0]))
    rows = [
        (
            data["label"],
            data["type"],
            str(len(set(made.to_undirected(as_view=True)[node]))),
            str(weights[node]),
        )
        for node, data in nodes[:top]
    ]
    print_table(("node", "type", "degree", "weight"), rows)
