"""The regions between the zeros of sign arguments, along a line on which one symbol moves and the others stand.

Zeros of polynomials, rational and algebraic functions are isolated exactly; those of other expressions are found on a
ladder of places from 2^-20 to 2^20, refined inside every region found so far, where balls certify a change of sign or
the size of a value falls to nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from math import inf

from tutor.checking.ball import Ball, Program, Undefined, compile_balls, exact_ball, run, two_to, working_precision
from tutor.checking.ball_roots import rational_roots
from tutor.checking.ball_zeros import isolated_zeros
from tutor.checking.conditions import Condition, simpler_zeros
from tutor.expression.domain import Range
from tutor.expression.tree import Expression, free_symbols

__all__ = ["Line", "Region", "regions"]

MOST_REGIONS = 48
"""Regions on one line; of more, those nearest to zero are kept."""

_MOST_CHANGES = 16
"""Changes of sign of one expression that are pinned down, those nearest to zero."""

_SCAN_BITS = 64
_BISECTIONS = 44
_ROUNDS = 14
_FIBONACCI = (8, 13, 21)
"""Where an interval of so many parts is looked at first."""

_TOUCH_BITS = 256
_NOTHING = -64
"""The power of two, relative to the values around, below which a smallest size counts as zero."""

_NARROWEST = Fraction(1, 2**48)
"""Zeros found by scanning that are closer to others than this (relative to their size) count as one."""

_NARROWEST_EXACT = Fraction(1, 2**140)
"""The same for zeros that are isolated exactly."""

_LONGEST = 2**48
"""The largest denominator of a place in a region that is not very narrow."""

_ODDMENT = Fraction(1_000_003, 999_983)
"""Moves the ladder off the short numbers at which zeros of exercises lie."""


@dataclass(frozen=True, slots=True)
class Line:
    """One symbol that moves within its range, and the values at which all other symbols stand."""

    symbol: str
    within: Range
    values: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Region:
    """An open interval of a line in which no sign argument changes its sign; None is an end at infinity."""

    low: Fraction | None
    high: Fraction | None

    def inside(self, share: Fraction) -> Fraction:
        """The number at a share (0…1) of the way through the region; far ends are reached on a scale of their own."""
        match self.low, self.high:
            case Fraction() as low, Fraction() as high:
                return _shortened(low + (high - low) * share, min(share, 1 - share) * (high - low))
            case Fraction() as low, None:
                return low + max(Fraction(1), abs(low) / 4) * share / (1 - share)
            case None, Fraction() as high:
                return high - max(Fraction(1), abs(high) / 4) * share / (1 - share)
            case _:
                return (2 * share - 1) / (share * (1 - share))


def _shortened(place: Fraction, room: Fraction) -> Fraction:
    """A number near a place, with a denominator of at most 48 bits where that moves it by little of the room."""
    return place.limit_denominator(_LONGEST) if room * _LONGEST > 2**20 else place


def regions(conditions: Sequence[Condition], line: Line) -> tuple[Region, ...]:
    """The regions of a line, from left to right, between all zeros found of the sign arguments."""
    wanted = tuple(condition.argument for condition in conditions if line.symbol in free_symbols(condition.argument))
    others = tuple((name, value) for name, value in sorted(line.values.items()) if name != line.symbol)
    return _regions(wanted, line.symbol, line.within, others)


@lru_cache(maxsize=32)
def _regions(
    arguments: tuple[Expression, ...], symbol: str, within: Range, others: tuple[tuple[str, Fraction], ...]
) -> tuple[Region, ...]:
    """The regions, kept for the next draw and the next answer that ask for the same."""
    line, zeros = Line(symbol, within, dict(others)), list[Fraction]()
    for argument in arguments:
        for part in simpler_zeros(argument):
            exact = rational_roots(part, line.symbol, line.values)
            found = _zeros(part, line, zeros) if exact is None else exact
            zeros = _merged([*zeros, *found], within, _NARROWEST if exact is None else _NARROWEST_EXACT)
    return _nearest(_between(zeros, within))


def _zeros(part: Expression, line: Line, known: list[Fraction]) -> Iterable[Fraction]:
    isolated = isolated_zeros((part,), line.symbol) if free_symbols(part) == {line.symbol} else None
    return _scanned(part, line, known) if isolated is None else [(low + high) / 2 for low, high in isolated]


def _merged(zeros: list[Fraction], within: Range, narrowest: Fraction) -> list[Fraction]:
    """The zeros inside the range in order, those that cannot be told apart once."""
    kept: list[Fraction] = []
    for zero in sorted(zeros) if len(zeros) > 1 else zeros:
        if within.surrounds(zero) and (not kept or zero - kept[-1] > narrowest * max(Fraction(1), abs(zero))):
            kept.append(zero)
    return kept


def _between(zeros: list[Fraction], within: Range) -> tuple[Region, ...]:
    return tuple(Region(low, high) for low, high in pairwise([within.low, *zeros, within.high]))


def _nearest(found: tuple[Region, ...]) -> tuple[Region, ...]:
    if len(found) <= MOST_REGIONS:
        return found
    ranked = sorted(found, key=lambda region: abs(region.inside(Fraction(1, 2))))[:MOST_REGIONS]
    return tuple(region for region in found if region in ranked)


# ---- searching for changes of sign ---------------------------------------------------------------------------------


def _scanned(part: Expression, line: Line, known: list[Fraction]) -> list[Fraction]:
    """Zeros at changes of sign, and those at which the expression only touches zero, as 1 - sin(x) does."""
    program = compile_balls(part)
    with working_precision(_SCAN_BITS):
        places = _places(line.within, known)
        values = [_value(program, line, place) for place in places]
        signs = [_sign(value) for value in values]
        changes = [
            (places[index], places[index + 1], signs[index])
            for index in range(len(places) - 1)
            if signs[index] * signs[index + 1] < 0
        ]
        changes.sort(key=lambda change: abs(change[0]))
        crossed = [_bisected(program, line, *change) for change in changes[:_MOST_CHANGES]]
        return [*crossed, *_touched(program, line, places, values, signs)]


def _value(program: Program, line: Line, place: Fraction) -> Ball | None:
    """The value at a place; None when there is none, or none that is known."""
    point = {name: exact_ball(place if name == line.symbol else line.values[name]) for name in program.symbols}
    try:
        value = run(program, point)
    except Undefined:
        return None
    return value if value.is_finite() else None


def _sign(value: Ball | None) -> int:
    """The certain sign of a value, 0 when none is certain."""
    return 0 if value is None else 1 if value > 0 else -1 if value < 0 else 0


def _touched(
    program: Program, line: Line, places: list[Fraction], values: list[Ball | None], signs: list[int]
) -> list[Fraction]:
    """Places near which the size of a value falls to nothing without a change of sign."""
    sizes = [_size(value) for value in values]
    lowest = [
        index
        for index in range(1, len(sizes) - 1)
        if _is_lowest(sizes[index - 1 : index + 2]) and signs[index - 1] == signs[index] == signs[index + 1]
    ]
    lowest.sort(key=lambda index: abs(places[index]))
    with working_precision(_TOUCH_BITS):
        found = [_vanishing(program, line, places[index - 1], places[index + 1]) for index in lowest[:_MOST_CHANGES]]
    return [place for place in found if place is not None]


def _is_lowest(sizes: list[Ball | None]) -> bool:
    left, middle, right = sizes
    return left is not None and middle is not None and right is not None and bool(middle < left and middle < right)


def _vanishing(program: Program, line: Line, low: Fraction, high: Fraction) -> Fraction | None:
    """Where the size of a value falls to nothing between two places; None where it stops falling."""
    size_at = cache(lambda place: _size(_value(program, line, place)))
    first = last = _larger(size_at(low), size_at(high))
    for _ in range(_ROUNDS):
        shorter = _narrowed(size_at, low, high)
        if shorter is None:
            return None
        low, high = shorter
        size = _larger(size_at(low), size_at(high))
        if first is None or last is None or size is None or not 2 * size < last:
            return None
        if size < first * two_to(_NOTHING):
            return (low + high) / 2
        last = size
    return None


def _narrowed(
    size_at: Callable[[Fraction], Ball | None], low: Fraction, high: Fraction
) -> tuple[Fraction, Fraction] | None:
    """The tenth of an interval in which the size is smallest, by Fibonacci numbers; None where a size is not known.

    Each comparison leaves one place that is asked again: J. Kiefer, "Sequential minimax search for a maximum",
    Proceedings of the American Mathematical Society 4 (1953) 502-506.
    """
    (left, right, end), start, unit = _FIBONACCI, 0, (high - low) / _FIBONACCI[-1]
    while end - start > 2:
        one, other = size_at(low + left * unit), size_at(low + right * unit)
        if one is None or other is None:
            return None
        if one < other:
            end, right = right, left
            left = start + end - right
        else:
            start, left = left, right
            right = start + end - left
    return low + start * unit, low + end * unit


def _larger(left: Ball | None, right: Ball | None) -> Ball | None:
    return None if left is None or right is None else left.max(right)


def _size(value: Ball | None) -> Ball | None:
    return None if value is None else abs(value).mid()


def _bisected(program: Program, line: Line, low: Fraction, high: Fraction, sign: int) -> Fraction:
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        found = _sign(_value(program, line, middle))
        if found == 0:
            return middle
        low, high = (middle, high) if found == sign else (low, middle)
    return (low + high) / 2


def _ladder() -> tuple[Fraction, ...]:
    rungs = [Fraction(2) ** exponent * Fraction(quarter, 4) for exponent in range(-20, 21) for quarter in (4, 5, 6, 7)]
    steps = [Fraction(number, 4) for number in range(1, 65)]
    positive = sorted({rung * _ODDMENT for rung in rungs + steps})
    return (*(-rung for rung in reversed(positive)), *positive)


_LADDER = _ladder()


def _places(within: Range, known: list[Fraction]) -> list[Fraction]:
    """The ladder within a range, and some places inside each region known so far, in order."""
    start = 0 if within.low is None else bisect_right(_LADDER, within.low)
    end = len(_LADDER) if within.high is None else bisect_left(_LADDER, within.high)
    places = list(_LADDER[start:end])
    for region in _between(known, within):
        many = 200 if None not in (within.low, within.high) and not known else 12
        places += (region.inside(Fraction(number, many + 1) * _nudged(number)) for number in range(1, many + 1))
    return sorted(places, key=_as_double)


def _as_double(place: Fraction) -> float:
    """A key to sort by: comparing fractions takes most of the time, and places in order stay so where doubles tie."""
    try:
        return float(place)
    except OverflowError:
        return inf if place > 0 else -inf


def _nudged(number: int) -> Fraction:
    return 1 - Fraction(1, 1009 + number)
