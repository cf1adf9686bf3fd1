"""The gradient of one function: a partial derivative for each variable, in their order."""

from __future__ import annotations

from contextlib import suppress

from tutor.errors import AnswerError
from tutor.exercise.model import Complaint, Exercise
from tutor.exercise.scalar import entries as entries_of
from tutor.exercise.symbols import declared_symbols
from tutor.expression.parser import parse
from tutor.expression.reading import Reading
from tutor.expression.to_text import to_text
from tutor.kinds import form
from tutor.kinds.cell import Cell, Formula, Slope
from tutor.kinds.entries import labelled, rows
from tutor.kinds.hints import authored, gradient_hints
from tutor.kinds.kind import CellAnswer, Kind, Prompt
from tutor.kinds.naming import function_letter, shown_symbol, slope_name
from tutor.kinds.prompts import prompt
from tutor.kinds.reading import read_formula, unreadable, whole

LONGEST_ENTRY = 1_000
"""How many characters an entry may have on average."""


def cells(exercise: Exercise) -> tuple[Cell, ...]:
    """One cell a variable: `∂f/∂x`; one an entry of the stated answer where there is no function."""
    if not exercise.functions:
        return tuple(Cell(f"entry {i}", Formula(entry)) for i, entry in enumerate(exercise.answer, start=1))
    letter, function = function_letter(exercise), exercise.functions[0]
    return tuple(
        Cell(slope_name(letter, variable, partial=True), Slope(function, (variable,), exercise.at))
        for variable in exercise.variables
    )


def read(exercise: Exercise, text: str) -> tuple[CellAnswer, ...]:
    """One entry a cell; all cells carry the error when their number is wrong."""
    names = [cell.name for cell in cells(exercise)]
    early = unreadable_whole(text, len(names))
    if early:
        return early
    entries = tuple(entry for row in rows(text) for entry in row)
    by_variable = labelled(entries, spellings(exercise.variables))
    if by_variable is not None:
        entries = tuple(by_variable.get(variable, "") for variable in exercise.variables)
    if len(entries) == 1 < len(names) and (spread := read_softmax(exercise, entries[0], len(names))):
        return spread
    if len(entries) != len(names):
        wanted = f"{_count(len(names))} wanted: {', '.join(names)}"
        here = f"here {'is' if len(entries) == 1 else 'are'} {len(entries)}"
        error = AnswerError("wrong-shape", f"{wanted}; {here}", whole(text), suggestion=_sketch(len(names)))
        return unreadable(entries, len(names), error)
    variables = exercise.variables if exercise.functions else (None,) * len(entries)
    return tuple(read_formula(exercise, entry, name) for entry, name in zip(entries, variables, strict=True))


def read_softmax(exercise: Exercise, text: str, count: int) -> tuple[CellAnswer, ...]:
    """The cells of an answer `softmax(x, y)`, which is a list by itself; nothing for any other answer."""
    with suppress(AnswerError):
        reading = parse(text, declared_symbols(exercise))
        spread = entries_of(reading.expression)
        if len(spread) == count:
            return tuple(CellAnswer(to_text(entry), Reading(entry, reading.notices)) for entry in spread)
    return ()


def unreadable_whole(text: str, count: int) -> tuple[CellAnswer, ...]:
    """The cells of an answer that is empty or far too long; nothing for one that can be taken apart."""
    if not text.strip():
        return unreadable((), count, AnswerError("empty", "there is no answer here"))
    if len(text) > LONGEST_ENTRY * count:
        message = f"this answer has {len(text)} characters; at most {LONGEST_ENTRY * count} are read"
        return unreadable((), count, AnswerError("too-long", message))
    return ()


def spellings(variables: tuple[str, ...]) -> dict[str, str]:
    """The variables by each way to write them: their names, and Greek letters."""
    return {spelling: name for name in variables for spelling in (name, shown_symbol(name), name.replace("_", ""))}


def ask(exercise: Exercise) -> Prompt:
    """The question: `Find the gradient of … with respect to x, y.`."""
    place = " at {at}" if exercise.at else ""
    return prompt(exercise, f"Find the gradient of {{function}} with respect to {{variable}}{place}.")


def label(exercise: Exercise) -> str:
    """What stands before the input line."""
    if not exercise.functions:
        return "answer ="
    names = ", ".join(shown_symbol(variable) for variable in exercise.variables)
    return f"∇{function_letter(exercise)}({names}) ="


def hints(exercise: Exercise) -> tuple[Prompt, ...]:
    """The author's hints, or what is frozen and the first partial derivative."""
    if exercise.hints or not exercise.functions:
        return authored(exercise)
    return gradient_hints(exercise.functions, exercise.variables)


def check(exercise: Exercise) -> tuple[Complaint, ...]:
    """What is wrong with the form of an exercise for a gradient."""
    return form.complaints(
        form.one_function(exercise),
        form.entries_of_answer(exercise, len(exercise.variables)),
        form.known_symbols(exercise),
    )


def _count(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries"


def _sketch(number: int) -> str:
    return "write (" + ", ".join("…" for _ in range(number)) + ")"


KIND = Kind(
    name="gradient",
    fields=frozenset({"function", "variable", "variables", "at", "domain", "assume", "answer", "form", "mistakes"}),
    required=frozenset({"function", "variables"}),
    cells=cells,
    read=read,
    prompt=ask,
    label=label,
    hints=hints,
    check=check,
)
