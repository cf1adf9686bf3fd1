"""Intervals against mpmath's own values with many more digits, and the ball's rules for what is real and smooth."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from mpmath import mp

from tests.oracle import OutOfReach, Undefined
from tests.oracle import value as oracle_value
from tests.strategies import CALLS, expressions
from tutor.checking.interval import Interval, around, exact, fraction_of, shown
from tutor.checking.interval_evaluation import NotReal, interval_of
from tutor.expression.functions import FUNCTIONS
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Number, Symbol

BITS = 128
NAMES = ("x", "y")


def true_value(expression: Expression, point: dict[str, Fraction], digits: int = 150) -> mp.mpf | None:
    """mpmath's value; None where there is none."""
    try:
        return oracle_value(expression, point, digits)
    except OutOfReach:
        assume(False)
    except (Undefined, ArithmeticError):
        return None


def holds(interval: Interval, value: mp.mpf) -> bool:
    with mp.workdps(200):
        slack = mp.mpf(10) ** -140 * max(1, abs(value))
        low, high = (mp.make_mpf(end) for end in interval)
        return bool(low - slack <= value <= high + slack)


def fractions(size: int, denominator: int = 997) -> st.SearchStrategy[Fraction]:
    return st.fractions(-size, size, max_denominator=denominator)


@settings(max_examples=400, deadline=None)
@given(expressions(NAMES), fractions(20), fractions(20))
def test_an_interval_holds_the_value(expression: Expression, x: Fraction, y: Fraction) -> None:
    point = {"x": x, "y": y}
    expected = true_value(expression, point)
    try:
        found = interval_of(expression, {name: exact(value, BITS) for name, value in point.items()}, BITS)
    except NotReal:
        assert expected is None
        return
    assert found is None or expected is None or holds(found, expected)


ALL_CALLS = tuple(name for name in CALLS if FUNCTIONS[name].arity[0] <= 1)


@pytest.mark.parametrize("head", ALL_CALLS)
@settings(max_examples=40, deadline=None)
@given(x=fractions(30, 99_991), power=st.integers(-60, 12), bits=st.sampled_from((64, 128, 500)))
@example(x=Fraction(0), power=0, bits=64)
@example(x=Fraction(1), power=0, bits=64)
@example(x=Fraction(-1), power=0, bits=64)
@example(x=Fraction(8), power=0, bits=64)
@example(x=Fraction(355, 113), power=0, bits=64)
@example(x=Fraction(10**15 - 1, 10**15), power=0, bits=64)
@example(x=Fraction(10**15 + 1, 10**15), power=0, bits=64)
def test_every_function_of_the_table(head: str, x: Fraction, power: int, bits: int) -> None:
    x *= Fraction(2) ** power
    expression = Apply(head, (Symbol("x"),))
    expected = true_value(expression, {"x": x}, 400)
    try:
        found = interval_of(expression, {"x": around(x, Fraction(0), bits)}, bits)
    except NotReal:
        assert expected is None
        return
    if found is None or expected is None:
        return
    assert holds(found, expected)


@pytest.mark.parametrize("head", ALL_CALLS)
@settings(max_examples=30, deadline=None)
@given(x=fractions(12, 97), radius=st.integers(-30, 3), share=st.fractions(-1, 1, max_denominator=9))
def test_an_interval_holds_the_values_at_its_points(head: str, x: Fraction, radius: int, share: Fraction) -> None:
    size = Fraction(2) ** radius
    expression = Apply(head, (Symbol("x"),))
    inside = true_value(expression, {"x": x + share * size})
    try:
        found = interval_of(expression, {"x": around(x, size, BITS)}, BITS)
    except NotReal:
        assert inside is None
        return
    assert found is None or inside is None or holds(found, inside)


def test_a_narrow_interval_has_a_narrow_value() -> None:
    point = {"x": exact(Fraction(9, 7), BITS), "y": exact(Fraction(-3, 5), BITS)}
    text = "erf(x) + sin(x y)^3 - atan(exp(y))/log(x) + acosh(x) tanh(y) + root(y, 3) x^y + gelu(x) + asin(y) acos(y)"
    found = interval_of(parse(text).expression, point, BITS)
    assert found is not None
    assert 0 < fraction_of(found.high) - fraction_of(found.low) < Fraction(1, 2**115)


@pytest.mark.parametrize(
    ("text", "x", "expected"),
    [
        ("abs(x)", 0, "unknown"),
        ("abs(x)", -2, 2),
        ("sign(x)", 0, "unknown"),
        ("max(x, 1)", 1, "unknown"),
        ("max(x, 1/2, 1)", Fraction(1, 2), 1),
        ("min(x, x, x + 1)", 3, 3),
        ("min(x, 2x - x)", 3, "unknown"),
        ("sqrt(erf(x)) + sqrt(tanh(x))", 0, "unknown"),
        ("sqrt(erf(0)) + sqrt(tanh(0)) + x", 0, 0),
        ("relu(x)", 0, "unknown"),
        ("heaviside(x)", 0, "unknown"),
        ("sqrt(x)", 0, "unknown"),
        ("x^(1/3)", 0, "unknown"),
        ("x^(1/3)", -8, -2),
        ("x^(2/3)", -8, 4),
        ("x^(-1/2)", -1, "not real"),
        ("asin(x)", 1, "unknown"),
        ("asin(x)", 2, "not real"),
        ("acosh(x)", 1, "unknown"),
        ("atanh(x)", 1, "not real"),
        ("log(x)", 0, "not real"),
        ("log(x - 1)", -1, "not real"),
        ("1/x", 0, "not real"),
        ("x^(-2)", 0, "not real"),
        ("acos(-1) x", 0, 0),
        ("tan(x)", 0, 0),
        ("x^x", -2, Fraction(1, 4)),
        ("2^(x - 7/2)", Fraction(11, 2), 4),
        ("coth(x)", 0, "not real"),
        ("csc(x)", 0, "not real"),
        ("1/(exp(x) - 1)", 0, "not real"),
        ("1/(cos(x) - cosh(x) + log(1))", 0, "not real"),
        ("softmax(x, 1)", 1, "unknown"),
        ("exp(exp(exp(exp(x))))", 30, "unknown"),
    ],
)
def test_what_is_smooth_and_what_is_real(text: str, x: Fraction, expected: Fraction | str) -> None:
    assert outcome(text, Fraction(x)) == expected


def outcome(text: str, x: Fraction) -> Fraction | str:
    """What is known of a value, to 20 digits."""
    try:
        found = interval_of(parse(text).expression, {"x": exact(x, BITS)}, BITS, smooth=True)
    except NotReal:
        return "not real"
    return "unknown" if found is None else round(fraction_of(found.low), 20)


def test_far_ends_cost_nothing() -> None:
    far = {"x": exact(Fraction(2) ** 200_000, 64)}
    for text in ("sin(x)", "tanh(x)", "erf(x)", "atan(x)", "log(x)", "1/x", "x^1000", "asinh(x)"):
        assert interval_of(parse(text).expression, far, 64) is not None
    assert interval_of(parse("exp(x)").expression, far, 64) is None


@pytest.mark.parametrize("head", ["asin", "atan", "sinh", "asinh", "atanh", "tanh", "erf"])
@pytest.mark.parametrize("size", [40, 100, 200, 300_000])
def test_odd_functions_keep_their_digits_near_zero(head: str, size: int) -> None:
    x = Fraction(-3, 2**size)
    found = interval_of(Apply(head, (Symbol("x"),)), {"x": exact(x, 128)}, 128)
    assert found is not None
    with mp.workprec(1200):
        low, high, start = (mp.make_mpf(end) for end in (*found, exact(x, 128).low))
        assert low <= getattr(mp, head)(start) <= high < 0
        assert high - low < abs(start) * mp.mpf(2) ** -100


def test_what_is_shown_of_a_number_of_any_size_and_precision_is_short() -> None:
    for text in ("exp(x)", "exp(-x)", "1/3"):
        found = interval_of(parse(text).expression, {"x": exact(Fraction(10**6, 7), 20_000)}, 20_000)
        assert found is not None
        assert len(shown(found)) < 40


def test_softplus_far_below_zero_is_above_zero() -> None:
    found = interval_of(parse("softplus(x)").expression, {"x": exact(Fraction(-5_586_258), 128)}, 128)
    assert found is not None
    with mp.workdps(60):
        expected = mp.exp(-5_586_258)
        assert mp.make_mpf(found.low) <= expected <= mp.make_mpf(found.high)
        assert mp.make_mpf(found.high) - mp.make_mpf(found.low) < expected * mp.mpf(2) ** -100


def test_a_number_is_held_whatever_its_size() -> None:
    value = Fraction(10**80 + 1, 3**70)
    found = interval_of(Number(value), {}, 64)
    assert found is not None
    assert fraction_of(found.low) < value < fraction_of(found.high)
