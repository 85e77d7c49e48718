"""`network actors` and its kin: the graph as it is, as a table of the most central nodes or as a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import click

from alliancegraph.commands.console import print_table
from alliancegraph.commands.networks.output import output_option, put
from alliancegraph.commands.options import StorePlace, confidence_option, store_option

FORMATS: Final = ("csv", "edges", "json", "graphml", "gexf")

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
        "--format",
        "format_",
        type=click.Choice(FORMATS),
        help="Format of the whole network.  [default: by the suffix of FILE]",
    )
    @output_option("Write the whole network, in place of listing its most central nodes.")
    @click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="List so many nodes.")
    @confidence_option
    @store_option
    def command(
        format_: str | None, output: Path | None, top: int, min_confidence: float, store: StorePlace
    ) -> None:
        if format_ is None and output is None:
            show(kind, top, min_confidence, store)
            return
        from alliancegraph.networks.files import format_of

        chosen = format_of(output, format_, FORMATS)
        put(_content(kind, chosen, min_confidence, store), output, chosen)

    return command


def _help(kind: str) -> str:
    rows = "a row for each statement" if kind == "statements" else "the same as edges"
    return f"""{KINDS[kind]}

    Lists the most central nodes, or writes the network. Degree counts a node's neighbours, weight adds up the weights of its
    edges. edges is a row for each edge, csv {rows}, json nodes and edges.

    \b
    Examples:
      alliancegraph network {kind}
      alliancegraph network {kind} --min-confidence 0.6 -o {kind}.graphml
      alliancegraph network {kind} --format edges
    """


def _content(kind: str, format_: str, min_confidence: float, store: StorePlace) -> bytes:
    """The network in one of `FORMATS`."""
    from alliancegraph.graph.export import NETWORK_FORMATS
    from alliancegraph.graph.network import network as network_of
    from alliancegraph.graph.network_lists import edges_csv, network_json, statements_csv
    from alliancegraph.graph.store import Store

    with Store.open(store, read_only=True) as opened:
        if format_ == "json":
            return network_json(opened, kind, min_confidence)
        if format_ == "csv" and kind == "statements":
            return statements_csv(opened, min_confidence)
        made = network_of(opened, kind, min_confidence=min_confidence)
    return NETWORK_FORMATS[format_](made) if format_ in NETWORK_FORMATS else edges_csv(made)


def show(kind: str, top: int, min_confidence: float, store: StorePlace) -> None:
    """List the most central nodes of a network."""
    from alliancegraph.graph.network import network as network_of
    from alliancegraph.graph.store import Store

    with Store.open(store, read_only=True) as opened:
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
