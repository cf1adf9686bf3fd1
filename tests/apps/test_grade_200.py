"""Two hundred answers as learners write them: every status is the one that mpmath's values give."""

from __future__ import annotations

import csv
import io
import json
from inspect import signature
from pathlib import Path
from typing import Any

import psutil
import pytest
from mpmath import mp, mpf

from tests.data import grade_200
from tutor.apps.grade import run_grade
from tutor.apps.grade_options import GradeOptions
from tutor.render.look import Streams

BANK = grade_200.FILE.parent / "bank"
EXPECTED = tuple(grade_200.rows())


def graded(inputs: Path, **options: Any) -> tuple[int, str, str]:
    """The exit code, standard output and standard error of a run; a deadline that a busy machine keeps."""
    streams = Streams(io.StringIO(), io.StringIO(), io.StringIO())
    options = {"bank": str(BANK), "deadline": 30.0, **options}
    code = run_grade(GradeOptions((str(inputs),), **options), streams)
    return code, streams.stdout.getvalue(), streams.stderr.getvalue()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def results() -> list[dict[str, Any]]:
    code, output, _ = graded(grade_200.FILE, workers=2)
    assert code == 4
    return [json.loads(line) for line in output.splitlines()]


def test_the_file_is_what_the_cases_say() -> None:
    assert grade_200.FILE.read_text(encoding="utf-8") == grade_200.text()
    assert len(EXPECTED) == 200


def test_there_is_one_result_for_each_row(results: list[dict[str, Any]]) -> None:
    assert [result["id"] for result in results] == [row.columns["id"] for row in EXPECTED]


@pytest.mark.parametrize("number", range(200), ids=lambda number: EXPECTED[number].columns.get("answer") or "nothing")
def test_the_status_is_the_one_of_the_values(results: list[dict[str, Any]], number: int) -> None:
    columns, wanted, *_ = EXPECTED[number]
    result = results[number]
    assert result["status"] == wanted, columns
    assert (result["answer"], result["learner"], result["seconds"]) == tuple(
        columns[name] for name in ("answer", "learner", "seconds")
    )


def test_scores_follow_the_statuses(results: list[dict[str, Any]]) -> None:
    fixed = {"correct": 1.0, "incorrect": 0.0, "unreadable": None, "error": None, "partial": 0.5}
    assert [result["score"] for result in results] == [fixed[result["status"]] for result in results]


def test_a_wrong_answer_is_shown_at_a_point_where_mpmath_sees_it_too(results: list[dict[str, Any]]) -> None:
    seen = 0
    for (_, wanted, task, answer), result in zip(EXPECTED, results, strict=True):
        witness = result["numeric"]["witness"]
        if wanted != "incorrect" or task is None or answer is None or isinstance(answer.meaning, tuple) or not witness:
            continue
        seen += 1
        with mp.workdps(40):
            at = witness["at"]
            names = [name for name in signature(task.function).parameters if name in at] or list(at)
            point = tuple(mpf(at[name]) for name in names)
            measured = mpf(witness["slope"]["mid"])
            assert abs(grade_200.slope(task, point) - measured) <= mpf(witness["slope"]["rad"]) + abs(measured) / 10**25
            assert answer.meaning is not None
            if witness["answer"] is not None:
                value = mpf(witness["answer"]["mid"])
                assert abs(answer.meaning(*point) - value) <= mpf(witness["answer"]["rad"]) + abs(value) / 10**20
    assert seen > 60


@pytest.fixture
def part(tmp_path: Path) -> Path:
    """The first sixty rows."""
    part = tmp_path / "part.csv"
    part.write_text(
        "".join(grade_200.FILE.read_text(encoding="utf-8").splitlines(keepends=True)[:61]), encoding="utf-8"
    )
    return part


def test_the_number_of_workers_changes_no_byte(part: Path) -> None:
    runs = {graded(part, workers=workers) for workers in (1, 3)}
    assert len(runs) == 1


class Killing(io.StringIO):
    """An output that kills all processes below this one when the third line is written to it."""

    lines = 0
    killed = 0

    def write(self, text: str) -> int:
        self.lines += 1
        if self.lines == 3:
            for child in psutil.Process().children():
                child.kill()
                self.killed += 1
        return super().write(text)


def test_workers_that_are_killed_change_no_byte(part: Path) -> None:
    code, output, errors = graded(part, workers=2)
    killing = Streams(io.StringIO(), Killing(), io.StringIO())
    assert run_grade(GradeOptions((str(part),), bank=str(BANK), deadline=30.0, workers=2), killing) == code
    assert isinstance(killing.stdout, Killing)
    assert killing.stdout.killed > 0
    assert killing.stdout.getvalue() == output
    assert killing.stderr.getvalue() == errors  # type: ignore[attr-defined]


def test_csv_says_the_same_as_json_lines(results: list[dict[str, Any]], tmp_path: Path) -> None:
    target = tmp_path / "marks.csv"
    graded(grade_200.FILE, workers=2, output=str(target))
    with target.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for result, row in zip(results, rows, strict=True):
        assert row["status"] == result["status"]
        assert row["symbolic.outcome"] == result["symbolic"]["outcome"]
        assert json.loads(row["diagnosis"]) == result["diagnosis"]
        assert row["score"] == ("" if result["score"] is None else str(result["score"]))
        assert row["seconds"] == result["seconds"]
        assert row["error.code"] == (result["error"] or {}).get("code", "")
