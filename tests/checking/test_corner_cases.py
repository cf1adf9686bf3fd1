"""Proofs by cases of corners: true ones are found, and no false one is, whatever vanishes on an interval."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle import Undefined, value
from tutor.checking.corner_cases import corner_proof
from tutor.checking.normal_form import is_zero
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.expression.domain import POSITIVE, Domain
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Number, Symbol


def tree(text: str) -> Expression:
    return parse(text).expression


def proved(left: Expression, right: Expression, domain: Domain | None = None) -> bool:
    found = corner_proof(left, right, domain or Domain(), lambda a, b: is_zero(a, b, flint_ring))
    return found is not None


EQUAL = [
    ("max(x, y, z)", "max(z, max(x, y))"),
    ("(1 + sign(x - max(y, z)))/2", "heaviside(x - y)*heaviside(x - z)"),
    ("relu(relu(x))", "relu(x)"),
    ("abs(x - abs(x))", "abs(x) - x"),
    ("sign(x - abs(x))", "-heaviside(-x)"),
    ("cos(abs(x))", "cos(x)"),
    ("abs(abs(x) - abs(y))", "max(abs(x), abs(y)) - min(abs(x), abs(y))"),
    ("sqrt(x^2 - 2*x*abs(y) + y^2)", "abs(x - abs(y))"),
    ("max(tan(log(x)), x, 8*x^3)", "max(max(x, 8*x^3), tan(log(x)))"),
    ("max(x, sin(x), y)/max(sin(x), y, x)", "1"),
    ("relu(x - relu(x))", "0"),
    ("abs(sin(x - x) + relu(-x))", "(abs(x) - x)/2"),
    ("heaviside(max(exp(x), y) - root(x, 3))", "(1 + sign(max(y, exp(x)) - sign(x)*abs(x)^(1/3)))/2"),
    ("heaviside(acoth(x) - max(x^3, y*x))", "(1 - sign(max(y*x, x^3) - atanh(1/x)))/2"),
    ("1 - heaviside(x - root(x, 3))", "(1 + sign(root(x, 3) - x))/2"),
    ("1 - sign(x - root(x, 3))^2", "0"),
    ("sign(csch((y + 5)/(x*n)))^2", "1"),
    ("relu(silu(tan(x^2)) - log2(y))/(silu(tan(x^2)) - log2(y))", "(1 + sign(log(y)/log(2) - silu(tan(x^2)))*(-1))/2"),
    ("abs(x - abs(x))/(3*abs(x) - 3*x)", "1/3"),
    ("sign(exp(y/x) - exp(5/x)*exp(2*x*y))^2", "1"),
    ("abs(acoth(x) - x^3)/(acoth(x) - x^3)", "sign(acoth(x) - x^3)"),
]
DIFFERENT = [
    ("sign(x - abs(x))", "-1"),
    ("sign(x - abs(x))", "0"),
    ("sign(x - x)", "1"),
    ("relu(x)", "x"),
    ("max(x, y)", "x"),
    ("max(x, y, z)", "max(x, y)"),
    ("abs(x - sqrt(x^2))", "x - sqrt(x^2)"),
    ("sign(sqrt(x^2) - x)^2", "1"),
    ("sign(atan(x) + atan(1/x) - pi/2)^2", "1"),
    ("heaviside(x - abs(x))", "0"),
    ("1 - sign(root(x^3, 3) - x)^2", "0"),
    ("abs(x - abs(x))/(x + abs(x))", "1/3"),
    ("1 - sign(exp(1/(x*(x + 1)))*exp(1/(x + 1)) - exp(1/x))^2", "0"),
    ("1 - sign(exp((x + 1)/x) - exp(1)*exp(1/x))^2", "0"),
    ("1 - sign(acoth(x) - log((x + 1)/(x - 1))/2)^2", "0"),
    ("1 - sign(exp(root(x^2, 2)) - exp(x))^2", "0"),
    ("1 - sign(exp(x*sign(x)) - exp(abs(x)))^2", "0"),
    ("abs(x) + abs(y)", "abs(x + y)"),
]


@pytest.mark.parametrize(("left", "right"), EQUAL)
def test_cases_prove_what_is_equal_in_each_of_them(left: str, right: str) -> None:
    assert proved(tree(left), tree(right))


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_cases_prove_nothing_that_fails_in_one_of_them(left: str, right: str) -> None:
    assert not proved(tree(left), tree(right))


def test_a_domain_leaves_a_case_out() -> None:
    left, right = tree("log(abs(x)) + cos(abs(x))"), tree("log(x) + cos(x)")
    assert proved(left, right, Domain({"x": POSITIVE}))
    assert not proved(tree("abs(x) + cos(abs(x))"), tree("x + cos(x)"))


_LEAVES = st.sampled_from([Symbol("x"), Symbol("x"), Symbol("y"), Number(Fraction(1)), Number(Fraction(-2))])


def _corners(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    one = st.sampled_from(["abs", "relu", "sign", "heaviside", "neg"])
    two = st.sampled_from(["+", "-", "*", "max", "min"])
    return st.one_of(
        st.builds(lambda head, u: Apply(head, (u,)), one, parts),
        st.builds(lambda head, u, v: Apply(head, (u, v)), two, parts, parts),
    )


_FORMULAS = st.recursive(_LEAVES, _corners, max_leaves=6)
_PLACES = [Fraction(a, 7) for a in (-23, -13, -5, -1, 2, 6, 11, 19, 31)]


@settings(max_examples=300)
@given(_FORMULAS, _FORMULAS)
def test_what_is_proved_is_equal_everywhere(left: Expression, right: Expression) -> None:
    if not proved(left, right):
        return
    for x in _PLACES:
        for y in _PLACES[::2]:
            at = {"x": x, "y": y + Fraction(1, 1000)}
            assert _value(left, at) == pytest.approx(_value(right, at))


def _value(formula: Expression, at: dict[str, Fraction]) -> float:
    try:
        return float(value(formula, at))
    except Undefined:
        return float("nan")


@settings(max_examples=150)
@given(_FORMULAS)
def test_a_corner_written_otherwise_is_proved_or_left(formula: Expression) -> None:
    rewritten = _rewritten(formula)
    for x in _PLACES:
        at = {"x": x, "y": Fraction(17, 13)}
        assert _value(formula, at) == pytest.approx(_value(rewritten, at))
    assert proved(formula, rewritten) or is_zero(formula, rewritten, flint_ring) or _corners_of(formula) > 3


def _rewritten(part: Expression) -> Expression:
    """The same function with relu, max and min written by absolute values."""
    if not isinstance(part, Apply):
        return part
    parts = tuple(map(_rewritten, part.arguments))
    match part.head, parts:
        case "relu", (u,):
            return Apply("/", (Apply("+", (u, Apply("abs", (u,)))), Number(Fraction(2))))
        case ("max" | "min") as head, (u, v):
            size = Apply("abs", (Apply("-", (u, v)),))
            return Apply("/", (Apply("+" if head == "max" else "-", (Apply("+", (u, v)), size)), Number(Fraction(2))))
        case head, _:
            return Apply(head, parts)


def _corners_of(part: Expression) -> int:
    if not isinstance(part, Apply):
        return 0
    here = part.head in ("abs", "relu", "sign", "heaviside", "max", "min")
    return here + sum(map(_corners_of, part.arguments))
