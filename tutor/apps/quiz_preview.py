"""What stands under the line while an answer is typed: the formula as it is read, as a picture, or what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.apps.quiz_front import ROWS, Reader, is_command
from tutor.errors import AnswerError, Span
from tutor.expression.to_box import Box, beside, clipped, to_box
from tutor.expression.to_text import Notation
from tutor.expression.tree import Expression
from tutor.kinds.kind import CellAnswer
from tutor.render.shown import shown

LONGEST_END = 16
"""Characters that are left away at most to find a beginning that can be read."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A picture of at most ROWS lines, whether it is of an earlier text, and what keeps the text from being read.

    `place` is where in the line the trouble lies.
    """

    lines: tuple[str, ...] = ()
    stale: bool = False
    trouble: str = ""
    place: Span | None = None


def preview(line: str, read: Reader | None, before: Preview, width: int, notation: Notation) -> Preview:
    """The picture of a line; while it cannot be read, that of its beginning, with what is the matter."""
    if read is None or not line.strip() or is_command(line):
        return Preview()
    cells = read(line)
    troubled = next((cell for cell in cells if cell.error is not None), None)
    if troubled is None:
        return Preview(_picture(cells, width, notation))
    assert troubled.error is not None
    lines = _begun(line, read, width, notation) or before.lines
    return Preview(lines, stale=True, trouble=_sentence(troubled.error), place=_place(line, troubled))


def _begun(line: str, read: Reader, width: int, notation: Notation) -> tuple[str, ...]:
    """The picture of the longest beginning of a line that can be read, such as `2x` of `2x + sin(`."""
    for end in range(len(line) - 1, max(len(line) - LONGEST_END, 0), -1):
        cells = read(line[:end])
        if all(cell.error is None for cell in cells):
            return _picture(cells, width, notation)
    return ()


def _picture(cells: tuple[CellAnswer, ...], width: int, notation: Notation) -> tuple[str, ...]:
    formulas = [cell.reading.expression for cell in cells if cell.reading is not None]
    if not formulas:
        return ()
    box = clipped(_row(formulas, notation), width, ROWS, "…" if notation is Notation.UNICODE else "~")
    return tuple(line.rstrip() for line in box.lines)


def _row(formulas: list[Expression], notation: Notation) -> Box:
    first, *others = (to_box(formula, notation) for formula in formulas)
    return beside(first, *(part for other in others for part in (Box((",  ",)), other)))


def _sentence(error: AnswerError) -> str:
    suggestion = f" · {shown(error.suggestion)}" if error.suggestion else ""
    return shown(error.message) + suggestion


def _place(line: str, cell: CellAnswer) -> Span | None:
    """The place of the trouble in the whole line: a cell's span counts in the text of that cell."""
    assert cell.error is not None
    span = cell.error.span
    start = line.find(cell.text) if cell.text else -1
    return None if span is None or start < 0 else Span(start + span.start, start + max(span.end, span.start + 1))
