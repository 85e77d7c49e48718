"""Two codings of the same documents set beside each other: two persons', or a person's and what was extracted.

A unit is a holder and an issue in a document. What a coder says of it is `1` where all of his statements have that side, `0`
likewise, `both` where they differ, and `none` where he has no statement. Kappa and alpha are of the units that both
coded, since how many units neither saw is not known; how many only one saw is told beside them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from alliancegraph.networks.reliability import Reliability, reliability
from alliancegraph.networks.statements import Column, Statements
from alliancegraph.ontology.errors import EmptySelection

BOTH: Final = "both"
NONE: Final = "none"
Unit: TypeAlias = tuple[str, str, str]
"""A document, a holder and an issue, by name."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two codings: how many units each has, how many both, and how these agree."""

    first: int
    second: int
    both: int
    reliability: Reliability

    @property
    def overlap(self) -> float:
        """The share of the units of either that both have (Jaccard)."""
        return self.both / (self.first + self.second - self.both)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two codings in all, by issue, and side by side."""

    overall: Compared
    by_issue: Mapping[str, Compared]
    confusion: Mapping[tuple[str, str], int]
    """Numbers of units by what the first and the second says of them."""
    units: Mapping[Unit, tuple[str, str]]
    """What the first and the second says of each unit."""
    documents: int
    """How many documents both coded; only these are compared."""


def compare(
    first: Statements, second: Statements, variable1: str, variable2: str, qualifier: str
) -> Comparison:
    """The comparison over the documents that both coded; raise `EmptySelection` where there is none.

    Holders, issues and documents are the same where they have the same IRI, or without one the same name; a document also
    where it holds hand coding of the other (attribute `codes`).
    """
    asked = (variable1, variable2, qualifier)
    names: dict[str, str] = {}
    ours, theirs = (_sides(part, *asked, names) for part in (first, second))
    shared = {document for document, _, _ in ours} & {document for document, _, _ in theirs}
    if not shared:
        raise EmptySelection(
            "the two codings have no document in common; compare those of the same documents"
        )
    told = {
        (names[document], names[holder], names[issue]): (ours.get(unit, NONE), theirs.get(unit, NONE))
        for unit in {*ours, *theirs}
        for document, holder, issue in [unit]
        if document in shared
    }
    units = dict(sorted(told.items()))
    issues: dict[str, list[tuple[str, str]]] = {}
    for (_, _, issue), pair in units.items():
        issues.setdefault(issue, []).append(pair)
    return Comparison(
        _compared(units.values()),
        {issue: _compared(pairs) for issue, pairs in sorted(issues.items())},
        dict(sorted(Counter(units.values()).items())),
        units,
        len(shared),
    )


def _compared(pairs: Iterable[tuple[str, str]]) -> Compared:
    listed = list(pairs)
    common = [pair for pair in listed if NONE not in pair]
    return Compared(
        sum(pair[0] != NONE for pair in listed),
        sum(pair[1] != NONE for pair in listed),
        len(common),
        reliability(common),
    )


def _sides(
    statements: Statements, variable1: str, variable2: str, qualifier: str, names: dict[str, str]
) -> dict[Unit, str]:
    """What is said of each unit, by what tells its parts from others; their names, for a reader, are added."""
    found: dict[Unit, set[str]] = {}
    parts = [_told(statements.column(name), names) for name in ("document", variable1, variable2)]
    for document, holder, issue, side in zip(*parts, statements.column(qualifier).values, strict=True):
        if document and holder and issue and side:
            found.setdefault((document, holder, issue), set()).add(side)
    return {unit: sides.pop() if len(sides) == 1 else BOTH for unit, sides in found.items()}


def _told(column: Column, names: dict[str, str]) -> list[str]:
    """What tells the value of each statement from others: the IRI, of a document that of the one that was coded, else the name."""
    iris = column.iris or ("",) * len(column.names)
    marks = column.attributes or ({},) * len(column.names)
    told = [
        str(mark.get("codes", iri)) or name for name, iri, mark in zip(column.names, iris, marks, strict=True)
    ]
    taken = set(names.values())
    for key, name in zip(told, column.names, strict=True):
        names.setdefault(key, f"{name} <{key}>" if name in taken and key not in names else name)
    return [told[code] if code >= 0 else "" for code in column.codes.tolist()]
