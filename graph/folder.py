"""A store's folder: the data, which one process writes, and snapshots of it, which any number may read meanwhile."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import pyoxigraph

from alliancegraph.graph.identity import GRAPH, apart, apply
from alliancegraph.graph.pending import settle
from alliancegraph.ontology.errors import StoreError

_ATTEMPTS: Final = 3
_NOTES: Final = ("changed", "failures.jsonl")
"""Files that a folder may have before it is a store."""


class StoreFolder:
    """`data/`, `snapshots/N/`, and the mark `changed` while the data is newer than the newest snapshot.

    Data that takes the place of all that was there is made beside it and becomes `data.1/`, `data.2/` and so on when it is
    complete: the newest of them is the store, so that no moment is without a whole one.
    """

    def __init__(self, path: Path) -> None:
        """A folder that need not exist."""
        self.path = path
        self._snapshots = path / "snapshots"
        self._mark = path / "changed"

    @property
    def data(self) -> Path:
        """The database's folder."""
        return self._generations()[-1]

    def _generations(self) -> list[Path]:
        later = [p for p in self.path.glob("data.*") if p.suffix[1:].isdigit()]
        return [self.path / "data", *sorted(later, key=lambda p: int(p.suffix[1:]))]

    def exists(self) -> bool:
        """Whether there is a store."""
        return self.data.is_dir()

    def open_to_write(self) -> pyoxigraph.Store:
        """The data, created if there is none; raise `StoreError` if it is in use, or if the folder is another thing."""
        if not self.exists() and self.path.exists() and not self._is_empty():
            raise self._error("is not a store, and not empty; name another folder with --store")
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            opened = pyoxigraph.Store(str(self.data))
        except (OSError, RuntimeError) as error:
            raise self._cannot_be_opened(error) from None
        for older in self._generations()[:-1]:
            shutil.rmtree(older, ignore_errors=True)
        return opened

    def _cannot_be_opened(self, error: OSError | RuntimeError) -> StoreError:
        reason = getattr(error, "strerror", None) or str(error)
        if "lock" in str(error).lower():
            return self._error("is in use by another process; wait until it is done")
        if "corruption" in reason.lower() or isinstance(error, RuntimeError):
            command = "alliancegraph restore BACKUP --store"
            return self._error(f"is damaged ({reason}); bring a backup back with: {command} {self.path}")
        return self._error(f"cannot be opened: {reason}")

    def _is_empty(self) -> bool:
        """Whether there is nothing but what a killed process left of a store that was to be."""
        try:
            return all(p.name in _NOTES or p.match("data.*.part") for p in self.path.iterdir())
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
            except (OSError, RuntimeError) as error:
                if newest.is_dir():
                    raise self._cannot_be_opened(error) from None
                # a writer has just put a newer one in its place
        raise self._error("is being written for the first time; try again when that is done")

    def _refresh(self) -> None:
        """A new snapshot, unless another process is writing, or this one may not."""
        try:
            data = pyoxigraph.Store(str(self.data))
        except OSError:
            return
        except RuntimeError as error:
            raise self._cannot_be_opened(error) from None
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
        divided = apart(data)
        if divided or data.contains_named_graph(GRAPH):
            _identified(unfinished, divided)
        unfinished.rename(self._snapshots / str(number))
        self._mark.unlink(missing_ok=True)
        for older in self._numbered()[:-1]:
            shutil.rmtree(older, ignore_errors=True)

    @contextmanager
    def renewed(self) -> Iterator[Path]:
        """A folder beside the data, to hold a database that takes its place when the block ends well."""
        newest = self.data
        coming = self.path / f"data.{int(newest.suffix[1:] or 0) + 1}"
        unfinished = coming.with_name(f"{coming.name}.part")
        shutil.rmtree(unfinished, ignore_errors=True)
        self.path.mkdir(parents=True, exist_ok=True)
        try:
            yield unfinished
            self.mark_changed()
            unfinished.rename(coming)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
            with suppress(OSError):
                self.path.rmdir()

    def copy_snapshot(self, target: Path) -> None:
        """Copy the newest snapshot, file by file; raise `StoreError` if there is none or the target cannot be written."""
        for _ in range(_ATTEMPTS):
            newest = self._newest()
            if newest is None:
                break
            shutil.rmtree(target, ignore_errors=True)
            try:
                shutil.copytree(newest, target)
                return
            except (OSError, shutil.Error) as error:
                if newest.is_dir():
                    reason = getattr(error, "strerror", None) or "some files failed"
                    message = (
                        f"{target} cannot be written: {reason}; check the space left and the permissions"
                    )
                    raise StoreError(message, store=str(target)) from error
        raise self._error("is being written; try again when that is done")

    def size(self) -> int:
        """Bytes that the data takes on disk, without the snapshots, which share its files."""
        return sum(file.stat().st_size for file in self.data.rglob("*") if file.is_file())

    def _newest(self) -> Path | None:
        numbered = self._numbered()
        return numbered[-1] if numbered else None

    def _numbered(self) -> list[Path]:
        if not self._snapshots.is_dir():
            return []
        return sorted((p for p in self._snapshots.iterdir() if p.name.isdigit()), key=lambda p: int(p.name))

    def _error(self, what: str) -> StoreError:
        return StoreError(f"{self.path} {what}", store=str(self.path))


def _identified(snapshot: Path, divided: list[pyoxigraph.Quad]) -> None:
    data = pyoxigraph.Store(str(snapshot))
    apply(data, divided)
    data.flush()
