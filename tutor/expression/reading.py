"""What reading a text gives: the tree, and what the reader wants to say about how it read the text."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.errors import Span
from tutor.expression.tree import Expression


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that the learner should know about a reading: a stable code, a sentence, and the place."""

    code: str
    message: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as it was read.

    `constant` is the place of a trailing `+ C` that was taken off, None where there was none.
    """

    expression: Expression
    notices: tuple[Notice, ...] = ()
    constant: Span | None = None
