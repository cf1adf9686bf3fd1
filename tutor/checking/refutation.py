"""The verdict incorrect and its evidence: a point, the slope of f measured there, and the answer there.

A difference found between answer and key is confirmed with f itself, by a step small enough to tell them apart;
where f sides with the answer, the key must be wrong, and the verdict is undecided, a contradiction.
"""

from __future__ import annotations

from dataclasses import replace

from tutor.checking.ball import Ball, compile_balls, enclosure, exact_ball, magnitude, working_precision
from tutor.checking.comparison import Comparison, Relation, compare_at
from tutor.checking.mean_value import STEP, measure, numeric_check, witness_of
from tutor.checking.question import Question
from tutor.checking.verdict import NumericCheck, Outcome, Status, SymbolicCheck, Verdict, Witness
from tutor.expression.tree import Expression

_FINEST_STEP = -8000
"""The smallest step, a power of two, with which a difference is confirmed from f."""

_DIFFERENT = SymbolicCheck(Outcome.DIFFERENT, "balls")


def incorrect(question: Question, answer: Expression, found: Comparison) -> Verdict:
    """Incorrect, from a certain difference between answer and key; undecided when f itself contradicts the key."""
    code = "undefined-here" if found.relation is Relation.UNDEFINED else None
    if question.function is None or question.place:
        numeric = NumericCheck(Outcome.UNKNOWN, 1, None, _key_witness(found))
        return Verdict(Status.INCORRECT, proved=True, symbolic=_DIFFERENT, numeric=numeric, code=code)
    numeric = numeric_check(question.function, question.variables, answer, (found.point,))
    if numeric.outcome is not Outcome.DIFFERENT:
        numeric = _confirmed(question, answer, found)
    if numeric.outcome is Outcome.EQUAL:
        both = replace(numeric, witness=_key_witness(found))
        return Verdict(Status.UNDECIDED, symbolic=_DIFFERENT, numeric=both, code="contradiction")
    return Verdict(Status.INCORRECT, proved=True, symbolic=_DIFFERENT, numeric=numeric, code=code)


def refuted_by_slope(question: Question, answer: Expression, numeric: NumericCheck) -> Verdict:
    """Incorrect, from a certain difference between answer and slope; undecided when the key sides with the answer."""
    assert numeric.witness is not None
    found = compare_at(compile_balls(question.expected), compile_balls(answer), numeric.witness.at, 1024)
    if found.relation is Relation.EQUAL:
        return Verdict(Status.UNDECIDED, numeric=numeric, code="contradiction")
    symbolic = _DIFFERENT if found.refutes else SymbolicCheck()
    code = "undefined-here" if numeric.witness.answer is None else None
    return Verdict(Status.INCORRECT, proved=True, symbolic=symbolic, numeric=numeric, code=code)


def _confirmed(question: Question, answer: Expression, found: Comparison) -> NumericCheck:
    """The measurement of f with a step that shows the difference found; unknown where none can be taken.

    Equal means that f agrees with the answer more closely than the key does.
    """
    gap = _gap(found)
    plain = NumericCheck(Outcome.UNKNOWN, 1, None, _key_witness(found))
    if question.function is None or gap is None or STEP + gap < _FINEST_STEP:
        return plain
    step = STEP + min(0, gap)
    with working_precision(-4 * step * max(1, len(question.variables))):
        balls = {name: exact_ball(value) for name, value in found.point.items()}
    seen = measure(compile_balls(question.function), question.variables, compile_balls(answer), balls, step=step)
    if not seen.settled or seen.slope is None:
        return plain
    with working_precision(-4 * step):
        if seen.answer is not None and seen.slope.overlaps(seen.answer):
            closer = (magnitude(seen.slope.rad() + seen.answer.rad()) or step) < gap
            return NumericCheck(Outcome.EQUAL, 1, None, None) if closer else plain
    digits = 30 - int(0.302 * min(0, gap))
    return NumericCheck(Outcome.DIFFERENT, 1, None, witness_of(found.point, seen, digits))


def _gap(found: Comparison) -> int | None:
    """The power of two just above the difference between key and answer."""
    if found.expected is None or found.answer is None:
        return None
    difference: Ball = found.expected - found.answer
    return magnitude(difference)


def _key_witness(found: Comparison) -> Witness:
    expected = None if found.expected is None else enclosure(found.expected)
    return Witness(found.point, expected, None if found.answer is None else enclosure(found.answer))
