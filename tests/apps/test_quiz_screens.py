"""The screens of the quiz as they stand in a terminal, kept as files beside this test and shown in the guide."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.apps.terminal import Terminal

ROOT = Path(__file__).parent.parent.parent

BANK = """\
schema: 1
unit: chain
title: The chain rule
exercises:
- id: sine-inside
  function: exp(sin(x^2))
- id: saddle
  kind: gradient
  function: x^2*y + y
  variables: [x, y]
- id: pick
  kind: choice
  prompt: "Why is the slope of the inside a factor?"
  choices:
  - text: "It says how fast the inside moves when x moves."
    correct: true
  - text: "It makes the formula symmetric."
    feedback: "Symmetry is no reason: think of what moves when x moves."
- id: steepness
  kind: number
  function: x^3
  at: {x: 2}
"""


class Texts(SingleFileSnapshotExtension):
    """One text file a screen."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


@pytest.fixture
def screens(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(Texts)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "chain.yaml").write_text(BANK, encoding="utf-8")
    return tmp_path


def quiz(home: Path, *names: str, **settings: Any) -> Terminal:
    return Terminal(home, "quiz", "--exercises", str(home / "chain.yaml"), *names, **settings)


READY = "Enter to answer"
MISSING = "2x exp(sin(x^2))"


def first_question(terminal: Terminal) -> list[str]:
    return terminal.until(READY)


def preview_unfinished(terminal: Terminal) -> list[str]:
    terminal.until(READY)
    terminal.type("cos(x^2)/(1+x").until("is never closed", "cos")
    assert terminal.styles("(1+x") == {("brown", True), ("default", False)}
    return terminal.lines()


def preview_finished(terminal: Terminal) -> list[str]:
    terminal.until(READY)
    return terminal.type("cos(x^2)/(1+x)").until("1 + x\n".strip(), "──", gone="never closed")


def wrong_with_ticks(terminal: Terminal) -> list[str]:
    terminal.until(READY)
    return terminal.type(f"{MISSING}\r").until("2 attempts left.", READY)


def wrong_a_second_time(terminal: Terminal) -> list[str]:
    terminal.until(READY)
    terminal.type(f"{MISSING}\r").until("2 attempts left.", READY)
    return terminal.type("exp(sin(x^2)) cos(x^2)\r").until("One attempt left.", READY)


def unreadable(terminal: Terminal) -> list[str]:
    terminal.until(READY)
    terminal.type("2x sine(x)\r").until("Not readable", "^^^^")
    assert terminal.styles("sine(x)") == {("red", True), ("default", False)}
    return terminal.lines()


def steps(terminal: Terminal) -> list[str]:
    terminal.until(READY)
    return terminal.type(":steps\r").until("is yours to find", READY)


def end(terminal: Terminal) -> list[str]:
    terminal.until(READY)
    terminal.type(f"{MISSING}\r").until("2 attempts left.", READY)
    terminal.type("2x cos(x^2) exp(sin(x^2))\r").until("[2/4 saddle]", READY)
    terminal.type("(2x y, x^2 + 1)\r").until("[3/4 pick]", READY)
    terminal.type(":skip\r").until("[4/4 steepness]", READY)
    terminal.type(":quit\r")
    assert terminal.ended() == 0
    lines = terminal.lines()
    return lines[max(index for index, line in enumerate(lines) if ":quit" in line) :]


def gradient_wrong(terminal: Terminal) -> list[str]:
    terminal.type(":skip\r").until("[2/4 saddle]", READY)
    terminal.type("(2x y, x^2)\r").until("2 attempts left.", READY)
    return terminal.lines()


SCREENS = (
    first_question, preview_unfinished, preview_finished, wrong_with_ticks, wrong_a_second_time, unreadable, steps,
    gradient_wrong, end,
)  # fmt: skip


@pytest.mark.parametrize("shown", SCREENS, ids=lambda shown: shown.__name__)
def test_screen(home: Path, screens: SnapshotAssertion, shown: Callable[[Terminal], list[str]]) -> None:
    with quiz(home) as terminal:
        lines = shown(terminal)
        assert "\n".join(lines) + "\n" == screens


def test_a_narrow_screen(home: Path, screens: SnapshotAssertion) -> None:
    with quiz(home, columns=60, lines=20) as terminal:
        lines = wrong_with_ticks(terminal)
        assert max(map(len, lines)) <= 60
        assert "\n".join(lines) + "\n" == screens


def test_the_first_question_stands_still_while_one_types(home: Path) -> None:
    """The rows under the line are kept free: nothing scrolls, whatever the formula."""
    with quiz(home) as terminal:
        heights = {len(terminal.until(READY))}
        for keys in ("1", "/(1+x^2)", "+((((", "\x15", "x^x^x^x^x"):
            terminal.type(keys).until(keys[-1] if keys != "\x15" else READY)
            heights.add(len(terminal.until(READY)))
        assert len(heights) == 1


@pytest.mark.parametrize(("page", "least"), [("docs/learner.md", 6), ("README.md", 1)])
def test_the_screens_of_the_pages_are_these(page: str, least: int) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    shown = re.findall(r"<!-- screen: (\w+) -->\n```text\n(.*?)```", text, re.DOTALL)
    assert len(shown) >= least
    folder = Path(__file__).parent / "__snapshots__" / "test_quiz_screens"
    for name, screen in shown:
        assert screen == (folder / f"test_screen[{name}].txt").read_text(encoding="utf-8"), name
