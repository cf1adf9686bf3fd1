"""The result row: its fields in their order, and the meaning of each for one cell and for several."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.render import samples
from tutor import __version__
from tutor.checking.verdict import Enclosure, NumericCheck, Outcome, Status, SymbolicCheck, Witness
from tutor.errors import Span
from tutor.feedback.assessment import Assessment, Fault
from tutor.feedback.finding import Diagnosis, Finding
from tutor.render.to_json import FIELDS, Given, line, row, steps, unassessed

CONTRACT = (
    *("schema_version", "program_version", "row", "id", "learner", "exercise", "exercise_hash"),
    *("variant", "function", "attempt", "answer", "read_as", "notices"),
    *("status", "score", "max_score", "proved", "holds"),
    *("symbolic", "numeric", "diagnosis", "cells", "certificate", "message", "error"),
)
ASSESSMENTS = {name: value for name, value in vars(samples).items() if isinstance(value, Assessment)}


@pytest.mark.parametrize("name", ASSESSMENTS, ids=str)
def test_every_assessment_is_a_row_with_all_fields_in_order(name: str) -> None:
    plain = row(ASSESSMENTS[name])
    assert tuple(plain) == CONTRACT == FIELDS
    assert json.loads(line(plain)) == plain
    assert (plain["schema_version"], plain["program_version"]) == (1, __version__)
    assert len(plain["cells"]) == len(ASSESSMENTS[name].cells)


NONE = {"certificate": None}

WITNESS = Witness({"y": Fraction(-2), "x": Fraction(5, 4)}, Enclosure("0.0207", "1e-53"), Enclosure("0.7883", "2e-24"))
WRONG = replace(
    samples.CELL,
    symbolic=SymbolicCheck(Outcome.DIFFERENT, "balls"),
    numeric=NumericCheck(Outcome.DIFFERENT, 6, "2e-24", WITNESS),
    diagnosis=Diagnosis(
        (
            Finding(("a", "b"), certain=False, answer_span=Span(3, 9)),
            samples.FINDING,
        )
    ),
)


def test_the_evidence_of_one_cell_stands_at_the_top() -> None:
    plain = row(samples.only(WRONG))
    assert plain["read_as"] == "2*x*exp(sin(x^2))"
    assert plain["symbolic"] == {"outcome": "different", "method": "balls"}
    assert plain["numeric"] == {
        "outcome": "different",
        "points": 6,
        "tolerance": "2e-24",
        "witness": {
            "at": {"x": "5/4", "y": "-2"},
            "slope": {"mid": "0.0207", "rad": "1e-53"},
            "answer": {"mid": "0.7883", "rad": "2e-24"},
        },
    }
    nothing = dict.fromkeys(("layer", "at", "expected", "observed"))
    assert plain["diagnosis"] == [
        {"mal_rules": ["a", "b"], "certain": False, "cell": 0, **nothing, "answer_span": [3, 9]},
        {
            "mal_rules": ["chain-drop-middle"],
            "certain": True,
            "cell": 0,
            "layer": 1,
            "at": "sin(x^2)",
            "expected": "cos(x^2)",
            "observed": None,
            "answer_span": None,
        },
    ]
    assert plain["cells"] == [
        {"name": "f'(x)", "answer": "2x exp(sin(x^2))", "status": "incorrect", "score": 0.0} | NONE
    ]


def test_an_answer_without_a_value_at_the_point() -> None:
    cell = replace(WRONG, numeric=NumericCheck(Outcome.DIFFERENT, 1, None, replace(WITNESS, answer=None)))
    assert row(samples.only(cell))["numeric"]["witness"]["answer"] is None


RIGHT_CELL = replace(
    samples.RIGHT.cells[0], name="∂f/∂x", holds=("x > 0",), symbolic=SymbolicCheck(Outcome.EQUAL, "normal-form")
)


def _several(*cells: Any, status: Status) -> dict[str, Any]:
    return row(replace(samples.MISSING_MIDDLE, cells=cells, status=status, score=1 / 3))


def test_the_first_cell_that_is_not_right_tells() -> None:
    plain = _several(RIGHT_CELL, replace(WRONG, name="∂f/∂y", proved=True), WRONG, status=Status.PARTIAL)
    assert plain["score"] == 0.333333
    assert plain["symbolic"]["outcome"] == "different"
    assert (plain["proved"], plain["holds"]) == (True, [])
    assert {entry["cell"] for entry in plain["diagnosis"]} == {1}
    assert [cell["status"] for cell in plain["cells"]] == ["correct", "incorrect", "incorrect"]
    assert [entry["cell"] for entry in plain["cells"][2]["diagnosis"]] == [2, 2]
    assert plain["cells"][0]["read_as"] == "2*x*cos(x^2)*exp(sin(x^2))"
    assert plain["read_as"] == f"({plain['cells'][0]['read_as']}, {', '.join(['2*x*exp(sin(x^2))'] * 2)})"


def test_all_right_is_proved_when_every_cell_is() -> None:
    unproved = replace(RIGHT_CELL, proved=False, holds=("x < 0", "x > 0"))
    assert _several(RIGHT_CELL, RIGHT_CELL, status=Status.CORRECT)["proved"] is True
    both = _several(RIGHT_CELL, unproved, status=Status.CORRECT)
    assert both["proved"] is False
    assert both["holds"] == ["x > 0", "x < 0"]


def test_what_cannot_be_read_says_why_and_where() -> None:
    plain = row(samples.UNREADABLE)
    assert (plain["status"], plain["score"], plain["read_as"]) == ("unreadable", None, None)
    assert plain["error"] == {
        "code": "missing-factor",
        "message": "a power is missing after ^",
        "span": [3, 4],
        "suggestion": "Write the exponent after ^, as in x^3.",
    }


def test_what_was_given_comes_back() -> None:
    extra = {"seconds": "04", "status": "old", "numeric.points": "3", "input": 1, "note": None}
    given_row = Given(17, ["any"], "ana", "e1", 3, "x^2", 2, extra)
    plain = row(samples.RIGHT, given_row)
    assert tuple(plain) == (*CONTRACT, "seconds", "note", "input")
    assert [plain[name] for name in ("row", "id", "learner", "exercise", "variant", "function", "attempt")] == [
        17,
        ["any"],
        "ana",
        "e1",
        3,
        "x^2",
        2,
    ]
    assert (plain["seconds"], plain["note"], plain["status"]) == ("04", None, "correct")
    assert plain["input"] == {"status": "old", "numeric.points": "3", "input": 1}


def test_an_inline_exercise_has_no_name() -> None:
    assert row(samples.RIGHT)["exercise"] is None
    named = replace(samples.RIGHT, exercise=replace(samples.EXERCISE, id="chain-01"))
    assert row(named)["exercise"] == "chain-01"


def test_what_was_not_assessed_has_the_same_fields() -> None:
    plain = unassessed("2x", Status.ERROR, Fault("short-row", "line 3: 2 fields", suggestion="add one"))
    assert {*plain} < {*CONTRACT}
    assert plain.keys() == {*CONTRACT} - {"schema_version", "program_version", "row", "id", "learner"} - {
        "variant",
        "function",
        "attempt",
    }
    assert plain["cells"] == [{"name": "answer", "answer": "2x", "status": "error", "score": None} | NONE]


def test_steps_are_the_layers_and_the_rules() -> None:
    plain = steps(samples.EXPLANATION)
    assert [(layer["number"], layer["outer"], layer["inside"], layer["tick"]) for layer in plain["layers"]] == [
        (1, "exp(u)", "sin(v)", "right"),
        (2, "sin(v)", "x^2", "wrong"),
        (3, "x^2", None, "right"),
    ]
    assert plain["layers"][1]["remark"] == "missing from your answer"
    assert [part["number"] for part in plain["steps"][0]["steps"]] == ["1.1", "1.2"]
    assert plain["derivative"] == "2*x*cos(x^2)*exp(sin(x^2))"


@settings(max_examples=400, deadline=None)
@given(st.text(), st.booleans())
def test_any_text_is_one_printable_line_that_says_the_same(text: str, only_ascii: bool) -> None:
    written = line({"answer": text}, only_ascii=only_ascii)
    assert written.isprintable()
    assert written.isascii() or not only_ascii
    assert json.loads(written) == {"answer": text}


def test_what_json_cannot_say_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        line({"score": float("nan")})
