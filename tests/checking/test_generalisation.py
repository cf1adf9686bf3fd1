"""Proofs with symbols for lengthy parts of arguments: found where the identity holds for all values, else not."""

from __future__ import annotations

import pytest

from tutor.checking.generalisation import general_proof
from tutor.checking.normal_form import is_zero
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.expression.domain import Domain
from tutor.expression.parser import parse
from tutor.expression.tree import Expression


def tree(text: str) -> Expression:
    return parse(text).expression


def proved(left: str, right: str) -> bool:
    found = general_proof(tree(left), tree(right), Domain(), lambda a, b: is_zero(a, b, flint_ring))
    return found is not None


EQUAL = [
    ("sin((k - x)^7)", "2*sin((k - x)^7/2)*cos(-(x - k)^7/2)"),
    ("cot((k - x)^7)", "(1 - tan((k - x)^7/2)^2)/(2*tan((k - x)^7/2))"),
    ("exp(3*(x + y + 1)^5 + x)", "exp((x + y + 1)^5)^3*exp(x)"),
    ("cosh((x + 5)*x*atan(y))^2 - 1", "sinh(atan(y)*(5*x + x^2))^2"),
    ("sign(exp((x + 1)^5))*exp(3*(x + y + 1)^5)", "exp((x + y + 1)^5)^3"),
    ("tanh(t_0*x*y + 1)", "(exp(2*t_0*y*x + 2) - 1)/(exp(2*x*t_0*y + 2) + 1)"),
]
NOT_FOR_ALL = [
    ("sin((x + 1)^2)", "sin(x^2)"),
    ("exp((x + 1)^3)", "exp((x + 1)^3 + 1)"),
    ("cos((x - y)^3)", "cos((y - x)^5)"),
    ("sign(exp(x*x) - exp(x)^x)^2", "1"),
    ("heaviside(exp(x*x) - exp(x)^x)", "1"),
    ("(exp(x*x) - exp(x)^x)/(exp(x*x) - exp(x)^x) + x", "x"),
]


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_what_holds_for_all_values_is_proved(left: str, right: str) -> None:
    assert proved(left, right)


@pytest.mark.parametrize(("left", "right"), NOT_FOR_ALL)
def test_what_does_not_is_not(left: str, right: str) -> None:
    assert not proved(left, right)
