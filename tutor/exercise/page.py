"""The text of one exercise file, kept to say where a fault is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from tutor.errors import ExerciseError

LONGEST_EXCERPT = 160


class Place(NamedTuple):
    """A line and a column of a file, both from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Page:
    """The name and the lines of one file; makes the faults that are found in it."""

    file: str
    lines: tuple[str, ...]

    def line(self, number: int) -> str:
        """The text of a line, from 1; empty beyond the last one."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def fault(self, code: str, message: str, place: Place, suggestion: str | None = None) -> ExerciseError:
        """A fault at a place, with its line as the excerpt (unless the place lies far out in a long line)."""
        line = self.line(place.line)
        excerpt = line[:LONGEST_EXCERPT] if place.column <= LONGEST_EXCERPT else ""
        return ExerciseError(
            code,
            message,
            file=self.file,
            line=place.line,
            column=place.column,
            excerpt=excerpt,
            suggestion=suggestion,
        )
