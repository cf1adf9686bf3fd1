"""An answer in another form than asked, through the whole pipeline: status, code, what to change, screen, row."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

import tutor
from tutor.checking.verdict import Outcome, Status
from tutor.exercise.inline import row_exercise
from tutor.exercise.model import Exercise
from tutor.feedback.assess import assess
from tutor.render.document import document, verdict_page
from tutor.render.look import Look
from tutor.render.to_json import row
from tutor.render.to_terminal import to_terminal


def asking(form: str, function: str) -> Exercise:
    return replace(tutor.Exercise.derivative(function), form=form)


# fmt: off
ANSWERS = [
    # form                   function         answer                       status             score  what is said
    ("factored",              "x^3 + x^2",     "x(3x + 2)",                 Status.CORRECT,    1.0,  None),
    ("factored",              "x^3 + x^2",     "3x^2 + 2x",                 Status.EQUIVALENT, 0.9,  "take x out"),
    ("factored",              "x^3 + x^2",     "3x^2 + x",                  Status.INCORRECT,  0.0,  None),
    ("factored",              "x^3 + x^2",     "3x^2 + 2x + C",             Status.INCORRECT,  0.0,  None),
    ("factored",              "x^3 + x^2",     "3x^2 +",                    Status.UNREADABLE, None, None),
    ("factored",              "x^2*exp(x)",    "x e^x (x + 2)",             Status.CORRECT,    1.0,  None),
    ("factored",              "x^2*exp(x)",    "e^x (x^2 + 2x)",            Status.EQUIVALENT, 0.9,  "take x out of"),
    ("factored",              "x^5/5 - x",     "x^4 - 1",                   Status.EQUIVALENT, 0.9,  "can be factored"),
    ("expanded",              "(x^2 + 1)^2",   "4x^3 + 4x",                 Status.CORRECT,    1.0,  None),
    ("expanded",              "(x^2 + 1)^2",   "4x(x^2 + 1)",               Status.EQUIVALENT, 0.9,  "multiply out"),
    ("simplified",            "x^3",           "3x^2",                      Status.CORRECT,    1.0,  None),
    ("simplified",            "x^3",           "3x^(3 - 1)",                Status.EQUIVALENT, 0.9,  "work out"),
    ("simplified",            "x^2*x",         "2x*x + x^2",                Status.EQUIVALENT, 0.9,  "like terms"),
    ("no-quotient",           "exp(-x/2)",     "-exp(-x/2)/2",              Status.CORRECT,    1.0,  None),
    ("no-quotient",           "exp(-x)",       "-1/exp(x)",                 Status.EQUIVALENT, 0.9,  "quotients"),
    ("no-negative-exponents", "1/x",           "-1/x^2",                    Status.CORRECT,    1.0,  None),
    ("no-negative-exponents", "1/x",           "-x^-2",                     Status.EQUIVALENT, 0.9,  "as a fraction"),
    ("single-fraction",       "x - 1/x",       r"\frac{x^2 + 1}{x^2}",      Status.CORRECT,    1.0,  None),
    ("single-fraction",       "x - 1/x",       "1 + 1/x^2",                 Status.EQUIVALENT, 0.9,  "over one line"),
    ("any",                   "x^3 + x^2",     "x*x*3 + x + x",             Status.CORRECT,    1.0,  None),
]
# fmt: on


@pytest.mark.parametrize(("form", "function", "answer", "status", "score", "said"), ANSWERS)
def test_the_form_is_judged_after_the_value(
    form: str, function: str, answer: str, status: Status, score: float | None, said: str | None
) -> None:
    found = assess(asking(form, function), answer)
    assert (found.status, found.score) == (status, score), found
    assert (found.cells[0].code == "wrong-form") == (status is Status.EQUIVALENT)
    if said is None:
        assert not any("asked for" in notice for notice in found.notices)
    else:
        (notice,) = found.notices
        assert said in notice


def test_an_equivalent_answer_keeps_the_evidence_of_its_value() -> None:
    found = assess(asking("factored", "x^3 + x^2"), "3x^2 + 2x")
    cell = found.cells[0]
    assert cell.proved
    assert (cell.symbolic.outcome, cell.numeric.outcome) == (Outcome.EQUAL, Outcome.EQUAL)
    assert not cell.diagnosis.findings


def test_the_points_of_the_exercise_are_weighed() -> None:
    found = assess(replace(asking("factored", "x^3 + x^2"), points=2.0), "3x^2 + 2x")
    assert (found.score, found.max_score) == (1.8, 2.0)


def test_the_row_says_what_to_change() -> None:
    plain = row(assess(asking("factored", "x^3 + x^2"), "3x^2 + 2x"))
    assert json.loads(json.dumps(plain)) == plain
    assert (plain["status"], plain["score"], plain["error"]) == ("equivalent", 0.9, None)
    assert plain["cells"][0]["code"] == "wrong-form"
    assert plain["notices"] == ["A product is asked for: take x out of 3x² + 2x."]
    assert plain["message"] == "The right value, in another form than asked."


def test_the_screen_says_what_to_change_and_no_answer() -> None:
    found = assess(asking("factored", "x^3 + x^2"), "3x^2 + 2x")
    for page in (document(found), verdict_page(found)):
        screen = to_terminal(page, Look())
        assert "Right value, another form is asked for." in screen
        assert "Note: A product is asked for: take x out of 3x² + 2x." in " ".join(screen.split())
        assert "3x + 2)" not in screen


GRADIENT = {"function": "x^2*y + x*y^2", "variables": ["x", "y"], "form": "factored"}


@pytest.mark.parametrize(
    ("answer", "status", "cells"),
    [
        ("(y(2x + y), x(x + 2y))", Status.CORRECT, ["correct", "correct"]),
        ("(y(2x + y), x^2 + 2xy)", Status.EQUIVALENT, ["correct", "equivalent"]),
        ("(2xy + y^2, x^2 + 2xy)", Status.EQUIVALENT, ["equivalent", "equivalent"]),
        ("(y(2x + y), x^2 + xy)", Status.PARTIAL, ["correct", "incorrect"]),
        ("(2xy + y^2, x^2 + xy)", Status.PARTIAL, ["equivalent", "incorrect"]),
    ],
)
def test_each_cell_has_its_own_form(answer: str, status: Status, cells: list[str]) -> None:
    found = assess(row_exercise(GRADIENT), answer)
    assert found.status is status
    assert [cell.status.value for cell in found.cells] == cells


def test_the_screen_of_several_cells_says_which_one_has_another_form() -> None:
    screen = to_terminal(document(assess(row_exercise(GRADIENT), "(y(2x + y), x^2 + 2xy)")), Look())
    (line,) = [line for line in screen.splitlines() if "but another form" in line]
    assert "∂f/∂y" in line
