"""`network`."""

from __future__ import annotations

import click


@click.command()
def network() -> None:
    """Not yet."""
