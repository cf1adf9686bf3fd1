"""Rational numbers in an interval, those that are short to write first."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.expression.domain import Range

__all__ = ["short_fractions", "simplest_fraction"]

_SHORT = tuple(Fraction(number) for number in ("0", "1", "-1", "2", "-2", "1/2", "-1/2", "3", "-3", "1/3", "-1/3"))


def short_fractions(within: Range) -> Iterator[Fraction]:
    """Numbers inside an open interval, without end."""
    yield from filter(within.surrounds, _SHORT)
    found = simplest_fraction(within.low, within.high)
    while True:
        if found not in _SHORT:
            yield found
        found = simplest_fraction(found, within.high)


def simplest_fraction(low: Fraction | None, high: Fraction | None) -> Fraction:
    """The fraction with the smallest denominator between two numbers, by continued fractions; None is infinity.

    Of several whole numbers it is the one nearest to zero.
    """
    if low is None:
        return Fraction(0) if high is None or high > 0 else -simplest_fraction(-high, None)
    if low < 0:
        return Fraction(0) if high is None or high > 0 else -simplest_fraction(-high, -low)
    whole = low.numerator // low.denominator
    if high is None or whole + 1 < high:
        return Fraction(whole + 1)
    farthest = None if low == whole else 1 / (low - whole)
    return whole + 1 / simplest_fraction(1 / (high - whole), farthest)
