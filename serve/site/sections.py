"""The statements about a thing in sections, of which each is shown a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pyoxigraph import NamedNode

from alliancegraph.explorer.style import page_style
from alliancegraph.serve.refusal import NOT_FOUND, Refusal
from alliancegraph.serve.site.looking import Looking, question
from alliancegraph.serve.site.statements import Link, Statement, Statements

_FIRST: Final = 20
"""Statements of a section among others."""
_PAGE: Final = 100
"""Statements of a section by itself."""
_SUMMED: Final = 30
"""Lines of the summary by issue or by actor."""
_EVENT_ROLES: Final = ("organizes", "participatesIn", "targetOf")
_NAMES: Final = ("statement", "kind", "role", "subject", "predicate", "object", "day")
TONES: Final = ("favour", "concern", "opposition", "neutral")


@dataclass(frozen=True, slots=True)
class Row:
    """A statement about a thing, before it is looked at closely."""

    statement: str
    kind: str
    role: str
    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True)
class Section:
    """Some of the statements of one kind, with how many there are."""

    key: str
    title: str
    total: int
    statements: tuple[Statement, ...]
    page: int
    pages: int
    is_part: bool


@dataclass(frozen=True, slots=True)
class Side:
    """How often someone took each side, or each side was taken on an issue."""

    link: Link
    counts: tuple[tuple[str, int], ...]
    total: int


_KINDS: Final[tuple[tuple[str, str, Callable[[Row], bool]], ...]] = (
    ("positions", "Positions", lambda row: row.kind == "position" and row.role != "addressee"),
    (
        "addressed",
        "Positions addressed to it",
        lambda row: row.kind == "position" and row.role == "addressee",
    ),
    ("events", "Events", lambda row: row.kind == "relation" and _local(row.predicate) in _EVENT_ROLES),
    (
        "relations",
        "Relations",
        lambda row: row.kind == "relation" and _local(row.predicate) not in _EVENT_ROLES,
    ),
    ("documents", "Documents that discuss it", lambda row: row.kind == "discussion"),
)


def rows_about(look: Looking, iri: str) -> list[Row]:
    """Every statement about a thing, the newest first; sorted here, where it takes a tenth of what it takes the engine."""
    found = look.rows(question("statements.rq"), {"thing": NamedNode(iri)})
    rows = sorted({tuple(row[name].value for name in _NAMES) for row in found})
    rows.sort(key=lambda row: row[-1], reverse=True)
    return [Row(*row[:-1]) for row in rows]


def sections(statements: Statements, rows: Sequence[Row], part: str, page: int) -> list[Section]:
    """All sections that hold something, or one page of the one that is asked for; raise `Refusal` if there is none."""
    made = []
    for key, title, belongs in _KINDS:
        found = list(dict.fromkeys(row.statement for row in rows if belongs(row)))
        if part in ("", key) and found:
            made.append(_section(statements, key, title, found, bool(part), page))
    if part and not made:
        raise Refusal(NOT_FOUND, f"there is no part {part[:80]!r} of this page, or nothing in it")
    return made


def _section(
    statements: Statements, key: str, title: str, found: Sequence[str], is_part: bool, page: int
) -> Section:
    size = _PAGE if is_part else _FIRST
    number = page if is_part else 1
    pages = -(-len(found) // _PAGE)
    if number > pages:
        raise Refusal(NOT_FOUND, f"there are {pages} pages of this, not {number}")
    shown = found[(number - 1) * size : number * size]
    return Section(
        key, title, len(found), tuple(statements.statement(s) for s in shown), number, pages, is_part
    )


def sides(statements: Statements, rows: Iterable[Row], by: str) -> list[Side]:
    """The sides taken, by `object` (the issues of an actor) or by `subject` (the actors of an issue), the most first."""
    counts: dict[str, Counter[str]] = {}
    for row in rows:
        if row.kind == "position" and row.role in ("holder", "issue"):
            other = row.object if by == "object" else row.subject
            group = page_style()["relations"].get(_local(row.predicate), {"group": "neutral"})["group"]
            counts.setdefault(other, Counter())[str(group)] += 1
    ranked = sorted(counts, key=lambda iri: (-counts[iri].total(), iri))[:_SUMMED]
    return [
        Side(
            statements.link(iri),
            tuple((tone, counts[iri][tone]) for tone in TONES if counts[iri][tone]),
            counts[iri].total(),
        )
        for iri in ranked
    ]


def _local(iri: str) -> str:
    return iri.replace("#", "/").rsplit("/", 1)[-1]
