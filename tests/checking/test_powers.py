"""Powers and roots of negative numbers: every reading of a formula has the same real value, or none."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest

from tutor.checking.ball import Undefined, compile_balls, exact_ball, middle_of, run, working_precision
from tutor.checking.symbolic_tree import Builder
from tutor.expression.evaluate import evaluate
from tutor.expression.parser import parse
from tutor.expression.tree import Expression

# fmt: off
POWERS: dict[str, tuple[str, int, float | None]] = {
    "a whole power":                       ("x^3",        -2,   -8.0),
    "a negative whole power":              ("x^(-2)",     -2,   0.25),
    "a cube root":                         ("x^(1/3)",    -8,   -2.0),
    "a cube root in other numbers":        ("x^(2/6)",    -8,   -2.0),
    "an even numerator":                   ("x^(2/3)",    -8,   4.0),
    "a negative exponent":                 ("x^(-1/3)",   -8,   -0.5),
    "a decimal with an odd denominator":   ("x^0.2",      -32,  -2.0),
    "a decimal with an even denominator":  ("x^0.5",      -4,   None),
    "a square root":                       ("x^(1/2)",    -4,   None),
    "three sixths":                        ("x^(3/6)",    -4,   None),
    "an irrational exponent":              ("x^pi",       -4,   None),
    "cbrt":                                ("cbrt(x)",    -27,  -3.0),
    "a root with an odd index":            ("root(x, 5)", -32,  -2.0),
    "a root with an even index":           ("root(x, 4)", -16,  None),
}
# fmt: on


def by_floats(formula: Expression, x: int) -> float | None:
    value = float(evaluate(formula, {"x": np.array(float(x))}))
    return value if math.isfinite(value) else None


def by_balls(formula: Expression, x: int) -> float | None:
    with working_precision(128):
        try:
            ball = run(compile_balls(formula), {"x": exact_ball(Fraction(x))})
        except Undefined:
            return None
        return float(middle_of(ball)) if ball.is_finite() else None


def by_sympy(formula: Expression, x: int) -> float | None:
    builder = Builder()
    value = builder.build(formula).subs(builder.symbols["x"], x).evalf(20)
    return float(value) if value.is_real and value.is_finite else None


@pytest.mark.parametrize(("text", "x", "expected"), POWERS.values(), ids=POWERS.keys())
def test_every_reading_takes_powers_of_negative_numbers_alike(text: str, x: int, expected: float | None) -> None:
    formula = parse(text, ("x",)).expression
    for reading in (by_floats, by_balls, by_sympy):
        assert reading(formula, x) == (None if expected is None else pytest.approx(expected)), reading.__name__
