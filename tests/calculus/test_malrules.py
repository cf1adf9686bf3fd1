"""Every mal-rule is mistaken: on a generic instance its result is not the derivative."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest

from tests import oracle
from tests.oracle import Undefined
from tutor.calculus.derivation import apply_rule, derivative, derive, result
from tutor.calculus.law import template
from tutor.calculus.malrules import MAL_RULES, mistaken_for
from tutor.calculus.rule import Rule, fill, match
from tutor.calculus.rules import RULES
from tutor.expression.parser import parse
from tutor.expression.tree import Expression, Symbol, number
from tutor.feedback.wording import mal_rules

INNERS = ("x^3/3 + 3*x/10", "-3*x/2 + 11/4", "x^2/2 + 13/4")
"""Inner functions whose slopes are not -1, 0 or 1; one of them falls."""
OUTERS = ("sin(u)", "u^4", "2/u", "tanh(u)")
"""What `f` and `g` of a chain law may be: nothing that is its own slope."""


def instances(rule: Rule) -> list[Expression]:
    """Functions that fit a mal-rule."""
    found = []
    for inner, exponent, outer in product(INNERS, (number(4), number(-4), number(Fraction(1, 2))), OUTERS):
        values: dict[str, Expression] = {"c": exponent, "k": number(5), "a": number(7), "x": Symbol("x")}
        values |= {"u": parse(inner).expression, "v": parse("5/2 - x").expression, "w": parse("x^2 + 2").expression}
        values |= {"f": template(outer), "g": template("cos(u)")}
        function = fill(rule.before, values)
        bindings = match(rule.before, function, "x")
        if bindings is not None and (rule.fits is None or rule.fits(bindings)) and function not in found:
            found.append(function)
    return found


def is_wrong_somewhere(rule: Rule, function: Expression) -> bool:
    bindings = match(rule.before, function, "x")
    assert bindings is not None
    mistaken = result(apply_rule(rule, function, {**bindings, "x": Symbol("x")}, "x"))
    for x in (Fraction(13, 20), Fraction(29, 20), Fraction(39, 20)):
        try:
            right = oracle.value(derivative(function, ("x",)), {"x": x})
            wrong = oracle.value(mistaken, {"x": x})
        except Undefined:
            continue
        if not oracle.close(right, wrong, 9):
            return True
    return False


def names(rule: Rule) -> str:
    return f"{rule.id}-{'-'.join(sorted(rule.mistaken_for))}-{rule.law}"


@pytest.mark.parametrize("rule", MAL_RULES, ids=names)
def test_a_mal_rule_differs_from_its_rule(rule: Rule) -> None:
    assert any(is_wrong_somewhere(rule, function) for function in instances(rule))


def test_every_mal_rule_has_an_id_of_the_taxonomy() -> None:
    assert {rule.id for rule in MAL_RULES} | {rule.inside for rule in MAL_RULES if rule.inside} <= set(mal_rules())


def test_every_mal_rule_is_mistaken_for_rules_that_exist() -> None:
    assert {name for rule in MAL_RULES for name in rule.mistaken_for} <= {rule.id for rule in RULES} | {
        "plain",
        "chain",
    }


@pytest.mark.parametrize("rule", MAL_RULES, ids=names)
def test_a_mal_rule_stands_in_for_the_rule_that_would_be_applied(rule: Rule) -> None:
    applied = [derive(function, "x").rule for function in instances(rule)]
    assert any(rule in mistaken_for(sound) for sound in applied)
