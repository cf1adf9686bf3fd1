"""Pairs that are found backwards: all that the table holds, by brute force, and those that it does not."""

from __future__ import annotations

import numpy as np
import pytest

from tests.diagnosis.truth import agree, places_of, values
from tutor.expression.domain import Domain
from tutor.expression.evaluate import evaluate
from tutor.expression.parser import parse
from tutor.expression.tree import Expression
from tutor.feedback.slips.cause import Candidate, mal_rule_of
from tutor.feedback.slips.pair_search import found_backwards, pair_search
from tutor.feedback.slips.points import generic_points
from tutor.feedback.slips.slope_builder import SlopeBuilder
from tutor.feedback.slips.slopes import slips_of, values_of
from tutor.feedback.slips.values import Points

LOOKED_FOR = 12
"""How many of the pairs that the table holds are looked for."""


def read(text: str) -> Expression:
    return parse(text).expression


def points_for(function: Expression) -> Points:
    points = generic_points((function,), Domain(), {"x"})
    assert points is not None
    return points


def names(found: Candidate) -> tuple[str, ...]:
    return tuple(sorted(mal_rule_of(cause) for cause in found.causes))


@pytest.mark.parametrize("text", ["x*sin(x^2)", "exp(sin(3*x))/x", "ln(2*x)*(x^2 - x)*tan(x)", "x^sin(x)"])
def test_pairs_that_were_built_forwards_are_found_backwards(text: str) -> None:
    function = read(text)
    points = points_for(function)
    with np.errstate(all="ignore"):
        table = SlopeBuilder(function, "x", points).slopes(function)
    search = pair_search(function, "x", points, everywhere=True)
    pairs = range(*table.twos)
    rows = pairs[:: max(1, len(pairs) // LOOKED_FOR)]
    assert len(rows) >= LOOKED_FOR
    for row in rows:
        slips = tuple(slips_of((table, row)))
        finite = values_of((table, row))
        if len(slips) == 2 and np.isfinite(finite).all():
            wanted = tuple(sorted(slip.rule.id for slip in slips))
            found = [names(each) for each in found_backwards(search, finite)]
            assert wanted in found


# fmt: off
OUTSIDE = [
    # function      answer                              the slips that give it
    ("x + 9*x^4",   "x^4 + (x + 9)*x^3",                ("misread-structure", "power-drop-coefficient")),
    ("5/exp(3*x)",  "exp(3*x)",                         None),
    ("x/exp(3*x)",  "1/exp(3*x)*exp(3*x)*3",            ("product-of-derivatives", "chain-outer-kept")),
]
# fmt: on


@pytest.mark.parametrize(("text", "answer", "slips"), OUTSIDE)
def test_slips_inside_what_only_a_mistaken_law_differentiates_are_found(
    text: str, answer: str, slips: tuple[str, str] | None
) -> None:
    function, given = read(text), read(answer)
    points = points_for(function)
    found = found_backwards(pair_search(function, "x", points, everywhere=False), evaluate(given, points))
    is_found = bool(found)
    assert is_found is (slips is not None)
    if slips:
        assert tuple(sorted(slips)) in [names(each) for each in found]
    places = places_of(function, text)
    assert all(agree(values(each.formula, places), values(given, places)) for each in found)
