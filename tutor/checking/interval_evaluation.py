"""The value of an expression on intervals, part by part from the leaves to the root."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tutor.checking.interval import Interval, exact
from tutor.checking.interval_functions import OPERATIONS, NotReal, exact_power
from tutor.expression.exact import exact_fraction
from tutor.expression.fold import fold
from tutor.expression.meaning import meaning, named
from tutor.expression.tree import EULER, Apply, Expression, Number, Symbol

__all__ = ["NotReal", "interval_of"]


class _Value(NamedTuple):
    """What is known of a part, and whether a symbol stands in it: constants need not be smooth."""

    interval: Interval | None
    varies: bool


def interval_of(
    expression: Expression, point: Mapping[str, Interval], bits: int, *, smooth: bool = False
) -> Interval | None:
    """An interval that surely holds the value of an expression, its symbols anywhere on theirs.

    None where the value is not known to be real, not worked out, or with `smooth` where the expression is not known to
    have all derivatives. Raises NotReal where there surely is no real value, KeyError for a symbol without an interval.
    """
    evaluation = _Evaluation(bits, smooth=smooth)
    return evaluation.of(expression, {name: _Value(value, varies=True) for name, value in point.items()}).interval


class _Evaluation:
    """One evaluation with so many bits."""

    def __init__(self, bits: int, *, smooth: bool) -> None:
        self.bits = bits
        self.smooth = smooth

    def of(self, expression: Expression, point: Mapping[str, _Value]) -> _Value:
        """The value of an expression whose symbols have values."""
        return fold(expression, lambda part, operands: self._combined(part, operands, point))

    def _combined(self, part: Expression, operands: Sequence[_Value], point: Mapping[str, _Value]) -> _Value:
        match part:
            case Number(value):
                return _Value(exact(value, self.bits), varies=False)
            case Symbol(name):
                return point[name]
            case Apply(head) if head in OPERATIONS:
                varies = any(operand.varies for operand in operands)
                return _Value(self._applied(part, operands, smooth=self.smooth and varies), varies)
            case Apply(head):
                formula = meaning(head)
                if formula is None:
                    return _Value(None, varies=True)
                return self.of(formula, named(operands))

    def _applied(self, part: Apply, operands: Sequence[_Value], *, smooth: bool) -> Interval | None:
        intervals = [operand.interval for operand in operands]
        if part.head in ("max", "min"):
            intervals = [intervals[part.arguments.index(each)] for each in dict.fromkeys(part.arguments)]
        known = [interval for interval in intervals if interval is not None]
        if part.head == "^":
            return self._power(part, intervals, smooth=smooth)
        if len(known) < len(intervals):
            return None
        return OPERATIONS[part.head](known, self.bits, smooth)

    def _power(self, part: Apply, operands: Sequence[Interval | None], *, smooth: bool) -> Interval | None:
        base, exponent = operands
        exact_exponent = exact_fraction(part.arguments[1])
        if exact_exponent is not None:
            return None if base is None else exact_power(exact_exponent, base, self.bits, smooth=smooth)
        if base is None or exponent is None:
            return None
        if part.arguments[0] == EULER:
            return OPERATIONS["exp"]((exponent,), self.bits, smooth)
        return OPERATIONS["^"]((base, exponent), self.bits, smooth)
