"""The numeric witness: the slope of f measured from f itself, in balls, against the answer on the same ball.

The central difference Q = (f(x+h) - f(x-h)) / 2h is f'(c) for some c in (x-h, x+h) by the mean value theorem. If
the answer g, evaluated on the whole of [x-h, x+h], does not overlap Q, g is not f' there: a proof that uses neither
a key nor a symbolic derivative. Order n takes the nth central difference, and mixed partials one after the other:
each difference is a derivative at a point between, so Q is the mixed partial at some point of the box.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import comb

from tutor.checking.ball import (
    Ball,
    Program,
    Undefined,
    compile_balls,
    enclosure,
    exact_ball,
    hull,
    magnitude,
    run,
    two_to,
    working_precision,
)
from tutor.checking.sampling import Point
from tutor.checking.verdict import NumericCheck, Outcome, Witness
from tutor.expression.tree import Expression

__all__ = ["Measurement", "measure", "numeric_check", "witness_at", "witness_of"]

BITS = 256
"""Working precision for each order of derivative."""

STEP = -80
"""h = 2^STEP, times the size of the coordinate where that is below 1."""

FEWEST_POINTS = 4
_COARSEST = -30
"""A point counts as agreement only where the tolerance is below 2^_COARSEST, relative."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was found at one point: the slope of f on a small box, and the answer on it.

    `answer` is None where the answer certainly has no real value on the box; `settled` is false where f is not
    known to be smooth there or either ball is not finite, so that the point does not count.
    """

    slope: Ball | None
    answer: Ball | None
    settled: bool

    @property
    def outcome(self) -> Outcome:
        """Different is certain; equal means within `tolerance`."""
        if not self.settled or self.slope is None:
            return Outcome.UNKNOWN
        if self.answer is None or not self.slope.overlaps(self.answer):
            return Outcome.DIFFERENT
        return Outcome.EQUAL if self.tolerance < two_to(_COARSEST) else Outcome.UNKNOWN

    @property
    def tolerance(self) -> Ball:
        """The sum of the radii, relative to the slope where that is above 1."""
        assert self.slope is not None
        assert self.answer is not None
        width = self.slope.rad() + self.answer.rad()
        return width / abs(self.slope.mid()).max(two_to(0))


def measure(
    function: Program, variables: Sequence[str], answer: Program, point: Mapping[str, Ball], *, step: int = STEP
) -> Measurement:
    """The slope of a function at a point and the answer on the box around it; symbols of both stand in `point`."""
    order = max(1, len(variables))
    with working_precision(max(BITS, -3 * step) * order):
        orders = Counter(variables)
        steps = {name: two_to(step + min(0, magnitude(point[name]) or 0)) for name in orders}
        box = dict(point) | {name: hull(point[name], count * steps[name]) for name, count in orders.items()}
        try:
            if not run(function, box, smooth=True).is_finite():
                return Measurement(None, None, settled=False)
            slope = _difference(function, orders, steps, point)
        except Undefined:
            return Measurement(None, None, settled=False)
        return _against(slope, answer, box)


def _against(slope: Ball, answer: Program, box: Mapping[str, Ball]) -> Measurement:
    if not slope.is_finite():
        return Measurement(None, None, settled=False)
    try:
        value = run(answer, box)
    except Undefined:
        return Measurement(slope, None, settled=True)
    return Measurement(slope, value, settled=value.is_finite())


def _difference(
    function: Program, orders: Mapping[str, int], steps: Mapping[str, Ball], point: Mapping[str, Ball]
) -> Ball:
    """Σ Π (-1)^k C(n,k) f(x + (n-2k)h) / Π (2h)^n over all variables at once."""
    total = two_to(0) * 0
    for places in product(*(range(count + 1) for count in orders.values())):
        weight, moved = 1, dict(point)
        for (name, count), place in zip(orders.items(), places, strict=True):
            weight *= (-1) ** place * comb(count, place)
            moved[name] = point[name] + (count - 2 * place) * steps[name]
        total += weight * run(function, moved)
    for name, count in orders.items():
        total /= (2 * steps[name]) ** count
    return total


def numeric_check(
    function: Expression, variables: Sequence[str], answer: Expression, where: Iterable[Point], *, wanted: int = 6
) -> NumericCheck:
    """What balls find at points: different at the first certain difference, equal after `wanted` points that count.

    The outcome is unknown when fewer than four points count.
    """
    programs = compile_balls(function), compile_balls(answer)
    counted, worst = 0, None
    for point in where:
        found = _retried(programs[0], variables, programs[1], point)
        if found.outcome is Outcome.DIFFERENT:
            return NumericCheck(Outcome.DIFFERENT, counted + 1, None, witness_of(point, found))
        if found.outcome is Outcome.EQUAL:
            counted += 1
            worst = found.tolerance if worst is None else worst.max(found.tolerance)
        if counted == wanted:
            break
    text = None if worst is None else enclosure(hull(two_to(0) * 0, worst)).radius
    fewest = FEWEST_POINTS if variables else 1
    return NumericCheck(Outcome.EQUAL if counted >= fewest else Outcome.UNKNOWN, counted, text)


def _retried(function: Program, variables: Sequence[str], answer: Program, point: Point) -> Measurement:
    """The measurement, with a smaller step where the first could not settle anything."""
    found = Measurement(None, None, settled=False)
    for step in (STEP, 3 * STEP):
        with working_precision(-4 * step * max(1, len(variables))):
            balls = {name: exact_ball(value) for name, value in point.items()}
        found = measure(function, variables, answer, balls, step=step)
        if found.outcome is not Outcome.UNKNOWN:
            break
    return found


def witness_of(point: Point, found: Measurement, digits: int = 30) -> Witness:
    """A measurement at a point as decimal texts."""
    slope = None if found.slope is None else enclosure(found.slope, digits)
    return Witness(dict(point), slope, None if found.answer is None else enclosure(found.answer, digits))


def witness_at(
    function: Expression, variables: Sequence[str], answer: Expression, point: Point
) -> tuple[Outcome, Witness]:
    """The slope measured from f and the answer at one point, for showing; the slope is None where f is not smooth."""
    found = _retried(compile_balls(function), variables, compile_balls(answer), point)
    return found.outcome, witness_of(point, found)
