"""A constant as a sum of products of kernels with algebraic coefficients.

Kernels are pi, e, logarithms and arctangents of algebraic numbers, and functions of which nothing is known but that
equal arguments give equal values. That two kernels of one head are the same is proved for their arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

from tutor.checking.zero_bound import Algebraic, OutOfReach, product, quotient, rational, total
from tutor.expression.tree import EULER, ONE, PI, ZERO, Apply, Expression, Number

__all__ = [
    "CONSTANT", "Kernels", "Monomial", "Sum", "add", "algebraic", "flipped", "formula", "inverse",
    "multiply", "rational_of", "scaled", "times", "tree_of",
]  # fmt: skip

Monomial: TypeAlias = frozenset[tuple[int, Fraction]]
"""Kernels, by their places in the table, with their exponents."""

Sum: TypeAlias = Mapping[Monomial, Algebraic]

CONSTANT: Monomial = frozenset()

_MOST_TERMS = 60
_MOST_KERNELS = 24

_PI = 0
_EULER = 1


class Kernels:
    """The kernels of one decision, each a head and its argument; the first two are pi and e."""

    def __init__(self, is_same: Callable[[Expression, Expression], bool]) -> None:
        self.rows: list[tuple[str, Expression]] = [("pi", ONE), ("e", ONE)]
        self._is_same = is_same

    def pi(self) -> Sum:
        """The number pi."""
        return {frozenset({(_PI, Fraction(1))}): rational(1)}

    def power_of_e(self, exponent: Fraction) -> Sum:
        """The number e to a rational power."""
        return {frozenset({(_EULER, exponent)}) if exponent else CONSTANT: rational(1)}

    def kernel(self, head: str, argument: Expression, mirror: int = 0) -> Sum:
        """A function of an argument; `mirror` is 1 for an even function, -1 for an odd one, else 0.

        `mirror` 2 is for the exponential, which is inverted where its argument is negated.
        """
        for place, (known, of) in enumerate(self.rows):
            if known == head and of == argument:
                return self._at(place)
        for place, (known, of) in enumerate(self.rows):
            if known == head and self._is_same(of, argument):
                return self._at(place)
            if known == head and mirror and self._is_same(of, Apply("neg", (argument,))):
                return self._at(place, -1) if mirror == _INVERTED else scaled(self._at(place), rational(mirror))
        if len(self.rows) >= _MOST_KERNELS:
            raise OutOfReach("many kernels")
        self.rows.append((head, argument))
        return self._at(len(self.rows) - 1)

    def only(self, monomial: Monomial) -> tuple[str, Expression] | None:
        """The kernel that a monomial is, to the first power; None for any other monomial."""
        match tuple(monomial):
            case ((place, exponent),) if exponent == 1:
                return self.rows[place]
            case _:
                return None

    def _at(self, place: int, exponent: int = 1) -> Sum:
        return {frozenset({(place, Fraction(exponent))}): rational(1)}


_INVERTED = 2


# ---- sums ----------------------------------------------------------------------------------------------------------


def algebraic(value: Algebraic) -> Sum:
    """An algebraic number."""
    return {CONSTANT: value} if value.value != 0 else {}


def rational_of(one: Sum) -> Fraction | None:
    """The rational number that a sum is known to be, or None."""
    if not one:
        return Fraction(0)
    return one[CONSTANT].value if set(one) == {CONSTANT} else None


def add(left: Sum, right: Sum) -> Sum:
    """The sum of two sums."""
    result = dict(left)
    for monomial, coefficient in right.items():
        known = result.get(monomial)
        result[monomial] = coefficient if known is None else total(known, coefficient)
    return _kept(result)


def scaled(one: Sum, factor: Algebraic) -> Sum:
    """A sum times an algebraic number."""
    return _kept({monomial: product(coefficient, factor) for monomial, coefficient in one.items()})


def multiply(left: Sum, right: Sum) -> Sum:
    """The product of two sums."""
    if len(left) * len(right) > _MOST_TERMS**2:
        raise OutOfReach("many terms")
    result: Sum = {}
    for monomial, coefficient in right.items():
        result = add(result, {times(each, monomial): product(known, coefficient) for each, known in left.items()})
    return result


def inverse(one: Sum) -> Sum | None:
    """1 over a sum of one term; None for others."""
    if len(one) != 1:
        return None
    ((monomial, coefficient),) = one.items()
    return {flipped(monomial): quotient(rational(1), coefficient)}


def times(left: Monomial, right: Monomial) -> Monomial:
    """The product of two monomials."""
    exponents = dict(left)
    for place, exponent in right:
        exponents[place] = exponents.get(place, Fraction(0)) + exponent
    return frozenset((place, exponent) for place, exponent in exponents.items() if exponent)


def flipped(monomial: Monomial) -> Monomial:
    """1 over a monomial."""
    return frozenset((place, -exponent) for place, exponent in monomial)


def _kept(terms: Mapping[Monomial, Algebraic]) -> Sum:
    kept = {monomial: coefficient for monomial, coefficient in terms.items() if coefficient.value != 0}
    if len(kept) > _MOST_TERMS:
        raise OutOfReach("many terms")
    return kept


# ---- back to a formula ---------------------------------------------------------------------------------------------


def tree_of(one: Sum, kernels: Kernels) -> Expression:
    """A formula with the value of a sum."""
    result: Expression = ZERO
    for monomial, coefficient in sorted(one.items(), key=lambda term: sorted(term[0])):
        factor = coefficient.expression
        for place, exponent in sorted(monomial):
            factor = Apply("*", (factor, _power(formula(*kernels.rows[place]), exponent)))
        result = factor if result == ZERO else Apply("+", (result, factor))
    return result


def formula(head: str, argument: Expression) -> Expression:
    """The formula of a kernel."""
    match head:
        case "pi":
            return PI
        case "e":
            return EULER
        case "reciprocal":
            return Apply("/", (ONE, argument))
        case _:
            return Apply(head, (argument,))


def _power(base: Expression, exponent: Fraction) -> Expression:
    return base if exponent == 1 else Apply("^", (base, Number(exponent)))
