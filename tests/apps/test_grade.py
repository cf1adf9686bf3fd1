"""The whole run: exit codes, what is written where, and what happens when it is stopped."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.apps.grade_fakes import ENTRY
from tutor.apps import grade
from tutor.apps.grade import run_grade
from tutor.apps.grade_options import GradeOptions
from tutor.errors import ExerciseErrors, InputFileError, UsageError
from tutor.render.look import Look, Streams


@pytest.fixture(autouse=True)
def _stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grade, "ENTRY", ENTRY)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def run(*inputs: str | Path, stdin: str = "", screen: bool = False, **options: Any) -> tuple[int, str, str]:
    streams = Streams(io.StringIO(stdin), Terminal() if screen else io.StringIO(), io.StringIO())
    options = {"workers": 2, "deadline": 30.0} | options
    code = run_grade(GradeOptions(tuple(map(str, inputs)), **options), streams)
    return code, streams.stdout.getvalue(), streams.stderr.getvalue()  # type: ignore[attr-defined]


def answers_file(folder: Path, name: str = "answers.csv", *answers: str) -> Path:
    path = folder / name
    lines = ["learner,exercise,answer,seconds", *(f"ana,e1,{answer},4" for answer in answers or ("2x", "3x"))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


CODES = {"all settled": (("2x",), 0), "an error": (("2x", "raise"), 4), "an undecided answer": (("exit", "2x"), 4)}


@pytest.mark.parametrize("case", CODES, ids=str)
def test_the_exit_code_says_whether_all_is_settled(case: str, tmp_path: Path) -> None:
    answers, expected = CODES[case]
    assert run(answers_file(tmp_path, "a.csv", *answers))[0] == expected


def test_data_goes_to_output_and_the_rest_to_errors(tmp_path: Path) -> None:
    code, output, errors = run(answers_file(tmp_path))
    assert code == 0
    assert [json.loads(line)["answer"] for line in output.splitlines()] == ["2x", "3x"]
    assert errors.splitlines()[:2] == [
        "2 rows, 2 distinct answers: 2 correct",
        "100.0 % of the points of the answers that were judged",
    ]


def test_quiet_says_nothing(tmp_path: Path) -> None:
    assert run(answers_file(tmp_path), quiet=True)[2] == ""


def test_standard_input_is_told_by_its_first_line() -> None:
    as_csv = run("-", stdin="exercise,answer\ne1,2x\n")[1]
    as_json = run("-", stdin='\n{"exercise": "e1", "answer": "2x"}\n')[1]
    assert as_csv == as_json != ""


def test_a_format_that_is_named_wins_over_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text('{"exercise": "e1", "answer": "2x"}\n', encoding="utf-8")
    assert json.loads(run(path, source_format="jsonl")[1])["answer"] == "2x"


def test_a_terminal_gets_a_table(tmp_path: Path) -> None:
    _, output, _ = run(answers_file(tmp_path), screen=True, look=Look())
    lines = output.splitlines()
    assert lines[0].split() == ["learner", "exercise", "status", "score", "answer", "slip"]
    assert lines[2].split() == ["ana", "e1", "✓", "correct", "1", "2x"]
    assert all(len(line) <= 80 for line in lines)


def test_several_formats_are_written_in_one_run(tmp_path: Path) -> None:
    marks, table = tmp_path / "marks.csv", tmp_path / "marks.txt"
    _, output, _ = run(answers_file(tmp_path), to=("jsonl", f"table={table}"), output=str(marks))
    with marks.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["answer"] for row in rows] == ["2x", "3x"]
    assert [row["seconds"] for row in rows] == ["4", "4"]
    assert len(output.splitlines()) == 2
    assert len(table.read_text(encoding="utf-8").splitlines()) == 4


def test_several_files_are_graded_one_after_the_other(tmp_path: Path) -> None:
    first, second = answers_file(tmp_path, "a.csv", "1"), answers_file(tmp_path, "b.csv", "2", "3")
    rows = [json.loads(line) for line in run(first, second)[1].splitlines()]
    assert [(Path(row["file"]).name, row["row"], row["answer"]) for row in rows] == [
        ("a.csv", 1, "1"),
        ("b.csv", 1, "2"),
        ("b.csv", 2, "3"),
    ]


def test_csv_from_standard_input_keeps_what_it_carries_in_one_column() -> None:
    _, output, _ = run("-", stdin="exercise,answer,note\ne1,2x,late\n", to=("csv",))
    (row,) = csv.DictReader(io.StringIO(output))
    assert json.loads(row["extra"]) == {"note": "late"}


UNUSABLE = {
    "a missing file": None,
    "an empty file": "",
    "no column for the answer": "learner,exercise\nana,e1\n",
    "a quote that is never closed": 'learner,exercise,answer\nana,e1,2x\nana,e1,"3x\n',
    "Latin-1": "learner,exercise,answer\nJos\xe9,e1,2x\n",
}


@pytest.mark.parametrize("case", UNUSABLE, ids=str)
def test_nothing_is_written_when_a_file_cannot_be_used(case: str, tmp_path: Path) -> None:
    good, bad, target = answers_file(tmp_path, "good.csv"), tmp_path / "bad.csv", tmp_path / "marks.csv"
    content = UNUSABLE[case]
    if content is not None:
        bad.write_text(content, encoding="latin-1")
    streams = Streams(io.StringIO(), io.StringIO(), io.StringIO())
    with pytest.raises(InputFileError):
        run_grade(GradeOptions((str(good), str(bad)), to=("jsonl",), output=str(target)), streams)
    assert streams.stdout.getvalue() == ""  # type: ignore[attr-defined]
    assert not target.exists()


def test_a_stream_that_turns_out_broken_leaves_no_file(tmp_path: Path) -> None:
    target = tmp_path / "marks.csv"
    with pytest.raises(InputFileError):
        run("-", stdin='exercise,answer\ne1,2x\ne1,"3x\n', output=str(target))
    assert os.listdir(tmp_path) == []


def test_a_header_alone_is_no_error(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("exercise,answer\n", encoding="utf-8")
    assert run(path) == (0, "", "0 rows, 0 distinct answers: nothing to grade\n")


def test_the_input_is_not_overwritten(tmp_path: Path) -> None:
    path = answers_file(tmp_path)
    with pytest.raises(UsageError, match="is read and cannot be written"):
        run(path, output=str(path))
    assert path.read_text(encoding="utf-8").startswith("learner,")


def test_standard_input_is_read_once() -> None:
    with pytest.raises(UsageError, match="only once"):
        run("-", "-", stdin="exercise,answer\n")


def test_nothing_is_written_for_a_stream_without_the_columns() -> None:
    streams = Streams(io.StringIO("learner,answer\nana,2x\n"), io.StringIO(), io.StringIO())
    with pytest.raises(InputFileError):
        run_grade(GradeOptions(("-",), to=("csv",)), streams)
    assert streams.stdout.getvalue() == ""  # type: ignore[attr-defined]


def test_a_broken_bank_is_told_once(tmp_path: Path) -> None:
    (tmp_path / "01-bad.yaml").write_text("schema: 1\nunit: x\ntitle: y\nexercises:\n  - id: a\n", encoding="utf-8")
    with pytest.raises(ExerciseErrors):
        run(answers_file(tmp_path), bank=str(tmp_path))
    with pytest.raises(InputFileError):
        run(answers_file(tmp_path), bank=str(tmp_path / "nowhere"))


if os.name == "posix":

    def test_a_named_pipe_is_read_once(tmp_path: Path) -> None:
        path = tmp_path / "pipe.csv"
        os.mkfifo(path)
        command = [sys.executable, "-c", f"open({str(path)!r}, 'w').write('exercise,answer\\ne1,2x\\n')"]
        with subprocess.Popen(command) as feeder:
            _, output, _ = run(path)
            feeder.wait()
        assert json.loads(output)["answer"] == "2x"

    def program(*arguments: str) -> list[str]:
        return [sys.executable, "-m", "tutor", "grade", *arguments]

    def environment() -> dict[str, str]:
        return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}

    def test_ctrl_c_ends_it_without_a_traceback_or_a_file(tmp_path: Path) -> None:
        target = tmp_path / "marks.csv"
        pipes: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
        command = program("-", "--to", "jsonl", "-o", str(target))
        with subprocess.Popen(command, env=environment(), text=True, **pipes) as running:
            assert running.stdin is not None
            assert running.stdout is not None
            running.stdin.write("function,answer\n" + "x^2,2x\n" * 2000)
            running.stdin.flush()
            assert json.loads(running.stdout.readline())["status"] == "correct"
            running.send_signal(signal.SIGINT)
            _, errors = running.communicate(timeout=60)
        assert running.returncode == 130
        assert "Traceback" not in errors
        assert "no file was written" in errors
        assert os.listdir(tmp_path) == []

    def test_a_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:
        path = tmp_path / "answers.csv"
        path.write_text("function,answer\n" + "x^2,2x\n" * 5000, encoding="utf-8")
        with subprocess.Popen(
            program(str(path)), env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as running:
            assert running.stdout is not None
            assert running.stderr is not None
            running.stdout.readline()
            running.stdout.close()
            errors = running.stderr.read()
        assert running.returncode == 0
        assert errors == b""
