"""The quiz in pipes, for screen readers and in dumb terminals: no terminal toolkit, one line an event, clean ends."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apps.quiz_fakes import plain_front, small_bank
from tutor.apps.quiz_front import Ask
from tutor.kinds.kind import CellAnswer
from tutor.render.blocks import Heading, Words
from tutor.render.look import Look


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def read(text: str) -> tuple[CellAnswer, ...]:
    return (CellAnswer(text),)


def quiz(folder: Path, *arguments: str) -> list[str]:
    small_bank(folder / "bank")
    options = ["--exercises", str(folder / "bank"), "--store", str(folder / "history.sqlite")]
    return [sys.executable, "-m", "tutor", "quiz", *options, *arguments]


def piped(folder: Path, *lines: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        quiz(folder),
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


def test_piped_answers_are_graded_and_the_end_is_clean(tmp_path: Path) -> None:
    found = piped(tmp_path, "cos(x^2)", "2x cos(x^2)", "(2x y, x^2 + 1)")
    assert (found.returncode, found.stderr) == (0, "")
    assert "\x1b" not in found.stdout
    lines = found.stdout.splitlines()
    assert lines[:3] == ["[1/4 sine]", "  Differentiate sin(x²) with respect to x.", "f'(x) = cos(x^2)"]
    assert "Layer 1: sin(u), where u = x²; local derivative cos(x²); right." in lines
    assert "✓ Correct.   ∇ (x²·y + y)" in lines
    assert "2 of 4 done: 2 right (1 at the first attempt)." in lines


def test_a_piped_quiz_goes_on_where_it_ended(tmp_path: Path) -> None:
    piped(tmp_path, "2x cos(x^2)")
    assert piped(tmp_path).stdout.startswith("[1/3 saddle]\n")


def test_an_unreadable_line_has_carets_under_its_place(tmp_path: Path) -> None:
    lines = piped(tmp_path, "2x cosine(x)").stdout.splitlines()
    place = next(index for index, line in enumerate(lines) if line.startswith("! Not readable"))
    assert lines[place + 1 : place + 3] == ["  2x cosine(x)", "     ^^^^^^"]
    assert "  No attempt was used." in lines


def test_a_pipe_does_not_wait_after_the_worked_steps(tmp_path: Path) -> None:
    assert "[2/4 saddle]" in piped(tmp_path, ":show").stdout


def test_the_toolkit_is_not_loaded(tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", *quiz(tmp_path)[1:]]
    report = subprocess.run(command, input=b"cos(x)\n", capture_output=True, timeout=60, check=True).stderr.decode()
    assert "prompt_toolkit" not in report


def test_the_first_question_is_written_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    subprocess.run(quiz(tmp_path), input=b"", capture_output=True, timeout=60, check=True)  # fills the cache
    command = [sys.executable, "-X", "importtime", *quiz(tmp_path)[1:]]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        assert running.stdout is not None
        before: list[str] = []
        for line in running.stdout:
            before.append(line.decode())
            if "Differentiate" in before[-1]:
                break
        running.kill()
    loaded = {match[1] for line in before if (match := re.search(r"\| +([\w.]+)$", line.rstrip()))}
    heavy = ("sympy", "numpy", "flint", "prompt_toolkit", "pydantic", "rich", "yaml")
    assert [name for name in loaded if name.partition(".")[0] in heavy] == []


def test_bytes_that_are_no_text_end_nothing(tmp_path: Path) -> None:
    found = subprocess.run(
        quiz(tmp_path), input=b"\xff\xfe\n2x cos(x^2)\n", capture_output=True, timeout=60, check=False
    )
    assert found.returncode == 0
    assert b"Traceback" not in found.stderr
    assert "✓ Correct.".encode() in found.stdout


def test_ctrl_c_twice_leaves_without_a_traceback(tmp_path: Path) -> None:
    with subprocess.Popen(
        quiz(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        for expected in (b"Differentiate", b"Ctrl-C again leaves"):
            assert any(expected in line for line in iter(running.stdout.readline, b""))
            running.send_signal(signal.SIGINT)
        assert code_after_ctrl_c(running) == 130
        assert b"history.sqlite" in running.stdout.read()
        assert running.stderr.read() == b""


def code_after_ctrl_c(running: subprocess.Popen[bytes]) -> int:
    """The exit code of a program to which Ctrl-C was sent, and is sent once more where it seems to have been lost.

    Python sees a signal that falls between its last look at signals and a read that waits only with the next one.
    """
    try:
        return running.wait(10)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGINT)
    try:
        return running.wait(10)
    except subprocess.TimeoutExpired:
        running.kill()  # a test that fails is better than one that waits for ever
        raise


def test_a_reader_that_leaves_early_is_no_error(tmp_path: Path) -> None:
    with subprocess.Popen(
        quiz(tmp_path), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdin is not None
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        running.stdin.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


def test_the_list_ticks_what_is_done(tmp_path: Path) -> None:
    piped(tmp_path, "2x cos(x^2)")
    listed = subprocess.run(
        quiz(tmp_path, "--list"), capture_output=True, encoding="utf-8", timeout=60, check=True
    ).stdout
    assert "first  First steps  (1 of 2 done)" in listed
    assert re.search(r"sine.*✓ done", listed)


def test_the_front_echoes_what_a_pipe_typed_and_strips_line_ends() -> None:
    front, shown = plain_front("2x\r\nlast")
    assert (front.read(Ask("f'(x) = ", read)), front.read(Ask("y = ", read))) == ("2x", "last")
    assert shown.getvalue() == "f'(x) = 2x\ny = last\n"
    with pytest.raises(EOFError):
        front.read(Ask("", read))


def test_an_echo_cannot_reach_the_terminal_raw() -> None:
    front, shown = plain_front("\x1b[2J\n")
    front.read(Ask("", read))
    assert shown.getvalue() == "\\x1b[2J\n"


def test_a_person_at_a_plain_terminal_is_waited_for_and_not_echoed() -> None:
    front, shown = plain_front("\n", echo=False)
    assert front.read(Ask("Enter for the next question: ")) == ""
    assert shown.getvalue() == "Enter for the next question: "


def test_text_that_is_not_plain_is_parted_by_an_empty_line() -> None:
    front, shown = plain_front("", look=Look())
    front.show((Heading((Words("One"),)),))
    front.show(())
    assert shown.getvalue() == "One\n\n"
