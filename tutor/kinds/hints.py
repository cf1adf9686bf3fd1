"""Hints that come from the function itself, from a first look to a product with one factor left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tutor.exercise.model import Exercise
from tutor.expression.tree import Apply, Expression, free_symbols
from tutor.kinds.kind import Prompt
from tutor.kinds.naming import shown_symbol

if TYPE_CHECKING:
    from tutor.calculus.layers import ChainLayer

_RULES = {
    "*": "It is a product: each factor takes a turn, (uv)' = u'v + uv'.",
    "/": "It is a quotient: (u/v)' = (u'v - uv')/v².",
    "+": "It is a sum: differentiate term by term.",
    "-": "It is a difference: differentiate term by term.",
    "^": "It is a power: see whether the variable stands in the base, in the exponent, or in both.",
}
_TERMS = ("+", "-", "*", "/")


def authored(exercise: Exercise) -> tuple[Prompt, ...]:
    """The author's hints, one a rung."""
    return tuple((hint,) for hint in exercise.hints)


def derivative_hints(function: Expression, variable: str) -> tuple[Prompt, ...]:
    """The hints for one derivative: the shape of the function, its parts, the product but for one factor."""
    from tutor.calculus.layers import layers  # rules are needed only when a hint is

    chain = layers(function, variable)
    return _chain_hints(chain) if len(chain) > 1 else _part_hints(function, variable)


def gradient_hints(functions: tuple[Expression, ...], variables: tuple[str, ...]) -> tuple[Prompt, ...]:
    """The hints for partial derivatives: what is frozen, and the first one worked out."""
    first, rest = variables[0], [shown_symbol(name) for name in variables[1:]]
    frozen = f"For the first entry only {shown_symbol(first)} moves" + (
        f"; {', '.join(rest)} stay{'s' if len(rest) == 1 else ''} as fixed as a number." if rest else "."
    )
    return ((frozen,), (f"By {shown_symbol(first)}: ", _derivative(functions[0], first)))


def _chain_hints(chain: tuple[ChainLayer, ...]) -> tuple[Prompt, ...]:
    outer = ("From the outside in: ", *_joined(_described(layer) for layer in chain))
    local = ("Slopes, each in its own letter: ", *_joined((_derivative(c.function, c.letter),) for c in chain))
    *shown, _ = chain
    product = (
        "Multiply: ",
        *_joined(((layer.slope,) for layer in shown), " · "),
        " · (the slope of the innermost layer)",
    )
    return (outer, local, product)


def _described(layer: ChainLayer) -> Prompt:
    return (layer.function,) if layer.inside is None else (layer.function, f" with {layer.letter} inside")


def _part_hints(function: Expression, variable: str) -> tuple[Prompt, ...]:
    if not isinstance(function, Apply) or function.head not in _RULES:
        return ((f"One rule from the table is enough; {shown_symbol(variable)} is the variable.",),)
    parts = [part for part in _flat(function) if variable in free_symbols(part)]
    slopes = _joined(((part, " has the slope ", _derivative(part, variable)) for part in parts), "; ")
    return ((_RULES[function.head],), slopes) if len(parts) > 1 else ((_RULES[function.head],),)


def _flat(function: Expression) -> tuple[Expression, ...]:
    """The terms of a sum, the factors of a product, the two parts of a quotient."""
    if not isinstance(function, Apply) or function.head not in _TERMS:
        return (function,)
    if function.head == "/":
        return function.arguments
    alike = ("*",) if function.head == "*" else ("+", "-")
    left, right = function.arguments
    return (*(_flat(left) if isinstance(left, Apply) and left.head in alike else (left,)), right)


def _derivative(function: Expression, variable: str) -> Expression:
    from tutor.calculus.derivation import derivative

    return derivative(function, (variable,))


def _joined(prompts: Iterable[Prompt], between: str = ", ") -> Prompt:
    return tuple(part for index, prompt in enumerate(prompts) for part in ((between,) if index else ()) + tuple(prompt))
