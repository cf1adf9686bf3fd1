"""Rows of answers on their way through the workers: result rows in the order of the input."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tutor.apps.grade_cache import Assessed, key_of
from tutor.apps.grade_rows import Row, is_given
from tutor.checking.verdict import Status
from tutor.errors import TutorError, UsageError
from tutor.feedback.assessment import Fault
from tutor.render.to_json import Given, Plain, joined, unassessed
from tutor.worker.outcome import NOT_STARTED, Crashed, Done, Failed, Outcome, TimedOut
from tutor.worker.pool import LOOK_AHEAD, Pool

BROKEN = "the installation may be incomplete: install difftutor again"
BUG = "this is a fault of difftutor, not of the answer: please report it with this row"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A row whose result is still to come; no key means that the row is broken."""

    row: Row
    answer: str
    key: bytes | None


class Assessing:
    """One stream of rows through one pool.

    An error of the input ends the stream after the rows before it; it is raised then.
    """

    def __init__(self, pool: Pool, bank: str | None, workers: int) -> None:
        self._pool = pool
        self._bank = bank
        self._assessed = Assessed(2 * LOOK_AHEAD * max(workers, 1))
        self._waiting: deque[_Waiting] = deque()
        self._error: TutorError | None = None
        self.distinct = 0

    def results(self, rows: Iterable[Row]) -> Iterator[Plain]:
        """One result row for each row; each distinct exercise and answer goes through a worker once."""
        for _, outcome in self._pool.run(self._jobs(rows)):
            yield self._result(self._waiting.popleft(), outcome)
        if self._error is not None:
            raise self._error

    def _jobs(self, rows: Iterable[Row]) -> Iterator[Plain | None]:
        try:
            for row in rows:
                yield self._job(row)
        except TutorError as error:
            self._error = error

    def _job(self, row: Row) -> Plain | None:
        """The payload for a worker; None where nothing is to be done."""
        answer = str(row.fields.get("answer") or "")
        if row.fault is not None or _source_fault(row) is not None:
            self._waiting.append(_Waiting(row, answer, None))
            return None
        payload = self._payload(row, answer)
        key = key_of(payload)
        self._waiting.append(_Waiting(row, answer, key))
        if self._assessed.expects(key):
            return None
        self.distinct += 1
        return payload

    def _payload(self, row: Row, answer: str) -> Plain:
        inline = row.inline
        if inline:
            return {"inline": inline, "answer": answer}
        exercise, variant = _named(row)
        return {"exercise": str(exercise).strip(), "variant": variant, "bank": self._bank, "answer": answer}

    def _result(self, waiting: _Waiting, outcome: Outcome) -> Plain:
        fault = waiting.row.fault or _source_fault(waiting.row)
        if fault is not None or waiting.key is None:
            broken = fault or Fault("internal", BUG)
            return joined(_given(waiting.row), unassessed(waiting.answer, Status.ERROR, broken))
        if outcome != Done(None):
            self._assessed.put(waiting.key, _assessed_part(waiting.answer, outcome))
        return joined(_given(waiting.row), self._assessed.get(waiting.key))


def _assessed_part(answer: str, outcome: Outcome) -> Plain:
    """The result of a worker; UsageError when no worker gets going, which would be so for every other row too."""
    match outcome:
        case Done(dict() as result):
            return result
        case TimedOut(deadline):
            message = f"not settled within {deadline:g} seconds; the answer was not judged"
            return unassessed(answer, Status.UNDECIDED, Fault("time-limit", message))
        case Crashed(reason) if reason.startswith(NOT_STARTED):
            raise UsageError("no-worker", f"the process that checks answers {reason}", suggestion=BROKEN)
        case Crashed(reason):
            message = f"not settled: the process that checked it {reason}; the answer was not judged"
            code = "memory-limit" if reason == "out of memory" else "crashed"
            return unassessed(answer, Status.UNDECIDED, Fault(code, message))
        case Failed(reason):
            return unassessed(answer, Status.ERROR, Fault("internal", reason, suggestion=BUG))
        case _:
            return unassessed(answer, Status.ERROR, Fault("internal", "no result", suggestion=BUG))


def _source_fault(row: Row) -> Fault | None:
    """Why a row that could be read names nothing to check the answer against."""
    if row.fault is not None or row.inline or is_given(row.fields.get("exercise")):
        return None
    message = f"line {row.line}: the row names no exercise, function or expected answer"
    return Fault("no-exercise", message, suggestion="fill in one of these columns")


def _given(row: Row) -> Given:
    """What goes back into the result row; numbers that were text in CSV are numbers."""
    exercise, variant = _named(row)
    return Given(
        row=row.number,
        id=row.fields.get("id"),
        learner=row.fields.get("learner"),
        exercise=exercise,
        variant=variant,
        function=row.fields["function"] if is_given(row.fields.get("function")) else None,
        attempt=_plain(row.fields.get("attempt")),
        extra=row.carried,
    )


def _named(row: Row) -> tuple[Any, Any]:
    """The exercise that a row names and its variant, which may be written `id#n`; None for what is not given."""
    exercise, variant = row.fields.get("exercise"), _plain(row.fields.get("variant"))
    if not is_given(exercise):
        return None, variant
    name, mark, number = str(exercise).strip().rpartition("#")
    if mark and variant is None and isinstance(_plain(number), int):
        return name, _plain(number)
    return exercise, variant


def _plain(value: Any) -> Any:
    """A cell's value: whole numbers as numbers, nothing as None, everything else as it came."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) <= 9 and (text == "0" or text[0] != "0"):
        return int(text)
    return value if text else None
