"""Whether a derived key can be trusted: three witnesses that share nothing but f must agree.

Our own derivation makes the key; answers are held against it as the rules give it, and it is shown tidied. SymPy
differentiates f by its rules, and mean-value balls measure the slope of f itself; both are held against both forms of
the key at generic points of every region. Run by `author check`, never by the quiz.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice

from tutor.calculus.derivation import derivative
from tutor.checking.ball import Undefined, compile_balls, evaluate_ball, exact_ball, middle_of, working_precision
from tutor.checking.conditions import conditions
from tutor.checking.mean_value import FEWEST_POINTS, numeric_check
from tutor.checking.question import question_of, setting_of
from tutor.checking.sampling import Point, points
from tutor.checking.symbolic_derivative import sympy_slopes
from tutor.checking.verdict import Outcome
from tutor.expression.domain import Domain
from tutor.expression.tree import Expression, free_symbols, substitute
from tutor.kinds.cell import Slope

__all__ = ["KeyEvidence", "derived_key", "enough_points", "examine_key"]

BITS = 192
_CLOSE = Fraction(1, 10**25)
"""Relative distance within which SymPy's value, known to 40 digits, is the key's."""

_MOST_REGION_POINTS = 12
_BALL_POINTS = 12


@dataclass(frozen=True, slots=True)
class KeyEvidence:
    """The key of a slope as our derivation gives it, and what the two other witnesses say of it.

    `points` counts the points at which the slope of f could be measured to many digits.
    """

    key: Expression
    sympy: Outcome
    balls: Outcome
    points: int

    @property
    def agree(self) -> bool:
        """Whether all three agree, at four points or more."""
        return self.sympy is Outcome.EQUAL and self.balls is Outcome.EQUAL


def derived_key(target: Slope, domain: Domain) -> Expression:
    """What the answer must equal, by our own derivation, with the point put in; AnswerError where there is no rule."""
    place = question_of(target, domain).place
    key = derivative(target.function, target.variables)
    return substitute(key, dict(place)) if place else key


def examine_key(target: Slope, domain: Domain) -> KeyEvidence:
    """The evidence for the key of a slope, as a function; raises AnswerError where f has no derivative by our rules."""
    moving = Slope(target.function, target.variables)
    question, shown = question_of(moving, domain), derivative(target.function, target.variables)
    setting = setting_of(question, shown)
    keys = tuple(dict.fromkeys((question.key, shown)))
    wanted = tuple(dict.fromkeys((*setting.conditions, *conditions(*keys))))
    where = (*setting.near, *islice(setting.sampler.by_region(wanted), _MOST_REGION_POINTS))
    balls = [numeric_check(target.function, target.variables, key, where, wanted=_BALL_POINTS) for key in keys]
    slopes = sympy_slopes(target.function, target.variables, where)
    sympy = _worst([_by_sympy(slopes, key, where) for key in keys])
    return KeyEvidence(shown, sympy, _worst([seen.outcome for seen in balls]), min(seen.points for seen in balls))


def _worst(outcomes: Sequence[Outcome]) -> Outcome:
    return max(outcomes, key=(Outcome.EQUAL, Outcome.UNKNOWN, Outcome.DIFFERENT).index)


def enough_points(formula: Expression, domain: Domain) -> bool:
    """Whether a formula without a function has a value at four points, or at its only one where it has no symbols."""
    fewest = FEWEST_POINTS if free_symbols(formula) else 1
    return len(points(formula, domain, fewest)) >= fewest


def _by_sympy(slopes: Sequence[Fraction | None], key: Expression, where: Sequence[Point]) -> Outcome:
    values = [_value(key, point) for point in where]
    pairs = [(s, v) for s, v in zip(slopes, values, strict=True) if s is not None and v is not None]
    if any(abs(slope - value) > _CLOSE * max(Fraction(1), abs(value)) for slope, value in pairs):
        return Outcome.DIFFERENT
    return Outcome.EQUAL if len(pairs) >= FEWEST_POINTS else Outcome.UNKNOWN


def _value(key: Expression, point: Point) -> Fraction | None:
    """The value of the key at a point; None where it is not known to 25 digits."""
    with working_precision(BITS):
        try:
            balls = {name: exact_ball(point[name]) for name in compile_balls(key).symbols}
            ball = evaluate_ball(key, balls, bits=BITS)
        except Undefined:
            return None
        if not ball.is_finite():
            return None
        middle, radius = middle_of(ball), middle_of(ball.rad())
    return middle if radius <= _CLOSE * max(Fraction(1), abs(middle)) / 4 else None
