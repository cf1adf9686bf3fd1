"""What stands around a formula and is no part of it: `dy/dx =`, `f'(x) =`, `∇f =` in front, `$…$` on both sides."""

from __future__ import annotations

import re
from typing import NamedTuple

from tutor.errors import Span
from tutor.expression.characters import BLANKS, GREEK_LETTERS
from tutor.expression.complaints import unreadable
from tutor.expression.vocabulary import Vocabulary, canonical


class Bounds(NamedTuple):
    """Where the formula starts and ends in a text, and the variable that the part in front of it names, "" for none."""

    start: int
    stop: int
    variable: str = ""


_BLANK = re.compile(rf"[{BLANKS}]+|\\[,;:! ]|\\left|\\right")
_AROUND = (("$$", "$$"), ("$", "$"), (r"\(", r"\)"), (r"\[", r"\]"))

_NAME = rf"[A-Za-z{''.join(GREEK_LETTERS)}][A-Za-z0-9]*(?:_[A-Za-z0-9]+|_\{{[A-Za-z0-9]+\}}|[₀-₉]+)?"
_LETTER = rf"(?:[A-Za-z]|\\?[a-z]{{2,7}}|[{''.join(GREEK_LETTERS)}])"
_ORDER = r"(?:\^?\{?[0-9]\}?|[²³⁴])?"
_ARGUMENTS = rf"(?:\((?:{_NAME})(?:,{_NAME})*\))?"
_D = r"(?:d|∂|\\partial|\\mathrm\{d\})"
_FRAC = r"\\[dt]?frac"

_GREEK = "".join(GREEK_LETTERS)
_UPPER = rf"{_D}{_ORDER}(?:\\?{_NAME}{_ARGUMENTS}|\({_NAME}{_ARGUMENTS}\))"
_LOWER = rf"{_D}(?P<v>\\?{_NAME}){_ORDER}(?:{_D}{_NAME})?"

_PREFIXES = tuple(
    re.compile(pattern)
    for pattern in (
        # dy/dx  d^2y/dx^2  ∂f/∂x  df(x)/dx
        rf"{_UPPER}/{_LOWER}{_ARGUMENTS}",
        rf"{_FRAC}\{{{_UPPER}\}}\{{{_LOWER}\}}{_ARGUMENTS}",
        # d/dx(…)  d^2/dx^2 …
        rf"{_D}{_ORDER}/{_D}(?P<v>[A-Za-z]|\\[a-z]+|[{_GREEK}]){_ORDER}.*",
        rf"{_FRAC}\{{{_D}{_ORDER}\}}\{{{_LOWER}\}}.*",
        # y'  f'(x)  f''(x, y)
        rf"{_LETTER}(?:['’′]{{1,4}}|[″‴]|\^\{{?(?:\\prime)+\}}?)(?:\((?P<v>{_NAME})(?:,{_NAME})*\))?",
        # ∇f  grad f(x, y)  grad(f)
        rf"(?:∇|grad|nabla|\\nabla|\\operatorname\{{grad\}}){_LETTER}{_ARGUMENTS}",
        rf"(?:∇|grad|nabla|\\nabla)\({_LETTER}{_ARGUMENTS}\)",
        # ∂_x f  D_x f
        rf"(?:∂|\\partial|D)_\{{?(?P<v>[A-Za-z])\}}?\(?{_LETTER}{_ARGUMENTS}\)?",
    )
)
_NAMED = re.compile(rf"\\?{_NAME}['’′]{{0,4}}{_ARGUMENTS}")
"""What an equation that defines something has on its left."""

_INDEXED = re.compile(rf"(?P<f>[A-Za-z])_\{{?(?P<v>[A-Za-z]{{1,4}})\}}?{_ARGUMENTS}")


def formula_bounds(text: str, names: Vocabulary) -> Bounds:
    """Where the formula in a text stands; AnswerError for an equals sign that no derivative stands in front of."""
    start, stop = _inside_signs(text)
    sign = text.find("=", start, stop)
    if sign < 0:
        return Bounds(start, stop)
    variable = _variable_of(_BLANK.sub("", text[start:sign]), names)
    if variable is None:
        raise _no_prefix(text, start, stop, sign)
    return Bounds(sign + 1, stop, variable)


def _inside_signs(text: str) -> tuple[int, int]:
    """The range between the signs of a formula in LaTeX, or the whole text."""
    start, stop = len(text) - len(text.lstrip(" \t")), len(text.rstrip(" \t"))
    for opening, closing in _AROUND:
        inside = text.startswith(opening, start) and text.endswith(closing, start, stop)
        if inside and stop - start >= len(opening) + len(closing):
            return start + len(opening), stop - len(closing)
    return 0, len(text)


def _variable_of(left: str, names: Vocabulary) -> str | None:
    """The variable of the derivative left of an equals sign, "" when it names none, None when it is no derivative."""
    indexed = _INDEXED.fullmatch(left)
    if indexed is not None and _is_partial(left, indexed["f"], indexed["v"], names):
        return indexed["v"] if len(indexed["v"]) == 1 else ""
    for prefix in _PREFIXES:
        found = prefix.fullmatch(left)
        if found is not None:
            return _plain_variable(canonical((found.groupdict().get("v") or "").lstrip("\\")), names)
    return None


def _plain_variable(variable: str, names: Vocabulary) -> str:
    """The variable of a derivative, the first where several stand in its denominator as in dxdy."""
    if len(variable) == 3 and variable[1] == "d" and variable not in names.symbols:
        return variable[0]
    return names.symbols.get(variable, variable)


def _is_partial(left: str, function: str, variables: str, names: Vocabulary) -> bool:
    """Whether `f_x` is a partial derivative and not a symbol with an index."""
    if names.declared is None:
        return function in "fghuvzFGHJL"
    declared = names.symbols
    return canonical(left) not in declared and function not in declared and all(v in declared for v in variables)


def _no_prefix(text: str, start: int, stop: int, sign: int) -> Exception:
    behind = text[sign + 1 : stop].strip()
    doubled = text[sign + 1 : sign + 2] == "=" or text[max(start, sign - 1) : sign] in tuple("<>!")
    named = _NAMED.fullmatch(_BLANK.sub("", text[start:sign])) is not None or not text[start:sign].strip()
    useful = named and behind and not doubled and "=" not in behind
    return unreadable("equals-sign", Span(sign, sign + 1), suggestion=f"write only {behind}" if useful else None)
