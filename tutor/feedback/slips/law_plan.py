"""How the affine laws that fit a part are gathered: known once for all parts at which the same laws fit alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tutor.calculus.rule import Rule
from tutor.feedback.slips.law_program import Program
from tutor.feedback.slips.law_stack import Stack, StackedLaw

__all__ = ["Gathered", "plan"]


class Gathered(NamedTuple):
    """Laws that take the slopes of the same parts.

    `fittings` says which fitting each is of, `marked` which of the different parts they take. An entry of their
    coefficients is a law and a slope (0 for none), with the fitting and the place at which its value is found there.
    """

    rules: tuple[Rule, ...]
    programs: tuple[Program, ...]
    fittings: tuple[int, ...]
    marked: int
    entries: tuple[tuple[int, int, int, int], ...]
    has_constants: bool


class _Law(NamedTuple):
    """A law by its number among all, of which fitting it is, and what it marks."""

    number: int
    fitting: int
    marked: int
    rule: Rule
    law: StackedLaw


_MOST_KEPT = 4096
_PLANS: dict[tuple[object, ...], tuple[tuple[Stack, ...], tuple[Gathered, ...]]] = {}


def plan(
    stacks: tuple[Stack, ...], numbers: tuple[tuple[int, ...], ...], marked: tuple[int, ...]
) -> tuple[Gathered, ...]:
    """The groups of the affine laws of some stacks, given the number of each law and what each of their groups marks.

    The first law is a group by itself, and the first group. Within a group laws are in the order of their numbers.
    Kept by the identity of the stacks, which are kept with the plan.
    """
    key = (*map(id, stacks), numbers, marked)
    known = _PLANS.get(key)
    if known is None:
        if len(_PLANS) >= _MOST_KEPT:
            _PLANS.clear()
        known = _PLANS[key] = stacks, _gathered(_laws(stacks, numbers, marked))
    return known[1]


def _laws(stacks: Sequence[Stack], numbers: Sequence[tuple[int, ...]], marked: Sequence[int]) -> list[_Law]:
    marks = iter(marked)
    return sorted(
        _Law(numbers[fitting][law.index], fitting, mark, stack.rules[law.index], law)
        for fitting, stack in enumerate(stacks)
        for laws, mark in zip(stack.affine, marks, strict=False)
        for law in laws
    )


def _gathered(laws: Sequence[_Law]) -> tuple[Gathered, ...]:
    first, *rest = laws
    groups: dict[int, list[_Law]] = {}
    for each in rest:
        groups.setdefault(each.marked, []).append(each)
    return tuple(_group(some) for some in ([first], *groups.values()))


def _group(some: Sequence[_Law]) -> Gathered:
    entries = [
        (row, column, each.fitting, place)
        for row, each in enumerate(some)
        for column, place in enumerate(each.law.places)
        if place is not None
    ]
    return Gathered(
        tuple([each.rule for each in some]),
        tuple([each.law.program for each in some]),
        tuple([each.fitting for each in some]),
        some[0].marked,
        tuple(entries),
        has_constants=0 in [column for _, column, _, _ in entries],
    )
