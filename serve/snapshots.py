"""The newest snapshot of a store's folder, opened by a process that has to start quickly.

`StoreFolder` knows the layout; with it comes what changes of a store need, whose import takes longer than all else that a
worker does before its first answer. It is asked only where there is more to do than to open a folder.
"""

from __future__ import annotations

import contextlib
from pathlib import Path

import pyoxigraph


def open_newest(store: Path) -> pyoxigraph.Store:
    """The newest snapshot, to read; raise `StoreError` if there is no store."""
    newest = _newest(store)
    if newest is not None and not (store / "changed").exists():
        with contextlib.suppress(OSError):  # a writer has just put a newer one in its place
            return pyoxigraph.Store.read_only(str(newest))
    from alliancegraph.graph.folder import StoreFolder

    return StoreFolder(store).open_to_read()


def published(store: Path) -> tuple[str, int]:
    """What tells the newest snapshot from all others: its name and the number of its folder, since a store may be made anew."""
    newest = _newest(store)
    if newest is None:
        return "", 0
    try:
        return newest.name, newest.stat().st_ino
    except OSError:
        return newest.name, 0  # a newer one is in its place


def _newest(store: Path) -> Path | None:
    try:
        numbered = [path for path in (store / "snapshots").iterdir() if path.name.isdigit()]
    except OSError:
        return None
    return max(numbered, key=lambda path: int(path.name), default=None)
