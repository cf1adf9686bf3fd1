"""The quiz without a live prompt: for pipes, screen readers and dumb terminals; every event is text under the last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.render.look import Look, Streams
from tutor.render.shown import shown
from tutor.render.spelling import written
from tutor.render.to_terminal import to_terminal

if TYPE_CHECKING:
    from tutor.apps.quiz_front import Ask
    from tutor.render.blocks import Block

LONGEST_LINE = 10_000
"""Characters that are kept of one line at most; far more than an answer may have."""


@dataclass(frozen=True, slots=True)
class PlainFront:
    """Reads lines from a stream and writes text to another; `echo` repeats what was read, for piped input."""

    streams: Streams
    look: Look
    echo: bool

    def show(self, blocks: Iterable[Block]) -> None:
        """Write the blocks, and an empty line where text is not plain."""
        text = to_terminal(blocks, self.look)
        if text:
            self._write(text if self.look.plain else f"{text}\n")

    def read(self, ask: Ask) -> str:
        """One line after the label. Where nothing is asked for, a pipe does not wait."""
        if ask.read is None and self.echo:
            return ""
        self._write(written(ask.label, self.look))
        if ask.warm is not None:
            ask.warm(lambda: None)
        try:
            line = self._line()
        except KeyboardInterrupt:
            self._write("\n")
            raise
        if not line:
            self._write("\n")
            raise EOFError
        if self.echo:
            self._write(f"{shown(line.rstrip())}\n")
        return line.rstrip("\r\n")

    def _line(self) -> str:
        """The next line, cut to what is kept; the rest of it is read too, and is not the next answer."""
        line = self.streams.stdin.readline(LONGEST_LINE)
        part = line
        while len(part) == LONGEST_LINE and not part.endswith("\n"):
            part = self.streams.stdin.readline(LONGEST_LINE)
        return line

    def _write(self, text: str) -> None:
        self.streams.stdout.write(text)
        self.streams.stdout.flush()


def plain_front(streams: Streams, look: Look) -> PlainFront:
    """The front that writes; a live prompt, where there is one, reads in its place."""
    if not is_live(streams, look):
        return PlainFront(streams, look.as_plain(), echo=not streams.stdin.isatty())
    return PlainFront(streams, look, echo=False)


def is_live(streams: Streams, look: Look) -> bool:
    """Whether there is a terminal that can show a prompt with a picture under it."""
    return not look.plain and streams.stdin.isatty() and streams.stdout.isatty()
