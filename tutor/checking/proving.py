"""From a proof to a verdict: what the provers are asked, and what an equality that is proved leaves open.

Both sides of a proof are equal wherever both are real; where an answer is real is a question of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from tutor.checking.ball import compile_balls, identical
from tutor.checking.change_of_variable import moved_proof
from tutor.checking.comparison import Comparison, Relation, first_difference, is_zero_or_near
from tutor.checking.conditions import Condition, Need, conditions, constant_needs
from tutor.checking.constancy import constant_proof
from tutor.checking.corner_cases import corner_proof
from tutor.checking.definedness import gaps, new_needs
from tutor.checking.generalisation import general_proof
from tutor.checking.half_lines import half_lines, on_half_lines
from tutor.checking.implied_needs import not_implied
from tutor.checking.prover import Prover
from tutor.checking.question import Question, Setting
from tutor.checking.refutation import incorrect
from tutor.checking.sampling import Point
from tutor.checking.verdict import Outcome, Status, SymbolicCheck, Verdict
from tutor.checking.wide_search import suspects
from tutor.expression.domain import Domain
from tutor.expression.tree import Expression, Number, free_symbols, is_deeper, number, substitute

__all__ = ["IDENTICAL", "indirect_proof", "notices_of", "proof", "quick_proof", "unless_undefined", "without_value"]

IDENTICAL = "identical"
"""The method of a proof that needs none."""

_PRECISIONS = (128, 1024)
_MORE_DRAWS = 96
_NEXT_DRAW = 24
"""The first draw that the setting has not used."""

_SAFE_DEPTH = 250
"""Trees deeper than this are not rebuilt by recursion."""


def quick_proof(question: Question, setting: Setting, answer: Expression, prover: Prover) -> SymbolicCheck:
    """What the normal form proves, first as it stands, then with squares for symbols on half-lines."""
    if identical(question.expected, answer):
        return SymbolicCheck(Outcome.EQUAL, IDENTICAL)
    return _in_turn(question, setting, answer, partial(prover, thorough=False))


def proof(question: Question, setting: Setting, answer: Expression, prover: Prover) -> SymbolicCheck:
    """What can be proved by all means."""
    quick = quick_proof(question, setting, answer, prover)
    if quick.outcome is Outcome.EQUAL:
        return quick
    indirect = indirect_proof(question.expected, answer, question.domain, prover)
    return indirect if indirect.outcome is Outcome.EQUAL else _in_turn(question, setting, answer, prover)


_INDIRECT = (
    ("corner-cases", corner_proof),
    ("change-of-variable", moved_proof),
    ("generalisation", general_proof),
    ("constant-difference", constant_proof),
)
"""Proofs that ask the normal form about other pairs: each case of a corner; a symbol for a sum in many places, or for
lengthy parts; slopes and one value in each interval."""


def indirect_proof(expected: Expression, answer: Expression, domain: Domain, prover: Prover) -> SymbolicCheck:
    """What the normal form proves indirectly; for numbers, what a bound on those that are not zero proves."""

    def is_equal(left: Expression, right: Expression) -> bool:
        return prover(left, right, thorough=False).outcome is Outcome.EQUAL

    for method, proof_by_it in _INDIRECT:
        identities = proof_by_it(expected, answer, domain, is_equal)
        if identities is not None:
            return SymbolicCheck(Outcome.EQUAL, method, identities)
    return SymbolicCheck()


def _in_turn(
    question: Question, setting: Setting, answer: Expression, prove: Callable[[Expression, Expression], SymbolicCheck]
) -> SymbolicCheck:
    if is_deeper(question.expected, _SAFE_DEPTH) or is_deeper(answer, _SAFE_DEPTH):
        return SymbolicCheck()
    found = prove(question.expected, answer)
    if found.outcome is Outcome.EQUAL:
        return found
    lines = half_lines(setting.conditions, question.domain, free_symbols(question.expected))
    return prove(on_half_lines(question.expected, lines), on_half_lines(answer, lines)) if lines else found


# ---- has the answer a value wherever the key has one? --------------------------------------------------------------


def unless_undefined(
    question: Question, setting: Setting, answer: Expression, proved: Verdict, prover: Prover
) -> Verdict:
    """A proved verdict, unless the answer lacks a value on an interval, or balls contradict the proof."""
    if proved.symbolic.method == IDENTICAL:
        return proved
    key, given, own = compile_balls(question.expected), compile_balls(answer), conditions(answer)
    needs = new_needs(own, setting.conditions, question.domain)
    needs = not_implied(needs, setting.conditions, question.domain)
    found, compared = first_difference(key, given, _where_needs_may_fail(setting, needs), _PRECISIONS)
    if found is None:
        found, _ = first_difference(key, given, _where_else(question, setting, answer, needs), _PRECISIONS[:1])
    if found is not None and found.relation is Relation.DIFFERENT:
        numeric = incorrect(question, answer, found).numeric
        return replace(proved, status=Status.UNDECIDED, proved=False, numeric=numeric, code="contradiction")
    if found is None:
        found = _without_value(needs, compared, prover)
    if found is None and (setting.is_blind or _may_be_without_value(needs, compared)):
        return replace(proved, status=Status.UNDECIDED, proved=False, code="not-settled")
    if found is not None:
        return incorrect(question, answer, found)
    notices = notices_of(setting, own)
    return replace(proved, notices=notices) if notices else proved


def _where_needs_may_fail(setting: Setting, needs: Sequence[Condition]) -> Iterator[Point]:
    """Points in the regions of new needs; more draws where a denominator may be zero in a part of space.

    The corners inside a need bound its regions too: heaviside(u) is zero up to the zero of u.
    """
    inner = (part for need in needs for part in (*conditions(need.argument), need))
    yield from setting.in_regions(tuple(dict.fromkeys(inner)))
    if len(setting.sampler.symbols) > 1 and any(part.need is Need.NONZERO for part in needs):
        yield from setting.sampler.near(_MORE_DRAWS, first=_NEXT_DRAW)


def _where_else(
    question: Question, setting: Setting, answer: Expression, needs: Sequence[Condition]
) -> Iterator[Point]:
    """Far points, and where floats suspect a failure; where nothing is needed one point, as a check of the proof."""
    yield from setting.far if needs else setting.first_far
    if needs:
        yield from suspects(question.expected, answer, needs, setting.sampler)


def without_value(
    question: Question, setting: Setting, answer: Expression, compared: Sequence[Comparison], prover: Prover
) -> Comparison | None:
    """A place among those compared where the key has a value, and a denominator of the answer is exactly zero."""
    needs = new_needs(conditions(answer), setting.conditions, question.domain)
    return _without_value((*constant_needs(answer), *needs), compared, prover)


def _without_value(needs: Sequence[Condition], compared: Sequence[Comparison], prover: Prover) -> Comparison | None:
    """A place where a denominator of the answer is exactly zero, which balls cannot tell from nearly zero."""
    denominators = [part.argument for part in needs if part.need is Need.NONZERO]
    for place in compared:
        if place.relation is not Relation.UNSETTLED:
            continue
        exact = {name: Number(value) for name, value in place.point.items()}
        for part in denominators:
            if prover(substitute(part, dict(exact)), number(0), thorough=False).outcome is Outcome.EQUAL:
                return place._replace(relation=Relation.UNDEFINED, answer=None)
    return None


def _may_be_without_value(needs: Sequence[Condition], compared: Sequence[Comparison]) -> bool:
    """Whether a denominator of the answer cannot be told from zero at a place that nothing but chance has drawn."""
    where = [part.point for part in compared if part.relation is Relation.UNSETTLED]
    denominators = [compile_balls(part.argument) for part in needs if part.need is Need.NONZERO]
    return any(is_zero_or_near(program, point, _PRECISIONS[-1]) for point in where for program in denominators)


def notices_of(setting: Setting, own: Sequence[Condition]) -> tuple[str, ...]:
    """What a learner is told of a right answer with these conditions: at which isolated points it has no value."""
    found = gaps(own, setting.conditions, setting.sampler)
    return (f"your answer has no value at {_listed(found)}, where the right one has",) if found else ()


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
