"""The prover: equal only for equals (held against mpmath), whatever SymPy would assume of a symbol."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle import OutOfReach, Undefined, close, value
from tests.strategies import CONSTANTS, HEADS, expressions
from tutor.checking.symbolic import prove_here
from tutor.checking.symbolic_tree import Builder, TooLarge
from tutor.checking.verdict import Outcome
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Number, Symbol, number


def tree(text: str) -> Expression:
    return parse(text).expression


EQUAL = [
    ("(x + 1)^2", "x^2 + 2*x + 1"),
    ("1/(x - 1) - 1/(x + 1)", "2/(x^2 - 1)"),
    ("sin(2*x)", "2*sin(x)*cos(x)"),
    ("cosh(x)^2 - sinh(x)^2", "1"),
    ("sqrt(x^2)", "abs(x)"),
    ("log(x^2)", "2*log(abs(x))"),
    ("sign(x)*abs(x)", "x"),
    ("x^(1/3)*x^(2/3)", "x"),
    ("max(x, y) + min(x, y)", "x + y"),
    ("abs(x)*abs(y)", "abs(x*y)"),
    ("sqrt((1 - x)/(1 + x))", "sqrt(1 - x^2)/(1 + x)"),
    ("asin(x) + acos(x)", "pi/2"),
    ("exp(x*log(y))", "y^x"),
    ("2^x", "exp(x*log(2))"),
    ("acosh(x)", "log(x + sqrt(x^2 - 1))"),
    ("heaviside(x) + heaviside(-x)", "1"),
    ("relu(x) - relu(-x)", "x"),
    ("(x + y)^4000*(x + y)", "(x + y)^4001"),
    ("tanh(x)", "2*sigmoid(2*x) - 1"),
    ("tan(x)^2 + 1", "sec(x)^2"),
    ("x^0.1742", "x*x^(-0.8258)"),
    ("x^(-1/999)", "x^(998/999)/x"),
]


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_proved(left: str, right: str) -> None:
    assert prove_here(tree(left), tree(right)).outcome is Outcome.EQUAL


UNEQUAL = [
    ("sqrt(x^2)", "x"),
    ("log(x^2)", "2*log(x) + 1"),
    ("abs(x)", "x"),
    ("abs(x + y)", "abs(x) + abs(y)"),
    ("max(x, y)", "x"),
    ("x^(2/3)", "x^(1/3)*abs(x)"),
    ("sqrt(1 - sin(x)^2)", "cos(x)"),
    ("atan(x) + atan(1/x)", "pi/2"),
    ("asin(sin(x))", "x"),
    ("acos(cos(x))", "x"),
    ("(x^2)^(1/2)", "x"),
    ("cbrt(x^3)", "abs(x)"),
    ("x", "x + exp(-10^9)"),
    ("sin(x)*cos(x)", "sin(x)*cos(x) + x/10^12"),
    ("(x + y)^5000", "(x + y)^4999"),
    ("heaviside(x)", "1"),
    ("sign(x)", "sign(max(x, -1, 0))"),
    ("abs(x)", "abs(relu(x))"),
    ("sqrt(abs(x))", "sqrt(relu(x))"),
    ("x^0.1742", "x^0.1741"),
    ("sqrt(log(x)^sqrt(2))", "sqrt(log(x))"),
    ("sqrt(log(x)^(2*sqrt(2)))", "log(x)"),
    ("(1/50)^(1/4303)", "x"),
    ("sqrt(x^9999 - 1)", "x"),
    ("sin(x)", "x^0.1742"),
    ("log(sin(x)^2)", "2*log(abs(cos(x)))"),
    ("x^n", "abs(x)^n"),
    ("sin(1/2/y)^(3*x)", "abs(sin(1/2/y)^(3*x))"),
]


@pytest.mark.parametrize(("left", "right"), UNEQUAL)
def test_never_proved(left: str, right: str) -> None:
    assert prove_here(tree(left), tree(right)).outcome is Outcome.UNKNOWN


def power(base: Expression, exponent: int) -> Expression:
    return Apply("^", (base, number(exponent)))


TOO_MUCH = [
    tree("(x + y + z)^900*(x - y)^900"),
    tree("exp(exp(exp(9)))"),
    tree("sin(exp(exp(25)))*abs(exp(exp(30)))"),
    power(number(2), 999_999),
    power(Apply("+", (power(number(2), 9999), Symbol("x"))), 9999),
    power(power(power(number(9), 9), 999), 9999),
]


@pytest.mark.parametrize("large", TOO_MUCH)
def test_size_is_judged_before_work_is_done(large: Expression) -> None:
    assert prove_here(large, Apply("+", (large, Symbol("x")))).outcome is Outcome.UNKNOWN


_PARTS = ("x", "y")
_SMALL = st.sampled_from([Number(Fraction(part)) for part in ("0", "1", "2", "3", "5", "1/2", "1/3", "-1", "-2/3")])
_CALCULABLE = tuple(head for head in HEADS if head not in CONSTANTS)
"""Without pi and e, so that what is exactly zero is so for mpmath too."""
_HEADS = ("+", "-", "*", "neg", "abs", "sign", "sqrt", "log", "exp", "max", "relu", "sin", "^", "root")


@settings(max_examples=150)
@given(expressions(_PARTS, _HEADS, _SMALL, max_leaves=4), expressions(_PARTS, _HEADS, _SMALL, max_leaves=4))
def test_what_is_proved_agrees_with_mpmath(left: Expression, right: Expression) -> None:
    squares = Apply("sqrt", (Apply("*", (left, left)),))
    for one, other in ((left, right), (squares, left), (Apply("abs", (left,)), squares)):
        if prove_here(one, other).outcome is Outcome.EQUAL:
            for x, y in (
                (Fraction(7, 3), Fraction(-5, 4)),
                (Fraction(-7, 3), Fraction(5, 4)),
                (Fraction(1, 7), Fraction(2, 9)),
            ):
                agree_at(one, other, {"x": x, "y": y})


def agree_at(one: Expression, other: Expression, point: dict[str, Fraction]) -> None:
    try:
        first, second = value(one, point), value(other, point)
    except (Undefined, OutOfReach, ArithmeticError):
        return
    assert close(first, second)


@settings(max_examples=150)
@given(
    expressions(_PARTS, _CALCULABLE, _SMALL, max_leaves=5),
    st.sampled_from([Fraction(7, 5), Fraction(-7, 5), Fraction(1, 3)]),
)
def test_the_sympy_counterpart_has_the_same_value(expression: Expression, x: Fraction) -> None:
    builder = Builder()
    try:
        formula = builder.build(expression)
        expected = value(expression, {"x": x, "y": Fraction(4, 9)})
    except (TooLarge, Undefined, ArithmeticError):
        return
    if formula.has(sp.zoo, sp.nan) or builder.kernels or builder.fine or abs(expected) > 10**30:
        return
    point = {"x": sp.Rational(x.numerator, x.denominator), "y": sp.Rational(4, 9)}
    found = formula.subs({symbol: point[name] for name, symbol in builder.symbols.items() if name in point})
    assert close(sp.N(found, 30), expected, 8)
