"""`stats` and `remove`: what a store holds, and taking a document out of it."""

from __future__ import annotations

import click

from alliancegraph.commands.console import note, print_table
from alliancegraph.commands.options import StorePlace, store_option


@click.command()
@store_option
def stats(store: StorePlace) -> None:
    """Count what the graph holds.

    \b
    Example:
      alliancegraph stats
    """
    from alliancegraph.graph.store import Store

    with Store.open(store, read_only=True) as opened:
        counts = opened.stats() | opened.layout()
    print_table(("what", "count"), [(name.replace("_", " "), str(count)) for name, count in counts.items()])


@click.command()
@click.argument("document", metavar="DOCUMENT")
@store_option
def remove(document: str, store: StorePlace) -> None:
    """Take a document, and all that it alone said, out of the graph.

    DOCUMENT is the name under which it was built, or its IRI; `alliancegraph query documents` lists both. The name of a
    corpus removes all of its documents.

    \b
    Examples:
      alliancegraph remove article.txt
      alliancegraph remove 'corpus.jsonl#12'
    """
    from alliancegraph.graph.store import Store

    if not store.exists():
        Store.open(store, read_only=True)
    with Store.open(store) as opened:
        opened.remove(document)
    note(f"removed {document} from {store}")
