"""`load`, `backup`, `restore` and `optimize`: the upkeep of a store on disk."""

from __future__ import annotations

from pathlib import Path

import click

from alliancegraph.commands.console import note
from alliancegraph.commands.options import StorePlace, folder_option, store_option

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command()
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@store_option
def load(file: Path, store: StorePlace) -> None:
    """Load a graph that was exported as .nq, .trig or .jsonld.

    A document that the store holds already is replaced. The file may be zipped (.gz).

    \b
    Examples:
      alliancegraph load graph.trig
      alliancegraph load archive.nq.gz --store archive
    """
    from alliancegraph.graph.bulk import load_file

    note(f"{load_file(file, store)} documents loaded into {store}")


@click.command()
@click.argument("folder", metavar="FOLDER", type=_FOLDER)
@folder_option
def backup(folder: Path, store: Path) -> None:
    """Copy the store into a new folder, while others may write into it.

    \b
    Example:
      alliancegraph backup backups/monday
    """
    from alliancegraph.graph.backup import backup as copy

    copy(store, folder)
    note(f"{store} copied to {folder}")


@click.command()
@click.argument("folder", metavar="FOLDER", type=_FOLDER)
@folder_option
def restore(folder: Path, store: Path) -> None:
    """Put a backup in the place of all that the store holds, even if that is damaged.

    \b
    Example:
      alliancegraph restore backups/monday
    """
    from alliancegraph.graph.backup import restore as bring_back

    bring_back(folder, store)
    note(f"{store} is as {folder}")


@click.command()
@folder_option
def optimize(store: Path) -> None:
    """Put the store's files in order, after much was built or removed; queries are quicker and files smaller then.

    \b
    Example:
      alliancegraph optimize
    """
    from alliancegraph.graph.store import Store

    with Store.open(store, read_only=True):
        pass
    with Store.open(store) as opened:
        opened.optimize()
    note(f"{store} is in order")
