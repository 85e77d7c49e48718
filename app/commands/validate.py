"""`validate`: the graph against the shapes of the ontology."""

from __future__ import annotations

import click

from alliancegraph.commands.console import note, progress
from alliancegraph.commands.options import StorePlace, store_option


@click.command(short_help="Check the graph against the shapes of the ontology (SHACL).")
@store_option
def validate(store: StorePlace) -> int:
    """Check the graph against the shapes of the ontology (SHACL).

    Each document is checked by itself, and each violation is a line; the exit code is 1 if there is one.

    \b
    Example:
      alliancegraph validate
    """
    from alliancegraph.graph.store import Store
    from alliancegraph.graph.validate import validate as report_on

    violations = 0
    with Store.open(store, read_only=True) as opened:
        sources = {document.iri: document.source for document in opened.documents()}
        with progress("validating", len(sources)) as advance:
            for iri, source in sources.items():
                for line in report_on(opened.graph(iri)).lines():
                    violations += 1
                    click.echo(f"{source}: {line}")
                advance(source)
    note(f"{len(sources)} documents checked, {violations} violations")
    return 1 if violations else 0
