"""What a whole file of answers comes to: statuses, rows to look at, hardest exercises, most frequent slips."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from tutor.apps.grade_marks import cut, foreign
from tutor.apps.grade_rows import Row
from tutor.apps.grade_share import Share
from tutor.apps.grade_trouble import Troubles
from tutor.checking.verdict import RIGHT, Status
from tutor.render.look import Look
from tutor.render.styled import painted, styled, wrapped
from tutor.render.to_json import Plain

SHOWN = 5
MOST_COUNTED = 10_000
"""How many different exercises are counted, so that memory stays bounded."""

JUDGED = (Status.CORRECT, Status.EQUIVALENT, Status.PARTIAL, Status.INCORRECT)
_EMPTY = "empty"


class Summary:
    """Counts over rows."""

    def __init__(self) -> None:
        self.statuses: Counter[Status] = Counter()
        self.share = Share()
        self.has_learners = False
        self._empty = 0
        self._troubles = Troubles()
        self._slips: Counter[str] = Counter()
        self._tries: Counter[Any] = Counter()
        self._right: Counter[Any] = Counter()

    def add(self, row: Row, result: Plain) -> None:
        """Count one row and its result."""
        status = Status(result["status"])
        self.statuses[status] += 1
        self.share.add(result)
        self.has_learners = self.has_learners or result["learner"] not in (None, "")
        if result["diagnosis"]:
            self._slips.update(result["diagnosis"][0]["mal_rules"])
        if status in JUDGED:
            self._judged(result, status)
        elif (result["error"] or {}).get("code") == _EMPTY:
            self._empty += 1
        else:
            self._troubles.add(row, status, result["message"], (result["error"] or {}).get("suggestion"))

    def _judged(self, result: Plain, status: Status) -> None:
        name = result["exercise"] if result["exercise"] is not None else result["function"]
        if name is not None and (name in self._tries or len(self._tries) < MOST_COUNTED):
            self._tries[name] += 1
            self._right[name] += status in RIGHT

    @property
    def rows(self) -> int:
        """How many rows were counted."""
        return self.statuses.total()

    @property
    def unsettled(self) -> bool:
        """Whether some row is undecided or in error."""
        return bool(self.statuses[Status.UNDECIDED] or self.statuses[Status.ERROR])

    def lines(self, distinct: int, look: Look) -> Iterator[str]:
        """The summary, one thing a line; `distinct` is the number of answers that were assessed."""
        rows = f"{_count(self.rows, 'row')}, {_count(distinct, 'distinct answer')}: {self._counts()}"
        yield from (painted(part, color=False) for part in wrapped(styled(rows), look.width, 0, 2))
        if self.share.possible:
            yield f"{self.share.percent:.1f} % of the points of the answers that were judged"
        if self._troubles.count:
            yield "look at these first:"
            yield from self._troubles.lines(look)
        yield from _listed("hardest exercises:", [self._share(name, look) for name in self._hardest()])
        yield from _listed("most frequent slips:", _slips(_most(self._slips)[:SHOWN], look))

    def _counts(self) -> str:
        parts = [f"{self.statuses[status]:,} {status.value}" for status in Status if self.statuses[status]]
        if self._empty:
            unreadable = f"{self.statuses[Status.UNREADABLE]:,} {Status.UNREADABLE.value}"
            parts[parts.index(unreadable)] += f" ({self._empty:,} empty)"
        return ", ".join(parts) or "nothing to grade"

    def _hardest(self) -> list[Any]:
        """The exercises with the smallest share of right answers; of equal ones, the one tried more often first."""
        missed = [name for name in self._tries if self._right[name] < self._tries[name]]
        return sorted(missed, key=lambda name: (self._right[name] / self._tries[name], -self._tries[name], str(name)))

    def _share(self, name: Any, look: Look) -> str:
        right, tries = self._right[name], self._tries[name]
        percent = f"{100 * right / tries:.0f} %"
        return cut(f"  {percent:>5}  {right:,} of {tries:,} right  {foreign(str(name), look, 200)}", look.width, look)


def _slips(counts: list[tuple[str, int]], look: Look) -> list[str]:
    """How often each slip was seen, its id, and what it is called."""
    from tutor.feedback.wording import mal_rules  # read when the first slip was seen

    width = max((len(name) for name, _ in counts), default=0)
    called = {name: mal_rules()[name].name if name in mal_rules() else "" for name, _ in counts}
    lines = (f"  {count:5,}  {foreign(name, look, 60):{width}}  {called[name]}" for name, count in counts)
    return [cut(line.rstrip(), look.width, look) for line in lines]


def _listed(title: str, entries: list[str]) -> list[str]:
    return [title, *entries[:SHOWN]] if entries else []


def _most(counter: Counter[str]) -> list[tuple[str, int]]:
    """The names counted most, equal counts by name, so that the order does not depend on the run."""
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
