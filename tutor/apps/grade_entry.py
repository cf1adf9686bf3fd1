"""What one worker does for one answer: `assess_text` runs the whole of `assess` and gives back the result row's part.

Only text crosses the pipe. Exercises are loaded once a process.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from tutor.checking.prover import no_prover
from tutor.checking.symbolic import prove_here
from tutor.checking.verdict import Status
from tutor.errors import AnswerError, ExerciseError, ExerciseErrors, TutorError, UsageError
from tutor.exercise.bank import Bank, load_bank, shipped_folder
from tutor.exercise.inline import row_exercise
from tutor.exercise.model import Exercise
from tutor.feedback.assess import assess
from tutor.feedback.assessment import Fault
from tutor.kinds.catalogue import KINDS
from tutor.render.to_json import assessed, unassessed


def assess_text(payload: dict[str, Any]) -> dict[str, Any]:
    """The assessed part of a result row.

    The payload holds `answer` and either `inline`, the fields of an exercise that the row brings along, or
    `exercise` (`id` or `id#n`), `variant` (a number or None) and `bank` (a folder, None for the program's own).
    With `prove` false nothing is proved, and the balls alone decide; with `certify` true rows have certificates.
    """
    answer = payload["answer"]
    try:
        exercise = exercise_of(payload)
    except TutorError as error:
        return unassessed(answer, Status.ERROR, fault_of(error))
    assessment = assess(exercise, answer, prove_here if payload.get("prove", True) else no_prover)
    return assessed(assessment, certified=payload.get("certify", False))


@lru_cache(maxsize=4)
def bank_at(folder: str | None) -> Bank:
    """The bank in a folder, None for the program's own; raises ExerciseErrors and InputFileError."""
    return load_bank(shipped_folder() if folder is None else Path(folder), KINDS)


def exercise_of(payload: dict[str, Any]) -> Exercise:
    """The exercise that a payload names or brings along; raises TutorError."""
    if "inline" in payload:
        return row_exercise(payload["inline"])
    exercise = bank_at(payload["bank"]).find(payload["exercise"])
    if payload["variant"] is not None:
        message = f"the exercise `{exercise.id}` has no variants"
        raise UsageError("no-variants", message, suggestion="leave the variant empty")
    return exercise


def fault_of(error: TutorError) -> Fault:
    """What an error says, for a row."""
    if isinstance(error, ExerciseErrors) and error.errors:
        error = error.errors[0]
    place = f"{error.file}:{error.line}: " if isinstance(error, ExerciseError) and error.file else ""
    span = error.span if isinstance(error, AnswerError) else None
    return Fault(error.code, place + error.message, span, error.suggestion)
