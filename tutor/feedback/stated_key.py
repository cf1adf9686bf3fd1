"""A stated key of a row that brings its own function: it is held against the function before any answer is."""

from __future__ import annotations

from tutor.checking.check import check
from tutor.checking.prover import Prover
from tutor.checking.verdict import Status
from tutor.errors import ExerciseError
from tutor.exercise.model import Exercise
from tutor.expression.to_text import to_text
from tutor.kinds.cell import Cell, Choice


def ensure_stated_key(exercise: Exercise, cells: tuple[Cell, ...], prover: Prover) -> None:
    """Nothing, or ExerciseError `wrong-key` when a row's stated key is not the derivative of its function.

    Keys in exercise files are checked when the files are (`author check`), not at every answer.
    """
    if exercise.source is not None or not exercise.functions:
        return
    for cell, stated in zip(cells, exercise.answer, strict=False):
        if isinstance(cell.target, Choice):
            continue
        verdict = check(cell.target, stated, exercise.domain, prover, tolerance=cell.tolerance)
        if verdict.status is Status.INCORRECT:
            message = f"the expected answer {to_text(stated)} is not the derivative of the function"
            raise ExerciseError("wrong-key", message, suggestion="leave `expected` out, or correct it")
