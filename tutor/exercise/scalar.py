"""Formulas with one value, and how those with several are laid out into such."""

from __future__ import annotations

from functools import reduce

from tutor.expression.tree import Apply, Expression, walk

_SEVERAL = ("vector", "softmax")
"""Heads whose value is a list of numbers."""


def entries(expression: Expression) -> tuple[Expression, ...]:
    """The entries of a vector (of vectors) and of a softmax, row by row; any other formula alone."""
    match expression:
        case Apply("vector", parts):
            return tuple(entry for part in parts for entry in entries(part))
        case Apply("softmax", parts):
            powers = tuple(Apply("exp", (part,), expression.span) for part in parts)
            total = reduce(lambda left, right: Apply("+", (left, right), expression.span), powers)
            return tuple(Apply("/", (power, total), expression.span) for power in powers)
        case _:
            return (expression,)


def several_values(expression: Expression) -> Apply | None:
    """The first part of a formula that has several values, None where there is no such part."""
    return next((part for part in walk(expression) if isinstance(part, Apply) and part.head in _SEVERAL), None)
