"""Who needs parentheses: the one table of precedence that all printers share, and when a product needs no sign.

Binding grows from SUM to ATOM. A part that binds less than its place asks for is put in parentheses. `-a*b` reads
as `(-a)*b`, so a minus is as strong as a product that begins with one (SIGNED), and its operand must be a power.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

from tutor.expression.numerals import is_negative, is_plain, numeral
from tutor.expression.tree import Apply, Expression, Number, Symbol


class Level(IntEnum):
    """How strongly a written piece holds together.

    FRACTION is for what is closed but no base of a power: a fraction with a bar, a root without parentheses.
    """

    SUM = 0
    SIGNED = 1
    PRODUCT = 2
    POWER = 3
    FRACTION = 4
    ATOM = 5


Places = Mapping[str, tuple[Level, ...]]

# fmt: off
IN_LINE: Places = MappingProxyType({
    "+":   (Level.SUM,    Level.PRODUCT),
    "-":   (Level.SUM,    Level.PRODUCT),
    "neg": (Level.POWER,),
    "*":   (Level.SIGNED, Level.POWER),
    "/":   (Level.SIGNED, Level.POWER),
    "^":   (Level.ATOM,   Level.POWER),
})
"""The least level of each operand where everything stands in one line."""

STACKED: Places = MappingProxyType({
    **IN_LINE,
    "/":   (Level.SUM,    Level.SUM),
    "^":   (Level.ATOM,   Level.SUM),
})
"""The least level of each operand where fractions have bars and exponents are raised."""

_OWN = MappingProxyType({
    "+": Level.SUM, "-": Level.SUM, "neg": Level.SIGNED, "*": Level.PRODUCT, "/": Level.PRODUCT, "^": Level.POWER,
})
# fmt: on


def level_of(head: str, first: Level) -> Level:
    """The level of an application in one line, given that of its first operand as it is written there."""
    own = _OWN.get(head, Level.ATOM)
    return Level.SIGNED if own is Level.PRODUCT and first is Level.SIGNED else own


def number_level(number: Number) -> Level:
    """The level of a number in one line: signs and fractions hold together less than digits."""
    if is_negative(number):
        return Level.SIGNED
    return Level.PRODUCT if numeral(number).denominator else Level.ATOM


def is_coefficient(left: Expression, right: Expression) -> bool:
    """Whether a factor ends in a number that may stand before the next one without a sign, as in 2x and -3(x + 1)."""
    match left:
        case Number():
            is_digits = numeral(left)[1:] == ("", "")
        case Apply("neg", (Number() as last,)) | Apply("*", (_, Number() as last)):
            is_digits = is_plain(last)
        case _:
            is_digits = False
    return is_digits and _begins_with_letter_or_parenthesis(right)


def is_juxtaposed(left: Expression, right: Expression) -> bool:
    """Whether typeset factors may stand side by side.

    Not before a digit, not a number before a fraction, and not a symbol σ before what could be a sigmoid's argument.
    """
    last = left.arguments[-1] if isinstance(left, Apply) and left.head == "*" else left
    match right:
        case Number() | Apply("^", (Number(), _)):
            return False
        case Apply("/"):
            return not isinstance(last, Number)
        case Apply("+" | "-" | "*" | "neg" | "^"):
            return last != Symbol("sigma")
        case _:
            return True


def _begins_with_letter_or_parenthesis(expression: Expression) -> bool:
    match expression:
        case Symbol(name):
            return name[0] not in "eE" or name[1:2].isalpha()
        case Number() | Apply("abs" | "vector" | "/"):
            return False
        case Apply("^", (base, _)):
            return _begins_with_letter_or_parenthesis(base)
        case _:
            return True
