"""Where the symbols of an exercise may lie: intervals with exact ends, real or whole numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Range:
    """An open interval of real (or whole) numbers; None is an end at infinity."""

    low: Fraction | None = None
    high: Fraction | None = None
    integer: bool = False

    def surrounds(self, value: Fraction) -> bool:
        """Whether a number lies between the ends, whole or not."""
        return (self.low is None or value > self.low) and (self.high is None or value < self.high)


REAL_LINE = Range()
POSITIVE = Range(low=Fraction(0))


@dataclass(frozen=True, slots=True)
class Domain:
    """The ranges of the symbols that an author narrowed; every other symbol may be any real number."""

    ranges: Mapping[str, Range] = field(default_factory=dict)

    def of(self, symbol: str) -> Range:
        """The range of one symbol."""
        return self.ranges.get(symbol, REAL_LINE)
