"""Formulas are alike in their pieces, whatever the order in which terms and factors stand."""

from __future__ import annotations

import pytest
from hypothesis import given

from tests.formula import formula
from tests.strategies import expressions
from tutor.expression.tree import Apply, Expression
from tutor.feedback.likeness import likeness, pieces


def alike(one: str, other: str) -> float:
    return likeness(pieces(formula(one)), pieces(formula(other)))


# fmt: off
SAME = [
    ("2*x*cos(x^2)",      "cos(x^2)*2*x"),
    ("a + b - c",         "b - c + a"),
    ("2*x*3",             "6*x"),
    ("sqrt(x)/y",         "x^(1/2)/y"),
    ("exp(2*x)",          "e^(x*2)"),
    ("a - (b - c)",       "a + c - b"),
]
# fmt: on


@pytest.mark.parametrize(("one", "other"), SAME)
def test_order_and_spelling_do_not_count(one: str, other: str) -> None:
    assert alike(one, other) == 1


@pytest.mark.parametrize(("one", "other"), [("x^2", "x^3"), ("sin(x) + 1", "sin(x) - 1"), ("x/y", "y/x")])
def test_different_formulas_are_less_alike(one: str, other: str) -> None:
    assert alike(one, other) < 1


def test_the_nearer_form_is_more_alike() -> None:
    mine = "(x*cos(x) + sin(x))/x^2"
    assert alike(mine, "(cos(x)*x + sin(x)*1)/x^2") > alike(mine, "cos(x)/x - sin(x)/x^2")


@given(expressions())
def test_a_formula_is_wholly_like_itself_and_its_mirror(tree: Expression) -> None:
    assert likeness(pieces(tree), pieces(_mirrored(tree))) == 1


def _mirrored(tree: Expression) -> Expression:
    """The tree with both sides of every sum and product exchanged."""
    if not isinstance(tree, Apply):
        return tree
    parts = tuple(_mirrored(part) for part in tree.arguments)
    return Apply(tree.head, parts[::-1] if tree.head in ("+", "*") else parts)
