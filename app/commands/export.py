"""`export`: the graph as one file for another tool."""

from __future__ import annotations

from pathlib import Path

import click

from alliancegraph.commands.console import note
from alliancegraph.commands.networks.kinds import KINDS
from alliancegraph.commands.options import StorePlace, confidence_option, store_option


@click.command(short_help="Write the graph to a file for another tool.")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--kind",
    type=click.Choice(tuple(KINDS)),
    default="statements",
    show_default=True,
    help="Which network, for .graphml and .gexf.",
)
@confidence_option
@store_option
def export(file: Path, kind: str, min_confidence: float, store: StorePlace) -> None:
    """Write the graph to a file; the suffix of FILE names the format.

    .ttl, .nt and .rdf hold all statements without, .trig, .nq and .jsonld with the documents that make them. .graphml
    and .gexf hold a network, .csv a row for each statement.

    \b
    Examples:
      alliancegraph export graph.ttl
      alliancegraph export graph.trig --min-confidence 0.7
      alliancegraph export positions.graphml --kind actors-issues --min-confidence 0.5
    """
    from alliancegraph.graph.export import export as write
    from alliancegraph.graph.store import Store

    with Store.open(store, read_only=True) as opened:
        write(opened, file, min_confidence=min_confidence, kind=kind)
    note(f"written to {file}")
