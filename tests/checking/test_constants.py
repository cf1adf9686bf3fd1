"""Constants that are zero are proved to be; none is that mpmath tells from zero."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from mpmath import mp

from tests.oracle import OutOfReach, Undefined, value
from tests.strategies import expressions
from tutor.checking.constants import vanishes
from tutor.checking.zero_bound import Algebraic, degree, is_zero, rational, root, total
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Number, number, substitute

ZERO = (
    # ---- nested radicals ---------------------------------------------------------------------------------------
    ("sqrt(3 + 2*sqrt(2))", "1 + sqrt(2)"),
    ("sqrt(5 + 2*sqrt(6))", "sqrt(2) + sqrt(3)"),
    ("sqrt(sqrt(5) + 2) - sqrt(sqrt(5) - 2)", "sqrt(2*sqrt(5) - 2)"),
    ("cbrt(2 + sqrt(5)) + cbrt(2 - sqrt(5))", "1"),
    ("cbrt(cbrt(2) - 1)", "cbrt(1/9) - cbrt(2/9) + cbrt(4/9)"),
    ("sqrt(112 + 70*sqrt(2) + (46 + 34*sqrt(2))*sqrt(5))", "5 + 4*sqrt(2) + (3 + sqrt(2))*sqrt(5)"),
    ("(sqrt(2) + sqrt(3) + sqrt(5))*(sqrt(2) + sqrt(3) - sqrt(5))", "2*sqrt(6)"),
    ("1/(1 + cbrt(2) + cbrt(4))", "cbrt(2) - 1"),
    ("root(-8, 3)", "-2"),
    ("(-8)^(2/3)", "4"),
    ("abs(1 - sqrt(2))", "sqrt(2) - 1"),
    ("max(sqrt(2), 3/2, sqrt(2) + sqrt(3) - sqrt(3))", "3/2"),
    # ---- parts of a turn ---------------------------------------------------------------------------------------
    ("cos(pi/5)", "(1 + sqrt(5))/4"),
    ("cos(2*pi/7) + cos(4*pi/7) + cos(6*pi/7)", "-1/2"),
    ("tan(3*pi/11) + 4*sin(2*pi/11)", "sqrt(11)"),
    ("tan(pi/8)", "sqrt(2) - 1"),
    ("16*cos(2*pi/17)",
     "-1 + sqrt(17) + sqrt(34 - 2*sqrt(17))"
     " + 2*sqrt(17 + 3*sqrt(17) - sqrt(34 - 2*sqrt(17)) - 2*sqrt(34 + 2*sqrt(17)))"),
    ("2*cos(pi/257)", "sqrt(2 + 2*cos(2*pi/257))"),
    ("sec(pi/12)", "sqrt(6) - sqrt(2)"),
    # ---- arctangents -------------------------------------------------------------------------------------------
    ("4*atan(1/5) - atan(1/239)", "pi/4"),
    ("12*atan(1/49) + 32*atan(1/57) - 5*atan(1/239) + 12*atan(1/110443)", "pi/4"),
    ("atan(2) + atan(3)", "3*pi/4"),
    ("atan(1/2) + atan(1/3)", "pi/4"),
    ("2*asin(1/sqrt(5))", "acos(3/5)"),
    ("atan(sqrt(2) - 1)", "pi/8"),
    ("asin(sqrt(2 - sqrt(2))/2)", "pi/8"),
    ("asin(1) + asin(-1/2)", "pi/3"),
    ("sqrt(2)*atan(2) + sqrt(2)*atan(3)", "3*pi/sqrt(8)"),
    ("pi*(atan(2) + atan(3))", "3*pi^2/4"),
    ("atan(sqrt(5)) + atan(1/sqrt(5))", "pi/2"),
    # ---- logarithms, exponentials ------------------------------------------------------------------------------
    ("log(3 + 2*sqrt(2))", "2*log(1 + sqrt(2))"),
    ("log(sqrt(2)) + log(3)", "log(18)/2"),
    ("log2(8)", "3"),
    ("log_base(9, 27)", "3/2"),
    ("acosh(3)", "2*log(1 + sqrt(2))"),
    ("atanh(1/2)", "log(3)/2"),
    ("sinh(log(2))", "3/4"),
    ("sigmoid(log(3))", "3/4"),
    ("log(2)^2*4", "log(4)^2"),
    ("sqrt(2)*log(4)", "sqrt(8)*log(2)"),
    ("exp(log(3)/2)", "sqrt(3)"),
    ("e^2*exp(-2)", "1"),
    ("2^sqrt(2)*2^(-sqrt(2))", "1"),
    ("exp(sqrt(3 + 2*sqrt(2)))*exp(-1 - sqrt(2))", "1"),
    ("log(pi*e)", "1 + log(pi)"),
    ("sqrt(pi)^2", "pi"),
    ("log(log(4))", "log(2*log(2))"),
    ("pi^sqrt(2)", "exp(sqrt(2)*log(pi))"),
    # ---- functions of which nothing else is known --------------------------------------------------------------
    ("erf(sqrt(3 + 2*sqrt(2)))", "erf(1 + sqrt(2))"),
    ("erf(1 - sqrt(2))", "-erf(sqrt(2) - 1)"),
    ("gelu(1) + gelu(-1)", "erf(1/sqrt(2))"),
    ("sin(sqrt(5 + 2*sqrt(6)))", "-sin(-sqrt(2) - sqrt(3))"),
    ("1/(pi + sqrt(2) + sqrt(3))", "1/(pi + sqrt(5 + 2*sqrt(6)))"),
)  # fmt: skip

NOT_ZERO = (
    ("exp(pi*sqrt(163))", "262537412640768744"),
    ("sqrt(10^60 + 1)", "10^30"),
    ("cos(pi/5)", "(1 + sqrt(5))/4 + 10^(-60)"),
    ("4*atan(1/5) - atan(1/239) + atan(10^(-80))", "pi/4"),
    ("atan(2) + atan(3)", "-pi/4"),
    ("atan(2) + atan(3)", "3*pi/4 + pi"),
    ("log(3 + 2*sqrt(2)) + 10^(-200)", "2*log(1 + sqrt(2))"),
    ("22/7", "pi"),
    ("sqrt(1000001) + sqrt(1000025) + sqrt(1000031) + sqrt(1000084) + sqrt(1000087) + sqrt(1000134) + sqrt(1000158)"
     " + sqrt(1000182) + sqrt(1000198)",
     "sqrt(1000002) + sqrt(1000018) + sqrt(1000042) + sqrt(1000066) + sqrt(1000113) + sqrt(1000116) + sqrt(1000169)"
     " + sqrt(1000175) + sqrt(1000199)"),
    ("cbrt(-8)", "2"),
    ("asin(sin(2))", "2"),
    ("abs(-pi)", "-pi"),
)  # fmt: skip

NOT_REAL = ("sqrt(-1) - sqrt(-1)", "0*log(-1)", "1/0 - 1/0", "asin(2) - asin(2)", "0*sqrt(1 - sqrt(2))", "0/(pi - pi)")


def difference(left: str, right: str) -> Expression:
    return Apply("-", (parse(left).expression, parse(right).expression))


@pytest.mark.parametrize(("left", "right"), ZERO, ids=str)
def test_a_constant_that_is_zero_is_proved_to_be(left: str, right: str) -> None:
    both = difference(left, right)
    assert abs(value(both, {}, 60)) < mp.mpf(10) ** -55
    assert vanishes(both)


@pytest.mark.parametrize(("left", "right"), NOT_ZERO, ids=str)
def test_a_constant_that_is_not_zero_is_not(left: str, right: str) -> None:
    assert value(difference(left, right), {}, 300) != 0
    assert not vanishes(difference(left, right))


@pytest.mark.parametrize("text", NOT_REAL)
def test_what_has_no_real_value_is_not_zero(text: str) -> None:
    assert not vanishes(parse(text).expression)


def test_the_sign_of_a_number_that_is_zero_is_zero() -> None:
    assert vanishes(parse("sign(sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2))").expression)


def test_a_formula_with_a_symbol_is_no_constant() -> None:
    assert not vanishes(parse("x - x").expression)


# ---- drawn identities ----------------------------------------------------------------------------------------------

small = st.integers(1, 40)
rationals = st.fractions(-20, 20, max_denominator=30)


def tree(text: str, **values: Fraction | int) -> Expression:
    """A formula with numbers in the places of names."""
    for name, number_ in values.items():
        text = text.replace(name, f"({number_})")
    return parse(text).expression


@given(small, small, small)
def test_sums_of_square_roots_are_found_again_in_their_squares(a: int, b: int, c: int) -> None:
    assert vanishes(tree("sqrt(A + B + 2*sqrt(A*B)) + sqrt(C) - sqrt(A) - sqrt(B) - sqrt(4*C)/2", A=a, B=b, C=c))
    assert not vanishes(tree("sqrt(A + B + 2*sqrt(A*B)) - sqrt(A) - sqrt(B) - 10^(-50)", A=a, B=b))


@given(rationals, rationals, st.integers(-2, 2))
def test_arctangents_are_added_up_to_the_right_multiple_of_pi(a: Fraction, b: Fraction, turns: int) -> None:
    assume(a * b != 1)
    both = tree("atan(A) + atan(B) - atan((A + B)/(1 - A*B)) - T*pi", A=a, B=b, T=turns)
    assert vanishes(both) is bool(abs(value(both, {})) < mp.mpf(10) ** -20)


@given(st.fractions(Fraction(1, 30), 30, max_denominator=30), small, st.integers(-6, 6))
def test_logarithms_of_conjugates_are_opposite(a: Fraction, n: int, power: int) -> None:
    assume(a * a != n)
    both = "log(abs(A + sqrt(N))^P) + P*log(abs(A - sqrt(N))) - P*log(abs(A^2 - N))"
    assert vanishes(tree(both, A=a, N=n, P=power))
    assert not vanishes(tree(both + " + log(1 + 10^(-40))", A=a, N=n, P=power))


@given(st.integers(1, 60), st.integers(2, 30), st.integers(1, 60), st.integers(2, 30))
def test_products_of_cosines_are_sums(a: int, b: int, c: int, d: int) -> None:
    both = "2*cos(A*pi/B)*cos(C*pi/D) - cos(pi*(A/B + C/D)) - cos(pi*(A/B - C/D))"
    assert vanishes(tree(both, A=a, B=b, C=c, D=d))


def applied(head: str, *parts: Expression) -> Expression:
    return Apply(head, parts)


constants = expressions(("x",), max_leaves=6).map(lambda drawn: substitute(drawn, {"x": number(Fraction(5, 3))}))


@settings(max_examples=150, deadline=None)
@given(constants, constants, st.integers(-3, 3))
def test_what_is_proved_zero_is_zero_to_many_digits(one: Expression, other: Expression, power: int) -> None:
    exponential = applied("exp", applied("*", number(power), applied("log", one)))
    candidates = [
        one,
        applied("-", one, other),
        applied("-", applied("^", one, number(power)), exponential),
        applied("-", applied("asin", applied("sin", one)), one),
        applied("-", applied("atan", applied("tan", one)), one),
        applied("-", applied("sqrt", applied("^", one, number(2))), one),
    ]
    for each in candidates:
        if vanishes(each):
            assert is_nearly_zero(each)


def is_nearly_zero(expression: Expression) -> bool:
    """Whether a value is nothing beside 1, worked out with so many digits that large numbers cancel to 80 behind 1."""
    try:
        return bool(abs(value(expression, {}, 1000)) < mp.mpf(10) ** -80)
    except OutOfReach:
        return True
    except (Undefined, ArithmeticError):
        return False


# ---- the bound -----------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(1, 10**6), st.sampled_from((2, 3)), st.booleans()), min_size=1, max_size=4))
def test_a_sum_of_roots_that_is_not_zero_is_above_its_bound(terms: list[tuple[int, int, bool]]) -> None:
    found: Algebraic = rational(0)
    for radicand, index, is_negative in terms:
        one = root(rational(radicand), index)
        found = total(found, negated(one) if is_negative else one)
    with mp.workdps(1000):
        size = abs(mp.fsum(sign * mp.root(n, k) for n, k, sign in signed(terms)))
        bits = (degree([found]) - 1) * found.above + found.below
        if size > mp.mpf(10) ** -900:
            assert not is_zero(found)
            assert size >= mp.mpf(2) ** -bits


def negated(one: Algebraic) -> Algebraic:
    return Algebraic(Apply("neg", (one.expression,)), one.above, one.below, one.radicals, one.order)


def signed(terms: list[tuple[int, int, bool]]) -> list[tuple[int, int, int]]:
    return [(n, k, -1 if is_negative else 1) for n, k, is_negative in terms]


def test_the_degree_counts_each_root_once() -> None:
    two, three = root(rational(2), 2), root(rational(3), 2)
    assert degree([total(two, total(three, two))]) == 4
    assert degree([rational(Fraction(1, 3))]) == 1


def test_a_whole_root_is_a_number() -> None:
    assert root(rational(Fraction(-27, 8)), 3).expression == Number(Fraction(-3, 2))
