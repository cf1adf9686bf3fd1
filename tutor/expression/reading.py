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

    def __init__(self, expression: Expression, notices: tuple[Notice, ...] = (), constant: Span | None = None) -> None:
        # As in the tree: one is made for each answer.
        _set_expression(self, expression)
        _set_notices(self, notices)
        _set_constant(self, constant)


_set_expression = Reading.__dict__["expression"].__set__
_set_notices = Reading.__dict__["notices"].__set__
_set_constant = Reading.__dict__["constant"].__set__
