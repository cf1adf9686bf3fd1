"""A function arranged for differentiating, as a person would see it: constants in front, one fraction, pairs.

`2*x*sin(x)/3` is seen as (2/3)·(x·sin x), `x/2*exp(x)` as (x·exp x)/2, `max(a, b, c)` as max(max(a, b), c). Nothing is
evaluated and no factor is reordered among its like, so that a step shows what the author wrote.
"""

from __future__ import annotations

from functools import reduce

from tutor.calculus.flat import factors, product
from tutor.calculus.rule import is_free_of
from tutor.expression.tree import ONE, Apply, Expression, Number


def arrange(expression: Expression, variable: str) -> Expression:
    """The top of a tree arranged for the rules; its parts are arranged when their turn comes."""
    match expression:
        case Apply("*" | "/", _):
            return _arranged_product(expression, variable)
        case Apply("max" | "min", (only,)):
            return arrange(only, variable)
        case Apply("max" | "min", (first, second)) if first == second:
            return arrange(first, variable)
        case Apply("max" | "min" as head, (first, second, third, *rest), span):
            return reduce(lambda left, right: Apply(head, (left, right), span), (second, third, *rest), first)
        case Apply("root", (base, index), span) if not is_free_of(index, variable):
            return Apply("^", (base, Apply("/", (ONE, index))), span)
        case Apply("-", (first, second), span) if first == Number(ONE.value - 1):
            return Apply("neg", (second,), span)
        case _:
            return expression


def _arranged_product(expression: Apply, variable: str) -> Expression:
    if is_free_of(expression, variable):
        return expression
    some = factors(expression)
    constants = tuple(part for part in some.above if is_free_of(part, variable) and part != ONE)
    divisors = tuple(part for part in some.below if is_free_of(part, variable))
    above = tuple(part for part in some.above if not is_free_of(part, variable))
    below = tuple(part for part in some.below if not is_free_of(part, variable))
    arranged = _with_constants(constants, divisors, above, below)
    return Apply("neg", (arranged,), expression.span) if some.negative else _spanned(arranged, expression)


def _with_constants(
    constants: tuple[Expression, ...],
    divisors: tuple[Expression, ...],
    above: tuple[Expression, ...],
    below: tuple[Expression, ...],
) -> Expression:
    if not above:
        return Apply("/", (_fraction(constants, divisors), product(below)))
    varying = Apply("/", (product(above), product(below))) if below else product(above)
    if constants:
        return Apply("*", (_fraction(constants, divisors), varying))
    return Apply("/", (varying, product(divisors))) if divisors else varying


def _fraction(above: tuple[Expression, ...], below: tuple[Expression, ...]) -> Expression:
    return Apply("/", (product(above), product(below))) if below else product(above)


def _spanned(expression: Expression, source: Apply) -> Expression:
    if isinstance(expression, Apply):
        return Apply(expression.head, expression.arguments, source.span)
    return expression


def without_constants(expression: Expression, variable: str) -> Expression:
    """What of a product or quotient varies: x·sin(x) of 3x·sin(x)/2."""
    match arrange(expression, variable):
        case Apply("neg", (inner,)):
            return without_constants(inner, variable)
        case Apply("*", (constant, inner)) if is_free_of(constant, variable) and not is_free_of(inner, variable):
            return inner
        case Apply("/", (inner, constant)) if is_free_of(constant, variable) and not is_free_of(inner, variable):
            return inner
        case arranged:
            return arranged
