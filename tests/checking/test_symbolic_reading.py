"""SymPy's derivative as a tree: its values are those of SymPy's evalf, and those of mpmath's central difference."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import mp

from tests import oracle
from tests.random_formulas import formulas
from tests.strategies import expressions
from tutor.checking.interval import exact, fraction_of
from tutor.checking.interval_evaluation import NotReal, interval_of
from tutor.checking.symbolic_derivative import sympy_slopes
from tutor.checking.symbolic_reading import NotATree, slope_tree, tree_of
from tutor.expression.parser import parse
from tutor.expression.tree import Expression, Symbol, number, walk

BITS = 256

SMOOTH = (
    *("exp(sin(x^2))", "abs(x^3 - 1) max(x, 2)", "root(x^2 - 1, 3)", "x^(22/7)", "root(x, 61)", "gelu(x)", "x^x"),
    *("relu(sin x) log(abs(x))", "(81x^8 + 1)^398", "||x| - 1|", "sec(x)^2 + csch(x)", "log_x(3)", "sqrt(-x)"),
    *("acosh(x) + atanh(1/x)", "asin(1/x) + acot(x)", "heaviside(x) x + min(x, 1/x)", "silu(x) softplus(x)", "|x|^x"),
)


def value(expression: Expression, point: dict[str, Fraction], *, smooth: bool = False) -> Fraction | None:
    """The middle of a narrow interval; None where the value is not known."""
    try:
        found = interval_of(expression, {name: exact(at, BITS) for name, at in point.items()}, BITS, smooth=smooth)
    except NotReal:
        return None
    return None if found is None else (fraction_of(found.low) + fraction_of(found.high)) / 2


@pytest.mark.parametrize("text", SMOOTH)
@pytest.mark.parametrize("x", [Fraction(17, 11), Fraction(-23, 9), Fraction(3, 7), Fraction(-5, 8)])
def test_the_tree_has_the_slope_that_mpmath_measures(text: str, x: Fraction) -> None:
    function = parse(text).expression
    if value(function, {"x": x}, smooth=True) is None:
        with pytest.raises(oracle.Undefined):
            oracle.slope(function, "x", {"x": x})
        return
    found = value(slope_tree(function, ("x",)), {"x": x})
    assert found is not None
    with mp.workdps(40):
        assert oracle.close(mp.mpf(found.numerator) / found.denominator, oracle.slope(function, "x", {"x": x}))


@pytest.mark.parametrize("n", [3, -2, 0, 1])
@pytest.mark.parametrize("x", [Fraction(-5, 3), Fraction(5, 3)])
def test_a_power_with_a_whole_parameter_keeps_its_sign(n: int, x: Fraction) -> None:
    found = value(slope_tree(parse("x^n").expression, ("x",)), {"x": x, "n": Fraction(n)})
    assert found is not None
    assert abs(found - n * x ** (n - 1)) < Fraction(1, 2**200)


@settings(max_examples=150, deadline=None)
@given(expressions(("x", "y"), max_leaves=8), st.fractions(-4, 4, max_denominator=97))
def test_the_tree_agrees_with_evalf(function: Expression, x: Fraction) -> None:
    point = {"x": x, "y": Fraction(13, 7)}
    try:
        slope = slope_tree(function, ("x",))
    except NotATree:
        assume(False)
    assume(value(function, point, smooth=True) is not None)
    found, (expected,) = value(slope, point), sympy_slopes(function, ("x",), (point,))
    if found is not None and expected is not None:
        assert abs(found - expected) <= Fraction(1, 10**30) * max(Fraction(1), abs(expected))


def test_most_random_functions_are_within_reach() -> None:
    reached = 0
    for function in formulas(20261124, 120):
        try:
            slope_tree(function, ("x", "x"))
        except NotATree:
            continue
        reached += 1
    assert reached >= 110


def test_equal_parts_are_one_object() -> None:
    x = sp.Symbol("x", real=True)
    tree = tree_of(sp.sin(x**2 + 1) + sp.cos(x**2 + 1))
    assert not isinstance(tree, Symbol)
    first, second = (part.arguments[0] for part in tree.arguments)  # type: ignore[union-attr]
    assert first is second


@pytest.mark.parametrize("formula", [sp.I, sp.nan, sp.zoo, sp.gamma(sp.Symbol("x")), sp.Dummy("s")])
def test_what_is_no_formula_of_ours_is_refused(formula: sp.Basic) -> None:
    with pytest.raises(NotATree):
        tree_of(formula)


@pytest.mark.parametrize(
    "text", ["x exp(exp(43085)) - x sqrt(2)", "exp(43085)^x", "sinh(1048576) + 2^(1/2) x", "cosh(155357)"]
)
def test_large_constants_are_left_as_they_are(text: str) -> None:
    function = parse(text).expression
    assert not any(part.name.startswith("#") for part in walk(slope_tree(function, ("x",))) if isinstance(part, Symbol))


def test_a_constant_keeps_its_value_in_the_slope() -> None:
    found = value(
        slope_tree(parse("x^sqrt(2) + log(3) e^x + pi x + x^(4^(1/2))").expression, ("x",)), {"x": Fraction(2)}
    )
    assert found is not None
    with mp.workdps(40):
        expected = mp.sqrt(2) * mp.mpf(2) ** (mp.sqrt(2) - 1) + mp.log(3) * mp.exp(2) + mp.pi + 4
        assert oracle.close(mp.mpf(found.numerator) / found.denominator, expected)


def test_a_variable_that_does_not_occur_gives_zero() -> None:
    assert slope_tree(parse("sin(y)").expression, ("x",)) == number(0)
