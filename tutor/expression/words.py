"""What a word means in a formula: a symbol, a function, a constant, several of them without blanks, or an error."""

from __future__ import annotations

import re
from fractions import Fraction

from tutor.errors import Span
from tutor.expression.calls import Callee, callee
from tutor.expression.complaints import unreadable
from tutor.expression.splitting import split
from tutor.expression.suggestions import unknown
from tutor.expression.vocabulary import Token, Vocabulary, canonical

_PATH = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:\.[A-Za-z][A-Za-z0-9]*)*")
_LOGARITHM = re.compile(r"log_([A-Za-z0-9]+)", re.IGNORECASE)

_LIBRARIES = frozenset(
    "np numpy jnp jax.numpy jax.nn jax.scipy.special nn math cmath torch torch.nn.functional torch.special "
    "nn.functional F tf tf.math tf.nn tf.keras.activations keras.activations "
    "scipy.special special sp sympy mpmath mp Math".split()
)
_LANGUAGE = frozenset("if is in it or of on an am be do go he hi id me no ok so to up us we".split())
_CALLED_LETTERS = frozenset("fghFGH")


def read_word(word: str, names: Vocabulary) -> tuple[Token, ...]:
    """The tokens of a run of letters, digits and subscripts; AnswerError with the place within the run."""
    plain = canonical(word)
    if "__" in plain and "." not in plain:
        raise unreadable("double-underscore", Span(0, len(word)))
    return _known(plain, word, names) or _in_library(plain, word, names) or _glued(word, plain, names)


def _known(plain: str, word: str, names: Vocabulary) -> tuple[Token, ...] | None:
    """The token of a word that is one name, None when it is none."""
    length = len(word)
    symbol = names.symbol(plain)
    if plain in names.heads:
        return (("function", Callee(plain, plain), 0, length),)
    if symbol is not None:
        return _symbol(symbol, word, names)
    if plain == "e" or plain.lower() == "pi":
        return (("constant", plain.lower(), 0, length),)
    if plain == "sigma":
        return (("function", Callee("sigmoid", word), 0, length),)
    function = callee(plain)
    if function is not None:
        return _function(function, word, names)
    return _logarithm(plain, word, names)


def _symbol(symbol: str, word: str, names: Vocabulary) -> tuple[Token, ...]:
    token = ("symbol", symbol, 0, len(word))
    if names.declared is not None:
        return (token,)
    if symbol == "sigma":
        return (("maybe", ((("function", Callee("sigmoid", word), 0, len(word)),), (token,)), 0, len(word)),)
    if word in _CALLED_LETTERS or symbol in ("gamma", "beta", "Gamma", "Beta", "zeta"):
        product = f"write {word}*(…) for a product"
        error = unreadable("not-a-function", Span(0, len(word)), name=word, suggestion=product)
        return (("maybe", (error, (token,)), 0, len(word)),)
    return (token,)


def _function(name: str, word: str, names: Vocabulary) -> tuple[Token, ...]:
    """The token of a function, with what else the word could mean where its letters are declared."""
    length = len(word)
    if length == 2 and names.declared is not None and all(letter in names.symbols for letter in word):
        letters = tuple(("symbol", names.symbols[letter], at, at + 1) for at, letter in enumerate(word))
        return (("maybe", ((("function", Callee(name, word), 0, length),), letters), 0, length),)
    return (("function", Callee(name, word, other_reading(word, names)), 0, length),)


def other_reading(word: str, names: Vocabulary) -> str:
    """The product that a function's name could be instead, as a*cos for acos where a is declared; "" for none."""
    if names.declared is None or len(word) < 4:
        return ""
    if word[0] in names.declared and callee(word[1:]):
        return f"{word[0]}*{word[1:]}(…)"
    if word[-1] in names.declared and callee(word[:-1]):
        return f"{word[:-1]}({word[-1]})"
    return ""


def _logarithm(plain: str, word: str, names: Vocabulary) -> tuple[Token, ...] | None:
    """`log_2`, `log_10` and `log_e` are functions, `log_b` a function and its base."""
    parts = _LOGARITHM.fullmatch(plain)
    if parts is None:
        return None
    base = parts[1]
    special = {"2": "log2", "10": "log10", "e": "log"}.get(base)
    if special is not None and names.symbol(base) is None:
        return (("function", Callee(special, word), 0, len(word)),)
    start = len("log_") if word.startswith(plain[:4]) else len("log")
    place = (start, len(word))
    symbol = names.symbol(base)
    if base.isdigit() and len(base) <= names.limits.digits:
        return (("based", Callee("log_base", word), 0, start), ("number", Fraction(int(base)), *place))
    if symbol is not None:
        return (("based", Callee("log_base", word), 0, start), ("symbol", symbol, *place))
    if base == "base":
        return None
    behind = base.lstrip("0123456789")
    if behind == base:
        raise unknown(base, names, Span(*place))
    return _logarithm_and_more(word, behind, names)


def _logarithm_and_more(word: str, behind: str, names: Vocabulary) -> tuple[Token, ...]:
    """`log_2x`: a logarithm whose base is in digits, and the word behind these."""
    cut = len(word) - len(behind)
    return (
        *read_word(word[:cut], names),
        *((kind, value, start + cut, end + cut) for kind, value, start, end in read_word(behind, names)),
    )


def _in_library(plain: str, word: str, names: Vocabulary) -> tuple[Token, ...] | None:
    """The token of a name in a library, as np.cos or math.pi; None when there is no point in the word."""
    library, point, name = plain.rpartition(".")
    if not point:
        return None
    if library not in _LIBRARIES or not _PATH.fullmatch(plain):
        raise unreadable("attribute", Span(0, len(word)), name=word)
    if name in ("e", "pi"):
        return (("constant", name, 0, len(word)),)
    function = callee(name)
    if function is None:
        raise unknown(name, names, Span(len(word) - len(name), len(word)))
    return (("function", Callee(function, word), 0, len(word)),)


def _glued(word: str, plain: str, names: Vocabulary) -> tuple[Token, ...]:
    """The tokens of names that are written without blanks between them; AnswerError when the word is not read."""
    if len(plain) == 2 and plain[0] == "d" and (names.symbol(plain[1]) or plain[1] in "xyztuvw"):
        tokens = split(word, names) if names.declared and "d" in names.symbols else None
        if tokens is None:
            raise unreadable("differential", Span(0, len(word)), name=word)
        return tokens
    tokens = split(word, names) if plain.lower() not in _LANGUAGE or names.declared is not None else None
    if tokens is not None:
        return tokens
    _refuse_differential(word, plain, names)
    error = unknown(word, names, Span(0, len(word)))
    if names.declared is not None and word in ("C", "c", "K", "k"):
        return (("addend", error, 0, 1),)
    raise error


def _refuse_differential(word: str, plain: str, names: Vocabulary) -> None:
    """AnswerError for a word of declared names that ends in a differential, as xdx does."""
    declared = names.declared or frozenset()
    ends = plain[-2:-1] == "d" and plain[-1] in declared and "d" not in declared
    if ends and split(plain[:-2], names) is not None:
        end = len(word)
        raise unreadable("differential", Span(end - 2, end), name=word[-2:])
