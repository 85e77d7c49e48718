"""The values that a user means: by name, by id or by another name, and the near ones where there is none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alliancegraph.graph.facts import local_name
from alliancegraph.networks.statements import Column
from alliancegraph.ontology.errors import UsageError
from alliancegraph.queries.suggestions import did_you_mean


def code_of(column: Column, variable: str, value: str) -> int:
    """The code of a value, given by name, IRI or id, without regard to capitals; raise `UsageError` with the near ones."""
    if value in column.names:
        return column.names.index(value)
    folded = value.casefold()
    for code, name in enumerate(column.names):
        if folded == name.casefold() or folded in _others(column, code):
            return code
    near = did_you_mean(value, column.names) or _first_names(column)
    raise UsageError(f"no statement has {variable}={value}; {near}")


def with_values(column: Column, variable: str, values: tuple[str, ...]) -> NDArray[np.bool_]:
    """Which statements have one of these values."""
    return np.isin(column.codes, [code_of(column, variable, value) for value in values])


def _others(column: Column, code: int) -> set[str]:
    """The IRI, id and other names of a value, folded."""
    found = set[str]()
    if column.iris is not None and column.iris[code]:
        found |= {column.iris[code].casefold(), local_name(column.iris[code]).casefold()}
    if column.attributes is not None:
        aliases = column.attributes[code].get("aliases")
        if isinstance(aliases, str):
            found |= {alias.casefold() for alias in aliases.split(" | ")}
    return found


def _first_names(column: Column, most: int = 5) -> str:
    listed = ", ".join(column.names[:most])
    return f"there are {listed}" + (
        f" and {len(column.names) - most} more" if len(column.names) > most else ""
    )
