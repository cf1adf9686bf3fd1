"""A formula under each of several rewritings: all values, or all right slopes, in one pass from its leaves.

At every part the rewritings of all that stands below it are carried on together, as rows, while what stands beside
them is worked out once. So a formula with many rewritings costs a few operations a part.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from tutor.calculus.rewriting import Rewriting, put
from tutor.expression.evaluate import operate
from tutor.expression.tree import Apply, Expression
from tutor.feedback.slips.columns import Columns, Slope, has_local_slope, local_slope
from tutor.feedback.slips.values import Values

__all__ = ["slopes_of_rewritings", "values_of_rewritings"]


def values_of_rewritings(formula: Expression, rewritings: Sequence[Rewriting], columns: Columns) -> Values:
    """The values of a formula under each rewriting of it (rewritings by points)."""
    rows = _rows(_Pass(rewritings, columns, with_slopes=False), formula)
    return _in_order(rows.which, rows.values)


def slopes_of_rewritings(formula: Expression, rewritings: Sequence[Rewriting], columns: Columns) -> Values:
    """The right slopes of a formula under each rewriting of it (rewritings by points)."""
    rows = _rows(_Pass(rewritings, columns, with_slopes=True), formula)
    return np.zeros_like(rows.values) if rows.slopes is None else _in_order(rows.which, rows.slopes)


class _Rows(NamedTuple):
    """A part under some rewritings, by their numbers: its values, and its slopes, None where all are of constants."""

    which: list[int]
    values: Values
    slopes: Slope


class _Changes(NamedTuple):
    """The rewritings, by their numbers, of a part as a whole, and of its arguments."""

    here: list[int]
    below: dict[int, _Changes]


def _changes(rewritings: Sequence[Rewriting]) -> _Changes:
    root = _Changes([], {})
    for number, rewriting in enumerate(rewritings):
        place = root
        for index in rewriting.path:
            inner = place.below.get(index)
            if inner is None:
                inner = place.below[index] = _Changes([], {})
            place = inner
        place.here.append(number)
    return root


def _rows(run: _Pass, formula: Expression) -> _Rows:
    """The rows of a whole formula."""
    if not run.rewritings:
        return _Rows([], np.empty((0, run.columns.count)), None)
    return run.rows(formula, _changes(run.rewritings), 0)


def _in_order(which: Sequence[int], rows: Values) -> Values:
    """Rows in the order of their rewritings."""
    ordered = np.empty_like(rows)
    ordered[which] = rows
    return ordered


@dataclass(frozen=True, slots=True)
class _Pass:
    """One pass over a formula."""

    rewritings: Sequence[Rewriting]
    columns: Columns
    with_slopes: bool

    def rows(self, part: Expression, changes: _Changes, depth: int) -> _Rows:
        """A part at some depth under the rewritings of it and of all below it."""
        return _joined(list(self._each(part, changes, depth)))

    def _each(self, part: Expression, changes: _Changes, depth: int) -> Iterator[_Rows]:
        if changes.here:
            yield self._alone(changes.here, [self.rewritings[number].after for number in changes.here])
        for index, inner in changes.below.items():
            assert isinstance(part, Apply)
            below = self.rows(part.arguments[index], inner, depth + 1)
            if _is_exponent(part, index) or (self.with_slopes and not has_local_slope(part)):
                rests = [
                    (self.rewritings[number].path[depth:], self.rewritings[number].after) for number in below.which
                ]
                yield self._alone(below.which, [put(part, rest, after) for rest, after in rests])
            else:
                yield self._carried(part, index, below)

    def _alone(self, which: Sequence[int], parts: Sequence[Expression]) -> _Rows:
        """Parts, each worked out by itself."""
        values = self.columns.rows([self.columns.value(part) for part in parts])
        slopes = [self.columns.slope(part) for part in parts] if self.with_slopes else []
        if all(slope is None for slope in slopes):
            return _Rows([*which], values, None)
        return _Rows([*which], values, self.columns.rows([self.columns.right(part) for part in parts]))

    def _carried(self, part: Apply, index: int, below: _Rows) -> _Rows:
        """A part for all that one of its arguments may be, the others being as they stand."""
        operands = [self.columns.value(argument) for argument in part.arguments]
        operands[index] = below.values
        values = np.asarray(operate(part, operands, below.values.shape))
        if not self.with_slopes:
            return _Rows(below.which, values, None)
        slopes = [self.columns.slope(argument) for argument in part.arguments]
        slopes[index] = below.slopes
        if all(slope is None for slope in slopes):
            return _Rows(below.which, values, None)
        found = local_slope(part, values, operands, slopes)
        return _Rows(below.which, values, np.broadcast_to(found, values.shape))


def _joined(some: Sequence[_Rows]) -> _Rows:
    """The rows of several rows of one part."""
    if len(some) == 1:
        return some[0]
    values = np.concatenate([each.values for each in some])
    slopes = None
    if any(each.slopes is not None for each in some):
        slopes = np.concatenate([np.zeros_like(e.values) if e.slopes is None else e.slopes for e in some])
    return _Rows([number for each in some for number in each.which], values, slopes)


def _is_exponent(part: Apply, index: int) -> bool:
    """Whether an argument is read as an exact number, so that each that may stand there is a case of its own."""
    return index == 1 and part.head in ("^", "root")
