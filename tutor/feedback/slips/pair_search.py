"""Two slips that the table of wrong answers does not hold, found backwards from an answer.

A law whose other slopes are known says which slope the part below it would need for the answer to come out: that is
looked for among the slopes with one slip, or taken apart further. So pairs need not be built to be found. The table
lacks those of large functions, and those with a slip inside a part that only another mistaken law differentiates.

What is found is worked out forwards again: going back loses figures where a slip hardly changes the whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, combinations, islice

import numpy as np
from numpy.typing import NDArray

from tutor.expression.tree import Expression
from tutor.feedback.slips.cause import Candidate
from tutor.feedback.slips.slope_builder import SlopeBuilder
from tutor.feedback.slips.slopes import RIGHT, Block, Bundle, Made, Slip, Slopes, slips_of, values_of, written_of
from tutor.feedback.slips.values import CLOSE_SHARE, MATCH, NOISE, Points, Values, same

__all__ = ["PairSearch", "found_backwards", "pair_search"]

MOST_FOUND = 120
"""Pairs for one answer; where more fit, they tell nothing."""

MOST_TRIED = 3000
"""Pairs that are worked out forwards for one answer."""

MOST_VISITED = 600
"""Parts, each as often as it is reached, that are searched for one answer."""

COLUMNS = 3
"""Points at which slopes are compared at first; those that agree at one of them are compared at all."""

MOST_BLURRED = 1e-3
"""The share of the largest slope by which rounding may have moved the wanted one; more would fit anything."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is to be searched at one part: the ways, and the plans of the parts of each sound law (None: nothing)."""

    ways: tuple[_WayPlan, ...]


@dataclass(frozen=True, slots=True)
class _WayPlan:
    """What is to be searched when a part is differentiated in one way."""

    sound: Bundle
    below: tuple[_Plan | None, ...]
    meets: bool
    mistaken: tuple[Bundle, ...]
    lost: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PairSearch:
    """The slopes of all parts of a function with one slip, and where pairs of them are looked for."""

    slopes: Slopes
    variable: str
    plan: _Plan | None


def pair_search(function: Expression, variable: str, points: Points, *, everywhere: bool) -> PairSearch:
    """The search for one function: for all pairs, or for those only that the table of no function holds."""
    with np.errstate(all="ignore"):
        slopes = SlopeBuilder(function, variable, points, most_pairs=0, outside=True).slopes(function)
    return PairSearch(slopes, variable, _Planner(slopes, everywhere=everywhere).plan(slopes))


def found_backwards(search: PairSearch, answer: Values) -> tuple[Candidate, ...]:
    """The pairs of slips that give an answer's values, among those that are looked for."""
    if search.plan is None:
        return ()
    right = search.slopes.values[0]
    with np.errstate(all="ignore"):
        backwards = _Backwards(MOST_VISITED)
        tried = islice(backwards.pairs(search.plan, _Wanted(answer, MATCH * np.abs(answer))), MOST_TRIED)
        fitting = (made for made in tried if same(values_of(made)[None, :], answer, right)[0])
        found = dict(islice(_told_apart(fitting), MOST_FOUND))
    return tuple(Candidate(slips, written_of(made, search.variable)) for slips, made in found.values())


def _told_apart(found: Iterable[Made]) -> Iterator[tuple[object, tuple[tuple[Slip, ...], Made]]]:
    """Pairs by what they say, each once: several ways to differentiate a product lead to the same."""
    known = set()
    for made in found:
        slips = tuple(slips_of(made))
        said = tuple((slip.rule.id, slip.at) for slip in slips)
        if said not in known:
            known.add(said)
            yield said, (slips, made)


# ---- planning --------------------------------------------------------------------------------------------------------


class _Planner:
    """Finds out where there is something to search."""

    def __init__(self, slopes: Slopes, *, everywhere: bool) -> None:
        self._everywhere = everywhere
        self._plans: dict[int, _Plan | None] = {}
        self._inside: set[int] = set()
        self._note(slopes)

    def _note(self, slopes: Slopes) -> None:
        """Note the parts that a sound derivation differentiates."""
        pending = [slopes]
        while pending:
            part = pending.pop()
            if id(part) not in self._inside:
                self._inside.add(id(part))
                pending += [below for way in part.ways for below in way.sound.parts]

    def plan(self, slopes: Slopes) -> _Plan | None:
        if id(slopes) not in self._plans:
            ways = [self._of_way(slopes, index) for index in range(len(slopes.ways))]
            useful = tuple(way for way in ways if way.meets or way.mistaken or way.lost or any(way.below))
            self._plans[id(slopes)] = _Plan(useful) if useful else None
        return self._plans[id(slopes)]

    def _of_way(self, slopes: Slopes, index: int) -> _WayPlan:
        way = slopes.ways[index]
        below = tuple(self.plan(part) for part in way.sound.parts)
        mistaken = tuple(bundle for bundle in way.mistaken if self._is_searched(bundle))
        lost = way.lost if self._everywhere else ()
        return _WayPlan(way.sound, below, self._everywhere and len(below) > 1, mistaken, lost)

    def _is_searched(self, bundle: Bundle) -> bool:
        if self._everywhere:
            return bool(bundle.parts)
        return any(id(part) not in self._inside for part in bundle.parts)


# ---- searching -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The slope that is wanted of a part, and how far rounding may have moved it."""

    values: Values
    blur: Values


class _Backwards:
    """Goes from wanted slopes back to the slips that give them."""

    def __init__(self, most_visited: int) -> None:
        self._left = most_visited

    def pairs(self, plan: _Plan, wanted: _Wanted) -> Iterator[Made]:
        """The slopes with two slips that are probably the wanted ones."""
        self._left -= 1
        if self._left < 0:
            return
        for way in plan.ways:
            yield from self._in_one_part(way, wanted)
            if way.meets:
                yield from _in_two_parts(way.sound, wanted)
            for bundle in way.mistaken:
                yield from _at_law_and_below(bundle, wanted)
            for block in way.lost:
                yield from _at_law_twice(block, wanted)

    def _in_one_part(self, way: _WayPlan, wanted: _Wanted) -> Iterator[Made]:
        for index, plan in enumerate(way.below):
            if plan is not None and way.sound.coefficients is not None:
                needed = _needed(way.sound, index, wanted)
                for made in self.pairs(plan, _Wanted(needed.values[0], needed.blur[0])):
                    below = [(part, 0) for part in way.sound.parts]
                    yield Made(way.sound.step, way.sound.laws.law(0), (*below[:index], made, *below[index + 1 :]))


def _needed(bundle: Bundle, index: int, wanted: _Wanted, moved: Values | float = 0.0) -> _Wanted:
    """The slope that one part must have for each law to give what is wanted, the other parts being right.

    `moved` is what the wanted slopes are moved by besides.
    """
    coefficients = bundle.coefficients
    assert coefficients is not None
    others = coefficients[:, 0].copy()
    for place, part in enumerate(bundle.parts):
        if place != index:
            others = others + coefficients[:, place + 1] * part.values[0]
    rest = wanted.values - others - moved
    size = np.abs(wanted.values) + np.abs(others) + np.abs(moved)
    factor = np.abs(coefficients[:, index + 1])
    return _Wanted(rest / coefficients[:, index + 1], (wanted.blur + 10 * NOISE * size) / factor)


def _in_two_parts(bundle: Bundle, wanted: _Wanted) -> Iterator[Made]:
    """One slip in each of two parts of a sound law."""
    coefficients = bundle.coefficients
    if coefficients is None:
        return
    for first, second in combinations(range(len(bundle.parts)), 2):
        one, other = bundle.parts[first], bundle.parts[second]
        changes = coefficients[0, first + 1] * (_with_one_slip(one) - one.values[0])
        needed = _needed(bundle, second, wanted, changes)
        for row, place in _matches(needed, _with_one_slip(other)):
            rows = {first: row + 1, second: place + 1}
            below = tuple((part, rows.get(index, 0)) for index, part in enumerate(bundle.parts))
            yield Made(bundle.step, bundle.laws.law(0), below)


def _at_law_and_below(bundle: Bundle, wanted: _Wanted) -> Iterator[Made]:
    """A mistaken law, and a slip in one of the parts whose slopes it takes."""
    for index, part in enumerate(bundle.parts):
        rows = _with_one_slip(part)
        if bundle.coefficients is not None:
            found = _matches(_needed(bundle, index, wanted), rows)
        else:
            made = bundle.values([other.ones if place == index else RIGHT for place, other in enumerate(bundle.parts)])
            alike = _matches(_Wanted(wanted.values[None, :], wanted.blur[None, :]), made)
            found = (divmod(row, len(rows)) for _, row in alike)
        for law, row in found:
            below = tuple((other, row + 1 if place == index else 0) for place, other in enumerate(bundle.parts))
            yield Made(bundle.step, bundle.laws.law(law), below)


def _at_law_twice(block: Block, wanted: _Wanted) -> Iterator[Made]:
    """A mistaken outer slope, and an inner one that was not multiplied."""
    values = block.bundle.values(block.rows)
    below = tuple((part, start) for part, (start, _) in zip(block.bundle.parts, block.rows, strict=True))
    for _, law in _matches(_Wanted(wanted.values[None, :], wanted.blur[None, :]), values):
        yield Made(block.bundle.step, block.bundle.laws.law(law), below)


def _with_one_slip(part: Slopes) -> Values:
    return part.values[part.ones[0] : part.ones[1]]


def _matches(wanted: _Wanted, rows: Values) -> Iterator[tuple[int, int]]:
    """Which of the wanted slopes, by number, are which of some rows."""
    if not len(rows):
        return
    likely = chain.from_iterable(_near_at(wanted, rows, column) for column in range(min(COLUMNS, rows.shape[1])))
    pairs = np.array(sorted(set(likely)), dtype=np.intp).reshape(-1, 2)
    target, blur, found = wanted.values[pairs[:, 0]], wanted.blur[pairs[:, 0]], rows[pairs[:, 1]]
    known = np.isfinite(target) & np.isfinite(found)
    near = known & (np.abs(found - target) <= blur + MATCH * np.abs(found))
    enough = near.sum(axis=1) >= np.maximum(CLOSE_SHARE * known.sum(axis=1), 1)
    for law, row in pairs[enough]:
        yield int(law), int(row)


def _near_at(wanted: _Wanted, rows: Values, column: int) -> Sequence[tuple[int, int]]:
    """The pairs of a wanted slope and a row that agree at one point; none where too much is blurred there."""
    target, blur = wanted.values[:, column], wanted.blur[:, column]
    found = rows[:, column]
    sharp = blur < MOST_BLURRED * (np.abs(target) + np.abs(found[np.isfinite(found)]).max(initial=0.0))
    near: NDArray[np.bool_] = np.abs(found[None, :] - target[:, None]) <= blur[:, None] + MATCH * np.abs(found)
    return [(int(law), int(row)) for law, row in np.argwhere(near & sharp[:, None])]
