"""The slope of a curve and its mistakes, against SymPy's implicit differentiation."""

from __future__ import annotations

import pytest
import sympy as sp

from tests import sympy_oracle
from tutor.calculus.implicit import implicit_mistakes, implicit_slope
from tutor.errors import AnswerError
from tutor.expression.parser import parse

CURVES = (
    "x^2 + y^2 + y - 25", "x + y^3 + y - 7", "x*y + y^2 - 6", "x^3 + x*y - 4", "x*y - 5", "x - (y^3 + y)",
    "sin(x*y) - x", "exp(y)/x + y^2", "ln(x + y) - x*y^2", "x^y - 3", "sqrt(x) + sqrt(y) - 4",
)  # fmt: skip
X, Y = sp.symbols("x y", real=True)
AT = ({X: sp.Rational(13, 10), Y: sp.Rational(7, 5)}, {X: sp.Rational(9, 4), Y: sp.Rational(8, 11)})


def differ(left: sp.Expr, right: sp.Expr) -> bool:
    return any(abs(sp.N((left - right).subs(point))) > 1e-9 for point in AT)


def sympy_slope(relation: str) -> sp.Expr:
    return sp.idiff(sympy_oracle.to_sympy(parse(relation).expression), Y, X)


@pytest.mark.parametrize("relation", CURVES)
def test_a_slope_is_that_of_sympy(relation: str) -> None:
    ours = sympy_oracle.to_sympy(implicit_slope(parse(relation).expression, "x", "y"))
    assert sp.simplify(ours - sympy_slope(relation)) == 0


# fmt: off
MISTAKES = [
    ("x^2 + y^2 + y - 25", "-2*x - 2*y",     "implicit-no-dy"),
    ("x + y^3 + y - 7",    "-1 - 3*y^2",     "implicit-no-dy"),
    ("x*y + y^2 - 6",      "-y/(2*y)",       "implicit-product"),
    ("x^3 + x*y - 4",      "-3*x^2",         "implicit-product"),
    ("x^2 + 3*y^2 - 8",    "x/(3*y)",        "implicit-solve-sign"),
    ("x^2 + y^2 - 9",      "-y/x",           "implicit-inverted"),
    ("x - (y^3 + y)",      "3*y^2 + 1",      "implicit-inverted"),
    ("sin(x) + y^2 + y",   "cos(x)/(2*y+1)", "trig-sin-sign"),
]
# fmt: on


@pytest.mark.parametrize(("relation", "wrong", "mal_rule"), MISTAKES, ids=[f"{row[2]}: {row[0]}" for row in MISTAKES])
def test_a_wrong_slope_is_among_the_mistakes(relation: str, wrong: str, mal_rule: str) -> None:
    answer = sympy_oracle.to_sympy(parse(wrong).expression)
    found = implicit_mistakes(parse(relation).expression, "x", "y")
    names = [rule.id for rule, slope in found if not differ(sympy_oracle.to_sympy(slope), answer)]
    assert mal_rule in names


@pytest.mark.parametrize("relation", CURVES)
def test_the_mistakes_of_implicit_differentiation_are_wrong(relation: str) -> None:
    right = sympy_slope(relation)
    found = [(rule, slope) for rule, slope in implicit_mistakes(parse(relation).expression, "x", "y")
             if rule.id.startswith("implicit-")]  # fmt: skip
    assert found
    for rule, slope in found:
        assert differ(sympy_oracle.to_sympy(slope), right), (rule.law, slope)


def test_a_relation_without_y_has_no_slope() -> None:
    with pytest.raises(AnswerError, match="no slope"):
        implicit_slope(parse("x^2 - 4").expression, "x", "y")
