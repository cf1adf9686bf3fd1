"""The worked steps of an exercise, cell by cell, without an answer to look at."""

from __future__ import annotations

from tutor.errors import TutorError
from tutor.exercise.model import Exercise
from tutor.feedback.explanation import explain
from tutor.kinds.catalogue import KINDS
from tutor.kinds.cell import Cell, Choice, Formula, Slope
from tutor.kinds.naming import is_partial
from tutor.render.asked import asked
from tutor.render.blocks import Block, Heading, Paragraph, Words
from tutor.render.blocks import Formula as Shown
from tutor.render.explained import derivation_page, explained, value_at
from tutor.render.shown import shown


def solution(exercise: Exercise) -> tuple[Block, ...]:
    """How an exercise is done: the layers and steps of each cell, or the right options."""
    try:
        cells = KINDS[exercise.kind].cells(exercise)
        parts = tuple(block for cell in cells for block in _solved(exercise, cell, alone=len(cells) == 1))
    except TutorError as error:
        return (Paragraph((Words(shown(error.message, 1000)),)),)
    notes = (Paragraph((Words(shown(exercise.explain, 2000)),)),) if exercise.explain else ()
    return (*parts, *notes)


def _solved(exercise: Exercise, cell: Cell, *, alone: bool) -> tuple[Block, ...]:
    match cell.target:
        case Slope(function, variables, at):
            explanation = explain(function, variables)
            if not alone:
                return explained(explanation, partial=is_partial(exercise))
            page = derivation_page(explanation, partial=is_partial(exercise))
            return (Heading(asked(exercise)), *page, *value_at(explanation.derivative, at))
        case Formula(expected):
            return (Shown(f"{shown(cell.name)} =", expected),)
        case Choice(right):
            return tuple(_option(exercise, number) for number in sorted(right))


def _option(exercise: Exercise, number: int) -> Paragraph:
    option = exercise.options[number]
    return Paragraph((Words(f"{number + 1}  {shown(option.text, 500)}  {shown(option.feedback, 1000)}".rstrip()),))
