"""Every rule of the table against the slope that mpmath measures, and against SymPy."""

from __future__ import annotations

from fractions import Fraction

import pytest

from tests import oracle, sympy_oracle
from tutor.calculus.derivation import apply_rule, result
from tutor.calculus.law import FREE_OF_X
from tutor.calculus.outer import OUTER
from tutor.calculus.rule import Rule, fill, match
from tutor.calculus.rules import RULES
from tutor.expression.functions import FUNCTIONS
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Symbol, free_symbols, number

INSTANCES = {"u": "x^2 + 1/2", "v": "3 - x", "w": "2*x + 1"}
CONSTANTS = {"c": number(3), "k": number(5), "n": number(4)}
NARROW = {"acoth": "x + 3", "asec": "x + 3", "acsc": "x + 3", "acosh": "x + 3"}
"""Inner functions for outer ones that live beyond 1; the others get one that lies inside the unit interval."""
INSIDE = "x^2/3 + 1/10"
POINTS = (Fraction(3, 10), Fraction(7, 10), Fraction(11, 20))
FAR = (Fraction(17, 10), Fraction(23, 10), Fraction(31, 10))


def instance(rule: Rule) -> Expression:
    """A function that a rule applies to, with generic constants and inner functions."""
    head = rule.before.head if isinstance(rule.before, Apply) else ""
    inner = NARROW.get(head, INSIDE if rule.id.startswith("chain-") else INSTANCES["u"])
    values: dict[str, Expression] = {letter: parse(text, {"x"}).expression for letter, text in INSTANCES.items()}
    values |= {"u": parse(inner, {"x"}).expression, "x": Symbol("x"), **CONSTANTS}
    assert free_symbols(rule.before) <= set(values)
    return fill(rule.before, values)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_gives_the_slope_that_is_measured(rule: Rule) -> None:
    function = instance(rule)
    bindings = match(rule.before, function, "x")
    assert bindings is not None
    slope = result(apply_rule(rule, function, bindings, "x"))
    points = FAR if isinstance(function, Apply) and function.head in NARROW else POINTS
    for x in points:
        measured = oracle.slope(function, "x", {"x": x})
        assert oracle.close(oracle.value(slope, {"x": x}), measured, 20), (rule.id, x)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_agrees_with_sympy(rule: Rule) -> None:
    function = instance(rule)
    bindings = match(rule.before, function, "x")
    assert bindings is not None
    slope = result(apply_rule(rule, function, bindings, "x"))
    x = (FAR if isinstance(function, Apply) and function.head in NARROW else POINTS)[1]
    assert oracle.close(oracle.value(slope, {"x": x}), sympy_oracle.slope(function, "x", {"x": x}), 15)


def test_every_function_with_one_value_has_a_rule() -> None:
    ruled = {rule.before.head for rule in RULES if isinstance(rule.before, Apply)}
    assert {name for name, row in FUNCTIONS.items() if row.arity != (0, 0)} - ruled == {"softmax"}


def test_a_function_with_a_corner_names_it() -> None:
    cornered = {rule.before.head for rule in RULES if rule.corner is not None and isinstance(rule.before, Apply)}
    assert cornered == {"abs", "relu", "sign", "heaviside", "max", "min"}


def test_constant_letters_fit_nothing_that_holds_the_variable() -> None:
    for letter in FREE_OF_X:
        assert match(Symbol(letter), Symbol("y"), "x") is not None
        assert match(Symbol(letter), parse("2*x", {"x"}).expression, "x") is None


def test_a_letter_that_stands_twice_fits_equal_parts_only() -> None:
    pattern = Apply("*", (Symbol("u"), Symbol("u")))
    assert match(pattern, parse("sin(x)*sin(x)", {"x"}).expression, "x") is not None
    assert match(pattern, parse("sin(x)*cos(x)", {"x"}).expression, "x") is None


def test_outer_ids_are_unique() -> None:
    assert len({outer.id for outer in OUTER}) == len(OUTER)
