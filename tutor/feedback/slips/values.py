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

LEAST_POINTS = 3
"""At how many points both values must be finite and close for a match to count."""

CLOSE_SHARE = 0.75
"""The share of points that must be close; at the others an answer in another form may have lost figures."""

MOST_LOST = 0.25
"""The share of points at which only one may be finite: in floats exp(v)/(1 + exp(v))^2 has no value far out."""

LOOSE = 1e-3
"""How near those others must come all the same, relative to both values."""


def close(
    values: Values | NDArray[np.float32], others: Values, scale: Values | float = 0.0, match: float = MATCH
) -> NDArray[np.bool_]:
    """Where two arrays are finite and agree; `scale` holds sizes whose rounding is forgiven."""
    allowed = _forgiving(match * (np.abs(values) + np.abs(others)) + 1e-21, scale)
    found: NDArray[np.bool_] = np.abs(values - others) <= allowed
    return found


def same(
    candidates: Values | NDArray[np.float32], values: Values, scale: Values | float = 0.0, match: float = MATCH
) -> NDArray[np.bool_]:
    """Which rows (candidates by points) agree with the values at enough points, and contradict them at none.

    Where one overflows there is no evidence; where one is not real and the other is finite they are different, if that
    is so at more than a few points.
    """
    likely = _may_agree(candidates[..., 0], values[..., 0], scale if isinstance(scale, float) else scale[..., 0])
    count = np.count_nonzero(likely)
    if candidates.ndim == 1 or count == likely.size:
        return np.asarray(likely & _agrees(candidates, values, scale, match))
    if count:
        others = values if values.ndim == 1 else values[likely]
        likely[likely] = _agrees(candidates[likely], others, scale, match)
    return likely


def _may_agree(candidates: Values | NDArray[np.float32], values: Values, scale: Values | float) -> NDArray[np.bool_]:
    """Which rows do not plainly differ at one point: most do, and need no closer look."""
    gap, size = np.abs(candidates - values), np.abs(candidates) + np.abs(values)
    return np.asarray(~(gap > _forgiving(LOOSE * size, scale)))


def _forgiving(allowed: Values, scale: Values | float) -> Values:
    """What is allowed and what rounding may add."""
    return allowed if isinstance(scale, float) and not scale else allowed + NOISE * np.abs(scale)


def _agrees(
    candidates: Values | NDArray[np.float32], values: Values, scale: Values | float, match: float
) -> NDArray[np.bool_]:
    gap, size = np.abs(candidates - values), np.abs(candidates) + np.abs(values)
    equal = gap <= _forgiving(match * size + 1e-21, scale)
    if equal.shape[-1] >= LEAST_POINTS and np.count_nonzero(equal) == equal.size and np.isfinite(size).all():
        return np.ones(equal.shape[:-1], dtype=bool)
    known, finite = np.isfinite(candidates), np.isfinite(values)
    both = known & finite
    equal &= both
    near = equal | (both & (gap <= LOOSE * size))
    silent = np.isinf(candidates) | np.isinf(values) | (~known & ~finite)
    lost = ~both & ~silent
    silent |= lost & (lost.sum(axis=-1, keepdims=True) <= MOST_LOST * lost.shape[-1])
    count = equal.sum(axis=-1)
    enough = (count >= LEAST_POINTS) & (count >= CLOSE_SHARE * both.sum(axis=-1))
    found: NDArray[np.bool_] = (near | silent).all(axis=-1) & enough
    return found


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
