"""The values of answers to other questions are those of their formulas."""

from __future__ import annotations

import numpy as np
import pytest

from tutor.calculus.question_slips import question_slips
from tutor.expression.evaluate import evaluate
from tutor.expression.parser import parse
from tutor.expression.tree import free_symbols
from tutor.feedback.slips.columns import Columns
from tutor.feedback.slips.questions import MOST_PARTS, values_of_answer
from tutor.feedback.slips.values import Points

POINTS: Points = {
    "x": np.linspace(0.2, 2.1, 16),
    "a": np.linspace(0.4, 1.7, 16),
    "b": np.linspace(-0.9, 0.8, 16),
}
FUNCTIONS = (
    "x^2*a^3",
    "ln(1 + exp(a*x)) - b*x",
    "softplus(b*x)/(a + x)",
    "root(a*x, 3) + log_base(a + 1, x)",
    "sin(b*x)^2",
    "+".join(f"a^{n}*sin(b*x)" for n in range(2, MOST_PARTS // 4)),
)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_the_values_are_those_of_the_formula(text: str) -> None:
    function, columns = parse(text).expression, Columns("x", POINTS)
    compared = 0
    for slip in question_slips(function, "x"):
        if free_symbols(slip.formula) <= POINTS.keys():
            with np.errstate(all="ignore"):
                values = values_of_answer(slip, columns)
            assert values is not None
            assert np.allclose(values, evaluate(slip.formula, POINTS), rtol=1e-9, atol=1e-12)
            compared += 1
    assert compared > 3
