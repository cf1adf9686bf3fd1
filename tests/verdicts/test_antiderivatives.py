"""Slopes of antiderivatives: the integrand is right and is proved, its neighbour is not right."""

from __future__ import annotations

import pytest

from tests.verdicts.antiderivatives import INTEGRALS, Integral
from tests.verdicts.case import is_wrong
from tests.verdicts.truth import Relation

FEWEST_ROWS = 60
LEAST_PROVED = 0.95


def title(row: Integral) -> str:
    return row.function


@pytest.mark.parametrize("row", INTEGRALS, ids=title)
def test_mpmath_finds_the_integrand_right_and_its_neighbour_wrong(row: Integral) -> None:
    assert set(row.right.relations()) == {Relation.EQUAL}
    assert {Relation.DIFFERENT, Relation.UNDEFINED} & set(row.wrong.relations())


def test_there_are_enough_different_ones() -> None:
    assert len({row.function for row in INTEGRALS}) == len(INTEGRALS) >= FEWEST_ROWS


def test_no_verdict_is_false_and_nearly_all_are_proved() -> None:
    right = [(row.function, row.right.verdict()) for row in INTEGRALS]
    wrong = [(row.function, row.wrong.verdict()) for row in INTEGRALS]
    assert [(name, verdict) for name, verdict in right if is_wrong(verdict, equal=True)] == []
    assert [(name, verdict) for name, verdict in wrong if is_wrong(verdict, equal=False)] == []
    assert sum(verdict.proved for _, verdict in right) >= LEAST_PROVED * len(INTEGRALS)
    assert sum(verdict.proved for _, verdict in wrong) >= LEAST_PROVED * len(INTEGRALS)
