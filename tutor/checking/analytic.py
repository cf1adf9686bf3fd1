"""Which expressions are zero on no open set, unless they are zero wherever they are real (the identity theorem).

That holds of quotients of functions that are real-analytic on one connected set: the whole space, or where logarithms,
even roots and moving powers of terms of degree one are real, which is convex (a moving power of what is negative is
real where its exponent is whole, on a set without inner points). A pole inside another function, as in exp(1/x), or the
root of a square, cuts the set in pieces, and nothing is said.
"""

from __future__ import annotations

from tutor.expression.exact import exact_fraction
from tutor.expression.tree import EULER, Apply, Expression, Number, Symbol

__all__ = ["vanishes_at_points_only"]

_ARITHMETIC = frozenset({"+", "-", "*", "neg"})

_ENTIRE = frozenset("exp sin cos sinh cosh tanh sech sigmoid softplus silu gelu erf atan asinh e pi".split())
"""Functions that are real-analytic on the whole line."""

_MEROMORPHIC = frozenset("tan cot sec csc coth csch".split())
"""Quotients of such functions."""

_LIMITED = frozenset({"log", "log2", "log10", "sqrt", "asin", "acos", "atanh", "acosh"})
"""Functions that are analytic inside their domain, an interval."""


def vanishes_at_points_only(expression: Expression) -> bool:
    """Whether an expression that is not zero at some point is certainly zero on no open set."""
    todo = [(expression, True)]
    while todo:
        part, may_divide = todo.pop()
        inner = _inner(part, may_divide=may_divide)
        if inner is None:
            return False
        todo += inner
    return True


def _inner(part: Expression, *, may_divide: bool) -> list[tuple[Expression, bool]] | None:
    """The parts that must be analytic for a part to be so, and whether they may have poles; None if it is not."""
    match part:
        case Number() | Symbol():
            return []
        case Apply("^", (base, exponent)):
            return _inner_of_power(base, exponent, may_divide=may_divide)
        case Apply("/", (top, bottom)):
            return [(top, may_divide), (bottom, may_divide)] if may_divide or isinstance(bottom, Number) else None
        case Apply(head, arguments) if head in _ARITHMETIC:
            return [(argument, may_divide) for argument in arguments]
        case Apply(head, arguments) if head in _ENTIRE or (head in _MEROMORPHIC and may_divide):
            return [(argument, False) for argument in arguments]
        case Apply(head, (argument,)) if head in _LIMITED and _is_affine(argument):
            return []
        case _:
            return None


def _inner_of_power(
    base: Expression, exponent: Expression, *, may_divide: bool
) -> list[tuple[Expression, bool]] | None:
    exact = exact_fraction(exponent)
    if exact is None:
        is_positive = base == EULER or (isinstance(base, Number) and base.value > 0)
        return [(exponent, False)] if is_positive or _is_affine(base) else None
    if exact.denominator == 1:
        return [(base, may_divide)] if exact >= 0 or may_divide else None
    return [] if exact.denominator % 2 == 0 and _is_affine(base) else None


def _is_affine(expression: Expression) -> bool:
    """Whether an expression is a polynomial of degree one at most, by its form."""
    match expression:
        case Number() | Symbol():
            return True
        case Apply("+" | "-" | "neg", arguments):
            return all(map(_is_affine, arguments))
        case Apply("*", (left, right)):
            return (isinstance(left, Number) and _is_affine(right)) or (isinstance(right, Number) and _is_affine(left))
        case Apply("/", (top, Number())):
            return _is_affine(top)
        case _:
            return False
