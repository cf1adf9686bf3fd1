"""Layers and steps as lines, with the ticks of an answer."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

from tutor.feedback.ticks import Tick
from tutor.render.asked import bracketed
from tutor.render.blocks import LayerRow, LayerTable, Role, StepLine, StepTree
from tutor.render.grids import grid
from tutor.render.look import Look
from tutor.render.spelling import INDENT, line_of, maths, with_margin, written
from tutor.render.styled import Styled, blanks, columns, styled, wrapped

# fmt: off
_TICKS = MappingProxyType({
    Tick.RIGHT:   ("✓",  "right", "",                             Role.RIGHT),
    Tick.WRONG:   ("✗ ", "wrong", "look here",                    Role.WRONG),
    Tick.FOLLOWS: ("↳ ", "",      "follows from the one above",   Role.UNSURE),
    Tick.UNKNOWN: ("? ", "",      "",                             Role.UNSURE),
})
# fmt: on


HERE = "here"
"""What is said of a wrong step where its line has no room for more."""


def layer_table(table: LayerTable, look: Look) -> tuple[Styled, ...]:
    """The layers of a chain in columns, under one another where they are wide, or told in plain text."""
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
    short = [(*cell[:3], _tick(_short(row), look)) for cell, row in zip(cells, rows, strict=True)]
    drawn = grid((header, *cells), look) or grid((header, *short), look)
    return drawn if drawn else tuple(line for row in rows for line in _stacked_layer(row, look))


def _short(row: LayerRow) -> LayerRow:
    """The layer without what is said of it."""
    return replace(row, remark="") if row.tick is Tick.WRONG else row


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
    if row.tick is Tick.UNKNOWN and not remark:
        return Styled()
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


# ---- steps ------------------------------------------------------------------------------------------------------


def step_tree(tree: StepTree, look: Look) -> tuple[Styled, ...]:
    """The steps of a derivation, each set in under the one that it belongs to."""
    lines = [line for step in tree.steps for line in _step(step, look)]
    if tree.hidden:
        more = f"… {tree.hidden} more step{'s' if tree.hidden > 1 else ''}; {tree.elsewhere}."
        lines.append(blanks(INDENT) + styled(written(more, look), Role.DIM))
    return tuple(lines)


def _step(step: StepLine, look: Look) -> tuple[Styled, ...]:
    indent = INDENT + 2 * min(step.depth, 8)
    head = styled(f"{step.number}  ")
    after = written("…", look) if step.after is None else maths(step.after, look)
    text = head + styled(f"{written(step.operator, look)} {line_of(bracketed(step.before), look).text} = {after}")
    lines = wrapped(text, look.width, indent, indent + columns(head.text) + 2)
    tick = _tick(step, look)
    room = look.width - columns(lines[-1].text) - 3 - columns(step.rule) - 2
    if step.tick is Tick.WRONG and columns(tick.text) > room:
        tick = _tick(replace(step, remark=HERE), look)
    if tick.text and columns(lines[-1].text) + 3 + columns(tick.text) <= look.width:
        lines = (*lines[:-1], lines[-1] + blanks(3) + tick)
    elif tick.text:
        lines = (*lines, *wrapped(tick, look.width, indent + columns(head.text) + 2))
    return with_margin(lines, written(step.rule, look), look)
