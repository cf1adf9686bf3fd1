"""A formula without what does nothing: factors and exponents of 1, terms of 0; nothing else is worked out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from tutor.calculus.law import written
from tutor.calculus.rule import fill, match
from tutor.calculus.tidy import tidy
from tutor.expression.tree import Apply, Expression, Number

_LAWS: Mapping[str, tuple[str, ...]] = {
    "*": ("1*u -> u", "u*1 -> u", "0*u -> 0", "u*0 -> 0"),
    "/": ("u/1 -> u", "0/u -> 0"),
    "^": ("u^1 -> u",),
    "+": ("u + 0 -> u", "0 + u -> u"),
    "-": ("u - 0 -> u", "0 - u -> -u"),
    "neg": ("-0 -> 0",),
}
_READ = MappingProxyType({head: tuple(written(law) for law in laws) for head, laws in _LAWS.items()})


@lru_cache(maxsize=4096)
def without_units(expression: Expression) -> Expression:
    """The tree without factors and exponents of 1 and terms of 0, and with differences of two numbers worked out."""
    if not isinstance(expression, Apply) or not expression.arguments:
        return expression
    parts = tuple([without_units(part) for part in expression.arguments])
    return _simpler(Apply(expression.head, parts, expression.span))


def _simpler(expression: Apply) -> Expression:
    numbers = [isinstance(part, Number) for part in expression.arguments]
    if True not in numbers:
        return expression
    if expression.head == "-" and False not in numbers:
        return tidy(expression)
    for before, after in _READ.get(expression.head, ()):
        bindings = match(before, expression, "")
        if bindings is not None:
            return fill(after, bindings)
    return expression
