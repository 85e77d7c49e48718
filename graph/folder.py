"""A store's folder: the data, which one process writes, and snapshots of it, which any number may read meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

import pyoxigraph

from alliancegraph.graph.pending import settle
from alliancegraph.ontology.errors import StoreError

_ATTEMPTS: Final = 3


class StoreFolder:
    """`data/`, `snapshots/N/`, and the mark `changed` while the data is newer than the newest snapshot."""

    def __init__(self, path: Path) -> None:
        """A folder that need not exist."""
        self.path = path
        self._data = path / "data"
        self._snapshots = path / "snapshots"
        self._mark = path / "changed"

    def exists(self) -> bool:
        """Whether there is a store."""
        return self._data.is_dir()

    def open_to_write(self) -> pyoxigraph.Store:
        """The data, created if there is none; raise `StoreError` if it is in use, or if the folder is another thing."""
        if not self.exists() and self.path.exists() and not self._is_empty():
            raise self._error("is not a store, and not empty; name another folder with --store")
        try:
            self._data.mkdir(parents=True, exist_ok=True)
            return pyoxigraph.Store(str(self._data))
        except OSError as error:
            if "lock" in str(error).lower():
                raise self._error("is in use by another process; wait until it is done") from None
            raise self._error(f"cannot be opened: {error.strerror or error}") from None

    def _is_empty(self) -> bool:
        try:
            return not any(self.path.iterdir())
        except OSError as error:
            raise self._error(f"cannot be opened: {error.strerror or error}") from None

    def open_to_read(self) -> pyoxigraph.Store:
        """The newest snapshot; a writer elsewhere is not disturbed, nor does it disturb."""
        if not self.exists():
            raise self._error("holds no store; make one with: alliancegraph build SOURCE --store …")
        if self._mark.exists() or self._newest() is None:
            self._refresh()
        for _ in range(_ATTEMPTS):
            newest = self._newest()
            if newest is None:
                break
            try:
                return pyoxigraph.Store.read_only(str(newest))
            except OSError:
                continue  # a writer has just put a newer one in its place
        raise self._error("is being written for the first time; try again when that is done")

    def _refresh(self) -> None:
        """A new snapshot, unless another process is writing, or this one may not."""
        try:
            data = pyoxigraph.Store(str(self._data))
        except OSError:
            return
        self.publish(data)

    def mark_changed(self) -> None:
        """Note that the newest snapshot is out of date."""
        self._mark.touch()

    def publish(self, data: pyoxigraph.Store) -> None:
        """A snapshot of the data for readers; hard links, so it takes little time and space."""
        newest = self._newest()
        number = int(newest.name) + 1 if newest else 1
        unfinished = self._snapshots / f"{number}.part"
        shutil.rmtree(unfinished, ignore_errors=True)
        self._snapshots.mkdir(exist_ok=True)
        settle(data)
        data.backup(str(unfinished))
        unfinished.rename(self._snapshots / str(number))
        self._mark.unlink(missing_ok=True)
        for older in self._numbered()[:-1]:
            shutil.rmtree(older, ignore_errors=True)

    def _newest(self) -> Path | None:
        numbered = self._numbered()
        return numbered[-1] if numbered else None

    def _numbered(self) -> list[Path]:
        if not self._snapshots.is_dir():
            return []
        return sorted((p for p in self._snapshots.iterdir() if p.name.isdigit()), key=lambda p: int(p.name))

    def _error(self, what: str) -> StoreError:
        return StoreError(f"{self.path} {what}", store=str(self.path))
