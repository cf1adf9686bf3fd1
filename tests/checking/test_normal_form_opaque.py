"""The quick look with closed kernels: what it proves, near misses that it must not prove, and values by mpmath."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mpf

from tests.oracle import OutOfReach, Undefined, value
from tests.strategies import expressions
from tutor.checking.normal_form_opaque import opaque_proof
from tutor.checking.ring import RingMaker
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.checking.symbolic_ring import sympy_ring
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, number

RINGS = pytest.mark.parametrize("ring", [flint_ring, sympy_ring], ids=["flint", "sympy"])


def tree(text: str) -> Expression:
    return parse(text).expression


EQUAL = [
    ("(x + 1)*exp(x)*log(x)", "x*log(x)*exp(x) + exp(x)*log(x)"),
    ("2*x*cos(x^2)/(1 + sin(x^2))", "2*x*cos(x*x)/(sin(x^2) + 1)"),
    ("1 + tan(x)^2", "1/cos(x)^2"),
    ("sin(x)^2", "1 - cos(x)^2"),
    ("1 - tanh(x*y)^2", "sech(x*y)^2"),
    ("cosh(x)^2 - sinh(-x)^2", "1"),
    ("sin(a - x)", "-sin(x - a)"),
    ("cos(a - x)", "cos(x - a)"),
    ("atan(x - y)*erf(y)", "atan(y - x)*erf(-y)"),
    ("exp(2*x)", "exp(x)^2"),
    ("exp(x/3)*exp(x/2)^2", "exp(x/6)^8"),
    ("e^(-x)", "1/exp(x)"),
    ("x/sqrt(x)", "sqrt(x)"),
    ("(3*x + 6)^(3/2)", "3*sqrt(3)*(x + 2)*sqrt(x + 2)"),
    ("sqrt(12)", "2*sqrt(3)"),
    ("sqrt(1/2)", "sqrt(2)/2"),
    ("1/(1 + sqrt(x))", "(1 - sqrt(x))/(1 - x)"),
    ("x^(2/3)*x^(1/3)", "x"),
    ("(-8*x)^(1/3)", "2*(-x)^(1/3)"),
    ("cbrt(x)^2", "x^(2/3)"),
    ("abs(-2*x)^2", "4*x^2"),
    ("abs(a - x)*sign(x - a)", "-abs(x - a)*sign(a - x)"),
    ("sigmoid(x)*(1 - sigmoid(x))", "exp(-x)/(1 + exp(-x))^2"),
    ("log(x^2 + x)*y", "y*log(x*(x + 1))"),
    ("max(x*2, y)", "max(x + x, y)"),
    ("x^y*2", "x^y + x^y"),
]

NEAR_MISSES = [
    ("1 + tan(x)^2", "1/cos(2*x)^2"),
    ("1 - tanh(x)^2", "1 + tanh(x)^2"),
    ("cosh(x)^2 + sinh(x)^2", "1"),
    ("sin(a - x)", "sin(x - a)"),
    ("cos(a - x)", "-cos(x - a)"),
    ("exp(x)^2", "exp(x^2)"),
    ("exp(-x)", "-exp(x)"),
    ("sqrt(x^2)", "x"),
    ("sqrt(x^2)", "-x"),
    ("abs(x)", "x"),
    ("abs(-2*x)", "-2*abs(x)"),
    ("sign(x - y)", "sign(y - x)"),
    ("sqrt(12)", "3*sqrt(2)"),
    ("(x^2)^(1/4)", "x^(1/4)"),
    ("x^(2/3)", "x^(1/3)"),
    ("(-x)^(1/3)", "x^(1/3)"),
    ("log(x^2)", "log(x)^2"),
    ("max(x, y)", "min(x, y)"),
    ("x^y", "y^x"),
    ("acos(-x)", "acos(x)"),
    ("x + exp(-10000*x^2)", "x"),
    ("x/(sqrt(x^2) - x)*(sqrt(x^2) - x)", "2*x"),
]


@RINGS
@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_what_is_equal_with_closed_functions_is_proved(left: str, right: str, ring: RingMaker) -> None:
    assert opaque_proof(tree(left), tree(right), ring) is not None


@RINGS
@pytest.mark.parametrize(("left", "right"), NEAR_MISSES)
def test_a_near_miss_is_not_proved(left: str, right: str, ring: RingMaker) -> None:
    assert opaque_proof(tree(left), tree(right), ring) is None


def _forms(formula: Expression) -> list[Expression]:
    """The formula in other words, and with slips that leave it alike."""
    slips = [Apply("+", (formula, number(0))), Apply("*", (formula, formula)), Apply("neg", (formula,))]
    return [*slips, Apply("abs", (formula,)), Apply("sqrt", (Apply("^", (formula, number(2))),))]


@settings(max_examples=150, deadline=None)
@given(expressions(("x", "y"), max_leaves=8), expressions(("x", "y"), max_leaves=8), st.integers(0, 4))
def test_what_is_proved_has_equal_values(left: Expression, other: Expression, form: int) -> None:
    for right in (other, _forms(left)[form]):
        if opaque_proof(left, right, flint_ring) is not None:
            assert all(_agree(left, right, point) for point in _POINTS)


_POINTS = [{"x": Fraction(p, 7919), "y": Fraction(q, 6151)} for p in (-20011, -3001, 2003, 9001) for q in (-7001, 4003)]


def _agree(left: Expression, right: Expression, point: dict[str, Fraction]) -> bool:
    """Whether two values are equal to many digits, as far as both are real and known."""
    try:
        first, second = value(left, point, 60), value(right, point, 60)
    except (Undefined, OutOfReach, OverflowError, ValueError, ZeroDivisionError):
        return True
    return bool(abs(first - second) <= mpf(10) ** -25 * max(1, abs(first)))
