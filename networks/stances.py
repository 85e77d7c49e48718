"""Which side a statement takes, whatever its qualifier is called."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.statements import Column, Statements

FAVOUR: Final = 1
OPPOSITION: Final = -1
NEITHER: Final = 0
SIDES: Final = {FAVOUR: "favour", OPPOSITION: "opposition", NEITHER: "neither"}


def sides(statements: Statements, qualifier: str | None) -> NDArray[np.int8]:
    """1 for each statement in favour, -1 for one in opposition, 0 for one that takes no side.

    Of two values 0 is opposition and 1 favour; in a longer scale of integers what is below 0 is opposition and what is
    above is favour. Without a qualifier every statement is in favour.
    """
    if qualifier is None:
        return np.ones(len(statements), np.int8)
    column = statements.column(qualifier)
    scale = np.array([*_scale(column), NEITHER], np.int8)
    return scale[column.codes]


def _scale(column: Column) -> list[int]:
    numbers = [int(name) if name.lstrip("-").isdigit() else None for name in column.names]
    if set(numbers) <= {0, 1, None}:
        return [
            {1: FAVOUR, 0: OPPOSITION}.get(number, NEITHER) if number is not None else NEITHER
            for number in numbers
        ]
    return [NEITHER if number is None else int(np.sign(number)) for number in numbers]
