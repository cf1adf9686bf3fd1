"""Answers that are wrong in a region that is small, far out, in a corner of space, or at the edge of a range."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.strategies import expressions
from tutor.checking.check import check
from tutor.checking.conditions import conditions
from tutor.checking.sampling import Sampler
from tutor.checking.symbolic import prove_here
from tutor.checking.verdict import Status
from tutor.checking.wide_search import suspects
from tutor.expression.domain import Domain, Range
from tutor.expression.parser import parse
from tutor.expression.tree import Expression
from tutor.kinds.cell import Formula, Slope

WHOLE = Range(integer=True)


def tree(text: str) -> Expression:
    return parse(text).expression


# fmt: off
UNDEFINED = [
    # function      answer, which has no value in a part of space
    ("x*y*z",       "y*z*sqrt(x^2 + y^2 + z^2 - 1)/sqrt(x^2 + y^2 + z^2 - 1)"),
    ("x*y",         "y*sqrt(x^2 + y^2 - 1/10^4)/sqrt(x^2 + y^2 - 1/10^4)"),
    ("x^2*y",       "2*x*y + 0*sqrt((x - 1)^2 + (y - 2)^2 - 1/100)"),
    ("a*b*c*x",     "a*b*c + 0*log(max(a, b, c, x))"),
    ("a*b*x",       "a*b + 0*log(max(a, b, x) + 10)"),
    ("x*y",         "y*sqrt(1 - relu(x - 10)*relu(y - 10))/sqrt(1 - relu(x - 10)*relu(y - 10))"),
    ("log(x)^2",    "2*log(x)/x*sqrt(20 - log(x))/sqrt(20 - log(x))"),
    ("log(x)",      "1/x + 0*log(log(x) + 30)"),
    ("x",           "sqrt(10^9 - x - sin(x))/sqrt(10^9 - x - sin(x))"),
    ("x",           "sqrt(1000 - tan(x))/sqrt(1000 - tan(x))"),
    ("x",           "sqrt(1 - 1/10^5 - sin(x))/sqrt(1 - 1/10^5 - sin(x))"),
    ("x^2",         "2*x + 0*sqrt((x - 1)*(x - 1 - 1/10^15))"),
    ("x^2",         "2*x + 0*sqrt(x^2 - 1/10^40)"),
]
DIFFERENT = [
    ("relu(log(x) - 15)",               "0"),
    ("relu(log(x) - 100)",              "0"),
    ("abs(log(x) - 16)",                "-1/x"),
    ("abs(x - 10^7 + log(x))",          "-1 - 1/x"),
    ("relu(sin(x) - 1 + 1/10^5)",       "0"),
    ("relu(tan(x) - 10^6)",             "0"),
    ("relu(x - 1000)*relu(a - 1000)",   "0"),
    ("relu(1 - (x - 10)^2 - (a - 20)^2)", "0"),
    ("x*y",                             "y + relu(1/10 - (x - 3)^2 - (y - 4)^2)"),
    ("relu(1/10^9 - abs(x - y))",       "0"),
]
NARROWED = [
    # key              answer    ranges
    ("abs(n + 30)",    "n + 30", {"n": WHOLE}),
    ("n^2",            "n^2 + relu(n - 50)", {"n": WHOLE}),
    ("abs(n - 1000)",  "1000 - n", {"n": Range(low=Fraction(0), integer=True)}),
    ("acos(cos(x))",   "x",      {"x": Range(Fraction(0), Fraction("3.1416"))}),
    ("asin(sin(x))",   "x",      {"x": Range(Fraction("-1.5707"), Fraction("1.5709"))}),
    ("max(x, y)",      "x",      {"x": Range(low=Fraction(2)), "y": Range(high=Fraction("2.001"))}),
]
# fmt: on


@pytest.mark.parametrize(("function", "answer"), UNDEFINED)
def test_an_answer_without_a_value_in_a_part_of_space_is_wrong_though_it_is_equal_elsewhere(
    function: str, answer: str
) -> None:
    verdict = check(Slope(tree(function), ("x",)), tree(answer), Domain(), prove_here)
    assert (verdict.status, verdict.code) == (Status.INCORRECT, "undefined-here")


@pytest.mark.parametrize(("function", "answer"), DIFFERENT)
def test_a_region_that_few_lines_meet_is_found(function: str, answer: str) -> None:
    verdict = check(Slope(tree(function), ("x",)), tree(answer), Domain(), prove_here)
    assert (verdict.status, verdict.proved) == (Status.INCORRECT, True)


@pytest.mark.parametrize(("key", "answer", "ranges"), NARROWED)
def test_whole_numbers_and_the_edges_of_ranges_are_looked_at(key: str, answer: str, ranges: dict[str, Range]) -> None:
    verdict = check(Formula(tree(key)), tree(answer), Domain(ranges), prove_here)
    assert (verdict.status, verdict.proved) == (Status.INCORRECT, True)


# fmt: off
SAME = [
    ("max(x, y)",        "x",       {"x": Range(low=Fraction(2)), "y": Range(high=Fraction(2))}),
    ("abs(n + 3)",       "n + 3",   {"n": Range(low=Fraction(-3), integer=True)}),
    ("sqrt(x^2 + y^2)",  "sqrt((x + y)^2 - 2*x*y)", {}),
]
# fmt: on


@pytest.mark.parametrize(("key", "answer", "ranges"), SAME)
def test_what_is_suspected_stays_inside_the_ranges_and_does_not_refute_what_is_right(
    key: str, answer: str, ranges: dict[str, Range]
) -> None:
    domain = Domain(ranges)
    assert check(Formula(tree(key)), tree(answer), domain, prove_here).status is Status.CORRECT
    sampler = Sampler.of(tree(key), ("x", "y") if "x" in key else ("n",), domain)
    for point in suspects(tree(key), tree(answer), conditions(tree(key)), sampler):
        assert all(domain.of(name).surrounds(value) for name, value in point.items())
        assert all(point[name].denominator == 1 for name, within in ranges.items() if within.integer)


ends = st.sampled_from([None, Fraction(0), Fraction(1, 3), Fraction(10) ** 340, -(Fraction(10) ** 340)])


@settings(max_examples=60, deadline=None)
@given(expressions(("x", "y"), max_leaves=5), expressions(("x", "y"), max_leaves=5), ends, ends, st.booleans())
def test_whatever_is_asked_floats_propose_points_in_the_ranges_and_nothing_is_raised(
    key: Expression, answer: Expression, low: Fraction | None, high: Fraction | None, whole: bool
) -> None:
    upper = None if low is not None and high is not None and low >= high else high
    domain = Domain({"x": Range(low, upper, whole)})
    sampler = Sampler.of(key, ("x", "y"), domain)
    found = list(suspects(key, answer, conditions(key, answer), sampler))
    assert all(domain.of(name).surrounds(value) for point in found for name, value in point.items())
