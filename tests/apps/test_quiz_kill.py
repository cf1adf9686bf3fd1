"""A sitting that is killed at any moment loses nothing that its screen has shown, and goes on where it was."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.apps.terminal import Terminal
from tutor.practice.history import History, Record
from tutor.practice.standing import standings

COUNT = 10
READY = "Enter to answer"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    exercises = "".join(f"- {{id: power-{n:02}, function: x^{n}}}\n" for n in range(2, COUNT + 2))
    (tmp_path / "bank.yaml").write_text(f"schema: 1\nunit: powers\ntitle: Powers\nexercises:\n{exercises}", "utf-8")
    return tmp_path


def quiz(home: Path) -> Terminal:
    return Terminal(home, "quiz", "--exercises", str(home / "bank.yaml"))


def right(number: int) -> str:
    return f"{number} x^{number - 1}"


def records(home: Path) -> tuple[Record, ...]:
    return History(home / "history.sqlite").records()


def kill(terminal: Terminal) -> None:
    terminal.process.kill(signal.SIGKILL)
    assert terminal.ended() == -signal.SIGKILL


def test_ten_questions_with_a_kill_in_the_middle(home: Path) -> None:
    with quiz(home) as terminal:
        for number in range(2, 7):
            terminal.until(f"[{number - 1}/{COUNT} power-{number:02}]", READY)
            terminal.type(f"{right(number)}\r")
        terminal.until("power-07", READY)
        terminal.type(":hint\r").until("Hint 1", READY)
        terminal.type("x^6\r").until("2 attempts left.", READY)
        kill(terminal)
    kept = standings(records(home))
    assert [name for name, standing in kept.items() if standing.finished] == [f"power-{n:02}" for n in range(2, 7)]
    assert (kept["power-07"].begun, kept["power-07"].hints) == (1, 1)
    with quiz(home) as terminal:
        terminal.until("[1/5 power-07]  attempt 2", READY)
        for place, number in enumerate(range(7, 12), 1):
            terminal.until(f"[{place}/5 power-{number:02}]", READY)
            terminal.type(f"{right(number)}\r")
        terminal.until("5 of 5 done: 5 right (4 at the first attempt).")
        assert terminal.ended() == 0
    assert sum(standing.finished for standing in standings(records(home)).values()) == COUNT
    assert len(records(home)) == COUNT + 2


MOMENTS = [
    # typed                seen before the kill  kept
    (["2x\r"],            "Correct.",           ["answered"]),
    (["x\r"],             "Not yet.",           ["answered"]),
    ([":skip\r"],         "Skipped;",           ["skipped"]),
    ([":show\r"],         "Result:",            ["shown"]),
    (["x\r", ":undo\r"], "Taken back:",        ["answered", "undone"]),
    ([":flag typo\r"],    "Marked",             ["flagged"]),
    (["2x"],               "2x",                 []),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "seen", "kept"), MOMENTS)
def test_what_the_screen_has_shown_is_kept(home: Path, typed: list[str], seen: str, kept: list[str]) -> None:
    with quiz(home) as terminal:
        terminal.until(READY)
        for line in typed:
            terminal.type(line)
        terminal.until(seen)
        kill(terminal)
    assert [record.what.value for record in records(home)] == kept


def test_two_terminals_write_to_one_record(home: Path) -> None:
    with quiz(home) as one, quiz(home) as other:
        for terminal in (one, other):
            terminal.until(READY)
        for number in (2, 3, 4):
            for terminal in (one, other):
                terminal.type(f"{right(number)}\r").until(f"[{number}/{COUNT}", READY)
        for terminal in (one, other):
            terminal.type("\x04").until("3 of 10 done: 3 right")
            assert terminal.ended() == 0
    assert len(records(home)) == 6
    assert len({record.sitting for record in records(home)}) == 2


def test_no_process_is_left_behind_by_a_kill(home: Path) -> None:
    with quiz(home) as terminal:
        terminal.until(READY)
        terminal.type("2x\r").until("Correct.")
        children = _children(terminal.process.pid)
        kill(terminal)
    assert children
    assert _gone(children)


def _children(pid: int | None) -> list[int]:
    import psutil

    assert pid is not None
    return [child.pid for child in psutil.Process(pid).children(recursive=True)]


def _gone(pids: list[int]) -> bool:
    import psutil

    left = [psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)]
    return not psutil.wait_procs(left, timeout=20)[1]


def test_a_closed_terminal_ends_the_program(home: Path) -> None:
    with quiz(home) as terminal:
        terminal.until(READY)
        terminal.type("2x\r").until("Correct.", READY)
        terminal.process.kill(signal.SIGHUP)
        assert terminal.ended() != 0
    assert len(records(home)) == 1


@pytest.mark.parametrize(("before", "count", "after"), [("\x1b[200~", 100_000, "\x1b[201~"), ("", 10_000, "")])
def test_a_pasted_book_is_cut_and_the_sitting_goes_on(home: Path, before: str, count: int, after: str) -> None:
    """A terminal may say that a text is pasted, or send it like typed keys."""
    with quiz(home) as terminal:
        terminal.until(READY)
        terminal.type(before + "x+" * (count // 2) + after).until("at most 1,000 are read")
        terminal.type("\x15").until(READY, gone="at most")
        terminal.type("2x\r").until("Correct.")
    assert len(records(home)) == 1


def test_a_pipe_with_a_line_of_100000_characters(home: Path) -> None:
    command = [sys.executable, "-m", "tutor", "quiz", "--exercises", str(home / "bank.yaml")]
    run = subprocess.run(
        [*command, "--store", str(home / "history.sqlite")],
        input="x+" * 50_000 + "\n2x\n", capture_output=True, encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip
    assert run.stdout.count("No attempt was used.") == 1
    assert run.stdout.count("✓ Correct.") == 1
