"""SymPy's polynomial rings behind the interface of `tutor.checking.ring`: the reference."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

from sympy import QQ
from sympy.polys.orderings import lex
from sympy.polys.rings import PolyRing

from tutor.checking.ring import Monomial, Polynomial

__all__ = ["SympyRing", "sympy_ring"]


class SympyRing:
    """Polynomials over QQ by `sympy.polys.rings`."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._ring: Any = PolyRing([f"g{index}" for index in range(width)], QQ, lex)
        self.zero: Polynomial = self._ring.zero
        self.one: Polynomial = self._ring.one

    def generator(self, index: int) -> Polynomial:
        """One generator."""
        return self._ring.gens[index]

    def constant(self, value: int | Fraction) -> Polynomial:
        """A rational number."""
        return self._ring.ground_new(QQ(value.numerator, value.denominator))

    def polynomial(self, terms: Iterable[tuple[Monomial, Fraction]]) -> Polynomial:
        """The sum of terms whose monomials differ."""
        return self._ring.from_dict({powers: QQ(value.numerator, value.denominator) for powers, value in terms})

    def terms(self, element: Polynomial) -> list[tuple[Monomial, Fraction]]:
        """The terms, largest monomial first."""
        return [(powers, _fraction(value)) for powers, value in element.terms()]

    def degrees(self, element: Polynomial) -> Monomial:
        """The largest exponent of each generator."""
        return tuple(element.degrees()) if element else (0,) * self.width

    def is_constant(self, element: Polynomial) -> bool:
        """Whether an element is a rational number."""
        return bool(element.is_ground)

    def is_monic(self, element: Polynomial) -> bool:
        """Whether the coefficient of the largest monomial is 1."""
        return bool(element.LC == 1)

    def leading(self, element: Polynomial) -> Fraction:
        """The coefficient of the largest monomial."""
        return _fraction(element.LC)

    def scaled(self, element: Polynomial, factor: int | Fraction) -> Polynomial:
        """A rational multiple."""
        return element.mul_ground(QQ(factor.numerator, factor.denominator))

    def normalized(self, top: Polynomial, bottom: Polynomial) -> tuple[Polynomial, Polynomial]:
        """Two elements divided by the coefficient of the largest monomial of the second."""
        return top.quo_ground(bottom.LC), bottom.monic()

    def gcd(self, left: Polynomial, right: Polynomial) -> Polynomial:
        """The greatest common divisor with leading coefficient 1."""
        return left.gcd(right).monic()

    def quotient(self, element: Polynomial, divisor: Polynomial) -> Polynomial:
        """The quotient of a division without remainder."""
        return element.exquo(divisor)

    def division(self, element: Polynomial, divisor: Polynomial) -> tuple[Polynomial, Polynomial]:
        """Quotient and remainder."""
        quotient, remainder = element.div(divisor)
        return quotient, remainder

    def factors(self, element: Polynomial) -> tuple[Fraction, Sequence[tuple[Polynomial, int]]]:
        """A constant and irreducible factors with leading coefficient 1."""
        _, found = element.factor_list()
        monic = [(factor.monic(), int(exponent)) for factor, exponent in found]
        return _fraction(element.LC), sorted(monic, key=lambda pair: self.terms(pair[0]))


def _fraction(value: Any) -> Fraction:
    return Fraction(int(QQ.numer(value)), int(QQ.denom(value)))


@cache
def sympy_ring(width: int) -> SympyRing:
    """The ring of so many generators."""
    return SympyRing(width)
