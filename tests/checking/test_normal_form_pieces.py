"""Fractions of the normal form taken apart: the pieces add up, and do not depend on how the sum was written."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.checking.normal_form_facts import Facts
from tutor.checking.normal_form_field import Field, Ratio
from tutor.checking.normal_form_pieces import pieces
from tutor.checking.normal_form_writing import Writing
from tutor.checking.ring import Ring, RingMaker
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.checking.symbolic_ring import sympy_ring

rings = pytest.mark.parametrize("maker", [flint_ring, sympy_ring])
WIDTH = 3

monomials = st.tuples(*[st.integers(0, 2)] * WIDTH)
polynomials = st.dictionaries(monomials, st.fractions(-9, 9, max_denominator=5).filter(bool), min_size=1, max_size=4)


def field_of(maker: RingMaker) -> Field:
    field = Field(maker(WIDTH), Facts(), Writing.CLOSED)
    for name in "xyz":
        field.kernel(("variable", name))
    return field


def ratio(field: Field, top: dict[tuple[int, ...], Fraction], bottom: dict[tuple[int, ...], Fraction]) -> Ratio:
    return field.reduced(field.ring.polynomial(top.items()), field.ring.polynomial(bottom.items()))


def known(field: Field, value: Ratio) -> set[tuple[object, Fraction]]:
    return {(field.keys(term), factor) for factor, term in pieces(field, value)}


@rings
@settings(max_examples=60, deadline=None)
@given(top=polynomials, bottom=polynomials)
def test_the_pieces_add_up(
    maker: RingMaker, top: dict[tuple[int, ...], Fraction], bottom: dict[tuple[int, ...], Fraction]
) -> None:
    field = field_of(maker)
    value = ratio(field, top, bottom)
    total = field.zero
    for factor, term in pieces(field, value):
        total = field.add(total, field.scale(term, factor))
    assert total == value


@rings
def test_zero_has_no_pieces(maker: RingMaker) -> None:
    field = field_of(maker)
    assert list(pieces(field, field.zero)) == []


def generators(ring: Ring) -> list[Ratio]:
    return [Ratio(ring.generator(index), ring.one) for index in range(WIDTH)]


@rings
@settings(max_examples=40, deadline=None)
@given(power=st.integers(-2, 2).filter(bool), shift=st.integers(1, 5), factor=st.integers(1, 4))
def test_terms_in_other_kernels_are_found_over_one_denominator(
    maker: RingMaker, power: int, shift: int, factor: int
) -> None:
    """As of a sine by exponentials, and 1/(x + 1) beside it."""
    field = field_of(maker)
    x, y, _ = generators(field.ring)
    one = field.scale(field.power(y, power), factor)
    other = field.inverse(field.add(x, field.constant(shift)))
    assert known(field, field.add(one, other)) == known(field, one) | known(field, other)


def test_what_is_divided_depends_on_no_other_kernel() -> None:
    field = field_of(flint_ring)
    x, y, z = generators(field.ring)
    value = field.divide(field.multiply(x, field.multiply(y, z)), field.add(x, field.one))
    expected = {(field.keys(field.multiply(y, z)), Fraction(1))}
    rest = field.divide(field.multiply(y, z), field.add(x, field.one))
    assert known(field, value) == expected | {(field.keys(rest), Fraction(-1))}
