"""A real terminal in a test: the program runs in a pseudo-terminal, and its screen is what a person would see."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pexpect
import pyte

PATIENCE = 40.0
"""Seconds in which a screen must come; nothing depends on how fast it does."""


class _Screen(pyte.Screen):
    """A screen that answers the program's questions, such as where the cursor is."""

    answer: Callable[[str], object]

    def write_process_input(self, data: str) -> None:
        self.answer(data)


class Terminal:
    """The program in a terminal of its own; everything of its user lies in one folder."""

    def __init__(self, home: Path, *arguments: str, columns: int = 80, lines: int = 24, **settings: str) -> None:
        environment = os.environ | {
            "TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": str(lines), "HOME": str(home),
            "PYTHONUTF8": "1", "XDG_CACHE_HOME": str(home / "cache"), "DIFFTUTOR_STORE": str(home / "history.sqlite"),
        }  # fmt: skip
        self.process = pexpect.spawn(
            sys.executable,
            ["-m", "tutor", *arguments],
            env=environment | settings,
            dimensions=(lines, columns),
            timeout=PATIENCE,
            echo=False,
            encoding="utf-8",
        )
        self.process.delaybeforesend = None
        self.screen = _Screen(columns, lines)
        self.screen.answer = self.process.send
        self._stream = pyte.Stream(self.screen)
        self.written = ""

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.close(force=True)

    def type(self, keys: str) -> Terminal:
        """Press keys."""
        self.process.send(keys)
        return self

    def until(self, *words: str, gone: str = "") -> list[str]:
        """The lines of the screen, once all words stand on it, and the others do not."""
        while not self._shows(words, gone):
            try:
                self._feed(self.process.read_nonblocking(65536, PATIENCE))
            except (pexpect.TIMEOUT, pexpect.EOF):
                if self._shows(words, gone):
                    break
                message = f"{words} did not come:\n" + "\n".join(self.lines())
                raise AssertionError(message) from None
        return self.lines()

    def ended(self) -> int:
        """The exit code, once the program has ended; what it still wrote is on the screen."""
        while True:
            try:
                self._feed(self.process.read_nonblocking(65536, PATIENCE))
            except pexpect.EOF:
                break
        self.process.close()
        return int(
            self.process.exitstatus if self.process.exitstatus is not None else -(self.process.signalstatus or 0)
        )

    def lines(self) -> list[str]:
        """The lines of the screen down to the last that is not empty."""
        return "\n".join(line.rstrip() for line in self.screen.display).rstrip().split("\n")

    def styles(self, words: str) -> set[tuple[str, bool]]:
        """The colours of the characters of some words on the screen, each with whether it is underlined."""
        row = next(index for index, line in enumerate(self.screen.display) if words in line)
        start = self.screen.display[row].index(words)
        cells = [self.screen.buffer[row][start + offset] for offset in range(len(words))]
        return {(str(cell.fg), bool(cell.underscore)) for cell in cells}

    def _shows(self, words: tuple[str, ...], gone: str) -> bool:
        text = "\n".join(self.screen.display)
        return all(word in text for word in words) and not (gone and gone in text)

    def _feed(self, data: str) -> None:
        self.written += data
        self._stream.feed(data)
