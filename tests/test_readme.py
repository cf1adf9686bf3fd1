"""The README's screens are what the program prints: every `console` block is run, in order, in one empty folder.

A block holds commands after `$ ` and what they print. `…` alone on a line stands for any lines, inside a line for
any text. `$ cat FILE` shows a file that the following commands use, so the test writes it; `difftutor` and
`python3 scripts/run.py` are the installed program. `a | b` is a pipe.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from tutor.cli import difftutor

README = Path(__file__).parent.parent / "README.md"
PROGRAM = [sys.executable, "-P", "-m", "tutor"]


@dataclass(frozen=True)
class Screen:
    """A command of the README with the line it stands on, and the lines that it prints there."""

    line: int
    command: str
    printed: str


def screens(text: str) -> Iterator[Screen]:
    """Every command in every `console` block."""
    for block in re.finditer(r"^```console\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        first = text[: block.start(1)].count("\n") + 1
        for match in re.finditer(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block[1], re.MULTILINE):
            yield Screen(first + block[1][: match.start()].count("\n"), match[1], match[2])


def words_of(command: str) -> list[list[str]]:
    """The programs of a pipeline with their arguments."""
    pipeline: list[list[str]] = [[]]
    for word in shlex.split(command.replace("python3 scripts/run.py", "difftutor")):
        if word == "|":
            pipeline.append([])
        else:
            pipeline[-1].append(word)
    return [PROGRAM + words[1:] if words[0] == "difftutor" else words for words in pipeline]


Run = Callable[[list[str], str, Path], str]
"""Runs a program with its arguments and an input in a folder: what it writes to stdout and stderr."""


def settings_in(folder: Path) -> dict[str, str]:
    """An 80-column screen without colour, and a home of one's own."""
    return {"NO_COLOR": "1", "PYTHONUTF8": "1", "COLUMNS": "80", "HOME": str(folder), "TERM": "xterm"}


def as_a_process(words: list[str], given: str, folder: Path) -> str:
    """As a learner starts it."""
    settings = os.environ | settings_in(folder)
    run = subprocess.run(
        words, input=given, capture_output=True, cwd=folder, env=settings, text=True, encoding="utf-8", check=False
    )
    return run.stdout + run.stderr


def in_this_process(words: list[str], given: str, folder: Path) -> str:
    """The same without starting Python anew, which takes longer than most commands."""
    if words[: len(PROGRAM)] != PROGRAM:
        return as_a_process(words, given, folder)
    with contextlib.chdir(folder):
        runner = CliRunner(env=settings_in(folder))
        run = runner.invoke(difftutor, words[len(PROGRAM) :], input=given, prog_name="difftutor")
    return run.stdout + run.stderr


def printed_by(command: str, folder: Path, run: Run = as_a_process) -> str:
    """What a pipeline writes to stdout and stderr."""
    output = ""
    for words in words_of(command):
        if words[0] == "echo":
            output = " ".join(words[1:]) + "\n"
            continue
        output = run(words, output, folder)
    return output


def pattern_of(printed: str) -> str:
    """The regular expression of a screen."""
    lines = [r"(?:.*\n)*?" if line.strip() == "…" else _line(line) for line in printed.rstrip().splitlines()]
    return "".join(lines) + r"\s*"


def _line(text: str) -> str:
    return re.escape(text.rstrip()).replace("…", r".*") + r"[ ]*\n"


SCREENS = list(screens(README.read_text(encoding="utf-8")))


def test_the_readme_shows_screens() -> None:
    assert SCREENS


def test_every_screen_is_what_the_program_prints(tmp_path: Path) -> None:
    for screen in SCREENS:
        if screen.command.startswith("cat "):
            (tmp_path / screen.command.removeprefix("cat ").strip()).write_text(screen.printed, encoding="utf-8")
            continue
        printed = printed_by(screen.command, tmp_path)
        assert re.fullmatch(pattern_of(screen.printed), printed), f"README.md:{screen.line} prints now:\n{printed}"


def test_the_python_of_the_readme_prints_what_it_says(tmp_path: Path) -> None:
    (block,) = re.findall(r"^```python\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    run = subprocess.run([sys.executable, "-P", "-c", block], capture_output=True, cwd=tmp_path, text=True, check=False)
    assert run.stdout.splitlines() == re.findall(r"^# (.*)$", block, re.MULTILINE), run.stderr


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        ("a\nb\n", "a\nb\n", True),
        ("a\n…\n", "a\nb\nc\n", True),
        ("x = 1…\n", "x = 1.25\n", True),
        ("a\n", "a\nb\n", False),
        ("a  b\n", "a b\n", False),
    ],
)
def test_a_screen_matches(shown: str, printed: str, same: bool) -> None:
    assert bool(re.fullmatch(pattern_of(shown), printed)) is same
