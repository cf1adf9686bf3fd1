"""Gradient, Jacobian and Hessian against slopes measured by mpmath, and in the textbook's form."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests import oracle
from tutor.calculus.multivariable import gradient, hessian, jacobian
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text

POINT = {"x": Fraction(3, 7), "y": Fraction(5, 11), "w": Fraction(2, 3), "b": Fraction(1, 9), "t": Fraction(4, 5)}
FUNCTIONS = (
    "x^2*y + y^3",
    "sin(x*y)*exp(-x^2)",
    "(sigmoid(w*x + b) - t)^2",
    "ln(exp(x) + exp(y))",
    "x^y",
    "max(x, y)*w",
)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_gradient_holds_the_slope_along_each_variable(function: str) -> None:
    tree = parse(function, POINT).expression
    entries = gradient(tree, tuple(POINT))
    for variable, entry in zip(POINT, entries, strict=True):
        assert oracle.close(oracle.value(entry, POINT), oracle.slope(tree, variable, POINT), 12)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_hessian_holds_the_slopes_of_the_gradient(function: str) -> None:
    tree = parse(function, POINT).expression
    first = gradient(tree, ("x", "y"))
    for row, entry in zip(hessian(tree, ("x", "y")), first, strict=True):
        for variable, second in zip(("x", "y"), row, strict=True):
            assert oracle.close(oracle.value(second, POINT), oracle.slope(entry, variable, POINT), 12)


def test_row_i_of_a_jacobian_belongs_to_output_i() -> None:
    functions = (parse("x*y").expression, parse("x").expression)
    assert [[to_text(entry) for entry in row] for row in jacobian(functions, ("x", "y"))] == [["y", "x"], ["1", "0"]]


def test_a_gradient_is_written_as_in_a_textbook() -> None:
    entries = gradient(parse("x^2*y + y^3").expression, ("x", "y"))
    assert [to_text(entry) for entry in entries] == ["2*x*y", "x^2 + 3*y^2"]
