"""Needs that follow from others, against the truth told by hand, and against values by mpmath at many places."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle import Undefined, value
from tests.strategies import expressions
from tutor.checking.check import check
from tutor.checking.conditions import conditions
from tutor.checking.definedness import new_needs
from tutor.checking.implied_needs import has_no_flat_corner, not_implied
from tutor.checking.symbolic import prove_here
from tutor.checking.verdict import Status
from tutor.expression.domain import Domain, Range
from tutor.expression.parser import parse
from tutor.expression.tree import Expression
from tutor.kinds.cell import Formula


def tree(text: str) -> Expression:
    return parse(text).expression


def left(key: str, answer: str, domain: Domain | None = None) -> int:
    """How many needs of an answer may fail where the key has a value, as far as the program sees."""
    anywhere = Domain() if domain is None else domain
    needs = new_needs(conditions(tree(answer)), conditions(tree(key)), anywhere)
    return len(not_implied(needs, conditions(tree(key)), anywhere))


HOLD = [
    ("sqrt(x)", "sqrt(x^3)"),
    ("log(x)", "sqrt(4*x)"),
    ("sqrt(x*y)", "sqrt(x/y)"),
    ("log(x) + log(y)", "log(x*y)"),
    ("sqrt((1 - x)/(1 + x))", "sqrt(1 - x^2)"),
    ("log(x^2 - y^2)", "log((x - y)/(x + y))"),
    ("sqrt(sin(x))", "sin(x)^(-3/2)"),
    ("sqrt(tan(x))", "sqrt(sin(x)*cos(x))"),
    ("sqrt(x - a)", "1/sqrt(2*x - 2*a)"),
    ("x", "1/(exp(x) - x*y)"),
    ("x", "1/(sinh(x) + x*abs(y))"),
    ("asin(a - x)", "sqrt(1 - (x - a)^2)"),
    ("cos(x + 2)^(-3/2)", "sqrt(cos(x + 2)^3)"),
    ("1/sqrt(1 - sin(x + 3)^2)", "1/sqrt(-(sin(x + 3) - 1)*(sin(x + 3) + 1))"),
    ("1/(x - abs(x))", "1/(x - abs(x))^2"),
    ("1/relu(x)", "1/(x*relu(x))"),
    ("1/cbrt(relu(x))", "1/relu(x)"),
    ("1/sqrt(1 - log(cos(x + 3))^2)", "1/sqrt(-(log(cos(x + 3)) - 1)*(log(cos(x + 3)) + 1))"),
    ("1/sqrt(abs(x) - x)", "log(abs(x) - x)/(2*abs(x) - 2*x)"),
    ("sqrt(1 - (cos(x) + atan(a*x))^2)", "sqrt(-cos(x)^2 - 2*cos(x)*atan(a*x) - atan(a*x)^2 + 1)"),
    ("tan(x*asin(atan(a - x)))", "1/cos(x*asin(atan(a - x)))^2"),
    ("1/((sqrt(log(x)) + tan(x)/x)^2 + 1)", "1/(2*(x^2 + (x*sqrt(log(x)) + tan(x))^2)*sqrt(log(x)))"),
    (
        "1/(sqrt(1 - sin(cosh(log(x - a)))^2)*(x - a))",
        "1/(x*sqrt(1 - sin(cosh(log(x - a)))^2) - a*sqrt(1 - sin(cosh(log(x - a)))^2))",
    ),
]

MAY_FAIL = [
    ("sqrt(x)", "sqrt(-x^3)"),
    ("sqrt(x^2)", "sqrt(x^3)"),
    ("log(x*y)", "log(x)"),
    ("log(x/y) + log(y/a)", "log(y)"),
    ("sqrt(x*y*a)", "sqrt(x*y)"),
    ("sqrt(x)", "1/(x - abs(x))"),
    ("sqrt(x - abs(x))", "sqrt(x)"),
    ("sqrt((x + abs(x))*y)", "sqrt(y)"),
    ("sqrt(tan(x))", "sqrt(sin(x))"),
    ("sqrt(sin(x + 2))", "sqrt(cos(x + 2))"),
    ("sqrt(sin(x))", "sqrt(sin(2*x))"),
    ("x^(1/3)", "sqrt(x)"),
    ("x", "sqrt(x - 1000)"),
    ("x", "1/(max(x, y) - x)"),
    ("x", "1/(sqrt((x + 1)^2) - x - 1)"),
    ("x", "1/(atan(x) + atan(1/x) - pi/2)"),
    ("cbrt(x - abs(x))", "1/(x - abs(x))"),
    ("sqrt(abs(x) - x)", "1/sqrt(x^2 - x*abs(x))"),
    ("relu(x)^(1/3)", "1/relu(x)"),
    ("1/(x + abs(x))", "1/(x - abs(x))"),
    ("sqrt(x)/relu(y)", "1/relu(x - y)"),
    ("sqrt(relu(x))", "1/relu(x)^2"),
    ("sqrt(abs(x) - x)", "1/(abs(x) - x)"),
]


@pytest.mark.parametrize(("key", "answer"), HOLD)
def test_a_need_that_follows_is_seen(key: str, answer: str) -> None:
    assert left(key, answer) == 0


@pytest.mark.parametrize(("key", "answer"), MAY_FAIL)
def test_a_need_that_does_not_follow_is_kept(key: str, answer: str) -> None:
    assert left(key, answer) > 0


def test_a_need_of_a_whole_number_is_kept() -> None:
    whole = Domain({"n": Range(integer=True)})
    assert left("sqrt(n)", "1/(n^2 - 4)", whole) == 1


@pytest.mark.parametrize(("key", "answer"), MAY_FAIL)
def test_a_key_with_something_added_that_is_zero_but_lives_on_less_is_no_right_answer(key: str, answer: str) -> None:
    found = check(Formula(tree(key)), tree(f"{key} + 0*({answer})"), Domain(), prove_here)
    assert found.status is not Status.CORRECT


@pytest.mark.parametrize(("key", "answer"), HOLD)
def test_a_key_with_something_added_that_is_zero_and_lives_there_is_right(key: str, answer: str) -> None:
    found = check(Formula(tree(key)), tree(f"{key} + 0*({answer})"), Domain(), prove_here)
    assert (found.status, found.proved) == (Status.CORRECT, True)


_PLACES = [Fraction(number, 7919) for number in range(-40_000, 40_000, 1999)]


@settings(max_examples=150, deadline=None)
@given(expressions(("x",)), expressions(("x",)), st.lists(st.sampled_from(_PLACES), min_size=8, max_size=8))
def test_where_all_needs_follow_there_is_a_value(key: Expression, answer: Expression, places: list[Fraction]) -> None:
    """With one symbol, what holds but for a set without inner points holds at nearly all of some places."""
    anywhere = Domain()
    known = conditions(key)
    if not_implied(new_needs(conditions(answer), known, anywhere), known, anywhere):
        return
    lacking = [place for place in set(places) if _has_value(key, place) and not _has_value(answer, place)]
    assert len(lacking) <= 2 or not any(_has_value(answer, place) for place in _PLACES)


def _has_value(formula: Expression, place: Fraction) -> bool:
    try:
        value(formula, {"x": place}, 40)
    except (OverflowError, ValueError, ZeroDivisionError):
        return True  # out of reach, which says nothing of the needs
    except Undefined:
        return False
    return True


FLAT = [
    "sqrt((x - abs(x))^2)",
    "abs(x - abs(x))",
    "relu(relu(x))",
    "max(x, abs(x))",
    "sqrt(sqrt(x^2) - x)",
    "abs(x - x)",
]
NOT_FLAT = [
    "x + sqrt(x)",
    "sqrt(x + sqrt(x))",
    "abs(sin(x) - abs(x))",
    "sqrt(x)/tan(sqrt(x) + exp(x))",
    "abs(x) + sqrt(y)",
]


@pytest.mark.parametrize("text", FLAT)
def test_a_corner_that_may_be_flat_is_told(text: str) -> None:
    assert not has_no_flat_corner(tree(text))


@pytest.mark.parametrize("text", [*FLAT, "cbrt(x - abs(x))"])
def test_odd_roots_have_flat_corners_too(text: str) -> None:
    assert not has_no_flat_corner(tree(f"x + {text}"))


@pytest.mark.parametrize("text", NOT_FLAT)
def test_corners_that_are_points_are_told(text: str) -> None:
    assert has_no_flat_corner(tree(text))
