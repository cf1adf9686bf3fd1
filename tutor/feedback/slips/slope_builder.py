"""The table of wrong answers: what every slip, at every place of a derivation, would make of the derivative.

The derivation is walked from its leaves up. At each part the sound rule and every mal-rule that fits are applied to
what the parts below come to, as values at generic points: an array of candidates by points, with pointers back to the
law and the candidates below from which each came. At most two slips are made together. A wrong answer is then a
look-up by its values (`slip_index.py`). The table decides no verdict.

Method: final-answer matching of buggy derivations, van der Hoek, Jeuring & Bos 2025 (arXiv 2507.13651), on values
instead of terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, combinations, pairwise

import numpy as np
from numpy.typing import NDArray

from tutor.calculus.derivation import derive, steps_as_typed
from tutor.calculus.malrules import INNER_SLOPE_LOST
from tutor.calculus.rule import fill, marks
from tutor.expression.tree import Apply, Expression
from tutor.feedback.slips.applied_law import Fitting, alone, applied
from tutor.feedback.slips.columns import Columns
from tutor.feedback.slips.fitting import fitting
from tutor.feedback.slips.slopes import RIGHT, Block, Bundle, Rows, Slopes, Step, Way
from tutor.feedback.slips.values import Points, Values, same

__all__ = ["MOST_PAIRS", "SlopeBuilder"]

MOST_PAIRS = 60_000
"""Candidates of two slips in all parts together; where there would be more, two slips are not combined any further."""

MOST_PARTS = 60
"""In a function of more parts, products are differentiated in one way only, and slips are not combined."""


class SlopeBuilder:
    """Builds the slopes of the parts of one function; equal parts are differentiated once.

    Raises AnswerError as `tutor.calculus.derivation.derive` does. Values that are not real are nan, without a warning
    where NumPy is told so (`np.errstate`), which whoever builds a table does once for all of it.

    Of a part that only a mistaken law differentiates the right slope is built; with `outside`, those of one slip, too.
    """

    def __init__(
        self,
        function: Expression,
        variable: str,
        points: Points,
        most_pairs: int = MOST_PAIRS,
        *,
        outside: bool = False,
    ) -> None:
        self._variable = variable
        self._goes_outside = outside
        self.columns = Columns(variable, points)
        self._most_pairs = most_pairs
        self._ways: dict[Expression, tuple[Step, ...]] = {}
        self._pairs = 0
        self._known: dict[Expression, Slopes] = {}
        self._collect(function)
        if len(self._ways) > MOST_PARTS:
            self._most_pairs = 0

    def slopes(self, part: Expression) -> Slopes:
        """The slopes of the function, or of a part that its sound derivation differentiates, with up to two slips."""
        known = self._known.get(part)
        if known is None:
            known = self._known[part] = self._build(part) if part in self._ways else self._outside(part)
        return known

    def forget(self) -> None:
        """Drop the values of all candidates with slips; they are worked out again where one is asked for."""
        for slopes in self._known.values():
            slopes.values = slopes.values[:1].copy()

    def _collect(self, function: Expression) -> None:
        """Note every part that a sound derivation of the function differentiates, and the ways in which it may."""
        pending = [function]
        while pending:
            part = pending.pop()
            if part not in self._ways:
                ways = self._ways[part] = self._ways_of(part)
                pending += [step.source for step in derive(part, self._variable).substeps]
                pending += [mark for way in ways[1:] for mark in marks(fill(way.rule.after, way.bindings))]

    def _ways_of(self, part: Expression) -> tuple[Step, ...]:
        """Our derivation's step, and for a product those of a learner who takes its factors as they stand."""
        known = derive(part, self._variable)
        step = Step(part, known.before, known.rule, known.bindings)
        is_product = isinstance(part, Apply) and part.head in ("*", "/")
        if not is_product or len(self._ways) > MOST_PARTS:
            return (step,)
        typed = [
            Step(part, part, rule, bindings)
            for rule, bindings in steps_as_typed(part, self._variable)
            if rule is not known.rule or bindings != known.bindings
        ]
        return (step, *typed)

    def _outside(self, part: Expression) -> Slopes:
        """The slopes of a part that only a mal-rule differentiates; within it, mal-rules go no further outside."""
        if self._goes_outside:
            self._goes_outside = False
            self._collect(part)
            found = self._build(part)
            self._goes_outside = True
            return found
        values = self.columns.right(part)[None, :]
        return Slopes(part, (), (), (), np.zeros(1, dtype=np.int32), (1, 1), (1, 1), values, is_cut=False)

    def _bundles(self, step: Step, laws: Iterable[Fitting]) -> Iterator[Bundle]:
        """The first of some laws by itself, then those together that take the slopes of the same parts."""
        for group in applied(laws, self.columns.value, self.columns.count):
            yield Bundle(step, group, tuple([self.slopes(part) for part in group.marked]))

    def _build(self, part: Expression) -> Slopes:
        ways: list[Way] = []
        ones: list[Block] = []
        twos: list[Block] = []
        for step in self._ways[part]:
            sound, *mistaken = self._bundles(step, fitting(step.rule, step.before, step.bindings, self._variable))
            lost = tuple(self._without_inner_slope(step, sound, mistaken))
            ways.append(Way(sound, tuple(mistaken), lost))
            ones += [*_one_slip_below(sound), *[Block(each, (RIGHT,) * len(each.parts)) for each in mistaken]]
            twos += [*_two_slips_below(sound), *[block for each in mistaken for block in _one_slip_below(each)]]
            twos += lost
        return self._gathered(tuple(ways), ones, twos)

    def _without_inner_slope(self, step: Step, sound: Bundle, mistaken: Sequence[Bundle]) -> Iterator[Block]:
        """Mistaken outer slopes whose inner slope was not multiplied besides, a second slip at the same place."""
        if step.rule.family != "chain":
            return
        lost = Block(Bundle(step, alone(INNER_SLOPE_LOST, step.bindings, 1.0, self.columns.count), ()), ())
        values = np.concatenate((sound.parts[0].values[:1], self.columns.unit[None, :]))
        dropped = Slopes(
            step.source, (), (lost, lost), (0, 1), np.arange(2, dtype=np.int32), (1, 2), (2, 2), values, is_cut=False
        )
        for each in mistaken:
            if each.laws.marked == sound.laws.marked:
                yield Block(each._replace(parts=(dropped,)), (dropped.ones,))

    def _gathered(self, ways: tuple[Way, ...], ones: Sequence[Block], twos: Sequence[Block]) -> Slopes:
        """The candidates of all blocks in one table, without those that are right after all."""
        sound = ways[0].sound
        blocks = (Block(sound, (RIGHT,) * len(sound.parts)), *ones, *twos)
        counts = [block.size() for block in blocks]
        pairs = sum(counts[1 + len(ones) :])
        is_cut = self._pairs + pairs > self._most_pairs
        if is_cut:
            blocks, pairs = blocks[: 1 + len(ones)], 0
        self._pairs += pairs
        starts = tuple(accumulate(counts[: len(blocks)], initial=0))
        values = np.empty((starts[-1], self.columns.count))
        for block, (start, end) in zip(blocks, pairwise(starts), strict=True):
            block.bundle.write(block.rows, values[start:end])
        origin, values = _wrong_ones(values)
        first_pair = int(origin.searchsorted(starts[1 + len(ones)]))
        is_cut = is_cut or True in [part.is_cut for part in sound.parts]
        rows = (1, first_pair), (first_pair, len(origin))
        return Slopes(sound.step.source, ways, blocks, starts, origin, *rows, values, is_cut)


def _wrong_ones(values: Values) -> tuple[NDArray[np.int32], Values]:
    """The first row, which is right, and those that differ from it: which they are, and their values."""
    wrong = ~same(values[1:], values[0])
    if wrong.all():
        return np.arange(len(values), dtype=np.int32), values
    origin = np.empty(1 + np.count_nonzero(wrong), dtype=np.int32)
    origin[0] = 0
    origin[1:] = wrong.nonzero()[0] + 1
    return origin, values.take(origin, axis=0)


def _one_slip_below(bundle: Bundle) -> list[Block]:
    """Laws on one marked part's slopes with one slip, the others being right."""
    return _each(bundle, [part.ones for part in bundle.parts])


def _two_slips_below(bundle: Bundle) -> list[Block]:
    """Laws on two slips in one marked part, or on one in each of two."""
    blocks = _each(bundle, [part.twos for part in bundle.parts])
    for first, second in combinations(range(len(bundle.parts)), 2):
        rows = [part.ones if index in (first, second) else RIGHT for index, part in enumerate(bundle.parts)]
        if all(end > start for start, end in rows):
            blocks.append(Block(bundle, tuple(rows)))
    return blocks


def _each(bundle: Bundle, wrong: list[Rows]) -> list[Block]:
    blocks: list[Block] = []
    for index, (start, end) in enumerate(wrong):
        if end > start:
            rows = [RIGHT] * len(wrong)
            rows[index] = (start, end)
            blocks.append(Block(bundle, tuple(rows)))
    return blocks
