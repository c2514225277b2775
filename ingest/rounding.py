"""Coordinates rounded to a tenth of a point, many at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

UNSURE = 1e-6
"""Tenths around the middle of two within which the product with ten may lie on the wrong side."""

TO_WHOLE = 1.5 * 2.0**52
"""Added to a number (below 2^51) and taken away again it leaves the nearest whole one, of two the
even, as ``round`` gives: so large a float has no room for a fraction. No call is made for it."""

_LARGEST = 1e9


def tenths(values: NDArray[np.float64]) -> list[float]:
    """Return what ``round(value, 1)`` gives for each value of a flat array, ten times as fast."""
    scaled = values * 10
    whole = np.rint(scaled)
    result: list[float] = (whole / 10).tolist()
    # Written so that what is no number counts as unsure.
    sure = (np.abs(np.abs(scaled - whole) - 0.5) > UNSURE) & (np.abs(scaled) < _LARGEST)
    if not sure.all():
        for place in np.flatnonzero(~sure).tolist():
            result[place] = round(float(values[place]), 1)
    return result
