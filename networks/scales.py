"""What the values of a qualifier mean: no and yes, numbers on a scale, or words that are the same or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from alliancegraph.networks.statements import Column

_WORDS: Final = {"no": 0, "false": 0, "disagreement": 0, "yes": 1, "true": 1, "agreement": 1}


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """The levels of a qualifier in ascending order, each by its position in the column's `names`.

    `kind` is `binary` where all levels are 0 or 1 (or no and yes), `numbers` where they are other whole numbers, else
    `words`; `numbers` are the levels' values, empty for words.
    """

    kind: Literal["binary", "numbers", "words"]
    names: tuple[str, ...]
    order: NDArray[np.int32]
    numbers: NDArray[np.float64]

    @property
    def similarity(self) -> NDArray[np.float64]:
        """How alike two levels are, from 0 to 1.

        Numbers: 1 - |k - l| / (highest - lowest), as rDNA's `dna_network` has it for integer qualifiers; no and yes, and
        words: 1 for the same and 0 for different ones.
        """
        size = len(self.names)
        if self.kind != "numbers" or size < 2:
            return np.eye(size)
        spread = self.numbers[-1] - self.numbers[0]
        apart: NDArray[np.float64] = np.abs(self.numbers[:, None] - self.numbers[None, :]) / spread
        return 1.0 - apart


def scale(column: Column) -> Scale:
    """The scale of all names of a column, so that parts of the statements are measured alike."""
    numbers = [_number(name) for name in column.names]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return Scale("words", column.names, np.arange(len(numbers), dtype=np.int32), np.empty(0))
    order = np.array(sorted(range(len(known)), key=lambda position: known[position]), np.int32)
    return Scale(
        "binary" if set(known) <= {0, 1} else "numbers",
        tuple(column.names[position] for position in order),
        order,
        np.array([known[position] for position in order], float),
    )


def _number(name: str) -> int | None:
    try:
        value = float(name)
    except ValueError:
        return _WORDS.get(name.strip().casefold())
    return int(value) if value.is_integer() else None
