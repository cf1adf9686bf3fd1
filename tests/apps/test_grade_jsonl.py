"""JSON Lines: each line by itself; a line that is no object is one broken row."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.apps.grade_jsonl import read_jsonl
from tutor.apps.grade_rows import Row
from tutor.apps.grade_source import LONGEST_LINE, Lines
from tutor.errors import InputFileError


def rows_of(text: str) -> list[Row]:
    return list(read_jsonl(Lines("answers.jsonl", io.StringIO(text, newline=""))))


ONE_LINE = {
    "an answer": ('{"exercise": "e1", "answer": "2x"}', "2x"),
    "names in any case": ('{"Exercise": "e1", "ANSWER": "2x"}', "2x"),
    "a number": ('{"exercise": "e1", "answer": 4}', "4"),
    "a decimal number": ('{"exercise": "e1", "answer": 0.1}', "0.1"),
    "null": ('{"exercise": "e1", "answer": null}', ""),
    "an escaped lone surrogate": (r'{"exercise": "e1", "answer": "\ud800"}', "\ud800"),
    "a list": ('{"exercise": "e1", "answer": ["2x", 3]}', "bad-answer"),
    "true": ('{"exercise": "e1", "answer": true}', "bad-answer"),
    "no answer": ('{"exercise": "e1"}', "missing-column"),
    "no exercise": ('{"answer": "2x"}', "missing-column"),
    "no object": ('"2x"', "bad-json"),
    "no JSON": ("learner,exercise,answer", "bad-json"),
    "NaN": ('{"exercise": "e1", "answer": NaN}', "bad-json"),
    "a number beyond all floats": ('{"exercise": "e1", "answer": "2x", "seconds": 1e999}', "bad-json"),
    "a whole number of 5,000 digits": ('{"exercise": "e1", "answer": ' + "9" * 5000 + "}", "bad-json"),
    "a field given twice": ('{"exercise": "e1", "answer": "2x", "answer": "3x"}', "bad-json"),
    "an open string": ('{"exercise": "e1", "answer": "2x', "bad-json"),
    "100,000 brackets": ('{"exercise": "e1", "answer": ' + "[" * 60_000, "bad-json"),
    "a long line": ('{"exercise": "e1", "answer": "' + "x" * LONGEST_LINE + '"}', "long-line"),
}


@pytest.mark.parametrize("case", ONE_LINE, ids=str)
def test_a_line_is_a_row_and_the_next_line_is_not_touched(case: str) -> None:
    line, expected = ONE_LINE[case]
    first, second = rows_of(
        '{"exercise": "e0", "answer": "1"}\n' + line + "\n\n" + '{"exercise": "e2", "answer": "5"}\n'
    )[1:]
    assert expected == (first.fault.code if first.fault else first.fields["answer"])
    assert (first.number, first.line) == (2, 2)
    assert (second.number, second.line, second.fields["answer"]) == (3, 4, "5")


@pytest.mark.parametrize("text", ["[\n {}\n]\n", '{\n "answer": "2x"\n}\n', '[{"answer": "2x"}]\n'], ids=str)
def test_json_over_several_lines_is_refused_as_a_whole(text: str) -> None:
    with pytest.raises(InputFileError) as caught:
        rows_of(text)
    assert caught.value.code == "not-json-lines"


def test_other_fields_are_carried_along_as_they_are() -> None:
    (row,) = rows_of('{"answer": "2x", "exercise": "e1", "note": {"a": [1, null]}, "seconds": 4.5}')
    assert row.extra == {"note": {"a": [1, None]}, "seconds": 4.5}


VALUES: st.SearchStrategy[Any] = st.none() | st.booleans() | st.integers() | st.text(max_size=10)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["answer", "exercise", "note", "function"]), VALUES), max_size=6))
def test_every_line_of_json_is_one_row(objects: list[dict[str, Any]]) -> None:
    rows = rows_of("".join(json.dumps(one) + "\n" for one in objects))
    assert [row.number for row in rows] == list(range(1, len(objects) + 1))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gives_rows_or_one_clear_error(text: str) -> None:
    try:
        numbers = [row.number for row in rows_of(text)]
    except InputFileError:
        return
    assert numbers == list(range(1, len(numbers) + 1))
