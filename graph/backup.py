"""A copy of a store in another folder, and a store made of such a copy again."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pyoxigraph

from alliancegraph.graph.folder import StoreFolder
from alliancegraph.graph.store import Store
from alliancegraph.ontology.errors import StoreError

_DATA: Final = "data"


def backup(store: Path, target: Path) -> None:
    """Copy the store as it is now; the copy is a store of its own and shares no file with the first.

    A process that writes meanwhile is not disturbed; what it has not published yet is not in the copy. Raises `StoreError`
    if `target` exists, or if there is no store.
    """
    if target.exists():
        message = f"{target} is there already; name a new folder for the backup"
        raise StoreError(message, store=str(target))
    with Store.open(store, read_only=True):
        unfinished = target.with_name(f"{target.name}.part")
        try:
            StoreFolder(store).copy_snapshot(unfinished / _DATA)
            unfinished.rename(target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def restore(copy: Path, store: Path) -> None:
    """Put a backup in the place of all that a store holds, even if that is damaged; whole or not at all.

    Raises `StoreError` if the backup is no store or damaged, or if another process writes into the store.
    """
    with Store.open(copy, read_only=True):
        folder = StoreFolder(store)
        if folder.exists():
            _check_unused(folder)
        elif folder.path.exists():
            folder.open_to_write()
        with folder.renewed() as place:
            StoreFolder(copy).copy_snapshot(place)
    Store.open(store).close()


def _check_unused(folder: StoreFolder) -> None:
    """Raise `StoreError` if a process writes into the store; that it is damaged is no hindrance."""
    try:
        pyoxigraph.Store(str(folder.data))
    except OSError as error:
        if "lock" in str(error).lower():
            message = f"{folder.path} is in use by another process; wait until it is done"
            raise StoreError(message, store=str(folder.path)) from None
    except RuntimeError:
        return
