"""Answers that are numbers: exact, rounded within a tolerance, and at a point."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp

from tests.oracle import slope
from tutor.checking.check import check
from tutor.checking.symbolic import prove_here
from tutor.checking.verdict import Outcome, Status, Verdict
from tutor.exercise.model import Tolerance
from tutor.expression.domain import Domain
from tutor.expression.parser import parse
from tutor.expression.tree import Expression, Number
from tutor.kinds.cell import Formula, Slope

RIGHT, WRONG, OPEN = Status.CORRECT, Status.INCORRECT, Status.UNDECIDED
THOUSANDTH = Tolerance(relative=Fraction(1, 1000))
HUNDREDTH_ABOVE = Tolerance(absolute=Fraction(1, 100))


def tree(text: str) -> Expression:
    return parse(text).expression


def verdict(expected: str, answer: str, tolerance: Tolerance | None = None) -> Verdict:
    return check(Formula(tree(expected)), tree(answer), Domain(), prove_here, tolerance=tolerance)


NUMBERS = [
    ("1/3", "0.3333", None, WRONG),
    ("1/3", "2/6", None, RIGHT),
    ("1/10", "0.1", None, RIGHT),
    ("1/3", "0.3333", THOUSANDTH, RIGHT),
    ("1/3", "0.3337", THOUSANDTH, WRONG),
    ("1/3", "3333/10000", THOUSANDTH, WRONG),
    ("-1/3", "-0.3333", THOUSANDTH, RIGHT),
    ("-1/3", "0.3333", THOUSANDTH, WRONG),
    ("0", "0.005", HUNDREDTH_ABOVE, RIGHT),
    ("0", "0.02", HUNDREDTH_ABOVE, WRONG),
    ("0", "0.005", THOUSANDTH, WRONG),
    ("e^2", "7.389", THOUSANDTH, RIGHT),
    ("e^2", "exp(2)", None, RIGHT),
    ("10^6/3", "3.333*10^5", THOUSANDTH, RIGHT),
    ("1/4000", "2.5e-4", None, RIGHT),
    ("sin(1)^2 + cos(1)^2", "1", None, RIGHT),
    ("sqrt(2)*sqrt(3)", "sqrt(6)", None, RIGHT),
    ("cos(pi/5)", "(1 + sqrt(5))/4", None, RIGHT),
    ("sqrt(3 + 2*sqrt(2))", "1 + sqrt(2)", None, RIGHT),
    ("log(8)/log(2)", "3", None, RIGHT),
    ("1", "1 + 10^-200", None, WRONG),
    ("1", "1 + exp(-10^9)", None, OPEN),
    ("4*atan(1/5) - atan(1/239)", "pi/4", None, RIGHT),
    ("4*atan(1/5) - atan(1/238)", "pi/4", None, WRONG),
    ("2", "log(-1)", None, WRONG),
    ("log(0)", "2", None, OPEN),
    ("exp(pi*sqrt(163))", "262537412640768744", None, WRONG),
]


@pytest.mark.parametrize(("expected", "answer", "tolerance", "status"), NUMBERS)
def test_numbers(expected: str, answer: str, tolerance: Tolerance | None, status: Status) -> None:
    found = verdict(expected, answer, tolerance)
    assert found.status is status
    assert found.proved or status is not WRONG
    assert (found.code == "rounded") == (
        status is RIGHT and tolerance is not None and verdict(expected, answer).status is WRONG
    )


PLACES = [
    ("x^2", "x", {"x": "3"}, "6", RIGHT),
    ("x^2", "x", {"x": "3"}, "5", WRONG),
    ("x^2", "x", {"x": "3"}, "6 + 10^-40", WRONG),
    ("sin(x)", "x", {"x": "pi/4"}, "sqrt(2)/2", RIGHT),
    ("sin(x)", "x", {"x": "pi/4"}, "1/2", WRONG),
    ("abs(x - 2)", "x", {"x": "1"}, "-1", RIGHT),
    ("abs(x - 2)", "x", {"x": "2"}, "0", OPEN),
    ("x^2*y", "x y", {"x": "3", "y": "5"}, "6", RIGHT),
    ("exp(x)", "x x", {"x": "0"}, "1", RIGHT),
    ("a*x^2", "x", {"x": "3"}, "6*a", RIGHT),
    ("a*x^2", "x", {"x": "3"}, "3*a", WRONG),
    ("x^(1/3)", "x", {"x": "-8"}, "1/12", RIGHT),
    ("sqrt(x)", "x", {"x": "-1"}, "1", OPEN),
]


@pytest.mark.parametrize(("function", "variables", "at", "answer", "status"), PLACES)
def test_slopes_at_a_point(function: str, variables: str, at: dict[str, str], answer: str, status: Status) -> None:
    place = {name: tree(text) for name, text in at.items()}
    found = check(Slope(tree(function), tuple(variables.split()), place), tree(answer), Domain(), prove_here)
    assert found.status is status


def test_the_slope_at_a_point_is_measured_and_shown() -> None:
    found = check(Slope(tree("exp(sin(x^2))"), ("x",), {"x": tree("4/5")}), tree("2.9072"), Domain(), prove_here)
    witness = found.numeric.witness
    assert witness is not None
    assert witness.slope is not None
    assert found.numeric.outcome is Outcome.DIFFERENT
    assert abs(mp.mpf(witness.slope.middle) - slope(tree("exp(sin(x^2))"), "x", {"x": Fraction(4, 5)})) < 1e-14
    assert witness.at == {"x": Fraction(4, 5)}


@given(st.fractions(-100, 100, max_denominator=1000), st.integers(2, 6))
def test_rounding_to_enough_digits_is_within_tolerance(value: Fraction, digits: int) -> None:
    rounded = Number(Fraction(round(value * 10**digits), 10**digits), decimal=True)
    tolerance = Tolerance(absolute=Fraction(1, 2 * 10**digits))
    found = check(Formula(Number(value)), rounded, Domain(), prove_here, tolerance=tolerance)
    assert found.status is RIGHT
    off = Number(rounded.value + Fraction(2, 10**digits), decimal=True)
    assert check(Formula(Number(value)), off, Domain(), prove_here, tolerance=tolerance).status is WRONG
