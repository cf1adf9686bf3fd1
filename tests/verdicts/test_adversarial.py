"""Identities and near misses that were written to lead an engine astray: no verdict may be false."""

from __future__ import annotations

import pytest

from tests.verdicts.adversarial import EQUAL, UNEQUAL
from tests.verdicts.case import Case, is_wrong
from tests.verdicts.truth import Relation

ROWS = [(case, True) for case in EQUAL] + [(case, False) for case in UNEQUAL]
FEWEST_ROWS = 80
LEAST_SETTLED = 0.9


def title(case: Case) -> str:
    return f"{case.question} | {case.answer}"


@pytest.mark.parametrize("case", EQUAL, ids=title)
def test_mpmath_finds_both_sides_equal_at_every_place(case: Case) -> None:
    assert set(case.relations()) == {Relation.EQUAL}


@pytest.mark.parametrize("case", UNEQUAL, ids=title)
def test_mpmath_finds_a_difference_at_every_place(case: Case) -> None:
    assert set(case.relations()) <= {Relation.DIFFERENT, Relation.UNDEFINED}


def test_there_are_many_and_each_names_its_trap() -> None:
    assert len({title(case) for case, _ in ROWS}) == len(ROWS) >= FEWEST_ROWS
    assert all(case.trap for case, _ in ROWS)


def test_no_verdict_is_false_and_nearly_all_are_settled() -> None:
    found = [(title(case), equal, case.verdict()) for case, equal in ROWS]
    wrong = [(name, verdict.status) for name, equal, verdict in found if is_wrong(verdict, equal=equal)]
    settled = sum(verdict.proved for _, _, verdict in found)
    assert wrong == []
    assert settled >= LEAST_SETTLED * len(ROWS)
