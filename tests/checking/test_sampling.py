"""Points: generic, within ranges, where the function lives, in every region, the same in every process."""

from __future__ import annotations

import subprocess
import sys
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle import OutOfReach, value
from tests.strategies import expressions
from tutor.checking import sampling
from tutor.checking.conditions import conditions
from tutor.checking.regions import Line, regions
from tutor.checking.sampling import points
from tutor.expression.domain import POSITIVE, REAL_LINE, Domain, Range
from tutor.expression.parser import parse
from tutor.expression.tree import Expression


def tree(text: str) -> Expression:
    return parse(text).expression


HARD = [
    "sin(x)", "acos(x)", "log(log(x))", "log(log(log(x)))", "sqrt(x - 1000)", "asin(x/2)", "log(sin(x))", "x^x",
    "acosh(x)", "sqrt(x - 1)*sqrt(1.001 - x)", "(1 + 1/x)^x", "sqrt(x - cos(x))", "log(x - 1) + log(1.001 - x)",
    "asin(x/2)*sqrt(sin(x) - 0.9)", "sqrt(x*y - 1000)", "sqrt(a - 1000)*sqrt(b - 1000)*x", "sqrt(1 - x^2 - y^2)",
    "atanh(1000*x)", "sqrt(-x - 10^5)", "asec(x)", "sqrt(exp(x) - 10^6)", "log(x^5 - x - 1)", "sqrt(2 - abs(x - 70))",
]  # fmt: skip


@pytest.mark.parametrize("text", HARD)
def test_points_are_found_where_the_function_lives(text: str) -> None:
    found = points(tree(text), Domain(), 4)
    assert len(found) >= 4
    for point in found:
        with suppress(OutOfReach):
            value(tree(text), point)


@pytest.mark.parametrize("text", ["sqrt(-1 - x^2)", "log(-exp(x))", "asin(2 + x^2)", "abs(x - x)"])
def test_no_points_where_there_is_nothing(text: str) -> None:
    assert points(tree(text), Domain(), 4) == ()


@settings(max_examples=100)
@given(expressions(("x", "y"), max_leaves=8))
def test_every_point_is_generic_and_within_range(expression: Expression) -> None:
    ranges = {"x": Range(Fraction(1, 10), Fraction(2)), "n": Range(integer=True), "y": POSITIVE}
    for point in points(expression, Domain(ranges), 3, symbols=("x", "y", "n")):
        assert Fraction(1, 10) < point["x"] < 2
        assert point["y"] > 0
        assert point["n"].denominator == 1
        assert point["x"].denominator >= 2**20


whole = st.integers(0, 2**64 - 1)


@given(st.integers(-20, 20), whole, whole)
def test_numbers_of_a_size_are_fractions_near_what_was_drawn(exponent: int, share: int, draw: int) -> None:
    wanted = (1 + Fraction(share, 2**64)) * Fraction(2) ** exponent
    _assert_generic(sampling._generic_of_size(exponent, share, draw), wanted)


@given(st.fractions(-9, 9), st.fractions(Fraction(1, 9), 9), whole, whole)
def test_numbers_between_two_others_are_fractions_of_the_way(
    low: Fraction, length: Fraction, share: int, draw: int
) -> None:
    found = (sampling._between(low, low + length, share, draw) - low) / length
    assert 0 < found < 1
    _assert_generic(found, Fraction(1, 64) + Fraction(share, 2**64) * Fraction(31, 32))


def _assert_generic(found: Fraction, wanted: Fraction) -> None:
    assert abs(found / wanted - 1) < Fraction(1, 2**18)
    assert found.denominator % 2 == 1
    assert found.denominator.bit_length() >= 20


def test_both_signs_and_parities_and_far_places() -> None:
    found = points(tree("a*x^2 + n"), Domain({"n": Range(integer=True)}), 8)
    assert {point["a"] > 0 for point in found} == {True, False}
    assert {point["n"] % 2 for point in found} == {0, 1}
    sizes = [abs(point[name]) for point in points(tree("x"), Domain(), 20) for name in point]
    assert min(sizes) < Fraction(1, 2**18)
    assert max(sizes) > 2**18


def test_the_same_points_whatever_the_hash_seed() -> None:
    program = (
        "from tutor.expression.parser import parse; from tutor.checking.sampling import points;"
        "from tutor.expression.domain import Domain;"
        "print(points(parse('log(sin(x))*sqrt(a*y)').expression, Domain(), 5))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1")
    }
    assert len(found) == 1
    assert b"Fraction" in found.pop()


REGIONS = [
    ("abs(x - 1000)", REAL_LINE, [1000]),
    ("sqrt((x - 1)*(x - 2))", REAL_LINE, [1, 2]),
    ("abs(x^2 - 1)/(x + 3)", REAL_LINE, [-3, -1, 1]),
    ("abs(log(x))", REAL_LINE, [0, 1]),
    ("abs(exp(x) - 2)", REAL_LINE, [0.6931471805599453]),
    ("max(x, cos(x))", REAL_LINE, [0.7390851332151607]),
    ("abs(x)", Range(Fraction(1), Fraction(2)), []),
    ("abs(x^3 - 2)*abs(x - 1.26)", REAL_LINE, [1.259921049894873, 1.26]),
    ("acos(x/7)", REAL_LINE, [-7, 7]),
    ("abs(1/(x - 5) - 1)", REAL_LINE, [5, 6]),
    ("abs((x^2 - 3)^500)", REAL_LINE, [-1.7320508075688772, 1.7320508075688772]),
    # zeros without a change of sign
    ("asin(2*x*sqrt(1 - x^2))", Range(Fraction(-1), Fraction(1)), [-0.7071067811865475, 0.7071067811865475]),
    ("log(1 - sin(x))", Range(Fraction(0), Fraction(8)), [1.5707963267948966, 7.853981633974483]),
    ("abs(exp(x) - 1 - x)", REAL_LINE, [0]),
    ("sqrt(cosh(x - 3) - 1)", REAL_LINE, [3]),
    ("sqrt(cosh(x - 3) - 0.999)", REAL_LINE, []),
]


@pytest.mark.parametrize(("text", "within", "zeros"), REGIONS)
def test_regions_lie_between_the_zeros(text: str, within: Range, zeros: list[float]) -> None:
    found = regions(conditions(tree(text)), Line("x", within, {}))
    assert [float(region.high) for region in found[:-1] if region.high is not None] == pytest.approx(zeros, abs=1e-9)
