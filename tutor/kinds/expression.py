"""One derivative of one function, or a formula that a prompt asks for."""

from __future__ import annotations

from tutor.exercise.model import Complaint, Exercise
from tutor.kinds import form
from tutor.kinds.cell import Cell, Formula, Slope
from tutor.kinds.hints import authored, derivative_hints
from tutor.kinds.kind import CellAnswer, Kind, Prompt
from tutor.kinds.naming import ORDINALS, exercise_slope_name
from tutor.kinds.prompts import prompt
from tutor.kinds.reading import read_formula

_FORMULA_FIELDS = frozenset({"function", "variable", "order", "at", "domain", "assume", "answer", "form", "mistakes"})


def cells(exercise: Exercise) -> tuple[Cell, ...]:
    """The one cell: the slope of the function, or the stated formula where there is no function."""
    if not exercise.functions:
        return (Cell("answer", Formula(exercise.answer[0])),)
    slope = Slope(exercise.functions[0], exercise.variables * exercise.order, exercise.at)
    return (Cell(exercise_slope_name(exercise), slope),)


def read(exercise: Exercise, text: str) -> tuple[CellAnswer, ...]:
    """The one formula."""
    return (read_formula(exercise, text, next(iter(exercise.variables), None)),)


def ask(exercise: Exercise) -> Prompt:
    """The question: `Differentiate … with respect to x.`."""
    place = " at {at}" if exercise.at else ""
    if exercise.order == 1:
        return prompt(exercise, f"Differentiate {{function}} with respect to {{variable}}{place}.")
    ordinal = ORDINALS[exercise.order]
    return prompt(exercise, f"Find the {ordinal} derivative of {{function}} with respect to {{variable}}{place}.")


def label(exercise: Exercise) -> str:
    """What stands before the input line."""
    return f"{exercise_slope_name(exercise)} ="


def hints(exercise: Exercise) -> tuple[Prompt, ...]:
    """The author's hints, or those that come from the layers of the function."""
    if exercise.hints or not exercise.functions:
        return authored(exercise)
    return derivative_hints(exercise.functions[0], exercise.variables[0])


def check(exercise: Exercise) -> tuple[Complaint, ...]:
    """What is wrong with the form of an exercise for one formula."""
    return form.complaints(
        form.one_function(exercise),
        form.one_variable(exercise),
        form.entries_of_answer(exercise, 1),
        form.question_without_function(exercise),
        form.known_symbols(exercise),
    )


KIND = Kind(
    name="expression",
    fields=_FORMULA_FIELDS,
    required=frozenset({"function or answer"}),
    cells=cells,
    read=read,
    prompt=ask,
    label=label,
    hints=hints,
    check=check,
)
