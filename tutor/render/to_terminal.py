"""Blocks as text for a terminal: 80 columns, marks and words before colour; plain text tells tables in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from tutor.expression.names import GREEK
from tutor.expression.to_text import Notation, to_text
from tutor.expression.tree import Expression
from tutor.feedback.explanation import Tick
from tutor.render.blocks import (
    BULLET,
    GLUE,
    Banner,
    Block,
    Choices,
    Formula,
    Heading,
    LayerRow,
    LayerTable,
    Line,
    Mark,
    Maths,
    Paragraph,
    Pointer,
    Role,
    StepLine,
    StepTree,
    Table,
    Words,
)
from tutor.render.look import Look
from tutor.render.shown import help_line, shown
from tutor.render.styled import Styled, blanks, columns, joined, padded, painted, styled, wrapped

INDENT = 2

ASIDE = 42
"""The column at which the second half of a verdict begins, where there is room."""

# fmt: off
_MARKS = MappingProxyType({
    Mark.RIGHT:   ("✓", "[ok]", Role.RIGHT),
    Mark.WRONG:   ("✗", "[x]",  Role.WRONG),
    Mark.UNSURE:  ("≈", "[~]",  Role.UNSURE),
    Mark.TROUBLE: ("!", "[!]",  Role.UNSURE),
})

_TICKS = MappingProxyType({
    Tick.RIGHT:   ("✓",  "right", "",                             Role.RIGHT),
    Tick.WRONG:   ("✗ ", "wrong", "look here",                    Role.WRONG),
    Tick.FOLLOWS: ("↳ ", "",      "follows from the one above",   Role.UNSURE),
    Tick.UNKNOWN: ("",   "",      "",                             Role.PLAIN),
})

_ASCII = str.maketrans({
    "✓": "[ok]", "✗": "[x]", "≈": "~", "↳": "->", "→": "->", "∂": "d", "∇": "grad", "…": "...", "·": "*", "×": "*",
    "−": "-", "√": "sqrt", "≤": "<=", "≥": ">=", "≠": "!=", "∞": "inf", "–": "-", "—": "-", "±": "+-",
    "’": "'", "‘": "'", "“": '"', "”": '"', "′": "'",
    "⁽": "^(", "⁾": ")", "∛": "cbrt", "½": "1/2", "∫": "int", "⋅": "*", "•": "*",
    **{letter: name for name, letter in GREEK.items()},
    **{superscript: f"^{digit}" for digit, superscript in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
    **{subscript: f"_{digit}" for digit, subscript in enumerate("₀₁₂₃₄₅₆₇₈₉")},
})
# fmt: on

_GROUPS: Mapping[type, str] = MappingProxyType(
    {Paragraph: "words", Pointer: "words", Formula: "formulas", Choices: "choices"}
)
"""Blocks of one group stand under one another without a blank line."""


def to_terminal(blocks: Iterable[Block], look: Look) -> str:
    """The blocks as text that ends with a line end; empty where there is no block."""
    return "".join(painted(line, color=look.color) + "\n" for line in lines_of(blocks, look))


def lines_of(blocks: Iterable[Block], look: Look) -> tuple[Styled, ...]:
    """The blocks as lines, with a blank line where one part ends and another begins."""
    lines: list[Styled] = []
    before: Block | None = None
    for block in blocks:
        if before is not None and not look.plain and _apart(before, block):
            lines.append(Styled())
        lines.extend(draw(block, look))
        before = block
    return tuple(lines)


def maths(expression: Expression, look: Look) -> str:
    """A formula on one line in the notation of the look, with blanks at which short formulas are not broken."""
    text = to_text(expression, Notation.UNICODE if look.unicode else Notation.ASCII)
    return text.replace(" ", GLUE) if len(text) <= look.width // 2 else text


def line_of(line: Line, look: Look) -> Styled:
    """A line of pieces as styled text."""
    return joined(_piece(piece, look) for piece in line)


def draw(block: Block, look: Look) -> tuple[Styled, ...]:
    """One block as lines."""
    return _DRAWN[type(block)](block, look)


def _apart(before: Block, block: Block) -> bool:
    if isinstance(block, Pointer) or (isinstance(before, Heading) and isinstance(block, Paragraph)):
        return False
    group = _GROUPS.get(type(block))
    return group is None or group != _GROUPS.get(type(before))


# ---- words ------------------------------------------------------------------------------------------------------


def _piece(piece: Words | Maths, look: Look) -> Styled:
    match piece:
        case Words(text, role):
            return styled(written(text, look), role)
        case Maths(expression, role):
            return styled(maths(expression, look), role)


def written(text: str, look: Look) -> str:
    """Words in the characters that the look can show."""
    if look.unicode:
        return text
    parts = text.translate(_ASCII).split(GLUE)
    return GLUE.join(part.encode("ascii", "backslashreplace").decode("ascii") for part in parts)


def _strong(line: Styled) -> Styled:
    return Styled(line.text, tuple(Role.STRONG if role is Role.PLAIN else role for role in line.roles))


def _heading(heading: Heading, look: Look) -> tuple[Styled, ...]:
    return wrapped(_strong(line_of(heading.line, look)), look.width, 0, INDENT)


def _formula(formula: Formula, look: Look) -> tuple[Styled, ...]:
    head = padded(styled(written(formula.label, look)), 9) + blanks(1) if formula.label else Styled()
    body = styled(maths(formula.expression, look).replace(GLUE, " "))
    return wrapped(head + body, look.width, INDENT, INDENT + columns(head.text))


def _choices(choices: Choices, look: Look) -> tuple[Styled, ...]:
    return tuple(
        part
        for number, text in enumerate(choices.lines, 1)
        for part in wrapped(styled(f"{number}  {written(text, look)}"), look.width, INDENT, INDENT + 3)
    )


def _banner(banner: Banner, look: Look) -> tuple[Styled, ...]:
    sign, ascii_sign, role = _MARKS[banner.mark]
    left = styled(f"{sign if look.unicode else ascii_sign} {written(banner.words, look)}", role)
    if banner.asked:
        left = left + blanks(3) + line_of(banner.asked, look)
    aside = line_of(banner.aside, look)
    if not banner.aside:
        return wrapped(left, look.width, 0, INDENT)
    column = max(ASIDE, columns(left.text) + 4)
    if not look.plain and column + columns(aside.text) <= look.width:
        return (padded(left, column) + aside,)
    return (*wrapped(left, look.width, 0, INDENT), *wrapped(aside, look.width, INDENT))


def _paragraph(paragraph: Paragraph, look: Look) -> tuple[Styled, ...]:
    text = line_of(paragraph.line, look)
    lines = wrapped(text, look.width, INDENT, INDENT + (len(BULLET) if text.text.startswith(BULLET) else 0))
    if not paragraph.margin:
        return lines
    return _with_margin(lines, written(paragraph.margin, look), look)


# ---- tables -----------------------------------------------------------------------------------------------------


def _layer_table(table: LayerTable, look: Look) -> tuple[Styled, ...]:
    rows = table.rows
    if look.plain:
        return tuple(line for row in rows for line in wrapped(_narrated(row, look), look.width, 0, INDENT))
    shown_locals = any(row.local is not None for row in rows)
    cells = [
        (styled(f"{row.number}  {maths(row.outer, look)}"), _inside(row, look), _local(row, look), _tick(row, look))
        for row in rows
    ]
    titles = ("layer", "inside", "local derivative" if shown_locals else "", "")
    header = tuple(styled(word, Role.DIM) for word in titles)
    grid = _grid((header, *cells), look)
    return grid if grid else tuple(line for row in rows for line in _stacked_layer(row, look))


def _inside(row: LayerRow, look: Look) -> Styled:
    if row.inside is None:
        return Styled()
    return styled(f"{row.inside_name} = {maths(row.inside, look)}" if row.inside_name else maths(row.inside, look))


def _local(row: LayerRow, look: Look) -> Styled:
    if row.local is None:
        return styled("?", Role.DIM) if row.tick is Tick.WRONG else Styled()
    return styled(maths(row.local, look))


def _tick(row: LayerRow | StepLine, look: Look) -> Styled:
    sign, _, otherwise, role = _TICKS[row.tick]
    remark = row.remark or otherwise
    return styled(written(f"{sign.rstrip()} {remark}".strip() if remark else sign.strip(), look), role)


def _narrated(row: LayerRow, look: Look) -> Styled:
    inside = _inside(row, look)
    parts = [f"Layer {row.number}: {maths(row.outer, look)}"]
    parts += [f"where {inside.text}"] if inside.text else []
    parts += [f"local derivative {maths(row.local, look)}"] if row.local is not None else []
    parts += [word] if (word := _tickwritten(row, look)) else []
    return styled(", ".join(parts[:2]) + "".join(f"; {part}" for part in parts[2:]) + ".")


def _tickwritten(row: LayerRow | StepLine, look: Look) -> str:
    _, word, otherwise, _ = _TICKS[row.tick]
    return written(": ".join(part for part in (word, row.remark or otherwise) if part), look)


def _stacked_layer(row: LayerRow, look: Look) -> tuple[Styled, ...]:
    """A layer that is too wide for a row: its parts under one another."""
    inside, tick = _inside(row, look), _tick(row, look)
    head = styled(f"{row.number}  {maths(row.outer, look)}")
    parts = [head, styled("inside  ", Role.DIM) + inside if inside.text else Styled()]
    parts.append(styled("local derivative  ", Role.DIM) + styled(maths(row.local, look)) if row.local else Styled())
    parts.append(tick)
    return tuple(
        line
        for index, part in enumerate(parts)
        if part.text
        for line in wrapped(part, look.width, INDENT if index == 0 else INDENT + 3, INDENT + 5)
    )


def _table(table: Table, look: Look) -> tuple[Styled, ...]:
    rows = [tuple(line_of(cell, look) for cell in row) for row in table.rows]
    header = tuple(styled(written(word, look), Role.DIM) for word in table.header)
    titles = (header,) if any(table.header) else ()
    grid = () if look.plain else _grid((*titles, *rows), look, table.numbers)
    return grid if grid else tuple(line for row in rows for line in _told_row(table.header, row, look))


def _told_row(header: tuple[str, ...], row: tuple[Styled, ...], look: Look) -> tuple[Styled, ...]:
    """A row as a sentence: the first cell, then each other cell with its header in front."""
    told = row[0]
    for name, cell in zip(header[1:], row[1:], strict=False):
        if cell.text:
            lead = (": " if told is row[0] else "; ") + (f"{written(name, look)} " if name else "")
            told = told + styled(lead) + cell
    return wrapped(told, look.width, 0 if look.plain else INDENT, INDENT + 2)


def _grid(
    rows: tuple[tuple[Styled, ...], ...], look: Look, numbers: frozenset[int] = frozenset()
) -> tuple[Styled, ...]:
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


# ---- steps ------------------------------------------------------------------------------------------------------


def _step_tree(tree: StepTree, look: Look) -> tuple[Styled, ...]:
    lines = [line for step in tree.steps for line in _step(step, look)]
    if tree.hidden:
        more = f"… {tree.hidden} more step{'s' if tree.hidden > 1 else ''}; --full shows all."
        lines.append(blanks(INDENT) + styled(written(more, look), Role.DIM))
    return tuple(lines)


def _step(step: StepLine, look: Look) -> tuple[Styled, ...]:
    indent = INDENT + 2 * min(step.depth, 8)
    head = styled(f"{step.number}  ")
    text = head + styled(f"{written(step.operator, look)} {_factor(step.before, look)} = {maths(step.after, look)}")
    lines = wrapped(text, look.width, indent, indent + columns(head.text) + 2)
    tick = _tick(replace(step, remark="here" if step.tick is Tick.WRONG else ""), look)
    if tick.text and columns(lines[-1].text) + 3 + columns(tick.text) <= look.width:
        lines = (*lines[:-1], lines[-1] + blanks(3) + tick)
    elif tick.text:
        lines = (*lines, *wrapped(tick, look.width, indent + columns(head.text) + 2))
    return _with_margin(lines, written(step.rule, look), look)


def _with_margin(lines: tuple[Styled, ...], name: str, look: Look) -> tuple[Styled, ...]:
    """The lines with a name at the right margin: of the last line if it fits there, else of one more."""
    margin = styled(name, Role.NAME)
    if look.plain:
        return (*lines[:-1], lines[-1] + styled(" (") + margin + styled(")"))
    gap = look.width - columns(name)
    if columns(lines[-1].text) + 2 <= gap:
        return (*lines[:-1], padded(lines[-1], gap) + margin)
    return (*lines, blanks(gap) + margin)


def _factor(expression: Expression, look: Look) -> str:
    """A formula after `d/dx`, in parentheses where it is a sum."""
    text = maths(expression, look)
    is_sum = getattr(expression, "head", "") in ("+", "-", "neg")
    return f"({text})" if is_sum else text


# ---- pointing at a place ----------------------------------------------------------------------------------------


def _pointer(pointer: Pointer, look: Look) -> tuple[Styled, ...]:
    said = [shown(words, 1000) for words in (pointer.message, help_line(pointer.suggestion)) if words]
    lines = [line for words in said for line in _paragraph(Paragraph((Words(words),)), look)]
    if pointer.span is None or not pointer.text.strip():
        return tuple(lines)
    return (*_excerpt(pointer, look), *lines)


def _excerpt(pointer: Pointer, look: Look) -> tuple[Styled, Styled]:
    """The part of the text around the place, and the line of carets under it."""
    assert pointer.span is not None
    room = look.width - 2 * INDENT - 4
    start, end = pointer.span
    first = 0 if end <= room else max(start - room // 2, 0)
    before = written(("…" if first else "") + shown(pointer.text[first:start], 10_000), look)
    inside = written(shown(pointer.text[start:end], 10_000), look)
    after = written(shown(pointer.text[end:], 10_000), look)
    text = styled(before) + styled(inside, Role.WRONG) + styled(after)
    visible = text.part(0, room) + styled(written("…", look)) if len(text.text) > room else text
    carets = "^" * max(1, min(columns(inside), room - columns(before)))
    return blanks(INDENT) + visible, blanks(INDENT + columns(before)) + styled(carets, Role.WRONG)


_DRAWN: Mapping[type, Callable[[Any, Look], tuple[Styled, ...]]] = MappingProxyType(
    {
        Heading: _heading,
        Banner: _banner,
        Paragraph: _paragraph,
        Formula: _formula,
        LayerTable: _layer_table,
        Table: _table,
        StepTree: _step_tree,
        Pointer: _pointer,
        Choices: _choices,
    }
)
"""How each block is drawn."""
