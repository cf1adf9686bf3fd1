r"""What a LaTeX command means in a formula: `\frac`, `\sin`, `\cdot`, `\alpha`, `\left(`; others are errors."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType

from tutor.errors import AnswerError, Span
from tutor.expression.calls import Callee, callee
from tutor.expression.complaints import unreadable
from tutor.expression.functions import FUNCTIONS
from tutor.expression.names import GREEK
from tutor.expression.suggestions import is_one_slip
from tutor.expression.vocabulary import Token, Vocabulary, canonical
from tutor.expression.words import read_word

COMMAND = (
    r"\\(?:left|right)[ ]*(?:\\?\||\\[lr]?vert(?![A-Za-z])|\.)"
    r"|\\log_(?=\(|\{(?![A-Za-z0-9]+\}))"
    r"|\\(?:hat|bar|tilde|vec)[ ]*(?:\{[ ]*\\?[A-Za-z]+[ ]*\}|[ ][A-Za-z](?![A-Za-z]))"
    r"|\\math(?:rm|it|sf|bf)[ ]+[A-Za-z](?![A-Za-z])"
    r"|\\(?:operatorname\*?|math(?:rm|it|sf|bf|cal)|text(?:rm|it)?|boldsymbol)[ ]*\{[ ]*[A-Za-z][A-Za-z0-9]*[ ]*\}"
    r"|\\[dtc]?frac[ ]*[0-9][ ]*[0-9]"
    r"|\\[A-Za-z]+(?:_(?:[A-Za-z0-9]|\{[A-Za-z0-9]+\}))?"
    r"|\\."
)
r"""A command, as a part of a regular expression; `\operatorname{sin}`, `\frac12`, `\log_2`, `\left|` are one piece."""

_UNREAD: Mapping[str, str] = MappingProxyType({
    "over": r"write \frac{a}{b}", "infty": "write a formula with finite values", "pm": "write one of the two formulas",
    "mp": "write one of the two formulas", "int": "write the formula itself", "sum": "write the sum out",
    "prod": "write the product out", "lim": "write the limit itself", "text": "write only the formula",
    "begin": "write (a, b) for a vector", "lfloor": "write the formula without rounding", "mathbb": "leave it out",
    "rm": r"write \mathrm{e}", "to": "write only the formula", "partial": "write only the formula",
    "mathrm": r"write \mathrm{e}", "prime": "write only the formula", "odot": r"write \cdot",
    "circ": "write f(g(x)) out",
})  # fmt: skip
"""What to do about commands that formulas are often copied with."""

_BLANK = frozenset(
    "left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr quad qquad displaystyle textstyle limits "
    "nolimits thinspace".split()
) | set(",;:! >")

_SIGNS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "cdot": ("*", "*"), "times": ("*", "*"), "ast": ("*", "*"), "div": ("/", "/"), "slash": ("/", "/"),
    "{": ("open", "{"), "}": ("close", "}"), "lbrace": ("open", "{"), "rbrace": ("close", "}"),
    "lbrack": ("open", "["), "rbrack": ("close", "]"), "lparen": ("open", "("), "rparen": ("close", ")"),
    "vert": ("bar", "|"), "lvert": ("bar-open", "|"), "rvert": ("bar-close", "|"),
    "|": ("bar", "|"), "mid": ("bar", "|"),
})  # fmt: skip

_SYMBOLS: Mapping[str, str] = MappingProxyType({
    "varepsilon": "epsilon", "vartheta": "theta", "varphi": "phi", "varrho": "rho", "varsigma": "sigma", "ell": "l",
    "arctg": "arctan", "tg": "tan", "ctg": "cot",
})  # fmt: skip
"""Commands that have another name in a formula."""

_WORD = re.compile(r"\\(?!hat|bar|tilde|vec)[A-Za-z*]+[ ]*(?:\{[ ]*|(?<=[ ]))([A-Za-z0-9]+)[ ]*\}?")
_ACCENT = re.compile(r"\\(hat|bar|tilde|vec)[ ]*(?:\{[ ]*\\?|(?<=[ ]))([A-Za-z]+)[ ]*\}?")
_POINT = re.compile(r"\\(?:left|right)[ ]*\.")
_FRACTION = re.compile(r"\\[dtc]?frac[ ]*([0-9])[ ]*([0-9])")
_ABSOLUTE = re.compile(r"\\(left|right)")


def read_command(piece: str, names: Vocabulary) -> tuple[Token, ...]:
    """The tokens of a LaTeX command; AnswerError when it is not known."""
    end, name = len(piece), piece[1:]
    if name in _BLANK:
        return ()
    if name in _SIGNS:
        return ((*_SIGNS[name], 0, end),)
    if name in ("frac", "dfrac", "tfrac", "cfrac"):
        return (("fraction", piece, 0, end),)
    if name == "log_":
        return (("based", Callee("log_base", "\\log"), 0, end),)
    if _POINT.fullmatch(piece):
        return ()
    if name == "sqrt":
        return (("radical", Callee("sqrt", piece), 0, end),)
    return _with_digits_or_bar(piece) or _name(piece, names)


def _with_digits_or_bar(piece: str) -> tuple[Token, ...] | None:
    digits = _FRACTION.fullmatch(piece)
    if digits is not None:
        (top, after_top), (bottom, after_bottom) = digits.span(1), digits.span(2)
        return (
            ("open", "(", 0, top),
            ("number", Fraction(int(digits[1])), top, after_top),
            ("/", "/", after_top, after_top),
            ("number", Fraction(int(digits[2])), bottom, after_bottom),
            ("close", ")", after_bottom, after_bottom),
        )
    absolute = _ABSOLUTE.match(piece)
    if absolute is not None:
        return (("bar-open" if absolute[1] == "left" else "bar-close", "|", 0, len(piece)),)
    return None


def _name(piece: str, names: Vocabulary) -> tuple[Token, ...]:
    """The tokens of a command that is a name: a function, a Greek letter, or the word in its braces."""
    word = _WORD.fullmatch(piece)
    if word is not None:
        return _placed(word[1], names, word.start(1))
    accent = _ACCENT.fullmatch(piece)
    if accent is not None:
        return _at_whole(accent[2] if accent[1] == "vec" else f"{accent[2]}_{accent[1]}", piece, names)
    letters, joint, index = piece[1:].partition("_")
    name = _SYMBOLS.get(letters, letters)
    plain = canonical(name + joint + index)
    if not (callee(name) or (names.symbol(plain) and len(name) > 1) or (name.isalpha() and name in GREEK)):
        raise _unknown(piece, letters)
    return _at_whole(plain, piece, names)


def _unknown(piece: str, name: str) -> Exception:
    """The error for a command that is not known, with the name that was probably meant."""
    meant = next((known for known in (*GREEK, *FUNCTIONS, "frac", "cdot") if is_one_slip(name, known)), None)
    suggestion = _UNREAD.get(name) or (meant and f"write \\{meant}")
    return unreadable("unknown-command", Span(0, len(piece)), name=f"\\{name}", suggestion=suggestion)


def _placed(word: str, names: Vocabulary, offset: int) -> tuple[Token, ...]:
    """The tokens of a word that starts some way into a piece."""
    try:
        tokens = read_word(word, names)
    except AnswerError as error:
        error.span = error.span and Span(error.span.start + offset, error.span.end + offset)
        raise
    return tuple((kind, value, start + offset, end + offset) for kind, value, start, end in tokens)


def _at_whole(word: str, piece: str, names: Vocabulary) -> tuple[Token, ...]:
    """The tokens of a word, or its error, at the place of the whole piece."""
    try:
        return _whole(read_word(word, names), len(piece))
    except AnswerError as error:
        error.span = Span(0, len(piece))
        raise


def _whole(tokens: tuple[Token, ...], length: int) -> tuple[Token, ...]:
    """Tokens that all take the place of the whole piece, because their own places are those of another spelling."""
    return tuple((kind, value, 0, length) for kind, value, _, _ in tokens)
