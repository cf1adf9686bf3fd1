from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.formula import formula
from tests.oracle import Undefined, value
from tests.strategies import OPERATORS, expressions, rational_numbers
from tutor.expression.exact import MOST_BITS, exact_fraction
from tutor.expression.tree import Apply, Number, number

EXACT = {
    "a whole number": ("7", Fraction(7)),
    "a decimal is exact": ("0.1", Fraction(1, 10)),
    "a quotient": ("2/6", Fraction(1, 3)),
    "signs": ("-(-3) - 5", Fraction(-2)),
    "a power": ("(2/3)^3", Fraction(8, 27)),
    "a negative power": ("2^(-3)", Fraction(1, 8)),
    "a minus outside a power": ("-2^2", Fraction(-4)),
    "a tower": ("2^3^2", Fraction(512)),
    "zero to the zeroth": ("0^0", Fraction(1)),
    "a huge power of one": ("1^(10^300)", Fraction(1)),
    "a huge odd power of minus one": ("(-1)^(10^300 + 1)", Fraction(-1)),
    "a huge power of zero": ("0^(10^300)", Fraction(0)),
    "a whole exponent that is a quotient": ("4^(6/3)", Fraction(16)),
    "functions that are linear in pieces": (
        "max(1/3, abs(-2), min(7, 5))/relu(3) + sign(-4) + relu(-1)",
        Fraction(2, 3),
    ),
    "the corner of a step": ("heaviside(0)", Fraction(1, 2)),
    "a symbol": ("x", None),
    "a symbol that cancels": ("x - x", None),
    "a constant": ("pi", None),
    "a function of a number": ("sqrt(4)", None),
    "a vector": ("[1, 2]", None),
    "a power that is not whole": ("4^(1/2)", None),
    "a division by zero": ("1/(2 - 2)", None),
    "a negative power of zero": ("0^(-1)", None),
    "a power beyond the limit": ("2^5000", None),
    "a tower beyond every limit": ("9^9^9^9", None),
    "a power of a fraction beyond the limit": ("(1 + 1/10)^10^9", None),
    "a product beyond the limit": ("2^4000*2^4000", None),
}


@pytest.mark.parametrize(("text", "expected"), EXACT.values(), ids=EXACT.keys())
def test_value_of_a_tree_of_numbers(text: str, expected: Fraction | None) -> None:
    assert exact_fraction(formula(text)) == expected


def test_no_depth_is_too_deep() -> None:
    tree: Apply | Number = number(0)
    for _ in range(50_000):
        tree = Apply("+", (tree, number(1)))
    assert exact_fraction(tree) == 50_000


@given(expressions(("x",), OPERATORS, max_leaves=8))
@settings(max_examples=300)
def test_never_more_bits_than_the_limit_and_equal_to_the_oracle(expression: Apply) -> None:
    found = exact_fraction(expression)
    if found is None:
        return
    assert max(found.numerator.bit_length(), found.denominator.bit_length()) <= MOST_BITS
    try:
        expected = value(expression, {"x": 1}, digits=50)
    except Undefined:
        return
    assert abs(expected - value(Number(found), {}, digits=50)) <= abs(expected) * 10**-20 + 10**-20


@given(st.recursive(rational_numbers(), lambda parts: st.tuples(parts, parts).map(lambda two: Apply("*", two))))
@settings(max_examples=100)
def test_products_of_fractions_are_exact(expression: Apply) -> None:
    def product(part: object) -> Fraction:
        match part:
            case Number(fraction):
                return fraction
            case Apply(_, (left, right)):
                return product(left) * product(right)
            case _:
                raise TypeError(part)

    assert exact_fraction(expression) in (product(expression), None)
