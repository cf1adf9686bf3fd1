"""Every limit has its code, is checked before work, and lets through what lies just within it."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tutor.errors import AnswerError
from tutor.expression.limits import IN_FILES, TYPED, Limits, check_tree, power_bits, rational_bits
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols, number

# fmt: off
WITHIN = [
    "x" + " " * 999, "+".join(["x"] * 100), "(" * 49 + "x" + ")" * 49, "-" * 98 + "x", "1" * 50, "0." + "1" * 49,
    "1e300", "1e-300",
    "x^1000000", "x^-1000000", "x^(10^6)", "(x+1)^50000", "2^4000", "(2^60)^60", "(1/2)^4000", "1^1000000",
    "(-1)^999999", "2^(2^10)",
    "sin(x)^999999", "x^(1000000/3)", "1e300*1e300*1e300", "root(x, 1000)", "x^0.333333333333",
]
BEYOND = [
    ("too-long",         "x" + " " * 1000),
    ("too-long",         "é" * 1001),
    ("too-many-parts",   "[" + ",".join(["½"] * 400) + "]"),
    ("too-deep",         "+".join(["x"] * 102)),
    ("too-deep",         "(" * 101 + "x" + ")" * 101),
    ("too-deep",         "[" * 900),
    ("too-deep",         "-" * 101 + "x"),
    ("too-deep",         "x^" * 400 + "x"),
    ("too-deep",         "sin " * 200 + "x"),
    ("too-deep",         "√" * 500 + "x"),
    ("too-deep",         "exp(" * 101 + "x" + ")" * 101),
    ("too-many-digits",  "1" * 51),
    ("too-many-digits",  "0." + "0" * 50 + "1"),
    ("exponent-of-ten",  "1e301"),
    ("exponent-of-ten",  "1e-301"),
    ("exponent-of-ten",  "1e" + "9" * 400),
    ("power-too-large",  "x^1000001"),
    ("power-too-large",  "x^-1000001"),
    ("power-too-large",  "x^(10^9)"),
    ("power-too-large",  "x^(10^9-1)"),
    ("power-too-large",  "x^(1000002 - 1)"),
    ("power-too-large",  "x^(999999 + 2)"),
    ("power-too-large",  "sin^1000001 x"),
    ("power-too-large",  "sin(x)^(10^12)"),
    ("power-too-large",  "9^9^9^9"),
    ("power-too-large",  "2^x^9999999999"),
    ("power-too-large",  "x^1e10"),
    ("power-too-large",  "root(x, 10^9)"),
    ("power-too-large",  "x²⁰⁰⁰⁰⁰⁰⁰"),
    ("number-too-large", "2^5000"),
    ("number-too-large", "2^(5001 - 1)"),
    ("number-too-large", "(2^(99 + 1))^(99 - 1)"),
    ("number-too-large", "10^5000"),
    ("number-too-large", "2^2^2^2^2"),
    ("number-too-large", "(2^70)^70"),
    ("number-too-large", "sin((3^2000)^3)"),
    ("number-too-large", "x + 0.001^1000"),
    ("number-too-large", "*".join(["1e300"] * 5)),
    ("number-too-large", "(1+1/3)^9999"),
    ("number-too-large", "np.power(7, 99999)"),
]
# fmt: on


@pytest.mark.parametrize("text", WITHIN, ids=[text[:24] for text in WITHIN])
def test_within_the_limits(text: str) -> None:
    expression = parse(text, ("x",)).expression
    check_tree(expression, TYPED)  # raises where a limit is passed
    assert free_symbols(expression) <= {"x"}


@pytest.mark.parametrize(("code", "text"), BEYOND, ids=[f"{code} {text[:16]}" for code, text in BEYOND])
def test_beyond_a_limit(code: str, text: str) -> None:
    with pytest.raises(AnswerError) as caught:
        parse(text, ("x",))
    assert caught.value.code == code
    assert caught.value.span is not None
    assert caught.value.span.end <= len(text)


def test_files_may_hold_longer_formulas() -> None:
    text = "x" + " " * 1500
    assert parse(text, ("x",), limits=IN_FILES).expression == Symbol("x")


def test_own_limits() -> None:
    with pytest.raises(AnswerError) as caught:
        parse("123", (), limits=Limits(digits=2))
    assert caught.value.code == "too-many-digits"


def nested(levels: int) -> Expression:
    tree: Expression = Symbol("x")
    for _ in range(levels):
        tree = Apply("sin", (tree,))
    return tree


def doubled(levels: int) -> Expression:
    tree: Expression = Symbol("x")
    for _ in range(levels):
        tree = Apply("+", (tree, tree))
    return tree


# fmt: off
TREES = [
    ("too-deep",         nested(100_000)),
    ("too-many-parts",   doubled(60)),
    ("number-too-large", Apply("^", (number(3), number(4_000)))),
    ("number-too-large", number(Fraction(1, 2**4097))),
    ("power-too-large",  Apply("^", (Symbol("x"), number(10**7)))),
]
# fmt: on


@pytest.mark.parametrize(("code", "tree"), TREES, ids=[code for code, _ in TREES])
def test_trees_from_elsewhere(code: str, tree: Expression) -> None:
    with pytest.raises(AnswerError) as caught:
        check_tree(tree, TYPED)
    assert caught.value.code == code


SMALL = st.fractions(min_value=-30, max_value=30, max_denominator=30)


@given(SMALL, st.integers(-60, 60))
def test_estimate_of_a_power_is_an_upper_bound(base: Fraction, exponent: int) -> None:
    assume(base != 0)
    assert rational_bits(base**exponent) <= power_bits(base, Fraction(exponent))


def trees() -> st.SearchStrategy[Expression]:
    leaves: st.SearchStrategy[Expression] = SMALL.map(Number)
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.builds(lambda head, u, v: Apply(head, (u, v)), st.sampled_from("+-*/"), inner, inner),
            st.builds(lambda u, n: Apply("^", (u, number(n))), inner, st.integers(-9, 9)),
            st.builds(lambda u: Apply("neg", (u,)), inner),
        ),
        max_leaves=12,
    )


@settings(max_examples=300, deadline=None)
@given(trees())
def test_a_tree_that_passes_has_no_larger_number_in_it(tree: Expression) -> None:
    limits = Limits(bits=200)
    try:
        check_tree(tree, limits)
    except AnswerError:
        return
    for value in values(tree):
        assert rational_bits(value) <= limits.bits


def values(tree: Expression) -> list[Fraction]:
    """The values of a tree of numbers and of all its parts, computed with fractions; none where one divides by zero."""
    match tree:
        case Number(value):
            return [value]
        case Apply("neg", (inner,)):
            known = values(inner)
            return [-known[0], *known] if known else []
        case Apply(head, (first, second)):
            left, right = values(first), values(second)
            combined = operated(head, left[0], right[0]) if left and right else None
            return [combined, *left, *right] if combined is not None else []
        case _:
            return []


def operated(head: str, left: Fraction, right: Fraction) -> Fraction | None:
    match head:
        case "+":
            return left + right
        case "-":
            return left - right
        case "*":
            return left * right
        case "/":
            return left / right if right else None
        case _:
            return left**right.numerator if left or right > 0 else None
