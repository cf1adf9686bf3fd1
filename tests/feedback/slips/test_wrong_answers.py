"""What is looked up in the table of wrong answers is what a comparison at every point leaves of what is near."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest

from tutor.expression.domain import Domain
from tutor.expression.parser import parse
from tutor.feedback.diagnosis import table_of
from tutor.feedback.slips.index import near
from tutor.feedback.slips.slopes import values_of
from tutor.feedback.slips.values import LEAST_POINTS, Values, same
from tutor.feedback.slips.wrong_answers import SHORT_MATCH, Asked, WrongAnswers, look_up

FUNCTIONS = ("x^3 - 5x", "exp(sin(x^2))", "sqrt(1 - x^2)*x", "log(x)/x", "1e6*x*exp(x)", "abs(x)*cos(3x)")


@cache
def table(function: str) -> WrongAnswers:
    found = table_of(Asked(parse(function).expression, ("x",)), Domain())
    assert found is not None
    return found


def exact(known: WrongAnswers) -> list[Values]:
    """The values of the candidates of the derivation with all their figures."""
    return [values_of((known.slopes, row)) for row in range(1, len(known.slopes.origin))]


def columns(known: WrongAnswers) -> Iterator[Values]:
    """Values of candidates as they are and as other forms leave them: rounded, or without a value in places."""
    random = np.random.default_rng(2)
    width = len(known.right)
    for row in exact(known)[::11]:
        yield row
        yield -row
        yield row * (1 + 1e-8 * random.uniform(-1, 1, width))
        for spoilt in (np.nan, -np.nan, np.inf, -np.inf, 1e60, -1e300):
            changed = row.copy()
            changed[random.integers(width, size=random.integers(1, 4))] = spoilt
            yield changed
    for value in (0.0, -0.0, 1e-300, 1e39, np.nan, np.inf):
        yield np.full(width, value)


def by_comparison(known: WrongAnswers, column: Values) -> list[int]:
    """The places of those near that are the same, those with one slip only where there are such."""
    crowd = near(known.index, column.tolist())
    with np.errstate(all="ignore"):
        kept = [same(known.values[[place]], column, known.right, SHORT_MATCH)[0] for place in crowd]
    found = [place for place, keep in zip(crowd, kept, strict=True) if keep]
    single = [place for place in found if place + 1 not in range(*known.slopes.twos)]
    return single or found


@pytest.mark.parametrize("function", FUNCTIONS)
def test_what_is_near_is_compared_at_every_point(function: str) -> None:
    known = table(function)
    for column in columns(known):
        assert look_up(known, column) == by_comparison(known, column)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_every_candidate_of_a_single_slip_is_found_by_its_own_values(function: str) -> None:
    known = table(function)
    single = range(known.slopes.ones[0] - 1, known.slopes.ones[1] - 1)
    rows = exact(known)
    found = [place in look_up(known, rows[place]) for place in single if enough(rows[place])]
    assert len(found) > 3
    assert all(found)


def enough(column: Values) -> bool:
    return int(np.isfinite(column).sum()) >= LEAST_POINTS
