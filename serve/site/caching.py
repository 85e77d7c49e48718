"""Answers that stay the same until the store changes: each is made once, whoever asks for it meanwhile."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass

from alliancegraph.serve.jobs import Answer

_ERRORS = 400


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer and what tells it from others, for `If-None-Match`."""

    answer: Answer
    tag: str


class Cache:
    """The latest answer of each name, with the state of the store that it was made from."""

    def __init__(self) -> None:
        """Nothing is kept yet."""
        self._made: dict[str, tuple[Hashable, asyncio.Task[Kept]]] = {}

    async def get(self, name: str, state: Hashable, make: Callable[[], Awaitable[Answer]]) -> Kept:
        """The answer of that name for a state; what fails is tried again by the next who asks."""
        known = self._made.get(name)
        if known is None or known[0] != state or _failed(known[1]):
            known = state, asyncio.ensure_future(_kept(make))
            self._made[name] = known
        return await asyncio.shield(known[1])


async def _kept(make: Callable[[], Awaitable[Answer]]) -> Kept:
    answer = await make()
    return Kept(answer, f'"{hashlib.sha256(answer.body).hexdigest()[:32]}"')


def _failed(task: asyncio.Task[Kept]) -> bool:
    if not task.done():
        return False
    return task.cancelled() or task.exception() is not None or task.result().answer.status >= _ERRORS
