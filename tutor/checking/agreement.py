"""Correct without a proof: agreement to a thousand bits and more, where nothing is left that could hide a difference.

No line through the first draws may meet a region in which the values differ, nor may thousands of draws of all sizes
(`wide_search.py`). In every region that most lines meet one
point has to be clear: both values agree there, and no term of either stands so far below the last bit that a difference
could hide (`is_visible`). Points that are not clear are looked at again with more bits; in a region in which none
becomes clear the answer stays undecided.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TypeAlias

from tutor.checking.ball import Program, Undefined, compile_balls, exact_ball, run, working_precision
from tutor.checking.comparison import DEEPEST, Comparison, Relation, first_difference, is_visible
from tutor.checking.conditions import Condition, conditions, narrow_places
from tutor.checking.mean_value import FEWEST_POINTS
from tutor.checking.proving import notices_of
from tutor.checking.question import Question, Setting
from tutor.checking.refutation import incorrect
from tutor.checking.sampling import Point
from tutor.checking.verdict import Status, Verdict
from tutor.checking.wide_search import suspects
from tutor.expression.tree import Expression

__all__ = ["unproved"]

_MOST_BESIDE = 40
_SIGN_BITS = 128
_BUDGET = 6_000_000
"""Work of the deep search: steps times points, each weighed by the square of its precision in units of 1024 bits."""

_Region: TypeAlias = tuple[int | None, ...]
"""The signs of all sign arguments, None where one is not known."""


def unproved(question: Question, setting: Setting, answer: Expression, undecided: Verdict) -> Verdict:
    """Correct without a proof, when a point in every region is clear; else undecided; incorrect where one differs."""
    key, given = compile_balls(question.expected), compile_balls(answer)
    own = conditions(answer)
    wanted = tuple(dict.fromkeys((*setting.conditions, *own)))
    beside = islice(setting.sampler.beside(narrow_places(question.expected, answer)), _MOST_BESIDE)
    everywhere = suspects(question.expected, answer, wanted, setting.sampler)
    elsewhere = chain(beside, everywhere, setting.in_more_regions(wanted))
    found, _ = first_difference(key, given, elsewhere, DEEPEST[:2])
    pending = (*setting.in_regions(wanted), *setting.near)
    clear: list[Point] = []
    budget = _BUDGET
    for bits in DEEPEST:
        budget -= len(pending) * (len(key.steps) + len(given.steps)) * (bits // 1024) ** 2
        if found is not None or not pending or budget < 0:
            break
        found, compared = first_difference(key, given, pending, (bits,))
        clear += [part.point for part in compared if _is_clear(part, key, given, bits)]
        pending = _without_the_regions_of(clear, compared, wanted)
    if found is not None:
        return incorrect(question, answer, found)
    if pending or len(clear) < FEWEST_POINTS or setting.sampler.blind(wanted):
        return undecided
    return replace(undecided, status=Status.CORRECT, code=None, notices=notices_of(setting, own))


def _without_the_regions_of(
    clear: Sequence[Point], compared: Iterable[Comparison], wanted: Sequence[Condition]
) -> tuple[Point, ...]:
    """The points in whose region no point is clear."""
    programs = tuple(compile_balls(part.argument) for part in wanted)
    done = {_region(programs, point) for point in clear}
    left = (part.point for part in compared if part.relation is not Relation.NO_EVIDENCE)
    return tuple(point for point in left if point not in clear and _region(programs, point) not in done)


def _region(programs: Sequence[Program], point: Point) -> _Region:
    with working_precision(_SIGN_BITS):
        return tuple(_sign(program, point) for program in programs)


def _sign(program: Program, point: Point) -> int | None:
    try:
        value = run(program, {name: exact_ball(point[name]) for name in program.symbols})
    except Undefined:
        return None
    return 1 if value > 0 else -1 if value < 0 else None


def _is_clear(comparison: Comparison, key: Program, given: Program, bits: int) -> bool:
    """Whether both values agree at a point and nothing can hide there."""
    if comparison.relation is not Relation.EQUAL:
        return False
    return is_visible(key, comparison.point, bits) and is_visible(given, comparison.point, bits)
