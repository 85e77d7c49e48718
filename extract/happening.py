"""One mention of an event, and how mentions of one sentence go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from alliancegraph.extract.parsing import Text

SILENT_BLOCKS: Final = frozenset({"bio", "byline", "dateline", "caption"})


@dataclass(frozen=True)
class Happening:
    """One place `[start, end)` that tells of an event; `roles` are pairs of role and actor.

    `generic` mentions tell of no particular event by themselves, `datable` ones do so with a date. `themes` are the
    words (token indices) that a verb is about, or of which a name consists; a `bound` one tells of an event only together with a
    theme, or, if it is `datable`, with a date; an `apart` one is an event of its own besides
    its theme (a treaty that is left). An event's `own` document is the text itself.
    """

    type: str
    head: int
    start: int
    end: int
    name: str
    names: tuple[str, ...]
    roles: tuple[tuple[str, str], ...] = ()
    date: str | None = None
    place: str | None = None
    iri: str | None = None
    confidence: float = 0.7
    definite: bool = False
    verbal: bool = False
    generic: bool = False
    datable: bool = False
    themes: tuple[int, ...] = ()
    frame: str = ""
    bound: bool = False
    own: bool = False
    apart: bool = False


def is_silent(text: Text, offset: int) -> bool:
    """Whether a place is in a block that tells of no events."""
    block = text.block_at(offset)
    return block is not None and block.kind in SILENT_BLOCKS


def overlapping(happening: Happening, named: Sequence[Happening]) -> bool:
    """Whether a mention overlaps another."""
    return any(n.start < happening.end and happening.start < n.end for n in named)


def covered(happening: Happening, named: Sequence[Happening]) -> bool:
    """Whether a name stands around the head of a mention."""
    return any(
        (overlapping(happening, [name]) and name.head == happening.head)
        or (name.start <= happening.start and happening.end <= name.end)
        for name in named
    )


def joined(found: Sequence[Happening]) -> list[Happening]:
    """A verb and the event that it is about tell of one event: keep the noun, with the roles of both."""
    nouns = {word: index for index, h in enumerate(found) if not h.verbal for word in (*h.themes, h.head)}
    result: list[Happening | None] = list(found)
    about: dict[int, int] = {}
    for index, happening in sorted(enumerate(found), key=lambda pair: not pair[1].bound):
        if not happening.verbal or happening.apart:
            continue
        target = about.get(happening.head, next((nouns[t] for t in happening.themes if t in nouns), None))
        noun = result[target] if target is not None else None
        told = happening.bound or happening.head in about
        if target is not None and noun is not None and (told or _is_one(noun, happening)):
            result[target] = _both(noun, happening)
            about[happening.head] = target
            result[index] = None
        elif happening.bound and not happening.datable:
            result[index] = None
    return [h for h in result if h is not None]


def _is_one(noun: Happening, verb: Happening) -> bool:
    """Whether a verb that tells of an event by itself tells of that of its noun: "held talks", "signed the treaty"."""
    return noun.type == verb.type or noun.head == verb.themes[0]


def _both(noun: Happening, verb: Happening) -> Happening:
    return replace(
        noun,
        roles=tuple(dict.fromkeys((*noun.roles, *verb.roles))),
        start=min(noun.start, verb.start),
        end=max(noun.end, verb.end),
        generic=noun.generic and verb.generic,
        place=noun.place or verb.place,
        names=tuple(dict.fromkeys((*noun.names, *verb.names))),
    )
