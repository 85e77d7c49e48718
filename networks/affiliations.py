"""For whom an actor speaks at a time: the bodies that a person belongs to, and the states that these are part of.

A person speaks for those bodies with which the document at hand says that he is affiliated, and for those in which the
vocabulary knows him in office at the date. Where neither tells any, the documents nearest in time that do are believed.
Of a body and a greater one that it is part of, the body counts. Persons and bodies count for each state that their
bodies are, or are part of, at whatever remove; alliances and organisations of states are no parts of states.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, TypeAlias

from alliancegraph.extract.edtf import bounds
from alliancegraph.graph.facts import local_name
from alliancegraph.graph.store import Store
from alliancegraph.networks.answers import answers
from alliancegraph.networks.known import Known

Days: TypeAlias = tuple[date, date]
"""The first and last day that a date may mean."""

_EVER: Final = (date.min, date.max)


@cache
def days(text: str | None) -> Days | None:
    """The days of an EDTF date; of a span with an open end those of the end that is known; None where nothing is."""
    if text is None:
        return None
    found = bounds(text)
    if found is None and "/" in text:
        first, _, last = text.partition("/")
        found = days(first) or days(last)
    return found


@dataclass(frozen=True, slots=True)
class _Office:
    body: str
    first: date
    last: date


class Affiliations:
    """Who speaks for whom."""

    def __init__(self, known: Known) -> None:
        """Nobody for anybody."""
        self._known = known
        self._wholes: dict[str, set[str]] = {}
        self._stated: dict[str, dict[str, set[str]]] = {}
        self._offices: dict[str, list[_Office]] = {}
        self._found: dict[tuple[str, str, str | None], tuple[str, ...]] = {}
        self._above: dict[str, frozenset[str]] = {}

    def part(self, part: str, whole: str) -> None:
        """A body is part of another."""
        self._wholes.setdefault(part, set()).add(whole)

    def stated(self, person: str, body: str, document: str) -> None:
        """A document says that a person is affiliated with a body."""
        self._stated.setdefault(person, {}).setdefault(document, set()).add(body)

    def office(self, person: str, body: str, start: str | None, end: str | None) -> None:
        """The vocabulary knows a person in office, from the first day that its start may mean to the last of its end."""
        first, last = days(start) or _EVER, days(end) or _EVER
        self._offices.setdefault(person, []).append(_Office(body, first[0], last[1]))

    def organizations(self, actor: str, document: str, when: str | None) -> tuple[str, ...]:
        """The bodies for which an actor speaks in a document at a date, sorted; what is no person speaks for itself."""
        if self._known.type(actor) != "Person":
            return (actor,)
        key = (actor, document, when)
        if key not in self._found:
            self._found[key] = tuple(sorted(self._smallest(self._bodies(*key))))
        return self._found[key]

    def states(self, body: str) -> tuple[str, ...]:
        """The states that a body is, or is part of, sorted."""
        return tuple(sorted(b for b in (body, *self._greater(body)) if self._known.type(b) == "State"))

    def at(self, grain: str, actor: str, document: str, when: str | None) -> tuple[str, ...]:
        """Whom an actor is at a grain: itself (`actor`), the `person`, the `organization` or the `state` it speaks for."""
        if grain == "actor":
            return (actor,)
        if grain == "person":
            return (actor,) if self._known.type(actor) == "Person" else ()
        bodies = self.organizations(actor, document, when)
        if grain == "organization":
            return bodies
        return tuple(sorted({state for body in bodies for state in self.states(body)}))

    def _bodies(self, person: str, document: str, when: str | None) -> set[str]:
        at = days(when)
        stated = self._stated.get(person, {})
        first, last = at or _EVER
        held = {o.body for o in self._offices.get(person, ()) if o.first <= last and first <= o.last}
        return stated.get(document, set()) | held or self._nearest(stated, at)

    def _nearest(self, stated: dict[str, set[str]], at: Days | None) -> set[str]:
        """What the documents nearest to a date say; those without a date are the farthest."""
        distances = {document: self._distance(document, at) for document in stated}
        least = min(distances.values(), default=0)
        return {
            body for document, bodies in stated.items() if distances[document] == least for body in bodies
        }

    def _distance(self, document: str, at: Days | None) -> int:
        issued = days(self._known.issued(document))
        if at is None:
            return 0
        if issued is None:
            return (date.max - date.min).days
        return max((issued[0] - at[1]).days, (at[0] - issued[1]).days, 0)

    def _smallest(self, bodies: set[str]) -> set[str]:
        greater = {
            above for body in bodies for above in self._greater(body) if body not in self._greater(above)
        }
        return bodies - greater

    def _greater(self, body: str) -> frozenset[str]:
        """All that a body is part of, at whatever remove, itself left out."""
        if body not in self._above:
            found: set[str] = set()
            waiting = [body]
            while waiting:
                wholes = self._wholes.get(waiting.pop(), set()) - found
                found |= wholes
                waiting += wholes
            self._above[body] = frozenset(found - {body})
        return self._above[body]


def affiliations(store: Store, known: Known, min_confidence: float = 0.0) -> Affiliations:
    """What a store says of who belongs to whom, by one question."""
    found = Affiliations(known)
    for part, whole, relation, document, confidence, start, end in answers(store, "affiliations.rq"):
        if not (part and whole and relation) or (confidence and float(confidence) < min_confidence):
            continue
        if local_name(relation) == "partOf":
            found.part(part, whole)
        elif document is None:
            found.office(part, whole, start, end)
        else:
            found.stated(part, whole, document)
    return found


def earliest(dates: Iterable[str | None]) -> list[str]:
    """The first day of each date as ISO text, `NaT` where there is none."""
    return [found[0].isoformat() if (found := days(text)) else "NaT" for text in dates]
