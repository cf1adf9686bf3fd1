"""Tables with one column an exercise, as forms and spreadsheets write them."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.apps.grade_csv import read_csv
from tutor.apps.grade_names import ExerciseNames
from tutor.apps.grade_rows import Row
from tutor.apps.grade_source import Lines
from tutor.errors import InputFileError

NAMES = ExerciseNames(None)


def rows_of(text: str, wanted: str | None = None) -> list[Row]:
    return list(read_csv(Lines("form.csv", io.StringIO(text, newline="")), NAMES, wanted))


def parts(text: str, wanted: str | None = None) -> list[tuple[Any, Any, Any]]:
    return [tuple(row.fields.get(name) for name in ("learner", "exercise", "answer")) for row in rows_of(text, wanted)]  # type: ignore[misc]


TITLES = {
    "an id": ("u04-sinsq", "u04-sinsq"),
    "an id in another case": (" U04-SinSq ", "u04-sinsq"),
    "a variant": ("u04-sinsq#17", "u04-sinsq#17"),
    "an id and the question": ("u04-sinsq: d/dx sin(x^2)", "u04-sinsq"),
    "an id with a stop": ("u04-sinsq. Differentiate", "u04-sinsq"),
    "the question and an id in brackets": ("Differentiate sin(x^2) [u04-sinsq]", "u04-sinsq"),
    "an id in parentheses": ("(u04-sinsq) Differentiate f(x)", "u04-sinsq"),
    "the mark of a form": ("u04-sinsq score", None),
    "a variant that is no number": ("u04-sinsq#two", None),
    "a question": ("d/dx sin(x^2)", None),
    "nothing": ("", None),
}


@pytest.mark.parametrize("case", TITLES, ids=str)
def test_the_exercise_in_a_title(case: str) -> None:
    title, expected = TITLES[case]
    assert NAMES.found(title) == expected


READ: dict[str, tuple[str, list[tuple[Any, Any, Any]]]] = {
    "two exercises": (
        "learner,u04-sinsq,u02-poly1\nana,1,2\nben,3,4\n",
        [("ana", "u04-sinsq", "1"), ("ana", "u02-poly1", "2"), ("ben", "u04-sinsq", "3"), ("ben", "u02-poly1", "4")],
    ),
    "an empty cell is a missing answer": (
        "learner,u04-sinsq,u02-poly1\nana,,2\n",
        [("ana", "u04-sinsq", ""), ("ana", "u02-poly1", "2")],
    ),
    "a name": ("Timestamp,Name,u04-sinsq\n10:00,Ana,1\n", [("Ana", "u04-sinsq", "1")]),
    "a name before an address": ("E-mail address,Name,u04-sinsq\na@b,Ana,1\n", [("Ana", "u04-sinsq", "1")]),
    "nobody": ("colour,u04-sinsq\nred,1\n", [(None, "u04-sinsq", "1")]),
    "semicolons": ("Name;u04-sinsq\nAna;(1, 2)\n", [("Ana", "u04-sinsq", "(1, 2)")]),
    "semicolons and no known name": ("Klasse;u04-sinsq\n7b;1\n", [(None, "u04-sinsq", "1")]),
    "tabs": ("Name\tu04-sinsq\nAna\t1\n", [("Ana", "u04-sinsq", "1")]),
}


@pytest.mark.parametrize("case", READ, ids=str)
def test_every_cell_below_an_exercise_is_a_row(case: str) -> None:
    text, expected = READ[case]
    assert parts(text) == parts(text, "wide") == expected


def test_rows_are_counted_on_and_carry_the_other_columns() -> None:
    rows = rows_of("Timestamp,Name,u04-sinsq,u02-poly1,attempt\n1,Ana,a,b,2\n2,Ben,c,d,1\n")
    assert [(row.number, row.line, row.extra, row.fields["attempt"]) for row in rows] == [
        (1, 2, {"Timestamp": "1"}, "2"),
        (2, 2, {"Timestamp": "1"}, "2"),
        (3, 3, {"Timestamp": "2"}, "1"),
        (4, 3, {"Timestamp": "2"}, "1"),
    ]


def test_a_line_that_does_not_fit_is_one_broken_row_of_its_learner() -> None:
    short, good = rows_of("learner,u04-sinsq,u02-poly1\nana,1\nben,2,3\n")[:2]
    assert short.fault is not None
    assert (short.fault.code, short.fields["learner"]) == ("short-row", "ana")
    assert (good.number, good.fields["answer"]) == (2, "2")


REFUSED = {
    "a misspelt exercise": ("learner,u04-sinsq,u02-polly1\n", None, "unknown-exercise", "u02-poly1"),
    "two columns of one exercise": ("learner,u04-sinsq,[u04-sinsq] again\n", None, "double-column", "rename"),
    "only a misspelt exercise": ("learner,u04-sinqs\n", None, "missing-column", "u04-sinsq"),
    "nothing that is an exercise": ("learner,colour\n", None, "missing-column", "learner,exercise,answer"),
    "a long table read as a wide one": ("learner,exercise,answer\n", "wide", "missing-column", "learner"),
    "a wide table read as a long one": ("learner,u04-sinsq\n", "csv", "missing-column", "--from wide"),
}


@pytest.mark.parametrize("case", REFUSED, ids=str)
def test_a_header_that_cannot_be_used_says_why(case: str) -> None:
    text, wanted, code, remedy = REFUSED[case]
    with pytest.raises(InputFileError) as caught:
        rows_of(text, wanted)
    assert caught.value.code == code
    assert caught.value.message.startswith("form.csv:1: ")
    assert remedy in (caught.value.suggestion or "")


ID = st.sampled_from(["u04-sinsq", "u02-poly1", "u08-g-xyz"])
CELL = st.text(st.characters(exclude_characters='\0"\r\n', exclude_categories=["Cs"]), max_size=8)


@settings(max_examples=200, deadline=None)
@given(st.lists(ID, min_size=1, max_size=3, unique=True), st.lists(st.lists(CELL, min_size=3, max_size=3), max_size=5))
def test_a_wide_table_is_a_long_one_turned(exercises: list[str], table: list[list[str]]) -> None:
    lines = [["ana", *cells[: len(exercises)]] for cells in table]
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in [["learner", *exercises], *lines])
    wanted = [("ana", exercise, cell) for line in lines for exercise, cell in zip(exercises, line[1:], strict=True)]
    assert parts(text) == wanted
