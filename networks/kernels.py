"""How much a statement counts in a window by its distance from the window's middle.

With γ the middle and w the width of a window, u = 2 (t - γ) / w is -1 at its beginning and 1 at its end. These are the
usual kernels of density estimation; rDNA offers the same by name.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from alliancegraph.ontology.errors import UsageError

KERNELS: Final = ("no", "uniform", "triangular", "epanechnikov", "gaussian")


def kernel(name: str, u: NDArray[np.float64]) -> NDArray[np.float64]:
    """K(u): `no` 1 and `uniform` 1/2 within the window; `triangular` 1 - |u|; `epanechnikov` 3/4 (1 - u²); all of these are 0
    outside it. `gaussian` is exp(-u²/2) / √(2π) everywhere. Raises `UsageError` for another name.
    """
    inside = (np.abs(u) <= 1).astype(np.float64)
    match name:
        case "no":
            weights = inside
        case "uniform":
            weights = 0.5 * inside
        case "triangular":
            weights = (1 - np.abs(u)) * inside
        case "epanechnikov":
            weights = 0.75 * (1 - u**2) * inside
        case "gaussian":
            weights = np.exp(-(u**2) / 2) / np.sqrt(2 * np.pi)
        case _:
            raise UsageError(f"no kernel is called {name!r}; choose one of {', '.join(KERNELS)}")
    return weights.astype(np.float64)
