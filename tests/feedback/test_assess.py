"""The whole pipeline on one answer: statuses, scores, evidence, and what is never counted as wrong."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tutor
from tests import oracle
from tutor.checking.verdict import Status
from tutor.errors import UsageError
from tutor.exercise.inline import row_exercise
from tutor.exercise.model import Exercise, Mistake
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.feedback.assess import assess
from tutor.feedback.explanation import explain
from tutor.feedback.ticks import Tick

# fmt: off
STATUSES = [
    # function           answer                                   status                 score  best explanation
    ("sin(x^2)",         "2x cos(x^2)",                           Status.CORRECT,        1.0,   ()),
    ("sin(x^2)",         "2x·cos(x²)",                            Status.CORRECT,        1.0,   ()),
    ("sin(x^2)",         r"2x\cos\left(x^{2}\right)",             Status.CORRECT,        1.0,   ()),
    ("sin(x^2)",         "dy/dx = cos(x*x)*2*x",                  Status.CORRECT,        1.0,   ()),
    ("sin(x^2)",         "2x cos(x)",                             Status.INCORRECT,      0.0,   ("chain-outer-at-x",)),
    ("sin(x^2)",         "2x cos(x^2) + C",            Status.INCORRECT,      0.0,   ("constant-of-integration",)),
    ("sin(x^2)",         "2x cos(x^2) + 1/10^9",                  Status.INCORRECT,      0.0,   None),
    ("sin(x^2)",         "",                                      Status.UNREADABLE,     None,  ()),
    ("sin(x^2)",         "2x cos(x^2",                            Status.UNREADABLE,     None,  ()),
    ("sin(x^2)",         "2z cos(x^2)",                           Status.UNREADABLE,     None,  ()),
    ("ln(abs(x))",       "1/x",                                   Status.CORRECT,        1.0,   ()),
    ("ln(abs(x))",       "1/abs(x)",                              Status.INCORRECT,      0.0,   None),
    ("sqrt(x^2)",        "1",                                     Status.INCORRECT,      0.0,   None),
    ("sigmoid(x)",       "e^-x/(1+e^-x)^2",                       Status.CORRECT,        1.0,   ()),
    ("tanh(x)",          "1 - sigmoid(x)^2",                      Status.INCORRECT,      0.0,   None),
    ("x^(1/3)",          "1/(3 cbrt(x^2))",                       Status.CORRECT,        1.0,   ()),
]
# fmt: on


@pytest.mark.parametrize(("function", "answer", "status", "score", "mal_rules"), STATUSES)
def test_an_answer_gets_its_status(
    function: str, answer: str, status: Status, score: float | None, mal_rules: tuple[str, ...] | None
) -> None:
    found = assess(tutor.Exercise.derivative(function), answer)
    assert (found.status, found.score) == (status, score)
    if mal_rules is not None:
        findings = found.cells[0].diagnosis.findings
        assert (findings[0].mal_rules if findings else ()) == mal_rules


def test_the_dropped_middle_layer_is_ticked_as_missing() -> None:
    found = tutor.assess(tutor.Exercise.derivative("exp(sin(x^2))"), "2x exp(sin(x^2))")
    explanation = found.cells[0].explanation
    assert explanation is not None
    assert [layer.tick for layer in explanation.layers] == [Tick.RIGHT, Tick.WRONG, Tick.RIGHT]
    assert found.cells[0].diagnosis.findings[0].mal_rules == ("chain-drop-middle",)


def test_the_friendly_point_shows_both_values() -> None:
    found = tutor.assess(tutor.Exercise.derivative("exp(sin(x^2))"), "2x exp(sin(x^2))")
    explanation = found.cells[0].explanation
    assert explanation is not None
    assert explanation.friendly is not None
    point = dict(explanation.friendly.at)
    slope = oracle.slope(parse("exp(sin(x^2))").expression, "x", point)
    answer = oracle.value(parse("2x exp(sin(x^2))").expression, point)
    assert str(slope).startswith(explanation.friendly.slope.removesuffix("…"))
    assert explanation.friendly.answer is not None
    assert str(answer).startswith(explanation.friendly.answer.removesuffix("…"))


# fmt: off
CELLS = [
    ("(2xy, x^2 + 3y^2)",   Status.CORRECT,    1.0,  ["correct", "correct"]),
    ("(2xy, x^2)",          Status.PARTIAL,    0.5,  ["correct", "incorrect"]),
    ("(x^2 + 3y^2, 2xy)",   Status.INCORRECT,  0.0,  ["incorrect", "incorrect"]),
    ("(2xy, x^2 + )",       Status.UNREADABLE, None, None),
    ("2xy",                 Status.UNREADABLE, None, None),
]
# fmt: on


@pytest.mark.parametrize(("answer", "status", "score", "cells"), CELLS)
def test_a_gradient_is_the_sum_of_its_cells(
    answer: str, status: Status, score: float | None, cells: list[str] | None
) -> None:
    exercise = row_exercise({"function": "x^2*y + y^3", "variables": "x, y"})
    found = assess(exercise, answer)
    assert (found.status, found.score) == (status, score)
    if cells is not None:
        assert [cell.status.value for cell in found.cells] == cells


def test_a_wrong_key_of_a_row_is_the_rows_error() -> None:
    found = assess(row_exercise({"function": "sin(x^2)", "expected": "cos(x^2)"}), "2x cos(x^2)")
    assert found.status is Status.ERROR
    assert found.fault is not None
    assert found.fault.code == "wrong-key"


def test_a_right_key_of_a_row_changes_nothing() -> None:
    found = assess(row_exercise({"function": "sin(x^2)", "expected": "2x cos(x^2)"}), "cos(x^2)*2x")
    assert found.status is Status.CORRECT


def test_an_expected_answer_needs_no_function() -> None:
    exercise = row_exercise({"expected": "2*x*cos(x^2)", "variables": "x"})
    assert assess(exercise, "cos(x^2)*2x").status is Status.CORRECT
    assert assess(exercise, "cos(x^2)*3x").cells[0].diagnosis.remark is not None


def test_a_function_without_a_rule_is_an_error_and_no_crash() -> None:
    found = assess(row_exercise({"function": "x^2", "at": "x=3"}), "6")
    assert found.status is Status.CORRECT


def test_the_variable_must_be_told_when_there_are_several() -> None:
    with pytest.raises(UsageError) as refusal:
        tutor.Exercise.derivative("w*x + b")
    assert refusal.value.code == "which-variable"


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=40))
def test_no_text_raises(answer: str) -> None:
    found = assess(tutor.Exercise.derivative("x^2*sin(x)"), answer)
    assert found.status in set(Status)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="x0123456789+-*/^()., sincoexplgrt|√π²", min_size=1, max_size=24))
def test_an_answer_from_the_keyboard_is_right_only_when_its_value_is(answer: str) -> None:
    found = assess(tutor.Exercise.derivative("x^2*sin(x)"), answer)
    if found.status is Status.CORRECT:
        read = found.cells[0].read
        assert read is not None
        x = Fraction(7, 5)
        wanted = oracle.slope(parse("x^2*sin(x)").expression, "x", {"x": x})
        assert oracle.close(oracle.value(read, {"x": x}), wanted)


def test_the_same_answer_gets_the_same_assessment() -> None:
    exercise = tutor.Exercise.derivative("ln(1 + exp(-x))")
    assert assess(exercise, "1/(1+e^x)") == assess(exercise, "1/(1+e^x)")


def test_an_explanation_names_the_corners_of_its_function() -> None:
    found = assess(tutor.Exercise.derivative("abs(x^2 - 1) + relu(x - 3)"), "0")
    explanation = found.cells[0].explanation
    assert explanation is not None
    assert [to_text(corner) for corner in explanation.corners] == ["x^2 - 1", "x - 3"]


def test_a_corner_of_the_bare_variable_is_named_by_that_variable() -> None:
    for function, variable in (("abs(x)^3", "x"), ("t*relu(t)", "t")):
        explanation = explain(parse(function).expression, (variable,))
        assert [to_text(corner) for corner in explanation.corners] == [variable]


def test_a_right_answer_that_is_read_the_other_way_is_not_wrong() -> None:
    found = assess(tutor.Exercise.derivative("atan(sqrt(x))"), "1/(2sqrt x (1+x))")
    assert (found.status, found.score) == (Status.UNREADABLE, None)
    assert found.fault is not None
    assert found.fault.code == "ambiguous-argument"


def test_a_wrong_answer_stays_wrong_whichever_way_it_is_read() -> None:
    assert assess(tutor.Exercise.derivative("atan(sqrt(x))"), "1/(3sqrt x (1+x))").status is Status.INCORRECT


# fmt: off
EDGES = [
    ("asin(1)*x",              "pi/2", Status.CORRECT),
    ("acos(-1)*x",             "pi",   Status.CORRECT),
    ("sin(x)*acosh(1) + x",    "1",    Status.CORRECT),
    ("sin(x)*acosh(1) + x",    "2",    Status.INCORRECT),
    ("x*sqrt(0) + abs(0)*x^2", "0",    Status.CORRECT),
    ("asin(2)*x",              "3",    Status.UNDECIDED),
]
# fmt: on


@pytest.mark.parametrize(("function", "answer", "status"), EDGES)
def test_a_constant_on_the_edge_of_a_domain_has_its_value(function: str, answer: str, status: Status) -> None:
    assert assess(tutor.Exercise.derivative(function), answer).status is status


def with_mistake(mistake: Mistake) -> tutor.Exercise:
    return replace(tutor.Exercise.derivative("sin(3*x)"), mistakes=(mistake,))


def test_a_mistake_that_the_author_listed_has_the_authors_words_and_credit() -> None:
    listed = Mistake((parse("cos(3*x)").expression,), "lost-the-three", "Where is the slope of 3x?", 0.25)
    found = assess(with_mistake(listed), "cos(2x + x)")
    assert (found.status, found.score) == (Status.PARTIAL, 0.25)
    assert [finding.mal_rules for finding in found.cells[0].diagnosis.findings] == [("lost-the-three",)]
    assert "Where is the slope of 3x?" in found.message


def test_a_listed_mistake_without_credit_is_incorrect() -> None:
    listed = Mistake((parse("cos(3*x)").expression,), "lost-the-three")
    found = assess(with_mistake(listed), "cos(3x)")
    assert (found.status, found.score) == (Status.INCORRECT, 0.0)


def test_a_listed_mistake_that_is_right_changes_nothing() -> None:
    listed = Mistake((parse("3*cos(3*x)").expression,), "not-a-mistake")
    assert assess(with_mistake(listed), "3cos(3x)").status is Status.CORRECT


def test_a_listed_number_is_compared_as_a_number() -> None:
    exercise = row_exercise({"function": "x^3", "at": "x=2"})
    listed = replace(exercise, mistakes=(Mistake((parse("24/2 - 4").expression,), "value-of-f", "That is f(2)."),))
    assert "That is f(2)." in assess(listed, "8").message


@pytest.mark.parametrize(
    ("function", "answer", "slip"),
    [
        ("x^3", "x^4/4 + C", "integrate-instead"),
        ("ln(3x)", "x ln(3x) - x + C", "integrate-instead"),
        ("x^2 sin x", "2x cos x + C", "product-of-derivatives"),
        ("x^3", "3x^2 + C", "constant-of-integration"),
    ],
)
def test_a_constant_of_integration_hides_no_other_slip(function: str, answer: str, slip: str) -> None:
    (cell,) = assess(Exercise.derivative(function), answer).cells
    assert cell.status is Status.INCORRECT
    assert [finding.mal_rules for finding in cell.diagnosis.likeliest] == [(slip,)]
    is_alone = slip == "constant-of-integration"
    assert any("without it" in notice for notice in cell.notices) is not is_alone
