"""What is said of a word that is not known: which name was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from tutor.errors import AnswerError, Span
from tutor.expression.calls import CALLS, callee
from tutor.expression.complaints import unreadable
from tutor.expression.functions import SPELLINGS
from tutor.expression.names import GREEK
from tutor.expression.vocabulary import Vocabulary

_ELSEWHERE: Mapping[str, str] = MappingProxyType({
    "sine": "sin", "sinus": "sin", "cosine": "cos", "cosinus": "cos", "cosin": "cos", "tangent": "tan",
    "tangens": "tan",
    "cotangent": "cot", "secant": "sec", "cosecant": "csc", "arcsine": "asin", "arcsinus": "asin", "arccosine": "acos",
    "arctangent": "atan", "logarithm": "log", "logarithmus": "log", "exponential": "exp", "root2": "sqrt",
    "squareroot": "sqrt", "wurzel": "sqrt", "racine": "sqrt", "sqr": "sqrt", "modulus": "abs", "betrag": "abs",
    "sig": "sigmoid", "logit": "log", "inf": "", "oo": "", "nan": "", "atan2": "atan", "arctan2": "atan",
})  # fmt: skip
"""Names of functions in words and in other languages; "" where nothing is near."""


def unknown(word: str, names: Vocabulary, place: Span) -> AnswerError:
    """The error for a word that is no name here, with the name that was probably meant."""
    meant = _composed(word, names) or _nearest(word, names)
    function = meant is not None and callee(meant) is not None
    if function:
        error = unreadable("unknown-function", place, name=word, suggestion=f"write {meant}")
    elif names.declared is not None and (names.names_a_letter(word) or meant is not None or not word.isalpha()):
        error = _undeclared(word, names.declared, place, meant)
    else:
        spelt_out = _spelt_out(word) if names.declared is None else None
        error = unreadable("unknown-name", place, name=word, suggestion=f"write {meant}" if meant else spelt_out)
    if meant is None:
        return error
    return AnswerError(error.code, f"{error.message}: did you mean {meant}?", place, suggestion=error.suggestion)


def _spelt_out(word: str) -> str | None:
    """How to write a word where any letter is a name: a short one without vowels as a product, else as one letter."""
    if len(word) < 3:
        return None
    if word.isalpha() and len(word) <= 4 and not set("eiouEIOU") & set(word) and not set("a") & set(word[1:]):
        return f"write {'*'.join(word)} for a product"
    return f"write one letter for a name, with an index or without: {word[0]} or {word[0]}_1"


def _undeclared(word: str, declared: frozenset[str], place: Span, meant: str | None) -> AnswerError:
    if not declared:
        return unreadable("no-variables", place, name=word)
    is_or_are = "is the variable" if len(declared) == 1 else "are the variables"
    sentence = f"{listed(declared)} {is_or_are} here"
    if len(declared) == 1:
        message = f"{sentence}; {word} is not known"
        return AnswerError("undeclared", message, place, suggestion=meant and f"write {meant}")
    return unreadable("undeclared", place, declared=sentence, name=word, suggestion=meant and f"write {meant}")


def listed(names: Iterable[str]) -> str:
    """Names in one phrase: `x`, `x and y`, `a, b and c`."""
    *first, last = sorted(names)
    return f"{', '.join(first)} and {last}" if first else last


def _composed(word: str, names: Vocabulary) -> str | None:
    """What a word of declared parts was probably meant as: x2 as x^2, ex as e^x, X as x, etaL as eta*L."""
    declared = names.declared or frozenset()
    letters = word.rstrip("0123456789")
    if letters in declared and letters != word:
        return f"{letters}^{word[len(letters) :]}" if word != f"{letters}1" else None
    if word[:1] == "e" and (word[1:] in declared or word[1:].isdigit()):
        return f"e^{word[1:]}"
    if word[:1] == "e" and word[-1] in declared and word[1:-1].isdigit():
        return f"e^({word[1:]})"
    other_case = {name.lower(): name for name in declared}.get(word.lower())
    if other_case is not None:
        return other_case
    if word in ("E", "euler"):
        return "e"
    return next((f"{word[:at]}*{word[at:]}" for at in range(1, len(word)) if {word[:at], word[at:]} <= declared), None)


def _nearest(word: str, names: Vocabulary) -> str | None:
    """The known name that is most like a word: one that it begins, one that is a slip away, or one much alike."""
    from difflib import get_close_matches  # only needed once something is wrong

    name = word.lower()
    if name in _ELSEWHERE:
        return _ELSEWHERE[name] or None
    if len(name) < 3 or len(name) > 20 or name in GREEK:
        return None
    functions = [known for known in (*SPELLINGS, *CALLS) if known.isascii() and (len(known) > 2 or known == "ln")]
    known = (*(names.declared or ()), *functions)
    begun = [longer for longer in known if longer.startswith(name) and len(longer) > len(name) + 1 > 4]
    slipped = [other for other in known if len(other) > 1 and is_one_slip(name, other)]
    found = begun or slipped or get_close_matches(name, known, n=1, cutoff=0.7)
    return found[0] if found else None


def is_one_slip(word: str, name: str) -> bool:
    """Whether a word becomes a name by one letter changed, left out, added, or two swapped."""
    if abs(len(word) - len(name)) > 1:
        return False
    start = next((at for at, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name)))
    rest, other = word[start:], name[start:]
    swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:] and len(rest) > 1
    return swapped or rest[1:] == other[1:] or rest == other[1:] or rest[1:] == other
