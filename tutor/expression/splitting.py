"""Splitting a word without blanks into names: `xsinx` is x·sin(x), `wx` is w·x, `w1x1` is w1·x1.

Where symbols are declared a word splits only into declared names of one letter (with an index), functions, numbers
behind functions, pi, and e at the end. Where nothing is declared it splits only where that is safe: `cosinus` is no
product.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from tutor.errors import Span
from tutor.expression.calls import CALLS, Callee, callee
from tutor.expression.complaints import unreadable
from tutor.expression.functions import FUNCTIONS, SPELLINGS
from tutor.expression.vocabulary import Token, Vocabulary, canonical

_LONGEST = 40
_GLUED = frozenset(
    word for word, name in SPELLINGS.items()
    if FUNCTIONS[name].arity == (1, 1) and word.isascii() and (len(word) > 2 or word == "ln") and word != "step"
) | {"cbrt"}  # fmt: skip
"""The functions that may stand inside a word."""

_LONGEST_NAME = max(map(len, _GLUED))
_ATOM = re.compile(r"[A-Za-z](?:[0-9]+|_[0-9]+|_\{[A-Za-z0-9]+\}|_[A-Za-z](?![A-Za-z])|[₀-₉]+)?")
_DIGITS = re.compile(r"[0-9]+")
_ARGUMENT_LETTERS = frozenset("xyztuvwr")
_VOWELS = frozenset("aeiouAEIOU")


def split(word: str, names: Vocabulary) -> tuple[Token, ...] | None:
    """The tokens of the names that make up a word, None when it is not made up so; AnswerError when it is ambiguous."""
    if len(word) > _LONGEST:
        return None
    tokens = _from(word, 0, names, {})
    if tokens is None or (names.declared is None and not _safe(word, tokens)):
        return None
    _refuse_ambiguous(word, tokens, names)
    return _guarded(word, tokens)


def _from(word: str, at: int, names: Vocabulary, seen: dict[int, None]) -> tuple[Token, ...] | None:
    """The names of a word from a place on, functions and long names first; `seen` are places that lead nowhere."""
    if at == len(word):
        return ()
    if at in seen:
        return None
    for token in _candidates(word, at, names):
        if token[0] == "constant" and token[1] == "e" and _after_function(word, at):
            continue
        rest = _from(word, token[3], names, seen)
        if rest is not None:
            return (token, *rest)
    seen[at] = None
    return None


def _candidates(word: str, at: int, names: Vocabulary) -> Iterator[Token]:
    for end in range(min(len(word), at + _LONGEST_NAME), at + 1, -1):
        name = word[at:end]
        if name.lower() in _GLUED:
            yield ("function", Callee(callee(name) or name, name), at, end)
    if word[at : at + 2].lower() == "pi":
        yield ("constant", "pi", at, at + 2)
    digits = _DIGITS.match(word, at)
    if digits and at and _after_function(word, at):
        yield ("digits", digits[0], at, digits.end())
    yield from _symbols(word, at, names)
    if word[at:] == "e" and at and names.symbol("e") is None:
        yield ("constant", "e", at, at + 1)


def _symbols(word: str, at: int, names: Vocabulary) -> Iterator[Token]:
    if names.declared is None:
        atom = _ATOM.match(word, at)
        if atom and atom[0] != "e":
            yield ("symbol", canonical(atom[0]), at, atom.end())
        return
    for end in range(len(word), at, -1):
        name = canonical(word[at:end])
        if name in names.symbols and not name[1:2].isalpha():
            yield ("symbol", names.symbols[name], at, end)


def _after_function(word: str, at: int) -> bool:
    return any(word[start:at].lower() in _GLUED for start in range(max(0, at - _LONGEST_NAME), at - 1))


def _safe(word: str, tokens: tuple[Token, ...]) -> bool:
    """Whether a word of undeclared letters is surely a product and not a misspelt name."""
    runs, behind = [""], False
    for kind, value, start, end in tokens:
        if kind == "function":
            runs.append("")
            behind = True
        elif kind == "symbol":
            letter = word[start:end]
            if behind and letter[0] not in _ARGUMENT_LETTERS:
                return False
            runs[-1] += value if len(value) == 1 else ""
    return not _twice_without(tokens) and all(_is_product(run, longest=2 if behind else 3) for run in runs)


def _twice_without(tokens: tuple[Token, ...]) -> bool:
    """Whether functions follow each other directly, as in no formula that is written without blanks."""
    kinds = [token[0] for token in tokens]
    return any(pair == ("function", "function") for pair in pairwise(kinds))


def _is_product(letters: str, longest: int) -> bool:
    if len(letters) < 2:
        return True
    if len(letters) == 2:
        return longest >= 2 and letters[0] != letters[1]
    plain = len(letters) <= longest and len(set(letters)) == len(letters) and not _VOWELS & set(letters[1:])
    return plain and not (letters[0] in _VOWELS and letters[0] not in "aA") and not _near_function(letters)


def _near_function(letters: str) -> bool:
    from tutor.expression.suggestions import is_one_slip

    return any(is_one_slip(letters.lower(), name) for name in _GLUED if len(name) > 2)


def _refuse_ambiguous(word: str, tokens: tuple[Token, ...], names: Vocabulary) -> None:
    """AnswerError where a function inside the word could also be a letter and a shorter function: acosx."""
    for kind, _, start, end in tokens:
        name = word[start:end]
        if kind != "function" or len(name) < 4:
            continue
        first = name[0] == "a" if names.declared is None else name[0] in names.declared
        last = names.declared is not None and name[-1] in names.declared
        if first and name[1:].lower() in _GLUED:
            raise _ambiguous(word, f"{name}(…) or {name[0]}*{name[1:]}(…)")
        if last and name[:-1].lower() in _GLUED:
            raise _ambiguous(word, f"{name}(…) or {name[:-1]}({name[-1]}…)")


def _ambiguous(word: str, readings: str) -> Exception:
    return unreadable("ambiguous-name", Span(0, len(word)), name=word, suggestion=f"write {readings}")


def _guarded(word: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """The tokens with digits as numbers; a number that ends the word must not be followed by a parenthesis: cos2(x)."""
    found: list[Token] = []
    for kind, value, start, end in tokens:
        if kind != "digits":
            found.append((kind, value, start, end))
            continue
        number: Token = ("number", Fraction(int(value)), start, end)
        name = word[:start]
        error = unreadable(
            "ambiguous-name", Span(0, end), name=f"{word}(…)", suggestion=f"write {name}^{value}(…) or {name}({value}…)"
        )
        found.append(("maybe", (error, (number,)), start, end) if end == len(word) else number)
    return tuple(found)


assert all(callee(word) in CALLS for word in _GLUED)
