"""Events with their dates: those of a graph, the ones that documents tell most of first, or those of a table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from alliancegraph.graph.store import Store
from alliancegraph.networks.affiliations import earliest
from alliancegraph.networks.answers import answers
from alliancegraph.networks.coded import read_coded
from alliancegraph.networks.events import date_text
from alliancegraph.networks.known import known, unique_names
from alliancegraph.ontology.errors import StatementsError

_TO_THE_MONTH: Final = 7


@dataclass(frozen=True, slots=True)
class Happening:
    """An event by its name, the first day that its date may mean, and the date as far as it is known, `2008-07`."""

    date: np.datetime64
    name: str
    when: str


def happenings(store: Store, min_confidence: float = 0.0) -> list[Happening]:
    """The events of a store in which somebody has a part and whose month at least is known.

    First are those of which most documents tell, then those in which most have a part, then the earliest. Of several dates the
    most exact counts, then the earliest.
    """
    told: dict[str, set[str]] = {}
    parts: dict[str, set[tuple[str, str]]] = {}
    for _, document, actor, role, event, confidence in answers(store, "participations.rq"):
        assert document and actor and role and event and confidence  # noqa: PT018
        if float(confidence) >= min_confidence:
            told.setdefault(event, set()).add(document)
            parts.setdefault(event, set()).add((actor, role))
    dates: dict[str, str] = {}
    for event, _, date in answers(store, "event-dates.rq"):
        if event in told and date and len(date) >= _TO_THE_MONTH:
            dates[event] = min(date, dates.get(event, date), key=lambda text: (-min(len(text), 10), text))
    things = known(store)
    names = unique_names(dates, things.label, things.occasion)
    order = sorted(
        dates, key=lambda event: (-len(told[event]), -len(parts[event]), dates[event], names[event])
    )
    days = earliest(dates[event] for event in order)
    return [
        Happening(np.datetime64(day, "s"), names[event], dates[event].partition("/")[0])
        for event, day in zip(order, days, strict=True)
        if day != "NaT"
    ]


def read_happenings(path: Path) -> list[Happening]:
    """The events of a table with the columns `date` and `event`, in its order; raise `StatementsError` for another table."""
    statements = read_coded(path)
    if "event" not in statements.columns:
        raise StatementsError(f"{path}: has no column 'event' beside date", path=str(path))
    found = []
    for line, (day, name) in enumerate(
        zip(statements.dates, statements.column("event").values, strict=True), 2
    ):
        if np.isnat(day) or name is None:
            raise StatementsError(f"{path}: row {line} has no date or no event", path=str(path))
        found.append(Happening(day, name, date_text(day)))
    return found
