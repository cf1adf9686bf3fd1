"""Columns of values at generic points, and when two of them are the same: the arithmetic of the table of slips."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Values: TypeAlias = NDArray[np.float64]
Points: TypeAlias = Mapping[str, Values]

MATCH = 1e-9
"""Relative distance within which an answer's value is a candidate's.

The nearest two distinct ones measured are 6e-5 apart.
"""

NOISE = 1e-13
"""What rounding may add, relative to the largest values at the point, where a value is a difference of large ones."""

LEAST_POINTS = 5
"""At how many points both values must be finite for a match to count."""


def close(values: Values, others: Values, scale: Values | float = 0.0) -> NDArray[np.bool_]:
    """Where two arrays are finite and agree; `scale` holds sizes whose rounding is forgiven."""
    allowed = MATCH * (np.abs(values) + np.abs(others)) + NOISE * np.abs(scale) + 1e-21
    found: NDArray[np.bool_] = np.abs(values - others) <= allowed
    return found


def same(candidates: Values, values: Values, scale: Values | float = 0.0) -> NDArray[np.bool_]:
    """Which rows (candidates by points) agree with the values wherever either is finite, at enough points."""
    known, finite = np.isfinite(candidates), np.isfinite(values)
    both = known & finite
    agrees = np.where(both, close(candidates, values, scale), known == finite)
    enough: NDArray[np.bool_] = agrees.all(axis=-1) & (both.sum(axis=-1) >= LEAST_POINTS)
    return enough


def agree(values: Values, others: Values) -> bool:
    """Whether two columns of values agree wherever either is finite, at enough points."""
    with np.errstate(all="ignore"):
        return bool(same(values[None, :], others)[0])


def agree_closely(values: Values, others: Values) -> bool:
    """Whether two arrays of values, or two numbers, are finite and agree everywhere."""
    with np.errstate(all="ignore"):
        return bool(np.all(np.abs(values - others) <= MATCH * (np.abs(values) + np.abs(others) + 1e-12)))


def quotient(values: Values, by: Values) -> Values:
    """One column divided by another; not finite where that is zero."""
    with np.errstate(all="ignore"):
        return values / by


def is_nowhere_finite(values: Values) -> bool:
    """Whether a column holds no finite value."""
    return not np.isfinite(values).any()
