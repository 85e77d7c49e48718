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
    snapshots = [path for path in _entries(store / "snapshots") if path.name.isdigit()]
    if snapshots and not (store / "changed").exists():
        newest = max(snapshots, key=lambda path: int(path.name))
        with contextlib.suppress(OSError):  # a writer has just put a newer one in its place
            return pyoxigraph.Store.read_only(str(newest))
    from alliancegraph.graph.folder import StoreFolder

    return StoreFolder(store).open_to_read()


def published(store: Path) -> int:
    """What changes when a snapshot is published: the time of the folder that it is moved into, in nanoseconds."""
    try:
        return (store / "snapshots").stat().st_mtime_ns
    except OSError:
        return 0


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []
