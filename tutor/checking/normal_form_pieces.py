"""A fraction as a sum of rational multiples of single terms, as an exponent or an angle is taken apart.

Terms that hold different powers of kernels which the sum in the denominator does not hold are divided by it apart, so
that the pieces of e^x + 1/(x + 1) are the same whether it stands as a sum or over one denominator.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.checking.normal_form_field import Field, Ratio
from tutor.checking.ring import Monomial, Polynomial

__all__ = ["pieces"]


def pieces(field: Field, value: Ratio) -> Iterator[tuple[Fraction, Ratio]]:
    """The rational numbers and terms whose products add up to a fraction, polynomial ones first in each group."""
    ring = field.ring
    if ring.is_constant(value.bottom):
        for powers, factor in ring.terms(value.top) if value.top else ():
            yield factor, field.reduced(ring.polynomial([(powers, Fraction(1))]), value.bottom)
        return
    lowest = _lowest(field, value.bottom)
    shared = ring.polynomial([(lowest, Fraction(1))])
    total = ring.quotient(value.bottom, shared)
    for outside, inside in _groups(field, value.top, field.kernels_of(total)):
        whole, rest = (inside, ring.zero) if ring.is_constant(total) else ring.division(inside, total)
        for top, bottom in ((whole, shared), (rest, value.bottom)):
            for powers, factor in ring.terms(top) if top else ():
                term = ring.polynomial([(_product(powers, outside), Fraction(1))])
                yield factor, field.reduced(term, bottom)


def _lowest(field: Field, bottom: Polynomial) -> Monomial:
    """The powers that all terms of a denominator hold."""
    monomials = [powers for powers, _ in field.ring.terms(bottom)]
    return tuple(min(column) for column in zip(*monomials, strict=True))


def _groups(field: Field, top: Polynomial, kernels: set[int]) -> Iterator[tuple[Monomial, Polynomial]]:
    """The numerator as a sum of polynomials in some kernels, each times powers of the others."""
    found: dict[Monomial, list[tuple[Monomial, Fraction]]] = {}
    for powers, value in field.ring.terms(top) if top else ():
        outside = tuple(0 if index in kernels else power for index, power in enumerate(powers))
        inside = tuple(power if index in kernels else 0 for index, power in enumerate(powers))
        found.setdefault(outside, []).append((inside, value))
    for outside, terms in found.items():
        yield outside, field.ring.polynomial(terms)


def _product(left: Monomial, right: Monomial) -> Monomial:
    return tuple(one + other for one, other in zip(left, right, strict=True))
