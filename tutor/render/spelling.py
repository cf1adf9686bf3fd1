"""Pieces of a line as styled text in the notation of a look: words, formulas, and names at the right margin."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tutor.render.blocks import GLUE, Line, Maths, Piece, Role, Spelled, Words
from tutor.render.look import Look
from tutor.render.styled import Styled, blanks, columns, joined, padded, styled

if TYPE_CHECKING:
    from tutor.expression.tree import Expression

INDENT = 2
"""How far everything under a verdict or a heading is set in."""


def maths(expression: Expression, look: Look) -> str:
    """A formula on one line in the notation of the look, with blanks at which short formulas are not broken."""
    from tutor.expression.to_text import Notation, to_text  # a page without formulas to write does not load it

    return _kept_together(to_text(expression, Notation.UNICODE if look.unicode else Notation.ASCII), look)


def line_of(line: Line, look: Look) -> Styled:
    """A line of pieces as styled text."""
    return joined(_piece(piece, look) for piece in line)


def written(text: str, look: Look) -> str:
    """Words in the characters that the look can show."""
    if look.unicode:
        return text
    parts = text.translate(_ascii()).split(GLUE)
    return GLUE.join(part.encode("ascii", "backslashreplace").decode("ascii") for part in parts)


def with_margin(lines: tuple[Styled, ...], name: str, look: Look) -> tuple[Styled, ...]:
    """The lines with a name at the right margin: of the last line if it fits there, else of one more."""
    margin = styled(name, Role.NAME)
    if look.plain:
        return (*lines[:-1], lines[-1] + styled(" (") + margin + styled(")"))
    gap = look.width - columns(name)
    if columns(lines[-1].text) + 2 <= gap:
        return (*lines[:-1], padded(lines[-1], gap) + margin)
    return (*lines, blanks(gap) + margin)


def _piece(piece: Piece, look: Look) -> Styled:
    match piece:
        case Words(text, role):
            return styled(written(text, look), role)
        case Maths(expression, role):
            return styled(maths(expression, look), role)
        case Spelled(unicode, in_ascii, role):
            return styled(_kept_together(unicode if look.unicode else in_ascii, look), role)


def _kept_together(formula: str, look: Look) -> str:
    return formula.replace(" ", GLUE) if len(formula) <= look.width // 2 else formula


@cache
def _ascii() -> dict[int, str]:
    """What stands for each character that is not ASCII."""
    from tutor.expression.names import GREEK

    # fmt: off
    return str.maketrans({
        "✓": "[ok]", "✗": "[x]", "≈": "~", "↳": "->", "→": "->", "∂": "d", "∇": "grad", "…": "...", "·": "*", "×": "*",
        "−": "-", "√": "sqrt", "≤": "<=", "≥": ">=", "≠": "!=", "∞": "inf", "–": "-", "—": "-", "±": "+-",
        "’": "'", "‘": "'", "“": '"', "”": '"', "′": "'",
        "⁽": "^(", "⁾": ")", "∛": "cbrt", "½": "1/2", "∫": "int", "⋅": "*", "•": "*",
        **{letter: name for name, letter in GREEK.items()},
        **{superscript: f"^{digit}" for digit, superscript in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")},
        **{subscript: f"_{digit}" for digit, subscript in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    })
    # fmt: on
