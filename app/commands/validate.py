"""`validate`: the graph against the shapes of the ontology."""

from __future__ import annotations

from pathlib import Path

import click

from alliancegraph.commands.options import store_option


@click.command()
@store_option
def validate(store: Path) -> int:
    """Check the graph against the shapes of the ontology (SHACL); exit code 1 if a document does not conform.

    \b
    Example:
      alliancegraph validate
    """
    raise NotImplementedError(store)
