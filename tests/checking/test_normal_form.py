"""The normal form: proves equal forms, never unequal ones (by mpmath), alike in both rings and within its budgets."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checking.identities import EQUAL, TRAPS
from tests.checking.trees import tree_of
from tests.oracle import OutOfReach, Undefined, close, value
from tests.random_formulas import formulas
from tests.strategies import CONSTANTS, HEADS, expressions
from tests.sympy_oracle import to_sympy
from tutor.checking.normal_form import is_zero, normal_form, proof
from tutor.checking.normal_form_identities import IDENTITIES
from tutor.checking.ring import RingMaker
from tutor.checking.symbolic import prove_here
from tutor.checking.symbolic_flint_ring import flint_ring
from tutor.checking.symbolic_ring import sympy_ring
from tutor.checking.verdict import Outcome
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Number, Symbol, number, walk

RINGS = (flint_ring, sympy_ring)
each_ring = pytest.mark.parametrize("ring", RINGS, ids=["flint", "sympy"])

ROWS = json.loads((Path(__file__).parent.parent / "data" / "pairs.json").read_text(encoding="utf-8"))["rows"]

BEYOND = {"pi/4"}
"""The right form of a row that adds arctangents, which holds on a part of the line only."""

POINTS = tuple(
    {"x": Fraction(x), "y": Fraction(y), "n": Fraction(n)}
    for x, y, n in (("7/3", "-5/4", 2), ("-7/3", "5/4", 3), ("1/7", "2/9", "5/2"), ("-2/7", "-1/9", -2),
                    ("9/2", "11/3", -1), ("-31/4", "-13/3", 1), ("3/5", "17/5", "1/3"), ("-3/5", "3", "1/2"),
                    ("40/3", "1/3", 4), ("23/2", "3/7", 5), ("-2/5", "-4", -3))
)  # fmt: skip
"""Values of both signs, and as exponents whole numbers of both parities."""


def tree(text: str) -> Expression:
    return parse(text).expression


def differs(left: Expression, right: Expression, inner: Expression | None = None) -> bool:
    """Whether mpmath sees a point at which both have real values that differ, an inner part being no tiny number."""
    return any(differ_at(left, right, point) for point in POINTS if inner is None or not is_tiny(inner, point))


def is_tiny(expression: Expression, point: dict[str, Fraction]) -> bool:
    """Whether a value is so near to zero that mpmath takes acosh(cosh(u)) for 0."""
    try:
        return bool(0 < abs(value(expression, point)) < 10.0**-100)
    except (Undefined, OutOfReach, ArithmeticError):
        return False


def differ_at(left: Expression, right: Expression, point: dict[str, Fraction]) -> bool:
    """Whether values differ with few digits, and still do with many, as acosh(cosh(10^-30)) loses most of the few."""
    return _differ(left, right, point, 60) and _differ(left, right, point, 400)


def _differ(left: Expression, right: Expression, point: dict[str, Fraction], digits: int) -> bool:
    try:
        first, second = value(left, point, digits), value(right, point, digits)
    except (Undefined, OutOfReach, ArithmeticError):
        return False
    return abs(first) < 10**12 and not close(first, second, 40)


# ---- tables --------------------------------------------------------------------------------------------------------


@each_ring
@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['category']}: {row['function']}")
def test_right_forms_are_proved_and_slips_are_not(row: dict[str, str], ring: RingMaker) -> None:
    key = tree(row["key"])
    assert is_zero(key, tree(row["equal"]), ring) is (row["equal"] not in BEYOND)
    assert not is_zero(key, tree(row["wrong"]), ring)


@each_ring
@pytest.mark.parametrize(("left", "right"), EQUAL, ids=str)
def test_identities_are_proved(left: str, right: str, ring: RingMaker) -> None:
    assert not differs(tree(left), tree(right))
    assert is_zero(tree(left), tree(right), ring)


@each_ring
@pytest.mark.parametrize(("left", "right"), TRAPS, ids=str)
def test_what_holds_on_a_part_only_is_not_proved(left: str, right: str, ring: RingMaker) -> None:
    assert not is_zero(tree(left), tree(right), ring)


NOWHERE = [("log(x)", "log(-x)"), ("sqrt(-1 - x^2)", "x"), ("log(-x^2)", "x"), ("sqrt(x)*sqrt(-x - 1)", "x")]


@pytest.mark.parametrize(("left", "right"), NOWHERE)
def test_nothing_is_proved_of_what_is_real_nowhere(left: str, right: str) -> None:
    assert not is_zero(tree(left), tree(right), flint_ring)


# ---- the identities' names -----------------------------------------------------------------------------------------

ROOT = Path(__file__).parent.parent.parent
NAMED = [
    ("sin(2*x)", "2*sin(x)*cos(x)", {"euler"}),
    ("sqrt(x^2)", "abs(x)", {"root-of-product", "absolute-value"}),
    ("abs(sin(x))", "sqrt(sin(x)^2)", {"half-tangent", "absolute-value", "root-of-product"}),
    ("x^n*x", "x^(n + 1)", {"moving-exponent"}),
    ("x + x", "2*x", set()),
]


@each_ring
@pytest.mark.parametrize(("left", "right", "names"), NAMED, ids=[f"{row[0]} | {row[1]}" for row in NAMED])
def test_a_proof_names_its_identities(left: str, right: str, names: set[str], ring: RingMaker) -> None:
    found = proof(tree(left), tree(right), ring)
    assert found is not None
    assert names <= set(found.identities) <= set(IDENTITIES)
    assert ("euler" in found.identities) == ("euler" in names)


def test_every_identity_is_used_in_the_code_and_none_is_used_that_is_not_listed() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tutor/checking").glob("normal_form*.py"))
    calls = re.findall(r"used(?:\.add\(|: set\[str\] = \{)(.*?)[)}]\n", source)
    assert {name for call in calls for name in re.findall(r'"([a-z-]+)"', call)} == set(IDENTITIES)


def test_the_page_on_soundness_has_every_identity() -> None:
    page = (ROOT / "docs/soundness.md").read_text(encoding="utf-8").replace("\\|", "\u2223")
    rows = re.findall(r"^\| `([a-z-]+)` \| (.*?) \| .+? \|$", page, re.MULTILINE)
    assert {name: law.replace("\u2223", "|") for name, law in rows} == dict(IDENTITIES)


# ---- budgets -------------------------------------------------------------------------------------------------------

TOO_MUCH = [
    tree("(x + y + z)^900*(x - y)^900"),
    tree("exp(exp(exp(9)))"),
    tree("sin(exp(exp(25)))*abs(exp(exp(30)))"),
    tree("sin(1000*x)^1000"),
    tree("abs(cos(500*x))"),
    tree("+".join(f"sqrt(x + {n})" for n in range(1, 30))),
    tree("*".join(f"(sqrt(x + {n}) + sqrt(x - {n}))" for n in range(1, 10))),
    tree("log(x^99999 - 1)"),
    tree("gelu(gelu(gelu(gelu(x))))^7"),
    Apply("^", (number(2), number(999_999))),
    Apply("^", (Apply("+", (Apply("^", (number(2), number(9999))), Symbol("x"))), number(9999))),
    Apply("sqrt", (number(2**4000 - 1),)),
]


@pytest.mark.parametrize("large", TOO_MUCH, ids=lambda part: str(part)[:40])
def test_size_is_judged_before_work_is_done(large: Expression) -> None:
    assert not is_zero(large, Apply("+", (large, Symbol("w"))), flint_ring)


def test_the_method_is_named() -> None:
    assert prove_here(tree("sin(2*x)"), tree("2*sin(x)*cos(x)")).method == "normal-form"
    assert prove_here(tree("sqrt(5 + 2*sqrt(6))"), tree("sqrt(2) + sqrt(3)")).outcome is Outcome.EQUAL


# ---- random formulas -----------------------------------------------------------------------------------------------

_NUMBERS = st.sampled_from([Number(Fraction(part)) for part in ("0", "1", "2", "3", "5", "1/2", "1/3", "-1", "-2/3")])
_CALCULABLE = tuple(head for head in HEADS if head not in CONSTANTS)
_FORMULAS = expressions(("x", "y"), _CALCULABLE, _NUMBERS, max_leaves=5)


def applied(head: str, *parts: Expression) -> Expression:
    return Apply(head, parts)


_SQUARE, _HALF, _THIRD, _CUBE = number(2), number(Fraction(1, 2)), number(Fraction(1, 3)), number(3)

REWRITINGS = {
    "|u|": lambda u: applied("abs", u),
    "sqrt(u²)": lambda u: applied("sqrt", applied("^", u, _SQUARE)),
    "sqrt(u)²": lambda u: applied("^", applied("sqrt", u), _SQUARE),
    "cbrt(u³)": lambda u: applied("^", applied("^", u, _CUBE), _THIRD),
    "(u²)^(1/6)³": lambda u: applied("^", applied("^", applied("^", u, _SQUARE), number(Fraction(1, 6))), _CUBE),
    "sign(u)·u": lambda u: applied("*", applied("sign", u), u),
    "exp log u": lambda u: applied("exp", applied("log", u)),
    "log exp u": lambda u: applied("log", applied("exp", u)),
    "asin sin u": lambda u: applied("asin", applied("sin", u)),
    "sin asin u": lambda u: applied("sin", applied("asin", u)),
    "atan tan u": lambda u: applied("atan", applied("tan", u)),
    "acosh cosh u": lambda u: applied("acosh", applied("cosh", u)),
    "max(u, -u)": lambda u: applied("max", u, applied("neg", u)),
    "u·sign(u - |u|)²": lambda u: applied(
        "*", u, applied("^", applied("sign", applied("-", u, applied("abs", u))), _SQUARE)
    ),
    "sqrt((u + |u|)·x)·0 + |u|": lambda u: applied(
        "+",
        applied("*", applied("sqrt", applied("*", applied("+", u, applied("abs", u)), Symbol("x"))), number(0)),
        applied("abs", u),
    ),
    "u + 10^-9": lambda u: applied("+", u, number(Fraction(1, 10**9))),
}


@settings(max_examples=250, deadline=None)
@given(_FORMULAS, st.sampled_from(sorted(REWRITINGS)), st.sampled_from(("", "log", "sqrt", "sin", "sign", "atan")))
def test_what_is_proved_agrees_with_mpmath(inner: Expression, name: str, around: str) -> None:
    one, other = inner, REWRITINGS[name](inner)
    if around:
        one, other = applied(around, one), applied(around, other)
    if is_zero(one, other, flint_ring):
        assert not differs(one, other, inner)


@settings(max_examples=150, deadline=None)
@given(_FORMULAS, _FORMULAS, st.sampled_from(sorted(REWRITINGS)))
def test_both_rings_give_the_same_normal_form(left: Expression, right: Expression, name: str) -> None:
    assert normal_form(left, right, flint_ring) == normal_form(left, right, sympy_ring)
    other = REWRITINGS[name](left)
    assert normal_form(left, other, flint_ring) == normal_form(left, other, sympy_ring)


@settings(max_examples=150, deadline=None)
@given(_FORMULAS, st.integers(-4, 4), st.integers(1, 30))
def test_a_formula_differs_from_its_neighbours(formula: Expression, power: int, places: int) -> None:
    if any(not isinstance(checked, str) for checked in values_of(formula)):
        factor = applied("^", Symbol("x"), number(power))
        near = applied("+", formula, applied("/", factor, number(10**places)))
        assert not is_zero(formula, near, flint_ring)


def values_of(formula: Expression) -> list[object]:
    """The values of a formula at the points, a text where it has none."""
    found: list[object] = []
    for point in POINTS:
        try:
            found.append(value(formula, point))
        except (Undefined, OutOfReach, ArithmeticError):
            found.append("none")
    return found


# ---- forms made by SymPy -------------------------------------------------------------------------------------------

FORMS = {
    "expand": lambda formula: sp.expand(formula),
    "together": lambda formula: sp.together(formula),
    "factor": lambda formula: sp.factor(formula),
    "trigsimp": lambda formula: sp.trigsimp(formula),
    "exp": lambda formula: formula.rewrite(sp.cosh, sp.exp).rewrite(sp.sinh, sp.exp),
    "tan": lambda formula: formula.rewrite(sp.sin, sp.tan),
    "powsimp": lambda formula: sp.powsimp(formula),
}


def slopes(seed: int, count: int) -> Iterator[tuple[Expression, Any]]:
    """Random formulas, each with its derivative by SymPy, as far as SymPy and the reader of its objects go."""
    for function in formulas(seed, count, depth=3):
        try:
            yield function, sp.diff(to_sympy(function), sp.Symbol("x", real=True))
        except (KeyError, ValueError, RecursionError, ArithmeticError):
            continue


def form_of(name: str, formula: Any) -> Expression | None:
    """The tree of a form of a formula; None where SymPy brings in what no learner types."""
    try:
        made = FORMS[name](formula)
        return None if made.has(sp.I, sp.zoo, sp.nan, sp.Piecewise, sp.DiracDelta, sp.Subs) else tree_of(made)
    except (KeyError, ValueError, RecursionError, ArithmeticError, AttributeError, NotImplementedError, TypeError):
        return None


@pytest.mark.parametrize("name", sorted(FORMS))
def test_forms_made_by_sympy_are_proved(name: str) -> None:
    proved, missed = 0, []
    for _, slope in slopes(20_260, 60):
        key, other = tree_or_none(slope), form_of(name, slope) if slope.count_ops() < MOST_OPERATIONS else None
        if key is None or other is None or not free_of_strangers(key, other):
            continue
        if is_zero(key, other, flint_ring):
            assert not differs(key, other)
            proved += 1
        elif not differs(key, other):
            missed.append((key, other))
    assert proved > 20
    assert len(missed) <= 0.1 * proved, missed[:3]


MOST_OPERATIONS = 40


def tree_or_none(formula: Any) -> Expression | None:
    if formula.has(sp.I, sp.zoo, sp.nan, sp.Piecewise, sp.DiracDelta, sp.Subs, sp.Derivative):
        return None
    return tree_of(formula)


def free_of_strangers(*trees: Expression) -> bool:
    """Whether all heads are the tutor's, so that a function of SymPy's own is no reason for a miss."""
    return all(part.head in HEADS for each in trees for part in walk(each) if isinstance(part, Apply))
