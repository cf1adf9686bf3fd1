"""The two sides of a claim as intervals at a point: the slope by SymPy's derivative, and the answer.

Neither our rules of differentiation nor the balls take part, so that what is found here is evidence of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from tutor.checking.certificate import Claim, Point
from tutor.checking.certificate_pieces import around_point, has_nested_corners
from tutor.checking.interval import Interval, add, around, exact, subtract
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
        self._nested = any(map(has_nested_corners, (claim.source, claim.answer)))
        self.slope = claim.source if claim.function is None else slope_tree(claim.function, claim.variables)

    def around(self, at: Point) -> Sides:
        """The sides of the claim as it is around a point, where corners that stand in corners have only one branch.

        Raises `NotATree`.
        """
        if not self._nested:
            return self
        box = {name: _box(value, FEWEST_BITS) for name, value in at.items()}
        source = around_point(self.claim.source, box | self._place_box())
        answer = around_point(self.claim.answer, box)
        if self.claim.function is None:
            local = replace(self.claim, answer=answer, expected=source)
        else:
            local = replace(self.claim, answer=answer, function=source)
        sides = Sides(local)
        sides._nested = False
        return sides

    def _place_box(self) -> dict[str, Interval]:
        """Small intervals around the values of the variables at the place."""
        near = exact(Fraction(2) ** _BESIDE, FEWEST_BITS)
        found = {}
        for name, value in self.claim.place.items():
            middle = interval_of(value, {}, FEWEST_BITS)
            if middle is not None:
                low, high = subtract(middle, near, FEWEST_BITS).low, add(middle, near, FEWEST_BITS).high
                found[name] = Interval(low, high)
        return found

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
