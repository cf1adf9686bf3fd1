"""The Jacobian of several functions: a row for each function, a column for each variable."""

from __future__ import annotations

from tutor.errors import AnswerError
from tutor.exercise.model import Complaint, Exercise
from tutor.kinds import form
from tutor.kinds.cell import Cell, Slope
from tutor.kinds.entries import rows
from tutor.kinds.gradient import unreadable_whole
from tutor.kinds.hints import authored, gradient_hints
from tutor.kinds.kind import CellAnswer, Kind, Prompt
from tutor.kinds.naming import function_letter, numbered, slope_name
from tutor.kinds.prompts import prompt
from tutor.kinds.reading import read_formula, unreadable, whole


def cells(exercise: Exercise) -> tuple[Cell, ...]:
    """The entries row by row: `∂f₁/∂x`, `∂f₁/∂y`, `∂f₂/∂x`."""
    letter = function_letter(exercise)
    return tuple(
        Cell(slope_name(numbered(letter, row), variable, partial=True), Slope(function, (variable,), exercise.at))
        for row, function in enumerate(exercise.functions, start=1)
        for variable in exercise.variables
    )


def read(exercise: Exercise, text: str) -> tuple[CellAnswer, ...]:
    """The entries row by row; a single row of all entries is taken as well."""
    height, width = len(exercise.functions), len(exercise.variables)
    early = unreadable_whole(text, height * width)
    if early:
        return early
    grid = rows(text)
    entries = tuple(entry for row in grid for entry in row)
    flat = len(grid) == 1 or 1 in (height, width)
    fits = len(entries) == height * width and (flat or [len(row) for row in grid] == [width] * height)
    if not fits:
        return unreadable(entries, height * width, _wrong_shape(text, height, width, grid))
    variables = exercise.variables * height
    return tuple(read_formula(exercise, entry, name) for entry, name in zip(entries, variables, strict=True))


def _wrong_shape(text: str, height: int, width: int, grid: tuple[tuple[str, ...], ...]) -> AnswerError:
    wanted = f"{_size(height, 'row')} of {_size(width, 'entry')} wanted, a row for each function"
    widths = {len(row) for row in grid}
    here = _size(len(grid), "row") + (f" of {widths.pop()}" if len(widths) == 1 else " of different lengths")
    sketch = "[" + ", ".join(["[" + ", ".join(["…"] * width) + "]"] * height) + "]"
    return AnswerError("wrong-shape", f"{wanted}; here: {here}", whole(text), suggestion=f"write {sketch}")


def _size(number: int, name: str) -> str:
    several = "entries" if name == "entry" else f"{name}s"
    return f"{number} {name if number == 1 else several}"


def ask(exercise: Exercise) -> Prompt:
    """The question: `Find the Jacobian of (…) with respect to x, y, a row for each function.`."""
    place = " at {at}" if exercise.at else ""
    made = f"Find the Jacobian of ({{function}}) with respect to {{variable}}{place}, a row for each function."
    return prompt(exercise, made)


def label(exercise: Exercise) -> str:
    """What stands before the input line."""
    return "J ="


def hints(exercise: Exercise) -> tuple[Prompt, ...]:
    """The author's hints, or what is frozen and the first entry."""
    return authored(exercise) if exercise.hints else gradient_hints(exercise.functions, exercise.variables)


def check(exercise: Exercise) -> tuple[Complaint, ...]:
    """What is wrong with the form of an exercise for a Jacobian."""
    return form.complaints(
        form.entries_of_answer(exercise, len(exercise.functions) * len(exercise.variables)),
        form.known_symbols(exercise),
    )


KIND = Kind(
    name="jacobian",
    fields=frozenset(
        {"function", "functions", "variable", "variables", "at", "domain", "assume", "answer", "form", "mistakes"}
    ),
    required=frozenset({"functions", "variables"}),
    cells=cells,
    read=read,
    prompt=ask,
    label=label,
    hints=hints,
    check=check,
)
