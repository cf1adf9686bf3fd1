"""What the quiz asks of a front, plain or with a live prompt: to show blocks and to read a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # the first question is shown before formulas are loaded
    from tutor.kinds.kind import CellAnswer
    from tutor.render.blocks import Block

COMMANDS = (
    (":hint", "show the next hint"),
    (":steps", "show the way, as far as your attempt may see it; costs nothing"),
    (":show", "give up: show the worked solution and go on"),
    (":skip", "go on without an answer"),
    (":undo", "take back your last answer, :skip or :show"),
    (":again", "after a slip: ask a fresh exercise about it; it is not counted"),
    (":flag", "mark this exercise for its author, with a note: :flag typo in the text"),
    (":quit", "leave; what was done is kept (also Ctrl-D)"),
    ("?", "show this list"),
)
"""What can be typed instead of an answer."""

ROWS = 5
"""Lines that are kept free for the picture: a growing window scrolls a terminal and does not scroll back."""

Reader = Callable[[str], "tuple[CellAnswer, ...]"]


@dataclass(frozen=True, slots=True)
class Ask:
    """One line to be read: what stands before it, and how its text would be read as an answer.

    `read` is None where no answer is wanted. An answer that cannot be read may be refused by the front, with its
    place; commands never are. `warm` begins to load what `read` needs, and calls back, from another thread, when it is
    there; the front calls it once the line can be typed, so that loading keeps nobody waiting. `help` is the line under
    it where that of the quiz does not fit.
    """

    label: str
    read: Reader | None = None
    warm: Callable[[Callable[[], None]], None] | None = None
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
