"""A tree in one line that the reader reads back to the same tree.

`-2` may be a number below zero or a minus before 2, and `1/2` a number or a quotient: both are written alike, so
a tree with negative or fractional numbers in it is read back to an equal value, every other tree to itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple

from tutor.expression.fold import fold
from tutor.expression.names import shown_letters, shown_name, split_name, subscript, superscript, whole_exponent
from tutor.expression.numerals import is_negative, numeral
from tutor.expression.precedence import IN_LINE, Level, is_coefficient, level_of, number_level
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols


class Notation(Enum):
    """For machines and plain terminals, `2*x^2`, or for people, `2x²`."""

    ASCII = "ascii"
    UNICODE = "unicode"


class Piece(NamedTuple):
    """A written part and how strongly it holds together."""

    text: str
    level: Level


def to_text(expression: Expression, notation: Notation = Notation.ASCII) -> str:
    """A formula in one line: `2*x*exp(sin(x^2))`, or for people `2x·exp(sin(x²))`."""
    if notation is Notation.ASCII:
        return fold(expression, _ascii).text
    return fold(expression, _unicode_with_sigma if "sigma" in free_symbols(expression) else _unicode).text


def _ascii(part: Expression, pieces: Sequence[Piece]) -> Piece:
    match part:
        case Number():
            return Piece(_number_text(part), number_level(part))
        case Symbol(name):
            return Piece(name, Level.ATOM)
        case Apply(head):
            return _ASCII.get(head, _call)(part, pieces)


def _unicode(part: Expression, pieces: Sequence[Piece]) -> Piece:
    match part:
        case Symbol(name):
            return Piece(_greek(name), Level.ATOM)
        case Apply(head) if head in _UNICODE:
            return _UNICODE[head](part, pieces)
        case Apply(head):
            return _ASCII[head](part, pieces) if head in _ASCII else _call_for_people(part, pieces)
        case _:
            return _ascii(part, pieces)


def _unicode_with_sigma(part: Expression, pieces: Sequence[Piece]) -> Piece:
    """Where σ is a symbol of the formula, the sigmoid is written out."""
    match part:
        case Apply("sigmoid"):
            return _call(part, pieces)
        case _:
            return _unicode(part, pieces)


def _number_text(number: Number) -> str:
    digits, exponent, denominator = numeral(number)
    sign = "-" if is_negative(number) else ""
    return f"{sign}{digits}{exponent and 'e' + exponent}{denominator and '/' + denominator}"


def _greek(name: str) -> str:
    letters, index = split_name(name)
    is_lowered = index.isdigit() and "_" in name
    return shown_letters(letters) + (subscript(index) if is_lowered else name[len(letters) :])


def _enclosed(piece: Piece, least: Level) -> str:
    return piece.text if piece.level >= least else f"({piece.text})"


def _infix(sign: str) -> Callable[[Apply, Sequence[Piece]], Piece]:
    def write(part: Apply, pieces: Sequence[Piece]) -> Piece:
        left, right = pieces
        first, second = IN_LINE[part.head]
        text = f"{_enclosed(left, first)}{sign}{_enclosed(right, second)}"
        return Piece(text, level_of(part.head, left.level if left.level >= first else Level.ATOM))

    return write


def _negation(part: Apply, pieces: Sequence[Piece]) -> Piece:
    return Piece("-" + _enclosed(pieces[0], IN_LINE["neg"][0]), level_of("neg", pieces[0].level))


def _call(part: Apply, pieces: Sequence[Piece], name: str = "") -> Piece:
    name = name or part.head
    if not pieces:
        return Piece(name, Level.ATOM)
    return Piece(f"{name}({', '.join(piece.text for piece in pieces)})", Level.ATOM)


def _call_for_people(part: Apply, pieces: Sequence[Piece]) -> Piece:
    return _call(part, pieces, shown_name(part.head))


def _brackets(part: Apply, pieces: Sequence[Piece]) -> Piece:
    return Piece(f"[{', '.join(piece.text for piece in pieces)}]", Level.ATOM)


def _logarithm(part: Apply, pieces: Sequence[Piece]) -> Piece:
    """`log_b(x)` where the base is a word or a whole number, but `log_base(2, x)`, since `log_2` is the head `log2`."""
    base, argument = pieces
    match part.arguments[0]:
        case Symbol(name) if "_" not in name and base.text.isascii():
            return Piece(f"log_{base.text}({argument.text})", Level.ATOM)
        case Number(value) if value.denominator == 1 and value >= 0 and value not in (2, 10):
            return Piece(f"log_{base.text}({argument.text})", Level.ATOM)
        case _:
            return _call(part, pieces)


def _product_for_people(part: Apply, pieces: Sequence[Piece]) -> Piece:
    return (_JUXTAPOSED if is_coefficient(*part.arguments) else _DOTTED)(part, pieces)


def _power_for_people(part: Apply, pieces: Sequence[Piece]) -> Piece:
    base = _enclosed(pieces[0], Level.ATOM)
    digits = whole_exponent(part.arguments[1])
    exponent = superscript(digits) if digits else "^" + _enclosed(pieces[1], Level.ATOM)
    return Piece(base + exponent, Level.POWER)


def _bars(part: Apply, pieces: Sequence[Piece]) -> Piece:
    """`|u|`, but `abs(u)` where there are bars inside already."""
    inside = pieces[0].text
    return _call(part, pieces) if "|" in inside else Piece(f"|{inside}|", Level.ATOM)


def _radical(part: Apply, pieces: Sequence[Piece]) -> Piece:
    return _under("√", part.arguments[0], pieces[0])


def _root_for_people(part: Apply, pieces: Sequence[Piece]) -> Piece:
    return _under("∛", part.arguments[0], pieces[0]) if pieces[1].text == "3" else _call(part, pieces)


def _under(sign: str, radicand: Expression, piece: Piece) -> Piece:
    if isinstance(radicand, Symbol) or (isinstance(radicand, Number) and piece.level is Level.ATOM):
        return Piece(sign + piece.text, Level.FRACTION)
    return Piece(f"{sign}({piece.text})", Level.FRACTION)


_JUXTAPOSED = _infix("")
_DOTTED = _infix("·")

# fmt: off
_ASCII: dict[str, Callable[[Apply, Sequence[Piece]], Piece]] = {
    "+":        _infix(" + "),
    "-":        _infix(" - "),
    "neg":      _negation,
    "*":        _infix("*"),
    "/":        _infix("/"),
    "^":        _infix("^"),
    "vector":   _brackets,
    "log_base": _logarithm,
}

_UNICODE: dict[str, Callable[[Apply, Sequence[Piece]], Piece]] = {
    "*":        _product_for_people,
    "^":        _power_for_people,
    "abs":      _bars,
    "sqrt":     _radical,
    "root":     _root_for_people,
    "sigmoid":  lambda part, pieces: _call(part, pieces, "σ"),
    "pi":       lambda part, pieces: Piece("π", Level.ATOM),
}
# fmt: on
