"""Rows of answers on their way through the workers: result rows in the order of the input."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from tutor.apps.grade_cache import Assessed, key_of
from tutor.apps.grade_rows import Row, is_given
from tutor.checking.verdict import Status
from tutor.errors import TutorError, UsageError
from tutor.feedback.assessment import Fault
from tutor.render.to_json import Given, Plain, joined, unassessed
from tutor.worker.outcome import NOT_STARTED, Crashed, Done, Failed, Outcome, TimedOut
from tutor.worker.pool import LOOK_AHEAD, Pool

Spare = Callable[[Plain], Outcome]
"""Runs one payload more, in a process of its own."""

BROKEN = "the installation may be incomplete: install difftutor again"
BUG = "this is a fault of difftutor, not of the answer: please report it with this row"


UNPROVED = "no proof was found in the time given to one answer; the balls alone decided"


class Graded(NamedTuple):
    """A row of the input and what became of it."""

    row: Row
    result: Plain


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A row whose result is still to come; `payload` stands only where a worker is at it, no key says it is broken."""

    row: Row
    answer: str
    key: bytes | None
    payload: Plain | None = None


class Assessing:
    """One stream of rows through one pool.

    An answer whose process had to be ended is tried once more by `spare`, which is to prove nothing: a certified
    difference then still makes it incorrect. With `certify` result rows carry certificates. An error of the input ends
    the stream after the rows before it; it is raised then.
    """

    def __init__(
        self, pool: Pool, bank: str | None, workers: int, spare: Spare | None = None, *, certify: bool = False
    ) -> None:
        self._pool = pool
        self._wishes: Plain = {"certify": True} if certify else {}
        self._spare = spare
        self._bank = bank
        self._assessed = Assessed(2 * LOOK_AHEAD * max(workers, 1))
        self._waiting: deque[_Waiting] = deque()
        self._error: TutorError | None = None
        self.distinct = 0

    def results(self, rows: Iterable[Row]) -> Iterator[Graded]:
        """Each row with its result row; each distinct exercise and answer goes through a worker once."""
        for _, outcome in self._pool.run(self._jobs(rows)):
            waiting = self._waiting.popleft()
            yield Graded(waiting.row, self._result(waiting, outcome))
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
        if fault_before(row) is not None:
            self._waiting.append(_Waiting(row, _answer(row), None))
            return None
        payload = payload_of(row, self._bank) | self._wishes
        key = key_of(payload)
        known = self._assessed.expects(key)
        self._waiting.append(_Waiting(row, _answer(row), key, None if known else payload))
        self.distinct += not known
        return None if known else payload

    def _result(self, waiting: _Waiting, outcome: Outcome) -> Plain:
        fault = fault_before(waiting.row)
        if fault is not None or waiting.key is None:
            broken = fault or Fault("internal", BUG)
            return joined(_given(waiting.row), unassessed(waiting.answer, Status.ERROR, broken))
        if waiting.payload is not None:
            self._assessed.put(waiting.key, self._found(waiting.payload, outcome))
        return joined(_given(waiting.row), self._assessed.get(waiting.key))

    def _found(self, payload: Plain, outcome: Outcome) -> Plain:
        """What a worker found, or what is found without any proof when the worker had to be ended."""
        if isinstance(outcome, TimedOut | Crashed) and self._spare is not None and not _never_started(outcome):
            without = self._spare(payload | {"prove": False})
            if isinstance(without, Done) and isinstance(without.value, dict):
                return without.value | {"notices": [*without.value["notices"], UNPROVED]}
        return _assessed_part(payload["answer"], outcome)


def payload_of(row: Row, bank: str | None) -> Plain:
    """What a worker needs to assess a row that has no fault."""
    if row.inline:
        return {"inline": row.inline, "answer": _answer(row)}
    exercise, variant = _named(row)
    return {"exercise": str(exercise).strip(), "variant": variant, "bank": bank, "answer": _answer(row)}


def fault_before(row: Row) -> Fault | None:
    """Why a row cannot be assessed, as far as can be seen without its exercise."""
    return row.fault or _source_fault(row)


def _answer(row: Row) -> str:
    return str(row.fields.get("answer") or "")


def _never_started(outcome: TimedOut | Crashed) -> bool:
    return isinstance(outcome, Crashed) and outcome.reason.startswith(NOT_STARTED)


def _assessed_part(answer: str, outcome: Outcome) -> Plain:
    """The result of a worker; UsageError when no worker gets going, which would be so for every other row too."""
    match outcome:
        case Done(dict() as result):
            return result
        case TimedOut(deadline):
            message = f"not settled within {deadline:g} seconds; the answer was not judged"
            return unassessed(answer, Status.UNDECIDED, Fault("time-limit", message))
        case Crashed(reason) if _never_started(outcome):
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
    if row.inline or is_given(row.fields.get("exercise")):
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
