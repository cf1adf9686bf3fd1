"""Derivations against two oracles that know nothing of our rules: slopes measured by mpmath, and sympy.diff."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from tests import oracle, sympy_oracle
from tests.oracle import Undefined
from tests.random_formulas import formulas
from tutor.calculus.derivation import derivative, derive, replaced, result, steps
from tutor.errors import AnswerError
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression, free_symbols

COUNT = 2000
PARTS = 20
SEED = 20261123


def smooth_point(function: Expression, slope: Expression, random: Random) -> tuple[dict[str, Fraction], Any] | None:
    """A point at which the function has a slope, measured alike with two step sizes, and that slope."""
    for _ in range(12):
        point = {name: Fraction(random.randint(-3000, 4000), 1013) for name in free_symbols(function) | {"x"}}
        try:
            measured, finer = (oracle.slope(function, "x", point, digits) for digits in (16, 20))
            oracle.value(slope, point)
        except (Undefined, ValueError):
            continue
        if oracle.close(measured, finer, 12):
            return point, finer
    return None


@pytest.mark.parametrize("part", range(PARTS))
def test_random_derivations_agree_with_both_oracles(part: int) -> None:
    random = Random(part)
    compared = 0
    for function in formulas(SEED + part, 8 * COUNT // PARTS, symbols=("x", "x", "a")):
        slope = derivative(function, ("x",))
        found = smooth_point(function, slope, random)
        if found is None:
            continue
        point, measured = found
        value = oracle.value(slope, point)
        assert oracle.close(value, measured, 12), (to_text(function), point)
        try:
            expected = sympy_oracle.slope(function, "x", point)
        except Undefined:
            continue
        assert oracle.close(value, expected, 12), (to_text(function), point)
        compared += 1
        if compared == COUNT // PARTS:
            break
    assert compared == COUNT // PARTS


# fmt: off
TEXTBOOK = [
    ("5",                     "0"),
    ("x",                     "1"),
    ("x^2",                   "2*x"),
    ("(3*x^2 + 1)^5",         "30*x*(3*x^2 + 1)^4"),
    ("sqrt(x^2 + 1)",         "x/sqrt(x^2 + 1)"),
    ("sqrt(x)",               "1/(2*sqrt(x))"),
    ("x^(1/2)",               "1/(2*sqrt(x))"),
    ("1/x",                   "-1/x^2"),
    ("4/x^2",                 "-8/x^3"),
    ("x^2*sin(x)",            "2*x*sin(x) + x^2*cos(x)"),
    ("sin(x)/x",              "(x*cos(x) - sin(x))/x^2"),
    ("x/(x^2 + 1)",           "(1 - x^2)/(x^2 + 1)^2"),
    ("(x^2 - 1)/(x^2 + 1)",   "4*x/(x^2 + 1)^2"),
    ("cos(x)/sin(x)",         "-1/sin(x)^2"),
    ("exp(sin(x^2))",         "2*x*cos(x^2)*exp(sin(x^2))"),
    ("e^(-x^2/2)",            "-x*e^(-x^2/2)"),
    ("ln(5*x)",               "1/x"),
    ("x*ln(x) - x",           "ln(x)"),
    ("2^x",                   "2^x*ln(2)"),
    ("x^x",                   "x^x*(ln(x) + 1)"),
    ("x^n",                   "n*x^(n - 1)"),
    ("a*x^3 + 2*a",           "3*a*x^2"),
    ("tanh(w*x + b)",         "w*(1 - tanh(w*x + b)^2)"),
    ("sigmoid(x)",            "sigmoid(x)*(1 - sigmoid(x))"),
    ("log(1 + exp(x))",       "exp(x)/(1 + exp(x))"),
    ("abs(x)",                "sign(x)"),
    ("relu(2*x)",             "2*heaviside(2*x)"),
    ("min(x, x)",             "1"),
    ("root(x, x)",            "x^(1/x)*(1/x^2 - ln(x)/x^2)"),
    ("max(x, 0)^2",           "2*max(x, 0)*heaviside(x)"),
]
# fmt: on


@pytest.mark.parametrize(("function", "slope"), TEXTBOOK)
def test_a_derivative_is_written_as_in_a_textbook(function: str, slope: str) -> None:
    found = derivative(parse(function).expression, ("x",))
    assert to_text(found) == to_text(parse(slope).expression)


def test_a_step_can_be_replaced() -> None:
    derivation = derive(parse("sin(x^2)").expression, "x")
    (path, inner), *_ = [(path, step) for path, step in steps(derivation) if path]
    swapped = replaced(derivation, path, derive(parse("x^3").expression, "x"))
    assert to_text(inner.before) == "x^2"
    assert oracle.close(
        oracle.value(result(swapped), {"x": Fraction(2)}),
        oracle.value(parse("cos(x^2)*3*x^2").expression, {"x": Fraction(2)}),
    )


def test_higher_orders_differentiate_again() -> None:
    assert to_text(derivative(parse("x^4").expression, ("x", "x", "x"))) == "24*x"


def test_what_has_no_slope_is_refused() -> None:
    with pytest.raises(AnswerError) as refusal:
        derive(parse("softmax(x, y)").expression, "x")
    assert refusal.value.code == "no-rule"
