"""The slope measured from f, against mpmath's, and what counts as a measurement."""

from __future__ import annotations

from fractions import Fraction

import pytest
from mpmath import mp

from tests.oracle import slope as oracle_slope
from tutor.checking.mean_value import numeric_check, witness_at
from tutor.checking.sampling import points
from tutor.checking.verdict import Outcome
from tutor.expression.domain import Domain
from tutor.expression.parser import parse
from tutor.expression.tree import Expression

EQUAL, DIFFERENT, UNKNOWN = Outcome.EQUAL, Outcome.DIFFERENT, Outcome.UNKNOWN


def tree(text: str) -> Expression:
    return parse(text).expression


CASES = [
    ("exp(sin(x^2))", "x", "2*x*cos(x^2)*exp(sin(x^2))", EQUAL),
    ("exp(sin(x^2))", "x", "2*x*exp(sin(x^2))", DIFFERENT),
    ("x^x", "x", "x^x*(1 + log(x))", EQUAL),
    ("abs(x)", "x", "sign(x)", EQUAL),
    ("abs(x)", "x", "1", DIFFERENT),
    ("1/(x - 1)", "x", "-1/(x - 1)^2", EQUAL),
    ("sin(1/x)", "x", "-cos(1/x)/x^2", EQUAL),
    ("x^5*y^3", "x x y y", "120*x^3*y", EQUAL),
    ("x^5*y^3", "x x y y", "120*x^3*y^2", DIFFERENT),
    ("x^5*y^3", "x y x y", "120*x^3*y", EQUAL),
    ("exp(2*x)", "x x x x x x x x", "256*exp(2*x)", EQUAL),
    ("sqrt(-1 - x^2)", "x", "1", UNKNOWN),
    ("log(x)", "x", "1/log(-x)", DIFFERENT),
    ("x", "y", "0", EQUAL),
]


@pytest.mark.parametrize(("function", "variables", "answer", "outcome"), CASES)
def test_outcomes(function: str, variables: str, answer: str, outcome: Outcome) -> None:
    names = tuple(variables.split())
    where = points(tree(function), Domain(), 6, symbols=names)
    found = numeric_check(tree(function), names, tree(answer), where)
    assert found.outcome is outcome
    if outcome is EQUAL:
        assert found.points >= 4
        assert Fraction(found.tolerance or "1") < Fraction(1, 10**17)
    if outcome is DIFFERENT:
        assert found.witness is not None


SLOPES = [
    ("exp(sin(x^2))", "4/5"),
    ("1/(x - 1)", "1.000001"),
    ("x^x", "1/7"),
    ("gelu(x)", "-3/2"),
    ("cbrt(x)", "-2"),
    ("tan(x)", "1.5"),
]


@pytest.mark.parametrize(("function", "x"), SLOPES)
def test_the_measured_slope_is_the_slope(function: str, x: str) -> None:
    place = {"x": Fraction(x)}
    _, witness = witness_at(tree(function), ("x",), tree("0"), place)
    assert witness.slope is not None
    wanted = oracle_slope(tree(function), "x", place, 40)
    with mp.workdps(40):
        assert abs(mp.mpf(witness.slope.middle) - wanted) < mp.mpf(10) ** -17 * max(1, abs(wanted))


def test_close_to_a_corner_nothing_is_claimed() -> None:
    outcome, witness = witness_at(tree("abs(x - 1)"), ("x",), tree("1"), {"x": Fraction(1)})
    assert (outcome, witness.slope) == (UNKNOWN, None)
    outcome, _ = witness_at(tree("abs(x - 1)"), ("x",), tree("1"), {"x": 1 + Fraction(1, 2**300)})
    assert outcome is UNKNOWN


def test_three_points_are_too_few() -> None:
    where = points(tree("x^2"), Domain(), 6)[:3]
    assert numeric_check(tree("x^2"), ("x",), tree("2*x"), where).outcome is UNKNOWN
