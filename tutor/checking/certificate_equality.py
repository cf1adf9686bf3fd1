"""Certificates of equality and of agreement, checked again: a proof from SymPy's derivative, and intervals at points.

Equal means: the difference of SymPy's derivative and the answer is zero by the normal form in SymPy's ring, or else by
SymPy's own means. A proof says nothing where one side is not real, so both sides must be seen to agree at the points of
the certificate, and the answer must not lack a value, or differ, at points of our own choice.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import islice

from tutor.checking.certificate import Certificate, Claim, Equality, Point
from tutor.checking.certificate_difference import objections_to_place, shown_point
from tutor.checking.certificate_objection import Objection
from tutor.checking.certificate_reading import decimal_from
from tutor.checking.certificate_sides import FEWEST_BITS, Sides, precisions
from tutor.checking.conditions import Need, conditions
from tutor.checking.interval import (
    ONE,
    Interval,
    divide,
    exact,
    is_below,
    largest,
    magnitude,
    multiply,
    overlaps,
    shown,
    subtract,
)
from tutor.checking.interval_evaluation import NotReal
from tutor.checking.interval_functions import decimal
from tutor.checking.normal_form import is_zero
from tutor.checking.normal_form_identities import IDENTITIES
from tutor.checking.symbolic_ring import sympy_ring
from tutor.checking.verdict import Outcome
from tutor.expression.domain import Range
from tutor.expression.tree import Apply, Expression, Symbol, free_symbols, number, substitute

__all__ = ["METHODS", "ROUNDED", "objections_to_agreement", "objections_to_equality", "points_of_our_own"]

ROUNDED = "tolerance"
_BY_NORMAL_FORM = "normal-form"
_FRACTIONS = "fractions"
"""The identity that every normal form uses, and no other method."""

_BY_CONSTANCY = "constant-difference"
_INDIRECT = frozenset((_BY_CONSTANCY, "corner-cases", "change-of-variable", "generalisation"))
"""Methods that ask the normal form about other pairs, and name their own steps."""

_SHORTER = ("identical", "exact")
_LADDER = ("construction", "expand", "common-denominator", "exponentials", "denest", "simplify")
METHODS = frozenset((ROUNDED, _BY_NORMAL_FORM, *_INDIRECT, *_SHORTER, *_LADDER))
"""The methods of proofs by the names that certificates give them."""

_MOST_BITS = 4096
_MOST_TOLD = 3
_SHARES = tuple(Fraction(number, 1013) for number in (523, 389, 743, 211, 907, 61, 977, 5, 640, 301, 1006, 131))
"""How far into a range our own points lie."""

_FEWEST_UNPROVED = 4
"""Points at which an answer is seen to agree that counts as right without a proof."""


def objections_to_equality(certificate: Certificate, sides: Sides) -> tuple[Objection, ...]:
    """What does not hold of a certificate of equality; empty when all does."""
    equality, claim = certificate.equality, certificate.claim
    assert equality is not None
    if equality.method not in METHODS:
        return (Objection("unknown-method", "no proof goes by this name", ", ".join(sorted(METHODS)), equality.method),)
    if (equality.method == ROUNDED) != (claim.tolerance is not None):
        found = f"method {equality.method}, {'no' if claim.tolerance is None else 'a'} tolerance"
        return (Objection("wrong-method", "a tolerance and the method tolerance belong together", None, found),)
    wrong = _wrong_identities(equality)
    if wrong is not None:
        return (wrong,)
    if claim.tolerance is not None:
        return _rounded(claim, sides)
    seen = tuple(islice(_apart(sides, certificate.points, limit=None), _MOST_TOLD)) or tuple(islice(_lost(sides), 1))
    if seen:
        return seen
    if not any(_is_seen(sides.around(point), point) for point in certificate.points):
        return (Objection("nowhere-seen", "no point shows that slope and answer are real together", "a point", "none"),)
    return () if _is_proved(claim, sides) else (Objection("not-proved", "the equality could not be proved again"),)


def objections_to_agreement(certificate: Certificate, sides: Sides, *, is_right: bool) -> tuple[Objection, ...]:
    """What does not hold of a certificate without a proof: both sides must agree as closely as it says.

    An answer that counts as right must do so at enough points.
    """
    radius = decimal_from(certificate.radius)
    if radius is None or radius[0] < 0:
        return (Objection("bad-radius", "the radius is not a number above zero", "such as 2e-300", certificate.radius),)
    enough = _FEWEST_UNPROVED if certificate.claim.moving else 1
    if is_right and len({tuple(sorted(point.items())) for point in certificate.points}) < enough:
        found = str(len(certificate.points))
        return (Objection("few-points", "too few points for an answer without a proof", str(enough), found),)
    limit = decimal(*radius, FEWEST_BITS)
    return tuple(_apart(sides, certificate.points, limit=limit))


# ---- at points -----------------------------------------------------------------------------------------------------


def _apart(sides: Sides, points: tuple[Point, ...], *, limit: Interval | None) -> Iterator[Objection]:
    """The points at which both sides surely differ, or do not surely agree within a limit."""
    for point in points:
        here = sides.around(point)
        where = objections_to_place(sides.claim, here, point)
        if where:
            yield from where
            continue
        try:
            yield from _beyond(here, point, limit)
        except NotReal:
            yield Objection("no-value", "slope or answer has no real value", None, shown_point(point))


def _beyond(sides: Sides, point: Point, limit: Interval | None) -> Iterator[Objection]:
    slope = given = None
    for bits in precisions(FEWEST_BITS, FEWEST_BITS if limit is None else _MOST_BITS):
        slope, given = sides.slope_on(point, bits), sides.answer_on(point, bits)
        if slope is None or given is None:
            continue
        if not overlaps(slope, given) and limit is None:
            found = f"slope {shown(slope)}, answer {shown(given)} at {shown_point(point)}"
            yield Objection("a-difference", "slope and answer differ at a point", "equal values", found)
            return
        if limit is not None and is_below(_relative(slope, given, bits), limit):
            return
    if limit is not None:
        found = "unknown" if slope is None or given is None else shown(_relative(slope, given, _MOST_BITS))
        message = f"slope and answer do not agree within the radius at {shown_point(point)}"
        yield Objection("beyond-radius", message, shown(limit), found)


def _relative(slope: Interval, given: Interval, bits: int) -> Interval:
    """|slope - answer| over the larger of 1 and |slope|."""
    size = divide(magnitude(subtract(slope, given, bits)), largest(magnitude(slope), ONE), bits)
    assert size is not None
    return size


def _is_seen(sides: Sides, point: Point) -> bool:
    """Whether both sides surely have real values at a point, which do not exclude each other."""
    for bits in precisions(FEWEST_BITS, _MOST_BITS):
        slope, given = sides.slope_on(point, bits), sides.answer_on(point, bits)
        if slope is not None and given is not None:
            return overlaps(slope, given)
    return False


def _lost(sides: Sides) -> Iterator[Objection]:
    """The points of our own at which the function is smooth and the answer surely lacks a value or differs."""
    for point in points_of_our_own(sides.claim):
        here = sides.around(point)
        if here.is_smooth(point) is not True:
            continue
        try:
            yield from _beyond(here, point, None)
        except NotReal:
            if here.has_no_value_around(point):
                yield Objection("no-value", "the answer has no real value", "a value", shown_point(point))


def points_of_our_own(claim: Claim) -> tuple[Point, ...]:
    """A dozen points of the domain, of both signs, small and large, the same for every certificate of a claim."""
    count = len(_SHARES)
    return tuple(
        {
            name: _inside(claim.domain.of(name), (index * (2 * place + 1) + place) % count)
            for place, name in enumerate(claim.moving)
        }
        for index in range(count if claim.moving else 1)
    )


def _inside(within: Range, index: int) -> Fraction:
    """A number of a range, by its share of a bounded one, else by its distance from the end."""
    share = _SHARES[index]
    if within.integer:
        return _whole(within, index)
    if within.low is not None and within.high is not None:
        return within.low + (within.high - within.low) * share
    away = share / (1 - share)
    if within.low is not None:
        return within.low + away
    if within.high is not None:
        return within.high - away
    return away - 1 / away


def _whole(within: Range, index: int) -> Fraction:
    if within.low is not None:
        first = within.low.numerator // within.low.denominator + 1
        return Fraction(first + (index if within.high is None else index % max(1, -(-within.high // 1) - first)))
    if within.high is not None:
        return Fraction(-(-within.high // 1) - 1 - index)
    return Fraction((index + 1) // 2 if index % 2 else -(index // 2))


# ---- proofs --------------------------------------------------------------------------------------------------------


def _wrong_identities(equality: Equality) -> Objection | None:
    """Why a list of identities cannot be that of a proof; which of them another proof needs is not compared.

    Equality by constancy lists steps, the places at which both sides are equal; equality by cases its own name.
    """
    if equality.method in _INDIRECT:
        return None
    stranger = next((name for name in equality.identities if name not in IDENTITIES), None)
    if stranger is not None:
        return Objection("unknown-identity", "no identity goes by this name", None, stranger)
    if (_FRACTIONS in equality.identities) != (equality.method == _BY_NORMAL_FORM):
        found = ", ".join(equality.identities) or "none"
        return Objection("wrong-identities", f"the method {equality.method} has other identities", None, found)
    return None


def _is_proved(claim: Claim, sides: Sides) -> bool:
    """Whether slope and answer are equal by the normal form, or else by SymPy's means."""
    pairs = [(sides.slope_at_place, claim.answer)]
    squares: dict[str, Expression] = {name: Apply("^", (Symbol(name), number(2))) for name in _positive(claim)}
    if squares:
        pairs.append((substitute(pairs[0][0], squares), substitute(claim.answer, squares)))
    if any(is_zero(slope, answer, sympy_ring) for slope, answer in pairs):
        return True
    return any(_is_proved_otherwise(slope, answer, claim) for slope, answer in pairs)


def _is_proved_otherwise(slope: Expression, answer: Expression, claim: Claim) -> bool:
    """Whether two expressions are equal by one of the indirect ways, or by the ladder of SymPy's means."""
    # what follows brings the balls and our derivatives along, and few certificates need it
    from tutor.checking.change_of_variable import moved_proof
    from tutor.checking.constancy import constant_proof
    from tutor.checking.corner_cases import corner_proof
    from tutor.checking.generalisation import general_proof
    from tutor.checking.half_lines import half_lines, on_half_lines
    from tutor.checking.symbolic import prove_here

    def by_normal_form(left: Expression, right: Expression) -> bool:
        return is_zero(left, right, sympy_ring)

    ways = (corner_proof, moved_proof, general_proof, constant_proof)
    if any(way(slope, answer, claim.domain, by_normal_form) is not None for way in ways):
        return True
    lines = half_lines(conditions(slope, claim.source), claim.domain, free_symbols(slope))
    if lines and by_normal_form(on_half_lines(slope, lines), on_half_lines(answer, lines)):
        return True
    return prove_here(slope, answer).outcome is Outcome.EQUAL


def _positive(claim: Claim) -> tuple[str, ...]:
    """The symbols that are positive wherever both sides are asked for: by the domain, or because f needs it.

    A power x^n needs no x > 0 where n is whole, so then only the domain counts.
    """
    ranges = claim.domain.ranges
    given = {name for name, within in ranges.items() if within.low is not None and within.low >= 0}
    source = substitute(claim.source, dict(claim.place))
    needed = {
        part.argument.name
        for part in (() if any(within.integer for within in ranges.values()) else conditions(source))
        if part.need is Need.POSITIVE and isinstance(part.argument, Symbol)
    }
    return tuple(sorted((given | needed) & (free_symbols(source) | free_symbols(claim.answer))))


# ---- rounded numbers -----------------------------------------------------------------------------------------------


def _rounded(claim: Claim, sides: Sides) -> tuple[Objection, ...]:
    """Why a decimal is further off than it may be: relative, absolute, or half a unit of its last place."""
    tolerance = claim.tolerance
    assert tolerance is not None
    try:
        slope, given = sides.slope_on({}, _MOST_BITS), sides.answer_on({}, _MOST_BITS)
    except (NotReal, KeyError):
        slope = given = None
    if slope is None or given is None:
        return (Objection("unknown-value", "slope or answer could not be worked out"),)
    allowed = multiply(exact(tolerance.relative, _MOST_BITS), magnitude(slope), _MOST_BITS)
    for further in (tolerance.absolute, _half_a_unit(claim, given)):
        allowed = largest(allowed, exact(further, _MOST_BITS))
    off = magnitude(subtract(slope, given, _MOST_BITS))
    if overlaps(off, allowed) or is_below(off, allowed):
        return ()
    return (Objection("beyond-tolerance", "the answer is further off than it may be", shown(allowed), shown(off)),)


def _half_a_unit(claim: Claim, given: Interval) -> Fraction:
    """Half a unit of the last place of a decimal that has enough digits; else 0."""
    tolerance, places = claim.tolerance, claim.decimals
    if tolerance is None or tolerance.digits is None or places is None:
        return Fraction(0)
    unit = Fraction(1, 10**places)
    least = unit * 10 ** (tolerance.digits - 1)
    has_digits = not is_below(magnitude(given), exact(least, _MOST_BITS)) or overlaps(
        magnitude(given), exact(least, _MOST_BITS)
    )
    return unit / 2 if has_digits else Fraction(0)
