"""The table of slips holds what brute force finds: every law at every place, alone and in pairs, with its values."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.formula import formula
from tutor.calculus.derivation import (
    Derivation,
    apply_rule,
    derivative,
    first_step,
    replaced,
    result,
    steps,
    steps_as_typed,
)
from tutor.calculus.malrules import mistaken_for
from tutor.calculus.rule import fill, marks, match
from tutor.expression.domain import Domain
from tutor.expression.evaluate import evaluate
from tutor.expression.tree import Apply, Expression, Symbol
from tutor.feedback.slips.index import near, slip_index
from tutor.feedback.slips.points import generic_points
from tutor.feedback.slips.slope_builder import SlopeBuilder
from tutor.feedback.slips.slopes import Slopes, slips_of, values_of, written_of
from tutor.feedback.slips.values import Points, same

FUNCTIONS = (
    "sin(x^2)", "x^2*sin(3*x + 1)", "exp(sin(x^2))", "sin(x^2)*cos(3*x)/(x^2 + 1)", "log(1 + exp(3*x))", "x^x",
    "(2*x + 1)^(1/3)*a", "x*exp(2*x)*log(x)", "1/(a + sin(x))^3", "max(x^2, 3*x)*tanh(x)", "2^(x^2) - atan(4*x)",
)  # fmt: skip


def built(text: str) -> tuple[Slopes, Points]:
    function = formula(text)
    points = generic_points((function, derivative(function, ("x",))), Domain(), ("x",))
    assert points is not None
    with np.errstate(all="ignore"):
        return SlopeBuilder(function, "x", points).slopes(function), points


def sound_ones(function: Expression) -> Iterator[Derivation]:
    """Every sound derivation, with products taken as our rules take them and as they stand, in all combinations."""
    arranged, rule, bindings = first_step(function, "x")
    ways = [(arranged, rule, bindings)]
    if isinstance(function, Apply) and function.head in ("*", "/"):
        ways += [(function, *way) for way in steps_as_typed(function, "x")]
    for before, rule, bindings in ways:
        after = fill(rule.after, bindings)
        for substeps in product(*(list(sound_ones(part)) for part in marks(after))):
            yield Derivation(function, before, rule, bindings, after, substeps)


def one_slip(function: Expression) -> Iterator[Derivation]:
    """Every derivation with one step mistaken, by rebuilding all of it each time."""
    for sound in sound_ones(function):
        yield from _mistaken(sound)


def _mistaken(sound: Derivation) -> Iterator[Derivation]:
    for path, step in steps(sound):
        for rule in mistaken_for(step.rule):
            bindings = match(rule.before, step.before, "x")
            if bindings is not None and (rule.fits is None or rule.fits({**bindings, "x": Symbol("x")})):
                slip = apply_rule(rule, step.before, {**bindings, "x": Symbol("x")}, "x")
                yield replaced(sound, path, slip)


def is_among(row: NDArray[np.float64], rows: NDArray[np.float64]) -> bool:
    with np.errstate(all="ignore"):
        return bool(same(rows, row, rows[0]).any())


@pytest.mark.parametrize("text", FUNCTIONS)
def test_every_slip_at_every_place_is_in_the_table(text: str) -> None:
    found, points = built(text)
    made = [evaluate(result(derivation), points) for derivation in one_slip(formula(text))]
    with np.errstate(all="ignore"):
        wrong = [values for values in made if np.isfinite(values).sum() > 6 and not same(values[None], found.values[0])]
    assert len(wrong) > 2
    assert all(is_among(values, found.values[: found.ones[1]]) for values in wrong)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_every_single_slip_in_the_table_is_one_that_brute_force_finds(text: str) -> None:
    found, points = built(text)
    made = np.stack([evaluate(result(derivation), points) for derivation in one_slip(formula(text))])
    rows = found.values[slice(*found.ones)]
    finite = rows[np.isfinite(rows).sum(axis=1) > 6]
    assert all(is_among(row, made) for row in finite)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_a_candidate_is_worked_out_again_from_its_pointers_and_written_as_a_formula(text: str) -> None:
    found, points = built(text)
    for row in {0, 1, found.ones[1] - 1, *range(found.twos[0], found.twos[1], 1 + found.twos[1] // 40)}:
        again = values_of((found, row))
        assert np.allclose(again, found.values[row], rtol=1e-9, atol=1e-9, equal_nan=True)
        as_formula = evaluate(written_of((found, row), "x"), points)
        known = np.isfinite(again) & np.isfinite(as_formula)
        assert np.allclose(as_formula[known], again[known], rtol=1e-7, atol=1e-7)


@pytest.mark.parametrize("text", FUNCTIONS)
def test_a_candidate_has_as_many_slips_as_its_place_says(text: str) -> None:
    found, _ = built(text)
    assert list(slips_of((found, 0))) == []
    assert {len(list(slips_of((found, row)))) for row in range(*found.ones)} == {1}
    assert {len(list(slips_of((found, row)))) for row in range(*found.twos)} <= {2}


def test_no_candidate_has_the_right_values() -> None:
    found, _ = built("exp(x)*x^2 + sin(x)")
    with np.errstate(all="ignore"):
        assert not same(found.values[1:], found.values[0]).any()


def test_pairs_are_left_out_where_there_are_too_many_and_the_table_says_so() -> None:
    function = formula("sin(x^2)*cos(3*x)/(x^2 + 1)")
    points = generic_points((function,), Domain(), ("x",))
    assert points is not None
    with np.errstate(all="ignore"):
        cut = SlopeBuilder(function, "x", points, most_pairs=50).slopes(function)
    assert cut.is_cut
    assert cut.ones == built("sin(x^2)*cos(3*x)/(x^2 + 1)")[0].ones
    assert cut.twos[1] - cut.twos[0] <= 50


def test_the_index_finds_every_candidate_and_few_others() -> None:
    found, _ = built("sin(x^2)*cos(3*x)/(x^2 + 1)")
    rows = found.values[1:]
    index = slip_index(rows)
    crowds = [near(index, row * (1 + 1e-13)) for row in rows]
    assert all(place in crowd for place, crowd in enumerate(crowds))
    with np.errstate(all="ignore"):
        strangers = [len(crowd) - same(rows[crowd], row).sum() for row, crowd in zip(rows, crowds, strict=True)]
    assert sum(strangers) <= len(rows) / 50
