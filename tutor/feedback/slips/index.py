"""Finding a wrong answer among all that slips make: a look-up by values at the generic points.

Every candidate has projections: weighted sums of the inverse hyperbolic sines of its values at a few points, which keep
far apart what differs and never overflow. Candidates are sorted by each; those next to an answer in one of the orders
are compared with the answer at all points. Two orders share no point, so that one at which an answer has lost figures
hides nothing. A look-up costs a few microseconds, however many candidates there are.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from math import asinh, isfinite
from operator import mul
from typing import TypeAlias

import numpy as np

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


_ORDER_WEIGHTS: list[list[float]] = _WEIGHTS.tolist()

_TAKEN = np.zeros((_ORDERS, _ORDERS * _PROJECTED))
"""What makes of the sines at the first points the projections: the weights of each order at its own points."""

for _order, _row in enumerate(_WEIGHTS):
    _TAKEN[_order, _order * _PROJECTED : (_order + 1) * _PROJECTED] = _row

_KEY_BITS = 63 - 12
"""The bits of a key behind the point: before it stands a projection, which is smaller than 2^12, with its sign."""


@dataclass(frozen=True, slots=True)
class _Order:
    """One projection of all candidates in ascending order, and which candidate each belongs to."""

    projections: array[float]
    candidates: array[int]


SlipIndex: TypeAlias = tuple[_Order, ...]
"""The candidates in the order of each projection; those with equal values as they stand."""


def slip_index(values: Values) -> SlipIndex:
    """The index of candidates by points.

    Keys are whole numbers whose last bits are a candidate, the rest its projection: one sort of them, which is the
    quickest there is, gives the order and the candidates.
    """
    bits = len(values).bit_length()
    scale = float(1 << (_KEY_BITS - bits))
    keys = ((_projected(values) * scale).astype(np.int64) << bits) + np.arange(len(values))
    keys.sort(axis=1)
    candidates = (keys & ((1 << bits) - 1)).astype(np.int32)
    projections = (keys >> bits) / scale
    return tuple(
        _Order(array("d", some.tobytes()), array("i", which.tobytes()))
        for some, which in zip(projections, candidates, strict=True)
    )


def near(index: SlipIndex, column: Sequence[float]) -> list[int]:
    """The candidates whose values may be the given ones, in their order; compare them before you believe it.

    Python's floats are quicker here than an array of a few.
    """
    first, second = index
    found = _beside(first, _projection(column[:_PROJECTED], _ORDER_WEIGHTS[0]))
    others = _beside(second, _projection(column[_PROJECTED : _ORDERS * _PROJECTED], _ORDER_WEIGHTS[1]))
    return sorted(found) if found == others else sorted({*found, *others})


def _beside(order: _Order, place: float) -> array[int]:
    """The candidates next to a place in one order."""
    projections = order.projections
    low = bisect_left(projections, place - _WINDOW)
    return order.candidates[low : bisect_right(projections, place + _WINDOW, low)]


def _projection(column: Sequence[float], weights: Sequence[float]) -> float:
    """The projection of one candidate's values; those that are missing are undefined ones.

    Written out, since it is asked for twice for each answer.
    """
    if len(column) == _PROJECTED:
        a, b, c, d, e = column
        p, q, r, s, t = weights
        place = asinh(a) * p + asinh(b) * q + asinh(c) * r + asinh(d) * s + asinh(e) * t
        if isfinite(place):
            return place
    bent = [asinh(value) if isfinite(value) else _UNDEFINED for value in column]
    bent += [_UNDEFINED] * (_PROJECTED - len(bent))
    return float(sum(map(mul, bent, weights)))


def _projected(values: Values) -> Values:
    """The projections of candidates by points, one row an order; points that are missing are undefined ones."""
    with np.errstate(all="ignore"):
        bent = np.arcsinh(values[:, : _ORDERS * _PROJECTED])
    bent[~np.isfinite(bent)] = _UNDEFINED
    known = bent.shape[1]
    return np.asarray(_TAKEN[:, :known] @ bent.T + _UNDEFINED * _TAKEN[:, known:].sum(axis=1, keepdims=True))
