"""The rows of `grade_200.csv` and the statuses that mpmath gives them; run as a script it writes the file.

python -m tests.data.grade_200
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from mpmath import diff, mp, mpf

from tests.data.grade_cases import BROKEN, LEARNERS, TASKS, Answer, Meaning, Task

FILE = Path(__file__).with_name("grade_200.csv")
COLUMNS = ("id", "learner", "exercise", "function", "expected", "variable", "variables", "order", "answer", "seconds")
FIGURES = 40
NEAR = mpf(10) ** -25


class Expected(NamedTuple):
    """A row of the file, the status that it must get, and where the answer can be read what it means."""

    columns: dict[str, str]
    status: str
    task: Task | None = None
    answer: Answer | None = None


def rows() -> Iterator[Expected]:
    """All rows: tasks mixed, so that equal exercises do not stand together, and broken rows between them."""
    graded = [
        Expected(task.columns | {"answer": answer.text}, status(task, answer), task, answer)
        for task in TASKS
        for answer in task.answers
    ]
    everything = [row for start in range(7) for row in graded[start::7]]
    for index, (columns, wanted) in enumerate(BROKEN):
        everything.insert(5 + 16 * index, Expected(columns, wanted))
    for number, row in enumerate(everything, 1):
        learner = LEARNERS[number * 7 % len(LEARNERS)]
        given = {"id": f"r{number:03}", "learner": learner, "seconds": str(number * 37 % 90 + 5)}
        yield row._replace(columns=given | row.columns)


def text() -> str:
    """The whole file."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(row.columns for row in rows())
    return written.getvalue()


def status(task: Task, answer: Answer) -> str:
    """Correct, partial, incorrect or unreadable, from values at 40 figures."""
    with mp.workdps(FIGURES):
        if answer.meaning is None:
            return "unreadable"
        if not isinstance(answer.meaning, tuple):
            return "correct" if _agrees(task, answer.meaning, None) else "incorrect"
        right = [_agrees(task, entry, index) for index, entry in enumerate(answer.meaning)]
        return "correct" if all(right) else "partial" if any(right) else "incorrect"


def _agrees(task: Task, meaning: Meaning, entry: int | None) -> bool:
    return all(_same(slope(task, point, entry), meaning(*point)) for point in task.points)


def slope(task: Task, point: tuple[Any, ...], entry: int | None = None) -> Any:
    """The key, or the slope of f that mpmath measures: in the first argument, or in the one of an entry."""
    if task.key:
        return task.function(*point)
    orders = [0] * len(point)
    orders[entry or 0] = task.order
    if len(point) == 1:
        return diff(task.function, point[0], task.order)
    return diff(task.function, point, tuple(orders))


def _same(wanted: Any, given: Any) -> bool:
    return given is not None and abs(wanted - given) <= NEAR * max(1, abs(wanted))


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8", newline="")
