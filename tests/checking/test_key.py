"""The witnesses of a key: they agree on sound derivations, and each alone refuses a wrong one.

SymPy's slopes are compared with central differences in mpmath, which know neither our rules nor SymPy's.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from mpmath import mp

from tests import oracle
from tests.strategies import expressions
from tutor.checking import key
from tutor.checking.key import KeyEvidence, derived_key, enough_points, examine_key
from tutor.checking.question import Question
from tutor.checking.symbolic_derivative import sympy_slopes
from tutor.checking.verdict import Outcome
from tutor.errors import AnswerError
from tutor.expression.domain import Domain, Range
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Expression
from tutor.kinds.cell import Slope

ANYWHERE = Domain({})


def tree(text: str) -> Expression:
    return parse(text).expression


def examined(function: str, variables: tuple[str, ...] = ("x",), domain: Domain = ANYWHERE) -> KeyEvidence:
    return examine_key(Slope(tree(function), variables), domain)


AGREED = (
    "sin(x^2)", "|x|", "|ln(x)|", "sign(x)*x^2", "relu(2x - 2)", "relu(sin(x))", "max(x, x^2, 3)", "min(|x|, 1/x)",
    "x^(1/3)", "root(x^2 - 1, 5)", "x^(22/7)", "x^1000", "(x + 1)^999", "x^x", "log_3(x)", "gelu(x)", "silu(x)",
    "softplus(x)", "erf(x)", "atan(x)", "asin(x)", "acosh(x)", "tanh(1/x)", "heaviside(x)*x", "5", "a*x^2 + b",
    "||x| - 1|", "exp(1000x)", "sqrt(x - 1)*sqrt(2 - x)", "1/(1 + exp(-x))", "cot(x) + sec(x)",
    "x^n", "a^(x^2)*n", "(x^2 - 1)^(n*x)",
)  # fmt: skip


@pytest.mark.parametrize("function", AGREED)
def test_the_witnesses_agree(function: str) -> None:
    found = examined(function)
    assert (found.sympy, found.balls) == (Outcome.EQUAL, Outcome.EQUAL)
    assert found.agree
    assert found.points >= 4


@pytest.mark.parametrize(
    ("function", "variables"),
    [("x^8", ("x",) * 8), ("exp(x*y)", ("x", "y")), ("|x*y|", ("y",)), ("sin(x)", ("x",) * 3)],
)
def test_the_witnesses_agree_on_higher_and_mixed_slopes(function: str, variables: tuple[str, ...]) -> None:
    assert examined(function, variables).agree


@pytest.mark.parametrize("wrong", ["cos(x^2)", "2x*cos(x^2) + 1e-20", "-2x*cos(x^2)", "2|x|*cos(x^2)"])
def test_each_witness_alone_refuses_a_wrong_derivation(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as held_against:
        held_against.setattr(key, "question_of", lambda target, domain: Question(tree(wrong), tree(wrong), domain))
        first = examined("sin(x^2)")
    monkeypatch.setattr(key, "derivative", lambda function, variables: tree(wrong))
    for found in (first, examined("sin(x^2)")):
        assert (found.sympy, found.balls) == (Outcome.DIFFERENT, Outcome.DIFFERENT)
        assert not found.agree


@pytest.mark.parametrize(
    ("function", "domain"),
    [
        ("sqrt(x - 2)*sqrt(1 - x)", ANYWHERE),
        ("ln(x)", Domain({"x": Range(Fraction(-3), Fraction(-2))})),
        ("asin(x^2 + 2)", ANYWHERE),
    ],
)
def test_a_function_without_points_has_no_evidence(function: str, domain: Domain) -> None:
    found = examined(function, domain=domain)
    assert found.points < 4
    assert found.balls is Outcome.UNKNOWN
    assert not found.agree


def test_a_head_without_a_rule_is_an_error() -> None:
    with pytest.raises(AnswerError):
        examined("softmax(x, 1)")


def test_the_key_at_a_point_has_the_point_put_in() -> None:
    found = derived_key(Slope(tree("x^3"), ("x",), {"x": tree("2")}), ANYWHERE)
    assert oracle.value(found, {}) == 12


@pytest.mark.parametrize(
    ("formula", "enough"), [("x + 1", True), ("3", True), ("sqrt(-1 - x^2)", False), ("sqrt(-1)", False)]
)
def test_a_formula_without_a_function_needs_points(formula: str, enough: bool) -> None:
    assert enough_points(tree(formula), ANYWHERE) is enough


@settings(max_examples=120, deadline=None)
@given(expressions(names=("x",), max_leaves=5))
def test_sympys_slope_is_the_central_difference(function: Expression) -> None:
    point = Fraction(1234577, 999983)
    (found,) = sympy_slopes(function, ("x",), ({"x": point},))
    if found is None:
        return
    try:
        measured = oracle.slope(function, "x", {"x": point}, 25)
    except (oracle.Undefined, OverflowError):
        return
    with mp.workdps(30):
        ours = mp.mpf(found.numerator) / found.denominator
        if abs(measured) < mp.mpf(10) ** 12:  # beyond that the difference of mpmath has lost its digits
            assert abs(ours - measured) <= mp.mpf(10) ** -12 * max(1, abs(measured)), to_text(function)
