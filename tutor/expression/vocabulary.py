"""The names that a formula may use, and the ways to write each of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from tutor.expression.characters import GREEK_LETTERS, SUBSCRIPTS
from tutor.expression.limits import Limits
from tutor.expression.names import GREEK

Token: TypeAlias = tuple[str, Any, int, int]
"""A kind, a value, and the place within the piece of text that was read."""


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """The names that a formula may use.

    `declared` is None where nothing was declared, so that every name of a letter is a symbol. `symbols` maps each way
    to write a declared name to it. `heads` are names of functions besides those of the table. `pieces` keeps what short
    runs of text were read as.
    """

    declared: frozenset[str] | None
    symbols: Mapping[str, str]
    heads: frozenset[str]
    limits: Limits
    pieces: dict[str, tuple[Token, ...]] = field(default_factory=dict)

    def symbol(self, word: str) -> str | None:
        """The symbol that a plain word names, None when it names none."""
        if self.declared is None:
            return word if _FREE.fullmatch(word) else None
        return self.symbols.get(word)

    @staticmethod
    def names_a_letter(word: str) -> bool:
        """Whether a word is a letter, by itself or by its Greek name, with an index or without, or two letters."""
        return _FREE.fullmatch(word) is not None or len(word) <= 2


@lru_cache(maxsize=128)
def vocabulary(declared: frozenset[str] | None, heads: frozenset[str], limits: Limits) -> Vocabulary:
    """The vocabulary for some declared symbols."""
    symbols = frozenset(map(canonical, declared)) if declared is not None else None
    return Vocabulary(symbols, _written(symbols or frozenset()), heads, limits)


_GREEK_NAMES = "|".join(sorted((set(GREEK) - {"pi", "Pi"}) | {"lam", "eps"}, key=len, reverse=True))
_FREE = re.compile(rf"(?!e$)(?:[A-Za-z]|{_GREEK_NAMES})(?:[0-9]+|_[A-Za-z0-9]+)?")
_INDEXED = re.compile(r"([A-Za-z]+)(_?)([0-9]+)")
_OTHER_NAMES = {"lambda": "lam", "lam": "lambda", "epsilon": "eps", "eps": "epsilon"}


def canonical(name: str) -> str:
    """The name of a symbol as the tree holds it: Greek letters by name, `x_{12}` and `x₁₂` as `x_12`."""
    if name.isascii() and "{" not in name:
        return name
    letters = "".join(GREEK_LETTERS.get(letter, letter) for letter in name)
    lowered = next((at for at, letter in enumerate(letters) if letter in SUBSCRIPTS), None)
    if lowered is not None:
        letters = letters[:lowered] + "_" + "".join(SUBSCRIPTS.get(letter, letter) for letter in letters[lowered:])
    return letters.replace("{", "").replace("}", "")


def _written(declared: frozenset[str]) -> Mapping[str, str]:
    """Each way to write a declared name; `x1` is `x_1` and `lam` is `lambda` where only one of the two is declared."""
    written = {}
    for name in declared:
        parts = _INDEXED.fullmatch(name)
        if parts is not None:
            letters, joint, digits = parts.groups()
            written[f"{letters}{'' if joint else '_'}{digits}"] = name
        if name in _OTHER_NAMES:
            written[_OTHER_NAMES[name]] = name
    return written | {name: name for name in declared}
