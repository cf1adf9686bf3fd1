"""Files appear whole or not at all; which formats go where."""

from __future__ import annotations

import io
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from tutor.apps.grade_output import STDOUT, JsonLines, Outputs, targets
from tutor.errors import UsageError

TARGETS: dict[str, tuple[tuple[str, ...], str | None, bool, tuple[tuple[str, str], ...]]] = {
    "nothing, in a pipe": ((), None, False, (("jsonl", "-"),)),
    "nothing, at a terminal": ((), None, True, (("table", "-"),)),
    "a format": (("csv",), None, True, (("csv", "-"),)),
    "formats and a path": (("csv=a.csv", "table"), None, False, (("csv", "a.csv"), ("table", "-"))),
    "a path with an equals sign": (("jsonl=a=b",), None, False, (("jsonl", "a=b"),)),
    "a suffix": ((), "a.CSV", True, (("csv", "a.CSV"),)),
    "a suffix and a format": (("table",), "a.jsonl", True, (("table", "-"), ("jsonl", "a.jsonl"))),
    "standard output by name": ((), "-", True, (("jsonl", "-"),)),
}


@pytest.mark.parametrize("case", TARGETS, ids=str)
def test_formats_and_places(case: str) -> None:
    to, output, terminal, expected = TARGETS[case]
    assert targets(to, output, terminal=terminal) == expected


NO_TARGETS = {
    "an unknown format": (("cvs",), None, "unknown-format", "did you mean csv?"),
    "a path without a name": (("csv=",), None, "no-path", "--to csv=grades.csv"),
    "a suffix that says nothing": ((), "marks.xlsx", "unknown-format", "--to csv=marks.xlsx"),
    "standard output twice": (("csv", "jsonl"), None, "double-output", ""),
    "a file twice": (("csv=a", "jsonl=./a"), None, "double-output", ""),
}


@pytest.mark.parametrize("case", NO_TARGETS, ids=str)
def test_places_that_cannot_be(case: str) -> None:
    to, output, code, hint = NO_TARGETS[case]
    with pytest.raises(UsageError) as caught:
        targets(to, output, terminal=False)
    assert caught.value.code == code
    assert hint in (caught.value.suggestion or "")


ROW: dict[str, Any] = {"row": 1, "answer": "√x \ud800 \x1b[2J \u202e"}


def write(path: Path, *, publish: bool) -> None:
    outputs = Outputs(io.StringIO())
    try:
        outputs.add(JsonLines(), str(path))
        outputs.row(ROW)
        if publish:
            outputs.publish()
    finally:
        outputs.close()


LINE = r'{"row": 1, "answer": "√x \ud800 \u001b[2J \u202e"}' + "\n"


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "marks.jsonl"
    write(path, publish=True)
    assert path.read_text(encoding="utf-8") == LINE
    assert os.listdir(tmp_path) == ["marks.jsonl"]


def test_a_file_that_is_not_published_leaves_nothing(tmp_path: Path) -> None:
    write(tmp_path / "marks.jsonl", publish=False)
    assert os.listdir(tmp_path) == []


def test_the_old_file_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "marks.jsonl"
    path.write_text("old")
    path.chmod(0o640)
    write(path, publish=False)
    assert path.read_text() == "old"
    write(path, publish=True)
    assert path.read_text(encoding="utf-8") == LINE
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_what_a_killed_run_left_is_swept_after_a_day(tmp_path: Path) -> None:
    old, young, other = (tmp_path / name for name in (".m.csv.difftutor-a.tmp", ".m.csv.difftutor-b.tmp", ".x.tmp"))
    for path in (old, young, other):
        path.write_text("")
    os.utime(old, (1, 1))
    os.utime(other, (1, 1))
    write(tmp_path / "m.csv", publish=True)
    assert sorted(os.listdir(tmp_path)) == sorted(["m.csv", young.name, other.name])


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    path, link = tmp_path / "marks.jsonl", tmp_path / "link.jsonl"
    path.write_text("old")
    link.symlink_to(path)
    write(link, publish=True)
    assert link.is_symlink()
    assert path.read_text(encoding="utf-8") == LINE


NO_FILES = {"a folder that is not there": "nowhere/marks.jsonl", "a directory": ".", "a null character": "a\0b.jsonl"}


@pytest.mark.parametrize("case", NO_FILES, ids=str)
def test_a_place_that_cannot_be_written_is_told_at_once(case: str, tmp_path: Path) -> None:
    with pytest.raises((UsageError, ValueError)):
        write(tmp_path / NO_FILES[case], publish=True)
    assert os.listdir(tmp_path) == []


def test_a_full_disk_is_one_clear_error() -> None:
    with pytest.raises(UsageError) as caught:
        write(Path("/dev/full"), publish=True)
    assert caught.value.code == "cannot-write"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Escaped:
    is_safe = False

    def head(self) -> str:
        return ""

    def tail(self) -> str:
        return ""

    def row(self, row: dict[str, Any]) -> str:
        return f"{row['answer']}\n"


def test_nothing_on_a_terminal_moves_the_cursor() -> None:
    screen, pipe = Terminal(), io.StringIO()
    for stream in (screen, pipe):
        outputs = Outputs(stream)
        outputs.add(Escaped(), STDOUT)
        outputs.row(ROW)
    assert screen.getvalue() == "√x \\ud800 \\x1b[2J \\u202e\n"
    assert pipe.getvalue() == "√x \\ud800 \x1b[2J \u202e\n"
