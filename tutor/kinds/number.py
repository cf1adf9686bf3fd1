"""A number: the value of a derivative at a point, or of what a prompt asks for."""

from __future__ import annotations

import re

from tutor.exercise.model import Complaint, Exercise, Tolerance
from tutor.exercise.symbols import declared_symbols
from tutor.kinds import form
from tutor.kinds.cell import Cell, Formula, Slope
from tutor.kinds.hints import authored, derivative_hints
from tutor.kinds.kind import CellAnswer, Kind, Prompt
from tutor.kinds.naming import ORDINALS, exercise_slope_name, function_letter, point_text, primes, shown
from tutor.kinds.prompts import fill, prompt
from tutor.kinds.reading import read_value

DEFAULT_TOLERANCE = Tolerance(digits=3)
"""A typed decimal of three significant digits or more is right when the value rounds to it."""

_NAME_IN_FRONT = re.compile(r"\s{0,9}(?:slope|value|[A-Za-z]'{0,8} ?\([^()=]{0,40}\)) ?(?:=|≈)")


def cells(exercise: Exercise) -> tuple[Cell, ...]:
    """The one cell: `f'(2)`."""
    tolerance = exercise.tolerance or DEFAULT_TOLERANCE
    if not exercise.functions:
        return (Cell("answer", Formula(exercise.answer[0]), tolerance=tolerance),)
    slope = Slope(exercise.functions[0], exercise.variables * exercise.order, exercise.at)
    return (Cell(_name(exercise), slope, tolerance=tolerance),)


def read(exercise: Exercise, text: str) -> tuple[CellAnswer, ...]:
    """The one number; a name in front of it is passed over."""
    named = _NAME_IN_FRONT.match(text)
    blanked = " " * named.end() + text[named.end() :] if named else text
    answer = read_value(exercise, blanked)
    return (CellAnswer(text, answer.reading, error=answer.error),)


def ask(exercise: Exercise) -> Prompt:
    """The question: `What is the slope of … at x = 2?`."""
    if exercise.order == 1:
        return prompt(exercise, "What is the slope of {function} at {at}?")
    return prompt(exercise, f"What is the {ORDINALS[exercise.order]} derivative of {{function}} at {{at}}?")


def label(exercise: Exercise) -> str:
    """What stands before the input line."""
    return f"{_name(exercise)} ="


def hints(exercise: Exercise) -> tuple[Prompt, ...]:
    """The author's hints, or: differentiate first, the hints for that, then put the point in."""
    if exercise.hints or not exercise.functions:
        return authored(exercise)
    first = fill("Differentiate first; put in {at} afterwards.", exercise)
    return (first, *derivative_hints(exercise.functions[0], exercise.variables[0]))


def check(exercise: Exercise) -> tuple[Complaint, ...]:
    """What is wrong with the form of an exercise for a number."""
    return form.complaints(
        form.one_function(exercise),
        form.one_variable(exercise),
        form.whole_point(exercise),
        form.entries_of_answer(exercise, 1),
        form.question_without_function(exercise),
        form.known_symbols(exercise),
    )


def _name(exercise: Exercise) -> str:
    if not exercise.functions:
        return "answer"
    if len(declared_symbols(exercise)) > 1:
        return f"{exercise_slope_name(exercise)} at {point_text(exercise)}"
    value = exercise.at[exercise.variables[0]]
    return f"{function_letter(exercise)}{primes(exercise.order)}({shown(value)})"


KIND = Kind(
    name="number",
    fields=frozenset({"function", "variable", "order", "at", "domain", "assume", "answer", "tolerance", "mistakes"}),
    required=frozenset({"function or answer"}),
    cells=cells,
    read=read,
    prompt=ask,
    label=label,
    hints=hints,
    check=check,
)
