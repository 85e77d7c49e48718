"""How far two coders agree beyond chance: Cohen's kappa and Krippendorff's alpha for categories."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reliability:
    """The agreement of two coders on the units that both coded; kappa and alpha are NaN where nothing varies."""

    units: int
    agreed: int
    kappa: float
    alpha: float

    @property
    def agreement(self) -> float:
        """The share of units on which they agree, p_o; NaN without units."""
        return self.agreed / self.units if self.units else math.nan


def reliability(pairs: Sequence[tuple[str, str]]) -> Reliability:
    """Agreement, kappa and alpha of the categories that two coders gave to each unit."""
    return Reliability(
        len(pairs), sum(a == b for a, b in pairs), cohen_kappa(pairs), krippendorff_alpha(pairs)
    )


def cohen_kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """κ = (p_o - p_e) / (1 - p_e), where p_e = Σ_k p_1(k) p_2(k) is the agreement that the coders' own shares give by chance.

    J. Cohen, "A Coefficient of Agreement for Nominal Scales", Educational and Psychological Measurement 20 (1960). NaN
    where both gave one and the same category to all units, or there is none.
    """
    size = len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[category] * second[category] for category in first)
    agreed = size * sum(a == b for a, b in pairs)
    return math.nan if chance == size * size else (agreed - chance) / (size * size - chance)


def krippendorff_alpha(pairs: Sequence[tuple[str, str]]) -> float:
    """α = 1 - D_o / D_e for two coders, categories and no missing values.

    D_o is the share of units on which they differ, D_e = 1 - Σ_k n_k (n_k - 1) / (n (n - 1)) over the n values of both
    coders together. K. Krippendorff, "Content Analysis" (2004), chapter 11. NaN where all values are one, or there is none.
    """
    values = Counter(value for pair in pairs for value in pair)
    total = 2 * len(pairs)
    same = sum(count * (count - 1) for count in values.values())
    if total * (total - 1) == same:
        return math.nan
    expected = 1 - same / (total * (total - 1))
    return 1 - sum(a != b for a, b in pairs) / len(pairs) / expected
