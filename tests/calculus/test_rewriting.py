"""Patterns fit sums and products in any order, and a rewriting replaces what it says."""

from __future__ import annotations

import pytest
import sympy as sp

from tests.random_formulas import formulas
from tests.sympy_oracle import to_sympy
from tutor.calculus.algebra_slips import ALGEBRA_SLIPS, algebra_slips
from tutor.calculus.finished_forms import finished_forms
from tutor.calculus.flat_match import MOST_FITS, fits
from tutor.calculus.flat_views import Views
from tutor.calculus.law import template
from tutor.calculus.misreadings import MISREADINGS, misreadings
from tutor.calculus.rewriting import MOST_REWRITINGS, rewriting_law, rewritings
from tutor.calculus.rule import Rule, fill
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.expression.tree import Apply, Expression, Number, Path, Symbol


def read(text: str) -> Expression:
    return parse(text).expression


def rewritten(law: str, formula: str) -> list[str]:
    found = rewritings((rewriting_law("some-law", law),), read(formula), "x")
    return [to_text(rewriting.whole) for rewriting in found]


# fmt: off
REWRITTEN = [
    ("u/v -> v/u",            "sin(x)/x",         ["x/sin(x)"]),
    ("1/(a*u) -> a/u",        "2/(x*5)",          ["2*(5/x)"]),
    ("1/(a*u) -> a/u",        "1/x",              []),
    ("u - r -> u + r",        "x^2 - x + 3",      ["x^2 + 3 + x"]),
    ("u - r -> u + r",        "x^2 + x",          []),
    ("-(r + w) -> w - r",     "x - (x^2 - 3)",    ["-3 - x^2 + x"]),
    ("p*q -> p + q",          "3*x*4",            ["x*(3 + 4)"]),
    ("p -> p + 1",            "sin(3*x) + 2",     ["sin((3 + 1)*x) + 2", "sin(3*x) + (2 + 1)"]),
    ("a*u + b*v -> b*u + a*v", "3*(x - 1) + 2*x", ["2*(x - 1) + 3*x"]),
    ("sqrt(r + w) -> sqrt(r) + sqrt(w)", "sqrt(9 + x^2)", ["sqrt(9) + sqrt(x^2)", "sqrt(x^2) + sqrt(9)"]),
]
# fmt: on


@pytest.mark.parametrize(("law", "formula", "expected"), REWRITTEN, ids=[f"{row[0]}: {row[1]}" for row in REWRITTEN])
def test_a_law_rewrites_every_place_where_it_fits(law: str, formula: str, expected: list[str]) -> None:
    found = rewritten(law, formula)
    assert found[: len(expected)] == expected
    assert bool(found) == bool(expected)


def test_a_pattern_is_fitted_in_few_ways() -> None:
    assert len(list(fits(template("r + s"), read("+".join(f"x^{n}" for n in range(2, 30))), "x", Views()))) == MOST_FITS


def test_a_rewriting_says_where_it_happened() -> None:
    (rewriting,) = rewritings((rewriting_law("some-law", "u/v -> v/u"),), read("3 + exp(x/y)"), "x")
    assert rewriting.path == (1, 0)
    assert (to_text(rewriting.before), to_text(rewriting.after)) == ("x/y", "y/x")
    assert to_text(rewriting.whole) == "3 + exp(y/x)"


# ---- the tables --------------------------------------------------------------------------------------------------

GENERIC = {
    "u": "sin(x)", "v": "exp(x)", "w": "3*x", "r": "x^2", "s": "sqrt(x)", "a": "7", "c": "3", "k": "11", "m": "5",
    "n": "3", "p": "6", "q": "5",
}  # fmt: skip
"""What each letter of a law stands for, so that nothing cancels by chance."""
AT = {sp.Symbol("x", real=True): sp.Rational(13, 10)}


def instance(rule: Rule) -> Expression:
    """A formula in x that fits a law: its pattern, times x where that is a lone number."""
    pattern = fill(rule.before, {letter: read(text) for letter, text in GENERIC.items()})
    return Apply("*", (pattern, Symbol("x"))) if isinstance(pattern, Number) else pattern


def law_name(rule: Rule) -> str:
    return f"{rule.id}: {rule.law}"


def differ(left: sp.Expr, right: sp.Expr) -> bool:
    return bool(abs(sp.N((left - right).subs(AT))) > 1e-9)


@pytest.mark.parametrize("rule", MISREADINGS, ids=law_name)
def test_a_misreading_has_another_derivative(rule: Rule) -> None:
    formula = instance(rule)
    found = [rewriting for rewriting in misreadings(formula, "x") if rewriting.rule is rule]
    slopes = [sp.diff(to_sympy(rewriting.whole), *AT) for rewriting in found]
    assert any(differ(slope, sp.diff(to_sympy(formula), *AT)) for slope in slopes)


@pytest.mark.parametrize("rule", ALGEBRA_SLIPS, ids=law_name)
def test_an_algebra_slip_changes_the_value(rule: Rule) -> None:
    formula = instance(rule)
    found = [rewriting for rewriting in algebra_slips(formula, "x") if rewriting.rule is rule]
    assert any(differ(to_sympy(rewriting.whole), to_sympy(formula)) for rewriting in found)


def test_algebra_is_done_on_sums_products_and_powers_only() -> None:
    found = list(algebra_slips(read("(x - 2)*sin(x - 3)"), "x"))
    assert found
    assert all("sin(x - 3)" in to_text(rewriting.whole) for rewriting in found)


@pytest.mark.parametrize(
    "text", ["+".join(f"{n}*x^{n}" for n in range(2, 60)), "*".join(f"(x - {n})" for n in range(2, 40))]
)
def test_the_rewritings_of_a_long_formula_are_few(text: str) -> None:
    assert 0 < len(list(misreadings(read(text), "x"))) <= MOST_REWRITINGS
    assert 0 < len(list(algebra_slips(read(text), "x"))) <= MOST_REWRITINGS


FORMS = [
    ("(x+1)/(x-2)", "(x - 2 - (x + 1))/(x - 2)^2"),
    ("(2*x+5)^4", "4*(2*x + 5)^3*2"),
    ("3*x^4", "3*(4*x^3)"),
    ("exp(x^2+x)", "exp(x^2 + x)*(2*x + 1)"),
]


@pytest.mark.parametrize(("function", "form"), FORMS)
def test_a_finished_form_keeps_what_the_rules_leave_but_for_1s_and_0s(function: str, form: str) -> None:
    forms = finished_forms(read(function), "x")
    assert to_text(forms[0]) == form
    assert all(sp.simplify(to_sympy(each) - sp.diff(to_sympy(read(function)), *AT)) == 0 for each in forms)


@pytest.mark.parametrize("seed", range(4))
def test_the_rewritings_of_any_formula_are_made_where_they_say(seed: int) -> None:
    for formula in formulas(seed, 40, symbols=("x", "y")):
        for rewriting in (*misreadings(formula, "x"), *algebra_slips(formula, "x")):
            assert part_at(formula, rewriting.path) == rewriting.before != rewriting.after
            assert part_at(rewriting.whole, rewriting.path) == rewriting.after
            assert rewriting.whole != formula


def part_at(formula: Expression, path: Path) -> Expression:
    for index in path:
        assert isinstance(formula, Apply)
        formula = formula.arguments[index]
    return formula
