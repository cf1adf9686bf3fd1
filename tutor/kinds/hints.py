"""Hints that come from the function itself, from a first look to a product with one factor left out."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from tutor.errors import AnswerError
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
}
_BRANCHES = frozenset({"max", "min", "relu", "abs", "sign", "heaviside"})
_COMPOUND = frozenset({"+", "-", "neg", "/", "*"})
"""Heads whose formulas need parentheses as factors of a product."""


def authored(exercise: Exercise) -> tuple[Prompt, ...]:
    """The author's hints, one a rung."""
    return tuple((hint,) for hint in exercise.hints)


def derivative_hints(function: Expression, variable: str) -> tuple[Prompt, ...]:
    """The hints for one derivative: the shape of the function, its parts, the product but for one factor."""
    from tutor.calculus.layers import layers  # rules are needed only when a hint is

    with suppress(AnswerError):  # no rule for a part: whoever checks the exercise says so
        chain = layers(function, variable)
        return _chain_hints(chain) if len(chain) > 1 else _part_hints(function, variable)
    return ()


def gradient_hints(functions: tuple[Expression, ...], variables: tuple[str, ...]) -> tuple[Prompt, ...]:
    """The hints for partial derivatives: what is frozen, and the first one worked out."""
    first, rest = variables[0], [shown_symbol(name) for name in variables[1:]]
    frozen = f"For the first entry only {shown_symbol(first)} moves" + (
        f"; {', '.join(rest)} stay{'s' if len(rest) == 1 else ''} as fixed as a number." if rest else "."
    )
    with suppress(AnswerError):
        return ((frozen,), (f"By {shown_symbol(first)}: ", _derivative(functions[0], first)))
    return ((frozen,),)


def _chain_hints(chain: tuple[ChainLayer, ...]) -> tuple[Prompt, ...]:
    outer = ("From the outside in: ", *_joined(_described(layer) for layer in chain))
    local = ("Slopes, each in its own letter: ", *_joined((_derivative(c.function, c.letter),) for c in chain))
    slopes = _joined((_factor(layer.slope) for layer in chain[:-1]), " · ")
    return (outer, local, ("Multiply: ", *slopes, " · (the slope of the innermost layer)"))


def _factor(slope: Expression) -> Prompt:
    """A slope as a factor of a product."""
    return ("(", slope, ")") if isinstance(slope, Apply) and slope.head in _COMPOUND else (slope,)


def _described(layer: ChainLayer) -> Prompt:
    return (layer.function,) if layer.inside is None else (layer.function, f" with {layer.letter} inside")


def _part_hints(function: Expression, variable: str) -> tuple[Prompt, ...]:
    """The hints for a function that is no chain: its rule, and the slopes of its parts but for the last."""
    if isinstance(function, Apply) and function.head == "neg":
        return (("The minus stays in front.",), *_part_hints(function.arguments[0], variable))
    if not isinstance(function, Apply) or function.head not in _RULES:
        return (_single_hint(function, variable),)
    parts = [part for part in _flat(function) if variable in free_symbols(part)]
    if len(parts) <= 1:
        return (
            ("What holds no variable stays as a factor, or falls away as a term.",),
            *_part_hints_of(parts, variable),
        )
    slopes = _joined(((part, " has the slope ", _derivative(part, variable)) for part in parts[:-1]), "; ")
    return ((_RULES[function.head],), (*slopes, "; then the slope of ", parts[-1]))


def _part_hints_of(parts: list[Expression], variable: str) -> tuple[Prompt, ...]:
    return tuple(hint for part in parts for hint in _part_hints(part, variable))


def _single_hint(function: Expression, variable: str) -> Prompt:
    """What one rule does, with words for powers and for functions that have branches."""
    match function:
        case Apply("^", (base, exponent)):
            return _power_hint(variable in free_symbols(base), variable in free_symbols(exponent))
        case Apply(head) if head in _BRANCHES:
            return ("Find the branch that holds at the point: the slope is that of this branch alone.",)
        case _:
            return (function, " stands in the table of slopes as it is.")


def _power_hint(in_base: object, in_exponent: object) -> Prompt:
    if in_base and in_exponent:
        return ("The variable stands in base and exponent: write u^v as exp(v·ln(u)) first.",)
    if in_exponent:
        return ("The variable stands in the exponent: the power repeats, times ln of its base.",)
    return ("The variable stands in the base: bring the exponent down, and lower it by one.",)


def _flat(function: Expression) -> tuple[Expression, ...]:
    """The terms of a sum, the factors of a product, the two parts of a quotient."""
    if not isinstance(function, Apply) or function.head not in _RULES:
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
