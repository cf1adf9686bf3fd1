"""Balls against mpmath: a ball holds the value, and "surely undefined" is said only where there is none."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import ctx
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import mp

from tests.oracle import OutOfReach
from tests.oracle import Undefined as NoValue
from tests.oracle import value as oracle_value
from tests.strategies import expressions
from tutor.checking.ball import (
    Undefined,
    compile_balls,
    enclosure,
    evaluate_ball,
    exact_ball,
    hull,
    identical,
    middle_of,
    run,
    two_to,
    working_precision,
)
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Symbol

BITS = 256
NAMES = ("x", "y")


def tree(text: str) -> Expression:
    return parse(text).expression


def at(text: str, x: Fraction | int, *, smooth: bool = False) -> Fraction | str:
    try:
        ball = evaluate_ball(tree(text), {"x": exact_ball(Fraction(x))}, bits=BITS, smooth=smooth)
    except Undefined:
        return "undefined"
    return middle_of(ball) if ball.is_finite() else "unknown"


@settings(max_examples=400)
@given(expressions(NAMES), st.fractions(-20, 20, max_denominator=997), st.fractions(-20, 20, max_denominator=997))
def test_a_ball_holds_the_value(expression: Expression, x: Fraction, y: Fraction) -> None:
    with working_precision(BITS):
        point = {"x": exact_ball(x), "y": exact_ball(y)}
    try:
        expected = oracle_value(expression, {"x": x, "y": y}, 120)
    except OutOfReach:
        assume(False)
    except (NoValue, ArithmeticError):
        expected = None
    try:
        ball = evaluate_ball(expression, point, bits=BITS)
    except Undefined:
        assert expected is None
        return
    if expected is None or not ball.is_finite():
        return
    with mp.workdps(130):
        middle, radius, exponent = (int(part) for part in ball.mid_rad_10exp(70))
        slack = mp.mpf(10) ** -50 * max(1, abs(expected))
        assert abs(mp.mpf(middle) * mp.mpf(10) ** exponent - expected) <= radius * mp.mpf(10) ** exponent + slack


@settings(max_examples=200)
@given(expressions(("x",)), st.fractions(-5, 5, max_denominator=97), st.integers(-40, -3), st.fractions(-1, 1))
def test_a_box_holds_the_values_at_its_points(expression: Expression, x: Fraction, size: int, share: Fraction) -> None:
    program = compile_balls(expression)
    inside = x + share * Fraction(2) ** size
    with working_precision(BITS):
        try:
            box = run(program, {"x": hull(exact_ball(x), two_to(size))})
        except Undefined:
            with pytest.raises((Undefined, AssertionError)):
                assert run(program, {"x": exact_ball(inside)}).is_finite()
            return
        assume(box.is_finite())
        try:
            value = run(program, {"x": exact_ball(inside)})
        except Undefined:
            pytest.fail("a finite box around a point without a value")
        assert not value.is_finite() or box.overlaps(value)


SMOOTH = [
    ("abs(x)", 0, 0, "unknown"),
    ("abs(x)", -2, 2, 2),
    ("sign(x)", 0, 0, "unknown"),
    ("max(x, 1)", 1, 1, "unknown"),
    ("max(x, 1, 1/2)", Fraction(1, 2), 1, 1),
    ("max(x, x)", 3, 3, 3),
    ("relu(x)", 0, 0, "unknown"),
    ("heaviside(x)", 0, Fraction(1, 2), "unknown"),
    ("sqrt(x)", 0, 0, "unknown"),
    ("root(x, 3)", 0, 0, "unknown"),
    ("asin(x)^0", 1, 1, "unknown"),
    ("sign(x)", 0, 0, "unknown"),
    ("acosh(x)", 1, 0, "unknown"),
    ("x^(1/3)", 0, 0, "unknown"),
    ("(x - 2)^3", -1, -27, -27),
    ("1/x", 0, "undefined", "undefined"),
    ("x^(-2)", 0, "undefined", "undefined"),
    ("x^0", 0, 1, 1),
    ("sqrt(x)", -1, "undefined", "undefined"),
    ("log(x)", 0, "undefined", "undefined"),
    ("asin(x)", 2, "undefined", "undefined"),
    ("atanh(x)", 1, "undefined", "undefined"),
    ("acosh(x)", 0, "undefined", "undefined"),
    ("x^(1/2)", -4, "undefined", "undefined"),
    ("x^pi", -4, "undefined", "undefined"),
    ("cot(x)", 0, "undefined", "undefined"),
    ("heaviside(x)", -1, 0, 0),
]


@pytest.mark.parametrize(("text", "x", "value", "smooth"), SMOOTH, ids=[f"{row[0]} at {row[1]}" for row in SMOOTH])
def test_what_is_smooth_and_what_is_undefined(text: str, x: int, value: object, smooth: object) -> None:
    assert (at(text, x), at(text, x, smooth=True)) == (value, smooth)


ODD = [("x^(1/3)", -2), ("x^(2/3)", 4), ("x^(-1/3)", Fraction(-1, 2)), ("root(x, 3)", -2), ("x^(5/3)", -32)]


@pytest.mark.parametrize(("text", "value"), ODD)
def test_odd_roots_of_negative_numbers_are_real(text: str, value: Fraction) -> None:
    found = at(text, -8)
    assert isinstance(found, Fraction)
    assert abs(found - value) < Fraction(1, 10**60)


def test_a_power_of_a_million_is_a_power() -> None:
    ball = evaluate_ball(tree("(x + 1)^1000000"), {"x": exact_ball(Fraction(1, 2))}, bits=BITS)
    with mp.workdps(60):
        wanted = mp.mpf(3) / 2
        wanted = wanted**1000000
        middle, _, exponent = (int(part) for part in ball.mid_rad_10exp(40))
        assert abs(mp.mpf(middle) * mp.mpf(10) ** exponent / wanted - 1) < mp.mpf(10) ** -38


@settings(max_examples=200)
@given(
    st.fractions(-3, 3, max_denominator=50),
    st.fractions(0, 2, max_denominator=50),
    st.fractions(-1, 1, max_denominator=20),
    st.integers(1, 9),
)
def test_a_whole_power_of_a_box_holds_the_powers_of_its_points(
    middle: Fraction, size: Fraction, share: Fraction, exponent: int
) -> None:
    with working_precision(BITS):
        box = hull(exact_ball(middle), exact_ball(size))
        power = run(compile_balls(tree(f"x^{exponent}")), {"x": box})
        assert power.is_finite()
        assert power.overlaps(exact_ball((middle + share * size) ** exponent))
        assert exponent % 2 or not power < -two_to(-200)


@pytest.mark.parametrize("text", ["(x - x)^2", "(x - x)^3", "(sin(x)^2 + cos(x)^2 - 1)^4"])
def test_a_power_of_what_may_be_zero_is_known(text: str) -> None:
    with working_precision(BITS):
        power = run(compile_balls(tree(text)), {"x": exact_ball(Fraction(7, 5))}, smooth=True)
        assert power.is_finite()
        assert abs(power) < two_to(-300)


@pytest.mark.parametrize(
    ("text", "x"),
    [("x^2.000000002", 3), ("x^(1000000001/500000001)", -3), ("x^(-3000001/7000003)", -2), ("x^0.1234567891", 5)],
)
def test_a_fraction_of_large_numbers_is_an_exponent_like_any_other(text: str, x: int) -> None:
    formula = tree(text)
    with working_precision(BITS):
        found = middle_of(run(compile_balls(formula), {"x": exact_ball(Fraction(x))}))
    with mp.workdps(40):
        expected = Fraction(mp.nstr(oracle_value(formula, {"x": x}, 40), 36))
    assert abs(found - expected) < abs(found) / 10**30


def test_the_precision_comes_back() -> None:
    before = ctx.prec
    with pytest.raises(Undefined):
        evaluate_ball(tree("log(x)"), {"x": exact_ball(Fraction(-1))}, bits=999)
    assert ctx.prec == before


def test_a_very_deep_tree_needs_no_recursion() -> None:
    deep: Expression = Symbol("x")
    for _ in range(5000):
        deep = Apply("+", (deep, Symbol("x")))
    assert evaluate_ball(deep, {"x": exact_ball(Fraction(1))}) == 5001


ENCLOSURES = [
    ("1/3", 20, "0.33333333333333333333", "1e-20"),
    ("5/4", 30, "1.25", "0"),
    ("-5/4", 30, "-1.25", "0"),
    ("10^50/3", 10, "3.333333333e49", "1e40"),
    ("10^-30/3", 10, "3.333333333e-31", "1e-40"),
    ("0", 30, "0", "0"),
    ("123456789", 4, "123500000", "6e4"),
]


@pytest.mark.parametrize(("text", "digits", "middle", "radius"), ENCLOSURES)
def test_a_ball_as_text(text: str, digits: int, middle: str, radius: str) -> None:
    found = enclosure(evaluate_ball(tree(text), {}, bits=BITS), digits)
    assert found.middle == middle
    assert Fraction(found.radius) <= 4 * Fraction(radius)
    with working_precision(BITS):
        exact = middle_of(evaluate_ball(tree(text), {}, bits=BITS))
    assert abs(exact - Fraction(found.middle)) <= Fraction(found.radius) + abs(exact) / 2**200


SAME = [
    ("x*y + 1", "1 + y*x", True),
    ("2*x", "x*2", True),
    ("x*x", "x^2", True),
    ("max(x, x^2, x*x)", "max(x, x^2)", True),
    ("min(x, x)", "x", True),
    ("x - y", "y - x", False),
    ("(x*y)*2", "x*(y*2)", False),
]


@pytest.mark.parametrize(("left", "right", "same"), SAME)
def test_identical_but_for_order(left: str, right: str, same: bool) -> None:
    assert identical(tree(left), tree(right)) is same
