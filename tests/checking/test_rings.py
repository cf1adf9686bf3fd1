"""Both rings of the normal form give the same answers to the same questions; SymPy's is the reference."""

from __future__ import annotations

from fractions import Fraction
from typing import TypeAlias

from hypothesis import given
from hypothesis import strategies as st

from tutor.checking.ring import Monomial, Polynomial, Ring
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.checking.symbolic_ring import sympy_ring

WIDTH = 3
Terms: TypeAlias = dict[Monomial, Fraction]

numbers = st.fractions(-6, 6, max_denominator=6).filter(bool)
monomials = st.tuples(*[st.integers(0, 3)] * WIDTH)
elements = st.dictionaries(monomials, numbers, min_size=1, max_size=4)


def both(terms: Terms) -> tuple[tuple[Ring, Polynomial], ...]:
    return tuple((ring, ring.polynomial(terms.items())) for ring in (flint_ring(WIDTH), sympy_ring(WIDTH)))


@given(elements)
def test_the_factors_of_an_element(terms: Terms) -> None:
    constant, found = _factors(*both(terms)[0])
    assert (constant, found) == _factors(*both(terms)[1])
    ring = sympy_ring(WIDTH)
    product = ring.constant(constant)
    for factor, exponent in found:
        product = product * ring.polynomial(factor) ** exponent
    assert dict(ring.terms(product)) == terms


def _factors(ring: Ring, element: Polynomial) -> tuple[Fraction, list[tuple[list[tuple[Monomial, Fraction]], int]]]:
    constant, found = ring.factors(element)
    return constant, [(ring.terms(factor), exponent) for factor, exponent in found]


@given(elements)
def test_what_an_element_is(terms: Terms) -> None:
    seen = [
        (ring.terms(element), tuple(ring.degrees(element)), ring.leading(element), ring.is_monic(element))
        for ring, element in both(terms)
    ]
    assert seen[0] == seen[1]
    assert dict(seen[0][0]) == terms


@given(elements, elements)
def test_common_divisors_and_quotients(left: Terms, right: Terms) -> None:
    seen = []
    for (ring, first), (_, second) in zip(both(left), both(right), strict=True):
        common = ring.gcd(first, second)
        quotient, rest = ring.division(first, second)
        parts = (common, ring.quotient(first, common), quotient, rest, *ring.normalized(first, second))
        seen.append([ring.terms(part) if part else [] for part in parts])
    assert seen[0] == seen[1]
