"""`view`."""

from __future__ import annotations

import click


@click.command()
def view() -> None:
    """Not yet."""
