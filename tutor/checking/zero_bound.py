"""Real algebraic numbers with a bound below which their size proves that they are zero.

A number is kept as a formula and as a quotient U/L of algebraic integers of one number field, with bounds on U and L
that hold for all their conjugates. If U is not zero its norm is at least 1, so |U/L| >= 2^-((D - 1)·u + l) where D is
the degree of the field, 2^u and 2^l the bounds. Rules for + - * / and roots: Burnikel, Funke, Mehlhorn, Schirra,
Schmitt, "A separation bound for real algebraic expressions", Algorithmica 55 (2009) 14-28, theorem 1. Cosines of
rational parts of a turn are added: 2·cos(2·pi·p/q) is a sum of two roots of unity.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm

from tutor.checking.ball import Ball, Undefined, evaluate_ball, two_to
from tutor.expression.exact import exact_fraction
from tutor.expression.tree import ONE, PI, ZERO, Apply, Expression, Number, number, size

__all__ = [
    "MOST_BITS", "Algebraic", "OutOfReach", "certain_sign", "certain_value", "cosine_of_turn", "degree", "difference",
    "is_small", "is_zero", "negative", "power", "product", "quotient", "rational", "root", "total",
]  # fmt: skip

MOST_BITS = 20_000
"""The precision to which a number is worked out at most."""

_MOST_NODES = 3000
_HIGHEST_POWER = 10_000
_LARGEST_ORDER = 10_000
_FIRST_BITS = 96
_SPARE_BITS = 64


class OutOfReach(ArithmeticError):
    """A number is not one of those that are dealt with here, or its bound is too small for the budget."""


@dataclass(frozen=True, slots=True)
class Algebraic:
    """A real number `expression` = U/L: powers of two that bound all conjugates of U and L, and what the field holds.

    `radicals` are the roots adjoined, each by its radicand and degree; `order` is that of a root of unity.
    """

    expression: Expression
    above: int
    below: int
    radicals: frozenset[tuple[Expression, int]] = frozenset()
    order: int = 1

    @property
    def value(self) -> Fraction | None:
        """The number itself, where it is known to be rational."""
        return self.expression.value if isinstance(self.expression, Number) else None


# ---- making numbers ------------------------------------------------------------------------------------------------


def rational(value: int | Fraction) -> Algebraic:
    """A rational number."""
    exact = exact_fraction(number(value))
    if exact is None:
        raise OutOfReach("a long number")
    return Algebraic(Number(exact), _log2(abs(exact.numerator)), _log2(exact.denominator))


def cosine_of_turn(turn: Fraction) -> Algebraic:
    """cos(2·pi·turn)."""
    turn %= 1
    turn = min(turn, 1 - turn)
    if turn in _COSINES:
        return rational(_COSINES[turn])
    if turn.denominator > _LARGEST_ORDER:
        raise OutOfReach("a small part of a turn")
    cosine = Apply("cos", (Apply("*", (Number(2 * turn), PI)),))
    return Algebraic(cosine, 1, 1, frozenset(), turn.denominator)


_COSINES = {
    Fraction(0): Fraction(1),
    Fraction(1, 6): Fraction(1, 2),
    Fraction(1, 4): Fraction(0),
    Fraction(1, 3): Fraction(-1, 2),
    Fraction(1, 2): Fraction(-1),
}


def negative(one: Algebraic) -> Algebraic:
    """-a."""
    return product(rational(-1), one)


def total(left: Algebraic, right: Algebraic) -> Algebraic:
    """The sum a + b."""
    if left.value == 0 or right.value == 0:
        return right if left.value == 0 else left
    above = max(left.above + right.below, left.below + right.above) + 1
    return _made("+", left, right, above, left.below + right.below)


def difference(left: Algebraic, right: Algebraic) -> Algebraic:
    """The difference a - b."""
    return total(left, negative(right))


def product(left: Algebraic, right: Algebraic) -> Algebraic:
    """a·b."""
    if left.value in (0, 1) or right.value in (0, 1):
        return left if left.value == 0 or right.value == 1 else right
    return _made("*", left, right, left.above + right.above, left.below + right.below)


def quotient(left: Algebraic, right: Algebraic) -> Algebraic:
    """a/b, for a b that is certainly not 0; OutOfReach for any other."""
    if certain_sign(right) == 0:
        raise OutOfReach("a divisor that may be zero")
    return left if right.value == 1 else _made("/", left, right, left.above + right.below, left.below + right.above)


def power(base: Algebraic, exponent: int) -> Algebraic:
    """a^n for a whole n, and for n < 0 an a that is certainly not 0."""
    if exponent < 0:
        return quotient(rational(1), power(base, -exponent))
    if exponent > _HIGHEST_POWER:
        raise OutOfReach("a high power")
    if exponent in (0, 1):
        return base if exponent else rational(1)
    exact = exact_fraction(Apply("^", (base.expression, number(exponent))))
    if exact is not None:
        return rational(exact)
    raised = Apply("^", (base.expression, number(exponent)))
    return Algebraic(raised, base.above * exponent, base.below * exponent, base.radicals, base.order)


def root(base: Algebraic, index: int) -> Algebraic:
    """The real root of an a > 0, or of an a < 0 where the index is odd; OutOfReach where the sign is not certain."""
    sign = certain_sign(base)
    if index < 2 or sign == 0 or (sign < 0 and index % 2 == 0):
        raise OutOfReach("a root that may not be real")
    exact = None if base.value is None else _exact_root(base.value, index)
    if exact is not None:
        return rational(exact)
    above, below = base.above, base.below
    if above >= below:
        above = -(-(above + (index - 1) * below) // index)
    else:
        below = -(-((index - 1) * above + below) // index)
    radical = Apply("root", (base.expression, number(index)))
    return Algebraic(radical, above, below, base.radicals | {(base.expression, index)}, base.order)


def _made(head: str, left: Algebraic, right: Algebraic, above: int, below: int) -> Algebraic:
    made = Apply(head, (left.expression, right.expression))
    exact = exact_fraction(made) if left.value is not None and right.value is not None else None
    if exact is not None:
        return rational(exact)
    if size(made) > _MOST_NODES:
        raise OutOfReach("a long formula")
    return Algebraic(made, above, below, left.radicals | right.radicals, lcm(left.order, right.order))


def _exact_root(value: Fraction, index: int) -> Fraction | None:
    size_of_it = abs(value)
    above, below = (_whole_root(part, index) for part in (size_of_it.numerator, size_of_it.denominator))
    if above is None or below is None:
        return None
    return Fraction(above, below) * (1 if value > 0 else -1)


def _whole_root(value: int, index: int) -> int | None:
    """The whole root of a whole number, by halving."""
    low, high = 0, 1 << (value.bit_length() // index + 1)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if middle**index < value else (low, middle)
    return low if low**index == value else None


def _log2(value: int) -> int:
    return (value - 1).bit_length() if value > 1 else 0


# ---- deciding ------------------------------------------------------------------------------------------------------


def degree(numbers: Iterable[Algebraic], *, is_complex: bool = False) -> int:
    """A bound on the degree of the field that holds some numbers, and the imaginary unit where it is wanted."""
    parts = tuple(numbers)
    order = lcm(*(part.order for part in parts))
    turns = _totient(lcm(order, 4)) if is_complex else max(1, _totient(order) // 2)
    for _, index in frozenset().union(*(part.radicals for part in parts)):
        turns *= index
    return turns


def _totient(order: int) -> int:
    if order > _LARGEST_ORDER:
        raise OutOfReach("a root of unity of a high order")
    return sum(1 for part in range(1, order + 1) if gcd(part, order) == 1)


def is_zero(one: Algebraic) -> bool:
    """Whether a number is proved to be zero; False when it is not zero, or when that takes more than MOST_BITS."""
    if one.value is not None:
        return one.value == 0
    return is_small(one.expression, (degree([one]) - 1) * one.above + one.below)


def is_small(expression: Expression, bits: int) -> bool:
    """Whether the size of a real number is less than 2^-bits; False where that is not certain, or costs too much."""
    first = certain_value(expression, _FIRST_BITS)
    if first is None or not first.contains(0) or bits + _SPARE_BITS > MOST_BITS:
        return False
    for precision in (bits + _SPARE_BITS, bits + 8 * _SPARE_BITS):
        found = certain_value(expression, precision)
        if found is None or not found.contains(0):
            return False
        if abs(found) < two_to(-bits):
            return True
    return False


def certain_value(expression: Expression, bits: int) -> Ball | None:
    """The ball of a number that is certainly real, else None."""
    try:
        value = evaluate_ball(expression, {}, bits=bits)
    except Undefined:
        return None
    return value if value.is_finite() else None


def certain_sign(one: Algebraic) -> int:
    """1 or -1 where the sign of a number is certain; 0 where it may be zero."""
    if one.value is not None:
        return (one.value > 0) - (one.value < 0)
    found = certain_value(one.expression, _FIRST_BITS) if one.expression not in (ZERO, ONE) else None
    if found is None or found.contains(0):
        return 0
    return 1 if found > 0 else -1
