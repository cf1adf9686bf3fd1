"""Which expressions are zero on no open set, against the truth told by hand."""

from __future__ import annotations

import pytest

from tutor.checking.analytic import vanishes_at_points_only
from tutor.expression.parser import parse


@pytest.mark.parametrize(
    ("text", "isolated"),
    [
        ("tan(log(x)) - x", True),
        ("sqrt(x) - log(2 - 3*x)/x", True),
        ("x^(3/2) - atan(acos(x/2))", True),
        ("e^x - 2^(x*y)", True),
        ("x^y - 1", True),
        ("(x - y)^(x*y) - x", True),
        ("(x*y)^x - 1", False),
        ("sin(x)^x - 1", False),
        ("e^(1/x) - 1", False),
        ("x^(1/3) - x", False),
        ("sqrt(x^2) - x", False),
        ("log(x^2) - 2*log(x)", False),
        ("exp(1/x) - x", False),
        ("atan(x/y) - 1", False),
        ("sqrt(x*y) - 1", False),
        ("x - abs(y)", False),
    ],
)
def test_zeros_are_isolated_where_a_function_is_analytic_on_one_piece(text: str, isolated: bool) -> None:
    assert vanishes_at_points_only(parse(text).expression) is isolated
