"""The laws give every wrong answer of the taxonomy's examples, and 64 made ones, under the ids that belong to them.

Everything is compared by values that mpmath finds, and every mistake is tried by brute force (`mistakes.py`).
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from tests.calculus.mistakes import (
    Named,
    curve_mistakes,
    mistakes,
    points,
    read,
    same,
    two_mistakes,
    value,
)
from tutor.calculus.algebra_slips import ALGEBRA_SLIPS
from tutor.calculus.derivation import derivative
from tutor.calculus.implicit import IMPLICIT_LAWS, implicit_slope
from tutor.calculus.malrules import MAL_RULES
from tutor.calculus.misreadings import MISREADINGS
from tutor.calculus.question_slips import QUESTION_SLIPS
from tutor.expression.tree import Expression, free_symbols
from tutor.feedback.wording import Example, MalRuleWording, mal_rules

SCALAR = [row for row in mal_rules().values() if row.answer_kind == "expression"]
LAWS = (*MAL_RULES, *MISREADINGS, *ALGEBRA_SLIPS, *IMPLICIT_LAWS, *QUESTION_SLIPS)
EXAMPLES = [
    pytest.param(row, example, id=f"{row.id}: {example.function}") for row in SCALAR for example in row.examples
]
TABLE = (Path(__file__).parent.parent / "data" / "wrong_answers.csv").read_text(encoding="utf-8")
WRONG_ANSWERS = list(csv.DictReader(TABLE.splitlines()))


def reached(function: str, variable: str, wrong: Expression, *, twice: bool = False) -> list[frozenset[str]]:
    """The ids of each mistake, or of two, that gives a wrong answer's values."""
    is_curve = "=" in function or function.startswith("Eq(")
    formula = read(re.sub(r"(.*) = (.*)", r"\1 - (\2)", function))
    at = points(free_symbols(formula) | free_symbols(wrong) | {variable, "C"})
    wanted = [value(wrong, point) for point in at]
    found: list[Named] = list(curve_mistakes(formula, variable) if is_curve else mistakes(formula, variable))
    found += two_mistakes(formula, variable) if twice else []
    named = [ids for ids, candidate in found if same(candidate, wanted, at)]
    if not is_curve and same(derivative(wrong, (variable,)), [value(formula, point) for point in at], at):
        named.append(frozenset({"integrate-instead"}))
    return named


def test_every_scalar_mal_rule_has_a_law_and_every_law_an_id() -> None:
    ids = {rule.id for rule in LAWS} | {rule.inside for rule in LAWS if rule.inside}
    assert {row.id for row in SCALAR} - ids == set()
    assert ids - set(mal_rules()) == set()


@pytest.mark.parametrize(("row", "example"), EXAMPLES)
def test_an_example_of_the_taxonomy_is_reached(row: MalRuleWording, example: Example) -> None:
    assert any(row.id in ids for ids in reached(example.function, example.variable, read(example.wrong)))


@pytest.mark.parametrize("row", WRONG_ANSWERS, ids=lambda row: f"{row['function']}: {row['wrong']}")
def test_a_made_wrong_answer_is_reached_by_its_slips(row: dict[str, str]) -> None:
    wanted = set(row["mal_rules"].split())
    found = reached(row["function"], row["variable"], read(row["wrong"]), twice=len(wanted) > 1)
    assert any(wanted <= ids for ids in found)


# ---- what is asked next ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", SCALAR, ids=lambda row: row.id)
def test_a_follow_up_is_a_question_in_which_the_slip_gives_a_wrong_answer(row: MalRuleWording) -> None:
    asked, _, text = row.follow_up.partition(" ")
    assert re.fullmatch(r"d/d[a-z]|dy/dx|d\^2/dx\^2", asked)
    formula, variable = read(re.sub(r"(.*) = (.*)", r"\1 - (\2)", text)), asked.removesuffix("^2")[-1]
    if asked == "dy/dx":
        right, found = implicit_slope(formula, "x", "y"), curve_mistakes(formula, "x")
    else:
        formula = derivative(formula, ("x",)) if asked == "d^2/dx^2" else formula
        right, found = derivative(formula, (variable,)), mistakes(formula, variable)
    at = points(free_symbols(formula) | {variable, "C"})
    wanted = [value(right, point) for point in at]
    own = [candidate for ids, candidate in found if row.id in ids]
    assert row.id == "integrate-instead" or any(not same(candidate, wanted, at) for candidate in own)
