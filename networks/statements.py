"""A table of statements: who says what about what, one row each, whoever coded it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import compress
from typing import Final, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from alliancegraph.ontology.errors import UsageError
from alliancegraph.queries.suggestions import did_you_mean

Value = TypeVar("Value")
Attributes: TypeAlias = Mapping[str, str | int | float]
"""What is known of a value besides its name: its type, Wikidata item, aliases and so on."""

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""Passages of a document by their first character and that behind the last, in order."""

NONE: Final = -1
"""The code of a statement that has no value in a column."""


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One variable of all statements: its names, sorted by code points and each once, and a code for each statement.

    `iris` and `attributes` are parallel to `names`. A selection of statements keeps all names, so that values without
    any statement left can be shown as isolates.
    """

    names: tuple[str, ...]
    codes: NDArray[np.int32]
    iris: tuple[str, ...] | None = None
    attributes: tuple[Attributes, ...] | None = None

    @classmethod
    def of(
        cls,
        values: Sequence[str | None],
        attributes: Mapping[str, Attributes] | None = None,
        iris: Mapping[str, str] | None = None,
        others: Iterable[str] = (),
    ) -> Column:
        """The column of these values, `None` or empty where there is none; `others` are names that no statement has."""
        names = tuple(sorted({value for value in values if value} | set(others)))
        code = {name: position for position, name in enumerate(names)}
        codes = np.fromiter((code[value] if value else NONE for value in values), np.int32, len(values))
        return cls(
            names,
            codes,
            None if iris is None else tuple(iris.get(name, "") for name in names),
            None if attributes is None else tuple(attributes.get(name, {}) for name in names),
        )

    @property
    def present(self) -> NDArray[np.bool_]:
        """Which statements have a value."""
        return self.codes >= 0

    @property
    def values(self) -> list[str]:
        """The name of each statement's value, or an empty string."""
        named = (*self.names, "")
        return [named[code] for code in self.codes]


@dataclass(frozen=True, slots=True, eq=False)
class Statements:
    """Statements, one row each; an id may repeat where one statement counts for two values, such as two affiliations.

    `columns` are the variables by name (`person`, `organization`, `concept`, `document`, `agreement`, …); the names of a
    column that serves as qualifier are integers or words. `dates` are NaT, `starts` and `ends` (characters in the
    document) -1, and `texts` empty where they are not known. `confidences` are 1 where a person coded. Where statements
    may have several passages these are all in `passages`; start and end are those of the first, and the text is that of
    all, with `BETWEEN` between them.
    """

    ids: tuple[str, ...]
    columns: Mapping[str, Column]
    dates: NDArray[np.datetime64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    texts: tuple[str, ...]
    confidences: NDArray[np.float64]
    passages: tuple[Ranges, ...] | None = None

    @classmethod
    def of(
        cls,
        columns: Mapping[str, Column],
        ids: Sequence[str] | None = None,
        dates: NDArray[np.datetime64] | None = None,
        starts: NDArray[np.int64] | None = None,
        ends: NDArray[np.int64] | None = None,
        texts: Sequence[str] | None = None,
        confidences: NDArray[np.float64] | None = None,
        passages: Sequence[Ranges] | None = None,
    ) -> Statements:
        """The statements of these columns; what is left out is not known, ids are numbers from 1."""
        size = len(next(iter(columns.values())).codes) if columns else 0
        return cls(
            tuple(ids) if ids is not None else tuple(map(str, range(1, size + 1))),
            dict(columns),
            dates if dates is not None else np.full(size, "NaT", "datetime64[s]"),
            starts if starts is not None else np.full(size, -1, np.int64),
            ends if ends is not None else np.full(size, -1, np.int64),
            tuple(texts) if texts is not None else ("",) * size,
            confidences if confidences is not None else np.ones(size),
            None if passages is None else tuple(passages),
        )

    def __len__(self) -> int:
        return len(self.ids)

    def column(self, name: str) -> Column:
        """The variable of that name; raise `UsageError` that names the near ones."""
        if name in self.columns:
            return self.columns[name]
        near = did_you_mean(name, self.columns)
        raise UsageError(
            f"the statements have no variable {name!r}; {near or 'there are ' + ', '.join(sorted(self.columns))}"
        )

    def ranges(self, place: int) -> Ranges:
        """All passages of the statement at that position."""
        if self.passages is not None:
            return self.passages[place]
        start, end = int(self.starts[place]), int(self.ends[place])
        return ((start, end),) if start >= 0 else ()

    def take(self, selection: NDArray[np.bool_] | NDArray[np.intp]) -> Statements:
        """The statements of a mask, or those at these positions in their order; columns keep all their names."""

        def taken(values: Sequence[Value]) -> tuple[Value, ...]:
            if selection.dtype == np.bool_:
                return tuple(compress(values, selection))
            return tuple(values[position] for position in selection)

        return Statements(
            taken(self.ids),
            {name: replace(column, codes=column.codes[selection]) for name, column in self.columns.items()},
            self.dates[selection],
            self.starts[selection],
            self.ends[selection],
            taken(self.texts),
            self.confidences[selection],
            None if self.passages is None else taken(self.passages),
        )
