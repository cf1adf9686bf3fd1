"""Every mal-rule is mistaken: on a generic instance its result is not the slope of the function."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

import pytest

from tests import oracle
from tests.oracle import Undefined
from tutor.calculus.derivation import apply_rule, derive, result
from tutor.calculus.law import template
from tutor.calculus.malrules import CONTEXTS, MAL_RULES, mistaken_for
from tutor.calculus.rule import Rule, fill, marks, match
from tutor.calculus.rules import RULES
from tutor.expression.parser import parse
from tutor.expression.tree import Expression, Symbol, free_symbols
from tutor.feedback.wording import mal_rules

GENERIC: dict[str, tuple[str, ...]] = {
    "u": ("x^3/3 + 3*x/10", "-3*x/2 + 11/4", "x^2/2 + 13/4", "-x^2 - 3/2", "exp(x) + exp(w_1)", "x"),
    "v": ("5/2 - x", "3*x^2"),
    "w": ("x^2 + 2",),
    "r": ("sqrt(x)",),
    "c": ("4", "-4", "3/2", "1/2", "w_1"),
    "k": ("5", "exp(w_1)"),
    "a": ("7",),
    "m": ("5",),
    "n": ("3",),
    "p": ("2",),
    "y": ("w_2",),
    "x": ("x",),
}
"""What each letter of a law may be: inner functions whose slopes are not -1, 0 or 1 (some fall, some are large)."""
OUTERS = ("sin(u)", "u^4", "2/u", "tanh(u)")
"""What `f` and `g` of a chain law may be: nothing that is its own slope."""
POINTS = tuple({"x": Fraction(x), "w_1": Fraction(7, 5), "w_2": Fraction(9, 7)} for x in ("13/20", "29/20", "39/20"))


def instances(rule: Rule) -> Iterator[Expression]:
    """Functions that fit a mal-rule."""
    letters = [letter for letter in GENERIC if letter in free_symbols(rule.before)]
    for outer, *texts in product(OUTERS, *(GENERIC[letter] for letter in letters)):
        values = {letter: parse(text).expression for letter, text in zip(letters, texts, strict=True)}
        function = fill(rule.before, {**values, "f": template(outer), "g": template("cos(u)")})
        bindings = match(rule.before, function, "x")
        if bindings is not None and (rule.fits is None or rule.fits({**bindings, "x": Symbol("x")})):
            yield function


def is_wrong_somewhere(rule: Rule, function: Expression) -> bool:
    bindings = match(rule.before, function, "x")
    assert bindings is not None
    mistaken = result(apply_rule(rule, function, {**bindings, "x": Symbol("x")}, "x"))
    for point in POINTS:
        try:
            right = oracle.slope(function, "x", point, 15)
            wrong = oracle.value(mistaken, point)
        except (Undefined, ZeroDivisionError):
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
    assert any(rule in mistaken_for(derive(function, "x").rule) for function in instances(rule))


@pytest.mark.parametrize(
    "text",
    ["sin(x^2)^3*cos(2*x)", "exp(x^2)^3/(1 + exp(-x))", "ln(3*x/(x + 1)) - x*atan(x^2)", "x^sin(x)", "e^(x^2)^2"],
)
def test_no_law_leads_back_to_what_it_began_with(text: str) -> None:
    """A table of all mistakes differentiates the parts that each law leaves, and those that these leave."""
    assert not returns(parse(text).expression)


def returns(part: Expression, above: frozenset[Expression] = frozenset()) -> bool:
    """Whether the laws lead from a part to itself, or on and on."""
    if part in above or len(above) > 30:
        return True
    step = derive(part, "x")
    left = {each.source for each in step.substeps}
    for rule in mistaken_for(step.rule):
        bindings = match(rule.before, step.before, "x")
        if bindings is not None and (rule.fits is None or rule.fits({**bindings, "x": Symbol("x")})):
            left |= set(marks(fill(rule.after, {**bindings, "x": Symbol("x")})))
    return any(returns(each, above | {part}) for each in left)


# ---- one slip, several names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("id", CONTEXTS)
def test_a_slip_named_by_the_question_has_a_name_in_any_question(id: str) -> None:
    """On some instance of a law of the id, a law without a context comes to the same value."""
    twins = (
        same_value(rule, other, function)
        for rule in MAL_RULES
        if rule.id == id
        for function in instances(rule)
        for other in mistaken_for(derive(function, "x").rule)
        if not other.context
    )
    assert any(twins)


def same_value(rule: Rule, other: Rule, function: Expression) -> bool:
    left, right = mistaken_value(rule, function), mistaken_value(other, function)
    return left is not None and right is not None and oracle.close(left, right, 9)


def mistaken_value(rule: Rule, function: Expression) -> oracle.Real | None:
    bindings = match(rule.before, function, "x")
    if bindings is None or (rule.fits is not None and not rule.fits({**bindings, "x": Symbol("x")})):
        return None
    mistaken = result(apply_rule(rule, function, {**bindings, "x": Symbol("x")}, "x"))
    try:
        return oracle.value(mistaken, POINTS[0])
    except (Undefined, ZeroDivisionError):
        return None
