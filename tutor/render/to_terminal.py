"""Blocks as text for a terminal: 80 columns, marks and words before colour; plain text tells tables in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any

from tutor.render.blocks import (
    BULLET,
    GLUE,
    Banner,
    Block,
    Choices,
    Formula,
    Heading,
    LayerTable,
    Mark,
    Marked,
    Paragraph,
    Pointer,
    Role,
    StepTree,
    Table,
    Words,
)
from tutor.render.grids import told_or_drawn
from tutor.render.look import Look
from tutor.render.shown import help_line, shown
from tutor.render.spelling import INDENT, line_of, maths, with_margin, written
from tutor.render.styled import Styled, blanks, columns, padded, painted, styled, wrapped

ASIDE = 42
"""The column at which the second half of a verdict begins, where there is room."""

# fmt: off
_MARKS = MappingProxyType({
    Mark.RIGHT:   ("✓", "[ok]", Role.RIGHT),
    Mark.WRONG:   ("✗", "[x]",  Role.WRONG),
    Mark.UNSURE:  ("≈", "[~]",  Role.UNSURE),
    Mark.TROUBLE: ("!", "[!]",  Role.UNSURE),
})
# fmt: on

_GROUPS: Mapping[type, str] = MappingProxyType(
    {Paragraph: "words", Pointer: "words", Marked: "words", Formula: "formulas", Choices: "choices"}
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


def draw(block: Block, look: Look) -> tuple[Styled, ...]:
    """One block as lines."""
    return _DRAWN[type(block)](block, look)


def _apart(before: Block, block: Block) -> bool:
    if isinstance(block, Pointer | Marked):
        return False
    if isinstance(block, Paragraph | Heading) and _is_not_right(before):
        return False
    if isinstance(block, Paragraph) and isinstance(before, Heading):
        return False
    group = _GROUPS.get(type(block))
    return group is None or group != _GROUPS.get(type(before))


def _is_not_right(block: Block) -> bool:
    """Whether a block is the verdict on an answer that is not right: what is the matter stands right under it."""
    return isinstance(block, Banner) and block.mark in (Mark.WRONG, Mark.UNSURE)


# ---- words ------------------------------------------------------------------------------------------------------


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
    return with_margin(lines, written(paragraph.margin, look), look)


def _layers(table: LayerTable, look: Look) -> tuple[Styled, ...]:
    from tutor.render.drawn_steps import layer_table  # with the calculus behind it, which no question needs

    return layer_table(table, look)


def _steps(tree: StepTree, look: Look) -> tuple[Styled, ...]:
    from tutor.render.drawn_steps import step_tree

    return step_tree(tree, look)


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


def _marked(marked: Marked, look: Look) -> tuple[Styled, ...]:
    """The answer, and under it carets with the label beside them; in plain text a sentence that quotes the place."""
    label = line_of(marked.label, look)
    if look.plain:
        from tutor.feedback.wording import phrase

        part = shown(marked.text[marked.span.start : marked.span.end])
        name = "mark-whole" if part == marked.text.strip() else "mark-told"
        return wrapped(
            styled(written(phrase(name, part=part, place=str(marked.span.start + 1), label=label.text), look)),
            look.width,
            INDENT,
        )
    text, carets = _excerpt(Pointer(marked.text, marked.span, ""), look)
    beside = carets + blanks(1) + label
    if columns(beside.text) <= look.width:
        return text, beside
    return text, carets, *wrapped(label, look.width, INDENT)


_DRAWN: Mapping[type, Callable[[Any, Look], tuple[Styled, ...]]] = MappingProxyType(
    {
        Heading: _heading,
        Banner: _banner,
        Paragraph: _paragraph,
        Formula: _formula,
        LayerTable: _layers,
        Table: told_or_drawn,
        StepTree: _steps,
        Pointer: _pointer,
        Marked: _marked,
        Choices: _choices,
    }
)
"""How each block is drawn."""
