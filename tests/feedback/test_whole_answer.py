"""Slips of answers that are more than one formula: exchanged rows and columns, and numbers at a place."""

from __future__ import annotations

import pytest

from tutor.exercise.inline import row_exercise
from tutor.feedback.assess import assess
from tutor.feedback.assessment import Assessment


def jacobian(answer: str) -> Assessment:
    return assess(row_exercise({"function": "[x*y, x + y^3]", "variables": "x,y"}), answer)


def told(assessment: Assessment) -> list[tuple[str, ...]]:
    return [finding.mal_rules for cell in assessment.cells for finding in cell.diagnosis.findings]


def test_exchanged_rows_and_columns_are_one_slip_in_every_wrong_entry() -> None:
    assert told(jacobian("[[y, 1], [x, 3*y^2]]")) == [("jacobian-transposed",), ("jacobian-transposed",)]


@pytest.mark.parametrize("answer", ["[[y, x], [1, 3*y^2]]", "[[y, 2], [x, 3*y^2]]"])
def test_other_jacobians_are_not_transposed(answer: str) -> None:
    assert ("jacobian-transposed",) not in told(jacobian(answer))


# ---- numbers ---------------------------------------------------------------------------------------------------------


def value(function: str, at: str, answer: str) -> Assessment:
    return assess(row_exercise({"function": function, "variable": "x", "at": f'{{"x": "{at}"}}'}), answer)


# fmt: off
NUMBERS = [
    ("sin(x^2)",   "3", "cos(9)",      "chain-drop-inner"),
    ("x^4",        "3", "81",          "copy-not-differentiate"),
    ("x^3*exp(x)", "2", "12*exp(2)",   "product-of-derivatives"),
]
# fmt: on


@pytest.mark.parametrize(("function", "at", "answer", "mal_rule"), NUMBERS)
def test_a_wrong_slope_at_a_place_is_explained(function: str, at: str, answer: str, mal_rule: str) -> None:
    assert mal_rule in [ids[0] for ids in told(value(function, at, answer))]


def test_the_slope_at_another_place_is_told() -> None:
    assert value("x^3 + x^2 + exp(3*x)", "2", "12 - 4 + 3*exp(-6)").cells[0].diagnosis.remark == (
        "Your answer is the slope at x = -2."
    )


def test_a_number_that_nothing_explains_has_no_finding() -> None:
    diagnosis = value("x^3*exp(x)", "2", "1234567").cells[0].diagnosis
    assert (diagnosis.findings, diagnosis.remark) == ((), None)
