"""The documents that failed, kept in a file of JSON lines until they succeed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from alliancegraph.corpus.outcome import FATAL_TO_WORKERS, Failure, Settled, Task
from alliancegraph.graph.writing import write_whole
from alliancegraph.ontology.errors import CorpusError

FILE: Final = "failures.jsonl"


class Failures:
    """The failures of earlier builds, and those of this one."""

    def __init__(self, path: Path) -> None:
        """What the file holds; raise `CorpusError` if it is none of ours."""
        self._path = path
        self._known = {_key(failure): failure for failure in _read(path)}
        self._before: dict[str, list[tuple[str, str]]] = {}
        for key in self._known:
            self._before.setdefault(key[0], []).append(key)
        self._again: set[tuple[str, str]] = set()
        self.files = frozenset(failure.file for failure in self._known.values())
        """The files in which something failed before."""
        self._poison = {
            failure.fingerprint: failure
            for failure in self._known.values()
            if failure.kind in FATAL_TO_WORKERS and failure.fingerprint
        }

    def poison(self, task: Task) -> Failure | None:
        """How a document, as it still is, cost a worker before."""
        found = self._poison.get(task.fingerprint)
        return found if found is not None and found.source == task.source else None

    def note(self, outcome: Settled) -> None:
        """Keep a failure; forget those of a document that succeeded."""
        if isinstance(outcome, Failure):
            self._known[_key(outcome)] = outcome
            self._again.add(_key(outcome))
        else:
            self._forget(self._before.pop(outcome.source, []))

    def finish(self, files: frozenset[str]) -> None:
        """Forget what failed before in files that were now read to their end, and did not fail again."""
        self._forget([key for key, failure in self._known.items() if failure.file in files])

    def _forget(self, keys: Sequence[tuple[str, str]]) -> None:
        for key in keys:
            if key not in self._again:
                self._known.pop(key, None)

    def save(self) -> None:
        """Replace the file as a whole, sorted; none is left where nothing failed. Raise `OutputError`."""
        lines = [_line(self._known[key]) for key in sorted(self._known)]
        if lines:
            write_whole(self._path, "".join(lines).encode())
        else:
            self._path.unlink(missing_ok=True)


def _key(failure: Failure) -> tuple[str, str]:
    return failure.source, failure.reason


def _line(failure: Failure) -> str:
    return json.dumps(asdict(failure)) + "\n"


def _read(path: Path) -> list[Failure]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        return [Failure(**json.loads(line)) for line in lines if line]
    except FileNotFoundError:
        return []
    except (ValueError, TypeError) as error:
        raise CorpusError(
            f"{path}: is no list of failures; move it away, or name another with --failures"
        ) from error
