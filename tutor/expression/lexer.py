"""Cuts a text into tokens: parallel lists of kinds, values and places, in one pass of one linear regular expression.

Every character belongs to exactly one run: a piece with the blanks before it and, where it is a plain number or word,
the sign behind it. So places are sums of lengths. What a short run was read as is kept in the vocabulary, since answers
are made of few different ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from tutor.errors import AnswerError, Span
from tutor.expression.bars import paired
from tutor.expression.building import Leaf, Make, constant_at, decimal_at, number_at, symbol_at
from tutor.expression.calls import Callee
from tutor.expression.characters import BLANKS, GREEK_LETTERS, SIGNS, SUPERSCRIPTS, VULGAR, refused
from tutor.expression.complaints import unreadable
from tutor.expression.latex_reader import COMMAND, read_command
from tutor.expression.limits import check_literal
from tutor.expression.vocabulary import Token, Vocabulary
from tutor.expression.words import read_word


class Tokens(NamedTuple):
    """The tokens of a text as parallel lists; the last token has kind `end`. `constant` is the place of a `+ C`."""

    kinds: list[str]
    values: list[Any]
    starts: list[int]
    ends: list[int]
    constant: Span | None = None


_RAISED = "".join(SUPERSCRIPTS)
_FRACTIONS = "".join(VULGAR)
_PIECE = (
    r"[-+/^(),|]"
    rf"|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+−–]?[0-9]+)?[{_FRACTIONS}]?"
    r"|[lL]og_(?=\(|\{(?![A-Za-z0-9]+\}))"
    r"|[A-Za-z][A-Za-z0-9]*(?:_(?:[A-Za-z0-9_]+|\{[A-Za-z0-9]+\})[A-Za-z0-9]*|[₀-₉ₐₑₕ-ₜᵢⱼₓ]+[A-Za-z0-9]*)*"
    r"(?:\.[A-Za-z_][A-Za-z0-9_]*)*"
    r"|\*\*"
    rf"|[^\\{''.join(GREEK_LETTERS)}{_RAISED}]"
    rf"|[{''.join(GREEK_LETTERS)}](?:_(?:[0-9]+|[A-Za-z]+|\{{[A-Za-z0-9]+\}})|[0-9]+|[₀-₉]+)?"
    rf"|[{_RAISED}]+(?:[{_RAISED}{_FRACTIONS}])*"
    rf"|{COMMAND}"
    r"|."
)

_BEHIND = rf"(?:[{BLANKS}]*(?:\*\*|[-+*/^(),|]))?"
_DIGITS = rf"[0-9]++(?![.eE{_FRACTIONS}]){_BEHIND}"
_LETTERS = rf"[A-Za-z]++(?![0-9_.₀-₉ₐₑₕ-ₜᵢⱼₓ]){_BEHIND}"
_RUN = re.compile(rf"[-+/^(),|]|[{BLANKS}]*(?:{_DIGITS}|{_LETTERS}|{_PIECE})", re.DOTALL)
"""A piece and the blanks before it; a plain number or word with the sign behind it, so that a text has half as many."""

# fmt: off
_SINGLE: dict[str, tuple[str, Any]] = {
    "+": ("+", "+"), "-": ("-", "-"), "*": ("*", "*"), "/": ("/", "/"), "^": ("^", "^"), "**": ("^", "**"),
    ",": (",", ","),
    "(": ("open", "("), "[": ("open", "["), "{": ("open", "{"),
    ")": ("close", ")"), "]": ("close", "]"), "}": ("close", "}"),
    "|": ("bar", "|"), "π": ("constant", "pi"),
    "√": ("radical", Callee("sqrt", "√")), "∛": ("radical", Callee("∛", "∛")), "∜": ("radical", Callee("∜", "∜")),
} | {sign: (plain, sign) for sign, plain in SIGNS.items()}
# fmt: on

_SIGNS: dict[str, tuple[Token, ...]] = {
    piece: ((kind, value, 0, len(piece)),) for piece, (kind, value) in _SINGLE.items() if kind != "constant"
}
"""The tokens of signs, which are the same in every text."""

_UNUSUAL = frozenset(("bar", "bar-open", "maybe", "addend"))
_KEPT_LENGTH = 24
_KEPT_PIECES = 1000
CLOSERS = {"(": ")", "[": "]", "{": "}"}


def tokens_of(text: str, names: Vocabulary, base: int, stop: int) -> Tokens:
    """The tokens of a part of a text; AnswerError for what cannot be read. The text's length has been checked."""
    kinds: list[str] = []
    values: list[Any] = []
    starts: list[int] = []
    ends: list[int] = []
    at, known = base, names.pieces.get
    for run in _RUN.findall(text, base, stop):
        found = known(run)
        if found is None:
            found = _SIGNS.get(run) or _read(run, names, at)
        for kind, value, start, end in found:
            kinds.append(kind)
            values.append(value)
            starts.append(at + start)
            ends.append(at + end)
        at += len(run)
    kinds.append("end")
    values.append("")
    starts.append(stop)
    ends.append(stop)
    tokens = Tokens(kinds, values, starts, ends)
    return tokens if _UNUSUAL.isdisjoint(kinds) else _with_bars(_without_constant(_decided(tokens)))


def _read(run: str, names: Vocabulary, at: int) -> tuple[Token, ...]:
    """The tokens of a run that was not met before; AnswerError with its place in the text."""
    tokens = tuple([token for start, piece in _pieces(run) for token in _placed(piece, names, start, at)])
    if len(run) <= _KEPT_LENGTH:
        if len(names.pieces) >= _KEPT_PIECES:
            names.pieces.clear()
        names.pieces[run] = tokens
    return tokens


def _pieces(run: str) -> tuple[tuple[int, str], ...]:
    """The pieces of a run with their starts: none of a blank one, two where a sign stands behind a number or word."""
    piece = run.lstrip(BLANKS)
    start = len(run) - len(piece)
    if not piece:
        return ()
    if not (piece[0].isalnum() and piece[-1] in "-+*/^(),|"):
        return ((start, piece),)
    sign = "**" if piece.endswith("**") else piece[-1]
    return (start, piece[: -len(sign)].rstrip()), (len(run) - len(sign), sign)


def _placed(piece: str, names: Vocabulary, start: int, at: int) -> Iterable[Token]:
    """The tokens of a piece that starts somewhere in a run; AnswerError with its place, the run being at a place."""
    sign = _SIGNS.get(piece)
    if sign is not None:
        return _shifted(sign, start) if start else sign
    try:
        tokens = _tokens(piece, names)
    except AnswerError as error:
        error.span = error.span and Span(at + start + error.span.start, at + start + error.span.end)
        raise
    return map(_settled, _shifted(tokens, start) if start else tokens)


def _shifted(tokens: tuple[Token, ...], start: int) -> Iterable[Token]:
    return [(kind, value, start + first, start + end) for kind, value, first, end in tokens]


def _settled(token: Token) -> Token:
    """A token with the tree of its value where it is one by itself."""
    kind, value, start, end = token
    return (kind, Leaf(value, _MAKERS[kind]), start, end) if kind in _MAKERS else token


_MAKERS: dict[str, Make] = {
    "number": number_at, "decimal": decimal_at, "scientific": decimal_at, "symbol": symbol_at, "constant": constant_at,
}  # fmt: skip


def _tokens(piece: str, names: Vocabulary) -> tuple[Token, ...]:
    first = piece[0]
    if piece in _SINGLE:
        return ((*_SINGLE[piece], 0, len(piece)),)
    if first in "0123456789" or (first == "." and len(piece) > 1):
        return _number(piece, names)
    if piece in ("log_", "Log_"):
        return (("based", Callee("log_base", piece[:-1]), 0, len(piece)),)
    if first.isascii() and first.isalpha():
        return read_word(piece, names)
    if first == "\\" and len(piece) > 1:
        return read_command(piece, names)
    return _beyond_ascii(piece, first, names)


def _beyond_ascii(piece: str, first: str, names: Vocabulary) -> tuple[Token, ...]:
    if first in VULGAR:
        return _vulgar(first, 0)
    if first in SUPERSCRIPTS:
        return _raised(piece, names)
    if first in GREEK_LETTERS:
        whole = len(piece)
        return tuple((kind, value, 0, whole) for kind, value, _, _ in _greek(piece, names))
    raise refused(first)


def _greek(piece: str, names: Vocabulary) -> tuple[Token, ...]:
    """The tokens of a Greek letter with its index, as those of its name; an error has the place of the letter."""
    try:
        return read_word(GREEK_LETTERS[piece[0]] + piece[1:], names)
    except AnswerError as error:
        error.span = Span(0, len(piece))
        raise


def _number(piece: str, names: Vocabulary) -> tuple[Token, ...]:
    if piece[-1] in VULGAR:
        return _mixed(piece, names)
    if piece.isdecimal() and len(piece) <= names.limits.digits:
        return (("number", Fraction(int(piece)), 0, len(piece)),)
    literal = piece.replace("−", "-").replace("–", "-").lower()
    check_literal(literal, names.limits)
    kind = "scientific" if "e" in literal else "decimal" if "." in literal else "number"
    return ((kind, Fraction(literal), 0, len(piece)),)


def _vulgar(character: str, at: int) -> tuple[Token, ...]:
    """A fraction that is one character, as a quotient in parentheses that all stand at its place."""
    above, below = VULGAR[character]
    return (
        ("open", "(", at, at + 1),
        ("number", Fraction(above), at, at + 1),
        ("/", "/", at, at + 1),
        ("number", Fraction(below), at, at + 1),
        ("close", ")", at, at + 1),
    )


def _mixed(piece: str, names: Vocabulary) -> tuple[Token, ...]:
    """`2½` as the sum of its parts in parentheses."""
    last = len(piece) - 1
    whole = _number(piece[:last], names)
    end = last + 1
    return (("open", "(", 0, 0), *whole, ("+", "+", last, last), *_vulgar(piece[last], last), ("close", ")", end, end))


def _raised(piece: str, names: Vocabulary) -> tuple[Token, ...]:
    """Raised characters, as a power of what they are on the line; several are in parentheses."""
    found: list[Token] = []
    line = "".join(SUPERSCRIPTS.get(character, character) for character in piece)
    if line.count("(") != line.count(")"):
        code = "missing-bracket" if line.count("(") > line.count(")") else "unmatched-bracket"
        raise unreadable(code, Span(0, len(piece)), opening="⁽", closing="⁾")
    for match in _RUN.finditer(line):
        for start, part in _pieces(match[0]):
            found.extend(_shifted(_tokens(part, names), match.start() + start))
    if len(found) == 1:
        return (("^", "raised", 0, 0), *found)
    end = len(piece)
    return (("^", "raised", 0, 0), ("open", "(", 0, 0), *found, ("close", ")", end, end))


def _decided(tokens: Tokens) -> Tokens:
    """The tokens with every `maybe` read as a call where a parenthesis follows, else as what it is alone."""
    if "maybe" not in tokens.kinds:
        return tokens
    decided = Tokens([], [], [], [])
    for index, (kind, value, start, end) in enumerate(zip(*tokens[:4], strict=True)):
        if kind != "maybe":
            _append(decided, (kind, value, start, end), 0)
            continue
        called, alone = value
        chosen = called if tokens.kinds[index + 1] == "open" and tokens.values[index + 1] == "(" else alone
        if isinstance(chosen, AnswerError):
            raise AnswerError(chosen.code, chosen.message, Span(start, end), suggestion=chosen.suggestion)
        for part in chosen:
            place = (start, end) if len(chosen) == 1 else (start + part[2], start + part[3])
            _append(decided, _settled((part[0], part[1], *place)), 0)
    return decided


def _append(tokens: Tokens, token: Token, offset: int) -> None:
    kind, value, start, end = token
    tokens.kinds.append(kind)
    tokens.values.append(value)
    tokens.starts.append(start + offset)
    tokens.ends.append(end + offset)


def _without_constant(tokens: Tokens) -> Tokens:
    """The tokens without a trailing `+ C`; AnswerError for such a letter anywhere else."""
    kinds, values, starts, ends, _ = tokens
    if "addend" not in kinds:
        return tokens
    index = kinds.index("addend")
    trailing = index == len(kinds) - 2 and index > 1 and kinds[index - 1] == "+"
    if not trailing or kinds[:index].count("open") != kinds[:index].count("close"):
        error = values[index]
        raise AnswerError(error.code, error.message, Span(starts[index], ends[index]), suggestion=error.suggestion)
    place, cut = Span(starts[index - 1], ends[index]), slice(index - 1, index + 1)
    for column in (kinds, values, starts, ends):
        del column[cut]
    return tokens._replace(constant=place)


def _with_bars(tokens: Tokens) -> Tokens:
    """The tokens with every bar known as the opening or the closing one of its pair; AnswerError for a lonely bar."""
    return tokens._replace(kinds=paired(tokens.kinds, tokens.starts, tokens.ends))
