"""What would be graded, without grading it: every row is read and its exercise is looked up, nothing is checked."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tutor.apps.grade_assessing import fault_before, payload_of
from tutor.apps.grade_cache import key_of
from tutor.apps.grade_entry import exercise_of
from tutor.apps.grade_marks import foreign
from tutor.apps.grade_rows import Row
from tutor.apps.grade_trouble import Troubles
from tutor.checking.verdict import Status
from tutor.errors import TutorError
from tutor.exercise.model import Exercise
from tutor.kinds.catalogue import KINDS
from tutor.render.look import Look
from tutor.render.styled import painted, styled, wrapped

_EMPTY = "empty"


class DryRun:
    """Counts over rows that are not graded."""

    def __init__(self, bank: str | None) -> None:
        self._bank = bank
        self._counts: Counter[str] = Counter()
        self._distinct: set[bytes] = set()
        self._learners: set[str] = set()
        self._exercises: set[bytes] = set()
        self._carried: dict[str, None] = {}
        self._troubles = Troubles()
        self.faults = 0

    def read(self, rows: Iterable[Row]) -> None:
        """Count all rows."""
        for row in rows:
            self._counts["row"] += 1
            self._carried |= dict.fromkeys(row.extra)
            learner = str(row.fields.get("learner") or "").strip()
            if learner:
                self._learners.add(learner)
            self._check(row)

    def lines(self, look: Look) -> Iterator[str]:
        """What would be graded, one thing a line."""
        rows = self._counts["row"]
        told = ", ".join(
            (
                _count(len(self._learners), "learner"),
                _count(len(self._exercises), "exercise"),
                _count(len(self._distinct), "distinct answer"),
            )
        )
        yield from _wrapped(f"would grade {rows - self.faults:,} of {_count(rows, 'row')}: {told}", look)
        if self._carried:
            yield from _wrapped(f"carried along: {', '.join(map(repr, list(self._carried)[:20]))}", look)
        if self._counts[_EMPTY]:
            yield _count(self._counts[_EMPTY], "empty answer")
        if self._troubles.count:
            yield "look at these first:"
            yield from self._troubles.lines(look)
        yield "nothing was graded or written"

    def _check(self, row: Row) -> None:
        fault = fault_before(row)
        if fault is not None:
            self._fault(row, fault.message, fault.suggestion)
            return
        payload = payload_of(row, self._bank)
        question = {name: value for name, value in payload.items() if name != "answer"}
        try:
            exercise = _exercise(json.dumps(question))
        except TutorError as error:
            self._fault(row, error.message, error.suggestion)
            return
        self._exercises.add(key_of(question))
        self._distinct.add(key_of(payload))
        self._read_answer(row, exercise, payload["answer"])

    def _read_answer(self, row: Row, exercise: Exercise, answer: str) -> None:
        if not answer.strip():
            self._counts[_EMPTY] += 1
            return
        error = _reading_error(exercise, answer)
        if error is not None:
            self._troubles.add(row, Status.UNREADABLE, error.message, error.suggestion)

    def _fault(self, row: Row, message: str, suggestion: str | None) -> None:
        self.faults += 1
        self._troubles.add(row, Status.ERROR, message, suggestion)


@lru_cache(maxsize=512)
def _exercise(question: str) -> Exercise:
    return exercise_of(json.loads(question))


def _reading_error(exercise: Exercise, answer: str) -> TutorError | None:
    """Why an answer cannot be read, None where it can."""
    try:
        cells = KINDS[exercise.kind].read(exercise, answer)
    except TutorError as error:
        return error
    return next((cell.error for cell in cells if cell.error is not None), None)


def _wrapped(text: str, look: Look) -> Iterator[str]:
    return (painted(part, color=False) for part in wrapped(styled(foreign(text, look)), look.width, 0, 2))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
