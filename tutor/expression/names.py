"""How symbols and functions are named for people: Greek letters, subscripts, `arcsin` for the head `asin`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from tutor.expression.tree import Apply, Expression, Number

_LOWER = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu "
    "nu xi omicron pi rho sigma tau upsilon phi chi psi omega"
)
_CAPITAL = "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"

GREEK: Mapping[str, str] = MappingProxyType(
    dict(zip(_LOWER.split(), "αβγδεζηθικλμνξοπρστυφχψω", strict=True))
    | dict(zip(_CAPITAL.split(), "ΓΔΘΛΞΠΣΥΦΨΩ", strict=True))
)
"""Greek letters by their names."""

_SHOWN = {name: letter for name, letter in GREEK.items() if name not in ("pi", "Pi", "omicron")} | {
    "lam": GREEK["lambda"],
    "eps": GREEK["epsilon"],
}

# fmt: off
PEOPLE: Mapping[str, str] = MappingProxyType({
    "log":   "ln",
    "asin":  "arcsin",  "acos":  "arccos",  "atan":  "arctan",
    "acot":  "arccot",  "asec":  "arcsec",  "acsc":  "arccsc",
    "asinh": "arsinh",  "acosh": "arcosh",  "atanh": "artanh",
    "acoth": "arcoth",  "asech": "arsech",  "acsch": "arcsch",
})
"""What people call a head that has another name in the tree."""

RAISABLE = frozenset(("sin", "cos", "tan", "cot", "sec", "csc", "sinh", "cosh", "tanh", "coth", "sech", "csch"))
"""Functions whose powers are written on the name, as in sin²(x)."""
# fmt: on

_SUPERSCRIPT = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_SUBSCRIPT = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_INDEXED = re.compile(r"([A-Za-z]+)_?([0-9]+)|([A-Za-z]+)_([A-Za-z0-9]+)")


def shown_name(head: str) -> str:
    """A function's name for people, in ASCII."""
    return PEOPLE.get(head, head)


def shown_letters(letters: str) -> str:
    """The Greek letter for a symbol's name, for every other name the name; π is left to the constant."""
    return _SHOWN.get(letters, letters)


def split_name(name: str) -> tuple[str, str]:
    """The letters of a symbol and its subscript, "" for none: `w_1` and `w1` are w with subscript 1."""
    parts = _INDEXED.fullmatch(name)
    if parts is None:
        return name, ""
    letters, digits, word, subscript = parts.groups()
    return (letters, digits) if letters else (word, subscript)


def superscript(digits: str) -> str:
    """A whole number in raised digits."""
    return digits.translate(_SUPERSCRIPT)


def subscript(digits: str) -> str:
    """A whole number in lowered digits."""
    return digits.translate(_SUBSCRIPT)


def whole_exponent(exponent: Expression) -> str:
    """The digits of an exponent that is a whole number, with its sign; "" for every other exponent."""
    match exponent:
        case Number(value) if value.denominator == 1 and not exponent.decimal and abs(value) < 10**6:
            return str(value)
        case Apply("neg", (Number(value) as size,)) if value >= 0:
            digits = whole_exponent(size)
            return digits and f"-{digits}"
        case _:
            return ""


def raised_on_name(base: Expression, exponent: Expression) -> bool:
    """Whether a power is written on the function's name: sin²(x), never for negative exponents, which mean inverses."""
    return (
        isinstance(base, Apply)
        and base.head in RAISABLE
        and isinstance(exponent, Number)
        and not exponent.decimal
        and exponent.value.denominator == 1
        and 2 <= exponent.value <= 9
    )
