"""FLINT's `fmpq_mpoly` behind the interface of `tutor.checking.ring`: the same elements, several times sooner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import cache, lru_cache
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx

from tutor.checking.ring import Monomial, Polynomial

__all__ = ["FlintRing", "flint_ring"]


class FlintRing:
    """Polynomials over the rational numbers by FLINT."""

    def __init__(self, width: int) -> None:
        self.width = width
        self._context = fmpq_mpoly_ctx.get([f"g{index}" for index in range(width)], Ordering.lex)
        self._generators = self._context.gens()
        self._unit = (0,) * width
        self.zero: Polynomial = self._context.from_dict({})
        self.one: Polynomial = self._context.from_dict({self._unit: 1})

    def generator(self, index: int) -> Polynomial:
        """One generator."""
        return self._generators[index]

    def constant(self, value: int | Fraction) -> Polynomial:
        """A rational number."""
        return self._context.constant(_rational(value)) if value else self.zero

    def polynomial(self, terms: Iterable[tuple[Monomial, Fraction]]) -> Polynomial:
        """The sum of terms whose monomials differ."""
        return self._context.from_dict({powers: _rational(value) for powers, value in terms if value})

    def terms(self, element: Polynomial) -> list[tuple[Monomial, Fraction]]:
        """The terms, largest monomial first."""
        return list(zip(element.monoms(), map(_fraction, element.coeffs()), strict=True))

    def degrees(self, element: Polynomial) -> Monomial:
        """The largest exponent of each generator."""
        return element.degrees() if element else self._unit

    def is_constant(self, element: Polynomial) -> bool:
        """Whether an element is a rational number."""
        return len(element) < 2 and bool(element.is_constant())

    def is_monic(self, element: Polynomial) -> bool:
        """Whether the coefficient of the largest monomial is 1."""
        return bool(element.leading_coefficient() == _ONE)

    def leading(self, element: Polynomial) -> Fraction:
        """The coefficient of the largest monomial."""
        return _fraction(element.leading_coefficient())

    def scaled(self, element: Polynomial, factor: int | Fraction) -> Polynomial:
        """A rational multiple."""
        return element * _rational(factor)

    def normalized(self, top: Polynomial, bottom: Polynomial) -> tuple[Polynomial, Polynomial]:
        """Two elements divided by the coefficient of the largest monomial of the second."""
        leading = bottom.leading_coefficient()
        return (top, bottom) if leading == _ONE else (top / leading, bottom / leading)

    def gcd(self, left: Polynomial, right: Polynomial) -> Polynomial:
        """The greatest common divisor with leading coefficient 1."""
        found = left.gcd(right)
        return self._monic(found) if found else found

    def quotient(self, element: Polynomial, divisor: Polynomial) -> Polynomial:
        """The quotient of a division without remainder."""
        return element / divisor

    def division(self, element: Polynomial, divisor: Polynomial) -> tuple[Polynomial, Polynomial]:
        """Quotient and remainder."""
        quotient, remainder = divmod(element, divisor)
        return quotient, remainder

    def factors(self, element: Polynomial) -> tuple[Fraction, Sequence[tuple[Polynomial, int]]]:
        """A constant and irreducible factors with leading coefficient 1."""
        if len(element) == 1:
            powers = zip(self._generators, element.degrees(), strict=True)
            return self.leading(element), [(generator, int(power)) for generator, power in powers if power][::-1]
        if element.total_degree() == 1:
            return self.leading(element), [(self._monic(element), 1)]
        _, found = element.factor()
        monic = [(self._monic(factor), int(exponent)) for factor, exponent in found]
        return self.leading(element), sorted(monic, key=lambda pair: self.terms(pair[0]))

    def _monic(self, element: Polynomial) -> Polynomial:
        leading = element.leading_coefficient()
        return element if leading == _ONE else element / leading


_ONE = fmpq(1)
"""Comparing with Python's 1 takes twice as long."""


def _rational(value: int | Fraction) -> Any:
    return fmpq(value.numerator, value.denominator)


def _fraction(value: Any) -> Fraction:
    return _known_fraction(int(value.p), int(value.q))


@lru_cache(maxsize=1024)
def _known_fraction(numerator: int, denominator: int) -> Fraction:
    """A fraction, kept because the same few coefficients come all the time and making one takes long."""
    return Fraction(numerator, denominator)


@cache
def flint_ring(width: int) -> FlintRing:
    """The ring of so many generators."""
    return FlintRing(width)
