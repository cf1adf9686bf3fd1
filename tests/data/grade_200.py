"""The rows of `grade_200.csv` and the statuses that mpmath gives them; run as a script it writes the file.

python -m tests.data.grade_200
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mpmath import diff, mp, mpf

from tests.data.grade_cases import BROKEN, LEARNERS, TASKS, Answer, Meaning, Task

FILE = Path(__file__).with_name("grade_200.csv")
COLUMNS = ("id", "learner", "exercise", "function", "expected", "variable", "variables", "order", "answer", "seconds")
FIGURES = 40
NEAR = mpf(10) ** -25


def rows() -> Iterator[tuple[dict[str, str], str]]:
    """Each row with the status that it must get: tasks mixed, so that equal exercises do not stand together."""
    graded = [
        (task.columns | {"answer": answer.text}, status(task, answer)) for task in TASKS for answer in task.answers
    ]
    mixed = [graded[start::7] for start in range(7)]
    everything = [row for part in mixed for row in part]
    for index, broken in enumerate(BROKEN):
        everything.insert(5 + 16 * index, broken)
    for number, (columns, wanted) in enumerate(everything, 1):
        learner = LEARNERS[number * 7 % len(LEARNERS)]
        yield {"id": f"r{number:03}", "learner": learner, "seconds": str(number * 37 % 90 + 5), **columns}, wanted


def text() -> str:
    """The whole file."""
    written = io.StringIO(newline="")
    writer = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(columns for columns, _ in rows())
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
    return all(_same(_wanted(task, point, entry), meaning(*point)) for point in task.points)


def _wanted(task: Task, point: tuple[Any, ...], entry: int | None) -> Any:
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
