"""What every kind of exercise says of itself, as data and pure functions; one file a kind holds its `KIND`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tutor.errors import AnswerError
from tutor.exercise.model import Exercise
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


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind: the fields that its exercises may have, its cells, how answers are read, its prompt and hints.

    `fields` and `required` name fields of the exercise file. `read` never raises: an unreadable cell carries its
    AnswerError. `label` is what stands before the input line, such as `f'(x) =`.
    """

    name: str
    fields: frozenset[str]
    required: frozenset[str]
    cells: Callable[[Exercise], tuple[Cell, ...]]
    read: Callable[[Exercise, str], tuple[CellAnswer, ...]]
    prompt: Callable[[Exercise], Prompt]
    label: Callable[[Exercise], str]
    hints: Callable[[Exercise], tuple[Prompt, ...]]
