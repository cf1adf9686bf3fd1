"""What a whole file of answers comes to: how many of each status, the slips seen most, the exercises missed most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from tutor.checking.verdict import Status
from tutor.render.shown import shown
from tutor.render.to_json import RIGHT, Plain

SHOWN = 5
MOST_COUNTED = 10_000
"""How many different exercises are counted, so that memory stays bounded."""

JUDGED = (Status.CORRECT, Status.EQUIVALENT, Status.PARTIAL, Status.INCORRECT)


class Summary:
    """Counts over rows."""

    def __init__(self) -> None:
        self.statuses: Counter[Status] = Counter()
        self._slips: Counter[str] = Counter()
        self._tries: Counter[str] = Counter()
        self._missed: Counter[str] = Counter()

    def add(self, row: Plain) -> None:
        """Count one row."""
        status = Status(row["status"])
        self.statuses[status] += 1
        if row["diagnosis"]:
            self._slips.update(row["diagnosis"][0]["mal_rules"])
        name = row["exercise"] if row["exercise"] is not None else row["function"]
        if status in JUDGED and name is not None and (name in self._tries or len(self._tries) < MOST_COUNTED):
            self._tries[name] += 1
            self._missed[name] += status not in RIGHT

    @property
    def rows(self) -> int:
        """How many rows were counted."""
        return self.statuses.total()

    @property
    def unsettled(self) -> bool:
        """Whether some row is undecided or in error."""
        return bool(self.statuses[Status.UNDECIDED] or self.statuses[Status.ERROR])

    def lines(self, distinct: int) -> Iterator[str]:
        """The summary in up to three lines; `distinct` is the number of answers that were assessed."""
        counts = ", ".join(f"{self.statuses[status]} {status.value}" for status in Status if self.statuses[status])
        yield f"{_count(self.rows, 'row')}, {_count(distinct, 'distinct answer')}: {counts or 'nothing to grade'}"
        slips = _most(self._slips)
        if slips:
            yield "most frequent slips: " + ", ".join(f"{name} {count}" for name, count in slips)
        hardest = [(name, self._missed[name], self._tries[name]) for name in self._tries if self._missed[name]]
        hardest.sort(key=lambda one: (-one[1] / one[2], -one[2], str(one[0])))
        if hardest:
            shares = (f"{shown(str(name), 40)} (missed {missed} of {tries})" for name, missed, tries in hardest[:SHOWN])
            yield "hardest exercises: " + ", ".join(shares)


def _most(counter: Counter[str]) -> list[tuple[str, int]]:
    """The names counted most, equal counts by name, so that the order does not depend on the run."""
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
