"""What is asked for, what the environment says, and what a stream can carry decide how things look."""

from __future__ import annotations

import io

import pytest

from tutor.render.look import UNBROKEN, WIDTH, Look, Wishes, look_of


class Terminal(io.TextIOWrapper):
    """A text stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def terminal(encoding: str = "utf-8") -> Terminal:
    return Terminal(io.BytesIO(), encoding=encoding)


def pipe() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8")


@pytest.mark.parametrize(
    ("wishes", "environment", "is_terminal", "color"),
    [
        (Wishes(), {}, True, True),
        (Wishes(), {}, False, False),
        (Wishes(), {"NO_COLOR": "1"}, True, False),
        (Wishes(), {"NO_COLOR": ""}, True, True),
        (Wishes(), {"FORCE_COLOR": "1"}, False, True),
        (Wishes(), {"FORCE_COLOR": "0"}, False, False),
        (Wishes(), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        (Wishes(), {"TERM": "dumb"}, True, False),
        (Wishes(), {"ACCESSIBLE": "1"}, True, False),
        (Wishes(plain=True), {}, True, False),
        (Wishes(color="always"), {"NO_COLOR": "1"}, False, True),
        (Wishes(color="never"), {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colour(wishes: Wishes, environment: dict[str, str], is_terminal: bool, color: bool) -> None:
    assert look_of(terminal() if is_terminal else pipe(), wishes, environment).color is color


@pytest.mark.parametrize(
    ("wishes", "environment", "plain"),
    [
        (Wishes(), {}, False),
        (Wishes(plain=True), {}, True),
        (Wishes(), {"ACCESSIBLE": "1"}, True),
        (Wishes(), {"ACCESSIBLE": "0"}, False),
        (Wishes(), {"TERM": "dumb"}, True),
        (Wishes(), {"TERM": "xterm"}, False),
    ],
)
def test_plain_text_is_one_line_an_event(wishes: Wishes, environment: dict[str, str], plain: bool) -> None:
    look = look_of(terminal(), wishes, environment)
    assert (look.plain, look.width) == (plain, UNBROKEN if plain else WIDTH)


@pytest.mark.parametrize(
    ("encoding", "unicode"), [("utf-8", True), ("ascii", False), ("latin-1", False), ("cp437", False)]
)
def test_unicode_only_where_the_stream_can_carry_it(encoding: str, unicode: bool) -> None:
    assert look_of(terminal(encoding), Wishes(), {}).unicode is unicode


def test_ascii_can_be_asked_for() -> None:
    assert look_of(terminal(), Wishes(ascii=True), {}).unicode is False


def test_a_closed_stream_is_no_terminal() -> None:
    stream = pipe()
    stream.close()
    assert look_of(stream, Wishes(), {}) == Look()
