"""What a store says, read back as dataclasses: statements with their passages, and the things that they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph
from pyoxigraph import Literal

from alliancegraph.graph.quads import decimal
from alliancegraph.graph.questions import question
from alliancegraph.graph.store import Store

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A passage with its characters, its words, and what stands before and after."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    @property
    def quote(self) -> str:
        """The words on one line."""
        return " ".join(self.exact.split())


@dataclass(frozen=True, slots=True)
class Thing:
    """An actor, event, issue or document; `type` is a kind of actor, or `Event`, `Issue` or `Document`.

    Events may have the name of their `event_type` and of a `place`, issues the IRI of a `broader` one, documents a `publisher`,
    a `source` and a `url`.
    """

    iri: str
    type: str
    label: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    date: str | None = None
    definition: str | None = None
    event_type: str | None = None
    place: str | None = None
    broader: str | None = None
    publisher: str | None = None
    source: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement of one document.

    `kind` is `position`, `relation`, `discussion` or `event`; `predicate` is the id of a stance, a relation or a kind of
    event. The subject of a discussion is the document, that of an event the event itself, whose object is its place.
    """

    kind: str
    iri: str
    subject: str
    predicate: str
    object: str | None
    confidence: float
    document: str
    voice: str | None = None
    addressee: str | None = None
    role: str | None = None
    date: str | None = None
    passages: tuple[Passage, ...] = ()


def facts(store: Store, min_confidence: float = 0.0, *, with_passages: bool = True) -> list[Fact]:
    """The statements of all documents, at least that sure, by document, kind and parts.

    Passages take most of the time; leave them out where they are not needed.
    """
    passages = _passages(store) if with_passages else {}
    rows = sorted(_rows(store, "statements.rq", {"min_confidence": decimal(min_confidence)}), key=_order)
    return [_fact(row, passages) for row in rows]


_ORDER: Final = ("document", "kind", "subject", "predicate", "object", "statement")


def _order(row: Row) -> tuple[str, ...]:
    return tuple(row.get(name, "") for name in _ORDER)


def _fact(row: Row, passages: Mapping[tuple[str, str], list[Passage]]) -> Fact:
    return Fact(
        kind=row["kind"],
        iri=row["statement"],
        subject=row["subject"],
        predicate=local_name(row["predicate"]),
        object=row.get("object"),
        confidence=float(row["confidence"]),
        document=row["document"],
        voice=local_name(row["voice"]) if "voice" in row else None,
        addressee=row.get("addressee"),
        role=row.get("role"),
        date=row.get("date"),
        passages=tuple(sorted(passages.get((row["document"], row["statement"]), ()))),
    )


def things(store: Store) -> dict[str, Thing]:
    """All that statements are about, by IRI; where documents differ on a name, the first in the alphabet."""
    rows: dict[str, list[Row]] = {}
    for row in _rows(store, "things.rq"):
        rows.setdefault(row["thing"], []).append(row)
    return {
        iri: _thing(iri, found) for iri, found in sorted(rows.items()) if any("type" in row for row in found)
    }


def _thing(iri: str, rows: list[Row]) -> Thing:
    def least(name: str) -> str | None:
        return min((row[name] for row in rows if name in row), default=None)

    label = least("label") or local_name(iri)
    names = {row[name] for row in rows for name in ("label", "alias") if name in row}
    type_, same = least("type") or "Other", least("same")
    return Thing(
        iri=iri,
        type=type_,
        label=label,
        aliases=tuple(sorted(names - {label})),
        wikidata=same,
        date=least("date"),
        definition=least("definition"),
        event_type=least("event_type"),
        place=least("place"),
        broader=least("broader"),
        publisher=least("publisher"),
        source=least("source"),
        url=least("url"),
    )


def _passages(store: Store) -> dict[tuple[str, str], list[Passage]]:
    found: dict[tuple[str, str], list[Passage]] = {}
    for row in _rows(store, "passages.rq"):
        passage = Passage(int(row["start"]), int(row["end"]), row["exact"], row["prefix"], row["suffix"])
        found.setdefault((row["document"], row["statement"]), []).append(passage)
    return found


def _rows(store: Store, name: str, bindings: Mapping[str, Literal] | None = None) -> Iterator[Row]:
    """The solutions of a query as texts; what is not bound is left out."""
    solutions = store.query(question(name), bindings)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield {name: term.value for name, term in zip(names, solution, strict=True) if term is not None}


def local_name(iri: str) -> str:
    """The last part of an IRI: `supports` of the stance's."""
    return iri.replace("#", "/").rsplit("/", 1)[-1]
