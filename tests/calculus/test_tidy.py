"""Tidying never changes a value, and writes what a textbook writes."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import oracle
from tests.oracle import Undefined
from tests.strategies import expressions
from tutor.calculus.tidy import tidy
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression, size


@settings(max_examples=400, deadline=None)
@given(expressions(names=("x", "y")), st.fractions(-3, 3, max_denominator=97), st.fractions(-3, 3, max_denominator=97))
def test_a_tidied_tree_has_the_same_value(expression: Expression, x: Fraction, y: Fraction) -> None:
    try:
        before = oracle.value(expression, {"x": x, "y": y, "n": Fraction(3)}, 40)
    except (Undefined, ValueError, OverflowError):
        return
    after = oracle.value(tidy(expression), {"x": x, "y": y, "n": Fraction(3)}, 40)
    assert oracle.close(after, before, 12)


@settings(max_examples=300, deadline=None)
@given(expressions(names=("x",)))
def test_tidying_twice_is_tidying_once(expression: Expression) -> None:
    once = tidy(expression)
    assert size(tidy(once)) <= size(once)


# fmt: off
TIDIED = [
    ("x + 0",                  "x"),
    ("1*x",                    "x"),
    ("0*sin(x)",               "0"),
    ("x*x",                    "x^2"),
    ("x/x",                    "1"),
    ("2*x + 3*x",              "5*x"),
    ("x - x",                  "0"),
    ("-1 + x",                 "x - 1"),
    ("-(a - b)",               "b - a"),
    ("3*(2*x)",                "6*x"),
    ("(2*x)^3",                "8*x^3"),
    ("x^(1/2)*x^(1/2)",        "x"),
    ("sqrt(4/9)",              "2/3"),
    ("sqrt(2)",                "sqrt(2)"),
    ("(x^2)^(1/2)",            "sqrt(x^2)"),
    ("sin(x)*2",               "2*sin(x)"),
    ("(1/2)*x^(1/2 - 1)",      "1/(2*sqrt(x))"),
    ("ln(1) + exp(0)",         "1"),
    ("(x*exp(x)*2 - exp(x))/exp(x)", "2*x - 1"),
    ("abs(-3)*sign(-2)",       "-3"),
    ("heaviside(2) + relu(-1)", "1"),
    ("heaviside(0)",           "heaviside(0)"),
    ("1/0",                    "1/0"),
    ("0^(-1)",                 "0^-1"),
]
# fmt: on


@pytest.mark.parametrize(("typed", "wanted"), TIDIED)
def test_a_tree_is_tidied(typed: str, wanted: str) -> None:
    assert to_text(tidy(parse(typed).expression)) == to_text(parse(wanted).expression)
