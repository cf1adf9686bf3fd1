"""Sums and products seen flat: the signed terms of a sum, the factors of a product above and below its line."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import NamedTuple, TypeAlias

from tutor.expression.tree import ONE, ZERO, Apply, Expression, Number

SUM_HEADS = frozenset({"+", "-", "neg"})
PRODUCT_HEADS = frozenset({"*", "/"})

Signed: TypeAlias = tuple[bool, Expression]
"""Whether a term is subtracted, and the term without its sign."""


class Factors(NamedTuple):
    """The factors of a product or quotient above and below the line, in the order in which they stand."""

    above: tuple[Expression, ...]
    below: tuple[Expression, ...]
    negative: bool


NO_FACTORS = Factors((), (), negative=False)


def factors(expression: Expression) -> Factors:
    """The factors of a product, a quotient, or of either with a minus sign; any other tree is a single factor."""
    above: list[Expression] = []
    below: list[Expression] = []
    negative = _gather(expression, above, below)
    return Factors(tuple(above), tuple(below), negative)


def _gather(expression: Expression, above: list[Expression], below: list[Expression]) -> bool:
    """Adds the factors of a tree to those above and below the line; whether it has a minus sign."""
    if isinstance(expression, Apply):  # taken apart a hundred times for a formula, by what takes least
        head, arguments = expression.head, expression.arguments
        if head == "*":
            return _gather(arguments[0], above, below) ^ _gather(arguments[1], above, below)
        if head == "/":
            return _gather(arguments[0], above, below) ^ _gather(arguments[1], below, above)
        if head == "neg":
            return not _gather(arguments[0], above, below)
    above.append(expression)
    return False


def terms(expression: Expression) -> tuple[Signed, ...]:
    """The terms of a sum or difference; any other tree is a single term. A bracket behind a minus stays whole."""
    match expression:
        case Apply("+", (left, right)):
            return terms(left) + terms(right)
        case Apply("-", (left, right)):
            return (*terms(left), _opposite(signed(right)))
        case _:
            return (signed(expression),)


def signed(expression: Expression) -> Signed:
    """A tree as its sign and the rest: of -3, of (-a)·b, of -(a + b)."""
    if isinstance(expression, Number):
        value = expression.value
        return (True, Number(-value)) if value.numerator < 0 else (False, expression)
    if isinstance(expression, Apply):
        head, arguments = expression.head, expression.arguments
        if head == "neg":
            return _opposite(signed(arguments[0]))
        if head in PRODUCT_HEADS:
            negative, body = signed(arguments[0])
            return (True, Apply(head, (body, arguments[1]))) if negative else (False, expression)
    return False, expression


def unsigned(term: Signed) -> Expression:
    """The tree of a signed term."""
    negative, body = term
    return Apply("neg", (body,)) if negative else body


def _opposite(term: Signed) -> Signed:
    return not term[0], term[1]


def product(parts: Iterable[Expression]) -> Expression:
    """The product of some factors, nested to the left; 1 when there is none."""
    parts = tuple(parts)
    return reduce(lambda left, right: Apply("*", (left, right)), parts) if parts else ONE


def quotient(some: Factors) -> Expression:
    """The tree of some factors."""
    above = product(some.above)
    whole = Apply("/", (above, product(some.below))) if some.below else above
    return Apply("neg", (whole,)) if some.negative else whole


def total(parts: Iterable[Signed]) -> Expression:
    """The sum of some signed terms, nested to the left; 0 when there is none."""
    first, *others = tuple(parts) or ((False, ZERO),)
    result = unsigned(first)
    for negative, body in others:
        result = Apply("-" if negative else "+", (result, body))
    return result
