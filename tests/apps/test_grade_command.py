"""The command as it is typed: several files and folders, bad files, workers that hang or die, exit codes."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.apps.grade_fakes import ENTRY
from tutor.apps import grade, grade_options, grade_progress
from tutor.cli import difftutor

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """`difftutor grade` in an empty folder, with a stand-in for the assessment and a short deadline."""
    monkeypatch.setattr(grade, "ENTRY", ENTRY)
    monkeypatch.setattr(grade_progress, "INTERVAL", math.inf)  # how far it has come depends on the clock
    monkeypatch.setattr(grade_options, "GradeOptions", partial(grade_options.GradeOptions, deadline=0.3))
    monkeypatch.chdir(tmp_path)

    def typed(*arguments: str, stdin: str = "") -> Result:
        return CliRunner().invoke(difftutor, ["grade", *arguments], input=stdin, prog_name="difftutor")

    return typed


HEAD = "learner,exercise,answer\n"


# ---- workers --------------------------------------------------------------------------------------------------------

TROUBLE = HEAD + "".join(f"l{n},e{n % 3},{a}\n" for n, a in enumerate("a hang b exit c prove d raise e hang a".split()))


def test_a_worker_that_hangs_or_dies_costs_only_its_own_row(run: Run) -> None:
    Path("answers.csv").write_text(TROUBLE)
    result = run("answers.csv", "--workers", "2")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["answer"], row["status"]) for row in rows] == [
        ("a", "correct"),
        ("hang", "undecided"),
        ("b", "correct"),
        ("exit", "undecided"),
        ("c", "correct"),
        ("prove", "incorrect"),
        ("d", "correct"),
        ("raise", "error"),
        ("e", "correct"),
        ("hang", "undecided"),
        ("a", "correct"),
    ]
    assert result.exit_code == 4
    assert ["answers.csv:3", "?", "undecided", "l1,", "e1"] in [line.split() for line in result.stderr.splitlines()]


def test_a_difference_is_found_although_a_proof_does_not_end(run: Run) -> None:
    result = run("-", stdin=HEAD + "ana,e1,prove\n")
    row = json.loads(result.stdout)
    assert (row["status"], row["exercise_hash"], result.exit_code) == ("incorrect", "0123456789abcdef", 0)
    assert "no proof was found" in row["notices"][-1]


def test_one_and_four_workers_give_the_same_bytes(run: Run) -> None:
    Path("answers.csv").write_text(TROUBLE + "".join(f"l{n},e{n % 7},{n % 11}x\n" for n in range(200)))
    outputs = [
        run("answers.csv", "--workers", workers, "--to", "jsonl", "--to", "csv=a.csv", "--to", "gradebook=b.csv")
        for workers in ("1", "4")
    ]
    assert outputs[0].stdout == outputs[1].stdout
    assert outputs[0].stderr == outputs[1].stderr
    assert outputs[0].exit_code == outputs[1].exit_code == 4


# ---- files that cannot be used --------------------------------------------------------------------------------------

UNUSABLE: dict[str, tuple[str, bytes, str, str]] = {
    "an open quote": ("a.csv", (HEAD + 'ana,e1,"2x\nben,e1,3x\n').encode(), "a.csv:2: ", "close the quote"),
    "Latin-1": ("a.csv", (HEAD + "José,e1,2x\n").encode("latin-1"), "a.csv:2: ", "UTF-8"),
    "a header with a name twice": ("a.csv", b"learner,exercise,answer,answer\n", "a.csv:1: ", "rename or remove"),
    "an empty file": ("a.csv", b"", "a.csv is empty", "learner,exercise,answer"),
    "blank lines only": ("a.csv", b"\n\n", "a.csv:1: ", "learner,exercise,answer"),
    "a program": ("a.csv", b"\x7fELF\x00\x00\x01", "a.csv is binary", "UTF-8"),
    "a spreadsheet": ("a.csv", b"PK\x03\x04" + bytes(64), "a.csv is a zip archive", "CSV UTF-8"),
    "a field of 1 MB": ("a.csv", (HEAD + "ana,e1," + "x" * 1_000_000).encode(), "a.csv:2: ", "shorten it"),
    "no answers in the columns": ("a.csv", b"learner,exercise,Response\n", "'Response'", "meant to be 'answer'"),
    "JSON that is no JSON Lines": ("a.jsonl", b'[\n{"answer": "2x"}\n]\n', "a.jsonl:1: ", "one object a line"),
    "YAML with a star": ("a.yaml", b"learner: ana\nanswers:\n  e1: *x\n", "a.yaml:3:7: ", '"*x"'),
    "YAML without answers": ("a.yaml", b"learner: ana\n", "a.yaml:1:1: ", "answers:"),
}


@pytest.mark.parametrize("case", UNUSABLE, ids=str)
def test_a_file_that_cannot_be_used_is_told_in_one_place_with_its_remedy(run: Run, case: str) -> None:
    name, content, place, remedy = UNUSABLE[case]
    Path(name).write_bytes(content)
    for arguments in ((name, "-o", "out.csv"), (name, "--dry-run")):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (3, "")
        assert result.stderr.startswith("difftutor: ")
        assert place in result.stderr.splitlines()[0]
        assert remedy in result.stderr
        assert "Traceback" not in result.stderr
        assert not Path("out.csv").exists()


def test_what_is_wrong_with_several_files_is_told_at_once(run: Run) -> None:
    for name, content in (("a.yaml", "learner: ana\n"), ("b.csv", "x,y\n"), ("c.csv", HEAD)):
        Path(name).write_text(content)
    result = run("a.yaml", "b.csv", "c.csv", "missing.csv")
    assert result.exit_code == 3
    told = [line for line in result.stderr.splitlines() if line.startswith("difftutor: ")]
    assert [line.split()[1].partition(":")[0] for line in told] == ["a.yaml", "b.csv", "there"]


USABLE: dict[str, bytes] = {
    "a byte order mark": b"\xef\xbb\xbf" + (HEAD + "ana,e1,2x\n").encode(),
    "UTF-16": (HEAD + "ana,e1,2x\n").encode("utf-16"),
    "old Macintosh line ends": (HEAD + "ana,e1,2x\n").replace("\n", "\r").encode(),
    "semicolons": (HEAD + "ana,e1,2x\n").replace(",", ";").encode(),
}


@pytest.mark.parametrize("case", USABLE, ids=str)
def test_what_spreadsheets_write_is_read(run: Run, case: str) -> None:
    Path("a.csv").write_bytes(USABLE[case])
    result = run("a.csv")
    assert (result.exit_code, json.loads(result.stdout)["learner"]) == (0, "ana")


def test_a_broken_row_inside_a_good_file_is_a_row(run: Run) -> None:
    Path("a.csv").write_text(HEAD + "ana,e1\nben,e1,2x,3\ncai,e1,2\0x\ndan,e1,2x\n")
    result = run("a.csv")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["status"] for row in rows] == ["error", "error", "error", "correct"]
    assert result.exit_code == 4


# ---- several files --------------------------------------------------------------------------------------------------


def test_a_folder_of_every_kind_of_file(run: Run) -> None:
    Path("in/deep").mkdir(parents=True)
    Path("in/1.csv").write_text(HEAD + "ana,e1,2x\n")
    Path("in/2.jsonl").write_text('{"learner": "ben", "exercise": "e1", "answer": "2x"}\n')
    Path("in/deep/3.yaml").write_text("learner: cai\nanswers:\n  e1: 2x\n")
    Path("in/wide.tsv").write_text("Name\tu04-sinsq\nDan\t2x\n")
    Path("in/.hidden.csv").write_text("nothing that can be read")
    result = run("in")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(Path(row["file"]).name, row["learner"]) for row in rows] == [
        ("1.csv", "ana"),
        ("2.jsonl", "ben"),
        ("3.yaml", "cai"),
        ("wide.tsv", "Dan"),
    ]


def test_results_do_not_go_into_the_folder_that_is_graded(run: Run) -> None:
    Path("in").mkdir()
    Path("in/1.csv").write_text(HEAD + "ana,e1,2x\n")
    result = run("in", "-o", "in/grades.csv")
    assert result.exit_code == 2
    assert "-o grades.csv" in result.stderr


# ---- what comes out -------------------------------------------------------------------------------------------------


def test_a_gradebook_is_written_beside_the_rows(run: Run) -> None:
    Path("form.csv").write_text("Name,u04-sinsq,u02-poly1\nAna,2x,3\nBen,,hang\n")
    result = run("form.csv", "--to", "gradebook=book.csv", "--to", "jsonl")
    assert len(result.stdout.splitlines()) == 4
    with Path("book.csv").open(newline="") as file:
        ana, ben = csv.DictReader(file)
    assert (ana["u04-sinsq"], ana["total"], ana["percent"]) == ("1", "2", "100")
    assert (ben["u02-poly1"], ben["undecided"]) == ("", "1")
    assert "written: book.csv" in result.stderr


def test_the_next_command_stands_at_the_end(run: Run) -> None:
    Path("my answers.csv").write_text(HEAD + "ana,e1,2x\n")
    assert run("my answers.csv").stderr.endswith(
        "next: difftutor grade 'my answers.csv' --to gradebook=gradebook.csv\n"
    )
    assert "next:" not in run("my answers.csv", "-o", "out.csv").stderr
    assert "next:" not in run("-", stdin=HEAD + "ana,e1,2x\n").stderr


UNDER: dict[str, tuple[str, tuple[str, ...], int]] = {
    "reached": ("a a prove", ("--fail-under", "66"), 0),
    "just reached": ("a prove", ("--fail-under", "50"), 0),
    "not reached": ("a a prove", ("--fail-under", "67"), 1),
    "undecided outranks it": ("a hang", ("--fail-under", "67"), 4),
    "nothing to reach": ("", ("--fail-under", "1"), 1),
    "no limit": ("prove", (), 0),
}


@pytest.mark.parametrize("case", UNDER, ids=str)
def test_a_limit_that_is_not_reached_is_a_finding(run: Run, case: str) -> None:
    answers, options, code = UNDER[case]
    rows = "".join(f"l{number},e1,{answer}\n" for number, answer in enumerate(answers.split()))
    result = run("-", *options, stdin=HEAD + rows)
    assert result.exit_code == code
    assert ("is under the limit" in result.stderr) == (code == 1)


# ---- without grading ------------------------------------------------------------------------------------------------


def test_a_dry_run_says_what_would_be_graded_and_writes_nothing(run: Run) -> None:
    rows = "ana,u04-sinsq,2x\nben,u04-sinsq,2x\nben,u02-poly1,\ncai,u04-sinqs,2x\n"
    Path("answers.csv").write_text(HEAD + rows + "cai,u02-poly1,3 cosine(x)\ndan,u02-poly1\n")
    result = run("answers.csv", "--dry-run", "-o", "out.csv")
    assert result.exit_code == 4
    assert result.stdout.splitlines() == [
        "would grade 4 of 6 rows: 4 learners, 2 exercises, 3 distinct answers",
        "1 empty answer",
        "look at these first:",
        "  answers.csv:5  ! error       cai, u04-sinqs",
        "    there is no exercise `u04-sinqs` (did you mean `u04-sinsq`?)",
        "  answers.csv:6  ! unreadable  cai, u02-poly1",
        "    unknown function 'cosine': did you mean cos? (write cos)",
        "  answers.csv:7  ! error       dan, u02-poly1",
        "    2 fields, the first line has 3 (a field that is left out keeps its comma)",
        "nothing was graded or written",
    ]
    assert list(Path().iterdir()) == [Path("answers.csv")]


def test_a_dry_run_of_good_rows_ends_well(run: Run) -> None:
    result = run("-", "--dry-run", stdin="function,answer,colour\nx^2,2x,red\nx^2,2x,blue\n")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[:2] == [
        "would grade 2 of 2 rows: 0 learners, 1 exercise, 1 distinct answer",
        "carried along: 'colour'",
    ]


def test_bad_options_are_told(run: Run) -> None:
    wrong: dict[tuple[str, ...], str] = {
        ("--from", "xml", "a.csv"): "'xml'",
        ("--to", "gradbook", "-"): "did you mean gradebook?",
        ("--fail-under", "120", "-"): "120",
        ("-", "-"): "only once",
    }
    for arguments, told in wrong.items():
        result: Any = run(*arguments)
        assert result.exit_code == 2
        assert told in result.stderr
