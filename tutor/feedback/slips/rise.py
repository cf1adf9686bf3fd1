"""Whether a formula rises about as another says, from its values alone."""

from __future__ import annotations

import numpy as np

from tutor.expression.evaluate import evaluate
from tutor.expression.tree import Expression
from tutor.feedback.slips.values import Points

__all__ = ["may_rise_as"]

STEP = 1e-5
"""The relative step by which a formula is seen to rise."""

ABOUT = 1e-3
"""How near it has to be; rounding and the step change the sixth figure."""


def may_rise_as(slope: Expression, formula: Expression, variable: str, points: Points) -> bool:
    """Whether a formula rises about with a slope at half of the points where it is real.

    A derivative may fill pages; the central difference tells most formulas apart before one is worked out.
    """
    step = STEP * (1 + np.abs(points[variable]))
    after, before = (evaluate(formula, {**points, variable: points[variable] + way * step}) for way in (1, -1))
    with np.errstate(all="ignore"):
        rise, wanted = (after - before) / (2 * step), evaluate(slope, points)
        near = np.abs(rise - wanted) <= ABOUT * (np.abs(rise) + np.abs(wanted) + ABOUT)
    return 2 * int(near.sum()) >= int(np.isfinite(rise).sum())
