"""Proofs in new variables: found where a sum stands in many places, and never for what is not equal."""

from __future__ import annotations

import pytest

from tutor.checking.change_of_variable import moved_proof
from tutor.checking.normal_form import is_zero
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.expression.domain import Domain
from tutor.expression.parser import parse
from tutor.expression.tree import Expression


def tree(text: str) -> Expression:
    return parse(text).expression


def proved(left: str, right: str) -> bool:
    found = moved_proof(tree(left), tree(right), Domain(), lambda a, b: is_zero(a, b, flint_ring))
    return found is not None


EQUAL = [
    ("(a - x)^40*(x - a)^3 + a - x", "-(a - x)^43 - (x - a)"),
    ("(x + 4)^30/(4 + x)^29 - x", "4 + 0*(x + 4)"),
    ("sin((a - x)^9)*(x - a) + x", "(a - x)*sin((x + (-1*a))^9) + x"),
    ("t_0*(x - y)^50/(x - y)^49", "t_0*(x - y)"),
]
DIFFERENT = [
    ("(a - x)^40*(x - a)^3", "(a - x)^43"),
    ("(x + 4)^2 + (x + 4)^3 + x", "(x + 4)^2 + (x + 4)^3 + x + 4"),
    ("sin(a - x) + cos(a - x) + (a - x)", "sin(x - a) + cos(x - a) - (x - a)"),
]


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_what_is_equal_is_proved_in_a_new_variable(left: str, right: str) -> None:
    assert proved(left, right)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_what_is_not_equal_is_not_proved(left: str, right: str) -> None:
    assert not proved(left, right)


def test_nothing_is_changed_where_no_sum_is_frequent() -> None:
    assert not proved("x + a", "a + x")
