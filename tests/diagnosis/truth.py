"""What is right and what is wrong, by mpmath: the slope measured from the function, and the values of answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import islice
from random import Random
from typing import Any, TypeAlias

from tests import oracle
from tests.oracle import Undefined
from tutor.expression.tree import Expression, free_symbols

Point: TypeAlias = Mapping[str, Fraction]
Real: TypeAlias = Any
"""An mpf; mpmath carries no types."""

Place: TypeAlias = tuple[Point, Real]
"""A point, and the slope of the function there."""

POINTS = 7
TRIED = 60
LARGEST = 10**6
"""Slopes beyond this drown the differences between slips in rounding; nobody would look there."""

DIGITS = 30
APART = 10
"""Values that agree to so many digits are equal; those that slips make are further apart."""


def places_of(function: Expression, seed: str) -> tuple[Place, ...]:
    """Generic points at which a function has a slope, with it; none when there are too few."""
    found = tuple(islice(_places(function, seed), POINTS))
    return found if len(found) == POINTS else ()


def _places(function: Expression, seed: str) -> Iterator[Place]:
    random = Random(seed)
    names = sorted(free_symbols(function) | {"x"})
    for _ in range(TRIED):
        point = {name: _coordinate(random) for name in names}
        try:
            slope = oracle.slope(function, "x", point)
        except (Undefined, OverflowError):
            continue
        if abs(slope) < LARGEST:
            yield point, slope


def _coordinate(random: Random) -> Fraction:
    size = random.choice((Fraction(random.randint(200, 990), 1009), Fraction(random.randint(1000, 3000), 1009)))
    return size if random.random() < 0.65 else -size


def value(expression: Expression, point: Point) -> Real | None:
    """The value of a formula at a point; None where it has none."""
    try:
        return oracle.value(expression, point, DIGITS)
    except (Undefined, OverflowError):
        return None


def values(expression: Expression, places: tuple[Place, ...]) -> tuple[Real | None, ...]:
    """The values of a formula at the points of a function."""
    return tuple(value(expression, point) for point, _ in places)


def is_wrong(found: tuple[Real | None, ...], places: tuple[Place, ...]) -> bool | None:
    """Whether values differ from the slopes somewhere; None when there are hardly any."""
    both = [(mine, slope) for mine, (_, slope) in zip(found, places, strict=True) if mine is not None]
    if len(both) < POINTS // 2:
        return None
    return any(not oracle.close(mine, slope, APART) for mine, slope in both)


def agree(left: tuple[Real | None, ...], right: tuple[Real | None, ...]) -> bool:
    """Whether two columns of values are the same wherever both exist, and do so somewhere."""
    both = [(a, b) for a, b in zip(left, right, strict=True) if a is not None and b is not None]
    return bool(both) and all(oracle.close(a, b, APART) for a, b in both)


def is_multiple(left: Expression, right: Expression, places: tuple[Place, ...]) -> bool:
    """Whether two formulas have the same values but for a factor that does not depend on x."""
    if "x" not in free_symbols(left) or "x" not in free_symbols(right):
        return left == right
    point = places[0][0]
    ratios = [_ratio(left, right, {**point, "x": other["x"]}) for other, _ in places]
    known = [ratio for ratio in ratios if ratio is not None]
    return bool(known) and all(oracle.close(ratio / known[0], 1, APART) for ratio in known)


def _ratio(left: Expression, right: Expression, point: Point) -> Real | None:
    above, below = value(left, point), value(right, point)
    return above / below if above and below else None
