"""Which statements count: filters by value, date and confidence, and duplicates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from alliancegraph.networks.statements import Statements

DUPLICATES: Final = ("include", "document", "week", "month", "year", "acrossrange")


@dataclass(frozen=True, slots=True)
class Selection:
    """What is kept of the statements.

    `exclude` and `include` are values by variable; `invert` keeps what `exclude` would leave out. `start` and `stop` are
    dates in ISO form (year, month, day or a time of day), both included. `duplicates` is one of `DUPLICATES`.
    """

    exclude: Mapping[str, Sequence[str]] = field(default_factory=dict)
    include: Mapping[str, Sequence[str]] = field(default_factory=dict)
    invert: bool = False
    start: str | None = None
    stop: str | None = None
    min_confidence: float = 0.0
    duplicates: str = "include"


def select(
    statements: Statements, selection: Selection, variable1: str, variable2: str, qualifier: str | None = None
) -> Statements:
    """The statements that pass all filters, without duplicates in these variables.

    Raises `EmptySelection` that names the filter which left none, `UsageError` for what the statements do not have.
    """
    raise NotImplementedError
