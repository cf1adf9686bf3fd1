"""The quick look at the sorts of terms and factors passes over nothing that fits."""

from __future__ import annotations

import pytest

from tutor.calculus.algebra_slips import ALGEBRA_SLIPS, algebra_slips
from tutor.calculus.flat_match import as_pattern
from tutor.calculus.flat_views import Sort, Views
from tutor.calculus.misreadings import MISREADINGS, misreadings
from tutor.calculus.rewriting import Rewriting
from tutor.calculus.rule import Rule, fill
from tutor.expression.parser import parse
from tutor.expression.tree import Expression

FORMULAS = (
    "3*x^2 - (x + 1)/(2*x)",
    "-(x - 4)*exp(2*x)/x^3",
    "sqrt(x^2 + 9)/ln(5*x)",
    "root(x^3 + 1, 3)*sin(x^2)",
    "x^2*x^3/(x^2 + x)",
    "(x + 2)/x - 2/3*x + 5",
    "(x^2)^3 - x^(1/2)/x^2",
    "1/(3*x) + 4/(x - 1)",
    "-x + 2*3*x - (1 - x)",
    "(2*x + 3)^2*(x - 1)*7",
)


STANDS_FOR = {
    letter: parse(text, ("x",)).expression
    for letter, text in {
        "r": "sin(x)", "s": "exp(x)", "u": "x", "v": "ln(x)", "w": "x^2",
        "a": "5", "c": "3", "m": "2", "n": "3", "p": "3", "q": "7",
    }.items()
}  # fmt: skip
LAWS = (*MISREADINGS, *ALGEBRA_SLIPS)


def all_of(formula: Expression) -> list[Rewriting]:
    return [*misreadings(formula, "x"), *algebra_slips(formula, "x")]


@pytest.mark.parametrize("text", FORMULAS)
def test_all_that_fits_is_found(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    formula = parse(text, ("x",)).expression
    quick = all_of(formula)
    every_sort = frozenset[Sort]().union(*(as_pattern(rule.before).wanted for rule in LAWS))
    monkeypatch.setattr(Views, "sorts", lambda views, tree, kind: every_sort)
    assert quick == all_of(formula)
    assert quick


@pytest.mark.parametrize("rule", LAWS, ids=[rule.law for rule in LAWS])
def test_a_law_fits_what_it_is_about(rule: Rule) -> None:
    formula = fill(rule.before, STANDS_FOR)
    assert any(each.rule.law == rule.law for each in all_of(formula))
