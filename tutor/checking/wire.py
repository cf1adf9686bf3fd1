"""A tree as a flat list that JSON can carry, in postfix order: the same tree comes out, of any depth, spans aside.

`x + 1/2` is `["x", "#1/2", ["+", 2]]`. The reader's notation is not used because a derived key may be longer than
any answer may be, and because a quotient and a fraction, which are written alike, stay apart here.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tutor.expression.tree import Apply, Expression, Number, Symbol, walk


def packed(expression: Expression) -> list[Any]:
    """The list of a tree: the parts in the order of `walk`, last first, so that arguments stand before their head."""
    return [_token(part) for part in reversed(list(walk(expression)))]


def unpacked(tokens: list[Any]) -> Expression:
    """The tree of a list; raises ValueError for a list that is none."""
    stack: list[Expression] = []
    for token in tokens:
        match token:
            case [str(head), int(count)] if 0 <= count <= len(stack):
                arguments = tuple(reversed(stack[len(stack) - count :]))
                stack[len(stack) - count :] = [Apply(head, arguments)]
            case str(text) if text.startswith("#"):
                stack.append(Number(Fraction(text[1:])))
            case str(text):
                stack.append(Symbol(text))
            case _:
                raise ValueError("no tree: a token of an unknown shape")
    if len(stack) != 1:
        raise ValueError("no tree: parts are left over")
    return stack[0]


def _token(part: Expression) -> Any:
    match part:
        case Number(value):
            return f"#{value}"
        case Symbol(name):
            return name
        case Apply(head, arguments):
            return [head, len(arguments)]
