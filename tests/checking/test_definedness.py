"""What an answer needs beyond its key, against the truth told by hand; a need is never said to hold where it fails."""

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
from tutor.checking.prover import no_prover
from tutor.checking.symbolic import prove_here
from tutor.checking.verdict import Status
from tutor.expression.domain import POSITIVE, Domain, Range
from tutor.expression.parser import parse
from tutor.expression.tree import Expression
from tutor.kinds.cell import Formula, Slope


def tree(text: str) -> Expression:
    return parse(text).expression


NEEDS = [
    # answer, what it needs beyond nothing at all
    ("1/(x^2 + 1)", 0),
    ("1/x", 0),
    ("1/(x - abs(x))", 1),
    ("1/(sqrt(x^2) - x)", 2),
    ("1/(atan(1/x) + atan(x) - pi/2)", 1),
    ("1/(exp(1/x) - 1)", 1),
    ("1/(exp(x^-1) - 1)", 1),
    ("1/(exp(x) - sin(x))", 0),
    ("1/(tan(x) - 1)", 0),
    ("1/(x*log(x))", 1),
    ("sqrt(1 + x^2)", 0),
    ("sqrt(x^2 + exp(x) + cosh(x))", 0),
    ("sqrt(x)", 1),
    ("sqrt(1 + x)", 1),
    ("log(abs(x) + 1)", 0),
    ("log(relu(x) + 1)", 0),
    ("log(relu(x))", 1),
    ("log(sigmoid(x)/softplus(x))", 0),
    ("sqrt(x^3)", 1),
    ("asin(x)", 2),
    ("x^x", 1),
    ("x^(1/3)", 0),
    ("abs(x)", 0),
]


@pytest.mark.parametrize(("answer", "count"), NEEDS, ids=[answer for answer, _ in NEEDS])
def test_needs_that_may_fail_on_an_interval(answer: str, count: int) -> None:
    assert len(new_needs(conditions(tree(answer)), (), Domain())) == count


def test_a_need_of_the_key_is_not_new() -> None:
    key = conditions(tree("1/(x*log(x))"))
    assert new_needs(conditions(tree("log(x)^2/(x*log(x))")), key, Domain()) == ()


def test_a_symbol_is_positive_where_the_author_says_so() -> None:
    assert new_needs(conditions(tree("sqrt(x)/y")), (), Domain({"x": POSITIVE})) == ()


def test_a_denominator_may_vanish_for_a_whole_number() -> None:
    assert new_needs(conditions(tree("x/(n - 2)")), (), Domain({"n": Range(integer=True)}))


@settings(max_examples=150)
@given(expressions(("x",)), st.lists(st.fractions(-9, 9, max_denominator=97), min_size=3, max_size=6, unique=True))
def test_what_needs_nothing_has_a_value_nearly_everywhere(answer: Expression, places: list[Fraction]) -> None:
    if new_needs(conditions(answer), (), Domain()):
        return
    missing = sum(not _has_value(answer, place) for place in places)
    assert missing < len(places) or not _has_value_somewhere(answer)


def _has_value(answer: Expression, place: Fraction) -> bool:
    try:
        value(answer, {"x": place}, 40)
    except (Undefined, OverflowError, ValueError, ZeroDivisionError):
        return False
    return True


def _has_value_somewhere(answer: Expression) -> bool:
    return any(_has_value(answer, Fraction(number, 7919)) for number in range(-40_000, 40_000, 1999))


# ---- what becomes of it in the verdict -----------------------------------------------------------------------------

GAPS = [
    ("x^2/2", "x^2/x", "x = 0"),
    ("x^3", "3*x^3*(x - 2)*(2*x + 1)/(x*(x - 2)*(2*x + 1))", "x = -1/2, x = 0 and x = 2"),
    ("sin(x)", "cos(x)*(x - 1)/(x - 1)", "x = 1"),
]


@pytest.mark.parametrize(("function", "answer", "places"), GAPS)
@pytest.mark.parametrize("prover", [prove_here, no_prover])
def test_an_isolated_gap_is_told_and_costs_nothing(function: str, answer: str, places: str, prover: object) -> None:
    found = check(Slope(tree(function), ("x",)), tree(answer), Domain(), prover)  # type: ignore[arg-type]
    assert found.status is Status.CORRECT
    assert found.notices == (f"your answer has no value at {places}, where the right one has",)


def test_a_denominator_that_is_zero_in_a_part_of_the_plane_is_found() -> None:
    target = Slope(tree("log(x - min(x, x^2, x*y))"), ("y",))
    right, wrong = (f"-x*heaviside(min(x, x^2) - x*y)/(x - min(x, {power}, x*y))" for power in ("x^2", "x"))
    assert check(target, tree(right), Domain(), prove_here).status is Status.CORRECT
    found = check(target, tree(wrong), Domain(), prove_here)
    assert (found.status, found.code) == (Status.INCORRECT, "undefined-here")


@pytest.mark.parametrize(
    ("key", "answer"),
    [
        ("x", "x*(x - abs(x))/(x - abs(x))"),
        ("x^2", "sqrt(x)^4"),
        ("x", "exp(log(x))"),
        ("0*x", "0*sqrt(x - 1000)"),
        ("acos(x)*log(x)", "acos(x)*log(x) + 0/heaviside(acos(x) - x)"),
        ("acos(x)*log(x)", "acos(x)*log(x)*relu(x - acos(x))/relu(x - acos(x))"),
    ],
)
def test_a_proof_does_not_excuse_a_missing_value(key: str, answer: str) -> None:
    found = check(Formula(tree(key)), tree(answer), Domain(), prove_here)
    assert (found.status, found.code) == (Status.INCORRECT, "undefined-here")
