"""The polynomials that the normal form reckons with: what a ring must offer, whichever library computes it.

A ring has a fixed number of generators, `width`, in lexicographic order, and rational coefficients. Elements carry
`+ - * **` and their truth (False is zero) themselves; the rest goes through the ring. Both backings, SymPy's
`polys.rings` (the reference) and FLINT's `fmpq_mpoly`, give the same element for the same question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, Protocol, TypeAlias

__all__ = ["Monomial", "Polynomial", "Ring", "RingMaker"]

Polynomial: TypeAlias = Any
"""An element of a ring; the libraries behind it have no types of their own to check against."""

Monomial: TypeAlias = tuple[int, ...]
"""The exponents of a term, one for each generator."""


class Ring(Protocol):
    """Polynomials over the rational numbers in `width` generators, terms in lexicographic order, largest first."""

    width: int
    zero: Polynomial
    one: Polynomial

    def generator(self, index: int) -> Polynomial:
        """One generator."""
        ...

    def constant(self, value: int | Fraction) -> Polynomial:
        """A rational number."""
        ...

    def polynomial(self, terms: Iterable[tuple[Monomial, Fraction]]) -> Polynomial:
        """The sum of terms whose monomials differ."""
        ...

    def terms(self, element: Polynomial) -> list[tuple[Monomial, Fraction]]:
        """The terms, largest monomial first."""
        ...

    def degrees(self, element: Polynomial) -> Monomial:
        """The largest exponent of each generator; of zero, nothing that may be relied on."""
        ...

    def is_constant(self, element: Polynomial) -> bool:
        """Whether an element is a rational number."""
        ...

    def is_monic(self, element: Polynomial) -> bool:
        """Whether the coefficient of the largest monomial of an element that is not zero is 1."""
        ...

    def leading(self, element: Polynomial) -> Fraction:
        """The coefficient of the largest monomial of an element that is not zero."""
        ...

    def scaled(self, element: Polynomial, factor: int | Fraction) -> Polynomial:
        """A rational multiple."""
        ...

    def normalized(self, top: Polynomial, bottom: Polynomial) -> tuple[Polynomial, Polynomial]:
        """Two elements divided by the coefficient of the largest monomial of the second, which is not zero."""
        ...

    def gcd(self, left: Polynomial, right: Polynomial) -> Polynomial:
        """The greatest common divisor with leading coefficient 1."""
        ...

    def quotient(self, element: Polynomial, divisor: Polynomial) -> Polynomial:
        """The quotient of a division that is known to have no remainder."""
        ...

    def division(self, element: Polynomial, divisor: Polynomial) -> tuple[Polynomial, Polynomial]:
        """Quotient and remainder; no term of the remainder is a multiple of the divisor's largest."""
        ...

    def factors(self, element: Polynomial) -> tuple[Fraction, Sequence[tuple[Polynomial, int]]]:
        """A constant, and irreducible factors with leading coefficient 1 and their exponents, in a fixed order."""
        ...


class RingMaker(Protocol):
    """Makes the ring of so many generators."""

    def __call__(self, width: int) -> Ring:
        """The ring; the same object for the same width."""
        ...
