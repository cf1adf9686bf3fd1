"""Answers to another question than the one asked, against SymPy."""

from __future__ import annotations

import pytest
import sympy as sp

from tests.sympy_oracle import to_sympy
from tutor.calculus.question_slips import QUESTION_SLIPS, question_slips
from tutor.expression.parser import parse

# fmt: off
SLIPS = [
    ("x^3 + sin(x)",        "x", "copy-not-differentiate",    "x^3 + sin(x)"),
    ("x^2*exp(x)",          "x", "sign-slip",                 "-x^2*exp(x) - 2*x*exp(x)"),
    ("x^2*y^3",             "x", "partial-wrong-variable",    "3*x^2*y^2"),
    ("x^2*y^3",             "x", "partial-other-as-variable", "2*x*y^3 + 3*x^2*y^2"),
    ("2*exp(2*x)",          "x", "second-derivative-once",    "2*exp(2*x)"),
    ("5*cos(5*x)",          "x", "second-derivative-squared", "25*cos(5*x)^2"),
    ("-y*ln(p)",            "p", "ce-sign",                   "y/p"),
    ("ln(1 + exp(z)) - z",  "z", "ce-extra-activation",       "(sigmoid(z) - 1)*sigmoid(z)*(1 - sigmoid(z))"),
    ("softplus(w*x) - w*x", "w", "ce-extra-activation",       "x*(sigmoid(w*x) - 1)*sigmoid(w*x)*(1 - sigmoid(w*x))"),
    ("x^4",                 "x", "constant-of-integration",   "4*x^3 + C"),
]
# fmt: on


@pytest.mark.parametrize(("function", "variable", "id", "answer"), SLIPS, ids=[f"{row[2]}: {row[0]}" for row in SLIPS])
def test_a_slip_about_the_question_gives_its_answer(function: str, variable: str, id: str, answer: str) -> None:
    made = [slip.formula for slip in question_slips(parse(function).expression, variable) if slip.rule.id == id]
    wanted = to_sympy(parse(answer).expression)
    assert any(sp.simplify(to_sympy(slope) - wanted) == 0 for slope in made)


@pytest.mark.parametrize(("function", "count"), [("x^2", 0), ("x^2*y", 1), ("x*y*z + y^2", 2)])
def test_each_other_symbol_may_be_taken_for_the_variable(function: str, count: int) -> None:
    found = question_slips(parse(function).expression, "x")
    assert [slip.rule.id for slip in found].count("partial-wrong-variable") == count


def test_a_loss_is_needed_for_the_slips_of_losses() -> None:
    assert "ce-sign" in {rule.id for rule in QUESTION_SLIPS}
    assert "ce-sign" not in {slip.rule.id for slip in question_slips(parse("x^2*sin(x)").expression, "x")}
