"""Every wrong answer that the laws give for a function, by brute force: the laws alone, without any table of values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from tests import oracle
from tests.oracle import Undefined
from tutor.calculus.algebra_slips import algebra_slips
from tutor.calculus.derivation import Derivation, apply_rule, derivative, derive, replaced, result, steps
from tutor.calculus.finished_forms import finished_forms
from tutor.calculus.implicit import implicit_mistakes
from tutor.calculus.malrules import INNER_SLOPE_LOST, mistaken_for
from tutor.calculus.misreadings import misreadings
from tutor.calculus.question_slips import question_slips
from tutor.calculus.rule import Rule, match
from tutor.errors import AnswerError
from tutor.expression.parser import parse
from tutor.expression.tree import ONE, Expression, Symbol, free_symbols

Named = tuple[frozenset[str], Expression]
"""The ids under which a mistake is known, and what it makes of the answer."""


def read(text: str) -> Expression:
    """A formula in the notation of the taxonomy: ** for powers, Rational(a, b), Eq(F, G) as F - G."""
    text = re.sub(r"Rational\(([^(),]+),([^(),]+)\)", r"((\1)/(\2))", text)
    return parse(re.sub(r"^Eq\((.*),(.*)\)$", r"(\1) - (\2)", text)).expression


def names(rule: Rule) -> frozenset[str]:
    return frozenset({rule.id, rule.inside} - {""})


def mistaken_derivations(derivation: Derivation, variable: str) -> Iterator[tuple[frozenset[str], Derivation]]:
    """The derivation with one sound step replaced by a mal-rule."""
    for path, step in steps(derivation):
        for rule in mistaken_for(step.rule):
            mistaken = applied(rule, step, variable)
            if mistaken is not None:
                yield names(rule), replaced(derivation, path, mistaken)


def applied(rule: Rule, step: Derivation, variable: str) -> Derivation | None:
    """A mal-rule in place of the rule of a step, where it fits."""
    bindings = match(rule.before, step.before, variable)
    if bindings is None or (rule.fits is not None and not rule.fits({**bindings, "x": Symbol(variable)})):
        return None
    try:
        return apply_rule(rule, step.before, {**bindings, "x": Symbol(variable)}, variable)
    except AnswerError:
        return None


def mistakes(function: Expression, variable: str) -> Iterator[Named]:
    """What one mistake, before, in, after differentiating or about the question, makes of the derivative."""
    derivation = derive(function, variable)
    for ids, mistaken in mistaken_derivations(derivation, variable):
        yield ids, result(mistaken)
    for rewriting in misreadings(function, variable):
        yield names(rewriting.rule), derivative(rewriting.whole, (variable,))
    for form in finished_forms(function, variable):
        for rewriting in algebra_slips(form, variable):
            yield names(rewriting.rule), rewriting.whole
    for slip in question_slips(function, variable):
        yield names(slip.rule), slip.formula


def curve_mistakes(relation: Expression, x: str) -> Iterator[Named]:
    (y,) = free_symbols(relation) - {x}
    for rule, slope in implicit_mistakes(relation, x, y):
        yield names(rule), slope


def without_inner_slope(step: Derivation) -> Derivation:
    """A step of the chain rule in which the slope of what stands inside is 1."""
    for index, inner in enumerate(step.substeps):
        if inner.source == step.bindings.get("u"):
            lost = Derivation(inner.source, inner.before, INNER_SLOPE_LOST, {}, ONE, ())
            step = replaced(step, (index,), lost)
    return step


def two_mistakes(function: Expression, variable: str) -> Iterator[Named]:
    """What two mistakes in differentiating make of the derivative.

    They are at two steps; or at one step of the chain rule, whose inner slope is lost beside another mistake.
    """
    derivation = derive(function, variable)
    for path, step in steps(derivation):
        for rule in mistaken_for(step.rule) if step.rule.family == "chain" else ():
            mistaken = applied(rule, step, variable)
            if mistaken is not None:
                lost = replaced(derivation, path, without_inner_slope(mistaken))
                yield names(rule) | names(INNER_SLOPE_LOST), result(lost)
    for first, once in mistaken_derivations(derivation, variable):
        for second, twice in mistaken_derivations(once, variable):
            yield first | second, result(twice)


# ---- equal values ------------------------------------------------------------------------------------------------

_COORDINATES = ("13/100", "3/17", "-1/7", "9/13", "17/10", "53/20", "-6/5")


def points(symbols: frozenset[str]) -> list[dict[str, Fraction]]:
    """Points at which every symbol has another value, near and far from 0, most of them positive."""
    found = []
    for index, start in enumerate(_COORDINATES):
        values = (Fraction(start) + Fraction(k * (2 + index), 97) for k in range(len(symbols)))
        found.append(dict(zip(sorted(symbols), values, strict=True)))
    return found


def value(expression: Expression, point: dict[str, Fraction]) -> object:
    try:
        return oracle.value(expression, point, 15)
    except (Undefined, ZeroDivisionError):
        return None


def same(candidate: Expression, wanted: list[object], at: list[dict[str, Fraction]]) -> bool:
    """Whether a candidate has the wanted values wherever these are real, at two points or more."""
    agreed = 0
    for expected, point in zip(wanted, at, strict=True):
        if expected is None:
            continue
        found = value(candidate, point)
        if found is None:
            continue
        if not oracle.close(expected, found, 9):
            return False
        agreed += 1
    return agreed >= 2
