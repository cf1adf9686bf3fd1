"""Wrong slopes at a place: the table of slips at one point instead of many, and the slope at other places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import permutations
from typing import TypeAlias

import numpy as np

from tutor.calculus.derivation import derivative
from tutor.expression.evaluate import evaluate
from tutor.expression.tree import ONE, ZERO, Apply, Expression
from tutor.feedback.slips.cause import Candidate
from tutor.feedback.slips.values import Points, agree
from tutor.feedback.slips.wrong_answers import Asked, explanations, wrong_answers

__all__ = ["Place", "explanations_at", "place_of_slope"]

Place: TypeAlias = Mapping[str, Expression]
"""The value of each symbol."""

_TIMES = 10
"""The table is made for columns; here all their entries are the same."""


def explanations_at(asked: Asked, place: Place, answer: Expression) -> tuple[Candidate, ...]:
    """The single slips that make of a slope at a place the number that was answered."""
    points = _columns(place)
    table = wrong_answers(asked, points, most_pairs=0)
    return explanations(table, evaluate(answer, points))


def place_of_slope(asked: Asked, place: Place, answer: Expression) -> Place | None:
    """The other place, of a few that come to mind, at which the slope is the number that was answered."""
    slope = derivative(asked.function, asked.variables)
    for other in _others(place):
        if other != place and agree(evaluate(slope, _columns(other)), evaluate(answer, _columns(other))):
            return other
    return None


def _others(place: Place) -> Iterator[Place]:
    """Coordinates with the other sign, exchanged, or one of them 0 or 1."""
    for name, value in place.items():
        yield {**place, name: Apply("neg", (value,))}
    for values in permutations(place.values()):
        yield dict(zip(place, values, strict=True))
    for name in place:
        for value in (ZERO, ONE):
            yield {**place, name: value}


def _columns(place: Place) -> Points:
    return {name: np.full(_TIMES, evaluate(value, {})) for name, value in place.items()}
