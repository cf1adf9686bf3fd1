"""The values of formulas at the generic points and of their right slopes, each formula worked out once.

Slopes are accumulated forwards: that of an application comes from the values and the slopes of its arguments, with the
local slopes of `tutor.calculus.outer`, so that no law has to be fitted (Griewank & Walther, Evaluating Derivatives,
2nd ed., section 3.1). An argument that is free of the variable has the slope None, so that nothing is added for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import TypeAlias

import numpy as np

from tutor.calculus.derivation import derive
from tutor.calculus.outer import OUTER
from tutor.expression.evaluate import operate, raising, to_float
from tutor.expression.tree import ONE, Apply, Expression, Number, Symbol
from tutor.feedback.slips.applied_law import right_values
from tutor.feedback.slips.law_program import run_of
from tutor.feedback.slips.values import Points, Values

__all__ = ["Columns", "Slope", "has_local_slope", "local_slope"]

Slope: TypeAlias = Values | None
"""The values of a slope, or of several as rows; None for that of a constant."""


class Columns:
    """The values and right slopes of any formulas with respect to one variable.

    What is not real is nan, without a warning where NumPy is told so (`np.errstate`).

    A part is known by its identity, which is asked for sooner than whether trees are equal, and is its own as long as
    the part is kept here. Equal parts are known by what they do with which columns, so that no tree is compared.
    """

    def __init__(self, variable: str, points: Points) -> None:
        self.variable = variable
        self.count = len(next(iter(points.values())))
        self._points = points
        self._shape = (self.count,)
        self._seen: dict[int, tuple[Expression, Values]] = {}
        self._values: dict[tuple[object, ...], Values] = {}
        self._slopes: dict[int, tuple[Expression, Slope]] = {}
        self.unit = np.ones(self.count)
        self._nothing = np.zeros(self.count)

    def about(self, variable: str) -> Columns:
        """The columns with respect to another variable, which know the same values."""
        other = Columns(variable, self._points)
        other._seen, other._values = self._seen, self._values
        return other

    def value(self, part: Expression) -> Values:
        """The values of a part, worked out from those of its own parts."""
        seen = self._seen.get(id(part))
        if seen is None:
            seen = self._seen[id(part)] = part, self._found(part)
        return seen[1]

    def _found(self, part: Expression) -> Values:
        if isinstance(part, Symbol):
            return self._points[part.name]
        if isinstance(part, Number):
            return self._constant(part)
        operands = list(map(self.value, part.arguments))
        key = (part.head, *map(id, operands))
        known = self._values.get(key)
        if known is None:
            known = operate(part, operands, self._shape)
            if type(known) is not np.ndarray or known.shape != self._shape:
                known = np.full(self.count, known)
            self._values[key] = known
        return known

    def _constant(self, part: Number) -> Values:
        known = self._values.get((part,))
        if known is None:
            known = self._values[part,] = np.full(self.count, to_float(part.value))
        return known

    def right(self, part: Expression) -> Values:
        """The values of the right slope of a part; raises AnswerError as `tutor.calculus.derivation.derive` does."""
        found = self.slope(part)
        return self._nothing if found is None else found

    def slope(self, part: Expression) -> Slope:
        """The same, None for a part that is free of the variable."""
        if not isinstance(part, Apply):
            return self.unit if isinstance(part, Symbol) and part.name == self.variable else None
        seen = self._slopes.get(id(part))
        if seen is None:
            seen = self._slopes[id(part)] = part, self._accumulated(part)
        return seen[1]

    def rows(self, columns: Sequence[Values]) -> Values:
        """Columns as the rows of one array (columns by points)."""
        return np.concatenate(columns).reshape(-1, self.count) if columns else np.empty((0, self.count))

    def _column(self, values: Values) -> Values:
        """Values at all points; a constant at each of them."""
        return values if type(values) is np.ndarray and values.shape == self._shape else np.full(self.count, values)

    def _accumulated(self, part: Apply) -> Slope:
        slopes = list(map(self.slope, part.arguments))
        if not _varies(slopes):
            return None
        if has_local_slope(part):
            values = list(map(self.value, part.arguments))
            return self._column(local_slope(part, self.value(part), values, slopes))
        step = derive(part, self.variable)
        bound = {**step.bindings, "x": Symbol(self.variable)}
        return self._column(right_values(step.rule, bound, self.value, self.right))


# ---- local slopes ----------------------------------------------------------------------------------------------------

_Local: TypeAlias = Callable[[Apply, Values, Sequence[Values], Sequence[Slope]], Values]


def has_local_slope(part: Apply) -> bool:
    """Whether `local_slope` knows the slope of a part from those of its arguments; the rest is left to the laws."""
    return part.head in _LOCAL and (part.head not in _OF_ONE or len(part.arguments) == 1)


def local_slope(part: Apply, value: Values, operands: Sequence[Values], slopes: Sequence[Slope]) -> Values:
    """The slope of an application with the given value, not all of whose arguments are constant.

    Operands and slopes may be rows by points; of the arguments themselves only a constant exponent is read.
    """
    return _LOCAL[part.head](part, value, operands, slopes)


def _sum(part: Apply, value: Values, operands: Sequence[Values], slopes: Sequence[Slope]) -> Values:
    left, right = slopes
    if left is None or right is None:
        return _known(left, right)
    return left + right


def _difference(part: Apply, value: Values, operands: Sequence[Values], slopes: Sequence[Slope]) -> Values:
    left, right = slopes
    if right is None:
        return _known(left)
    return -right if left is None else left - right


def _opposite(part: Apply, value: Values, operands: Sequence[Values], slopes: Sequence[Slope]) -> Values:
    return -_known(slopes[0])


def _product(part: Apply, value: Values, operands: Sequence[Values], slopes: Sequence[Slope]) -> Values:
    (u, v), (du, dv) = operands, slopes
    if du is None:
        return u * _known(dv)
    return du * v if dv is None else du * v + u * dv


def _quotient(part: Apply, value: Values, operands: Sequence[Values], slopes: Sequence[Slope]) -> Values:
    (_, v), (du, dv) = operands, slopes
    if dv is None:
        return _known(du) / v
    return (-value * dv if du is None else du - value * dv) / v


def _power(part: Apply, value: Values, operands: Sequence[Values], slopes: Sequence[Slope]) -> Values:
    """The slope of u^v: c·u^(c - 1)·u' with a constant exponent, which is read as an exact number where it is one."""
    (u, v), (du, dv) = operands, slopes
    if dv is None:
        return np.asarray(v * _lowered(part.arguments[1])(u, v - 1.0) * _known(du))
    if du is None:
        return np.asarray(value * np.log(u) * dv)
    return np.asarray(value * (dv * np.log(u) + v * du / u))


@lru_cache(maxsize=2048)
def _lowered(exponent: Expression) -> Callable[[Values, Values], Values]:
    """What raises to an exponent less 1."""
    return raising(Apply("^", (ONE, Apply("-", (exponent, ONE)))))


def _root(part: Apply, value: Values, operands: Sequence[Values], slopes: Sequence[Slope]) -> Values:
    """The slope of the root y of u with index v, u'/(v·y^(v - 1)); a number in the exponent is read as it is."""
    (u, v), (du, dv) = operands, slopes
    if dv is None:
        return np.asarray(_known(du) / (v * _lowered(part.arguments[1])(value, v - 1.0)))
    added = 0.0 if du is None else du / (v * u)
    return np.asarray(value * (added - dv / (v * v) * np.log(u)))


def _logarithm(part: Apply, value: Values, operands: Sequence[Values], slopes: Sequence[Slope]) -> Values:
    """The slope of the logarithm y of v to the base u: (v'/v - y·u'/u)/ln(u)."""
    (u, v), (du, dv) = operands, slopes
    above = 0.0 if dv is None else dv / v
    return np.asarray((above if du is None else above - value * du / u) / np.log(u))


def _varies(slopes: Sequence[Slope]) -> bool:
    """Whether some slope is not that of a constant."""
    for slope in slopes:  # noqa: SIM110 - a generator takes longer to make than to run
        if slope is not None:
            return True
    return False


def _known(*slopes: Slope) -> Values:
    """The one of some slopes that is not that of a constant."""
    for slope in slopes:
        if slope is not None:
            return slope
    raise ValueError("a constant has no slope")


def _outer(template: Expression) -> _Local:
    run = run_of(template)

    def slope(part: Apply, value: Values, operands: Sequence[Values], slopes: Sequence[Slope]) -> Values:
        return np.asarray(run({"u": operands[0]}, {}) * _known(slopes[0]))

    return slope


_OF_ONE: Mapping[str, _Local] = MappingProxyType(
    {
        outer.function.head: _outer(outer.slope)
        for outer in OUTER
        if isinstance(outer.function, Apply) and outer.function.arguments == (Symbol("u"),)
    }
)
_LOCAL: Mapping[str, _Local] = MappingProxyType(
    {
        "+": _sum,
        "-": _difference,
        "neg": _opposite,
        "*": _product,
        "/": _quotient,
        "^": _power,
        "root": _root,
        "log_base": _logarithm,
        **_OF_ONE,
    }
)
