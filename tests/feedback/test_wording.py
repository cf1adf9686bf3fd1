"""The wording files are whole: every id of the catalogue, every field, and examples that are what they claim."""

from __future__ import annotations

import re

import mpmath
import pytest
import sympy

from tutor.feedback.wording import Example, MalRuleWording, mal_rules, skill, skills

FAMILIES = {
    "activation", "algebra", "backprop", "chain", "constant", "exponential", "general", "gradient-descent", "implicit",
    "inverse-trig", "logarithm", "loss", "matrix", "partial", "power", "product", "quotient", "trigonometric",
}  # fmt: skip
ROWS = list(mal_rules().values())


def test_the_catalogue_has_137_mal_rules_and_117_skills() -> None:
    assert (len(ROWS), len(skills())) == (137, 117)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_each_mal_rule_says_everything(row: MalRuleWording) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row.id)
    assert row.family in FAMILIES
    assert row.tier in {"core", "extra"}
    assert len(row.examples) == 2
    for text in (row.name, row.feedback, row.follow_up, row.wrong_rule, row.correct_rule, row.how_common):
        assert text.strip() == text != ""


@pytest.mark.parametrize("name", skills())
def test_each_skill_has_one_sentence(name: str) -> None:
    assert skill(name)[-1] in ".!?:"
    assert 20 <= len(skill(name)) <= 200


def test_a_skill_that_is_not_known_has_no_sentence() -> None:
    assert skill("juggling") == ""


DIFFERENTIATED = set("power constant exponential logarithm trigonometric inverse-trig product quotient chain".split())
CHECKED = [row for row in ROWS if row.family in DIFFERENTIATED and row.answer_kind == "expression"]
EXAMPLES = [pytest.param(example, id=f"{row.id}: {example.function}") for row in CHECKED for example in row.examples]
NAMES = {letter: sympy.Symbol(letter) for letter in "abcknNSEIOQ"} | {
    "sigmoid": lambda u: 1 / (1 + sympy.exp(-u)),
    "sigma": lambda u: 1 / (1 + sympy.exp(-u)),
    "relu": lambda u: sympy.Max(0, u),
}


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_of_the_rules_of_differentiation_are_right_and_wrong(example: Example) -> None:
    function, wrong, right = (sympy.sympify(text, NAMES) for text in (example.function, example.wrong, example.right))
    variable = sympy.Symbol(example.variable)
    free = sorted(function.free_symbols | wrong.free_symbols | {variable}, key=str)
    point = {symbol: sympy.Rational(index * 7 + 31, 97) for index, symbol in enumerate(free)}
    key = mpmath.mpmathify(sympy.N(sympy.diff(function, variable).subs(point), 30))
    assert abs(mpmath.mpmathify(sympy.N(right.subs(point), 30)) - key) < 1e-20
    assert abs(mpmath.mpmathify(sympy.N(wrong.subs(point), 30)) - key) > 1e-8
