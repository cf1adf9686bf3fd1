"""Whether an answer is right: balls of f itself, balls of the key, and a prover, cheapest first.

A certain difference at one point is enough for incorrect. Where an answer agrees at a few near points, the quick proof
is asked next: it covers all regions, so that only what the answer needs beyond the key is looked at by regions.
Without it the answer is compared in the regions between zeros of algebraic sign arguments, which are isolated exactly,
and far away; then come the slower proofs; then all other regions, and agreement to 1024 bits and more where nothing
could hide a difference. All else is undecided.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from tutor.checking.agreement import unproved
from tutor.checking.ball import compile_balls
from tutor.checking.ball_zeros import is_algebraic
from tutor.checking.comparison import Comparison, first_difference
from tutor.checking.conditions import Condition, conditions
from tutor.checking.mean_value import FEWEST_POINTS, numeric_check
from tutor.checking.number import check_number
from tutor.checking.prover import Prover
from tutor.checking.proving import proof, quick_proof, unless_undefined, without_value
from tutor.checking.question import Question, Setting, question_of, setting_of
from tutor.checking.refutation import incorrect, refuted_by_slope
from tutor.checking.verdict import NumericCheck, Outcome, Status, SymbolicCheck, Verdict
from tutor.exercise.model import Tolerance
from tutor.expression.domain import Domain
from tutor.expression.tree import Expression
from tutor.kinds.cell import Formula, Slope

__all__ = ["check"]

_FIRST_PRECISIONS = (64,)
_PRECISIONS = (128, 1024)


def check(
    target: Slope | Formula,
    answer: Expression,
    domain: Domain,
    prover: Prover,
    *,
    tolerance: Tolerance | None = None,
) -> Verdict:
    """The verdict on an answer; never raises for an answer, and never says correct of an answer known to differ."""
    question = question_of(target, domain)
    if question.is_number and not _has_symbols(answer):
        return check_number(question, answer, prover, tolerance)
    setting = setting_of(question, answer)
    key, given = compile_balls(question.expected), compile_balls(answer)
    found, compared = first_difference(key, given, setting.near_in_turn(), _FIRST_PRECISIONS, FEWEST_POINTS)
    if found is not None:
        return incorrect(question, answer, found)
    numeric = _measured(question, setting, answer)
    if numeric.outcome is Outcome.DIFFERENT:
        return refuted_by_slope(question, answer, numeric)
    if _known(compared) >= FEWEST_POINTS:
        symbolic = quick_proof(question, setting, answer, prover)
        if symbolic.outcome is Outcome.EQUAL:
            proved = Verdict(Status.CORRECT, proved=True, symbolic=symbolic, numeric=numeric)
            return unless_undefined(question, setting, answer, proved, prover)
    return _settled(question, setting, answer, numeric, prover)


def _has_symbols(answer: Expression) -> bool:
    return bool(compile_balls(answer).symbols)


def _known(compared: Iterable[Comparison]) -> int:
    """At how many points both sides are known to be real, so that their equality says something."""
    return sum(1 for part in compared if part.answer is not None and part.answer.is_finite())


def _measured(question: Question, setting: Setting, answer: Expression) -> NumericCheck:
    if question.function is None or question.place:
        return NumericCheck()
    near = setting.near_in_turn()
    return numeric_check(question.function, question.variables, answer, near, wanted=FEWEST_POINTS)


def _settled(
    question: Question, setting: Setting, answer: Expression, numeric: NumericCheck, prover: Prover
) -> Verdict:
    """The verdict on an answer that agrees wherever it was looked at first.

    Regions whose ends are exact come first, and far points; then proofs; then all other regions, which take longer.
    """
    wanted = tuple(dict.fromkeys((*setting.conditions, *conditions(answer))))
    exact = tuple(part for part in wanted if is_algebraic(part.argument))
    found, compared = _in_regions(question, setting, answer, exact)
    if found is None and _known(compared) < FEWEST_POINTS:
        found, compared = _in_regions(question, setting, answer, wanted)
    if found is not None:
        return incorrect(question, answer, found)
    undecided = Verdict(Status.UNDECIDED, symbolic=SymbolicCheck(), numeric=numeric, code="too-few-points")
    if _known(compared) < FEWEST_POINTS:
        found = without_value(question, setting, answer, compared, prover)
        return undecided if found is None else incorrect(question, answer, found)
    symbolic = proof(question, setting, answer, prover)
    if symbolic.outcome is Outcome.EQUAL:
        proved = Verdict(Status.CORRECT, proved=True, symbolic=symbolic, numeric=numeric)
        return unless_undefined(question, setting, answer, proved, prover)
    found, _ = (None, compared) if exact == wanted else _in_regions(question, setting, answer, wanted)
    if found is not None:
        return incorrect(question, answer, found)
    return unproved(question, setting, answer, replace(undecided, symbolic=symbolic, code="not-settled"))


def _in_regions(
    question: Question, setting: Setting, answer: Expression, wanted: tuple[Condition, ...]
) -> tuple[Comparison | None, tuple[Comparison, ...]]:
    """A certain difference in the regions of some conditions or far away, and what was compared in them and near."""
    key, given = compile_balls(question.expected), compile_balls(answer)
    found, compared = first_difference(key, given, setting.in_regions(wanted) + setting.near, _PRECISIONS)
    if found is None:
        found, _ = first_difference(key, given, setting.widely_far, _PRECISIONS)
    return found, compared
