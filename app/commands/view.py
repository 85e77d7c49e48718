"""`view`: the graph as one interactive page."""

from __future__ import annotations

from pathlib import Path

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
    "--issue",
    "issues",
    multiple=True,
    metavar="ISSUE",
    help="Only positions on this issue and narrower ones (repeatable).",
)
@click.option(
    "--document",
    "documents",
    multiple=True,
    metavar="DOCUMENT",
    help="Only what this document says: its source, title or IRI (repeatable).",
)
@click.option(
    "--source",
    "sources",
    multiple=True,
    metavar="NAME",
    help="Only documents of this publisher, host or file; * stands for any characters (repeatable).",
)
@click.option("--since", metavar="DATE", help="Leave out what is earlier, and what has no date.")
@click.option("--until", metavar="DATE", help="Leave out what is later, and what has no date.")
@click.option(
    "--stance",
    "stances",
    multiple=True,
    metavar="STANCE",
    help="Only positions with this stance (repeatable).",
)
@click.option(
    "--voice",
    "voices",
    multiple=True,
    metavar="VOICE",
    help="Only positions in this voice: author, reported or quoted (repeatable).",
)
@confidence_option
@click.option(
    "--limit",
    type=click.IntRange(2),
    metavar="NODES",
    help="Only the most important actors, issues and events, so many of them.",
)
@click.option(
    "--texts",
    type=click.Choice(["auto", "all", "none"]),
    default="auto",
    show_default=True,
    help="Whole articles in the page, to read quotes in: those cited most, all, or none.",
)
@click.option("--title", default="AllianceGraph", show_default=True, help="Heading of the page.")
@store_option
def view(
    output: Path,
    actors: tuple[str, ...],
    issues: tuple[str, ...],
    documents: tuple[str, ...],
    sources: tuple[str, ...],
    since: str | None,
    until: str | None,
    stances: tuple[str, ...],
    voices: tuple[str, ...],
    min_confidence: float,
    limit: int | None,
    texts: str,
    title: str,
    store: StorePlace,
) -> None:
    """Write the graph as one interactive page that works offline.

    A click on an edge shows the sentences behind it, and these in their article. Filters narrow each other; one that is
    repeated lets more through.

    \b
    Examples:
      alliancegraph view -o graph.html
      alliancegraph view --issue climate-change --issue trade --min-confidence 0.5
      alliancegraph view --actor Japan --since 2008 --title "Japan's positions"
      alliancegraph view --source "*.example.org" --stance opposes --limit 100 --texts none
    """
    from alliancegraph.explorer.page import write_view
    from alliancegraph.explorer.selection import Selection, selected_network
    from alliancegraph.explorer.texts import cited_documents, page_texts
    from alliancegraph.graph.store import Store

    selection = Selection(
        actors, issues, documents, sources, stances, voices, since, until, min_confidence, limit
    )
    with Store.open(store, read_only=True) as opened:
        network = selected_network(opened, selection)
        articles = page_texts(opened, network, texts)
    write_view(output, network, title=title, details=selection.details(), texts=articles)
    note(
        f"{network.number_of_nodes()} nodes and {network.number_of_edges()} edges written to {output}; "
        f"documents with their text: {len(articles)} of {len(cited_documents(network))}"
    )
