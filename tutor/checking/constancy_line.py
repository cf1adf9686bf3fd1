"""The line on which one symbol moves, cut at the zeros of sign arguments so that nothing changes its nature in between.

The sign arguments are those of two functions, and those of their slopes; other symbols may stand in them where that
moves no zero along the line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import islice, pairwise

from tutor.checking.ball import Undefined, evaluate_ball
from tutor.checking.ball_zeros import isolated_zeros
from tutor.checking.conditions import Condition, Need, conditions, simpler_zeros
from tutor.checking.positivity import Bounds, bounds
from tutor.checking.short_fraction import short_fractions
from tutor.expression.domain import Domain, Range
from tutor.expression.exact import exact_fraction
from tutor.expression.fold import fold
from tutor.expression.tree import ONE, ZERO, Apply, Expression, Number, Symbol, free_symbols, number, substitute, walk

__all__ = ["Interval", "Line", "Standing", "intervals", "line_of", "resolved", "standing"]

_Enclosure = tuple[Fraction | None, Fraction | None]

_MOST_ZEROS = 16
_TRIES = 4
_BITS = 128


class Line:
    """The line of one symbol in a domain, with the sign arguments of both sides (`own`) and of their slopes."""

    __slots__ = ("_fixed", "domain", "name", "own", "slopes")

    def __init__(self, name: str, domain: Domain, own: Sequence[Condition], slopes: Sequence[Condition]) -> None:
        self.name = name
        self.domain = domain
        self.own = own
        self.slopes = slopes
        self._fixed = frozenset().union(*(free_symbols(part.argument) for part in (*own, *slopes))) - {name}

    def bounds(self, expression: Expression) -> Bounds:
        """The bounds of an expression in the domain where no other symbol is zero."""
        return bounds(expression, self.domain, self._fixed)

    def is_alone_in(self, expression: Expression) -> bool:
        """Whether an expression depends on the moving symbol and on no other."""
        return free_symbols(expression) == {self.name}


def line_of(
    name: str, domain: Domain, sides: tuple[Expression, Expression], slopes: tuple[Expression, Expression]
) -> Line | None:
    """The line of a symbol; None where it is not certain that the slopes are real wherever both sides are.

    That is for sign arguments with other symbols; `standing` looks at those of the moving symbol alone.
    """
    line = Line(name, domain, conditions(*sides), conditions(*slopes))
    needed = {condition.argument for condition in line.own if condition.need is Need.POSITIVE}
    mixed = (condition for condition in line.slopes if not line.is_alone_in(condition.argument))
    return line if all(_follows(condition, needed, line) for condition in mixed) else None


def _follows(condition: Condition, needed: set[Expression], line: Line) -> bool:
    """Whether a sign argument of a slope is as it must be, but on a set without inner points, where both sides are."""
    if line.bounds(condition.argument).is_positive:
        return True
    if condition.need is Need.POSITIVE and condition.argument not in needed:
        return False
    parts = simpler_zeros(condition.argument)
    return all(line.is_alone_in(part) or _is_rarely_zero(part, line) for part in parts)


_ENTIRE = frozenset(
    {
        "+", "-", "*", "neg", "pi", "e", "exp", "sin", "cos", "sinh", "cosh", "tanh", "atan", "asinh", "erf",
        "sigmoid", "softplus", "silu", "gelu",
    }
)  # fmt: skip
"""Functions that are analytic at every real number."""


def _is_rarely_zero(part: Expression, line: Line) -> bool:
    """Whether an expression certainly vanishes on no open set: by its form, or as an analytic function not 0."""
    if line.bounds(part).is_never_zero:
        return True
    names = sorted(free_symbols(part))
    sample = substitute(part, {name: Number(Fraction(7 + 10 * place, 3)) for place, name in enumerate(names)})
    exact = exact_fraction(sample)
    if exact is not None or not all(_is_entire(each) for each in walk(part)):
        return bool(exact)
    value = evaluate_ball(sample, {}, bits=_BITS)
    return bool(value.is_finite() and not value.contains(0))


def _is_entire(part: Expression) -> bool:
    if isinstance(part, Number | Symbol) or part.head in _ENTIRE:
        return True
    exponent = exact_fraction(part.arguments[1]) if part.head == "^" else None
    return exponent is not None and exponent.denominator == 1 and exponent > 0


# ---- cutting the line ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval between zeros of sign arguments: some places in it, and a range that holds it."""

    places: tuple[Fraction, ...]
    within: Range


def intervals(line: Line) -> tuple[Interval, ...] | None:
    """The intervals of the domain between zeros of sign arguments; None where these are not all known."""
    wanted: dict[Expression, None] = {}
    for condition in dict.fromkeys((*line.own, *line.slopes)):
        for part in simpler_zeros(condition.argument):
            if line.name not in free_symbols(part) or line.bounds(part).is_never_zero:
                continue
            if not line.is_alone_in(part):
                return None
            wanted.setdefault(part)
    within = line.domain.of(line.name)
    zeros = isolated_zeros(wanted, line.name, [end for end in (within.low, within.high) if end is not None])
    if zeros is None or len(zeros) > _MOST_ZEROS:
        return None
    edges: list[_Enclosure] = [_FAR, *zeros, _FAR]
    found = (_interval(before, after) for before, after in pairwise(edges))
    return tuple(each for each in found if within.surrounds(each.places[0]))


_FAR: _Enclosure = (None, None)


def _interval(before: _Enclosure, after: _Enclosure) -> Interval:
    """What lies between two zeros; only where a zero is known exactly does it bound the range."""
    places = tuple(islice(short_fractions(Range(before[1], after[0])), _TRIES))
    low, high = (each[0] if each[0] == each[1] else None for each in (before, after))
    return Interval(places, Range(low, high))


# ---- one place -----------------------------------------------------------------------------------------------------


class Standing(Enum):
    """What is certain of both sides in an interval, from its sign arguments at one place of it."""

    REAL = "both sides and their slopes are real, as far as the moving symbol decides"
    NOWHERE = "a side is not real"
    UNKNOWN = "neither is certain"


def standing(line: Line, place: Fraction) -> Standing:
    """The standing of the interval in which a place lies."""
    for condition in line.own:
        found = _met(condition, line, place)
        if found is not Standing.REAL:
            return found
    slopes_are_real = all(_met(condition, line, place) is Standing.REAL for condition in line.slopes)
    return Standing.REAL if slopes_are_real else Standing.UNKNOWN


def resolved(expression: Expression, line: Line, place: Fraction) -> Expression:
    """An expression that is equal in the interval of a place, without |u|, sign u, max(u, v) … of certain signs there.

    Every u, and u - v, must be a sign argument of the line.
    """
    return fold(expression, lambda part, operands: _resolved(part, tuple(operands), line, place))


def _resolved(part: Expression, operands: tuple[Expression, ...], line: Line, place: Fraction) -> Expression:
    match part:
        case Apply("abs" | "sign" | "relu" | "heaviside" as head):
            sign = _sign(operands[0], line, place)
            return Apply(head, operands) if sign == 0 else _branch(head, operands[0], sign)
        case Apply("max" | "min" as head, (_, _)):
            sign = _sign(Apply("-", operands), line, place)
            return Apply(head, operands) if sign == 0 else operands[(sign < 0) == (head == "max")]
        case Apply(head):
            return Apply(head, operands)
        case _:
            return part


def _branch(head: str, argument: Expression, sign: int) -> Expression:
    match head:
        case "abs":
            return argument if sign > 0 else Apply("neg", (argument,))
        case "relu":
            return argument if sign > 0 else ZERO
        case "heaviside":
            return ONE if sign > 0 else ZERO
        case _:
            return number(sign)


def _sign(argument: Expression, line: Line, place: Fraction) -> int:
    """The certain sign at a place of an expression in the moving symbol, else 0."""
    if not free_symbols(argument) <= {line.name}:
        return 0
    try:
        value = evaluate_ball(substitute(argument, {line.name: Number(place)}), {}, bits=_BITS)
    except Undefined:
        return 0
    return int(value > 0) - int(value < 0)


def _met(condition: Condition, line: Line, place: Fraction) -> Standing:
    """Whether a sign argument of the moving symbol alone is as it must be; others count as met."""
    if not line.is_alone_in(condition.argument):
        return Standing.REAL
    try:
        value = evaluate_ball(substitute(condition.argument, {line.name: Number(place)}), {}, bits=_BITS)
    except Undefined:
        return Standing.NOWHERE
    if value.contains(0):
        return Standing.UNKNOWN
    return Standing.NOWHERE if condition.need is Need.POSITIVE and value < 0 else Standing.REAL
