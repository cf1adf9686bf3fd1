"""Verdicts against answers whose truth is known by construction or from mpmath."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy as sp
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from mpmath import mp

from tests.checking.trees import plus, slope_by_sympy, times, tree_of
from tests.oracle import Undefined, close, slope, value
from tutor.checking.check import check
from tutor.checking.prover import no_prover
from tutor.checking.symbolic import prove_here
from tutor.checking.symbolic_tree import TooLarge
from tutor.checking.verdict import Outcome, Status, SymbolicCheck, Verdict
from tutor.expression.domain import POSITIVE, Domain, Range
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Symbol, free_symbols, number
from tutor.kinds.cell import Formula, Slope

PAIRS = json.loads((Path(__file__).parents[1] / "data" / "pairs.json").read_text(encoding="utf-8"))["rows"]
WHOLE = Range(integer=True)
RIGHT, WRONG, OPEN = Status.CORRECT, Status.INCORRECT, Status.UNDECIDED


def tree(text: str) -> Expression:
    return parse(text).expression


def verdict(target: str, answer: str, *variables: str, **ranges: Range) -> Verdict:
    """The verdict on an answer to a slope where variables are named, else to a formula."""
    wanted = Slope(tree(target), variables) if variables else Formula(tree(target))
    return check(wanted, tree(answer), Domain(ranges), prove_here)


def range_of(row: dict[str, Any]) -> Range:
    low, high = row["domain"]
    return Range(Fraction(low), Fraction(high))


# ---- the project's own pairs ---------------------------------------------------------------------------------------


def _pairs() -> list[tuple[dict[str, str], str, bool]]:
    return [(row, row[column], column != "wrong") for row in PAIRS for column in ("key", "equal", "wrong")]


@pytest.mark.parametrize(
    ("row", "answer", "right"), _pairs(), ids=[f"{row['function']} | {a}" for row, a, _ in _pairs()]
)
def test_the_pairs(row: dict[str, str], answer: str, right: bool) -> None:
    within = range_of(row)
    found = verdict(row["function"], answer, row["variable"], **{row["variable"]: within})
    assert (found.status is RIGHT) == right
    assert found.numeric.outcome is not Outcome.UNKNOWN
    assert (found.numeric.witness is None) == right
    if not right:
        assert found.status is WRONG
        assert found.proved
        witnessed(found, row["function"], row["variable"], answer)


def witnessed(found: Verdict, function: str, variable: str, answer: str) -> None:
    """mpmath finds the slope and the answer at the witness where the verdict says they are."""
    witness = found.numeric.witness
    assert witness is not None
    assert witness.slope is not None
    here = slope(tree(function), variable, witness.at, 30)
    assert close(here, mp.mpf(witness.slope.middle), 15)
    if witness.answer is None:
        with pytest.raises(Undefined):
            value(tree(answer), witness.at)
    else:
        assert close(value(tree(answer), witness.at, 40), mp.mpf(witness.answer.middle), 15)


def test_most_pairs_are_proved() -> None:
    right = [(row, row["equal"]) for row in PAIRS]
    proved = sum(
        verdict(row["function"], answer, row["variable"], **{row["variable"]: range_of(row)}).proved
        for row, answer in right
    )
    assert proved >= 58


# ---- slopes --------------------------------------------------------------------------------------------------------

SLOPES = [
    # function, variables, answer, status
    ("abs(x)*x", "x", "2*abs(x)", RIGHT),
    ("abs(x)*x", "x", "2*x", WRONG),
    ("abs(x)", "x", "x/abs(x)", RIGHT),
    ("abs(x)", "x", "sign(x)", RIGHT),
    ("abs(x - 1000)", "x", "sign(x - 1000)", RIGHT),
    ("abs(x - 1000)", "x", "-1", WRONG),
    ("abs(x - 1000)", "x", "1", WRONG),
    ("abs(x^2 - 1)", "x", "2*x*sign(x^2 - 1)", RIGHT),
    ("abs(x^2 - 1)", "x", "2*x", WRONG),
    ("max(x, 0)^2", "x", "2*relu(x)", RIGHT),
    ("relu(x)", "x", "heaviside(x)", RIGHT),
    ("relu(x)", "x", "1", WRONG),
    ("relu(x)", "x", "0", WRONG),
    ("max(x, y)", "x", "(1 + sign(x - y))/2", RIGHT),
    ("max(x, y)", "x", "1", WRONG),
    ("max(sin(x), cos(x))", "x", "cos(x)", WRONG),
    ("log(abs(x))", "x", "1/x", RIGHT),
    ("log(abs(x))", "x", "1/abs(x)", WRONG),
    ("log(x)", "x", "1/x", RIGHT),
    ("log(x)", "x", "1/abs(x)", RIGHT),
    ("log(x^2)", "x", "2/x", RIGHT),
    ("log(x^2)", "x", "2/sqrt(x^2)", WRONG),
    ("log(log(x))", "x", "1/(x*log(x))", RIGHT),
    ("sqrt(x - 1000)", "x", "1/(2*sqrt(x - 1000))", RIGHT),
    ("sqrt(x - 1000)", "x", "1/sqrt(x - 1000)", WRONG),
    ("sqrt(x - 1)*sqrt(1.001 - x)", "x", "(2.001 - 2*x)/(2*sqrt((x - 1)*(1.001 - x)))", RIGHT),
    ("sqrt(x - 1)*sqrt(1.001 - x)", "x", "(2.001 - x)/(2*sqrt((x - 1)*(1.001 - x)))", WRONG),
    ("acos(x)", "x", "-1/sqrt(1 - x^2)", RIGHT),
    ("acosh(x)", "x", "1/(sqrt(x - 1)*sqrt(x + 1))", RIGHT),
    ("asec(x)", "x", "1/(x^2*sqrt(1 - 1/x^2))", RIGHT),
    ("asec(x)", "x", "1/(x*sqrt(x^2 - 1))", WRONG),
    ("acot(x)", "x", "-1/(1 + x^2)", RIGHT),
    ("x^(1/3)", "x", "1/(3*cbrt(x)^2)", RIGHT),
    ("x^(1/3)", "x", "x^(-2/3)/3", RIGHT),
    ("x^(1/3)", "x", "1/(3*sqrt(x)^(4/3))", WRONG),
    ("x^(2/3)", "x", "2/(3*cbrt(x))", RIGHT),
    ("x^(2/3)", "x", "2/(3*abs(x)^(1/3))", WRONG),
    ("cbrt(x^2 - 4)", "x", "2*x/(3*cbrt(x^2 - 4)^2)", RIGHT),
    ("x^x", "x", "x^x*(1 + log(x))", RIGHT),
    ("x^x", "x", "x*x^(x - 1)", WRONG),
    ("gelu(x)", "x", "(1 + erf(x/sqrt(2)))/2 + x*exp(-x^2/2)/sqrt(2*pi)", RIGHT),
    ("gelu(x)", "x", "(1 + erf(x/sqrt(2)))/2 + x*exp(-x^2/2)/sqrt(pi)", WRONG),
    ("silu(x)", "x", "sigmoid(x)*(1 + x*(1 - sigmoid(x)))", RIGHT),
    ("softplus(x)", "x", "sigmoid(x)", RIGHT),
    ("softplus(x)", "x", "sigmoid(-x)", WRONG),
    ("(81*x^8 + 1)^399", "x", "258552*x^7*(81*x^8 + 1)^398", RIGHT),
    ("(81*x^8 + 1)^399", "x", "258552*x^7*(1 + 81*x^8)^399/(1 + 81*x^8)", RIGHT),
    ("(81*x^8 + 1)^399", "x", "258552*x^7*(81*x^8 + 1)^397", WRONG),
    ("(81*x^8 + 1)^399", "x", "258551*x^7*(81*x^8 + 1)^398", WRONG),
    ("(81*x^8 + 1)^399", "x", "258552*x^7*(81*x^8 + 1.0000000000000000000001)^398", WRONG),
    ("sin(x)^2/2", "x", "sin(x)*cos(x) + x/10^12", WRONG),
    ("x^2", "x", "2*x + x/10^40", WRONG),
    ("x^2", "x", "2*x + 10^-300", WRONG),
    ("x^2", "x", "2*x + exp(-10^4*x^2)", WRONG),
    ("x^2", "x", "2*x + exp(-10^4*(x - 3)^2)", WRONG),
    ("x^2", "x", "2*x + exp(-10^9*(x - 3)^2)", WRONG),
    ("x^2", "x", "2*x*tanh(10^9*x^2)", WRONG),
    ("x^2", "x", "2*x + relu(x - 10^5)", WRONG),
    ("x^2", "x", "2*x + max(0, (x - 5)*(5.001 - x))", WRONG),
    ("x^2", "x", "2*sqrt(x^2)", WRONG),
    ("x^2", "x", "2*sqrt(x)^2", WRONG),
    ("x^2", "x", "2*exp(log(x))", WRONG),
    ("x^2", "x", "2*x^2/x", RIGHT),
    ("x^2", "x", "2*x*(x - 1)/(x - 1)", RIGHT),
    ("x*sqrt(a^2)", "x", "a", WRONG),
    ("x*sqrt(a^2)", "x", "abs(a)", RIGHT),
    ("x*sqrt(a^2)", "x", "sqrt(a^2)", RIGHT),
    ("exp(a*x)*b", "x", "a*b*exp(a*x)", RIGHT),
    ("exp(a*x)*b", "x", "abs(a)*b*exp(a*x)", WRONG),
    ("x^n", "x", "n*x^(n - 1)", RIGHT),
    ("x^n", "x", "n*x^n/x", RIGHT),
    ("x^3", "x x", "6*x", RIGHT),
    ("x^3", "x x", "3*x^2", WRONG),
    ("sin(x)", "x x x", "-cos(x)", RIGHT),
    ("exp(x^2)", "x x x", "(8*x^3 + 12*x)*exp(x^2)", RIGHT),
    ("exp(x^2)", "x x x", "(8*x^3 + 6*x)*exp(x^2)", WRONG),
    ("x^2*exp(x*y)", "x y", "(3*x^2 + x^3*y)*exp(x*y)", RIGHT),
    ("x^2*exp(x*y)", "y x", "x^2*(3 + x*y)*exp(x*y)", RIGHT),
    ("x^2*exp(x*y)", "x y", "(2*x^2 + x^3*y)*exp(x*y)", WRONG),
    ("sin(x*y)", "x x y", "-2*y*sin(x*y) - x*y^2*cos(x*y)", RIGHT),
    ("abs(x)^3", "x x", "6*abs(x)", RIGHT),
    ("abs(x)^3", "x x", "6*x", WRONG),
    ("sqrt(x^2 + y^2)", "x", "x/sqrt(x^2 + y^2)", RIGHT),
    ("log(sin(x))", "x", "cot(x)", RIGHT),
    ("log(sin(x))", "x", "tan(x)", WRONG),
    ("5", "x", "0", RIGHT),
    ("5", "x", "5", WRONG),
    ("3*x + 1", "x", "3", RIGHT),
    ("3*x + 1", "x", "3*sin(1)^2 + 3*cos(1)^2", RIGHT),
    ("3*x + 1", "x", "3 + exp(-10^9)", OPEN),
    ("log(-1 - x^2)", "x", "2*x/(1 + x^2)", OPEN),
    ("atan(x)", "x", "1/(1 + x^2)", RIGHT),
    ("atan(1/x) + atan(x)", "x", "0", RIGHT),
]


@pytest.mark.parametrize(
    ("function", "variables", "answer", "status"), SLOPES, ids=[f"{r[0]} | {r[2]}" for r in SLOPES]
)
def test_slopes(function: str, variables: str, answer: str, status: Status) -> None:
    found = verdict(function, answer, *variables.split())
    assert found.status is status
    assert found.proved or status is not WRONG


# ---- formulas, and ranges of symbols -------------------------------------------------------------------------------

FORMULAS: list[tuple[str, str, dict[str, Range], Status]] = [
    ("abs(x - 1000)", "1000 - x", {}, WRONG),
    ("abs(x - 1000)", "1000 - x", {"x": Range(high=Fraction(1000))}, RIGHT),
    ("2*x", "2*abs(x)", {}, WRONG),
    ("2*x", "2*abs(x)", {"x": POSITIVE}, RIGHT),
    ("sqrt((x - 1)*(x - 2))", "sqrt(x - 1)*sqrt(x - 2)", {}, WRONG),
    ("sqrt(x - 1)*sqrt(x - 2)", "sqrt((x - 1)*(x - 2))", {}, RIGHT),
    ("sqrt((x - 1)*(x - 2))", "sqrt(x - 1)*sqrt(x - 2)", {"x": Range(low=Fraction(2))}, RIGHT),
    ("log(sin(x))", "log(-sin(x))", {}, WRONG),
    ("log(x*y)", "log(x) + log(y)", {}, WRONG),
    ("log(x) + log(y)", "log(x*y)", {}, RIGHT),
    ("sqrt(a^2)*x", "a*x", {}, WRONG),
    ("sqrt(a^2)*x", "a*x", {"a": POSITIVE}, RIGHT),
    ("sqrt(a^2)*x", "-a*x", {"a": Range(high=Fraction(0))}, RIGHT),
    ("(-1)^n", "cos(pi*n)", {"n": WHOLE}, RIGHT),
    ("(-1)^n", "1", {"n": WHOLE}, WRONG),
    ("(-1)^n", "-1", {"n": WHOLE}, WRONG),
    ("x^(2*n)", "(x^2)^n", {"n": WHOLE}, RIGHT),
    ("x^(2*n + 1)", "abs(x)^(2*n + 1)", {"n": WHOLE}, WRONG),
    ("sin(pi*n)", "0", {"n": WHOLE}, RIGHT),
    ("sin(pi*n/2)^2", "0", {"n": WHOLE}, WRONG),
    ("max(x, y, 1)", "max(1, max(y, x))", {}, RIGHT),
    ("min(x, 0)", "-relu(-x)", {}, RIGHT),
    ("sqrt(sin(x)^2)", "abs(sin(x))", {}, RIGHT),
    ("sqrt(1 - sin(x)^2)", "abs(cos(x))", {}, RIGHT),
    ("sqrt(1 - sin(x)^2)", "cos(x)", {}, WRONG),
    ("atan(x) + atan(1/x)", "pi/2", {}, WRONG),
    ("atan(x) + atan(1/x)", "pi/2", {"x": POSITIVE}, RIGHT),
    ("acosh(x)", "log(x + sqrt(x^2 - 1))", {}, RIGHT),
    ("atanh(x)", "log((1 + x)/(1 - x))/2", {}, RIGHT),
    ("exp(x)^y", "exp(x*y)", {}, RIGHT),
    ("(x^2)^y", "x^(2*y)", {}, WRONG),
    ("x^(2*y)", "(x^2)^y", {}, RIGHT),
    ("x", "sqrt(x)^2", {}, WRONG),
    ("x", "sqrt(x)^2", {"x": POSITIVE}, RIGHT),
    ("x", "x + 0*log(x)", {}, WRONG),
    ("1/x", "abs(x)/x^2", {}, WRONG),
    ("tan(x/2)", "sin(x)/(1 + cos(x))", {}, RIGHT),
    ("sigmoid(x)*(1 - sigmoid(x))", "exp(-x)/(1 + exp(-x))^2", {}, RIGHT),
    ("log_base(2, x)", "log2(x)", {}, RIGHT),
    ("3", "x - x + 3", {}, RIGHT),
    ("sqrt(3 + 2*sqrt(2))*x", "(1 + sqrt(2))*x", {}, RIGHT),
    ("sqrt(x - 1) + sqrt(-1 - x)", "0", {}, OPEN),
]


@pytest.mark.parametrize(
    ("expected", "answer", "ranges", "status"), FORMULAS, ids=[f"{r[0]} | {r[1]} | {len(r[2])}" for r in FORMULAS]
)
def test_formulas(expected: str, answer: str, ranges: dict[str, Range], status: Status) -> None:
    assert verdict(expected, answer, **ranges).status is status


UNDEFINED = [("log(x)", "1/(x + 0*log(-x))"), ("x^2", "2*sqrt(x)^2"), ("acos(x)", "-1/sqrt(1 - x^2) + 0*acosh(x)")]


@pytest.mark.parametrize(("function", "answer"), UNDEFINED)
def test_an_answer_without_a_value_is_wrong_with_a_point_to_show(function: str, answer: str) -> None:
    found = verdict(function, answer, "x")
    assert (found.status, found.code) == (WRONG, "undefined-here")
    assert found.numeric.witness is not None
    assert found.numeric.witness.answer is None
    with pytest.raises(Undefined):
        value(tree(answer), found.numeric.witness.at)


TIES = [
    ("csc(max(x, x*x/x))", "-csc(x)*cot(x)", RIGHT),
    ("max(x, 2*x/2, y)", "heaviside(x - y)", RIGHT),
    ("max(x, 2*x/2, y)", "1", WRONG),
    ("min(sin(x)^2, 1 - cos(x)^2)", "sin(2*x)", RIGHT),
    ("min(x, sqrt(x)^2)", "1", RIGHT),
    ("min(x, sqrt(x)^2)", "0", WRONG),
]


@pytest.mark.parametrize(("function", "answer", "status"), TIES)
def test_operands_of_max_that_are_the_same_make_no_corner(function: str, answer: str, status: Status) -> None:
    assert verdict(function, answer, "x").status is status


TOUCHING = [
    # a sign argument that touches zero without changing its sign: two regions with one sign pattern
    ("asin(2*x*sqrt(1 - x^2))", "2*asin(x)"),
    ("acos(2*x^2 - 1)", "2*acos(x)"),
    ("asin(sin(x))", "x"),
    ("sqrt(1 - sin(x)^2)", "cos(x)"),
    ("atanh(2*x/(1 + x^2))", "2*atanh(x)"),
]


@pytest.mark.parametrize(("expected", "answer"), TOUCHING)
def test_what_is_equal_on_one_side_of_a_touching_zero_only_is_wrong(expected: str, answer: str) -> None:
    assert verdict(expected, answer).status is WRONG


NESTED = [
    # a corner whose argument is zero on a whole interval
    ("relu(relu(x))", "heaviside(x)", RIGHT),
    ("relu(relu(x))", "1", WRONG),
    ("max(min(1, x), x)", "1", RIGHT),
    ("max(min(1, x), x)", "heaviside(x - 1)", WRONG),
    ("max(abs(x), x)", "sign(x)", RIGHT),
    ("max(abs(x), x)", "-1", WRONG),
    ("abs(x - abs(x))", "sign(x) - 1", RIGHT),
    ("abs(x - abs(x))", "-2", WRONG),
    ("abs(x + abs(x))", "1 + sign(x)", RIGHT),
    ("abs(x + abs(x))", "2", WRONG),
    ("abs(x - sqrt(x^2))", "sign(x) - 1", RIGHT),
    ("abs(x - sqrt(x^2))", "-2", WRONG),
    ("sign(x + abs(x)) + x", "1", RIGHT),
    ("sign(x + abs(x)) + x", "1 + heaviside(-x)", WRONG),
    ("max(relu(x), relu(-x))", "sign(x)", RIGHT),
    ("max(relu(x), relu(-x))", "heaviside(x)", WRONG),
    ("relu(x - relu(x))", "0", RIGHT),
    ("relu(x - relu(x))", "heaviside(-x)", WRONG),
    ("relu(1 - relu(1 - x))", "heaviside(x)*heaviside(1 - x)", RIGHT),
    ("relu(1 - relu(1 - x))", "heaviside(x)", WRONG),
    ("min(max(x, y), x)", "1", RIGHT),
    ("min(max(x, y), x)", "heaviside(x - y)", WRONG),
]


@pytest.mark.parametrize(("function", "answer", "status"), NESTED)
def test_a_corner_inside_a_corner_hides_no_interval(function: str, answer: str, status: Status) -> None:
    assert verdict(function, answer, "x").status is status


@pytest.mark.parametrize("answer", ["2", "3 + sign(x)"])
def test_what_cannot_be_looked_at_is_not_called_correct(answer: str) -> None:
    found = verdict("sqrt((x + abs(x))^2)", answer, "x")
    assert found.status is not RIGHT


# ---- honesty -------------------------------------------------------------------------------------------------------


def test_without_a_prover_equal_answers_are_correct_but_not_proved() -> None:
    found = check(Slope(tree("sin(x)^2"), ("x",)), tree("sin(2*x)"), Domain(), no_prover)
    assert (found.status, found.proved, found.symbolic.outcome) == (RIGHT, False, Outcome.UNKNOWN)


@pytest.mark.parametrize(
    "answer", ["2*x + exp(-10^9)", "2*x*(1 + exp(-10^9))", "2*x*cos(exp(-10^7))", "2*x + exp(-exp(x^2 + 20))"]
)
def test_what_cannot_be_seen_is_undecided_whatever_a_prover_fails_to_say(answer: str) -> None:
    found = verdict("x^2", answer, "x")
    assert (found.status, found.code, found.proved) == (OPEN, "not-settled", False)


def test_a_false_key_is_a_contradiction(monkeypatch: pytest.MonkeyPatch) -> None:
    from tutor.checking import question

    monkeypatch.setattr(question, "plain_derivative", lambda function, variables: tree("2*x + 1/10^30"))
    found = check(Slope(tree("x^2"), ("x",)), tree("2*x"), Domain(), prove_here)
    assert (found.status, found.code) == (OPEN, "contradiction")
    found = check(Slope(tree("x^2"), ("x",)), tree("2*x + 1/10^30"), Domain(), prove_here)
    assert found.status is not WRONG or found.numeric.witness is not None


@pytest.mark.parametrize("answer", ["2*x", "3*x"])
def test_a_false_key_neither_costs_nor_earns_points(monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    from tutor.checking import question

    monkeypatch.setattr(question, "plain_derivative", lambda function, variables: tree("3*x"))
    found = check(Slope(tree("x^2"), ("x",)), tree(answer), Domain(), prove_here)
    assert (found.status, found.code) == (OPEN, "contradiction")


def test_a_proof_that_balls_contradict_settles_nothing() -> None:
    def liar(left: Expression, right: Expression, *, thorough: bool = True) -> SymbolicCheck:
        return SymbolicCheck(Outcome.EQUAL, "lie")

    found = check(Slope(tree("x^2"), ("x",)), tree("2*x + exp(-10^4*x^2)"), Domain(), liar)
    assert (found.status, found.code, found.proved) == (OPEN, "contradiction", False)
    assert (found.symbolic.outcome, found.numeric.outcome) == (Outcome.EQUAL, Outcome.DIFFERENT)


def test_the_same_points_in_every_run() -> None:
    first, second = (verdict("exp(sin(x^2))", "2*x*exp(sin(x^2))", "x") for _ in range(2))
    assert first == second


# ---- random functions ----------------------------------------------------------------------------------------------

_x, _y = sp.symbols("x y", real=True)
_LEAVES = st.sampled_from([_x, _x, _y, sp.Integer(2), sp.Integer(3), sp.Rational(1, 2)])
_UNARY = st.sampled_from(
    [sp.sin, sp.cos, sp.exp, sp.atan, sp.tanh, sp.sinh, lambda u: sp.log(1 + u**2), lambda u: sp.sqrt(1 + u**2)]
)


def _functions() -> st.SearchStrategy[sp.Expr]:
    return st.recursive(
        _LEAVES,
        lambda parts: st.one_of(
            st.builds(lambda f, u: f(u), _UNARY, parts),
            st.builds(lambda u, v: u + v, parts, parts),
            st.builds(lambda u, v: u * v, parts, parts),
            st.builds(lambda u, n: u**n, parts, st.integers(2, 3)),
        ),
        max_leaves=4,
    )


@settings(max_examples=60)
@given(_functions(), st.sampled_from([1, -1]), st.integers(1, 60))
def test_the_slope_is_correct_and_any_other_is_not(function: sp.Expr, sign: int, size: int) -> None:
    f = tree_of(function)
    try:
        slope_of_f = slope_by_sympy(f, "x")
    except TooLarge:
        reject()
    target = Slope(f, ("x",))
    right = check(target, slope_of_f, Domain(), prove_here)
    assert right.status in (RIGHT, OPEN)
    assert right.status is RIGHT or right.code in ("too-few-points", "not-settled")
    near_miss = plus(slope_of_f, times(Fraction(sign, 2**size), Apply("cos", (Symbol("x"),))))
    wrong = check(target, near_miss, Domain(), prove_here)
    assert wrong.status in (WRONG, OPEN)
    assert wrong.status is WRONG or right.status is OPEN


def test_slips_in_random_polynomials() -> None:
    draw = random.Random(7)
    for _ in range(40):
        numbers = [draw.randint(-9, 9) or 1 for _ in range(4)]
        a, b, c, d = numbers
        function = tree(f"({a})*x^3 + ({b})*x^2 + ({c})*x + ({d})")
        right = tree(f"3*({a})*x^2 + 2*({b})*x + ({c})")
        wrong = tree(f"3*({a})*x^2 + 2*({b})*x + ({c + draw.choice([-1, 1])})")
        target = Slope(function, ("x",))
        assert check(target, right, Domain(), prove_here).proved
        assert check(target, wrong, Domain(), prove_here).status is WRONG
        assert free_symbols(right) <= {"x"}
        assert check(target, plus(right, number(0)), Domain(), prove_here).status is RIGHT
