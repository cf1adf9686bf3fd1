"""Slopes that are accumulated forwards are those of central differences, and those that the laws give."""

from __future__ import annotations

import numpy as np
import pytest

from tests.formula import formula
from tutor.calculus.derivation import plain_derivative
from tutor.calculus.outer import OUTER
from tutor.calculus.rule import fill
from tutor.errors import AnswerError
from tutor.expression.evaluate import evaluate
from tutor.expression.tree import Expression, Symbol, number
from tutor.feedback.slips.columns import Columns
from tutor.feedback.slips.values import Points

POINTS: Points = {"x": np.linspace(0.13, 2.4, 16), "a": np.linspace(0.3, 1.9, 16)}
STEP = 2.0**-18

INSIDE = ("x", "x^2/7 + 1/9", "1 + x/3", "a*x", "0.9*x/2.5")
OUTERS = {
    outer.id: [fill(outer.function, {"u": formula(inner), "c": number(3), "k": number(5)}) for inner in INSIDE]
    for outer in OUTER
}
OTHERS = {
    text: formula(text)
    for text in (
        "3*x - 2", "x - 2*x", "-x*a", "7 - x^3", "x*exp(x)", "(x + 1)/(x^2 + 2)", "5/x^2", "x/4", "a/(x + a)",
        "x^(1/3)*(5 - x)^(-2)", "x^x", "a^x", "x^a", "(-x)^3", "max(x, 1)*x", "min(x^2, 3*x, 4)", "log_base(x + 2, 7)",
        "log_base(x + 2, x + 3)", "root(x, 5)", "root(x + 2, x)", "max(x, x)", "pi*x + e", "a + 2", "(1/2)^(x^2)",
    )
}  # fmt: skip


def differences(function: Expression) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Central differences, from two steps so that the error of the first order cancels."""
    wide, narrow = (
        (
            evaluate(function, {**POINTS, "x": POINTS["x"] * (1 + step)})
            - evaluate(function, {**POINTS, "x": POINTS["x"] * (1 - step)})
        )
        / (2 * step * POINTS["x"])
        for step in (2 * STEP, STEP)
    )
    return np.asarray((4 * narrow - wide) / 3)


@pytest.mark.parametrize("name", [*OUTERS, *OTHERS])
def test_a_slope_is_what_differences_and_laws_say(name: str) -> None:
    compared = 0
    for function in OUTERS[name] if name in OUTERS else [OTHERS[name]]:
        with np.errstate(all="ignore"):
            slope = Columns("x", POINTS).right(function)
        by_laws = evaluate(plain_derivative(function, ("x",)), POINTS)
        assert np.array_equal(np.isfinite(slope), np.isfinite(by_laws))
        assert np.allclose(slope, by_laws, rtol=1e-9, atol=1e-12, equal_nan=True)
        measured = differences(function)
        known = np.isfinite(measured) & np.isfinite(slope)
        compared += known.sum()
        assert np.allclose(slope[known], measured[known], rtol=1e-5, atol=1e-7)
    assert compared


@pytest.mark.parametrize("name", list(OTHERS))
def test_values_are_those_of_the_formula(name: str) -> None:
    with np.errstate(all="ignore"):
        assert np.allclose(Columns("x", POINTS).value(OTHERS[name]), evaluate(OTHERS[name], POINTS), rtol=1e-13)


def test_a_constant_has_no_slope_and_its_values_are_zeros() -> None:
    columns = Columns("x", POINTS)
    assert columns.slope(formula("a + sin(2)")) is None
    assert not columns.right(formula("a + sin(2)")).any()
    assert columns.slope(Symbol("a")) is None


def test_a_function_without_a_rule_is_refused() -> None:
    with pytest.raises(AnswerError, match="no rule"):
        Columns("x", POINTS).right(formula("softmax(x, 2*x)"))
