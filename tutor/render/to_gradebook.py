"""Result rows as a gradebook: CSV with one row a learner and one column an exercise.

The last attempt counts. A cell holds the score, and is empty where there is none. `total` is the sum of the scores and
`max` what could be reached in the answers that were judged or are missing: what is undecided, unreadable or in error
is left out of both, so it is never taken for wrong; it is counted in columns of its own.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tutor.checking.verdict import Status
from tutor.render.to_csv import csv_line

COUNTED = (Status.UNDECIDED, Status.UNREADABLE, Status.ERROR)
ENDING = ("total", "max", "percent", *(status.value for status in COUNTED), "missing")

EMPTY = "empty"
"""The code of an answer that says nothing."""

_PARTS = ("variable", "variables", "order", "at", "domain", "assume", "form", "tolerance")
_FORMULAE = ("=", "+", "-", "@", "\t", "\r")

Column = tuple[str, Any]
"""An exercise and its variant."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What became of one answer; `status` is None where nothing was answered."""

    status: Status | None
    score: float | None
    most: float
    attempt: int | None


class Gradebook:
    """Marks by learner and exercise, both in the order in which they came first; memory grows with their product."""

    def __init__(self) -> None:
        self._marks: dict[str, dict[Column, _Mark]] = {}
        self._nameless: Counter[str] = Counter()
        self._most: dict[Column, float] = {}

    def add(self, row: Mapping[str, Any]) -> None:
        """Enter one result row; it replaces an earlier attempt of the learner at the exercise."""
        learner = "" if row["learner"] is None else str(row["learner"]).strip()
        marks = self._marks.setdefault(learner, {})
        exercise = _label(row)
        if exercise is None:
            self._nameless[learner] += 1
            return
        mark = _mark(row)
        column = (exercise, row["variant"])
        before = marks.get(column)
        if before is None or before.attempt is None or mark.attempt is None or mark.attempt >= before.attempt:
            marks[column] = mark
        if mark.status is not Status.ERROR:
            self._most[column] = max(mark.most, self._most.get(column, 0.0))

    def text(self) -> str:
        """The whole table; an exercise at which every row is in error has no column."""
        columns = self._columns()
        titles = [_title(exercise, variant) for exercise, variant in columns]
        return "".join(map(csv_line, [["learner", *titles, *ENDING], *self._lines(columns)]))

    def _columns(self) -> tuple[Column, ...]:
        """The columns: variants of an exercise share one unless some learner answered two of them."""
        apart = {
            exercise
            for marks in self._marks.values()
            for exercise, number in Counter(exercise for exercise, _ in marks).items()
            if number > 1
        }
        return tuple(dict.fromkeys((name, variant if name in apart else None) for name, variant in self._most))

    def _lines(self, columns: tuple[Column, ...]) -> Iterator[list[str]]:
        together = {exercise for exercise, variant in columns if variant is None}
        most: dict[Column, float] = {}
        for (exercise, variant), points in self._most.items():
            column = (exercise, None if exercise in together else variant)
            most[column] = max(points, most.get(column, 0.0))
        for learner, found in self._marks.items():
            marks = {(name, None if name in together else variant): mark for (name, variant), mark in found.items()}
            yield [_safe(learner), *self._line(learner, marks, most, columns)]

    def _line(
        self, learner: str, marks: Mapping[Column, _Mark], most: Mapping[Column, float], columns: tuple[Column, ...]
    ) -> list[str]:
        scores = [marks[column].score if column in marks else None for column in columns]
        missing = [column for column in columns if column not in marks or marks[column].status is None]
        reached = math.fsum(score for score in scores if score is not None)
        possible = _possible(marks, most, missing)
        counts = Counter(mark.status for mark in marks.values())
        counts[Status.ERROR] += self._nameless[learner]
        return [
            *map(_number, scores),
            _number(reached),
            _number(possible),
            _number(100 * reached / possible, 1) if possible else "",
            *(str(counts[status]) for status in COUNTED),
            str(len(missing)),
        ]


def _possible(marks: Mapping[Column, _Mark], most: Mapping[Column, float], missing: Sequence[Column]) -> float:
    judged = (mark.most for mark in marks.values() if mark.score is not None)
    return math.fsum((*judged, *(most[column] for column in missing)))


def _mark(row: Mapping[str, Any]) -> _Mark:
    attempt = row["attempt"] if isinstance(row["attempt"], int) else None
    nothing = row["status"] == Status.UNREADABLE and (row["error"] or {}).get("code") == EMPTY
    return _Mark(None if nothing else Status(row["status"]), row["score"], float(row["max_score"]), attempt)


def _label(row: Mapping[str, Any]) -> str | None:
    """The exercise of a row: its id, or the formula it brought along with what makes it another question."""
    if row["exercise"] is not None:
        return str(row["exercise"])
    formula = row["function"] if row["function"] is not None else row.get("functions", row.get("expected"))
    if formula is None:
        return None
    return "; ".join([str(formula), *(f"{name} {row[name]}" for name in _PARTS if row.get(name) is not None)])


def _title(exercise: str, variant: Any) -> str:
    title = exercise if variant is None else f"{exercise}#{variant}"
    return f"exercise {title}" if title in ("learner", *ENDING) else _safe(title)


def _safe(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula."""
    return f"'{text}" if text.startswith(_FORMULAE) else text


def _number(value: float | None, digits: int = 6) -> str:
    if value is None:
        return ""
    text = f"{round(value, digits):.{digits}f}".rstrip("0").rstrip(".")
    return text or "0"
