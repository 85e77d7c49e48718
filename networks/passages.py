"""Where a graph's statements stand: their passages, and the events that are told of in the same place."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

import numpy as np

from alliancegraph.graph.facts import Passage
from alliancegraph.graph.store import Store
from alliancegraph.graph.tables import BETWEEN
from alliancegraph.networks.affiliations import earliest
from alliancegraph.networks.answers import answers
from alliancegraph.networks.statements import Column, Statements

Place: TypeAlias = tuple[str, str]
"""A document and a statement or an event in it."""
Passages: TypeAlias = Mapping[Place, Sequence[Passage]]


def passages(store: Store) -> Passages:
    """All passages of statements and events, by place and in the order of the text, by one question."""
    found: dict[Place, list[Passage]] = {}
    for document, statement, start, end, exact in answers(store, "passages.rq"):
        if document and statement and start and end:
            passage = Passage(int(start), int(end), exact or "", "", "")
            found.setdefault((document, statement), []).append(passage)
    return {place: sorted(several) for place, several in found.items()}


def statements_with(
    ids: Sequence[str],
    columns: Mapping[str, Column],
    dates: Sequence[str | None],
    confidences: Sequence[float],
    found: Sequence[Sequence[Passage]],
) -> Statements:
    """Statements with all their passages, those of each in the order of the text."""
    return Statements(
        ids=tuple(ids),
        columns=columns,
        dates=np.array(earliest(dates), dtype="datetime64[s]"),
        starts=np.array([several[0].start if several else -1 for several in found], dtype=np.int64),
        ends=np.array([several[0].end if several else -1 for several in found], dtype=np.int64),
        texts=tuple(BETWEEN.join(passage.quote for passage in several) for several in found),
        confidences=np.array(confidences, dtype=np.float64),
        passages=tuple(tuple((passage.start, passage.end) for passage in several) for several in found),
    )


class Occasions:
    """The events of which a document tells in a passage that overlaps one of a statement's."""

    def __init__(self, found: Passages, is_event: Callable[[str], bool]) -> None:
        """All passages, and which of their statements are events."""
        self._passages = found
        self._told: dict[str, list[tuple[int, int, str]]] = {}
        for (document, statement), several in found.items():
            if is_event(statement):
                told = self._told.setdefault(document, [])
                told += [(passage.start, passage.end, statement) for passage in several]

    def events(self, document: str, statement: str) -> tuple[str, ...]:
        """The IRIs of the events, sorted."""
        own = self._passages.get((document, statement), ())
        told = self._told.get(document, ())
        return tuple(
            sorted({event for start, end, event in told for p in own if start < p.end and p.start < end})
        )
