"""Every command in both fronts: what the screen says, and what the record keeps."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from tests.apps.quiz_fakes import play_script
from tutor.apps.quiz_front import COMMANDS
from tutor.apps.quiz_plain import PlainFront
from tutor.apps.quiz_prompt import PromptFront
from tutor.practice.history import History
from tutor.render.look import Look, Streams

# fmt: off
CASES: dict[str, tuple[tuple[str, ...], tuple[str, ...], list[str]]] = {  # typed, on the screen, in the record
    "hint":        ((":hint",),             ("Hint 1 of",),                             ["hinted"]),
    "steps":       ((":steps",),            ("= …", "is yours to find"),                ["steps"]),
    "show":        ((":show", ""),          ("2x·cos(x²)", "[2/4 saddle]"),             ["shown"]),
    "skip":        ((":skip",),             ("Skipped;", "[2/4 saddle]"),               ["skipped"]),
    "undo":        (("x", ":undo"),         ("Taken back: your answer x.",),            ["answered", "undone"]),
    "first undo":  ((":undo",),             ("There is nothing to take back",),         []),
    "undo a skip": ((":skip", ":undo"),     ("Taken back: :skip.",),                    ["skipped", "undone"]),
    "undo a show": ((":show", "", ":undo"), ("Taken back: :show.",),                    ["shown", "undone"]),
    "again":       ((":again",),            ("There is no slip to try again.",),        []),
    "flag":        ((":flag",),             ("Marked; :flag and some words say why.",), ["flagged"]),
    "flag, words": ((":flag a typo",),      ("Marked with your note.",),                ["flagged"]),
    "quit":        ((":quit",),             ("No exercise was finished.",),             []),
    "help":        (("?",),                 tuple(name for name, _ in COMMANDS),        []),
    "unknown":     ((":hnt",),              ("There is no :hnt. Did you mean :hint?",), []),
    "nothing":     (("",),                  ("Type an answer, or ? for what else.",),   []),
    "twice":       (("x", "x"),             ("This is your last answer again.",),       ["answered"]),
    "wrong":       (("x",),                 ("✗ Not yet.", "2 attempts left."),         ["answered"]),
    "right":       (("2x cos(x^2)",),       ("✓ Correct.", "[2/4 saddle]"),             ["answered"]),
}
# fmt: on


def plain(folder: Path, lines: tuple[str, ...]) -> str:
    """What a pipe gets for these lines, with line ends where the terminal breaks lines."""
    shown = io.StringIO()
    streams = Streams(
        io.StringIO("".join(f"{line}\n" for line in lines if line or lines == ("",))), shown, io.StringIO()
    )
    play_script(folder, front=PlainFront(streams, Look().as_plain(), echo=True))
    return shown.getvalue()


def live(folder: Path, lines: tuple[str, ...]) -> str:
    """What stands above the live prompt when these lines have been typed at it."""
    shown = io.StringIO()
    plain_part = PlainFront(Streams(io.StringIO(), shown, io.StringIO()), Look(), echo=False)
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("".join(f"{line}\r" for line in lines) + "\x04")
        play_script(folder, front=PromptFront(plain_part, keys, DummyOutput()))
    return shown.getvalue()


@pytest.mark.parametrize("front", [plain, live])
@pytest.mark.parametrize(("typed", "says", "kept"), CASES.values(), ids=CASES)
def test_a_command_does_the_same_in_both_fronts(
    tmp_path: Path,
    front: Callable[[Path, tuple[str, ...]], str],
    typed: tuple[str, ...],
    says: tuple[str, ...],
    kept: list[str],
) -> None:
    screen = front(tmp_path, typed)
    for words in says:
        assert words in screen
    assert [record.what.value for record in History(tmp_path / "history.sqlite").records()] == kept


def test_every_command_has_a_case() -> None:
    typed = {line.split()[0] for lines, _, _ in CASES.values() for line in lines if line}
    assert {name for name, _ in COMMANDS} <= typed
