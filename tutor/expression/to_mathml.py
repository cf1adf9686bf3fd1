"""A tree as presentation MathML, for web pages: one line of well-formed XML with everything escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import NamedTuple

from tutor.expression.fold import fold
from tutor.expression.names import raised_on_name, shown_letters, shown_name, split_name
from tutor.expression.numerals import is_negative, numeral
from tutor.expression.precedence import STACKED, Level, is_juxtaposed, level_of
from tutor.expression.tree import Apply, Expression, Number, Symbol

NAMESPACE = "http://www.w3.org/1998/Math/MathML"

TIMES = "<mo>\u2062</mo>"
"""The invisible times between factors, which a screen reader says."""

APPLY = "<mo>\u2061</mo>"
"""The invisible sign between a function's name and its argument."""

MINUS = "<mo>\u2212</mo>"


class _Piece(NamedTuple):
    """The markup of a part, one element or several in a row, and how strongly it holds together.

    `name` and `rest` part a function from its argument; the rows of a matrix keep their cells in `rest`. `plain` is for
    a fraction with a minus before it: the fraction with the minus above the bar, which needs no parentheses.
    """

    markup: str
    level: Level
    name: str = ""
    rest: str = ""
    plain: str = ""


def to_mathml(expression: Expression) -> str:
    """A formula as one `math` element."""
    return f'<math xmlns="{NAMESPACE}">{_grouped(fold(expression, _marked).markup)}</math>'


def _marked(part: Expression, pieces: Sequence[_Piece]) -> _Piece:
    match part:
        case Number():
            return _number(part)
        case Symbol(name):
            return _Piece(_symbol(name), Level.ATOM)
        case Apply(head):
            return _HEADS.get(head, _call)(part, pieces)


def _grouped(markup: str) -> str:
    return f"<mrow>{markup}</mrow>"


def _fenced(markup: str, left: str = "(", right: str = ")") -> str:
    return f"<mrow><mo>{left}</mo>{_grouped(markup)}<mo>{right}</mo></mrow>"


def _enclosed(piece: _Piece, least: Level) -> str:
    if piece.level >= least:
        return piece.markup
    return piece.plain if piece.plain and least <= Level.FRACTION else _fenced(piece.markup)


def _identifier(name: str) -> str:
    return f"<mi>{escape(shown_letters(name))}</mi>"


def _digits(digits: str) -> str:
    if digits.startswith("-"):
        return _grouped(f"{MINUS}<mn>{escape(digits[1:])}</mn>")
    return f"<mn>{escape(digits)}</mn>"


def _number(number: Number) -> _Piece:
    digits, exponent, denominator = numeral(number)
    markup, level = _digits(digits), Level.ATOM
    if exponent:
        markup += f"<mo>\u22c5</mo><msup><mn>10</mn>{_digits(exponent)}</msup>"
        level = Level.PRODUCT
    elif denominator:
        markup = f"<mfrac>{markup}{_digits(denominator)}</mfrac>"
        level = Level.FRACTION
    return _Piece(MINUS + markup, Level.SIGNED) if is_negative(number) else _Piece(markup, level)


def _symbol(name: str) -> str:
    letters, index = split_name(name)
    if not index:
        return _identifier(letters)
    lowered = _digits(index) if index.isdigit() else _identifier(index)
    return f"<msub>{_identifier(letters)}{lowered}</msub>"


def _infix(part: Apply, pieces: Sequence[_Piece], sign: str) -> _Piece:
    left, right = pieces
    first, second = STACKED[part.head]
    markup = f"{_enclosed(left, first)}{sign}{_enclosed(right, second)}"
    return _Piece(markup, level_of(part.head, left.level if left.level >= first else Level.ATOM))


def _sum(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    return _infix(part, pieces, MINUS if part.head == "-" else "<mo>+</mo>")


def _product(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    return _infix(part, pieces, TIMES if is_juxtaposed(*part.arguments) else "<mo>\u22c5</mo>")


def _fraction(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    """A fraction; a minus that leads the numerator is written before it, as in -x²/2."""
    top, bottom = pieces
    whole = _over(top.markup, bottom.markup)
    if top.level is not Level.SIGNED:
        return _Piece(whole, Level.FRACTION)
    return _Piece(MINUS + _over(top.markup.removeprefix(MINUS), bottom.markup), Level.SIGNED, plain=whole)


def _over(top: str, bottom: str) -> str:
    return f"<mfrac>{_grouped(top)}{_grouped(bottom)}</mfrac>"


def _negation(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    return _Piece(MINUS + _enclosed(pieces[0], STACKED["neg"][0]), Level.SIGNED)


def _power(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    base, exponent = pieces
    if raised_on_name(*part.arguments):
        return _Piece(f"<msup>{base.name}{_grouped(exponent.markup)}</msup>{APPLY}{base.rest}", Level.POWER)
    bottom = _grouped(_enclosed(base, Level.ATOM))
    return _Piece(f"<msup>{bottom}{_grouped(exponent.markup)}</msup>", Level.POWER)


def _square_root(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    return _Piece(f"<msqrt>{_grouped(pieces[0].markup)}</msqrt>", Level.FRACTION)


def _root(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    return _Piece(f"<mroot>{_grouped(pieces[0].markup)}{_grouped(pieces[1].markup)}</mroot>", Level.FRACTION)


def _bars(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    return _Piece(_fenced(pieces[0].markup, "|", "|"), Level.ATOM)


def _logarithm(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    base, argument = pieces
    name = f"<msub><mi>log</mi>{_grouped(base.markup)}</msub>"
    return _Piece(f"{name}{APPLY}{_fenced(argument.markup)}", Level.ATOM)


def _matrix(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    """A vector as a column; the entries of a vector inside it as the cells of one row."""
    cells = "".join(_cell(piece) for piece in pieces)
    rows = [
        piece.rest if _is_row(argument) else _cell(piece)
        for argument, piece in zip(part.arguments, pieces, strict=True)
    ]
    table = "".join(f"<mtr>{row}</mtr>" for row in rows)
    return _Piece(_fenced(f"<mtable>{table}</mtable>"), Level.ATOM, rest=cells)


def _cell(piece: _Piece) -> str:
    return f"<mtd>{_grouped(piece.markup)}</mtd>"


def _is_row(expression: Expression) -> bool:
    return isinstance(expression, Apply) and expression.head == "vector"


def _call(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    name = _NAMES.get(part.head) or _identifier(shown_name(part.head))
    if not pieces:
        return _Piece(name, Level.ATOM)
    rest = _fenced("<mo>,</mo>".join(piece.markup for piece in pieces))
    return _Piece(name + APPLY + rest, Level.ATOM, name, rest)


# fmt: off
_NAMES = {
    "sigmoid": "<mi>σ</mi>",
    "pi":      "<mi>π</mi>",
    "log2":    "<msub><mi>log</mi><mn>2</mn></msub>",
    "log10":   "<msub><mi>log</mi><mn>10</mn></msub>",
}

_HEADS: dict[str, Callable[[Apply, Sequence[_Piece]], _Piece]] = {
    "+":        _sum,
    "-":        _sum,
    "neg":      _negation,
    "*":        _product,
    "/":        _fraction,
    "^":        _power,
    "vector":   _matrix,
    "sqrt":     _square_root,
    "root":     _root,
    "abs":      _bars,
    "log_base": _logarithm,
}
# fmt: on
