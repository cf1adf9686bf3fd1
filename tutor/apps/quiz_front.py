"""What the quiz asks of a front, plain or with a live prompt: to show blocks and to read a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from tutor.kinds.kind import CellAnswer
from tutor.render.blocks import Block

COMMANDS = (
    (":hint", "show the next hint"),
    (":show", "show the worked steps and go on"),
    (":skip", "go on without an answer"),
    (":quit", "leave; what was done is kept (also Ctrl-D)"),
    ("?", "show this list"),
)
"""What can be typed instead of an answer."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One line to be read: what stands before it, and how its text would be read as an answer.

    `read` is None where no answer is wanted. An answer that cannot be read may be refused by the front, with its
    place; commands never are. `help` is the line under it where that of the quiz does not fit.
    """

    label: str
    read: Callable[[str], tuple[CellAnswer, ...]] | None = None
    help: str | None = None


class Front(Protocol):
    """A terminal, or what stands for one."""

    def show(self, blocks: Iterable[Block]) -> None:
        """Show blocks under what is there already."""

    def read(self, ask: Ask) -> str:
        """The next line; EOFError at the end of input, KeyboardInterrupt where the line was abandoned."""


def is_command(line: str) -> bool:
    """Whether a line is a command: a formula never begins with a colon or a question mark."""
    return line.lstrip().startswith((":", "?"))
