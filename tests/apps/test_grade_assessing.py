"""Rows through workers: order, each distinct answer once, and what becomes of rows that go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.apps.grade_fakes import ENTRY
from tutor.apps.grade_assessing import Assessing
from tutor.apps.grade_cache import Assessed, key_of
from tutor.apps.grade_rows import Row
from tutor.errors import InputFileError, UsageError
from tutor.feedback.assessment import Fault
from tutor.worker.pool import Pool


@pytest.fixture(scope="module")
def pool() -> Iterator[Pool]:
    with Pool(ENTRY, 2, 30.0) as two:
        yield two


def row(number: int, answer: str, **fields: Any) -> Row:
    return Row(number, number + 1, {"exercise": "e1", "answer": answer, **fields})


def results_of(assessing: Assessing, rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [graded.result for graded in assessing.results(rows)]


def test_results_stand_in_the_order_of_the_rows(pool: Pool) -> None:
    rows = [row(number, "sleep" if number % 10 == 1 else f"{number % 4}x") for number in range(1, 60)]
    results = results_of(Assessing(pool, None, 2), rows)
    assert [result["row"] for result in results] == list(range(1, 60))
    assert [result["answer"] for result in results] == [one.fields["answer"] for one in rows]


def test_each_distinct_answer_is_assessed_once(pool: Pool) -> None:
    rows = [row(number, f"{number % 3}x", learner=f"learner {number}") for number in range(300)]
    assessing = Assessing(pool, None, 2)
    results = results_of(assessing, rows)
    assert assessing.distinct == 3
    assert [result["learner"] for result in results] == [f"learner {number}" for number in range(300)]


DISTINCT = {
    "another exercise": {"exercise": "e2"},
    "another variant": {"variant": "3"},
    "an exercise of its own": {"function": "x^2"},
    "a key": {"expected": "2x"},
}


@pytest.mark.parametrize("case", DISTINCT, ids=str)
def test_the_same_text_under_another_question_is_another_answer(pool: Pool, case: str) -> None:
    assessing = Assessing(pool, None, 2)
    assert len(list(assessing.results([row(1, "2x"), row(2, "2x", **DISTINCT[case])]))) == 2
    assert assessing.distinct == 2


WRONG: dict[str, tuple[Row, str, str]] = {
    "an answer that hangs": (row(1, "hang"), "undecided", "time-limit"),
    "an answer that ends the process": (row(1, "exit"), "undecided", "crashed"),
    "an answer that meets a bug": (row(1, "raise"), "error", "internal"),
    "a broken row": (Row(1, 2, {"answer": "2x"}, fault=Fault("short-row", "line 2: …")), "error", "short-row"),
    "a row without an exercise": (Row(1, 2, {"exercise": " ", "answer": "2x"}), "error", "no-exercise"),
    "a row without anything": (Row(1, 2, fault=Fault("bad-json", "…")), "error", "bad-json"),
}


@pytest.mark.parametrize("case", WRONG, ids=str)
def test_what_goes_wrong_costs_its_own_row(case: str) -> None:
    broken, status, code = WRONG[case]
    with Pool(ENTRY, 2, 0.3) as pool:
        first, wrong, last = results_of(Assessing(pool, None, 2), [row(0, "a"), broken, row(2, "b")])
    assert (first["status"], last["status"]) == ("correct", "correct")
    assert (wrong["status"], wrong["error"]["code"], wrong["score"]) == (status, code, None)
    assert wrong["cells"][0]["status"] == status


def test_rows_before_an_error_of_the_file_are_given_first(pool: Pool) -> None:
    def torn() -> Iterator[Row]:
        yield row(1, "a")
        yield row(2, "b")
        raise InputFileError("open-quote", "line 4: …")

    results = Assessing(pool, None, 2).results(torn())
    assert [next(results).result["row"], next(results).result["row"]] == [1, 2]
    with pytest.raises(InputFileError):
        next(results)


def test_nothing_is_graded_when_no_worker_gets_going() -> None:
    with Pool("tests.apps.nowhere:assess_text", 2, 0.3) as pool, pytest.raises(UsageError, match="could not start"):
        list(Assessing(pool, None, 2).results([row(0, "a"), row(1, "b")]))


GIVEN: dict[str, tuple[dict[str, Any], tuple[Any, ...]]] = {
    "nothing": ({}, (None, None, None, None)),
    "an id with a variant": ({"exercise": "e1#17"}, ("e1", 17, None, None)),
    "a variant of its own": ({"exercise": "e1", "variant": "17"}, ("e1", 17, None, None)),
    "both": ({"exercise": "e1#4", "variant": "17"}, ("e1#4", 17, None, None)),
    "an id with a sign in it": ({"exercise": "c#-notes"}, ("c#-notes", None, None, None)),
    "numbers that are text": ({"exercise": "007", "attempt": "2"}, ("007", None, None, 2)),
    "numbers": ({"exercise": 7, "attempt": 2}, (7, None, None, 2)),
    "an attempt that is no number": ({"exercise": "e1", "attempt": "second"}, ("e1", None, None, "second")),
    "a function": ({"function": "x^2"}, (None, None, "x^2", None)),
    "a blank function": ({"exercise": "e1", "function": " "}, ("e1", None, None, None)),
}


@pytest.mark.parametrize("case", GIVEN, ids=str)
def test_what_a_row_brings_comes_back(pool: Pool, case: str) -> None:
    fields, expected = GIVEN[case]
    given_row = Row(4, 9, {"answer": "2x", "id": " 7 ", "learner": "ana", **fields}, {"note": "", "status": "old"})
    (result,) = results_of(Assessing(pool, None, 2), [given_row])
    assert (result["row"], result["id"], result["learner"], result["note"]) == (4, " 7 ", "ana", "")
    assert result["input"] == {"status": "old"}
    assert tuple(result[name] for name in ("exercise", "variant", "function", "attempt")) == expected


# ---- the results that are kept --------------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=80), st.integers(3, 8))
def test_kept_results_are_the_last_ones_used(used: list[int], least: int) -> None:
    kept = Assessed(least, most_bytes=0)
    last: list[int] = []
    for number in used:
        key = key_of({"answer": number})
        assert kept.expects(key) == (number in last[-least:])
        if number not in last[-least:]:
            kept.put(key, {"answer": number})
        last = [other for other in last if other != number] + [number]
        assert kept.get(key) == {"answer": number}


def test_equal_payloads_have_one_key_whatever_their_order() -> None:
    assert key_of({"a": 1, "b": "\ud800"}) == key_of({"b": "\ud800", "a": 1})
    assert key_of({"a": 1}) != key_of({"a": "1"})
