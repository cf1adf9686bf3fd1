"""Bounds by form: no value by mpmath is outside of them, and they are as narrow as identities need."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle import OutOfReach, Undefined, value
from tests.strategies import expressions
from tutor.checking.positivity import Bounds, bounds
from tutor.expression.domain import Domain, Range
from tutor.expression.parser import parse
from tutor.expression.tree import Expression

BOX = Domain({"x": Range(Fraction(-1), Fraction(1)), "y": Range(Fraction(0), Fraction(3))})


def tree(text: str) -> Expression:
    return parse(text).expression


@pytest.mark.parametrize(
    "text",
    ["1 + x^2", "x^4 + x^2 + 1/9", "exp(x)", "2 + cos(x)", "1 - tanh(x)", "1 - tanh(x)^2", "1 + exp(x)^2", "cosh(x)",
     "sqrt(1 + x^2)", "1/(1 + x^2)", "1 + (x/y)^2", "3 - abs(sin(x) + cos(y))", "x^2 + exp(-x)", "2^x", "-(-1 - x*x)",
     "1 + sqrt(x)", "5 + 2*atan(x)", "(1 + x^2)^(3/2)", "(1 + x^2)*(2 - sin(x))", "pi - 3", "e^(x*y)"],
)  # fmt: skip
def test_what_is_positive_by_its_form_is_seen_to_be(text: str) -> None:
    assert bounds(tree(text), Domain()).is_positive


@pytest.mark.parametrize(
    "text",
    ["1 - x", "1 + x", "1 - x*y/3", "y", "3 - y", "4 - x - y", "cos(x)", "cos(x)*y", "log(4 + x)"],
)
def test_ranges_of_symbols_count(text: str) -> None:
    assert bounds(tree(text), BOX).is_positive
    assert not bounds(tree(text), Domain()).is_positive


@pytest.mark.parametrize(
    "text",
    ["x", "1 - x^2", "1 + sin(x)", "x^2", "abs(x)", "sqrt(x)", "x + 1/x", "1 - x*x", "cos(x)", "acos(x)"],
)
def test_what_can_be_zero_is_not_called_otherwise(text: str) -> None:
    assert not bounds(tree(text), Domain()).is_never_zero


def test_fixed_symbols_are_not_zero() -> None:
    assert bounds(tree("a^2 + x^2"), Domain(), {"a"}).is_positive
    assert bounds(tree("-a*b/7"), Domain(), {"a", "b"}).is_never_zero
    assert not bounds(tree("a + b"), Domain(), {"a", "b"}).is_never_zero


@settings(max_examples=500, deadline=None)
@given(expressions(("x", "y"), max_leaves=8), st.fractions(-1, 1), st.fractions(0, 3))
def test_no_value_is_out_of_bounds(formula: Expression, x: Fraction, y: Fraction) -> None:
    found = bounds(formula, BOX, {"x"})
    if x != 0 and BOX.of("x").surrounds(x) and BOX.of("y").surrounds(y):
        assert holds(found, formula, {"x": x, "y": y})


def holds(found: Bounds, formula: Expression, point: Mapping[str, Fraction]) -> bool:
    """Whether a value by mpmath is within bounds, or has no value there; rounding may reach an end."""
    try:
        size = value(formula, point, 60)
    except (Undefined, OutOfReach, ArithmeticError):
        return True
    slack = (1 + abs(size)) / 10**50
    above = found.low is None or size * found.low.denominator >= found.low.numerator - slack * found.low.denominator
    below = found.high is None or size * found.high.denominator <= found.high.numerator + slack * found.high.denominator
    return bool(above and below)
