"""A function seen as a chain: its layers from the outside in, each in a letter of its own.

Constant factors and constant terms around a function belong to that function's layer: `ln(1 + exp(3x))` is ln(u), u =
1 + exp(v), v = 3x. A function that is no chain (a sum or product of several parts that change) has one layer, itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tutor.calculus.arrange import arrange
from tutor.calculus.derivation import derivative
from tutor.calculus.rule import is_free_of, match
from tutor.calculus.rules import RULES
from tutor.expression.tree import Apply, Expression, Symbol, free_symbols, substitute

Split: TypeAlias = tuple[Expression, Expression]
"""An outer function of a letter, and what the letter stands for."""

LETTERS = "uvwpqrsthyzabdfgijklmno"
"""The letters that name inner functions, in order; those that the function holds itself are passed over."""


@dataclass(frozen=True, slots=True)
class ChainLayer:
    """One layer of a chain: the function of its letter, what the letter stands for, and its slope, with all put in.

    `whole` is the part of f that this layer makes of everything inside it. The innermost layer is a function of
    the variable itself: its `letter` is the variable and `inside` is None.
    """

    function: Expression
    letter: str
    inside: Expression | None
    slope: Expression
    whole: Expression


def layers(function: Expression, variable: str) -> tuple[ChainLayer, ...]:
    """The layers of a function from the outside in; one layer when it is no chain."""
    letters = iter([letter for letter in LETTERS if letter not in free_symbols(function) | {variable}])
    found: list[ChainLayer] = []
    whole = function
    while (letter := next(letters, None)) is not None and (peeled := _peel(whole, variable, letter)) is not None:
        outer, inside = peeled
        found.append(_layer(outer, letter, inside, whole))
        whole = inside
    found.append(_layer(whole, variable, None, whole))
    return tuple(found)


def _layer(outer: Expression, letter: str, inside: Expression | None, whole: Expression) -> ChainLayer:
    slope = derivative(outer, (letter,))
    put_in = substitute(slope, {letter: inside}) if inside is not None else slope
    return ChainLayer(outer, letter, inside, put_in, whole)


def _peel(whole: Expression, variable: str, letter: str) -> Split | None:
    """The outermost layer as a function of a letter, and what the letter stands for.

    None when nothing can be peeled.
    """
    match whole:
        case Apply("neg", (inner,), span):
            return _wrapped(_peel(inner, variable, letter), lambda part: Apply("neg", (part,), span))
        case Apply("+" | "-" | "*" as head, (left, right), span) if is_free_of(left, variable):
            return _wrapped(_peel(right, variable, letter), lambda part: Apply(head, (left, part), span))
        case Apply("+" | "-" | "*" | "/" as head, (left, right), span) if is_free_of(right, variable):
            return _wrapped(_peel(left, variable, letter), lambda part: Apply(head, (part, right), span))
        case _:
            return _outermost(whole, variable, letter)


def _wrapped(peeled: Split | None, wrap: Callable[[Expression], Expression]) -> Split | None:
    return None if peeled is None else (wrap(peeled[0]), peeled[1])


def _outermost(whole: Expression, variable: str, letter: str) -> Split | None:
    """The split of a function application at the argument of its chain rule."""
    arranged = arrange(whole, variable)
    for rule in RULES:
        bindings = match(rule.before, arranged, variable)
        if bindings is None:
            continue
        inside = bindings.get("u")
        if rule.family != "chain" or inside is None or isinstance(inside, Symbol):
            return None
        return _replaced(whole, inside, Symbol(letter)), inside
    return None


def _replaced(whole: Expression, part: Expression, by: Expression) -> Expression:
    """The tree with the first argument that is the given part replaced."""
    if whole is part or whole == part:
        return by
    if not isinstance(whole, Apply):
        return whole
    return Apply(whole.head, tuple(_replaced(argument, part, by) for argument in whole.arguments), whole.span)
