"""Where a function keeps its figures in floats: no part of it saturated, steep, or a sum in which a term drowns.

tanh(u) far out is 1 to the last figure, and slips inside u are then told apart by rounding alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from tutor.expression.evaluate import evaluate, operate
from tutor.expression.fold import postorder
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols
from tutor.feedback.slips.values import Points, Values

__all__ = ["figures_lost"]

NUDGE = 2.0**-20
"""The relative change of the first coordinate under which the parts are watched; the others change by less."""

STEEP = 1e3
"""How many times larger than that of the coordinate the relative change of a part may be."""

SATURATED = (1e-4, 1e-7, 1e-10)
"""How many times smaller it may be, by degrees: at the first 1 - tanh(u)^2 has lost four figures."""

_SATURATED: Mapping[str, str] = MappingProxyType(
    {name: name for name in ("tanh", "coth", "sigmoid", "erf")}
    | {"gelu": "erf", "silu": "sigmoid", "softplus": "sigmoid"}
)
"""What tends to a constant far out in the value of a function, or in its slope."""

VANISHED = (1e-12, 1e-30, 1e-100)
"""How small an exponential or a power may be, by degrees."""

_VANISHING = frozenset({"exp", "^", "sigmoid", "sech", "csch", "silu", "gelu", "softplus"})

DROWNED = 1e-6
"""The share of a sum that a term must have for its figures to show."""


def figures_lost(function: Expression, points: Points) -> NDArray[np.int64]:
    """How many parts of a function lose figures at each point, some by degrees; what is so at all says nothing."""
    coordinates = _with_neighbours(points)
    shape = next(iter(coordinates.values())).shape
    if not free_symbols(function):
        return np.zeros(shape[1], dtype=np.int64)
    values: dict[Expression, Values] = {}
    with np.errstate(all="ignore"):
        for part in postorder(function):
            if part not in values:
                found = _value(part, coordinates, values)
                values[part] = found if found.shape == shape else np.broadcast_to(found, shape)
        flags = np.concatenate([_steep(values), _saturated(values), _vanished(values), _drowned(values)])
    return np.asarray(flags[~flags.all(axis=1)].sum(axis=0))


def _with_neighbours(points: Points) -> Points:
    """The points and their neighbours, as two rows."""
    return {
        name: np.stack((column, column * (1 + NUDGE / (1 + 0.37 * index))))
        for index, (name, column) in enumerate(points.items())
    }


def _value(part: Expression, coordinates: Points, values: Mapping[Expression, Values]) -> Values:
    if isinstance(part, Symbol):
        return coordinates[part.name]
    if isinstance(part, Number):
        return evaluate(part, {})
    return np.asarray(operate(part, [values[argument] for argument in part.arguments], ()))


def _steep(values: Mapping[Expression, Values]) -> NDArray[np.bool_]:
    """Where each part changes too much with its coordinates (parts by points)."""
    return np.asarray(_change([column for part, column in values.items() if free_symbols(part)]) > STEEP)


def _saturated(values: Mapping[Expression, Values]) -> NDArray[np.bool_]:
    """Where each function that tends to a constant hardly changes, by degrees."""
    some = [
        np.asarray(operate(Apply(_SATURATED[part.head], part.arguments), [values[part.arguments[0]]], ()))
        for part in values
        if isinstance(part, Apply) and part.head in _SATURATED and free_symbols(part)
    ]
    return _by_degrees(_change(some), SATURATED) if some else _none(values)


def _vanished(values: Mapping[Expression, Values]) -> NDArray[np.bool_]:
    """Where each exponential or power is next to nothing, by degrees."""
    some = [
        column[0]
        for part, column in values.items()
        if isinstance(part, Apply) and part.head in _VANISHING and free_symbols(part)
    ]
    return _by_degrees(np.abs(some), VANISHED) if some else _none(values)


def _drowned(values: Mapping[Expression, Values]) -> NDArray[np.bool_]:
    """Where a term of each sum is lost beside the other."""
    some = [
        [values[argument][0] for argument in part.arguments]
        for part in values
        if isinstance(part, Apply) and part.head in ("+", "-") and len(part.arguments) == 2
    ]
    if not some:
        return _none(values)
    sizes = np.abs(some)
    small, large = sizes.min(axis=1), sizes.max(axis=1)
    return np.asarray((small < DROWNED * large) & (small > 0))


def _change(columns: Sequence[Values]) -> Values:
    """The relative change of each of some columns from its first row to its second, in units of the nudge."""
    rows = np.asarray(columns)
    here, beside = rows[:, 0], rows[:, 1]
    return np.asarray(np.abs(beside - here) / (NUDGE * np.abs(here)))


def _by_degrees(sizes: Values, degrees: Sequence[float]) -> NDArray[np.bool_]:
    """Where each of some sizes is below each degree (degrees times sizes by points)."""
    return np.concatenate([sizes < degree for degree in degrees])


def _none(values: Mapping[Expression, Values]) -> NDArray[np.bool_]:
    """No flags (none by points)."""
    return np.empty((0, next(iter(values.values())).shape[1]), dtype=bool)
