"""The place of a slip in an answer: what is marked is what, replaced by what belongs there, makes the answer right."""

from __future__ import annotations

import mpmath
import pytest

from tests import oracle
from tutor.checking.verdict import Status
from tutor.errors import Span
from tutor.exercise.inline import row_exercise
from tutor.exercise.model import Exercise
from tutor.expression.parser import parse
from tutor.expression.to_text import to_text
from tutor.feedback.answer_place import AnswerPlace
from tutor.feedback.assess import assess
from tutor.feedback.assessment import CellAssessment


def cell(function: str, answer: str) -> CellAssessment:
    assessment = assess(Exercise.derivative(function), answer)
    assert assessment.telling is not None
    return assessment.telling


# fmt: off
WRONG = [
    # function          answer, the place in « »            what belongs there
    ("sin(x^2)",        "2x «cos x»",                       "cos(x^2)"),
    ("sin(x^2)",        "  2x «cos x» ",                    "cos(x^2)"),
    ("5x^4",            "20x^«4»",                          "3"),
    ("x^(-3)",          "-3x^(«-2»)",                       "-4"),
    ("sqrt(5x+2)",      "5/«sqrt(5x+2)»",                   "2*sqrt(5*x + 2)"),
    ("3cos(2x)",        "6 «sin(2x)»",                      "-sin(2*x)"),
    ("6x^5",            "6«x^4»",                           "5*x^4"),
    ("tanh(3x)",        "3(«1+tanh(3x)^2»)",                "1 - tanh(3*x)^2"),
    ("sin(x)/x",        "(x cos x + «sin x»)/x^2",          "-sin(x)"),
    ("sin(x)/x^3",      "(x^3 cos x - 3x^2 sin x)/x^«3»",   "6"),
    ("x^3 - 4x^2",      "3x^2+«8x»",                        "-8*x"),
    ("exp(-x^2)",       "-2x «exp(-2x)»",                   "exp(-x^2)"),
    ("x^3 + cos(2x)",   "dy/dx = 3x^2 + 2«sin(2x)»",        "-sin(2*x)"),
    ("exp(cos(3x))",    "3 «sin(3x)» exp(cos(3x))",         "-sin(3*x)"),
]
MISSING = [
    ("exp(sin(x^2))",   "«2x exp(sin(x^2))»",               "cos(x^2)"),
    ("x^2 sin(3x)",     "2x sin(3x) + «x^2 cos(3x)»",       "3"),
    ("x^3+ln(4x)",      "3x^2+«1/(4x)»",                    "4"),
    ("sin(3x)cos(5x)",  "«cos(3x)cos(5x)» - 5sin(3x)sin(5x)", "3"),
]
# fmt: on


@pytest.mark.parametrize(("function", "marked", "belongs"), WRONG, ids=[row[1] for row in WRONG])
def test_the_wrong_part_is_marked_and_what_belongs_there_is_known(function: str, marked: str, belongs: str) -> None:
    answer = marked.replace("«", "").replace("»", "")
    place = cell(function, answer).place
    assert place is not None
    assert place.belongs is not None
    start, end = place.span
    assert f"{answer[:start]}«{answer[start:end]}»{answer[end:]}" == marked
    assert (place.missing, to_text(place.belongs)) == (False, belongs)
    assert_right(function, f"{answer[:start]}({to_text(place.belongs)}){answer[end:]}")


@pytest.mark.parametrize(("function", "marked", "factor"), MISSING, ids=[row[1] for row in MISSING])
def test_the_product_that_lacks_a_factor_is_marked(function: str, marked: str, factor: str) -> None:
    answer = marked.replace("«", "").replace("»", "")
    place = cell(function, answer).place
    assert place is not None
    assert place.belongs is not None
    start, end = place.span
    assert f"{answer[:start]}«{answer[start:end]}»{answer[end:]}" == marked
    assert (place.missing, to_text(place.belongs)) == (True, factor)
    assert_right(function, f"{answer[:start]}({answer[start:end]})*({to_text(place.belongs)}){answer[end:]}")


def assert_right(function: str, mended: str) -> None:
    """An answer agrees with the slope of the function, as mpmath has both."""
    for x in ("0.37", "0.81", "1.93"):
        point = {"x": mpmath.mpf(x)}
        slope = oracle.slope(parse(function).expression, "x", point)
        assert oracle.close(oracle.value(parse(mended).expression, point), slope)


# fmt: off
NOWHERE = [
    ("x^2 sin(x)",   "2x cos x",             "product of derivatives: the whole is wrong"),
    ("x^3 + sin(x)", "x^3 + sin(x)",         "not differentiated at all"),
    ("x^3",          "x^4/4",                "integrated"),
    ("x^3*sin(x)^2", "x^7",                  "nothing explains it"),
]
# fmt: on


@pytest.mark.parametrize(("function", "answer", "why"), NOWHERE, ids=[row[2] for row in NOWHERE])
def test_where_no_part_can_be_blamed_none_is(function: str, answer: str, why: str) -> None:
    found = cell(function, answer)
    assert found.place is None, why
    assert all(finding.answer_span is None for finding in found.diagnosis.findings)


def test_each_finding_carries_its_place_for_scripts() -> None:
    found = cell("x^2 sin(3x)", "2x sin(3x) + x^2 cos(3x)").diagnosis.findings
    assert len(found) > 1
    assert {finding.answer_span for finding in found} == {Span(13, 24)}


def test_of_ties_with_different_places_the_change_is_shown_that_mends_the_answer_whichever_holds() -> None:
    found = cell("x·cos(3x)", "cos(3x) + 3x·sin(3x)")
    assert len({finding.answer_span for finding in found.diagnosis.likeliest}) > 1
    assert found.place is not None
    assert (found.place.span, found.place.missing) == (Span(10, 20), False)
    assert_right("x·cos(3x)", "cos(3x) + (-(3x·sin(3x)))")


# fmt: off
SUPERFLUOUS = [
    ("x^2 + 3",          "2x + «3»"),
    ("x^3*sin(x)^2",     "«7»(3x^2 sin(x)^2 + 2x^3 sin(x) cos(x))"),
    ("x^2 - 3",          "2x - «3»"),
    ("sin(x)",           "cos x + «sin x»"),
    ("x^2",              "2x(1 - «x»)"),
]
# fmt: on


@pytest.mark.parametrize(("function", "marked"), SUPERFLUOUS, ids=[row[1] for row in SUPERFLUOUS])
def test_a_factor_or_term_without_which_the_answer_is_right_is_superfluous(function: str, marked: str) -> None:
    answer = marked.replace("«", "").replace("»", "")
    place = cell(function, answer).place
    assert place is not None
    start, end = place.span
    assert (f"{answer[:start]}«{answer[start:end]}»{answer[end:]}", place.superfluous) == (marked, True)


@pytest.mark.parametrize("answer", ["20x^«4»", "x^«2»"], ids=["an exponent", "an exponent that should be 1"])
def test_what_another_thing_belongs_in_the_place_of_is_not_superfluous(answer: str) -> None:
    place = cell("5x^4" if "20" in answer else "x^2/2", answer.replace("«", "").replace("»", "")).place
    assert place is not None
    assert not place.superfluous


def test_two_slips_in_one_term_show_the_number_that_it_lacks() -> None:
    answer = "3x^2 cos(2x) + x^3 sin(2x)"
    found = cell("x^3 cos(2x)", answer)
    assert {len(finding.mal_rules) for finding in found.diagnosis.likeliest} == {2}
    assert found.place is not None
    assert found.place.missing
    assert found.place.belongs is not None
    assert (answer[found.place.span.start :], to_text(found.place.belongs)) == ("x^3 sin(2x)", "-2")
    assert_right("x^3 cos(2x)", "3x^2 cos(2x) + (-2)*(x^3 sin(2x))")


def test_of_ties_the_number_that_mends_the_answer_is_shown() -> None:
    exercise = row_exercise({"function": "sin(3*x)", "order": 2})
    found = assess(exercise, "-3 sin(3x)").telling
    assert found is not None
    assert len(found.diagnosis.likeliest) > 2
    assert found.place == AnswerPlace(Span(1, 2), missing=False, belongs=parse("9").expression)


def test_a_value_at_a_point_has_no_place() -> None:
    found = assess(row_exercise({"function": "3*x", "at": {"x": "2"}}), "2 + 2").telling
    assert found is not None
    assert found.place is None


def test_a_constant_of_integration_is_the_place_itself() -> None:
    found = cell("x^2", "2x + C")
    assert found.place is not None
    assert "2x + C"[found.place.span.start :] == "+ C"
    assert found.place.belongs is None
    assert found.place.superfluous


def test_the_place_in_an_entry_of_a_gradient_counts_from_the_beginning_of_that_entry() -> None:
    exercise = row_exercise({"function": "x^2*y + cos(3*y)", "variables": ["x", "y"]})
    found = assess(exercise, "(2x*y, x^2 + 3 sin(3y))").telling
    assert found is not None
    assert found.place is not None
    assert found.answer[found.place.span.start : found.place.span.end] == "sin(3y)"


def test_a_number_that_would_have_to_be_infinite_at_some_points_has_no_place() -> None:
    found = assess(Exercise.derivative("max(x, x/10)"), "1/10 + sign(x)")
    assert found.status is Status.INCORRECT
