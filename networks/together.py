"""Actors in the same events and in the same passages, as statements, so that all that is made of statements is made of them.

In a one-mode network without qualifier, counting duplicates across the range, the weight of a pair is the number of events
that both have a part in (co-participation), or of the passages that name both (co-mention).
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from alliancegraph.graph.facts import Passage, local_name
from alliancegraph.graph.store import Store
from alliancegraph.networks.affiliations import affiliations
from alliancegraph.networks.answers import answers
from alliancegraph.networks.known import Known, known, things_column, unique_names
from alliancegraph.networks.paragraphs import paragraph_starts, sentence_starts
from alliancegraph.networks.passages import passages, statements_with
from alliancegraph.networks.positions import ACTORS
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.ontology.errors import EmptySelection, UsageError
from alliancegraph.queries.suggestions import did_you_mean

ROLES: Final = ("organizes", "participatesIn", "targetOf")
TAKING_PART: Final = ("organizes", "participatesIn")
"""Roles of those who take part; who is attacked or sanctioned takes no part in it."""
WITHIN: Final = ("document", "paragraph", "sentence")


@dataclass(frozen=True, slots=True)
class _Part:
    """An actor, by IRI, in one event or passage of a document."""

    id: str
    document: str
    actor: str
    place: str
    role: str | None
    date: str | None
    passages: tuple[Passage, ...]
    confidence: float = 1.0

    @property
    def start(self) -> int:
        """Where the first passage begins."""
        return self.passages[0].start if self.passages else -1


def participations(
    store: Store, grain: str = "actor", roles: Sequence[str] = TAKING_PART, *, min_confidence: float = 0.0
) -> Statements:
    """Who has a part in which event: columns are the grain (one of `ACTORS`), `event`, `role`, `document` and `source`.

    The date is that of the event, else the document's. Raises `UsageError` for an unknown grain or role, `EmptySelection`
    where there is no part.
    """
    _check("role", roles, ROLES)
    things = known(store)
    parts = [
        part for part in _parts(store, things) if part.role in roles and part.confidence >= min_confidence
    ]
    if not parts:
        raise EmptySelection(
            f"{store.engine.name} tells of no part in an event as {' or '.join(roles)}, that sure"
        )
    events = unique_names({part.place for part in parts}, things.label, things.occasion)
    rows = _at_grain(store, things, parts, grain, min_confidence)
    column = things_column([part.place for _, part in rows], events, things.attributes)
    return _table(things, rows, grain, "event", column)


def comentions(store: Store, grain: str = "actor", within: str = "paragraph") -> Statements:
    """Who is named where: columns are the grain (one of `ACTORS`), `passage` (one of `WITHIN`), `document`, `source`.

    Paragraphs end at blank lines, in HTML also at the tags of blocks (`paragraph_starts`), sentences as `sentence_starts`
    has it. Raises `UsageError` for an unknown grain, `EmptySelection` where nobody is named.
    """
    _check("passage", (within,), WITHIN)
    things = known(store)
    parts = list(_mentions(store, things, within))
    if not parts:
        raise EmptySelection(f"{store.engine.name} names no actor; build documents")
    documents = unique_names({part.document for part in parts}, things.title, things.built_from)
    rows = _at_grain(store, things, parts, grain, 0.0)
    column = Column.of([f"{documents[part.document]}{part.place}" for _, part in rows])
    return _table(things, rows, grain, "passage", column)


def _check(what: str, given: Iterable[str], there_are: Sequence[str]) -> None:
    for word in given:
        if word not in there_are:
            near = did_you_mean(word, there_are) or f"choose one of {', '.join(there_are)}"
            raise UsageError(f"no {what} is called {word!r}; {near}")


def _parts(store: Store, things: Known) -> Iterator[_Part]:
    dates: dict[str, dict[str, str]] = {}
    for event, document, date in answers(store, "event-dates.rq"):
        if event and document and date:
            dates.setdefault(event, {})[document] = date
    found = passages(store)
    for relation, document, actor, role, event, confidence in answers(store, "participations.rq"):
        assert relation and document and actor and role and event and confidence  # noqa: PT018
        own = dates.get(event, {})
        date = own.get(document) or min(own.values(), default=None) or things.issued(document)
        told = tuple(found.get((document, relation), ()))
        yield _Part(relation, document, actor, event, local_name(role), date, told, float(confidence))


def _mentions(store: Store, things: Known, within: str) -> Iterator[_Part]:
    texts: dict[str, tuple[str, str]] = {}
    if within != "document":
        for document, text, format_ in answers(store, "texts.rq"):
            texts[document or ""] = (text or "", format_ or "")
    begin = sentence_starts if within == "sentence" else paragraph_starts
    starts = cache(lambda document: begin(*texts.get(document, ("", ""))))
    for mention, document, thing, start, end, exact in answers(store, "mentions.rq"):
        assert mention and document and thing and start and end  # noqa: PT018
        if things.type(thing) in ("Event", "Other"):
            continue
        place = "" if within == "document" else f", {within} {bisect(starts(document), int(start))}"
        passage = Passage(int(start), int(end), exact or "", "", "")
        yield _Part(mention, document, thing, place, None, things.issued(document), (passage,))


def _at_grain(
    store: Store, things: Known, parts: list[_Part], grain: str, min_confidence: float
) -> list[tuple[str, _Part]]:
    """Each part with whom its actor is at a grain, once for each; sorted."""
    _check("variable", (grain,), ACTORS)
    found = affiliations(store, things, min_confidence)
    rows = [(who, part) for part in parts for who in found.at(grain, part.actor, part.document, part.date)]
    if not rows:
        raise EmptySelection(f"none of them is a {grain} or speaks for one; choose another --variable1")
    return sorted(rows, key=lambda row: (row[1].document, row[1].start, row[1].id, row[0]))


def _table(
    things: Known, rows: list[tuple[str, _Part]], grain: str, place: str, places: Column
) -> Statements:
    actors = unique_names({who for who, _ in rows}, things.label)
    parts = [part for _, part in rows]
    documents = unique_names({part.document for part in parts}, things.title, things.built_from)
    columns = {
        grain: things_column([who for who, _ in rows], actors, things.attributes),
        place: places,
        "document": things_column([part.document for part in parts], documents, things.document_attributes),
        "source": Column.of([things.outlet(part.document) for part in parts]),
    }
    if place == "event":
        columns["role"] = Column.of([part.role for part in parts])
    return statements_with(
        [part.id for part in parts],
        columns,
        [part.date for part in parts],
        [part.confidence for part in parts],
        [part.passages for part in parts],
    )
