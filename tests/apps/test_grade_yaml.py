"""The answers of one learner in YAML: scalars stay text, every fault has its place."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.apps.grade_rows import Row
from tutor.apps.grade_source import LONGEST_LINE, Lines
from tutor.apps.grade_yaml import read_answers
from tutor.errors import ExerciseErrors, InputFileError, TutorError


def rows_of(text: str) -> list[Row]:
    return list(read_answers(Lines("ana.yaml", io.StringIO(text, newline=""))))


def answers(text: str) -> list[Any]:
    return [row.fault.code if row.fault else (row.fields["exercise"], row.fields["answer"]) for row in rows_of(text)]


HEAD = "learner: ana\nanswers:\n"

READ: dict[str, tuple[str, list[Any]]] = {
    "text": (HEAD + "  e1: 2x cos(x^2)\n", [("e1", "2x cos(x^2)")]),
    "what YAML would take for something else": (
        HEAD + "  e1: 1e-5\n  e2: no\n  e3: 010\n  e4: 12:30\n  e5: .5\n  e6: 0x1F\n",
        [("e1", "1e-5"), ("e2", "no"), ("e3", "010"), ("e4", "12:30"), ("e5", ".5"), ("e6", "0x1F")],
    ),
    "a variant": (HEAD + "  e1#7: 5*cos(5*x + 2)          # a remark\n", [("e1#7", "5*cos(5*x + 2)")]),
    "a list": (HEAD + "  e1: [y*z, x*z, x*y]\n", [("e1", "[y*z, x*z, x*y]")]),
    "a list of lines": (HEAD + "  e1:\n  - 2x\n  - 3\n", [("e1", "[2x, 3]")]),
    "a list of lists": (HEAD + "  e1: [[-1, max], [1, min]]\n", [("e1", "[[-1, max], [1, min]]")]),
    "a mapping": (HEAD + "  e1: {q: [9, 1], x: [3, 7]}\n", [("e1", "q = [9, 1]; x = [3, 7]")]),
    "nothing": (HEAD + "  e1:\n  e2: ~\n  e3: ''\n", [("e1", ""), ("e2", ""), ("e3", "")]),
    "quotes": (HEAD + '  e1: "*x"\n', [("e1", "*x")]),
    "several lines": (HEAD + "  e1: |\n    2x\n    + 1\n", [("e1", "2x\n+ 1\n")]),
    "no answers": ("learner: ana\nanswers: {}\n", []),
    "answers left out": ("learner: ana\nanswers:\n", []),
    "Windows line ends": (HEAD.replace("\n", "\r\n") + "  e1: 2x\r\n", [("e1", "2x")]),
    "old Macintosh line ends": (HEAD.replace("\n", "\r") + "  e1: 2x\r", [("e1", "2x")]),
    "names in any case": ("Learner: ana\nANSWERS:\n  e1: 2x\n", [("e1", "2x")]),
    "rows": (
        "answers:\n- {exercise: e1, answer: [2x, 3]}\n- {exercise: e2}\n- 5\n",
        [("e1", "[2x, 3]")] + ["missing-column"] * 2,
    ),
}


@pytest.mark.parametrize("case", READ, ids=str)
def test_answers_are_read(case: str) -> None:
    text, expected = READ[case]
    assert answers(text) == expected


def test_rows_know_who_where_and_what_else() -> None:
    first, second = rows_of("# spring\nlearner: 007\ncourse: B\nattempt: 2\nanswers:\n  e1: 2x\n  e2: [1]\n")
    assert (first.number, first.line, first.place) == (1, 6, "ana.yaml:6")
    assert (second.number, second.line) == (2, 7)
    assert first.fields == {"learner": "007", "attempt": "2", "exercise": "e1", "answer": "2x"}
    assert first.extra == {"course": "B"}


def test_a_student_is_a_learner() -> None:
    (row,) = rows_of("student: ana\nanswers: {e1: 2x}\n")
    assert row.fields["learner"] == "ana"


def test_rows_bring_their_own_exercise() -> None:
    (row,) = rows_of(
        "learner: ana\nanswers:\n- function: x*y\n  variables: [x, y]\n  domain: {x: [0, 1]}\n  answer: (y, x)\n"
    )
    assert row.inline == {"function": "x*y", "variables": ["x", "y"], "domain": {"x": ["0", "1"]}}
    assert row.fields["answer"] == "(y, x)"


FAULTS = {
    "a star": (HEAD + "  e1: *x\n", "alias", 3),
    "an exclamation mark": (HEAD + "  e1: !x\n", "tag", 3),
    "the same exercise twice": (HEAD + "  e1: 2x\n  e1: 3x\n", "duplicate-key", 4),
    "a tab": ("learner: ana\nanswers:\n\te1: 2x\n", "tab", 3),
    "a misspelt field": ("learner: ana\nanwsers:\n  e1: 2x\n", "unknown-field", 2),
    "no answers": ("learner: ana\ncourse: B\n", "missing-field", 1),
    "a list": ("- 2x\n", "not-a-mapping", 1),
    "text": ("2x cos x\n", "not-a-mapping", 1),
    "an answer without its exercise": ("learner: ana\nanswers: 2x\n", "not-a-mapping", 2),
    "only a remark": ("# nothing\n", "empty-file", 1),
    "two documents": (HEAD + "  e1: 2x\n---\nlearner: ben\n", "several-documents", 4),
    "an open bracket": (HEAD + "  e1: [2x, 3\n", "yaml", 3),
}


@pytest.mark.parametrize("case", FAULTS, ids=str)
def test_faults_have_their_place_and_a_remedy(case: str) -> None:
    text, code, line = FAULTS[case]
    with pytest.raises(ExerciseErrors) as caught:
        rows_of(text)
    first = caught.value.errors[0]
    assert (first.code, first.file, first.line) == (code, "ana.yaml", line)


@pytest.mark.parametrize("text", ["a: " + "x" * (LONGEST_LINE + 5), "a: 2x\n" * 200_000], ids=["line", "file"])
def test_what_is_too_long_is_refused(text: str) -> None:
    with pytest.raises(InputFileError) as caught:
        rows_of(text)
    assert caught.value.code == "too-long"


PLAIN = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(PLAIN, PLAIN, max_size=5))
def test_quoted_answers_come_back_as_they_are(table: dict[str, str]) -> None:
    text = HEAD.replace("\n", " \n") + "".join(f"  '{name}': '{value}'\n" for name, value in table.items())
    assert answers(text) == list(table.items())


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_rows_or_clear_errors(text: str) -> None:
    for whole in (text, HEAD + text):
        try:
            assert all(isinstance(row, Row) for row in rows_of(whole))
        except TutorError:
            continue
