"""A result row as CSV: names with dots, lists as JSON text, and nothing lost on the way back."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.render import samples
from tests.render.test_to_json import ASSESSMENTS, WRONG
from tutor.render.to_csv import cells, columns, csv_line
from tutor.render.to_json import FIELDS, Given, row

DOTTED = {
    "symbolic": ["symbolic.outcome", "symbolic.method"],
    "numeric": [
        *("numeric.outcome", "numeric.points", "numeric.tolerance", "numeric.witness.at"),
        *("numeric.witness.slope.mid", "numeric.witness.slope.rad"),
        *("numeric.witness.answer.mid", "numeric.witness.answer.rad"),
    ],
    "error": ["error.code", "error.message", "error.span", "error.suggestion"],
}


def test_the_columns_are_the_fields_with_dots_for_objects() -> None:
    expected = [column for name in FIELDS for column in DOTTED.get(name, [name])]
    assert columns(()) == tuple(expected)
    assert columns(("seconds", "status", "error.code")) == (*expected, "seconds", "input.status", "input.error.code")
    assert columns(None) == (*expected, "extra")


@pytest.mark.parametrize("name", ASSESSMENTS, ids=str)
def test_every_assessment_fills_its_columns(name: str) -> None:
    plain = row(ASSESSMENTS[name])
    names = columns(())
    read = dict(zip(names, next(csv.reader([csv_line(cells(plain, names))])), strict=True))
    assert read["status"] == plain["status"]
    assert read["proved"] == json.dumps(plain["proved"])
    assert read["score"] == ("" if plain["score"] is None else str(plain["score"]))
    assert json.loads(read["cells"]) == plain["cells"]
    assert json.loads(read["diagnosis"]) == plain["diagnosis"]


def test_evidence_is_taken_apart() -> None:
    names = columns(())
    read = dict(zip(names, cells(row(samples.only(WRONG)), names), strict=True))
    assert json.loads(read["numeric.witness.at"]) == {"x": "5/4", "y": "-2"}
    assert read["numeric.witness.slope.mid"] == "0.0207"
    assert read["numeric.witness.answer.rad"] == "2e-24"
    assert read["error.code"] == read["certificate"] == ""


def test_carried_columns_come_back_under_their_names() -> None:
    extra = {"seconds": "04", "a.b": "dots", "status": "old", "list": [1, {"a": None}]}
    plain = row(samples.RIGHT, Given(extra=extra))
    names = columns(("seconds", "a.b", "status", "list"))
    read = dict(zip(names, cells(plain, names), strict=True))
    assert (read["seconds"], read["a.b"], read["input.status"], read["status"]) == ("04", "dots", "old", "correct")
    assert json.loads(read["list"]) == extra["list"]
    rest = dict(zip(columns(None), cells(plain, columns(None)), strict=True))["extra"]
    assert json.loads(rest) == {"seconds": "04", "a.b": "dots", "list": extra["list"], "input": {"status": "old"}}


@settings(max_examples=400, deadline=None)
@given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_any_cells_come_back(texts: list[str]) -> None:
    written = csv_line(texts)
    assert list(csv.reader(io.StringIO(written, newline=""), strict=True)) == [texts] or texts == [""]
