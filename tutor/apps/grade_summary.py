"""What a whole file of answers comes to: how many of each status, the slips seen most, the exercises missed most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

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
        self._tries: Counter[Any] = Counter()
        self._missed: Counter[Any] = Counter()

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
        """The summary, one thing a line; `distinct` is the number of answers that were assessed."""
        counts = ", ".join(f"{self.statuses[status]:,} {status.value}" for status in Status if self.statuses[status])
        yield f"{_count(self.rows, 'row')}, {_count(distinct, 'distinct answer')}: {counts or 'nothing to grade'}"
        yield from _listed("most frequent slips:", [f"{count:6,}  {name}" for name, count in _most(self._slips)])
        yield from _listed("hardest exercises:", [self._share(name) for name in self._hardest()])

    def _hardest(self) -> list[Any]:
        """The exercises with the largest share of answers that are not right; the one tried more often first."""
        missed = [name for name in self._tries if self._missed[name]]
        return sorted(missed, key=lambda name: (-self._missed[name] / self._tries[name], -self._tries[name], str(name)))

    def _share(self, name: Any) -> str:
        return f"{self._missed[name]:6,} of {self._tries[name]:,} missed  {shown(str(name), 48)}"


def _listed(title: str, entries: list[str]) -> list[str]:
    return [title, *entries[:SHOWN]] if entries else []


def _most(counter: Counter[str]) -> list[tuple[str, int]]:
    """The names counted most, equal counts by name, so that the order does not depend on the run."""
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
