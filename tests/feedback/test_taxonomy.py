"""The examples of the taxonomy, and 64 made answers, are diagnosed as what they are; right answers have no finding."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
import sympy

from tests.calculus.mistakes import read
from tutor.calculus.derivation import derivative
from tutor.calculus.implicit import implicit_slope
from tutor.exercise.model import Exercise
from tutor.expression.domain import Domain
from tutor.expression.tree import Expression
from tutor.feedback.assess import assess
from tutor.feedback.diagnosis import WrongAnswer, diagnose, diagnose_curve
from tutor.feedback.finding import Diagnosis
from tutor.feedback.wording import Example, MalRuleWording, mal_rules

SCALAR = [(row, example) for row in mal_rules().values() if row.answer_kind == "expression" for example in row.examples]
OF_FIRST_DERIVATIVE = ("second-derivative-once", "second-derivative-squared")
"""Their examples give the first derivative, of which the second was asked."""

TABLE = (Path(__file__).parent.parent / "data" / "wrong_answers.csv").read_text(encoding="utf-8")
MADE = list(csv.DictReader(TABLE.splitlines()))
LEAST_OF_MADE = 0.95


def is_curve(function: str) -> bool:
    return "=" in function


def formula(function: str) -> Expression:
    return read(re.sub(r"(.*) = (.*)", r"\1 - (\2)", function))


def diagnosed(function: str, variable: str, answer: Expression) -> Diagnosis:
    if is_curve(function) or function.startswith("Eq("):
        return diagnose_curve(formula(function), (variable, "y"), answer, Domain())
    return diagnose(WrongAnswer(formula(function), (variable,), answer, Domain()))


def named(found: Diagnosis) -> list[set[str]]:
    return [set(finding.mal_rules) for finding in found.findings]


def explained(row: MalRuleWording, example: Example) -> list[set[str]]:
    """What an example's wrong answer is explained by, as the question is put where the slip is made."""
    if row.id == "constant-of-integration":
        found = assess(Exercise.derivative(example.function, variable=example.variable), example.wrong)
        return named(found.cells[0].diagnosis)
    if row.id in OF_FIRST_DERIVATIVE:
        before = sympy.integrate(sympy.sympify(example.function), sympy.Symbol(example.variable))
        twice = (example.variable, example.variable)
        return named(diagnose(WrongAnswer(read(str(before)), twice, read(example.wrong), Domain())))
    return named(diagnosed(example.function, example.variable, read(example.wrong)))


@pytest.mark.parametrize(("row", "example"), SCALAR, ids=[f"{row.id}: {example.function}" for row, example in SCALAR])
def test_an_example_is_diagnosed_as_what_it_is(row: MalRuleWording, example: Example) -> None:
    assert any(row.id in ids for ids in explained(row, example))


RIGHT = sorted({(example.function, example.variable) for _, example in SCALAR})


@pytest.mark.parametrize(("function", "variable"), RIGHT)
def test_a_right_answer_has_no_finding(function: str, variable: str) -> None:
    if function.startswith("Eq("):
        answer = implicit_slope(formula(function), variable, "y")
    else:
        answer = derivative(formula(function), (variable,))
    assert diagnosed(function, variable, answer).findings == ()


def test_nearly_all_made_answers_are_explained_by_the_slips_that_made_them() -> None:
    missed = [
        row for row in MADE
        if not any(set(row["mal_rules"].split()) <= ids
                   for ids in named(diagnosed(row["function"], row["variable"], read(row["wrong"]))))
    ]  # fmt: skip
    assert len(MADE) == 64
    assert len(missed) <= (1 - LEAST_OF_MADE) * len(MADE), missed
