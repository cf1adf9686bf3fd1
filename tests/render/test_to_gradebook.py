"""The gradebook: one row a learner, one column an exercise; the last attempt counts, nothing unsettled is wrong."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.render.to_gradebook import ENDING, Gradebook


def result(learner: Any, exercise: Any, status: str, score: float | None = None, **further: Any) -> dict[str, Any]:
    given = {"variant": None, "function": None, "attempt": None, "max_score": 1.0, "error": None}
    return given | {"learner": learner, "exercise": exercise, "status": status, "score": score} | further


def right(learner: Any, exercise: Any, **further: Any) -> dict[str, Any]:
    return result(learner, exercise, "correct", 1.0, **further)


def wrong(learner: Any, exercise: Any, **further: Any) -> dict[str, Any]:
    return result(learner, exercise, "incorrect", 0.0, **further)


EMPTY: dict[str, Any] = {"error": {"code": "empty"}}


def book(*rows: dict[str, Any]) -> str:
    gradebook = Gradebook()
    for row in rows:
        gradebook.add(row)
    return gradebook.text()


HEAD = "total,max,percent,undecided,unreadable,error,missing"

BOOKS: dict[str, tuple[tuple[dict[str, Any], ...], str]] = {
    "nothing": ((), f"learner,{HEAD}\n"),
    "two learners": (
        (right("ana", "b"), right("ana", "a"), wrong("ben", "a"), right("ben", "b")),
        f"learner,b,a,{HEAD}\nana,1,1,2,2,100,0,0,0,0\nben,1,0,1,2,50,0,0,0,0\n",
    ),
    "the last attempt counts": (
        (right("ana", "a"), wrong("ana", "a")),
        f"learner,a,{HEAD}\nana,0,0,1,0,0,0,0,0\n",
    ),
    "the highest attempt counts where they are numbered": (
        (right("ana", "a", attempt=2), wrong("ana", "a", attempt=1)),
        f"learner,a,{HEAD}\nana,1,1,1,100,0,0,0,0\n",
    ),
    "an unsettled answer is left out of the sum and of the maximum": (
        (right("ana", "a"), result("ana", "b", "undecided"), result("ana", "c", "unreadable")),
        f"learner,a,b,c,{HEAD}\nana,1,,,1,1,100,1,1,0,0\n",
    ),
    "a missing answer counts in the maximum": (
        (right("ana", "a"), right("ana", "b"), right("ben", "a"), result("cai", "a", "unreadable", **EMPTY)),
        f"learner,a,b,{HEAD}\nana,1,1,2,2,100,0,0,0,0\nben,1,,1,2,50,0,0,0,1\ncai,,,0,2,0,0,0,0,2\n",
    ),
    "an exercise that nobody has has no column": (
        (right("ana", "a"), result("ben", "typo", "error"), right("ben", "a")),
        f"learner,a,{HEAD}\nana,1,1,1,100,0,0,0,0\nben,1,1,1,100,0,0,1,0\n",
    ),
    "a row that names nothing is an error of its learner": (
        (right("ana", "a"), result("ana", None, "error"), result(None, None, "error")),
        f"learner,a,{HEAD}\nana,1,1,1,100,0,0,1,0\n,,0,1,0,0,0,1,1\n",
    ),
    "points": (
        (result("ana", "a", "partial", 2 / 3, max_score=1.0), result("ana", "b", "correct", 3.0, max_score=3.0)),
        f"learner,a,b,{HEAD}\nana,0.666667,3,3.666667,4,91.7,0,0,0,0\n",
    ),
    "a draw for each learner is one column": (
        (right("ana", "a", variant=1), right("ben", "a", variant=2)),
        f"learner,a,{HEAD}\nana,1,1,1,100,0,0,0,0\nben,1,1,1,100,0,0,0,0\n",
    ),
    "two draws for one learner are two": (
        (right("ana", "a", variant=1), wrong("ana", "a", variant=2), right("ben", "a", variant=1)),
        f"learner,a#1,a#2,{HEAD}\nana,1,0,1,2,50,0,0,0,0\nben,1,,1,2,50,0,0,0,1\n",
    ),
    "functions of the rows": (
        (
            right("ana", None, function="x^2"),
            right("ana", None, function="x^2", order=2),
            right("ana", None, expected="2x"),
        ),
        f"learner,x^2,x^2; order 2,2x,{HEAD}\nana,1,1,1,3,3,100,0,0,0,0\n",
    ),
    "what a spreadsheet would compute": (
        (right("=1+1", "a"), right("@b", None, function="-x")),
        f"learner,a,'-x,{HEAD}\n'=1+1,1,,1,2,50,0,0,0,1\n'@b,,1,1,2,50,0,0,0,1\n",
    ),
    "an exercise called like a column": (
        (right("ana", "total"),),
        f"learner,exercise total,{HEAD}\nana,1,1,1,100,0,0,0,0\n",
    ),
    "names with blanks around them": (
        (wrong(" ana", "a"), right("ana ", "a")),
        f"learner,a,{HEAD}\nana,1,1,1,100,0,0,0,0\n",
    ),
}


@pytest.mark.parametrize("case", BOOKS, ids=str)
def test_a_book(case: str) -> None:
    rows, expected = BOOKS[case]
    assert book(*rows) == expected


MARKS = st.sampled_from(["correct", "incorrect", "undecided", "unreadable", "error", "empty"])
ROWS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["e1", "e2", "e3"]), MARKS), max_size=25)


def one(learner: str, exercise: str, mark: str) -> dict[str, Any]:
    if mark == "empty":
        return result(learner, exercise, "unreadable", **EMPTY)
    return result(learner, exercise, mark, {"correct": 1.0, "incorrect": 0.0}.get(mark))


@settings(max_examples=300, deadline=None)
@given(ROWS)
def test_the_counts_add_up(rows: list[tuple[str, str, str]]) -> None:
    lines = list(csv.DictReader(io.StringIO(book(*(one(*row) for row in rows)))))
    last = {(learner, exercise): mark for learner, exercise, mark in rows}
    seen = dict.fromkeys(exercise for _, exercise, mark in rows if mark != "error")
    assert [line["learner"] for line in lines] == list(dict.fromkeys(learner for learner, _, _ in rows))
    for line in lines:
        marks = {exercise: last.get((line["learner"], exercise), "empty") for exercise in seen}
        found = list(marks.values())
        assert float(line["total"]) == found.count("correct")
        assert float(line["max"]) == sum(found.count(mark) for mark in ("correct", "incorrect", "empty"))
        assert int(line["missing"]) == found.count("empty")
        assert (int(line["undecided"]), int(line["unreadable"])) == (
            found.count("undecided"),
            found.count("unreadable"),
        )
        assert [name for name in line if name not in ("learner", *ENDING)] == list(seen)
