"""Questions that nobody would ask: constant by construction, or on the edge of where an outer function lives."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.oracle import Undefined, value
from tests.verdicts.truth import STEP, Point, Relation, candidates, related, stays_undefined
from tutor.calculus.derivation import derivative
from tutor.expression.tree import Apply, Expression, Symbol, free_symbols, walk

_INNER = "inner"


def is_degenerate(function: Expression, seed: str) -> bool:
    """Whether nobody would ask for the slope of a function.

    Some part has the same value everywhere though it names a symbol, as x - x and sign(x^2 + 1) do; or some part lives
    where it has no slope on more than single points, as acosh(1 + 0*x) and asin(sign(x)) do.
    """
    points = tuple(candidates(function, function, seed))
    parts = [part for part in dict.fromkeys(walk(function)) if isinstance(part, Apply) and free_symbols(part)]
    return any(_is_constant(part, points) or _is_on_edge(part, points[:12]) for part in parts)


def _is_constant(part: Expression, points: Iterable[Point]) -> bool:
    found: list[Any] = []
    for point in points:
        here = _value(part, point, 30)
        if here is None:
            continue
        if found and related(found[0], here, 30) is not Relation.EQUAL:
            return False
        found.append(here)
    return len(found) > 2


def _is_on_edge(part: Apply, points: Iterable[Point]) -> bool:
    """Whether an outer function has a value, but no slope, at what its first argument is at some point."""
    inner, *others = part.arguments
    outer = Apply(part.head, (Symbol(_INNER), *others))
    slope_of_outer = derivative(outer, (_INNER,))
    for point in points:
        at = {**point, _INNER: _value(inner, point, 3 * STEP)}
        if at[_INNER] is not None and _value(outer, at, 3 * STEP) is not None and stays_undefined(slope_of_outer, at):
            return True
    return False


def _value(part: Expression, point: Point, digits: int) -> Any:
    try:
        return value(part, point, digits)
    except (Undefined, OverflowError, ValueError):
        return None
