r"""A tree as LaTeX mathematics, for documents, notebooks and flash cards: `\frac{x}{2} \sin\left(x^{2}\right)`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from tutor.expression.fold import fold
from tutor.expression.functions import FUNCTIONS
from tutor.expression.names import raised_on_name, shown_letters, split_name
from tutor.expression.numerals import is_negative, numeral
from tutor.expression.precedence import STACKED, Level, is_juxtaposed, level_of
from tutor.expression.tree import Apply, Expression, Number, Symbol


class _Piece(NamedTuple):
    """A typeset part and how strongly it holds together.

    `name` and `rest` part a function from its argument. `plain` is for a fraction with a minus before it: the fraction
    with the minus above the bar, which needs no parentheses.
    """

    text: str
    level: Level
    name: str = ""
    rest: str = ""
    plain: str = ""


def to_latex(expression: Expression) -> str:
    """A formula in LaTeX, without dollar signs; needs no package but amsmath."""
    return fold(expression, _typeset).text


def _typeset(part: Expression, pieces: Sequence[_Piece]) -> _Piece:
    match part:
        case Number():
            return _number(part)
        case Symbol(name):
            return _Piece(_symbol(name), Level.ATOM)
        case Apply(head):
            return _HEADS.get(head, _call)(part, pieces)


def _number(number: Number) -> _Piece:
    digits, exponent, denominator = numeral(number)
    sign = "-" if is_negative(number) else ""
    signed = Level.SIGNED if sign else None
    if exponent:
        return _Piece(rf"{sign}{digits} \cdot 10^{{{exponent}}}", signed or Level.PRODUCT)
    if denominator:
        return _Piece(rf"{sign}\frac{{{digits}}}{{{denominator}}}", signed or Level.FRACTION)
    return _Piece(sign + digits, signed or Level.ATOM)


def _symbol(name: str) -> str:
    letters, index = split_name(name)
    if shown_letters(letters) != letters:
        letters = "\\" + _COMMANDS.get(letters, letters)
    elif len(letters) > 1:
        letters = rf"\mathrm{{{letters}}}"
    return f"{letters}_{{{index}}}" if index else letters


def _enclosed(piece: _Piece, least: Level) -> str:
    if piece.level >= least:
        return piece.text
    return piece.plain if piece.plain and least <= Level.FRACTION else _parenthesised(piece.text)


def _parenthesised(text: str) -> str:
    return rf"\left({text}\right)"


def _infix(part: Apply, pieces: Sequence[_Piece], sign: str) -> _Piece:
    left, right = pieces
    first, second = STACKED[part.head]
    text = f"{_enclosed(left, first)}{sign}{_enclosed(right, second)}"
    return _Piece(text, level_of(part.head, left.level if left.level >= first else Level.ATOM))


def _sum(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    return _infix(part, pieces, f" {part.head} ")


def _product(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    return _infix(part, pieces, " " if is_juxtaposed(*part.arguments) else r" \cdot ")


def _fraction(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    """A fraction; a minus that leads the numerator is written before it, as in -x²/2."""
    top, bottom = pieces
    whole = rf"\frac{{{top.text}}}{{{bottom.text}}}"
    if top.level is not Level.SIGNED:
        return _Piece(whole, Level.FRACTION)
    return _Piece(rf"-\frac{{{top.text[1:]}}}{{{bottom.text}}}", Level.SIGNED, plain=whole)


def _negation(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    return _Piece("-" + _enclosed(pieces[0], STACKED["neg"][0]), Level.SIGNED)


def _power(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    base, exponent = pieces
    if raised_on_name(*part.arguments):
        return _Piece(f"{base.name}^{{{exponent.text}}}{base.rest}", Level.POWER)
    return _Piece(f"{_enclosed(base, Level.ATOM)}^{{{exponent.text}}}", Level.POWER)


def _square_root(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    return _Piece(rf"\sqrt{{{pieces[0].text}}}", Level.FRACTION)


def _root(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    return _Piece(rf"\sqrt[{pieces[1].text}]{{{pieces[0].text}}}", Level.FRACTION)


def _bars(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    return _Piece(rf"\left|{pieces[0].text}\right|", Level.ATOM)


def _logarithm(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    base, argument = pieces
    return _Piece(rf"\log_{{{base.text}}}{_parenthesised(argument.text)}", Level.ATOM)


def _matrix(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    r"""A vector as a column; a row inside a matrix keeps its entries apart with & in `rest`."""
    rows = [
        piece.rest if _is_row(argument) else piece.text for argument, piece in zip(part.arguments, pieces, strict=True)
    ]
    body = r" \\ ".join(rows)
    return _Piece(
        rf"\begin{{pmatrix}} {body} \end{{pmatrix}}", Level.ATOM, rest=" & ".join(piece.text for piece in pieces)
    )


def _is_row(expression: Expression) -> bool:
    return isinstance(expression, Apply) and expression.head == "vector"


def _call(part: Apply, pieces: Sequence[_Piece]) -> _Piece:
    row = FUNCTIONS.get(part.head)
    name = row.latex if row else rf"\operatorname{{{part.head}}}"
    if not pieces:
        return _Piece(name, Level.ATOM)
    rest = _parenthesised(", ".join(piece.text for piece in pieces))
    return _Piece(name + rest, Level.ATOM, name, rest)


_COMMANDS = {"lam": "lambda", "eps": "epsilon"}

# fmt: off
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
