"""A certificate of difference, checked again: the point, both values there, and that they exclude each other."""

from __future__ import annotations

from fractions import Fraction

from tutor.checking.certificate import MOST_DIGITS, Certificate, Claim, Difference, Point
from tutor.checking.certificate_objection import Objection
from tutor.checking.certificate_reading import decimal_from
from tutor.checking.certificate_sides import FEWEST_BITS, MOST_BITS, Sides, lies_in_domain, precisions
from tutor.checking.interval import Interval, add, overlaps, shown, subtract
from tutor.checking.interval_evaluation import NotReal
from tutor.checking.interval_functions import decimal
from tutor.checking.normal_form import is_zero
from tutor.checking.symbolic_ring import sympy_ring
from tutor.checking.verdict import Enclosure
from tutor.expression.tree import Apply, Expression, Number, number, substitute, walk

__all__ = ["objections_to_difference", "objections_to_place", "shown_point"]

_BESIDE = Fraction(1, 2**40)


def objections_to_difference(certificate: Certificate, sides: Sides) -> tuple[Objection, ...]:
    """What does not hold of a certificate of difference; empty when all does."""
    difference = certificate.difference
    assert difference is not None
    sides = sides.around(difference.at)
    where = objections_to_place(certificate.claim, sides, difference.at)
    if where:
        return where
    if difference.answer is None:
        return _without_value(sides, difference)
    bits = _bits(difference.slope, difference.answer)
    is_whole = len(difference.slope.middle) < MOST_DIGITS and len(difference.answer.middle) < MOST_DIGITS
    if is_whole and overlaps(_stated(difference.slope, bits), _stated(difference.answer, bits)):
        found = f"{_told(difference.slope)} and {_told(difference.answer)}"
        message = "the stated values of slope and answer do not exclude each other"
        return (Objection("no-difference", message, "a difference", found),)
    return _values(sides, difference, difference.answer)


def objections_to_place(claim: Claim, sides: Sides, at: Point) -> tuple[Objection, ...]:
    """Why nothing can be decided at a point: outside of the domain, or where the function is not smooth."""
    if not lies_in_domain(claim, at):
        return (Objection("outside-domain", "the point is outside of the domain", None, shown_point(at)),)
    smooth = sides.is_smooth(at)
    if smooth:
        return ()
    what = "has no real value" if smooth is None else "is not known to be real, finite and smooth"
    noun = "function" if claim.function is not None else "expected formula"
    return (Objection("no-function-value", f"the {noun} {what} at the point", None, shown_point(at)),)


# ---- both have values ----------------------------------------------------------------------------------------------


def _values(sides: Sides, difference: Difference, answer: Enclosure) -> tuple[Objection, ...]:
    """The values against the stated ones, at a precision at which they exclude each other."""
    slope = given = None
    for bits in precisions(_bits(difference.slope, answer)):
        try:
            slope, given = sides.slope_on(difference.at, bits), sides.answer_on(difference.at, bits)
        except NotReal:
            return (Objection("no-value", "slope or answer has no real value", None, shown_point(difference.at)),)
        if slope is not None and given is not None and not overlaps(slope, given):
            break
    if slope is None or given is None:
        return (Objection("unknown-value", "slope or answer could not be worked out at the point"),)
    if overlaps(slope, given):
        found = f"slope {shown(slope)}, answer {shown(given)}"
        return (Objection("no-difference", "slope and answer could not be told apart", "a difference", found),)
    return (*_held("slope", difference.slope, slope), *_held("answer", answer, given))


def _held(noun: str, stated: Enclosure, found: Interval) -> tuple[Objection, ...]:
    if overlaps(found, _stated(stated, _bits(stated))):
        return ()
    message = f"the stated value of the {noun} at the point is wrong"
    return (Objection(f"wrong-{noun}", message, shown(found), _told(stated)),)


def _stated(enclosure: Enclosure, bits: int) -> Interval:
    """The interval of an enclosure."""
    middle, radius = _decimal(enclosure.middle, bits), _decimal(enclosure.radius, bits)
    return Interval(subtract(middle, radius, bits).low, add(middle, radius, bits).high)


def _decimal(text: str, bits: int) -> Interval:
    parts = decimal_from(text)
    assert parts is not None, text
    return decimal(*parts, bits)


def _bits(*enclosures: Enclosure) -> int:
    """Bits with which values are narrower than stated enclosures are, whose digits go as far as their radius allows."""
    longest = max(len(enclosure.middle) for enclosure in enclosures)
    return min(FEWEST_BITS + 4 * longest, MOST_BITS)


# ---- the answer has none -------------------------------------------------------------------------------------------


def _without_value(sides: Sides, difference: Difference) -> tuple[Objection, ...]:
    if not sides.has_no_value_around(difference.at) and not _divides_by_zero(sides.claim.answer, difference.at):
        message = "the answer is not known to lack a real value around the point"
        return (Objection("has-value", message, "no real value", shown_point(difference.at)),)
    for bits in precisions(_bits(difference.slope)):
        try:
            slope = sides.slope_on(difference.at, bits)
        except NotReal:
            slope = None
        if slope is not None:
            return _held("slope", difference.slope, slope)
    return (Objection("unknown-value", "the slope could not be worked out at the point"),)


def _divides_by_zero(answer: Expression, at: Point) -> bool:
    """Whether a denominator is exactly zero at a point and at points beside it, by the normal form."""
    denominators = [part.arguments[1] for part in walk(answer) if isinstance(part, Apply) and part.head == "/"]
    beside = [{name: value * (1 + step * _BESIDE) for name, value in at.items()} for step in (-1, 0, 1)]
    places = [{name: Number(value) for name, value in place.items()} for place in beside]
    return any(
        all(is_zero(substitute(part, dict(place)), number(0), sympy_ring) for place in places) for part in denominators
    )


# ---- shown ---------------------------------------------------------------------------------------------------------


def shown_point(at: Point) -> str:
    """A point as `x = 5/4, y = -2`."""
    return ", ".join(f"{name} = {value}" for name, value in sorted(at.items())) or "the place"


def _told(enclosure: Enclosure) -> str:
    return f"{enclosure.middle[:60]} ± {enclosure.radius[:60]}"
