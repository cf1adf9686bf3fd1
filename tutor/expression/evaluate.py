"""The values of a formula at many points at once, in floats: the package's one door to NumPy.

Nothing is raised or warned about: where a formula is not real its value is nan, where it has a pole or overflows inf.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import copy_context
from functools import partial, reduce
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tutor.expression.exact import Exact, exact_number
from tutor.expression.fold import fold
from tutor.expression.functions import FUNCTIONS
from tutor.expression.meaning import meaning, named
from tutor.expression.tree import Apply, Expression, Number, Symbol

Values: TypeAlias = NDArray[np.float64]
Operand: TypeAlias = Any
"""A float, or an array of floats: NumPy's functions take both and give the same kind."""


def evaluate(expression: Expression, points: Mapping[str, Values]) -> Values:
    """The values of a formula at points, one array of coordinates per symbol, all of one shape.

    The result has the shape of the points; a vector of k entries and a softmax of k arguments have k such arrays
    stacked in front, a matrix two axes. KeyError for a symbol that has no coordinates.
    """
    shape = _common_shape(points)
    value = _QUIET.copy().run(_value_of_any, expression, points, shape)
    if shape and type(value) is np.ndarray and value.shape == shape and value.dtype is _FLOAT:
        return value.copy() if _is_one_of(value, points.values()) else value
    stacked = np.shape(value)[: np.ndim(value) - len(shape)] if np.ndim(value) > len(shape) else ()
    return np.array(np.broadcast_to(value, (*stacked, *shape)), dtype=np.float64)


def _is_one_of(value: Values, arrays: Iterable[Values]) -> bool:
    """Whether a value is the very array that was given: that of a symbol, or the largest of one alone."""
    for array in arrays:  # noqa: SIM110 - a generator takes longer to make than to run
        if value is array:
            return True
    return False


_FLOAT = np.dtype(np.float64)

_QUIET = copy_context()
"""The context in which NumPy does not warn: a copy of it is entered in a tenth of the time of `np.errstate`."""

_QUIET.run(np.seterr, all="ignore")


def _common_shape(points: Mapping[str, Values]) -> tuple[int, ...]:
    """The shape of all coordinates, which is nearly always that of each."""
    if len(points) == 1:
        (only,) = points.values()
        return only.shape
    shapes = {array.shape for array in points.values()}
    return shapes.pop() if len(shapes) == 1 else np.broadcast_shapes(*shapes)


def to_float(value: Exact) -> float:
    """The float next to an exact number; beyond the largest float, infinity with its sign."""
    try:
        return value.numerator / value.denominator
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def _value_of_any(expression: Expression, points: Mapping[str, Values], shape: tuple[int, ...]) -> Operand:
    try:
        return _value(expression, points, shape)
    except RecursionError:
        return _value_of_deep(expression, points, shape)


def _value(part: Expression, points: Mapping[str, Values], shape: tuple[int, ...]) -> Operand:
    """The value of a part of the tree. It is asked thousands of times for one answer, so what is frequent stands first.

    Recursion takes half as long as `fold`; a tree that is too deep for it goes there.
    """
    if isinstance(part, Apply):
        head, arguments = part.head, part.arguments
        if head in _OPERATORS:
            left, right = arguments
            return _OPERATORS[head](_value(left, points, shape), _value(right, points, shape))
        if head in _PLAIN and len(arguments) == 1:
            return _PLAIN[head](_value(arguments[0], points, shape))
        if head == "^":
            return _value_of_power(part, points, shape)
        return operate(part, [_value(argument, points, shape) for argument in arguments], shape)
    return points[part.name] if isinstance(part, Symbol) else _float_of(part)


def _value_of_power(part: Apply, points: Mapping[str, Values], shape: tuple[int, ...]) -> Operand:
    """The value of u^v, where v is evaluated only if it is not exact."""
    base, exponent = part.arguments
    below, exact = _value(base, points, shape), exact_number(exponent)
    return _real_power(below, _value(exponent, points, shape)) if exact is None else _exact_power(below, exact)


def _float_of(number: Number) -> Values:
    """The float next to a number, as an array without axes, with which NumPy joins another one sooner than a float."""
    try:
        found: Values = number._float
    except AttributeError:
        found = np.array(to_float(number.value))
        found.flags.writeable = False
        object.__setattr__(number, "_float", found)
    return found


def _value_of_deep(expression: Expression, points: Mapping[str, Values], shape: tuple[int, ...]) -> Operand:
    def combine(part: Expression, operands: Sequence[Operand]) -> Operand:
        return _value(part, points, shape) if not isinstance(part, Apply) else operate(part, operands, shape)

    return fold(expression, combine)


def operate(part: Apply, operands: Sequence[Operand], shape: tuple[int, ...]) -> Operand:
    """The value of an application whose arguments have the given values; of the arguments only an exponent is read."""
    head = part.head
    function = _OPERATORS.get(head) or _PLAIN.get(head)
    if function is not None:
        return function(*operands)
    if head in _POWERS:
        return _POWERS[head](part.arguments[1], *operands)
    if head in _STACKING:
        return _STACKING[head](operands, shape)
    return _by_meaning(head, operands, shape)


def _quotient(above: Operand, below: Operand) -> Operand:
    """The quotient; Python raises where one float is divided by another that is 0, NumPy does not."""
    return np.divide(above, below) if type(below) is float and not below else above / below


# ---- powers and roots -------------------------------------------------------------------------------------------


def _power(exponent: Expression, base: Operand, value: Operand) -> Operand:
    """u^v by the rule of `tutor.expression.exact`; nan^0 and 1^nan are nan."""
    exact = exact_number(exponent)
    return _real_power(base, value) if exact is None else _exact_power(base, exact)


def raising(part: Apply) -> Callable[[Operand, Operand], Operand]:
    """What raises to the exponent of a power, or draws a root, given the value of either argument.

    The exponent is read once, for all places at which it stands.
    """
    exact = exact_number(part.arguments[1]) if part.head == "^" else None
    if exact is not None:
        return lambda base, value: _exact_power(base, exact)
    return partial(_POWERS[part.head], part.arguments[1])


def _exact_power(base: Operand, exact: Exact) -> Operand:
    numerator, denominator = exact.as_integer_ratio()
    if denominator == 1:
        return _whole_power(base, numerator)
    if denominator % 2:
        return _odd_root(base, exact)
    return np.where(np.greater(base, 0), np.power(base, to_float(exact)), np.nan)


def _whole_power(base: Operand, exponent: int) -> Operand:
    if exponent == 2:
        return np.multiply(base, base)
    if exponent == 0:
        return np.where(np.isnan(base), np.nan, 1.0)
    if abs(exponent) > 2**53:
        size = np.power(np.abs(base), to_float(exponent))
        return np.copysign(size, base) if exponent % 2 else size
    return np.power(base, _EXPONENTS.get(exponent) or float(exponent))


_EXPONENTS = {size: np.array(float(size)) for size in range(-20, 21) if size}
"""Usual exponents as arrays without axes."""


def _odd_root(base: Operand, exponent: Exact) -> Operand:
    size = np.power(np.abs(base), to_float(exponent))
    return np.copysign(size, base) if exponent.numerator % 2 else size


def _real_power(base: Operand, exponent: Operand) -> Operand:
    """Real where the base is positive, or where the exponent happens to be whole, as a whole-number parameter is."""
    if (isinstance(base, float) or not base.ndim) and base > 0 and base != 1:
        return np.exp(exponent) if base == math.e else np.power(base, exponent)
    if np.greater(base, 0).all():  # as nearly always
        return np.where(np.isnan(exponent), np.nan, np.power(base, exponent))
    whole = np.equal(exponent, np.rint(exponent)) & ~np.isnan(base)
    known = (np.greater(base, 0) | whole) & ~np.isnan(exponent)
    return np.where(known, np.power(base, exponent), np.nan)


def _root(index: Expression, radicand: Operand, value: Operand) -> Operand:
    """The real root: odd indices for every radicand, other indices where it is not below zero."""
    odd = np.equal(np.remainder(value, 2.0), 1.0)
    size = np.power(np.abs(radicand), np.divide(1.0, value))
    known = (np.greater_equal(radicand, 0) | odd) & np.not_equal(value, 0)
    return np.where(known, np.where(odd, np.copysign(size, radicand), size), np.nan)


# ---- activations, without overflow and without loss of figures --------------------------------------------------


def _sigmoid(u: Operand) -> Operand:
    small = np.exp(-np.abs(u))
    return np.where(np.greater_equal(u, 0), 1.0, small) / (1.0 + small)


def _silu(u: Operand) -> Operand:
    """u·sigmoid(u), with the limits 0 and inf at the infinities."""
    return np.where(np.equal(u, -np.inf), 0.0, np.multiply(u, _sigmoid(u)))


def _gelu(u: Operand) -> Operand:
    """u·Φ(u), by erfc, which keeps its figures where u is far below zero."""
    return np.where(np.equal(u, -np.inf), 0.0, 0.5 * np.multiply(u, _erfc(np.multiply(u, -math.sqrt(0.5)))))


_erf_of_each = np.frompyfunc(math.erf, 1, 1)
_erfc_of_each = np.frompyfunc(math.erfc, 1, 1)


def _erf(u: Operand) -> Operand:
    return np.asarray(_erf_of_each(u), dtype=np.float64)


def _erfc(u: Operand) -> Operand:
    return np.asarray(_erfc_of_each(u), dtype=np.float64)


# ---- several arguments ------------------------------------------------------------------------------------------


def _stacked(operands: Sequence[Operand], shape: tuple[int, ...]) -> Operand:
    shapes = [np.shape(operand) for operand in operands]
    shape = np.broadcast_shapes(shape, *shapes)
    return np.stack([np.broadcast_to(operand, shape) for operand in operands]) if operands else np.empty((0, *shape))


def _softmax(operands: Sequence[Operand], shape: tuple[int, ...]) -> Operand:
    """exp(u_i) / sum of exp(u_j), shifted by the largest entry."""
    stacked = _stacked(operands, shape)
    weights = np.exp(stacked - stacked.max(axis=0))
    return weights / weights.sum(axis=0)


# ---- tables -----------------------------------------------------------------------------------------------------


def _by_meaning(head: str, operands: Sequence[Operand], shape: tuple[int, ...]) -> Operand:
    """The value of a function that only its row's formula defines."""
    formula = meaning(head)
    if formula is None:
        raise KeyError(head)
    return _value(formula, named(operands), shape)


def _numpy_rows() -> dict[str, Callable[..., Operand]]:
    return {row.name: getattr(np, row.numpy) for row in FUNCTIONS.values() if row.numpy}


# fmt: off
_OPERATORS: dict[str, Callable[[Operand, Operand], Operand]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": _quotient,
}
"""Python's own operators: they ask NumPy where one side is an array, and are quicker where both are numbers."""

_PLAIN: dict[str, Callable[..., Operand]] = {
    **_numpy_rows(),
    "neg":       operator.neg,
    "max":       lambda *operands: reduce(np.maximum, operands),
    "min":       lambda *operands: reduce(np.minimum, operands),
    "pi":        lambda: math.pi,
    "e":         lambda: math.e,
    # ---- where the formula of the row would overflow or lose figures
    "acot":      lambda u: np.arctan2(1.0, u),
    "coth":      lambda u: np.divide(1.0, np.tanh(u)),
    "erf":       _erf,
    "sigmoid":   _sigmoid,
    "softplus":  lambda u: np.logaddexp(0.0, u),
    "silu":      _silu,
    "gelu":      _gelu,
    "relu":      lambda u: np.maximum(u, 0.0),
    "heaviside": lambda u: np.heaviside(u, 0.5),
    # ---- rows of the table that others are made of, without a formula to read
    "cot":       lambda u: np.divide(np.cos(u), np.sin(u)),
    "sec":       lambda u: np.divide(1.0, np.cos(u)),
    "csc":       lambda u: np.divide(1.0, np.sin(u)),
    "sech":      lambda u: np.divide(1.0, np.cosh(u)),
    "csch":      lambda u: np.divide(1.0, np.sinh(u)),
}

OPERATIONS: Mapping[str, Callable[..., Operand]] = MappingProxyType({**_PLAIN, **_OPERATORS})
"""What the heads do with values that need nothing but these; the others go through `operate`."""

_POWERS: dict[str, Callable[[Expression, Operand, Operand], Operand]] = {"^": _power, "root": _root}

_STACKING: dict[str, Callable[[Sequence[Operand], tuple[int, ...]], Operand]] = {
    "vector": _stacked, "softmax": _softmax,
}
# fmt: on
