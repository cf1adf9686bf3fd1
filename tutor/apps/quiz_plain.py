"""The quiz without a live prompt: for pipes, screen readers and dumb terminals; every event is text under the last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tutor.apps.quiz_front import Ask
from tutor.render.blocks import Block
from tutor.render.look import Look, Streams
from tutor.render.shown import shown
from tutor.render.spelling import written
from tutor.render.to_terminal import to_terminal

LONGEST_LINE = 100_000
"""Characters that are read of one line at most; far more than an answer may have."""


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
        try:
            line = self.streams.stdin.readline(LONGEST_LINE)
        except KeyboardInterrupt:
            self._write("\n")
            raise
        if not line:
            self._write("\n")
            raise EOFError
        if self.echo:
            self._write(f"{shown(line.rstrip())}\n")
        return line.rstrip("\r\n")

    def _write(self, text: str) -> None:
        self.streams.stdout.write(text)
        self.streams.stdout.flush()
