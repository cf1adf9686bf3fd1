"""The formula behind a function that is made of others: what a door computes that has no counterpart of its own."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TypeVar

from tutor.expression.functions import FUNCTIONS
from tutor.expression.parser import parse
from tutor.expression.tree import Expression

T = TypeVar("T")

_PARAMETERS = ("u", "v")


@cache
def meaning(head: str) -> Expression | None:
    """The formula of a function in its arguments u and v; None for a head that no row explains."""
    row = FUNCTIONS.get(head)
    return parse(row.meaning, _PARAMETERS).expression if row is not None and row.meaning else None


def named(arguments: Sequence[T]) -> dict[str, T]:
    """The arguments of a function, or their values, by the letters that its meaning has for them."""
    return dict(zip(_PARAMETERS, arguments, strict=False))
