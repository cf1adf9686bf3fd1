"""Whether a formula rises as another: held against pairs that SymPy derived, and pairs that it did not."""

from __future__ import annotations

import pytest
import sympy as sp

from tests.sympy_oracle import to_sympy
from tests.verdicts.sympy_forms import tree_of
from tutor.expression.domain import Domain
from tutor.expression.parser import parse
from tutor.expression.tree import Expression
from tutor.feedback.slips.points import generic_points
from tutor.feedback.slips.rise import may_rise_as

FORMULAS = ("x^3 - 2*x", "sin(x^2)", "exp(-x)*ln(x)", "tan(x)/x", "sqrt(x)*cos(3*x)", "1/(x^2 + 1)")


def rises(slope: Expression, formula: Expression) -> bool:
    points = generic_points((slope, formula), Domain(), {"x"})
    assert points is not None
    return may_rise_as(slope, formula, "x", points)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_rises_with_its_derivative_and_with_no_other(text: str) -> None:
    formula = parse(text).expression
    slope = sp.diff(to_sympy(formula), sp.Symbol("x", real=True))
    assert rises(tree_of(slope), formula)
    assert not rises(tree_of(slope + 1), formula)
    assert not rises(tree_of(slope * sp.Rational(101, 100)), formula)
