"""The oracle of random pairs: rounding is no lack of a value, and an exact zero below the line is."""

from __future__ import annotations

import pytest

from tests.verdicts.truth import candidates, is_right
from tutor.expression.parser import parse


@pytest.mark.parametrize(
    ("function", "answer", "wanted"),
    [
        ("x", "(x + |x|)/(x + |x|)", False),
        ("2*sqrt(x)", "(sqrt(x) + x/sqrt(x))/(2x)", True),
        ("asin(relu(x^2/y))", "(x*|1/y| + x/y)/sqrt(1 - (x^2*|1/y|/2 + x^2/(2y))^2)", True),
        ("x^2/2", "x/sqrt(1 - (x*|1/x| - 1)*(x*|1/x| + 1))", True),
        ("x", "1/sqrt(x*|1/x| + 1)^2*2", False),
        ("2x", "1/(1/(1 + sign(exp(x) - 2))) + 2*heaviside(2 - exp(x))", False),
    ],
)
def test_a_sum_that_rounding_loses_matters_where_it_is_a_denominator(
    function: str, answer: str, wanted: bool | None
) -> None:
    f, given = parse(function).expression, parse(answer).expression
    points = tuple(candidates(f, given, "rounding"))
    assert is_right(f, ("x",), given, points) is wanted
