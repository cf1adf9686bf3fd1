"""The two sides of a claim as intervals at a point: the slope by SymPy's derivative, and the answer.

Neither our rules of differentiation nor the balls take part, so that what is found here is evidence of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tutor.checking.certificate import Claim, Point
from tutor.checking.interval import Interval, around, exact
from tutor.checking.interval_evaluation import NotReal, interval_of
from tutor.checking.symbolic_reading import slope_tree
from tutor.expression.tree import Expression, substitute

__all__ = ["Sides", "lies_in_domain", "precisions"]

MOST_BITS = 150_000
FEWEST_BITS = 128

_BESIDE = -64
"""An answer without a value has none on a box of this size (a power of two, relative) round the point."""


class Sides:
    """A claim at points: the expression for the slope and the values of both sides."""

    def __init__(self, claim: Claim) -> None:
        """Raises `NotATree` where SymPy's derivative is out of reach."""
        self.claim = claim
        self.slope = claim.source if claim.function is None else slope_tree(claim.function, claim.variables)

    @property
    def slope_at_place(self) -> Expression:
        """The slope with the place put in."""
        return substitute(self.slope, dict(self.claim.place))

    def is_smooth(self, at: Point) -> bool | None:
        """Whether the function surely is real, finite and smooth at a point; None when it surely is not real."""
        for bits in precisions(FEWEST_BITS, 4096):
            try:
                if interval_of(self.claim.source, self._whole_point(at, bits), bits, smooth=True) is not None:
                    return True
            except NotReal:
                return None
        return False

    def slope_on(self, at: Point, bits: int) -> Interval | None:
        """The slope at a point; None where it is not known. Raises NotReal."""
        return interval_of(self.slope, self._whole_point(at, bits), bits)

    def answer_on(self, at: Point, bits: int) -> Interval | None:
        """The answer at a point; None where it is not known. Raises NotReal."""
        return interval_of(self.claim.answer, _exactly(at, bits), bits)

    def has_no_value_around(self, at: Point) -> bool:
        """Whether the answer surely has no real value on a small box round a point."""
        for bits in precisions(FEWEST_BITS, 4096):
            try:
                interval_of(self.claim.answer, {name: _box(value, bits) for name, value in at.items()}, bits)
            except NotReal:
                return True
        return False

    def _whole_point(self, at: Point, bits: int) -> dict[str, Interval]:
        """The point with the values of the variables at the place."""
        values = {name: interval_of(value, {}, bits) for name, value in self.claim.place.items()}
        return _exactly(at, bits) | {name: value for name, value in values.items() if value is not None}


def precisions(first: int, last: int = MOST_BITS) -> Iterator[int]:
    """Bits to compute with, each four times those before."""
    bits = min(first, last)
    while bits < last:
        yield bits
        bits *= 4
    yield last


def lies_in_domain(claim: Claim, at: Point) -> bool:
    """Whether each symbol of a point lies in its range."""
    return all(_is_within(claim, name, value) for name, value in at.items())


def _is_within(claim: Claim, name: str, value: Fraction) -> bool:
    allowed = claim.domain.of(name)
    return allowed.surrounds(value) and (not allowed.integer or value.denominator == 1)


def _exactly(at: Point, bits: int) -> dict[str, Interval]:
    return {name: exact(value, bits) for name, value in at.items()}


def _box(value: Fraction, bits: int) -> Interval:
    size = value.numerator.bit_length() - value.denominator.bit_length() if value else 0
    return around(value, Fraction(2) ** (_BESIDE + min(0, size)), bits)
