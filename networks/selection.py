"""Which statements count: filters by value, date and confidence, and duplicates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.dates import span
from alliancegraph.networks.statements import NONE, Statements
from alliancegraph.networks.values import with_values
from alliancegraph.ontology.errors import EmptySelection, UsageError

DUPLICATES: Final = ("include", "document", "week", "month", "year", "acrossrange")
_MONDAY: Final = 3
"""Day 0 is 1 January 1970, a Thursday: with so many days more, weeks of seven begin on Mondays, as in ISO 8601."""

_DATED: Final = "having a date"

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Selection:
    """What is kept of the statements.

    `exclude` and `include` are values by variable: a statement that has any of the excluded ones is left out, and so is
    one that does not have, in every variable of `include`, one of its values. `invert` takes `exclude` as more of
    `include`. `start` and `stop` are dates (`dates.span`), both included; a statement without a date is not in any range.
    `duplicates` is one of `DUPLICATES`. Statements without a date are kept, or left out with `undated` `skip`; `refuse`
    raises `UsageError` for them. So does what is no date, or no such way to count duplicates.
    """

    exclude: Mapping[str, Sequence[str]] = field(default_factory=dict)
    include: Mapping[str, Sequence[str]] = field(default_factory=dict)
    invert: bool = False
    start: str | None = None
    stop: str | None = None
    min_confidence: float = 0.0
    duplicates: str = "include"
    undated: Literal["keep", "skip", "refuse"] = "keep"

    def __post_init__(self) -> None:
        for option, text in (("--start", self.start), ("--stop", self.stop)):
            if text is not None:
                _bound(option, text, 0)
        if self.duplicates not in DUPLICATES:
            raise UsageError(
                f"duplicates are not counted by {self.duplicates}; choose one of {', '.join(DUPLICATES)}"
            )


def select(
    statements: Statements,
    selection: Selection,
    variable1: str | None,
    variable2: str | None = None,
    qualifier: str | None = None,
    *,
    complete: bool = True,
) -> Statements:
    """The statements that pass all filters, without duplicates in these variables; in their order.

    Those without a value in variable 1 or 2 are left out, unless not only `complete` ones are asked for. Raises `EmptySelection` that names the filter which left none, `UsageError` for what the statements do not have.
    """
    if not len(statements):
        raise EmptySelection("there are no statements; add some, or name another source")
    kept = np.ones(len(statements), bool)
    needed = (variable1, variable2) if complete else ()
    for what, mask in _filters(statements, selection, needed):
        if what == _DATED and selection.undated == "refuse":
            check_dated(statements.take(kept))
        before = int(kept.sum())
        kept &= mask
        if not kept.any():
            raise EmptySelection(f"no statement is left: {what} took the last {before}; widen that filter")
    if selection.duplicates != "include":
        kept[kept] = _first_of_each(
            statements.take(kept), selection.duplicates, variable1, variable2, qualifier
        )
    return statements if kept.all() else statements.take(kept)


def once_each(statements: Statements, *variables: str | None) -> Statements:
    """The statements whose id or whose value in one of the variables differs from those of all before.

    A statement with two affiliations has two rows; in variables that do not tell these apart it counts once.
    """
    key = np.unique(np.array(statements.ids, dtype=np.str_), return_inverse=True)[1].astype(np.int64)
    for variable in variables:
        if variable is not None:
            key = _joined(key, statements.column(variable).codes)
    _, first = np.unique(key, return_index=True)
    return statements if len(first) == len(statements) else statements.take(np.sort(first))


def _filters(
    statements: Statements, selection: Selection, needed: Sequence[str | None]
) -> Iterator[tuple[str, Mask]]:
    """Each filter by its name, with what it lets pass."""
    for variable in needed:
        if variable is not None:
            yield f"having a value for {variable}", statements.column(variable).present
    for option, kept, groups in (
        ("--exclude", selection.invert, selection.exclude),
        ("--include", True, selection.include),
    ):
        name = f"{option} … --invert" if kept and option == "--exclude" else option
        for variable, values in groups.items():
            found = with_values(statements.column(variable), variable, tuple(values))
            yield f"{name} {variable}={', '.join(values)}", found if kept else ~found
    dates = statements.dates
    if selection.undated != "keep":
        yield _DATED, ~np.isnat(dates)
    if selection.start is not None:
        yield f"--start {selection.start}", dates >= _bound("--start", selection.start, 0)
    if selection.stop is not None:
        yield f"--stop {selection.stop}", dates <= _bound("--stop", selection.stop, 1)
    if selection.min_confidence > 0:
        sure = statements.confidences >= selection.min_confidence
        yield f"--min-confidence {selection.min_confidence:g}", sure


def check_dated(statements: Statements) -> None:
    """Raise `UsageError` that counts the statements without a date and names the first."""
    undated = np.flatnonzero(np.isnat(statements.dates))
    if len(undated):
        first = statements.ids[undated[0]]
        found = (
            f"{len(undated)} statements have no date, the first is {first}"
            if len(undated) > 1
            else f"statement {first} has no date"
        )
        raise UsageError(f"{found}; add dates, or leave such statements out with --undated skip")


def _bound(option: str, text: str, side: int) -> np.datetime64:
    found = span(text)
    if found is None:
        raise UsageError(f"{option} {text}: is no date; give a year, a month or a day, such as 2008-03-14")
    return np.datetime64(found[side], "s")


def _first_of_each(
    statements: Statements,
    duplicates: str,
    variable1: str | None,
    variable2: str | None,
    qualifier: str | None,
) -> Mask:
    """The earliest of the statements that agree in the variables and in the document or period; the first of a day."""
    key = np.zeros(len(statements), np.int64)
    for variable in (variable1, variable2, qualifier):
        if variable is not None:
            key = _joined(key, statements.column(variable).codes)
    key = _joined(key, _periods(statements, duplicates))
    order = np.argsort(statements.dates, kind="stable")
    _, first = np.unique(key[order], return_index=True)
    kept = np.zeros(len(statements), bool)
    kept[order[first]] = True
    return kept


def _periods(statements: Statements, duplicates: str) -> NDArray[np.int64]:
    """The document, week, month or year of each statement; one without is in a period of its own."""
    if duplicates == "acrossrange":
        return np.zeros(len(statements), np.int64)
    if duplicates == "document":
        periods = statements.column("document").codes.astype(np.int64)
        missing = periods == NONE
    else:
        missing = np.isnat(statements.dates)
        dates = np.where(missing, np.datetime64(0, "s"), statements.dates)
        if duplicates == "week":
            periods = (dates.astype("datetime64[D]").astype(np.int64) + _MONDAY) // 7
        else:
            unit = "datetime64[M]" if duplicates == "month" else "datetime64[Y]"
            periods = dates.astype(unit).astype(np.int64)
    periods[missing] = np.iinfo(np.int64).min + np.arange(int(missing.sum()))
    return periods


def _joined(key: NDArray[np.int64], other: NDArray[np.integer]) -> NDArray[np.int64]:
    """One number for each pair of numbers that occurs."""
    _, places = np.unique(other, return_inverse=True)
    _, joined = np.unique(key * (len(other) + 1) + places, return_inverse=True)
    return joined.astype(np.int64)
