"""The live prompt: keys in, a screen out; the picture under the line, what is refused, and a real terminal."""

from __future__ import annotations

import io
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pexpect
import pyte
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.output.vt100 import Vt100_Output

from tests.apps.quiz_fakes import plain_front, small_bank
from tutor.apps.quiz_front import ROWS, Ask
from tutor.apps.quiz_preview import Preview, preview
from tutor.apps.quiz_prompt import HELP, LONGEST, PromptFront
from tutor.errors import Span
from tutor.exercise.model import Exercise
from tutor.expression.to_text import Notation
from tutor.kinds.catalogue import KINDS
from tutor.kinds.kind import CellAnswer
from tutor.render.look import Look

WIDTH, HEIGHT = 80, 24
EXERCISE = Exercise.derivative("sin(x^2)")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def read(text: str) -> tuple[CellAnswer, ...]:
    return KINDS[EXERCISE.kind].read(EXERCISE, text)


ASK = Ask("f'(x) = ", read)


@contextmanager
def typing(look: Look | None = None) -> Iterator[tuple[PipeInput, PromptFront]]:
    plain, _ = plain_front("", look=look or Look())
    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        yield keys, PromptFront(plain, keys, DummyOutput())


# ---- keys ---------------------------------------------------------------------------------------------------------


def test_a_line_is_read() -> None:
    with typing() as (keys, front):
        keys.send_text("2x cos(x^2)\r")
        assert front.read(ASK) == "2x cos(x^2)"


def test_a_line_that_cannot_be_read_is_not_accepted_until_it_is_mended() -> None:
    with typing() as (keys, front):
        keys.send_text("2x cos(x^2\r)\r")
        assert front.read(ASK) == "2x cos(x^2)"


@pytest.mark.parametrize("line", [":skip", "?", ":nonsense", ""])
def test_commands_and_empty_lines_are_always_accepted(line: str) -> None:
    with typing() as (keys, front):
        keys.send_text(f"{line}\r")
        assert front.read(ASK) == line


def test_a_pause_accepts_anything() -> None:
    with typing() as (keys, front):
        keys.send_text("((\r")
        assert front.read(Ask("Enter: ")) == "(("


@pytest.mark.parametrize(("key", "end"), [("\x03", KeyboardInterrupt), ("\x04", EOFError)])
def test_control_keys(key: str, end: type[BaseException]) -> None:
    with typing() as (keys, front):
        keys.send_text(key)
        with pytest.raises(end):
            front.read(ASK)


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ("2x\x00\r", "2x"),  # NUL: no mark, no cut
        ("2\x00x\r", "2x"),
        ("2x\x12\x13\x0f\x11\r", "2x"),  # Ctrl-R, S, O, Q: nothing to search, nothing to go on to
        ("2x\x1b[A\x1b[B\x1b[5~\x1b[15~\r", "2x"),  # arrows, page up, F5
        ("2x\x1b]0;title\x07\x15x\r", "x"),  # an escape sequence of another kind, then Ctrl-U
        ("\x1b[200~2x\ncos(x)\x1b[201~\r", "2x cos(x)"),  # a pasted line end is a blank and answers nothing
        ("\x1b[200~\x00\x1b[2J:quit\x1b[201~\x15x\r", "x"),
        ("2x\t\r", "2x"),
        ("é\x7f\x7f2x\r", "2x"),
    ],
)
def test_odd_keys(keys: str, line: str) -> None:
    with typing() as (source, front):
        source.send_text(keys)
        assert front.read(ASK).strip() == line


@pytest.mark.parametrize(("before", "after"), [("\x1b[200~", "\x1b[201~"), ("", "")])
def test_a_long_paste_is_cut_and_said(before: str, after: str) -> None:
    with typing() as (keys, front):
        text = before + "x" * 100_000 + after
        threading.Thread(target=keys.send_text, args=(text,), daemon=True).start()  # more than a pipe holds
        session = front.session()

        def after_render(_: object) -> None:
            if len(session.default_buffer.text) == LONGEST and not session.app.is_done:
                session.app.exit(result="".join(part[1] for part in front._under()))

        session.app.after_render += after_render
        under = front.read(ASK)
    assert "too long" in under or "characters" in under


def test_earlier_answers_are_not_offered_again() -> None:
    with typing() as (keys, front):
        keys.send_text("2x\r")
        front.read(ASK)
        keys.send_text("\x1b[A\r")
        assert front.read(ASK) == ""


# ---- the picture under the line -----------------------------------------------------------------------------------


def seen(line: str, before: Preview | None = None, width: int = 70) -> Preview:
    return preview(line, read, before or Preview(), width, Notation.UNICODE)


def test_the_picture_shows_what_is_read() -> None:
    assert seen("x/(1+x)").lines == ("  x", "─────", "1 + x")


def test_an_unfinished_line_keeps_the_picture_before_it_and_says_what_is_missing() -> None:
    unfinished = seen("x/(1+x", seen("x"))
    assert (unfinished.lines, unfinished.stale) == (("x",), True)
    assert ")" in unfinished.trouble


@pytest.mark.parametrize("line", ["", "  ", ":hint", "?"])
def test_there_is_no_picture_of_a_command(line: str) -> None:
    assert seen(line, seen("x")) == Preview()


def test_a_tall_or_wide_picture_is_clipped() -> None:
    tall = "1/(1+" * 8 + "x" + ")" * 8
    assert len(seen(tall).lines) <= ROWS
    assert max(map(len, seen("+".join("x" * 60), width=30).lines)) <= 30


def test_the_place_of_the_trouble_counts_in_the_whole_line() -> None:
    exercise = Exercise("g", kind="gradient", functions=EXERCISE.functions, variables=("x", "y"))
    line = "(2x, sine(y))"
    found = preview(line, lambda text: KINDS["gradient"].read(exercise, text), Preview(), 70, Notation.UNICODE)
    assert found.place is not None
    assert line[found.place.start : found.place.end] == "sine"
    assert seen("2x + sine(x)").place == Span(5, 9)


def test_a_line_typed_at_once_shows_its_beginning() -> None:
    unfinished = seen("x + sin(")
    assert (unfinished.lines, unfinished.stale) == (("x",), True)


# ---- the screen ---------------------------------------------------------------------------------------------------


class Screen:
    """A terminal of 80x24 that is drawn by the toolkit itself."""

    def __init__(self) -> None:
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        stream = pyte.Stream(self._screen)

        class Written(io.StringIO):
            def write(self, text: str) -> int:
                stream.feed(text)
                return len(text)

        self.output = Vt100_Output(Written(), lambda: Size(HEIGHT, WIDTH), enable_cpr=False)

    def lines(self) -> list[str]:
        return [line.rstrip() for line in self._screen.display]


def drawn(keys: str, look: Look | None = None) -> list[str]:
    """The screen when these keys have been typed; the line is left open, then abandoned."""
    screen, plain = Screen(), plain_front("", look=look or Look())[0]
    frames: list[list[str]] = []
    with create_pipe_input() as source, create_app_session(input=source, output=screen.output):
        front = PromptFront(plain, source, screen.output)
        source.send_text(keys)
        session = front.session()

        def after_render(_: object) -> None:
            if session.default_buffer.text and not session.app.is_done:
                frames.append(screen.lines())
                session.app.exit(exception=EOFError)

        session.app.after_render += after_render
        with pytest.raises(EOFError):
            front.read(ASK)
    return frames[-1]


def test_the_screen_while_a_formula_is_typed() -> None:
    assert drawn("cos(x)/(1+x^2)")[:8] == [
        "f'(x) = cos(x)/(1+x^2)",
        "  cos(x)",
        "  ──────",
        "  1 + x²",
        "",
        "",
        "",
        HELP,
    ]


def test_the_screen_after_a_refusal() -> None:
    lines = drawn("2x + sine(x)\r")
    assert lines[:2] == ["f'(x) = 2x + sine(x)", "             ^^^^"]
    assert lines[6].startswith("! Not readable: unknown function 'sine'")
    assert lines[7].startswith("Enter to answer")


def test_the_screen_in_ascii() -> None:
    assert all(line.isascii() for line in drawn("1/(x+1)", Look(unicode=False)))


# ---- a real terminal ----------------------------------------------------------------------------------------------


def test_a_quiz_in_a_terminal(tmp_path: Path) -> None:
    small_bank(tmp_path / "bank")
    options = ["--exercises", str(tmp_path / "bank"), "--store", str(tmp_path / "history.sqlite"), "first"]
    running = pexpect.spawn(
        sys.executable, ["-m", "tutor", "quiz", *options], dimensions=(24, 80), timeout=40, encoding="utf-8"
    )
    for expected, typed in (
        ("Enter to answer", "2x cos(x^2)\r"),
        (r"Correct\.", ""),
        ("saddle", ""),
        ("Enter to answer", ":show\r"),
        ("Enter for the next question", "\r"),
    ):
        running.expect(expected)
        running.send(typed)
    running.expect(r"2 of 2 done: 1 right \(1 at the first attempt\), 1 shown\.")
    running.expect(pexpect.EOF)
    running.close()
    assert running.exitstatus == 0
