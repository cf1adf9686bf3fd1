"""Which characters a formula may hold besides ASCII, what they stand for, and what is said of all others.

An explicit table: no normal form of Unicode is ever taken, since that changes values (x² would become x2).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tutor.errors import AnswerError, Span
from tutor.expression.complaints import unreadable
from tutor.expression.names import GREEK

BLANKS = " \t\u00a0" + "".join(map(chr, range(0x2000, 0x200B))) + "\u202f\u205f\u3000"
"""Blanks of every width; none has a meaning of its own in a class of a regular expression."""

SUPERSCRIPTS: Mapping[str, str] = MappingProxyType(
    dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣʸᶻᵃᵇᶜᵈᵉᵏᵐᵖᵗᵘᵛʷ", "0123456789+-()nixyzabcdekmptuvw", strict=True))
)
"""Raised characters and the plain ones."""

SUBSCRIPTS: Mapping[str, str] = MappingProxyType(
    dict(zip("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₚₛₜₓ", "0123456789aehijklmnpstx", strict=True))
)
"""Lowered characters and the plain ones."""

VULGAR: Mapping[str, tuple[int, int]] = MappingProxyType({
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
})  # fmt: skip
"""Fractions that are one character, as numerator and denominator."""

GREEK_LETTERS: Mapping[str, str] = MappingProxyType(
    {letter: name for name, letter in GREEK.items() if name not in ("pi", "omicron")}
    | {"ϵ": "epsilon", "ϑ": "theta", "ϕ": "phi", "ϱ": "rho", "ς": "sigma", "\u00b5": "mu", "\u2126": "Omega"}
    | {"ŷ": "y_hat", "ȳ": "y_bar"}
)
"""Greek letters (and the signs for micro and ohm) and the names of their symbols; π is the constant."""

SIGNS: Mapping[str, str] = MappingProxyType({
    "·": "*", "⋅": "*", "×": "*", "∗": "*", "•": "*", "∙": "*", "✕": "*", "✖": "*", "⨯": "*", "･": "*",
    "÷": "/", "∕": "/", "⁄": "/",
    "−": "-", "–": "-", "‐": "-", "‑": "-",
})  # fmt: skip
"""Other signs for the operators."""

_REASONS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "%":  ("a percent sign", "write 0.05 for 5 %"),
    "!":  ("a factorial", "leave out the !"),
    "°":  ("a degree sign", "angles are in radians: write pi/180"),
    "@":  ("@", "write * for a product"),
    ";":  ("a semicolon", "write a comma between the entries of a vector"),
    ":":  ("a colon", "write / for a quotient"),
    "\"": ("a quotation mark", "write the formula without quotation marks"),
    "`":  ("a quotation mark", "write the formula without quotation marks"),
    "“":  ("a quotation mark", "write the formula without quotation marks"),
    "”":  ("a quotation mark", "write the formula without quotation marks"),
    ".":  ("a point that belongs to no number", "leave it out; write 0.5 for a decimal, * for a product"),
    "~":  ("~", "write a blank"),
    "&":  ("&", "write a comma between the entries of a vector"),
    "∞":  ("infinity", "write a formula with finite values"),
    "∫":  ("an integral sign", "write the formula itself"),
    "‖":  ("the sign of a norm", "write |x| for an absolute value"),
    "→":  ("an arrow", "write only the formula"),
    "↦":  ("an arrow", "write only the formula"),
    "#":  ("#", "leave out the remark"),
    "?":  ("a question mark", "write only the formula"),
    "ᵀ":  ("the sign of a transposition", "leave it out"),
    "∑":  ("a sum sign", "write the sum out"),
    "∏":  ("a product sign", "write the product out"),
    "±":  ("a double sign", "write one of the two formulas"),
    "—":  ("a dash", "write - for minus"),
    "ˆ":  ("an accent", "write ^ for a power"),
})  # fmt: skip
"""What some characters are, and what to do about them."""

_COMPARISONS = frozenset("<>≤≥≠≈≡")
_MARKS = frozenset("'’‘′″‴ʹ´")
_DERIVATIVES = frozenset("∂∇")

_LOOKALIKES: Mapping[str, str] = MappingProxyType(
    dict(zip("асеорхуікјѕһԁԛԝАВСЕНІЈКМОРЅТХУο", "aceopxyikjshdqwABCEHIJKMOPSTXYo", strict=True))
    | {"ℯ": "e", "ⅇ": "e", "ℓ": "l", "ı": "i", "ſ": "s", "ø": "o", "∣": "|", "ǀ": "|", "Π": "P", "ᵡ": "x"}
)
"""Letters of other alphabets that look like a plain one."""

_HIDDEN = frozenset("\u115f\u1160\u3164\u2800\uffa0\ufe0f\ufe0e\u034f")
"""What shows nothing and yet counts as printable."""


def refused(character: str) -> AnswerError:
    """The error for a character that no formula may hold, its place being that of the text's first character."""
    place = Span(0, 1)
    if character in _COMPARISONS:
        return unreadable("comparison", place, sign=character)
    if character == "=":
        return unreadable("equals-sign", place, suggestion="write only what stands after the equals sign")
    if character in _MARKS or character in _DERIVATIVES:
        return unreadable("derivative-mark", place, sign=character)
    if character == "$":
        return unreadable("lonely-dollar", place)
    if character == "_":
        return unreadable("subscript", place)
    if character in _REASONS:
        name, suggestion = _REASONS[character]
        return unreadable("character", place, character=name, suggestion=suggestion)
    return _by_its_name(character, place)


def _by_its_name(character: str, place: Span) -> AnswerError:
    import unicodedata  # 1 MB of tables, needed only here

    kind = unicodedata.category(character)
    number = f"U+{ord(character):04X}"
    name = f"{number} {unicodedata.name(character, '')}".strip()
    if kind == "Cc":
        return unreadable("control-character", place, character=name)
    if not character.isprintable() or character in _HIDDEN:
        return unreadable("hidden-character", place, character=name)
    if kind.startswith("M"):
        return unreadable("combining-mark", place, character=name)
    plain = _LOOKALIKES.get(character) or unicodedata.normalize("NFKC", character)
    if plain != character and len(plain) == 1 and plain.isascii():
        return unreadable("lookalike", place, character=name, plain=plain, suggestion=f"write {plain}")
    return unreadable("character", place, character=f"{character} ({name})" if number not in character else name)
