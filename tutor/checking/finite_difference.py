"""The classic schemes of numerical differentiation in floats, for showing how their error depends on the step.

Nothing is decided here: the verdict uses balls. Sources: forward, backward, central and five-point differences, Press,
Teukolsky, Vetterling, Flannery, Numerical Recipes, section 5.7, and Fornberg, Mathematics of Computation 51 (1988)
699-706; one extrapolation of the central difference, Richardson, Philosophical Transactions A 210 (1911) 307-357; the
whole table with its error estimate, Ridders, Advances in Engineering Software 4 (1982) 75-76; the complex step, Squire
and Trapp, SIAM Review 40 (1998) 110-112.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tutor.checking.ball import compile_balls, exact_ball, middle_of, working_precision
from tutor.checking.mean_value import measure
from tutor.expression.evaluate import evaluate, to_float
from tutor.expression.exact import exact_fraction
from tutor.expression.fold import postorder
from tutor.expression.meaning import meaning, named
from tutor.expression.tree import Apply, Expression, Number, Symbol

__all__ = ["STEPS", "Row", "certified_slope", "table"]

Floats: TypeAlias = NDArray[np.float64]
Curve: TypeAlias = Callable[[Floats], Floats]
"""f of one variable on an array, the other symbols fixed."""

STEPS = tuple(10.0**-power for power in range(1, 13))

_RIDDERS_SHRINK = 1.4
_RIDDERS_ROWS = 10
_BALL_BITS = 512


@dataclass(frozen=True, slots=True)
class Row:
    """One scheme with one step: its value, its error against the certified slope, and its own estimate of the error.

    A value is nan where the scheme steps out of the domain; `error` is None where there is no certified slope.
    """

    scheme: str
    step: float
    value: float
    error: float | None
    estimate: float | None = None


def table(
    function: Expression, variable: str, point: Mapping[str, Fraction], steps: Sequence[float] = STEPS
) -> tuple[Row, ...]:
    """Every scheme at every step, scheme by scheme; the complex step only where f is analytic as it is written."""
    slope = certified_slope(function, variable, point)
    x = to_float(point[variable])
    others = {name: to_float(value) for name, value in point.items() if name != variable}

    def curve(places: Floats) -> Floats:
        fixed = {name: np.full(places.shape, value) for name, value in others.items()}
        return evaluate(function, {variable: places, **fixed})

    rows = [_row(name, step, scheme(curve, x, step), slope) for name, scheme in _SCHEMES.items() for step in steps]
    for step in steps:
        value = _complex_step(function, {**others, variable: complex(x, step)}, step)
        if value is not None:
            rows.append(_row("complex-step", step, (value, None), slope))
    return tuple(rows)


def certified_slope(function: Expression, variable: str, point: Mapping[str, Fraction]) -> Fraction | None:
    """The slope measured with balls, good to more than twenty digits; None where f is not smooth."""
    program = compile_balls(function)
    with working_precision(_BALL_BITS):
        balls = {name: exact_ball(value) for name, value in point.items()}
    slope = measure(program, (variable,), program, balls).slope
    return None if slope is None else middle_of(slope)


def _row(scheme: str, step: float, found: tuple[float, float | None], slope: Fraction | None) -> Row:
    value, estimate = found
    known = slope is not None and math.isfinite(value)
    error = float(abs(Fraction(value) - slope)) if known and slope is not None else None
    return Row(scheme, step, value, error, estimate)


# ---- schemes -------------------------------------------------------------------------------------------------------

_Found: TypeAlias = tuple[float, float | None]


def _weighted(offsets: Sequence[float], weights: Sequence[float]) -> Callable[[Curve, float, float], _Found]:
    """The scheme Σ w_i f(x + o_i·h) / h."""

    def scheme(curve: Curve, x: float, step: float) -> _Found:
        values = curve(x + step * np.array(offsets))
        with np.errstate(all="ignore"):
            return float(np.dot(np.array(weights), values) / step), None

    return scheme


_central = _weighted((-1, 1), (-1 / 2, 1 / 2))


def _richardson(curve: Curve, x: float, step: float) -> _Found:
    """D = (4·C(h/2) - C(h))/3 of the central difference C, whose error falls with h^4."""
    wide, narrow = _central(curve, x, step)[0], _central(curve, x, step / 2)[0]
    return (4 * narrow - wide) / 3, abs(narrow - wide) / 3


def _ridders(curve: Curve, x: float, step: float) -> _Found:
    """Neville's table of central differences with steps h, h/1.4, h/1.4², …; its best entry with its estimate."""
    sizes = np.array([step / _RIDDERS_SHRINK**row for row in range(_RIDDERS_ROWS)])
    with np.errstate(all="ignore"):
        column = (curve(x + sizes) - curve(x - sizes)) / (2 * sizes)
    best, estimate = float(column[0]), math.inf
    previous = [float(column[0])]
    for first in map(float, column[1:]):
        current, factor = [first], 1.0
        for order, earlier in enumerate(previous):
            factor *= _RIDDERS_SHRINK**2
            current.append((current[order] * factor - earlier) / (factor - 1))
            error = max(abs(current[-1] - current[order]), abs(current[-1] - earlier))
            if error <= estimate:
                best, estimate = current[-1], error
        if abs(current[-1] - previous[-1]) >= 2 * estimate:
            break
        previous = current
    return best, estimate if math.isfinite(estimate) else None


_SCHEMES: Mapping[str, Callable[[Curve, float, float], _Found]] = MappingProxyType(
    {
        "forward": _weighted((0, 1), (-1, 1)),
        "backward": _weighted((-1, 0), (-1, 1)),
        "central": _central,
        "five-point": _weighted((-2, -1, 1, 2), (1 / 12, -2 / 3, 2 / 3, -1 / 12)),
        "richardson": _richardson,
        "ridders": _ridders,
    }
)


# ---- the complex step ----------------------------------------------------------------------------------------------

_ANALYTIC: Mapping[str, Any] = MappingProxyType(
    {
        **{head: getattr(np, name) for head, name in (
            ("sqrt", "sqrt"), ("exp", "exp"), ("log", "log"), ("sin", "sin"), ("cos", "cos"), ("tan", "tan"),
            ("asin", "arcsin"), ("acos", "arccos"), ("atan", "arctan"), ("sinh", "sinh"), ("cosh", "cosh"),
            ("tanh", "tanh"), ("asinh", "arcsinh"), ("acosh", "arccosh"), ("atanh", "arctanh"),
        )},
        "+": np.add, "-": np.subtract, "*": np.multiply, "/": np.divide, "neg": np.negative,
        "pi": lambda: math.pi, "e": lambda: math.e,
    }
)  # fmt: skip


def _complex_step(function: Expression, point: Mapping[str, complex], step: float) -> float | None:
    """Im f(x + ih) / h, which subtracts nothing; None where f has a part that is not analytic."""
    with np.errstate(all="ignore"):
        value = _complex_value(function, point)
    if value is None:
        return None
    return float(np.imag(value)) / step if np.isfinite(value) else math.nan


def _complex_value(expression: Expression, point: Mapping[str, complex]) -> Any:
    done: list[Any] = []
    for part in postorder(expression):
        match part:
            case Number(value):
                done.append(to_float(value))
            case Symbol(name):
                done.append(np.complex128(point[name]))
            case Apply(head, arguments):
                first = len(done) - len(arguments)
                operands = done[first:]
                del done[first:]
                done.append(_complex_applied(head, arguments, operands))
        if done[-1] is None:
            return None
    return done[0]


def _complex_applied(head: str, arguments: Sequence[Expression], operands: Sequence[Any]) -> Any:
    if head in _ANALYTIC:
        return _ANALYTIC[head](*operands)
    if head == "^":
        return _complex_power(operands[0], operands[1], exact_fraction(arguments[1]))
    formula = meaning(head)
    return None if formula is None else _complex_value(formula, named(operands))


def _complex_power(base: Any, exponent: Any, exact: Fraction | None) -> Any:
    """u^v; None for the real odd root of a negative number, which is no analytic power as it is written."""
    if exact is not None and exact.denominator == 1:
        return base ** int(exact)
    return np.power(np.complex128(base), exponent) if np.real(base) > 0 else None
