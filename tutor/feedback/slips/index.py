"""Finding a wrong answer among all that slips make: a look-up by values at the generic points.

Every candidate has projections: weighted sums of the inverse hyperbolic sines of its values at a few points, which keep
far apart what differs and never overflow. Candidates are sorted by each; those next to an answer in one of the orders
are compared with the answer at all points. Two orders share no point, so that one at which an answer has lost figures
hides nothing. A look-up costs a few microseconds, however many candidates there are.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import mul

import numpy as np
from numpy.typing import NDArray

from tutor.feedback.slips.values import Values

__all__ = ["SlipIndex", "near", "slip_index"]

_PROJECTED = 5
"""How many points make a projection; more tell no more apart."""

_ORDERS = 2

_WINDOW = 1e-7
"""How far rounding may move a projection: a hundred times the relative distance within which values match."""

_UNDEFINED = 0.734
"""What stands in a projection for a value that is not finite."""

_WEIGHTS = np.random.default_rng(9).uniform(0.5, 1.0, (_ORDERS, _PROJECTED))


@dataclass(frozen=True, slots=True)
class SlipIndex:
    """The projections of all candidates in ascending order, and which candidate each belongs to: one row an order."""

    projections: Values
    candidates: NDArray[np.int32]


def slip_index(values: Values) -> SlipIndex:
    """The index of candidates by points."""
    projections = _projected(values)
    order = np.argsort(projections, axis=1, kind="stable").astype(np.int32)
    return SlipIndex(np.take_along_axis(projections, order, axis=1), order)


def near(index: SlipIndex, values: Values) -> list[int]:
    """The candidates whose values may be the given ones, in their order; compare them before you believe it."""
    found: set[int] = set()
    bent = [_bent(value) for value in values[: _ORDERS * _PROJECTED].tolist()]
    for order, projections in enumerate(index.projections):
        column = bent[order * _PROJECTED : (order + 1) * _PROJECTED]
        place = sum(map(mul, column, _WEIGHT_LISTS[order])) + _UNDEFINED * sum(_WEIGHT_LISTS[order][len(column) :])
        low = high = int(projections.searchsorted(place - _WINDOW))
        while high < len(projections) and projections[high] <= place + _WINDOW:
            high += 1
        if low != high:
            found.update(index.candidates[order, low:high].tolist())
    return sorted(found)


def _bent(value: float) -> float:
    """One value as it stands in a projection; Python's floats are quicker than an array of a few."""
    return math.asinh(value) if math.isfinite(value) else _UNDEFINED


_WEIGHT_LISTS: list[list[float]] = _WEIGHTS.tolist()


def _projected(values: Values) -> Values:
    """The projections of candidates by points, one row an order; points that are missing are undefined ones."""
    with np.errstate(all="ignore"):
        bent = np.arcsinh(values[:, : _ORDERS * _PROJECTED])
    bent = np.where(np.isfinite(bent), bent, _UNDEFINED)
    missing = _ORDERS * _PROJECTED - bent.shape[1]
    if missing:
        bent = np.concatenate((bent, np.full((len(bent), missing), _UNDEFINED)), axis=1)
    parts = bent.reshape(-1, _ORDERS, _PROJECTED)
    return np.ascontiguousarray((parts * _WEIGHTS).sum(axis=2).T)
