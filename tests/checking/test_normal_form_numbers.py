"""Numbers in the normal form: angles of fractions, cosines of turns and their minimal polynomials, signs; by mpmath."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp

from tests.oracle import value
from tutor.checking.gaussian_primes import angle_of_fraction
from tutor.checking.normal_form import is_zero, normal_form, proof
from tutor.checking.normal_form_cyclotomic import minimal_polynomial
from tutor.checking.prime_factors import prime_factors
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Number, Symbol, number

SMALL = st.fractions(min_value=-500, max_value=500, max_denominator=500)


TANGENTS = st.fractions(min_value=-7, max_value=7, max_denominator=6)


@given(st.fractions(min_value=-40, max_value=40, max_denominator=40).filter(bool))
def test_the_angle_of_a_fraction_is_its_arctangent(fraction: Fraction) -> None:
    found = angle_of_fraction(fraction)
    assert found is not None
    with mp.workdps(40):
        angle = found.quarters * mp.pi / 4
        for tangent, count in found.primes:
            assert 0 < tangent < 1
            angle += count * mp.atan(mp.mpf(tangent.numerator) / tangent.denominator)
        assert abs(angle - mp.atan(mp.mpf(fraction.numerator) / fraction.denominator)) < mp.mpf(10) ** -35


def test_an_angle_with_a_large_prime_is_left_alone() -> None:
    assert angle_of_fraction(Fraction(1, 10**30 + 57)) is None


@given(TANGENTS, TANGENTS)
def test_sums_of_arctangents_have_one_form(u: Fraction, v: Fraction) -> None:
    left = Apply("+", (Apply("atan", (Number(u),)), Apply("atan", (Number(v),))))
    if u * v < 1:
        right = Apply("atan", (Number((u + v) / (1 - u * v)),))
        assert is_zero(left, right, flint_ring)
    elif u * v > 1:
        right = Apply("atan", (Number((u + v) / (1 - u * v)),))
        assert not is_zero(left, right, flint_ring)


@pytest.mark.parametrize("scale", [4, 7, 8, 10, 14, 16, 18, 30, 34, 60])
def test_minimal_polynomials_of_cosines_are_those_of_sympy(scale: int) -> None:
    x = sp.Symbol("x")
    expected = sp.Poly(sp.minimal_polynomial(2 * sp.cos(sp.pi / scale), x), x)
    assert tuple(int(part) for part in reversed(expected.all_coeffs())) == minimal_polynomial(scale)


TURNS = st.fractions(min_value=-3, max_value=3, max_denominator=17)


@given(TURNS, TURNS)
def test_products_of_cosines_of_turns(one: Fraction, other: Fraction) -> None:
    product = Apply("*", (cosine(one), cosine(other)))
    total = Apply("/", (Apply("+", (cosine(one + other), cosine(one - other))), number(2)))
    if lcm(one.denominator, other.denominator) <= 30:
        assert is_zero(product, total, flint_ring)
    near = Apply("+", (total, number(Fraction(1, 10**12))))
    assert not is_zero(product, near, flint_ring)


def cosine(turn: Fraction) -> Expression:
    return Apply("cos", (Apply("*", (Number(turn), Apply("pi", ()))),))


@given(
    SMALL.filter(bool), st.sampled_from([2, 3, 5, 7]), st.sampled_from(["pi", "e", "log(2)", "cos(pi/5)", "2^(1/3)"])
)
def test_absolute_values_of_numbers_are_those_of_mpmath(number: Fraction, radicand: int, other: str) -> None:
    formula = parse(f"sqrt({radicand})*({number}) + {other}").expression
    sign = 1 if value(formula, {}) > 0 else -1
    signed = Apply("*", (Number(Fraction(sign)), formula))
    assert is_zero(Apply("abs", (formula,)), signed, flint_ring)
    assert not is_zero(Apply("abs", (formula,)), Apply("neg", (signed,)), flint_ring)


@given(st.fractions(min_value=Fraction(1, 10**6), max_value=10**6))
def test_primes_multiply_to_the_number(fraction: Fraction) -> None:
    found = dict(prime_factors(fraction))
    result = Fraction(1)
    for prime, count in found.items():
        result *= Fraction(prime) ** count
    assert result == fraction


KEYS = ["x^n*x", "sqrt(x)*log(x)", "sin(x/2)", "abs(x)*exp(x/3)", "atan(1/x) + sqrt(x + 2*sqrt(x - 1))"]
ANSWERS = ["x^(n + 1)", "x^(1/3)", "sqrt(x)*log(x)", "2*sin(x/4)*cos(x/4)", "exp(x/2)", "1 + sqrt(x - 1) + atan(1/x)"]


@given(st.lists(st.sampled_from(ANSWERS), min_size=1, max_size=4), st.sampled_from(KEYS))
def test_a_proof_does_not_depend_on_the_answers_before(answers: list[str], text: str) -> None:
    kept = parse(text).expression
    for answer in answers:
        tree, fresh = parse(answer).expression, parse(text).expression
        assert proof(kept, tree, flint_ring) == proof(fresh, tree, flint_ring)
        assert normal_form(kept, tree, flint_ring) == normal_form(fresh, tree, flint_ring)
        assert not is_zero(kept, Apply("+", (tree, Symbol("w"))), flint_ring)
