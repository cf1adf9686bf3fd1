"""Finding a wrong answer among all that slips make: a look-up by values at the generic points.

Every candidate has a projection, a weighted sum of the inverse hyperbolic sines of its first values, which keeps far
apart what differs and never overflows. Candidates are sorted by it; those next to an answer's projection are compared
with the answer at all points. A look-up costs a few microseconds, however many candidates there are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tutor.feedback.slips.values import Values

__all__ = ["SlipIndex", "near", "slip_index"]

_PROJECTED = 7
"""How many points make the projection; more tell no more apart."""

_WINDOW = 1e-7
"""How far rounding may move a projection: a hundred times the relative distance within which values match."""

_UNDEFINED = 0.734
"""What stands in a projection for a value that is not finite."""

_WEIGHTS = np.random.default_rng(9).uniform(0.5, 1.0, _PROJECTED)


@dataclass(frozen=True, slots=True)
class SlipIndex:
    """The projections of all candidates in ascending order, and which candidate each belongs to."""

    projections: Values
    candidates: NDArray[np.int32]


def slip_index(values: Values) -> SlipIndex:
    """The index of candidates by points."""
    projections = _projected(values)
    order = np.argsort(projections, kind="stable").astype(np.int32)
    return SlipIndex(projections[order], order)


def near(index: SlipIndex, values: Values) -> list[int]:
    """The candidates whose values may be the given ones; compare them before you believe it."""
    place = float(_projected(values))
    low, high = np.searchsorted(index.projections, (place - _WINDOW, place + _WINDOW))
    return [int(candidate) for candidate in index.candidates[low:high]]


def _projected(values: Values) -> Values:
    with np.errstate(all="ignore"):
        bent = np.arcsinh(values[..., :_PROJECTED])
        return np.asarray(np.where(np.isfinite(bent), bent, _UNDEFINED) @ _WEIGHTS[: bent.shape[-1]])
