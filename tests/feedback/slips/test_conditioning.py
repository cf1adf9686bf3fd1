"""Where figures are lost: compared with what mpmath says is left of a slope that was worked out in floats."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from tests import oracle
from tutor.expression.evaluate import evaluate
from tutor.expression.parser import parse
from tutor.feedback.slips.conditioning import figures_lost
from tutor.feedback.slips.values import Values


def lost(text: str, *coordinates: float) -> list[int]:
    return [int(count) for count in figures_lost(parse(text).expression, {"x": np.array(coordinates)})]


# fmt: off
CASES = [
    # function                    keeps   loses
    ("tanh(x)",                   0.5,    9.0),
    ("gelu(7*x)",                 0.2,    4.0),
    ("softplus(x)",               1.0,    30.0),
    ("x^2 + exp(-50*x)",          0.1,    3.0),
    ("exp(5/2*x^3)",              -1.0,   -4.0),
    ("silu(3*x^5)",               0.5,    -9.0),
    ("cos(x^3)",                  1.0,    40.0),
    ("sqrt(tanh(5/2*x))",         0.4,    6.0),
]
# fmt: on


@pytest.mark.parametrize(("text", "keeps", "loses"), CASES)
def test_saturated_steep_and_drowned_parts_are_seen(text: str, keeps: float, loses: float) -> None:
    kept, gone = lost(text, keeps, loses)
    assert kept == 0
    assert gone > 0


@pytest.mark.parametrize(
    "text", ["3", "3*x", "abs(x)", "sign(x) + 1", "x/x", "max(3*x, x^2)", "relu(x)", "heaviside(x)*x^2"]
)
def test_what_is_so_at_every_point_says_nothing(text: str) -> None:
    assert lost(text, -2.5, -0.7, 0.4, 1.9) == [0, 0, 0, 0]


def far_off(text: str, x: float) -> bool:
    """Whether floats lose more than six figures of a formula."""
    tree = parse(text).expression
    exact = float(oracle.value(tree, {"x": Fraction(x)}, 40))
    value: Values = evaluate(tree, {"x": np.array([x])})
    return bool(abs(value[0] - exact) > 1e-6 * abs(exact))


def test_a_slope_that_has_lost_its_figures_in_floats_is_passed_over() -> None:
    places = [0.25 * step for step in range(1, 80)]
    found = lost("tanh(x)", *places)
    spoilt = [far_off("1 - tanh(x)^2", x) for x in places]
    assert any(spoilt)
    assert all(count > 0 for count, bad in zip(found, spoilt, strict=True) if bad)
