"""Zeros of algebraic functions: none is missed, against SymPy's real roots and changes of sign seen by mpmath."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle import OutOfReach, Undefined, value
from tests.strategies import expressions
from tutor.checking.ball_zeros import isolated_zeros
from tutor.expression.parser import parse
from tutor.expression.tree import Expression


def tree(text: str) -> Expression:
    return parse(text).expression


@pytest.mark.parametrize(
    ("text", "zeros"),
    [
        ("x^2 - 2", [-(2**0.5), 2**0.5]),
        ("1 + x^2", []),
        ("(x - 1)^3*(x + 1/3)", [-1 / 3, 1]),
        ("1 - x^2/(1 + x^2)^2", []),
        ("1 - 2*x*sqrt(1 - x^2)", [-(0.5**0.5), 0.5**0.5]),
        ("abs(x - 1) - 2", [-1, 3]),
        ("cbrt(x) - 1/2", [1 / 8]),
        ("sign(x) - sign(x - 1) + 2*x - 1", [-0.5, 0.5, 1.5]),
        ("x - sqrt(2)", [-(2**0.5), 2**0.5]),
        ("x^(2/3) - 4", [-8, 8]),
    ],
)
def test_zeros_are_enclosed_with_those_of_the_other_branches(text: str, zeros: list[float]) -> None:
    found = isolated_zeros([tree(text)], "x")
    assert found is not None
    assert [float((low + high) / 2) for low, high in found] == pytest.approx(zeros)
    assert all(low <= high for low, high in found)


@pytest.mark.parametrize("text", ["sqrt(x^2) - x", "x + abs(x)", "x - x", "sin(x)", "x - pi", "x*y", "x^60", "2^x"])
def test_what_may_vanish_everywhere_or_is_not_algebraic_is_refused(text: str) -> None:
    assert isolated_zeros([tree(text)], "x") is None


def test_zeros_of_several_functions_and_places_are_told_apart() -> None:
    tiny = Fraction(1, 10**40)
    found = isolated_zeros([tree("x"), tree("x - 1/10^40"), tree("x^2 - x")], "x", [Fraction(1), tiny, Fraction(-3)])
    assert found is not None
    assert len(found) == 4
    assert all(before[1] < after[0] for before, after in pairwise(found))
    assert found[0] == (Fraction(-3), Fraction(-3))
    assert found[1][0] <= 0 <= found[1][1] < found[2][0] <= tiny <= found[2][1]


def test_zeros_too_close_to_tell_apart_are_refused() -> None:
    found = isolated_zeros([tree("x - 1"), tree("x^2 - 2*x + 1 - 1/10^200")], "x")
    assert found is None or len(found) == 3


def test_rational_zeros_are_exact() -> None:
    found = isolated_zeros([tree("(7*x - 3)*(x^2 - 3)*(x + 1000001/3)")], "x")
    assert found is not None
    assert [low == high for low, high in found] == [True, False, True, False]
    assert (found[0][0], found[2][0]) == (Fraction(-1000001, 3), Fraction(3, 7))


@given(st.lists(st.integers(-9, 9), min_size=2, max_size=7), st.lists(st.integers(-9, 9), min_size=1, max_size=5))
def test_polynomials_have_the_roots_that_sympy_finds(first: list[int], second: list[int]) -> None:
    texts = ["+".join(f"({c})*x^{power}" for power, c in enumerate(row)) for row in (first, second)]
    rows = [sp.Poly(list(reversed(row)), sp.Symbol("x")) for row in (first, second)]
    found = isolated_zeros(map(tree, texts), "x")
    if any(row.is_zero for row in rows):
        assert found is None
        return
    roots = {root for row in rows for root in sp.real_roots(row)}
    assert found is not None
    assert len(found) == len(roots)
    for root in roots:
        near = Fraction(str(sp.N(root, 80)))
        assert any(low - Fraction(1, 10**40) <= near <= high + Fraction(1, 10**40) for low, high in found)


HEADS = ("+", "-", "*", "neg", "sqrt", "abs")


@settings(max_examples=120, deadline=None)
@given(expressions(("x",), HEADS, max_leaves=6))
def test_no_change_of_sign_is_missed(function: Expression) -> None:
    found = isolated_zeros([function], "x")
    if found is None:
        return
    places = [Fraction(number, 3) + Fraction(1, 1009) for number in range(-40, 41)]
    for before, after in pairwise(places):
        signs = [sign_at(function, before + (after - before) * share / 8) for share in range(9)]
        if None not in signs and signs[0] != signs[-1]:
            assert any(low <= after and high >= before for low, high in found)


def sign_at(function: Expression, place: Fraction) -> int | None:
    try:
        size = value(function, {"x": place}, 30)
    except (Undefined, OutOfReach, ArithmeticError):
        return None
    return None if abs(size) < 1e-20 else 1 if size > 0 else -1
