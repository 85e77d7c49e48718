"""Which side a statement takes, whatever its qualifier is called."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.scales import scale
from alliancegraph.networks.statements import Statements

FAVOUR: Final = 1
OPPOSITION: Final = -1
NEITHER: Final = 0
SIDES: Final = {FAVOUR: "favour", OPPOSITION: "opposition", NEITHER: "neither"}


def sides(statements: Statements, qualifier: str | None) -> NDArray[np.int8]:
    """1 for each statement in favour, -1 for one in opposition, 0 for one that takes no side.

    Of no and yes, or 0 and 1, the second is favour. On a scale of other whole numbers opposition is below and favour above
    its middle, which is 0 where the scale has numbers on both sides of it. Words beside `favour` and `opposition` are no
    side. Without a qualifier every statement is in favour.
    """
    if qualifier is None:
        return np.ones(len(statements), np.int8)
    column = statements.column(qualifier)
    by_name = np.zeros(len(column.names) + 1, np.int8)  # the last is for statements without a value
    found = scale(column)
    if found.kind == "words":
        words = {"favour": FAVOUR, "opposition": OPPOSITION}
        by_name[:-1] = [words.get(name.casefold(), NEITHER) for name in column.names]
    else:
        lowest, highest = (found.numbers[0], found.numbers[-1]) if len(found.numbers) else (0, 1)
        middle = 0.5 if found.kind == "binary" else 0.0 if lowest < 0 < highest else (lowest + highest) / 2
        by_name[found.order] = np.sign(found.numbers - middle)
    return by_name[column.codes]
