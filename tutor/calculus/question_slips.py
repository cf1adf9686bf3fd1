"""Slips about the question as a whole: the answer is another derivative of the function than the one that is asked.

In the laws `F` is what is to be differentiated (in a question of higher order the derivative so far), `D(F)` its
derivative, `E(F)` the one with respect to another symbol of F, `I(F)` an antiderivative, `C` a constant that is added.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from tutor.calculus.derivation import derivative
from tutor.calculus.flat_match import fits
from tutor.calculus.flat_views import Views
from tutor.calculus.law import HEADS, template
from tutor.calculus.rule import Rule
from tutor.expression.parser import parse
from tutor.expression.tree import Apply, Expression, Symbol, free_symbols, walk


def _law(id: str, law: str, holds: str = "") -> Rule:
    """A law about a question; with `holds`, only where the function holds a part that fits this pattern."""
    before, after = (parse(side, ("F", "C", "u"), heads=HEADS | {"E", "I"}).expression for side in law.split("->"))
    if not holds:
        return Rule(id, law, before, after, family="whole")
    return Rule(id, f"{law}, where F holds {holds}", template(holds), after, family="part")


# fmt: off
QUESTION_SLIPS: tuple[Rule, ...] = (
    _law("copy-not-differentiate",    "D(F) -> F"),
    _law("sign-slip",                 "D(F) -> -D(F)"),
    _law("partial-wrong-variable",    "D(F) -> E(F)"),
    _law("partial-other-as-variable", "D(F) -> D(F) + E(F)"),
    _law("second-derivative-once",    "D(F) -> F"),
    _law("second-derivative-squared", "D(F) -> F^2"),
    _law("ce-sign",                   "D(F) -> -D(F)",                                 "ln(u)"),
    _law("ce-sign",                   "D(F) -> -D(F)",                                 "softplus(u)"),
    _law("ce-extra-activation",       "D(F) -> D(F)*sigmoid(u)*(1 - sigmoid(u))",      "ln(1 + exp(u))"),
    _law("ce-extra-activation",       "D(F) -> D(F)*sigmoid(u)*(1 - sigmoid(u))",      "ln(1 + e^u)"),
    _law("ce-extra-activation",       "D(F) -> D(F)*sigmoid(u)*(1 - sigmoid(u))",      "softplus(u)"),
    _law("ce-extra-activation",       "D(F) -> D(F)*sigmoid(u)*(1 - sigmoid(u))",      "ln(sigmoid(u))"),
    _law("constant-of-integration",   "D(F) -> D(F) + C"),
    _law("integrate-instead",         "D(F) -> I(F)"),
)
# fmt: on


class QuestionSlip(NamedTuple):
    """A slip about a question: its law, what the letters stand for, and the symbols that D and E are about."""

    rule: Rule
    bindings: Mapping[str, Expression]
    variables: tuple[str, str]

    @property
    def formula(self) -> Expression:
        """The answer that it gives, tidied as far as derivatives are; it is seldom wanted, and takes long.

        Raises AnswerError as `derivative` does where one that the law wants is too large or has no rule.
        """
        return _filled(self.rule.after, self.bindings, self.variables)


def question_slips(function: Expression, variable: str) -> Iterator[QuestionSlip]:
    """The slips that can be made about a question.

    Without those of `integrate-instead`, which one knows by differentiating an answer back, and with the symbol C in
    those of `constant-of-integration`.
    """
    for rule in _ANSWERED:
        for bindings in _bindings(rule, function, variable):
            for other in _others(rule, function, variable):
                yield QuestionSlip(rule, {**bindings, "F": function}, (variable, other))


def _bindings(rule: Rule, function: Expression, variable: str) -> Iterator[dict[str, Expression]]:
    """What the letters of a law stand for: in the first part of the function that fits its pattern."""
    if rule.family == "whole":
        yield {}
        return
    if not isinstance(rule.before, Apply) or rule.before.head not in _heads(function):
        return
    views = Views()
    parts = (fit for part in walk(function) for fit in fits(rule.before, part, variable, views))
    first = next(parts, None)
    if first is not None:
        yield dict(first.bindings)


def _others(rule: Rule, function: Expression, variable: str) -> tuple[str, ...]:
    """The symbols that E can be about; one, whichever, for a law without E."""
    if rule.after in _OF_OTHERS:
        return tuple(sorted(free_symbols(function) - {variable}))
    return (variable,)


@lru_cache(maxsize=1024)
def _heads(tree: Expression) -> frozenset[str]:
    """The heads of all parts of a tree."""
    return frozenset(part.head for part in walk(tree) if isinstance(part, Apply))


_ANSWERED = tuple(rule for rule in QUESTION_SLIPS if "I" not in _heads(rule.after))
_OF_OTHERS = frozenset(rule.after for rule in QUESTION_SLIPS if "E" in _heads(rule.after))


def _filled(after: Expression, values: Mapping[str, Expression], variables: tuple[str, str]) -> Expression:
    match after:
        case Symbol(name):
            return values.get(name, after)
        case Apply("D" | "E" as head, (part,)):
            return derivative(_filled(part, values, variables), (variables[0 if head == "D" else 1],))
        case Apply(head, arguments):
            return Apply(head, tuple(_filled(part, values, variables) for part in arguments))
        case _:
            return after
