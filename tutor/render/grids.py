"""Tables as lines: in aligned columns where they fit, else row by row in words."""

from __future__ import annotations

from tutor.render.blocks import Role, Table
from tutor.render.look import Look
from tutor.render.spelling import INDENT, line_of, written
from tutor.render.styled import Styled, blanks, columns, styled, wrapped


def told_or_drawn(table: Table, look: Look) -> tuple[Styled, ...]:
    """A table in columns, or row by row in words where the look is plain or the screen too narrow."""
    rows = [tuple(line_of(cell, look) for cell in row) for row in table.rows]
    header = tuple(styled(written(word, look), Role.DIM) for word in table.header)
    titles = (header,) if any(table.header) else ()
    drawn = () if look.plain else grid((*titles, *rows), look, table.numbers)
    return drawn if drawn else tuple(line for row in rows for line in _told_row(table.header, row, look))


def _told_row(header: tuple[str, ...], row: tuple[Styled, ...], look: Look) -> tuple[Styled, ...]:
    """A row as a sentence: the first cell, then each other cell with its header in front."""
    told = row[0]
    for name, cell in zip(header[1:], row[1:], strict=False):
        if cell.text:
            lead = (": " if told is row[0] else "; ") + (f"{written(name, look)} " if name else "")
            told = told + styled(lead) + cell
    return wrapped(told, look.width, 0 if look.plain else INDENT, INDENT + 2)


def grid(rows: tuple[tuple[Styled, ...], ...], look: Look, numbers: frozenset[int] = frozenset()) -> tuple[Styled, ...]:
    """The cells in aligned columns; empty where they are too wide for the screen."""
    count = max(len(row) for row in rows)
    full = [(*row, *(Styled(),) * (count - len(row))) for row in rows]
    widths = [max(columns(row[index].text) for row in full) for index in range(count)]
    used = [index for index in range(count) if widths[index]]
    for gap in (3, 2):
        if INDENT + sum(widths[index] for index in used) + gap * (len(used) - 1) <= look.width:
            return tuple(_grid_row(row, widths, used, gap, numbers) for row in full)
    return ()


def _grid_row(row: tuple[Styled, ...], widths: list[int], used: list[int], gap: int, numbers: frozenset[int]) -> Styled:
    line = blanks(INDENT)
    for position, index in enumerate(used):
        space = widths[index] - columns(row[index].text)
        cell = blanks(space) + row[index] if index in numbers else row[index] + blanks(space)
        line = line + (blanks(gap) if position else Styled()) + cell
    return line
