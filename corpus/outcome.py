"""What crosses the border between a build and its workers: a task goes out, an outcome comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from alliancegraph.extract.reading import Content
from alliancegraph.graph.packing import Packed

COUNTED: Final = ("actors", "issues", "events", "relations", "positions")
"""The layers of an extraction that are counted."""
CRASH: Final = "crash"
TIMEOUT: Final = "timeout"
MEMORY: Final = "memory"
FATAL_TO_WORKERS: Final = frozenset({CRASH, TIMEOUT, MEMORY})
"""The kinds of failure that cost a worker; a document that failed so is not tried again until it has changed."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to be done; `fingerprint` stands for all that its graph will be made from."""

    content: Content
    file: str
    fingerprint: str
    date: str | None = None

    @property
    def source(self) -> str:
        """The name of the document's source."""
        return self.content.source


@dataclass(frozen=True, slots=True)
class Built:
    """A document that was extracted: ready to be stored, with the number of items in each of the layers `COUNTED`."""

    source: str
    packed: Packed
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A document that the store holds as it is."""

    source: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that cannot be done, and why: `kind` for programs, `reason` for people.

    `file` is the file that it is in; `fingerprint` is empty where it was not read so far.
    """

    source: str
    file: str
    kind: str
    reason: str
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A reason for which no document can be done."""

    reason: str


Settled = Built | Unchanged | Failure
Outcome = Settled | Stop
