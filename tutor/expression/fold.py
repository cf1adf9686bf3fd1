"""One pass over a tree from its leaves to its root, without recursion, so that no depth is too deep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from tutor.expression.tree import Apply, Expression

T = TypeVar("T")


def fold(expression: Expression, combine: Callable[[Expression, Sequence[T]], T]) -> T:
    """What `combine` makes of the root, given each part and what it made of the part's arguments, in their order."""
    done: list[T] = []
    for part in postorder(expression):
        count = len(part.arguments) if isinstance(part, Apply) else 0
        arguments = done[len(done) - count :]
        del done[len(done) - count :]
        done.append(combine(part, arguments))
    return done[0]


def postorder(expression: Expression) -> list[Expression]:
    """All parts of a tree, each after its own parts, arguments from left to right."""
    order: list[Expression] = []
    stack = [expression]
    while stack:
        part = stack.pop()
        order.append(part)
        if isinstance(part, Apply):
            stack.extend(part.arguments)
    order.reverse()
    return order
