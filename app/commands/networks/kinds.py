"""`network actors` and its kin: the graph as it is, as a table of the most central nodes or as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from alliancegraph.commands.console import note, print_table
from alliancegraph.commands.options import StorePlace, confidence_option, store_option
from alliancegraph.ontology.errors import UsageError

KINDS: Final = {
    "actors": "Who agrees, disagrees or is related.",
    "actors-issues": "Who takes positions on what.",
    "actors-events": "Who had a part in what.",
    "statements": "Everything, with the relation on each edge.",
}


def kinds() -> Iterator[click.Command]:
    """A command for each kind of network."""
    yield from (_command(kind) for kind in KINDS)


def _command(kind: str) -> click.Command:
    @click.command(kind, short_help=KINDS[kind], help=_help(kind))
    @click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Write the whole network: .graphml or .gexf.",
    )
    @click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="List so many nodes.")
    @confidence_option
    @store_option
    def command(output: Path | None, top: int, min_confidence: float, store: StorePlace) -> None:
        show(kind, output, top, min_confidence, store)

    return command


def _help(kind: str) -> str:
    return f"""{KINDS[kind]}

    Lists the most central nodes, or writes the network to a file. Degree counts a node's neighbours, weight adds up the
    weights of its edges.

    \b
    Examples:
      alliancegraph network {kind}
      alliancegraph network {kind} --min-confidence 0.6 -o {kind}.graphml
    """


def show(kind: str, output: Path | None, top: int, min_confidence: float, store: StorePlace) -> None:
    """List the most central nodes of a network, or write it."""
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
