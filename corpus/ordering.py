"""Outcomes in the order of their documents, however they end, with a bound on documents and bytes under way."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Protocol

from alliancegraph.corpus.outcome import Failure, Outcome, Task, Unchanged

AHEAD: Final = 64
"""Documents that may be done before an earlier one, which takes long, is."""
FOR_EACH: Final = 4
"""Documents that are under way for each worker beside those."""
MOST_BYTES: Final = 64 * 1024 * 1024
"""Bytes of documents under way, unless a single one has more."""


class Pending(Protocol):
    """A document that is being done."""

    def done(self) -> bool:
        """Whether its outcome is there."""
        ...

    def result(self) -> Outcome:
        """Its outcome, once it is there."""
        ...


def in_order(
    items: Iterable[Task | Unchanged | Failure], submit: Callable[[Task], Pending], workers: int
) -> Iterator[Outcome]:
    """The outcomes of tasks and failures in their order; what is unchanged does not wait for them."""
    waiting: deque[tuple[int, Pending | Failure]] = deque()
    held = 0
    for item in items:
        if isinstance(item, Unchanged):
            yield item
            continue
        size = item.content.size if isinstance(item, Task) else 0
        while waiting and (_is_there(waiting[0]) or _is_full(len(waiting), held + size, workers)):
            held -= waiting[0][0]
            yield _outcome(waiting.popleft())
        waiting.append((size, submit(item) if isinstance(item, Task) else item))
        held += size
    while waiting:
        yield _outcome(waiting.popleft())


def _is_full(documents: int, size: int, workers: int) -> bool:
    return documents >= AHEAD + FOR_EACH * workers or size > MOST_BYTES


def _is_there(waiting: tuple[int, Pending | Failure]) -> bool:
    return isinstance(waiting[1], Failure) or waiting[1].done()


def _outcome(waiting: tuple[int, Pending | Failure]) -> Outcome:
    return waiting[1] if isinstance(waiting[1], Failure) else waiting[1].result()
