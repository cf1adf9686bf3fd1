"""The classic schemes: their values against mpmath, and the order in which their errors fall."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from tests.oracle import slope
from tutor.checking.finite_difference import Row, certified_slope, table
from tutor.expression.parser import parse
from tutor.expression.tree import Expression

PLACE = {"x": Fraction(4, 5)}
ORDERS = {"forward": 1, "backward": 1, "central": 2, "five-point": 4, "richardson": 4}


def tree(text: str) -> Expression:
    return parse(text).expression


def rows(text: str, scheme: str) -> list[Row]:
    return [row for row in table(tree(text), "x", PLACE) if row.scheme == scheme]


@pytest.mark.parametrize(("scheme", "order"), ORDERS.items())
def test_errors_fall_with_the_order_of_the_scheme(scheme: str, order: int) -> None:
    first, second = rows("exp(sin(x^2))", scheme)[:2]
    assert first.error is not None
    assert second.error is not None
    assert math.log10(first.error / second.error) == pytest.approx(order, abs=0.4)


@pytest.mark.parametrize("text", ["exp(sin(x^2))", "x^x", "sigmoid(x)*log(1 + x)", "atan(1/x)", "cbrt(x)*y", "gelu(x)"])
@pytest.mark.parametrize("scheme", [*ORDERS, "ridders"])
def test_every_scheme_comes_near_the_slope(text: str, scheme: str) -> None:
    place = PLACE | {"y": Fraction(3, 2)}
    wanted = slope(tree(text), "x", place)
    values = [row.value for row in table(tree(text), "x", place) if row.scheme == scheme]
    assert min(abs(value - float(wanted)) for value in values) < 1e-7


@pytest.mark.parametrize("text", ["exp(sin(x^2))", "sigmoid(x)", "x^(5/2)*tan(x)", "log_base(2, x)"])
def test_the_complex_step_reaches_the_last_digit(text: str) -> None:
    last = rows(text, "complex-step")[-1]
    assert last.error is not None
    assert last.error < 1e-14


@pytest.mark.parametrize("text", ["abs(x)", "max(x, 1/2)", "sign(x)*x", "relu(x)"])
def test_no_complex_step_for_what_is_not_analytic(text: str) -> None:
    assert rows(text, "complex-step") == []


def test_estimates_bound_the_error_at_useful_steps() -> None:
    first = rows("exp(sin(x^2))", "ridders")[0]
    assert first.error is not None
    assert first.estimate is not None
    assert first.error <= 10 * first.estimate < 1e-10


def test_errors_are_measured_against_the_certified_slope() -> None:
    found = certified_slope(tree("exp(sin(x^2))"), "x", PLACE)
    assert found is not None
    assert abs(found - Fraction(str(slope(tree("exp(sin(x^2))"), "x", PLACE, 30)))) < Fraction(1, 10**14)
    assert certified_slope(tree("abs(x)"), "x", {"x": Fraction(0)}) is None


def test_stepping_out_of_the_domain_gives_nan() -> None:
    found = table(tree("sqrt(x)"), "x", {"x": Fraction(1, 1000)})
    central = next(row for row in found if row.scheme == "central")
    assert math.isnan(central.value)
    assert central.error is None
