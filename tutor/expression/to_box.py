"""A tree as a picture of a few lines: fractions with bars, raised exponents, roots with a roof, tall parentheses.

The picture shows what was typed, in its order. Inside exponents, where bars would be too tall, quotients of one line
stay in one line; so every part is drawn in both styles, once each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from tutor.expression.box import (
    ASCII_FENCES,
    FENCES,
    Box,
    above,
    beside,
    clipped,
    fenced,
    grid,
    lowered,
    raised,
)
from tutor.expression.fold import fold
from tutor.expression.names import (
    raised_on_name,
    shown_letters,
    shown_name,
    split_name,
    subscript,
    superscript,
    whole_exponent,
)
from tutor.expression.numerals import is_negative, numeral
from tutor.expression.precedence import IN_LINE, STACKED, Level, Places, is_coefficient, level_of
from tutor.expression.to_text import Notation
from tutor.expression.tree import Apply, Expression, Number, Symbol

__all__ = ["Box", "above", "beside", "clipped", "to_box"]


class _Style(Enum):
    """Where a part stands: on the line, or in an exponent."""

    DISPLAY = "display"
    SCRIPT = "script"


class _Drawing(NamedTuple):
    """A drawn part and how strongly it holds together.

    `name` and `rest` part a function from its argument. `plain` is for a fraction with a minus before it: the fraction
    with the minus above the bar, which needs no parentheses.
    """

    box: Box
    level: Level
    name: str = ""
    rest: Box | None = None
    plain: Box | None = None


@dataclass(frozen=True, slots=True)
class _Both:
    """A part in both styles; `cells` are its entries when it is a vector."""

    display: _Drawing
    script: _Drawing
    cells: tuple[Box, ...] = ()


def to_box(expression: Expression, notation: Notation = Notation.UNICODE) -> Box:
    """The picture of a formula; with Notation.ASCII of ASCII characters only."""
    return fold(expression, _Pen(notation).both).display.box


class _Pen(NamedTuple):
    """What draws: one notation, and from it the signs and the brackets."""

    notation: Notation

    def both(self, part: Expression, pieces: Sequence[_Both]) -> _Both:
        """A part in both styles, drawn only once where they cannot differ."""
        display = _drawn(self.notation, part, pieces, _Style.DISPLAY)
        is_same = all(piece.script is piece.display for piece in pieces) and not _has_bar(part)
        script = display if is_same else _drawn(self.notation, part, pieces, _Style.SCRIPT)
        cells = tuple(piece.display.box for piece in pieces) if _is_row(part) else ()
        return _Both(display, script, cells)


class _Job(NamedTuple):
    """One part to draw in one style: its arguments as drawn in that style, and in both."""

    notation: Notation
    style: _Style
    part: Apply
    pieces: Sequence[_Both]

    @property
    def drawings(self) -> list[_Drawing]:
        """The arguments in the style of the job."""
        if self.style is _Style.DISPLAY:
            return [piece.display for piece in self.pieces]
        return [piece.script for piece in self.pieces]

    @property
    def is_unicode(self) -> bool:
        """Whether letters and signs beyond ASCII may be used."""
        return self.notation is Notation.UNICODE


def _drawn(notation: Notation, part: Expression, pieces: Sequence[_Both], style: _Style) -> _Drawing:
    match part:
        case Number():
            return _number(part, notation, style)
        case Symbol(name):
            return _Drawing(_text(_symbol(name) if notation is Notation.UNICODE else name), Level.ATOM)
        case Apply(head):
            return _HEADS.get(head, _call)(_Job(notation, style, part, pieces))


def _has_bar(part: Expression) -> bool:
    match part:
        case Apply(head):
            return head == "/"
        case Number():
            return numeral(part).denominator != ""
        case _:
            return False


def _is_row(part: Expression) -> bool:
    return isinstance(part, Apply) and part.head == "vector"


def _text(text: str) -> Box:
    return Box((text,))


def _symbol(name: str) -> str:
    letters, index = split_name(name)
    lowered_index = subscript(index) if index.isdigit() else index and "_" + index
    return shown_letters(letters) + lowered_index


def _number(number: Number, notation: Notation, style: _Style) -> _Drawing:
    digits, exponent, denominator = numeral(number)
    sign = "-" if is_negative(number) else ""
    level = Level.SIGNED if sign else Level.ATOM
    if not denominator:
        return _Drawing(_text(sign + digits + (exponent and "e" + exponent)), level)
    if style is _Style.SCRIPT:
        return _Drawing(_text(f"{sign}{digits}/{denominator}"), Level.SIGNED if sign else Level.PRODUCT)
    quotient = _over(_text(digits), _text(denominator), notation)
    return _Drawing(beside(_text("- "), quotient), level) if sign else _Drawing(quotient, Level.FRACTION)


def _enclosed(job: _Job, drawing: _Drawing, least: Level) -> Box:
    if drawing.level >= least:
        return drawing.box
    if drawing.plain is not None and least <= Level.FRACTION:
        return drawing.plain
    return _between(job, drawing.box, "()")


def _between(job: _Job, box: Box, signs: str) -> Box:
    fences = FENCES if job.is_unicode else ASCII_FENCES
    return fenced(box, fences[signs[0]], fences[signs[1]])


# ---- operators --------------------------------------------------------------------------------------------------


def _operands(job: _Job, places: Places = STACKED) -> tuple[Box, Box, Level]:
    """Both operands with the parentheses that they need, and the level of the whole in one line."""
    left, right = job.drawings
    first, second = places[job.part.head]
    level = level_of(job.part.head, left.level if left.level >= first else Level.ATOM)
    return _enclosed(job, left, first), _enclosed(job, right, second), level


def _sum(job: _Job) -> _Drawing:
    left, right, level = _operands(job)
    return _Drawing(beside(left, _text(f" {job.part.head} "), right), level)


def _product(job: _Job) -> _Drawing:
    left, right, level = _operands(job)
    return _Drawing(beside(left, _text(_times(job, left, right)), right), level)


def _times(job: _Job, left: Box, right: Box) -> str:
    """Nothing after a coefficient, a tight dot in one line, a loose one between fractions."""
    if job.is_unicode and is_coefficient(*job.part.arguments) and not _has_index(job.part.arguments[1]):
        return ""
    sign = "·" if job.is_unicode else "*"
    return f" {sign} " if left.below or right.below else sign


def _has_index(part: Expression) -> bool:
    """Whether a picture begins with the index of a root, which after a number would look like its exponent."""
    return isinstance(part, Apply) and part.head == "root"


def _negation(job: _Job) -> _Drawing:
    operand = _enclosed(job, job.drawings[0], STACKED["neg"][0])
    return _Drawing(beside(_text("- " if operand.below else "-"), operand), Level.SIGNED)


def _quotient(job: _Job) -> _Drawing:
    """A fraction, or a quotient in one line in an exponent; a minus that leads a numerator is drawn before the bar."""
    if job.style is _Style.SCRIPT:
        left, right, level = _operands(job, IN_LINE)
        if left.height == right.height == 1:
            return _Drawing(beside(left, _text("/"), right), level)
    top, bottom = job.drawings
    whole = _over(top.box, bottom.box, job.notation)
    if top.level is not Level.SIGNED:
        return _Drawing(whole, Level.FRACTION)
    unsigned = _over(_without_minus(top.box), bottom.box, job.notation)
    return _Drawing(beside(_text("- "), unsigned), Level.SIGNED, plain=whole)


def _without_minus(box: Box) -> Box:
    """A picture that begins with a minus, without it and the blank after it."""
    cut = 2 if box.lines[box.baseline].startswith("- ") else 1
    return Box(tuple(line[cut:] for line in box.lines), box.baseline)


def _over(top: Box, bottom: Box, notation: Notation) -> Box:
    """A fraction; its bar is longer than any bar in it, and in ASCII never as short as a minus."""
    bar, least = ("─", 1) if notation is Notation.UNICODE else ("-", 3)
    width = max(top.width, bottom.width, least)
    if any(bar * width in line for box in (top, bottom) for line in box.lines):
        width += 2
    return above(top, _text(bar * width), bottom, baseline=top.height)


def _power(job: _Job) -> _Drawing:
    base, exponent = job.drawings[0], job.pieces[1].script.box
    digits = whole_exponent(job.part.arguments[1]) if job.is_unicode else ""
    script = _text(superscript(digits)) if digits else exponent
    if base.rest is not None and raised_on_name(*job.part.arguments):
        return _Drawing(beside(_with_exponent(_text(base.name), script, digits), base.rest), Level.POWER)
    return _Drawing(_with_exponent(_enclosed(job, base, Level.ATOM), script, digits), Level.POWER)


def _with_exponent(base: Box, script: Box, digits: str) -> Box:
    """Raised digits stand on the line of a base that is not tall, everything else above it."""
    return beside(base, script) if digits and not (base.baseline and base.below) else raised(base, script)


# ---- roots and brackets -----------------------------------------------------------------------------------------


def _square_root(job: _Job) -> _Drawing:
    return _Drawing(_under_roof(job, job.drawings[0].box, ""), Level.FRACTION)


def _root(job: _Job) -> _Drawing:
    index = job.pieces[1].script.box
    if index.height > 1:
        return _call(job)
    return _Drawing(_under_roof(job, job.drawings[0].box, index.lines[0]), Level.FRACTION)


def _under_roof(job: _Job, radicand: Box, index: str) -> Box:
    """A radicand of one line gets √ and a roof of low lines; a taller one a hook and a stroke as tall as it is."""
    if radicand.height > 1:
        return _tall_root(job, radicand, index)
    sign, index = _radical_sign(job, index)
    if job.is_unicode and radicand.width == 1 and not index:
        return _text(sign + radicand.lines[0])
    roof = index.ljust(len(index) + 1 if index else len(sign)) + "_" * radicand.width
    return Box((roof, (sign + radicand.lines[0]).rjust(len(roof))), 1)


def _radical_sign(job: _Job, index: str) -> tuple[str, str]:
    """The sign of a root with the raised digits of its index, and an index that must stand above the sign."""
    if job.is_unicode and index.isdigit():
        return superscript(index) + "√", ""
    return "√" if job.is_unicode else "\\/", index


def _tall_root(job: _Job, radicand: Box, index: str) -> Box:
    """A root with its index at the left end of the roof."""
    hook, stroke = ("╲", "│") if job.is_unicode else ("\\", "|")
    corner, bar = ("┌", "─") if job.is_unicode else (" ", "_")
    margin = max(len(index), 1)
    feet = [" " * margin] * (radicand.height - 1) + [hook.rjust(margin)]
    lines = [f"{foot}{stroke} {line} " for foot, line in zip(feet, radicand.lines, strict=True)]
    roof = index.rjust(margin) + corner + bar * (radicand.width + 2)
    return Box((roof, *lines), radicand.baseline + 1)


def _bars(job: _Job) -> _Drawing:
    return _Drawing(_between(job, job.drawings[0].box, "||"), Level.ATOM)


def _vector(job: _Job) -> _Drawing:
    """A vector as it is typed, in a row; rows of equal length under one another as a matrix."""
    rows = [piece.cells for piece in job.pieces]
    if rows and rows[0] and len({len(row) for row in rows}) == 1:
        return _Drawing(_between(job, grid(rows), "[]"), Level.ATOM)
    return _Drawing(_between(job, _listed([drawing.box for drawing in job.drawings]), "[]"), Level.ATOM)


def _listed(boxes: Sequence[Box]) -> Box:
    comma = _text(", ")
    return beside(*[part for box in boxes for part in (comma, box)][1:]) if boxes else _text("")


# ---- functions --------------------------------------------------------------------------------------------------


def _call(job: _Job) -> _Drawing:
    name = _NAMES.get(job.part.head, "") if job.is_unicode else ""
    name = name or shown_name(job.part.head)
    if not job.pieces:
        return _Drawing(_text(name), Level.ATOM)
    rest = _between(job, _listed([drawing.box for drawing in job.drawings]), "()")
    return _Drawing(beside(_text(name), rest), Level.ATOM, name, rest)


def _logarithm(job: _Job) -> _Drawing:
    base, argument = job.pieces[0].script.box, job.drawings[1].box
    name = _text("log")
    if job.is_unicode and base.lines[0].isdigit():
        name = _text("log" + subscript(base.lines[0]))
    else:
        name = lowered(name, base)
    return _Drawing(beside(name, _between(job, argument, "()")), Level.ATOM)


# fmt: off
_NAMES = {"sigmoid": "σ", "pi": "π", "log2": "log₂", "log10": "log₁₀"}

_HEADS: dict[str, Callable[[_Job], _Drawing]] = {
    "+":        _sum,
    "-":        _sum,
    "neg":      _negation,
    "*":        _product,
    "/":        _quotient,
    "^":        _power,
    "sqrt":     _square_root,
    "root":     _root,
    "abs":      _bars,
    "vector":   _vector,
    "log_base": _logarithm,
}
# fmt: on
