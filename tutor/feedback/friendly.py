"""A point with short coordinates at which a learner can see that an answer is not the slope."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from tutor.checking.mean_value import witness_at
from tutor.checking.verdict import Outcome, Witness
from tutor.expression.domain import Domain, Range
from tutor.expression.exact import exact_fraction
from tutor.expression.tree import Expression, free_symbols
from tutor.feedback.explanation import FriendlyPoint
from tutor.feedback.figures import WIDE, five_figures
from tutor.kinds.cell import Slope

SHORT = tuple(
    Fraction(text)
    for text in ("4/5", "2", "1/2", "3/2", "-1/2", "3", "-2", "1/4", "5", "-3/2", "10", "-4", "1/10", "20")
)
"""Coordinates in the order in which they are tried: none is 0 or 1, where slips hide."""

VISIBLE = Decimal("1e-3")
"""Relative difference from which one sees it in five figures."""

LARGEST = Decimal("1e12")
"""Values beyond this are not friendly."""


def friendly_point(target: Slope, answer: Expression, domain: Domain) -> FriendlyPoint | None:
    """The first short point of the domain at which the answer differs visibly; None when none is found."""
    others = free_symbols(target.function) | free_symbols(answer)
    symbols = [*dict.fromkeys(target.variables), *sorted(others - set(target.variables))]
    for point in _points(symbols, target, domain):
        outcome, witness = witness_at(target.function, target.variables, answer, point)
        if outcome is Outcome.DIFFERENT and witness.slope is not None and _is_visible(witness):
            return _shown(witness)
    return None


def _points(symbols: list[str], target: Slope, domain: Domain) -> Iterator[dict[str, Fraction]]:
    """Short points of the domain, no two symbols with the same coordinate.

    A point that is asked for is the only one.
    """
    if target.at:
        exact = {symbol: exact_fraction(value) for symbol, value in target.at.items()}
        fixed = {symbol: value for symbol, value in exact.items() if value is not None}
        if len(fixed) == len(symbols):
            yield fixed
        return
    columns = [_column(domain.of(symbol)) for symbol in symbols]
    for shift in range(len(SHORT)):
        yield {
            symbol: column[(shift + place) % len(column)]
            for place, (symbol, column) in enumerate(zip(symbols, columns, strict=True))
        }


def _column(bounds: Range) -> tuple[Fraction, ...]:
    """The short coordinates inside a range; where none is, a point of the range itself."""
    inside = tuple(value for value in SHORT if _lies_in(value, bounds))
    if inside:
        return inside
    low, high = bounds.low, bounds.high
    if low is not None and high is not None:
        return ((low + high) / 2,)
    return (low + 1,) if low is not None else ((high or Fraction(0)) - 1,)


def _lies_in(value: Fraction, bounds: Range) -> bool:
    return bounds.surrounds(value) and not (bounds.integer and value.denominator != 1)


def _is_visible(witness: Witness) -> bool:
    if witness.slope is None or witness.answer is None:
        return True
    slope, answer = (WIDE.create_decimal(value.middle) for value in (witness.slope, witness.answer))
    if not (slope.is_finite() and answer.is_finite()):
        return False
    largest = max(slope.copy_abs(), answer.copy_abs())
    return largest < LARGEST and WIDE.subtract(slope, answer).copy_abs() > WIDE.multiply(VISIBLE, largest)


def _shown(witness: Witness) -> FriendlyPoint:
    assert witness.slope is not None
    answer = None if witness.answer is None else five_figures(witness.answer.middle)
    return FriendlyPoint(tuple(witness.at.items()), five_figures(witness.slope.middle), answer)
