"""The rows that somebody should look at: the first of them, each on one line with its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tutor.apps.grade_marks import cut, foreign, marked
from tutor.apps.grade_rows import SOURCES, Row
from tutor.checking.verdict import Status
from tutor.render.look import Look
from tutor.render.styled import blanks, columns, joined, painted, styled

SHOWN = 10
_PLACE = 36


@dataclass(frozen=True, slots=True)
class Trouble:
    """A row, its status, and the sentence that says why, with what to do."""

    row: Row
    status: Status
    reason: str


class Troubles:
    """The first rows in trouble, and how many there are."""

    def __init__(self) -> None:
        self._first: list[Trouble] = []
        self.count = 0

    def add(self, row: Row, status: Status, message: str, suggestion: str | None = None) -> None:
        """Note a row."""
        self.count += 1
        if len(self._first) < SHOWN:
            reason = message.removeprefix(f"line {row.line}: ")
            self._first.append(Trouble(row, status, f"{reason} ({suggestion})" if suggestion else reason))

    def lines(self, look: Look) -> Iterator[str]:
        """The places with what is wrong there; a reason that does not fit stands on a line of its own."""
        places = [cut(foreign(trouble.row.place, look), _PLACE, look) for trouble in self._first]
        widths = (max(map(columns, places), default=0), max((len(one.status.value) for one in self._first), default=0))
        for place, trouble in zip(places, self._first, strict=True):
            yield from _lines(place, trouble, widths, look)
        if self.count > len(self._first):
            yield f"  and {self.count - len(self._first):,} more"


def _lines(place: str, trouble: Trouble, widths: tuple[int, int], look: Look) -> Iterator[str]:
    named, reason = foreign(", ".join(_names(trouble.row)), look), foreign(trouble.reason, look)
    status = marked(trouble.status, look)
    space = blanks(widths[1] - len(trouble.status.value) + 2)
    start = joined((styled("  " + place), blanks(widths[0] - columns(place) + 2), status, space))
    whole = start + styled(f"{named}: {reason}" if named else reason)
    if columns(whole.text) <= look.width:
        yield painted(whole, color=look.color)
        return
    yield painted(start + styled(cut(named, look.width - columns(start.text), look)), color=look.color)
    yield "    " + cut(reason, look.width - 4, look)


def _names(row: Row) -> Sequence[str]:
    exercise = next((row.fields[name] for name in SOURCES if row.fields.get(name)), None)
    return [str(name) for name in (row.fields.get("learner"), exercise) if name not in (None, "")]
