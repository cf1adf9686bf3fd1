"""All wrong answers to one question that slips explain, as one table: built once, served by look-up.

Candidates of the derivation come first (`slip_table.py`), then those that it cannot make: a misread function, a slip of
algebra in the finished derivative, a slip in an earlier of several differentiations, another derivative altogether.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, islice
from math import hypot, isfinite
from struct import pack
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from tutor.calculus.algebra_slips import algebra_slips
from tutor.calculus.derivation import derivative
from tutor.calculus.finished_forms import finished_forms
from tutor.calculus.misreadings import misreadings
from tutor.calculus.question_slips import question_slips
from tutor.errors import AnswerError
from tutor.expression.tree import Expression, size
from tutor.feedback.slips.cause import AnotherQuestion, Candidate, Earlier, Misread, Reworked, Whole
from tutor.feedback.slips.columns import Columns
from tutor.feedback.slips.index import SlipIndex, near, slip_index
from tutor.feedback.slips.questions import values_of_answer
from tutor.feedback.slips.rewritten import slopes_of_rewritings, values_of_rewritings
from tutor.feedback.slips.slope_builder import MOST_PAIRS, SlopeBuilder
from tutor.feedback.slips.slopes import Slopes, slips_of, written_of
from tutor.feedback.slips.values import LEAST_POINTS, Points, Values, same

__all__ = ["Asked", "WrongAnswers", "explanations", "look_up", "wrong_answers"]

SHORT_MATCH = 1e-6
"""Relative distance within which values match that are kept in short."""

_MOST_EARLIER = 120
"""Slips of an earlier differentiation that are carried on."""

_WORK = 24_000
"""Parts of formulas that are evaluated for rewritings of the function, and of each finished form."""

Aside: TypeAlias = Misread | Reworked | Earlier | Whole | AnotherQuestion


@dataclass(frozen=True, slots=True)
class Asked:
    """What is differentiated, and with respect to what in turn."""

    function: Expression
    variables: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrongAnswers:
    """The table: points, the right values there, candidates of the derivation, those beside it, and their index.

    `values` (candidates by points) confirm what the index suggests; half the figures do for that.
    """

    points: Points
    right: Values
    variable: str
    slopes: Slopes
    asides: tuple[Aside, ...]
    values: NDArray[np.float32]
    index: SlipIndex

    @property
    def is_cut(self) -> bool:
        """Whether there were too many pairs of slips to keep, so that only single ones are known in places."""
        return self.slopes.is_cut


def wrong_answers(asked: Asked, points: Points, most_pairs: int = MOST_PAIRS) -> WrongAnswers:
    """The table of wrong answers to a question at some points; raises AnswerError where there is no derivative."""
    with np.errstate(all="ignore"):
        return _built(asked, points, most_pairs)


def _built(asked: Asked, points: Points, most_pairs: int) -> WrongAnswers:
    *earlier, last = asked.variables
    function = derivative(asked.function, tuple(earlier))
    builder = SlopeBuilder(function, last, points, most_pairs)
    slopes = builder.slopes(function)
    right = slopes.values[0]
    asides, rows = _told_apart(_asides(asked, function, builder, points), right)
    values = np.concatenate((slopes.values[1:], rows))
    builder.forget()
    return WrongAnswers(points, right, last, slopes, asides, values.astype(np.float32), slip_index(values))


def look_up(table: WrongAnswers, values: Values) -> list[int]:
    """The places of the candidates that have the given values, those with the fewest slips only."""
    column = values.tolist()
    found = near(table.index, column)
    if found and not _hold(table, found, column):
        with np.errstate(all="ignore"):
            found = list(compress(found, same(table.values[found], values, table.right, SHORT_MATCH)))
    first_pair, end = table.slopes.twos
    single = [place for place in found if not first_pair <= place + 1 < end]
    return single or found


def _hold(table: WrongAnswers, crowd: list[int], column: list[float]) -> bool:
    """Whether all of some candidates have the very figures of a column, as far as they are kept: nearly all do.

    Then they are the same by `same`, too, if enough of the figures are finite.
    """
    try:
        figures = pack(f"{len(column)}f", *column)
    except OverflowError:  # a figure that is too large to be kept
        return False
    is_sure = isfinite(hypot(*column)) or sum(map(isfinite, column)) >= LEAST_POINTS
    return is_sure and table.values.take(crowd, axis=0).tobytes() == figures * len(crowd)


def explanations(table: WrongAnswers, values: Values) -> tuple[Candidate, ...]:
    """The candidates that have the given values, with as few slips as any of them."""
    return tuple(_candidate(table, place) for place in look_up(table, values))


def _candidate(table: WrongAnswers, place: int) -> Candidate:
    row = place + 1
    beside = row - len(table.slopes.origin)
    if beside >= 0:
        return Candidate((table.asides[beside],), table.asides[beside].formula)
    return Candidate(tuple(slips_of((table.slopes, row))), written_of((table.slopes, row), table.variable))


# ---- beside the derivation ------------------------------------------------------------------------------------------

_Valued: TypeAlias = tuple[Sequence[Aside], Values]
"""Candidates and their values, a row each."""


def _told_apart(found: Iterable[_Valued], right: Values) -> tuple[tuple[Aside, ...], Values]:
    """The candidates that are not right after all, and their values as rows."""
    groups = list(found)
    rows = np.concatenate([values for _, values in groups])
    kept = ~same(rows, right)
    asides = [aside for some, _ in groups for aside in some]
    return tuple(compress(asides, kept.tolist())), rows[kept]


def _asides(asked: Asked, function: Expression, builder: SlopeBuilder, points: Points) -> Iterator[_Valued]:
    variable, columns = asked.variables[-1], builder.columns
    yield from _others(asked, function, columns)
    misread = tuple(islice(misreadings(function, variable), _most_rewritings(function)))
    yield [Misread(each, variable) for each in misread], slopes_of_rewritings(function, misread, columns)
    carried = list(_carried(asked, points))
    yield [each for each, _ in carried], columns.rows([columns.right(wrong) for _, wrong in carried])
    for form in finished_forms(function, variable):
        found = tuple(islice(algebra_slips(form, variable), _most_rewritings(form)))
        yield [Reworked(each) for each in found], values_of_rewritings(form, found, columns)


def _most_rewritings(formula: Expression) -> int:
    """How many rewritings of a formula are tried: each costs as much as the formula is large."""
    return _WORK // size(formula)


def _others(asked: Asked, function: Expression, columns: Columns) -> Iterator[_Valued]:
    """What learners give instead of the derivative that was asked for.

    A lost sign is left to the comparison with the derivative, since many a slip comes to the same.
    """
    is_higher = len(asked.variables) > 1
    if is_higher:
        yield [Whole("copy-not-differentiate", asked.function)], columns.rows([columns.value(asked.function)])
    for slip in question_slips(function, asked.variables[-1]):
        id = slip.rule.id
        if id not in _LEFT_OUT and not (id in _OF_HIGHER_ORDERS) > is_higher:
            values = values_of_answer(slip, columns)
            if values is not None:
                yield [AnotherQuestion(slip)], values[None, :]


_LEFT_OUT = frozenset({"sign-slip", "constant-of-integration"})
_OF_HIGHER_ORDERS = frozenset({"second-derivative-once", "second-derivative-squared"})


def _carried(asked: Asked, points: Points) -> Iterator[tuple[Earlier, Expression]]:
    """Slips in the differentiation before the last, with everything after them right; and what they make of it."""
    if len(asked.variables) == 1:
        return
    *before, once, last = asked.variables
    function = derivative(asked.function, tuple(before))
    earlier = SlopeBuilder(function, once, points, most_pairs=0).slopes(function)
    for row in range(*earlier.ones)[:_MOST_EARLIER]:
        slip = next(slips_of((earlier, row)))
        wrong = written_of((earlier, row), once)
        try:
            yield Earlier(slip, derivative(wrong, (last,))), wrong
        except AnswerError:
            continue
