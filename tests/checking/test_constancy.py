"""Equality by constancy: identities on their domains are proved, none with a jump between its regions ever is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle import OutOfReach, Undefined, close, value
from tests.strategies import expressions
from tutor.checking.constancy import constant_proof
from tutor.checking.normal_form import is_zero
from tutor.checking.ring import RingMaker
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.checking.symbolic_ring import sympy_ring
from tutor.expression.domain import Domain, Range
from tutor.expression.parser import parse
from tutor.expression.tree import Expression, Symbol, free_symbols, number, substitute

Ends = tuple[str | None, str | None]

EVERYWHERE: dict[str, Ends] = {}

EQUAL: tuple[tuple[str, str, dict[str, Ends]], ...] = (
    # ---- arctangents ---------------------------------------------------------------------------------------------
    ("atan(x) + atan((1 - x)/(1 + x))", "pi/4", {"x": ("-1", None)}),
    ("atan(x) + atan((1 - x)/(1 + x))", "-3*pi/4", {"x": (None, "-1")}),
    ("atan(x) + atan((1 - x)/(1 + x))", "(2*sign(x + 1) - 1)*pi/4", EVERYWHERE),
    ("atan(x) + atan(1/x)", "pi/2", {"x": ("0", None)}),
    ("atan(x) + atan(1/x)", "-pi/2", {"x": ("-5", "-1/7")}),
    ("2*atan(x)", "atan(2*x/(1 - x^2))", {"x": ("-1", "1")}),
    ("2*atan(x)", "atan(2*x/(1 - x^2)) + pi", {"x": ("1", None)}),
    ("atan(2*x) + atan(3*x)", "atan(5*x/(1 - 6*x^2))", {"x": ("-2/5", "2/5")}),
    ("atan(x + sqrt(1 + x^2))", "pi/4 + atan(x)/2", EVERYWHERE),
    ("sqrt(2)*(atan(sqrt(2)*x + 1) + atan(sqrt(2)*x - 1))", "sqrt(2)*atan(sqrt(2)*x/(1 - x^2))", {"x": ("-1", "1")}),
    ("atan(sqrt((1 - x)/(1 + x)))", "acos(x)/2", EVERYWHERE),
    ("atan(x/2) + atan(2/x) + atan(3)", "pi/2 + atan(3)", {"x": ("0", "100")}),
    # ---- arcsines and arccosines ---------------------------------------------------------------------------------
    ("asin(2*x*sqrt(1 - x^2))", "2*asin(x)", {"x": ("-1/2", "1/2")}),
    ("asin(2*x*sqrt(1 - x^2))", "2*asin(x)", {"x": ("-7/10", "7/10")}),
    ("asin(2*x*sqrt(1 - x^2))", "pi - 2*asin(x)", {"x": ("3/4", "1")}),
    ("2*atan(x)", "asin(2*x/(1 + x^2))", {"x": ("-1", "1")}),
    ("2*atan(x) + asin(2*x/(1 + x^2))", "pi", {"x": ("1", None)}),
    ("acos(2*x^2 - 1)", "2*acos(x)", {"x": ("0", None)}),
    ("acos(2*x^2 - 1)", "2*acos(abs(x))", EVERYWHERE),
    ("acos((1 - x^2)/(1 + x^2))", "2*atan(abs(x))", EVERYWHERE),
    ("acos((1 - x^2)/(1 + x^2))", "2*abs(atan(x))", EVERYWHERE),
    ("acos(sqrt(x))", "pi/4 - asin(2*x - 1)/2", EVERYWHERE),
    ("3*acos(x)", "acos(4*x^3 - 3*x)", {"x": ("1/2", "1")}),
    # ---- hyperbolic ----------------------------------------------------------------------------------------------
    ("2*atan(tanh(x/2))", "asin(tanh(x))", EVERYWHERE),
    ("2*atan(exp(x)) - pi/2", "asin(tanh(x))", EVERYWHERE),
    ("atan(sinh(x))", "2*atan(exp(x)) - pi/2", EVERYWHERE),
    ("acosh(2*x^2 - 1)", "2*acosh(x)", EVERYWHERE),
    ("asinh(x)", "sign(x)*acosh(sqrt(x^2 + 1))", EVERYWHERE),
    # ---- several symbols -----------------------------------------------------------------------------------------
    ("atan(x) + y", "pi/2 - atan(1/x) + y", {"x": ("0", None)}),
    ("y*atan(x) + y*atan((1 - x)/(1 + x))", "y*pi/4", {"x": ("-1", None)}),
    ("atan(x) + atan(y)", "atan((x + y)/(1 - x*y))", {"x": ("-1", "1"), "y": ("-1", "1")}),
    ("atan((a + x)/(1 - a*x))", "atan(x) + atan(a)", {"x": ("0", "1"), "a": ("0", "1")}),
    ("atan(x/a) + atan(a/x)", "pi/2", {"x": ("0", None), "a": ("0", None)}),
    ("x^y*atan(x)", "x^y*(pi/2 - atan(1/x))", {"x": ("0", None)}),
)  # fmt: skip

NOT_PROVED: tuple[tuple[str, str, dict[str, Ends]], ...] = (
    ("atan(x) + atan((1 - x)/(1 + x))", "pi/4", EVERYWHERE),
    ("atan(x) + atan((1 - x)/(1 + x))", "pi/4", {"x": ("-1000001/1000000", None)}),
    ("atan(x) + atan(1/x)", "pi/2", EVERYWHERE),
    ("asin(2*x*sqrt(1 - x^2))", "2*asin(x)", EVERYWHERE),
    ("asin(2*x*sqrt(1 - x^2))", "2*asin(x)", {"x": ("-1/2", "708/1000")}),
    ("2*atan(x)", "atan(2*x/(1 - x^2))", EVERYWHERE),
    ("2*atan(x)", "asin(2*x/(1 + x^2))", EVERYWHERE),
    ("acos(2*x^2 - 1)", "2*acos(x)", EVERYWHERE),
    ("3*acos(x)", "acos(4*x^3 - 3*x)", {"x": ("499/1000", "1")}),
    ("sign(x)", "1", EVERYWHERE),
    ("abs(x)/x", "1", EVERYWHERE),
    ("sign(x - 1000000)", "-1", EVERYWHERE),
    ("sign(x - 1/10^40)", "1", {"x": ("0", None)}),
    ("sign((x - 1)*(x - 1 - 1/10^40))", "1", EVERYWHERE),
    ("sign(x^2 - 2)", "-1", {"x": ("-1", "17/12")}),
    ("heaviside(x) + heaviside(-x) + sign(x)", "1", EVERYWHERE),
    ("max(x, 1) - max(x, 2)", "-1", EVERYWHERE),
    ("atan(tan(x))", "x", EVERYWHERE),
    ("asin(sin(x))", "x", EVERYWHERE),
    ("x - atan(tan(x)) + sign(sin(x))", "x - atan(tan(x)) + 1", EVERYWHERE),
    ("atan(tan(x))", "x", {"x": ("-1", "2")}),
    ("sign(exp(x) - 1000)", "-1", EVERYWHERE),
    ("sign(x - exp(-1000))", "1", {"x": ("0", None)}),
    ("x", "x + 10^(-80)", EVERYWHERE),
    ("log(x^2)", "2*log(abs(x)) + 10^(-90)", EVERYWHERE),
    ("x^n", "abs(x)^n", EVERYWHERE),
    ("(-1)^(2*x)", "1", EVERYWHERE),
    ("atan(x/a) + atan(a/x)", "pi/2", EVERYWHERE),
    ("atan(x/a) + atan(a/x)", "pi/2", {"x": ("0", None)}),
    ("atan(x) + atan(y)", "atan((x + y)/(1 - x*y))", EVERYWHERE),
    ("atan(x) + atan(y)", "atan((x + y)/(1 - x*y))", {"x": ("-1", "1"), "y": ("-2", "2")}),
    ("sign(x - y)", "1", EVERYWHERE),
    ("sign((y + abs(y))*x)*0 + sign(x)", "1", EVERYWHERE),
    ("sqrt((y + abs(y))*x)*0 + sign(y)", "1", EVERYWHERE),
    ("sqrt((y + abs(y))*x) + sign(y)", "sqrt((y + abs(y))*x) + 1", EVERYWHERE),
    ("sqrt(x) + sqrt(-x)", "5 + sqrt(x) + sqrt(-x) + sign(x)", {"x": ("1", None)}),
)  # fmt: skip


def domain_of(ends: Mapping[str, Ends]) -> Domain:
    return Domain({name: Range(exact(low), exact(high)) for name, (low, high) in ends.items()})


def exact(end: str | None) -> Fraction | None:
    return None if end is None else Fraction(end)


def tree(text: str) -> Expression:
    return parse(text).expression


def proof(left: Expression, right: Expression, domain: Domain, ring: RingMaker = flint_ring) -> tuple[str, ...] | None:
    return constant_proof(left, right, domain, lambda one, other: is_zero(one, other, ring))


@pytest.mark.parametrize(("left", "right", "ends"), EQUAL, ids=str)
def test_an_identity_is_proved_on_its_domain(left: str, right: str, ends: dict[str, Ends]) -> None:
    assert not differ(tree(left), tree(right), domain_of(ends))
    steps = proof(tree(left), tree(right), domain_of(ends))
    assert steps is not None
    assert steps[0].startswith("d/d")


@pytest.mark.parametrize(("left", "right", "ends"), NOT_PROVED, ids=str)
def test_what_jumps_or_hides_a_jump_is_not_proved(left: str, right: str, ends: dict[str, Ends]) -> None:
    assert proof(tree(left), tree(right), domain_of(ends)) is None
    assert proof(tree(right), tree(left), domain_of(ends)) is None


@pytest.mark.parametrize(("left", "right", "ends"), EQUAL[:6], ids=str)
def test_the_normal_form_of_sympys_ring_does_as_well(left: str, right: str, ends: dict[str, Ends]) -> None:
    assert proof(tree(left), tree(right), domain_of(ends), sympy_ring) is not None


def test_constants_need_no_symbol() -> None:
    assert proof(tree("atan(2) + atan(3)"), tree("3*pi/4"), Domain()) == ("zero-bound",)


def test_whole_numbers_are_no_interval() -> None:
    whole = Domain({"n": Range(Fraction(0), None, integer=True)})
    assert proof(tree("atan(n) + atan(1/n)"), tree("pi/2"), whole) is None


def test_slopes_that_differ_are_seen_before_anything_is_proved() -> None:
    asked: list[Expression] = []
    assert constant_proof(tree("atan(x)"), tree("asin(x)"), Domain(), lambda one, other: asked.append(one)) is None
    assert asked == []


# ---- drawn pairs ---------------------------------------------------------------------------------------------------

WITH_JUMPS = (
    ("atan(u) + atan(1/u)", "pi/2"),
    ("atan(u) + atan(1/u)", "-pi/2"),
    ("atan(u) + atan((1 - u)/(1 + u))", "pi/4"),
    ("2*atan(u)", "atan(2*u/(1 - u^2))"),
    ("2*atan(u)", "asin(2*u/(1 + u^2))"),
    ("asin(2*u*sqrt(1 - u^2))", "2*asin(u)"),
    ("acos(2*u^2 - 1)", "2*acos(u)"),
    ("acos((1 - u^2)/(1 + u^2))", "2*atan(u)"),
    ("acosh(2*u^2 - 1)", "2*acosh(abs(u))"),
    ("sqrt(u^2)", "u"),
    ("sign(u)", "1"),
    ("abs(u)/u", "-1"),
    ("u*heaviside(u) + abs(u)", "max(u, 0) + u"),
    ("log(u^2)", "2*log(u)"),
    ("root(u^3, 3)", "u"),
    ("sign(u - 1)*sign(u + 1)", "1"),
    ("asin(sin(u))", "u"),
    ("atan(tan(u))", "u"),
)

INNER = (
    "x", "2*x", "x - 1", "-x", "x^2", "1/x", "sqrt(x)", "x^2 - 2", "x^3 - x", "(x - 1)/(x + 2)", "x + abs(x)", "exp(x)",
    "x*y", "x + y", "abs(x - 1)", "cbrt(x)", "tanh(x)", "x - 1/1000", "sqrt(2)*x - 1", "log(x)", "sin(x)", "2 + sin(x)",
)  # fmt: skip

BESIDE_ZEROS = Fraction(1, 1009)
"""Zeros of sign arguments are exempt: sign(x^2) counts as equal to 1."""

ENDS = st.sampled_from((None, "-3", "-1", "-1/2", "0", "1/3", "1/2", "7/10", "1", "3/2", "4"))


@st.composite
def domains(draw: st.DrawFn) -> Domain:
    first, second = draw(ENDS), draw(ENDS)
    low, high = sorted((first, second), key=lambda end: Fraction(end or 0))
    return domain_of({} if first == second else {"x": (low, high)})


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(WITH_JUMPS), st.sampled_from(INNER), domains(), st.sampled_from((0, 0, 1, -1)), st.data())
def test_what_is_proved_agrees_with_mpmath(
    pair: tuple[str, str], inner: str, domain: Domain, turns: int, data: st.DataObject
) -> None:
    sides = [substitute(tree(side), {"u": tree(inner)}) for side in pair]
    right = tree_plus_turns(sides[1], turns)
    if proof(sides[0], right, domain) is not None:
        assert not differ(sides[0], right, domain)
        near = data.draw(st.fractions(-5, 5)) + BESIDE_ZEROS
        assert not differ_at(sides[0], right, {"x": near, "y": Fraction(7, 5)}, domain)


def tree_plus_turns(side: Expression, turns: int) -> Expression:
    return substitute(tree("u + t*pi"), {"u": side, "t": number(turns)}) if turns else side


@settings(max_examples=120, deadline=None)
@given(expressions(("x", "y"), max_leaves=8), st.sampled_from(WITH_JUMPS), domains())
def test_nothing_false_is_proved_of_any_formula(inner: Expression, pair: tuple[str, str], domain: Domain) -> None:
    left, right = (substitute(tree(side), {"u": inner}) for side in pair)
    if proof(left, right, domain) is not None:
        assert not differ(left, right, domain)


GRID = tuple(Fraction(number_, 16) + BESIDE_ZEROS for number_ in range(-80, 81, 3))
FAR = tuple(Fraction(sign * 10**power) + Fraction(1, 7) for power in (2, 4, 6) for sign in (1, -1))


def points() -> Iterator[dict[str, Fraction]]:
    for number_, place in enumerate((*GRID, *FAR)):
        yield {name: place if name == "x" else (GRID * 2)[7 * number_ % 53] for name in ("x", "y", "a", "n")}


def differ(left: Expression, right: Expression, domain: Domain) -> bool:
    return any(differ_at(left, right, point, domain) for point in points())


def differ_at(left: Expression, right: Expression, point: dict[str, Fraction], domain: Domain) -> bool:
    """Whether mpmath sees that both sides are real at a point of the domain, and that they differ."""
    names = free_symbols(left) | free_symbols(right)
    if not all(domain.of(name).surrounds(point[name]) for name in names):
        return False
    try:
        first, second = value(left, point, 60), value(right, point, 60)
    except (Undefined, OutOfReach, ArithmeticError):
        return False
    return abs(first) < 10**12 and not close(first, second, 40)


def test_the_oracle_sees_jumps() -> None:
    assert differ(tree("atan(x) + atan(1/x)"), tree("pi/2"), Domain())
    assert not differ(tree("atan(x) + atan(1/x)"), tree("pi/2"), domain_of({"x": ("0", None)}))
    assert not differ(tree("sqrt(-1 - x^2)"), Symbol("x"), Domain())
