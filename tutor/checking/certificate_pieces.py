"""An expression with corners inside corners, written as it is around one point: relu(relu(x)) is x around 2.

The argument of an outer corner, as in |x - |x||, may be zero on a whole interval, where intervals cannot tell zero from
nearly zero. So corners are taken away from the inside out: by the sign that their argument has on a small box, or,
where the normal form proves it, because it is zero all over the box.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from types import MappingProxyType

from tutor.checking.interval import ZERO as NOTHING
from tutor.checking.interval import Interval, is_below
from tutor.checking.interval_evaluation import NotReal, interval_of
from tutor.checking.normal_form import is_zero
from tutor.checking.symbolic_ring import sympy_ring
from tutor.expression.fold import fold
from tutor.expression.tree import ONE, ZERO, Apply, Expression, number

__all__ = ["around_point", "has_nested_corners"]

_BITS = 256


def has_nested_corners(expression: Expression) -> bool:
    """Whether a corner, or a root, stands over another one."""

    def depth(part: Expression, below: Sequence[int]) -> int:
        is_corner = isinstance(part, Apply) and (part.head in _CORNERS or part.head in ("sqrt", "root", "^"))
        deepest = max(below, default=0)
        return deepest + 1 if isinstance(part, Apply) and is_corner and (deepest or part.head in _CORNERS) else deepest

    return fold(expression, depth) > 1


def around_point(expression: Expression, box: Mapping[str, Interval]) -> Expression:
    """The expression with every corner whose argument has one sign, or is zero, all over a box, as it is there."""

    def combined(part: Expression, arguments: Sequence[Expression]) -> Expression:
        if not isinstance(part, Apply):
            return part
        if part.head in ("max", "min"):
            return reduce(lambda left, right: _extreme(part.head, left, right, box), arguments)
        rebuilt = Apply(part.head, tuple(arguments))
        if part.head not in _CORNERS:
            return rebuilt
        sign = _sign(arguments[0], box)
        return rebuilt if sign is None else _CORNERS[part.head](sign, arguments[0])

    return fold(expression, combined)


def _extreme(head: str, left: Expression, right: Expression, box: Mapping[str, Interval]) -> Expression:
    sign = _sign(Apply("-", (left, right)), box)
    if sign is None:
        return Apply(head, (left, right))
    return left if (sign >= 0) == (head == "max") or not sign else right


def _sign(argument: Expression, box: Mapping[str, Interval]) -> int | None:
    """The sign of an expression all over a box; None where it is not known to have one there."""
    try:
        found = interval_of(argument, box, _BITS)
    except NotReal:
        return None
    if found is None:
        return None
    if is_below(NOTHING, found) or is_below(found, NOTHING):
        return 1 if is_below(NOTHING, found) else -1
    return 0 if is_zero(argument, number(0), sympy_ring) else None


def _magnitude(sign: int, argument: Expression) -> Expression:
    return (ZERO, argument, Apply("neg", (argument,)))[sign]


def _rectified(sign: int, argument: Expression) -> Expression:
    return argument if sign > 0 else ZERO


_CORNERS: Mapping[str, Callable[[int, Expression], Expression]] = MappingProxyType(
    {
        "abs": _magnitude,
        "sign": lambda sign, argument: number(sign),
        "relu": _rectified,
        "heaviside": lambda sign, argument: Apply("/", (number(1 + sign), Apply("+", (ONE, ONE)))),
        "max": _rectified,
        "min": _rectified,
    }
)
"""What a corner is where its argument has a sign; those of max and min are taken two at a time."""
