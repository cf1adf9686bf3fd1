"""Answers that are numbers: compared exactly, in balls of rising precision, or within a stated tolerance."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from tutor.checking.ball import Ball, Undefined, compile_balls, enclosure, exact_ball, run, working_precision
from tutor.checking.comparison import DEEPEST, Comparison, Relation, compare_at, is_visible
from tutor.checking.mean_value import measure
from tutor.checking.prover import Prover
from tutor.checking.proving import indirect_proof
from tutor.checking.question import Question
from tutor.checking.refutation import incorrect
from tutor.checking.verdict import NumericCheck, Outcome, Status, SymbolicCheck, Verdict, Witness
from tutor.exercise.model import Tolerance
from tutor.expression.exact import exact_fraction
from tutor.expression.tree import Apply, Expression, Number, walk

__all__ = ["check_number"]

_PRECISIONS = (128, 1024, 4096)
_POINT_BITS = 1024
_DECIMAL_HEADS = frozenset({"neg", "+", "-", "*", "/", "^"})


def check_number(question: Question, answer: Expression, prover: Prover, tolerance: Tolerance | None) -> Verdict:
    """The verdict on an answer without symbols, against a key without symbols."""
    numeric = _measured(question, answer)
    found = _compared(question, answer)
    if found.relation is Relation.NO_EVIDENCE or not _is_smooth(question):
        return Verdict(Status.UNDECIDED, numeric=numeric, code="no-value")
    if found.relation is Relation.DIFFERENT and _is_decimal(answer) and _within(found, answer, tolerance):
        symbolic = SymbolicCheck(Outcome.EQUAL, "tolerance")
        return Verdict(Status.CORRECT, proved=True, symbolic=symbolic, numeric=_rounded(numeric), code="rounded")
    if found.refutes:
        verdict = incorrect(question, answer, found)
        if numeric.outcome is Outcome.DIFFERENT:
            return Verdict(Status.INCORRECT, proved=True, symbolic=verdict.symbolic, numeric=numeric, code=verdict.code)
        return verdict
    return _equal(question, answer, prover, numeric)


def _compared(question: Question, answer: Expression) -> Comparison:
    found = Comparison({}, Relation.NO_EVIDENCE)
    for bits in _PRECISIONS:
        found = compare_at(compile_balls(question.expected), compile_balls(answer), {}, bits)
        if found.refutes:
            break
    return found


def _equal(question: Question, answer: Expression, prover: Prover, numeric: NumericCheck) -> Verdict:
    """Correct with a proof, or without one where nothing can hide; undecided where something can."""
    exact = exact_fraction(question.expected)
    if exact is not None and exact == exact_fraction(answer):
        symbolic = SymbolicCheck(Outcome.EQUAL, "exact")
    else:
        symbolic = _proof(question, answer, prover)
    if symbolic.outcome is Outcome.EQUAL:
        return Verdict(Status.CORRECT, proved=True, symbolic=symbolic, numeric=numeric)
    key, given = compile_balls(question.expected), compile_balls(answer)
    for bits in DEEPEST:
        found = compare_at(key, given, {}, bits)
        if found.refutes:
            return incorrect(question, answer, found)
        if found.relation is Relation.EQUAL and is_visible(key, {}, bits) and is_visible(given, {}, bits):
            return Verdict(Status.CORRECT, symbolic=symbolic, numeric=numeric)
    return Verdict(Status.UNDECIDED, symbolic=symbolic, numeric=numeric, code="not-settled")


def _proof(question: Question, answer: Expression, prover: Prover) -> SymbolicCheck:
    quick = prover(question.expected, answer, thorough=False)
    if quick.outcome is Outcome.EQUAL:
        return quick
    indirect = indirect_proof(question.expected, answer, question.domain, prover)
    return indirect if indirect.outcome is Outcome.EQUAL else prover(question.expected, answer)


def _is_smooth(question: Question) -> bool:
    """Whether a function has a slope at the place, for all that is known; a key may have a value where f has none."""
    if question.function is None:
        return True
    try:
        with working_precision(_POINT_BITS):
            balls = {name: run(compile_balls(value), {}) for name, value in (question.place or {}).items()}
            return bool(run(compile_balls(question.function), balls, smooth=True).is_finite())
    except (Undefined, KeyError):
        return False


# ---- decimals ------------------------------------------------------------------------------------------------------


def _is_decimal(answer: Expression) -> bool:
    """Whether an answer is a decimal number as it was typed: digits with a point, signs, powers of ten."""
    parts = tuple(walk(answer))
    heads = {part.head for part in parts if isinstance(part, Apply)}
    return heads <= _DECIMAL_HEADS and any(isinstance(part, Number) and part.decimal for part in parts)


def _within(found: Comparison, answer: Expression, tolerance: Tolerance | None) -> bool:
    """Whether the answer is not certainly further off than the tolerance; without one it always is."""
    if tolerance is None:
        return False
    assert found.expected is not None
    assert found.answer is not None
    with working_precision(_POINT_BITS):
        relative, absolute = exact_ball(tolerance.relative), exact_ball(tolerance.absolute)
        allowed = (relative * abs(found.expected)).max(absolute).max(exact_ball(_half_a_unit(answer, tolerance.digits)))
        return not abs(found.expected - found.answer) > allowed


def _half_a_unit(answer: Expression, digits: int | None) -> Fraction:
    """Half a unit of the last place of a decimal with so many significant digits or more; 0 for any other answer.

    Digits that were typed as zeros at the end count where the length of the number in the text shows them.
    """
    number = answer.arguments[0] if isinstance(answer, Apply) and answer.head == "neg" else answer
    if digits is None or not isinstance(number, Number) or not number.decimal:
        return Fraction(0)
    size = abs(number.value)
    places = next((places for places in range(1000) if (size * 10**places).denominator == 1), None)
    if places is None:
        return Fraction(0)
    if number.span is not None:
        places = max(places, number.span.end - number.span.start - len(str(int(size))) - 1)
    significant = len(str(int(size * 10**places)))
    return Fraction(1, 2 * 10**places) if significant >= digits else Fraction(0)


def _rounded(numeric: NumericCheck) -> NumericCheck:
    """The measurement of a rounded answer: the exact slope differs, which here is no difference."""
    return NumericCheck(Outcome.EQUAL if numeric.outcome is not Outcome.UNKNOWN else Outcome.UNKNOWN, numeric.points)


# ---- the slope at the place ----------------------------------------------------------------------------------------


def _measured(question: Question, answer: Expression) -> NumericCheck:
    """The number against the slope measured at the place.

    The measured slope belongs to a point beside the place, so the key on the box round the place must hold it
    first; both together then bound the slope at the place itself.
    """
    if question.function is None or not question.place:
        return NumericCheck()
    try:
        with working_precision(_POINT_BITS):
            balls = {name: run(compile_balls(value), {}) for name, value in question.place.items()}
            given = run(compile_balls(answer), {})
            seen = measure(compile_balls(question.function), question.variables, compile_balls(question.key), balls)
    except (Undefined, KeyError):
        return NumericCheck()
    if seen.outcome is not Outcome.EQUAL or seen.slope is None or seen.answer is None:
        return NumericCheck()
    with working_precision(_POINT_BITS):
        return _held_against(question, seen.slope.union(seen.answer), given)


def _held_against(question: Question, slope: Ball, given: Ball) -> NumericCheck:
    if not given.is_finite():
        return NumericCheck()
    if slope.overlaps(given):
        return NumericCheck(Outcome.EQUAL, 1, enclosure(slope - slope.mid()).radius)
    witness = Witness(_exact_place(question.place), enclosure(slope), enclosure(given))
    return NumericCheck(Outcome.DIFFERENT, 1, None, witness)


def _exact_place(place: Mapping[str, Expression]) -> dict[str, Fraction]:
    values = {name: exact_fraction(value) for name, value in place.items()}
    return {name: value for name, value in values.items() if value is not None}
