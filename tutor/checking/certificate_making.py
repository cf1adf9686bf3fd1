"""The certificate of a verdict, from what the verdict and the setting of its question hold already.

The point of a difference is the verdict's. The enclosures are those of the key and of the answer at that very point
(the slope that was measured from f belongs to a point beside it), at the lowest precision that tells them apart.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

from tutor.checking.ball import Ball, compile_balls, enclosure, hull, magnitude, two_to, working_precision
from tutor.checking.certificate import MOST_DIGITS, Certificate, Certified, Claim, Difference, Equality, Point, claim_of
from tutor.checking.comparison import Comparison, Relation, compare_at
from tutor.checking.question import Question, question_of, setting_of
from tutor.checking.verdict import RIGHT, Outcome, Status, Verdict, Witness
from tutor.exercise.model import Tolerance
from tutor.expression.domain import Domain
from tutor.expression.tree import Apply, Expression, Number
from tutor.kinds.cell import Formula, Slope

__all__ = ["ROUNDED", "certificate_of", "decimals_of"]

ROUNDED = "tolerance"
"""The method of an equality that is one within the tolerance of the exercise."""

_MOST_DECIMALS = 1000
_POINTS = 4
_PRECISIONS = (64, 128, 512, 2048, 8192, 32_768, 131_072)
_AGREEMENT = 1024
"""Bits with which the agreement of two sides is stated that are not proved equal."""

_FEWEST_DIGITS = 30
_ROOM = 8
"""Bits by which a difference must exceed the radii, so that it stays one when they are rounded to one digit."""


def certificate_of(
    target: Slope | Formula, answer: Expression, domain: Domain, verdict: Verdict, *, rounding: Tolerance | None = None
) -> Certificate | None:
    """The certificate of a verdict; None where nothing was compared (a constant of integration)."""
    question = question_of(target, domain)
    claim = claim_of(target, answer, domain)
    if verdict.symbolic.method == ROUNDED:
        claim = replace(claim, tolerance=rounding, decimals=decimals_of(answer))
    difference = _difference(question, claim, verdict)
    equality = _equality(verdict)
    if verdict.status is Status.UNDECIDED or (verdict.status in RIGHT and not verdict.proved):
        points, radius = _agreement(question, answer)
        return Certificate(Certified.NOT_PROVED, claim, difference, equality, points, radius, verdict.code)
    if equality is not None and verdict.status in RIGHT:
        return Certificate(Certified.EQUAL, claim, equality=equality, points=_first_near(question, answer))
    return None if difference is None else Certificate(Certified.DIFFERENT, claim, difference)


def _equality(verdict: Verdict) -> Equality | None:
    if verdict.symbolic.outcome is not Outcome.EQUAL or verdict.symbolic.method is None:
        return None
    return Equality(verdict.symbolic.method, verdict.symbolic.identities)


def decimals_of(answer: Expression) -> int | None:
    """How many digits stand behind the point of a decimal number, zeros at the end too; None for other answers."""
    found = answer.arguments[0] if isinstance(answer, Apply) and answer.head == "neg" else answer
    if not isinstance(found, Number) or not found.decimal:
        return None
    size = abs(found.value)
    places = next((places for places in range(_MOST_DECIMALS) if (size * 10**places).denominator == 1), None)
    if places is None or found.span is None:
        return places
    return max(places, found.span.end - found.span.start - len(str(int(size))) - 1)


# ---- where both sides agree ----------------------------------------------------------------------------------------


def _first_near(question: Question, answer: Expression) -> tuple[Point, ...]:
    if not compile_balls(answer).symbols and question.is_number:
        return ({},)
    return tuple(islice(setting_of(question, answer).near_in_turn(), _POINTS))


def _near(question: Question, answer: Expression) -> tuple[Point, ...]:
    if not compile_balls(answer).symbols and question.is_number:
        return ({},)
    return setting_of(question, answer).near


def _agreement(question: Question, answer: Expression) -> tuple[tuple[Point, ...], str | None]:
    """Points at which both sides agree to the last bits, and a bound on the difference there, relative to the slope."""
    key, given = compile_balls(question.expected), compile_balls(answer)
    compared = [compare_at(key, given, point, _AGREEMENT) for point in _near(question, answer)]
    agreeing = [part for part in compared if part.relation is Relation.EQUAL]
    if not agreeing:
        return (), None
    with working_precision(_AGREEMENT):
        worst = two_to(-_AGREEMENT)
        for part in agreeing:
            worst = worst.max(_relative(part))
        return tuple(part.point for part in agreeing), enclosure(hull(two_to(0) * 0, 2 * worst)).radius


def _relative(comparison: Comparison) -> Ball:
    expected, answer = comparison.expected, comparison.answer
    assert expected is not None
    assert answer is not None
    return abs(expected - answer) / abs(expected).max(two_to(0))


# ---- where they differ ---------------------------------------------------------------------------------------------


def _difference(question: Question, claim: Claim, verdict: Verdict) -> Difference | None:
    witness = verdict.numeric.witness
    if witness is None:
        return None
    point = _moving(question, claim, witness.at)
    key, given = compile_balls(question.expected), compile_balls(claim.answer)
    if witness.answer is None:
        return _without_value(compare_at(key, given, point, _PRECISIONS[0]), witness)
    for bits in _PRECISIONS:
        found = compare_at(key, given, point, bits)
        told = _told_apart(found, bits)
        if told is not None:
            return told
    return None if witness.slope is None else Difference(point, witness.slope, witness.answer)


def _moving(question: Question, claim: Claim, at: Point) -> Point:
    """The values of the symbols that have one in a claim: all of them but where a place was put in for some."""
    known = {*compile_balls(question.source).symbols, *question.variables, *compile_balls(claim.answer).symbols}
    if not question.place and at.keys() <= known:
        return at
    return {name: value for name, value in at.items() if name in claim.moving}


def _without_value(found: Comparison, witness: Witness) -> Difference | None:
    slope = witness.slope if found.expected is None else enclosure(found.expected)
    return None if slope is None else Difference(found.point, slope, None)


def _told_apart(found: Comparison, bits: int) -> Difference | None:
    """Both values with so many digits that their rounding does not hide the difference; None with too few bits."""
    if found.relation is not Relation.DIFFERENT or found.expected is None or found.answer is None:
        return None
    with working_precision(bits):
        gap = magnitude(found.expected - found.answer)
        radius = magnitude(found.expected.rad() + found.answer.rad())
    if gap is None or (radius is not None and gap - radius < _ROOM):
        return None
    return Difference(
        found.point,
        enclosure(found.expected, _digits(found.expected, gap)),
        enclosure(found.answer, _digits(found.answer, gap)),
    )


def _digits(value: Ball, gap: int) -> int:
    """How many digits of a value show what is a thousandth of 2^gap; at least some, and no more than can be written."""
    size = magnitude(value)
    return _FEWEST_DIGITS if size is None else min(MOST_DIGITS, max(_FEWEST_DIGITS, 10 + 302 * (size - gap) // 1000))
