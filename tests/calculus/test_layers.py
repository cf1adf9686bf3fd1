"""A chain is seen as its layers, and the product of their slopes is the derivative."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests import oracle
from tutor.calculus.layers import layers
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text

# fmt: off
CHAINS = [
    ("exp(sin(x^2))",            ["exp(u)", "sin(v)", "x^2"]),
    ("(3*x + 1)^5",              ["u^5", "3*x + 1"]),
    ("log(1 + exp(sin(2*x)))",   ["log(u)", "1 + exp(v)", "sin(w)", "2*x"]),
    ("3*sin(2*x) + 1",           ["3*sin(u) + 1", "2*x"]),
    ("-cos(x^2)/2",              ["-cos(u)/2", "x^2"]),
    ("1/(x^2 + 1)",              ["1/u", "x^2 + 1"]),
    ("2/(3*x + 1)^2",            ["2/u^2", "3*x + 1"]),
    ("sin(u*x^2)",               ["sin(v)", "u*x^2"]),
    ("tanh(w*x + b)",            ["tanh(u)", "w*x + b"]),
    ("exp(x*sin(x))",            ["exp(u)", "x*sin(x)"]),
    ("x*sin(x)",                 ["x*sin(x)"]),
    ("sin(x)",                   ["sin(x)"]),
    ("x^x",                      ["x^x"]),
]
# fmt: on


@pytest.mark.parametrize(("function", "expected"), CHAINS)
def test_a_function_has_its_layers(function: str, expected: list[str]) -> None:
    found = layers(parse(function).expression, "x")
    assert [to_text(layer.function) for layer in found] == expected


@pytest.mark.parametrize("function", [function for function, _ in CHAINS])
def test_the_slopes_of_the_layers_multiply_to_the_derivative(function: str) -> None:
    tree = parse(function).expression
    point = {"x": Fraction(7, 10), "u": Fraction(3, 7), "w": Fraction(5, 3), "b": Fraction(1, 9)}
    product = 1
    for layer in layers(tree, "x"):
        product *= oracle.value(layer.slope, point)
    assert oracle.close(product, oracle.slope(tree, "x", point), 12)
