"""Annotations as dataclasses, and which predicted actor or event is which annotated one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Span = tuple[int, int]

FULL_DATE: Final = 10
PUNCTUATION: Final = re.compile(r"[^\w\s&/-]")
GAPS: Final = re.compile(r"[\s_-]+")
ARTICLE: Final = re.compile(r"^(?:the|an?) ")


@dataclass(frozen=True, slots=True)
class Item:
    """An annotated actor or event; `names` are folded, `label` is the name as written, `written` all of them.

    The evidence of a predicted actor are the places where it is named; annotated actors have none.
    """

    id: str
    type: str
    label: str
    names: frozenset[str]
    date: str | None
    evidence: tuple[Span, ...]
    written: tuple[str, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """An issue, a relation or a position: what is claimed, as a key of ids, and where it stands in the text."""

    key: tuple[str, ...]
    evidence: tuple[Span, ...]
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Annotation:
    """One document's actors, events and claims, annotated or predicted.

    The keys: an issue's `(id)`, a relation's `(subject, predicate, object)`, a position's `(holder, issue, stance)`.
    """

    actors: tuple[Item, ...] = ()
    events: tuple[Item, ...] = ()
    issues: tuple[Claim, ...] = ()
    relations: tuple[Claim, ...] = ()
    positions: tuple[Claim, ...] = ()
    title: str = ""


def annotation(data: Mapping[str, Any]) -> Annotation:
    """The annotation in the interchange form; layers that are missing are empty."""
    return Annotation(
        actors=_items(data.get("actors", ())),
        events=_items(data.get("events", ())),
        issues=_claims(data.get("issues", ()), "id"),
        relations=_claims(data.get("relations", ()), "subject", "predicate", "object"),
        positions=_claims(data.get("positions", ()), "holder", "issue", "stance"),
        title=(data.get("document") or {}).get("title") or "",
    )


def fold(name: str) -> str:
    """A name without case, punctuation, leading article and inner possessive.

    >>> fold("The Stimson  Center's Board")
    'stimson center board'
    """
    plain = name.replace("’", "'").replace("'s ", " ").casefold()
    return ARTICLE.sub("", GAPS.sub(" ", PUNCTUATION.sub(" ", plain)).strip())


def actor_pairs(gold: Sequence[Item], predicted: Sequence[Item]) -> dict[str, str]:
    """Predicted id → annotated id of the actors that share a name."""
    return _pairs(gold, predicted, lambda one, other: False)


def event_pairs(gold: Sequence[Item], predicted: Sequence[Item]) -> dict[str, str]:
    """Predicted id → annotated id of the events that share a name, or else type and passage or full date."""
    return _pairs(gold, predicted, _same_happening)


def _pairs(
    gold: Sequence[Item], predicted: Sequence[Item], same: Callable[[Item, Item], bool]
) -> dict[str, str]:
    """One-to-one pairs: those with the most shared names first, then those that are otherwise the same."""
    crossed = [(one, other) for one in gold for other in predicted]
    # The sort is stable: equals stay in the order of the documents.
    ranked = sorted(crossed, key=lambda pair: -_shared(*pair))
    named = [pair for pair in ranked if _shared(*pair)]
    found: dict[str, str] = {}
    taken: set[str] = set()
    for one, other in [*named, *(pair for pair in crossed if same(*pair))]:
        if one.id not in taken and other.id not in found:
            taken.add(one.id)
            found[other.id] = one.id
    return found


def _shared(one: Item, other: Item) -> int:
    return len(one.names & other.names)


def _same_happening(gold: Item, predicted: Item) -> bool:
    if gold.type != predicted.type:
        return False
    on_the_day = len(gold.date or "") == FULL_DATE and gold.date == predicted.date
    return on_the_day or overlapping(gold.evidence, predicted.evidence)


def overlapping(some: Iterable[Span], others: Sequence[Span]) -> bool:
    """Whether a passage of one side shares a character with one of the other."""
    return any(start < stop and begin < end for start, end in some for begin, stop in others)


def _items(rows: Iterable[Mapping[str, Any]]) -> tuple[Item, ...]:
    return tuple(
        Item(
            id=row["id"],
            type=row.get("type", ""),
            label=row.get("name") or "",
            names=frozenset(filter(None, map(fold, [row.get("name") or "", *row.get("names", ())]))),
            date=row.get("date"),
            evidence=_spans(row),
            written=tuple(filter(None, [row.get("name"), *row.get("names", ())])),
            confidence=row.get("confidence"),
        )
        for row in rows
    )


def _claims(rows: Iterable[Mapping[str, Any]], *keys: str) -> tuple[Claim, ...]:
    return tuple(
        Claim(tuple(str(row[key]) for key in keys), _spans(row), row.get("confidence")) for row in rows
    )


def _spans(row: Mapping[str, Any]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in row.get("evidence") or row.get("mentions") or ())
