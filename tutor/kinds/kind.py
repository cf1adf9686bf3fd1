"""What every kind of exercise says of itself, as data and pure functions; one file a kind holds its `KIND`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tutor.errors import AnswerError
from tutor.exercise.model import Complaint, Exercise
from tutor.expression.reading import Reading
from tutor.expression.tree import Expression
from tutor.kinds.cell import Cell

Prompt: TypeAlias = tuple["str | Expression", ...]
"""What is asked: words and formulas in order, drawn by whoever shows it."""


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """What a learner gave for one cell: its text, and what was read from it, or why it could not be read."""

    text: str
    reading: Reading | None = None
    chosen: frozenset[int] = frozenset()
    error: AnswerError | None = None


def no_complaints(_: Exercise) -> tuple[Complaint, ...]:
    """What a kind finds wrong whose fields say all of its form: nothing."""
    return ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: the fields that its exercises may have, its cells, how answers are read, its prompt and hints.

    `fields` and `required` name fields of the exercise file; `fields` leaves out those that every kind has, and an
    entry `a or b` of `required` asks for one of the two. `read` never raises: an unreadable cell carries its
    AnswerError, whose span counts in the text of that cell. `label` is what stands before the input line, such as
    `f'(x) =`. `check` looks at what fields alone cannot say.
    """

    name: str
    fields: frozenset[str]
    required: frozenset[str]
    cells: Callable[[Exercise], tuple[Cell, ...]]
    read: Callable[[Exercise, str], tuple[CellAnswer, ...]]
    prompt: Callable[[Exercise], Prompt]
    label: Callable[[Exercise], str]
    hints: Callable[[Exercise], tuple[Prompt, ...]]
    check: Callable[[Exercise], tuple[Complaint, ...]] = no_complaints
