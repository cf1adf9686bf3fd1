"""A question ready to be shown: it is written out once, kept with the bank's cache, and needs no formula any more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.exercise.shuffle import rank
from tutor.render.blocks import Block, Choices, Heading, Line, Paragraph, Role, Spelled, Words
from tutor.render.shown import shown, shown_lines

if TYPE_CHECKING:
    from tutor.exercise.bank import Bank
    from tutor.exercise.model import Exercise
    from tutor.expression.tree import Expression
    from tutor.kinds.kind import Prompt


@dataclass(frozen=True, slots=True)
class Question:
    """What is shown of an exercise before it is answered; `file` is the name of its unit's file without the ending.

    `asked` holds words and formulas, already safe for a terminal; `options` and `title` are as their author wrote them.
    """

    id: str
    unit: str
    file: str
    title: str
    label: str
    asked: tuple[Words | Spelled, ...]
    options: tuple[str, ...] = ()


def page(question: Question, place: str, attempt: int = 1) -> tuple[Block, ...]:
    """The question with its place in the sitting, and the options of a choice in their order."""
    again = f"  attempt {attempt}" if attempt > 1 else ""
    head = Heading(
        (
            Words(f"[{place} {shown(question.id)}]", Role.DIM),
            Words("  " + shown(question.title) if question.title else ""),
            Words(again, Role.DIM),
        )
    )
    asked = Paragraph(question.asked)
    options = (Choices(tuple(shown(option, 500) for option in question.options)),) if question.options else ()
    return (head, asked, *options)


def shuffled(question: Question, seed: str) -> Question:
    """The question with its options in the order in which the exercise of the same seed has them."""
    return replace(question, options=tuple(sorted(question.options, key=lambda option: rank(option, seed))))


def questions(bank: Bank) -> tuple[Question, ...]:
    """The questions of all exercises of a bank, in order."""
    return tuple(
        question(exercise, unit.name, Path(unit.file).stem) for unit in bank.units for exercise in unit.exercises
    )


def question(exercise: Exercise, unit: str = "", file: str = "") -> Question:
    """The question of an exercise."""
    from tutor.kinds.catalogue import KINDS  # what its questions are made with is not needed to show them

    kind = KINDS[exercise.kind]
    return Question(
        id=exercise.id,
        unit=unit,
        file=file,
        title=exercise.title,
        label=f"{kind.label(exercise)} ",
        asked=spelled(kind.prompt(exercise)),
        options=tuple(option.text for option in exercise.options),
    )


def spelled(prompt: Prompt) -> tuple[Words | Spelled, ...]:
    """A prompt with its words made safe and its formulas written out."""
    return tuple(Words(shown_lines(part)) if isinstance(part, str) else _formula(part) for part in prompt)


def _formula(expression: Expression) -> Spelled:
    from tutor.expression.to_text import Notation, to_text

    return Spelled(to_text(expression, Notation.UNICODE), to_text(expression, Notation.ASCII))


def to_stored(found: Iterable[Question]) -> list[dict[str, Any]]:
    """Questions as plain JSON values."""
    return [
        {
            "id": one.id,
            "unit": one.unit,
            "file": one.file,
            "title": one.title,
            "label": one.label,
            "asked": [part.text if isinstance(part, Words) else [part.unicode, part.ascii] for part in one.asked],
            "options": list(one.options),
        }
        for one in found
    ]


def from_stored(values: Iterable[Mapping[str, Any]]) -> tuple[Question, ...]:
    """The questions that were stored; KeyError, TypeError or ValueError for anything else."""
    return tuple(
        Question(**{**value, "asked": _asked(value["asked"]), "options": tuple(value["options"])}) for value in values
    )


def _asked(parts: list[Any]) -> tuple[Words | Spelled, ...]:
    return tuple(Words(part) if isinstance(part, str) else Spelled(*part) for part in parts)


def line_of(prompt: Prompt) -> Line:
    """A prompt as a line, such as a hint."""
    return spelled(prompt)
