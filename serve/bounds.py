"""Answers held back up to a limit: bytes that are collected, and rows that are counted, before anything is sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from pyoxigraph import QueryResultsFormat

from alliancegraph.serve.refusal import TOO_MUCH, Refusal
from alliancegraph.serve.settings import MIB

_LEAST_ROW: Final = 2
"""Bytes that a row takes in any format."""
_JSON_STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_CSV_STRING: Final = re.compile(rb'"[^"]*+"')
Item = TypeVar("Item")


class Buffer:
    """A file in memory that raises `Refusal` at the first byte over the limit."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        """Keep the bytes and return how many they are."""
        self._size += len(piece)
        if self._size > self._limit:
            size = f"{self._limit / MIB:g} MiB"
            raise Refusal(
                TOO_MUCH, f"the answer is larger than {size}; ask for less, or with LIMIT and OFFSET"
            )
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing: all is in memory."""

    def content(self) -> bytes:
        """What was written."""
        return b"".join(self._pieces)


def check_rows(body: bytes, format_: QueryResultsFormat, limit: int) -> None:
    """Raise `Refusal` for results of more rows than the limit."""
    if len(body) > _LEAST_ROW * limit and _rows(body, format_) > limit:
        raise _too_many(limit)


def counted(items: Iterable[Item], limit: int) -> Iterator[Item]:
    """The items; raise `Refusal` at the first one over the limit."""
    for number, item in enumerate(items, 1):
        if number > limit:
            raise _too_many(limit)
        yield item


def _too_many(limit: int) -> Refusal:
    return Refusal(TOO_MUCH, f"the answer has more than {limit} rows; ask for less, or with LIMIT and OFFSET")


def _rows(body: bytes, format_: QueryResultsFormat) -> int:
    """How many rows results have, from what the engine writes between them outside of strings."""
    if format_ == QueryResultsFormat.JSON:
        bare = _JSON_STRING.sub(b"", body)
        return bare.count(b"},{") + (b"[{" in bare)
    if format_ == QueryResultsFormat.XML:
        return body.count(b"<result>")
    if format_ == QueryResultsFormat.CSV:
        return _CSV_STRING.sub(b"", body).count(b"\r\n") - 1
    return body.count(b"\n") - 1
