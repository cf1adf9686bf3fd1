"""The loop of the parser: what stands first, then whatever binds to it strongly enough.

V. R. Pratt, Top down operator precedence, POPL 1973.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from tutor.errors import Span
from tutor.expression.building import Leaf, apply_at
from tutor.expression.complaints import unreadable
from tutor.expression.limits import Limits
from tutor.expression.reading import Notice
from tutor.expression.remarks import remark
from tutor.expression.tree import Expression

SUM, PRODUCT, SIGN, POWER = 10, 20, 25, 40
EXPONENT = POWER - 1
"""The strength within an exponent: powers nest to the right."""

BINDING: Mapping[str, int] = {
    "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "^": POWER,
    "number": PRODUCT, "decimal": PRODUCT, "scientific": PRODUCT, "symbol": PRODUCT, "constant": PRODUCT,
    "open": PRODUCT, "function": PRODUCT, "based": PRODUCT, "radical": PRODUCT, "fraction": PRODUCT,
    "bar-open": PRODUCT,     "close": 0, "bar-close": 0, ",": 0, "end": 0,
}  # fmt: skip
"""How strongly each kind of token binds to what stands before it; factors side by side bind as a product."""

NUMBERS = frozenset(("number", "decimal", "scientific"))
FACTORS = NUMBERS | {"symbol", "constant", "open", "radical", "fraction", "bar-open"}
"""The kinds that start a factor without a function's name."""

FUNCTIONS = frozenset(("function", "based"))

LEAVES = frozenset(("number", "decimal", "symbol", "constant"))
"""The kinds that are a tree by themselves, half of all tokens."""

OPERATORS = frozenset("+-*/")
"""The kinds that join two parts without more ado."""

Prefix: TypeAlias = "Callable[[Parser, int], Expression]"
Infix: TypeAlias = "Callable[[Parser, Expression, int], Expression]"


@dataclass(slots=True)
class Parser:
    """The state of one parsing: the tokens as parallel lists, the place among them, and what was noticed.

    `growth` is the product of the exponents of numbers so far, an upper estimate of how these grow. `groups_apart`
    ends the argument of a bare function before a parenthesis. `is_long` says that there are more tokens than levels
    are allowed, so that these are counted.
    """

    text: str
    kinds: list[str]
    values: list[Any]
    starts: list[int]
    ends: list[int]
    prefixes: Mapping[str, Prefix]
    infixes: Mapping[str, Infix]
    limits: Limits
    groups_apart: bool = False
    is_long: bool = False
    at: int = 0
    level: int = 0
    growth: int = 1
    notices: list[Notice] = field(default_factory=list)

    def expression(self, strength: int) -> Expression:
        """The longest tree from here on whose parts bind more than a strength.

        Most of the reading of an answer is done here, so that leaves and operators have no handler of their own.
        """
        if self.is_long:
            self._descend()
        at, kinds = self.at, self.kinds
        start, kind = self.starts[at], kinds[at]
        if kind in LEAVES:
            left = self.values[at].places.get(start) or self.leaf(at)
            self.at = at = at + 1
            kind = kinds[at]
        else:
            left = self.prefixes[kind](self, strength)
            kind = kinds[self.at]
        while (binding := BINDING[kind]) > strength:
            if kind in OPERATORS:
                self.at += 1
                right = self.expression(binding)
                left = apply_at(kind, (left, right), start, self.ends[self.at - 1])
            else:
                left = self.infixes[kind](self, left, start)
            kind = kinds[self.at]
        if self.is_long:
            self.level -= 1
        return left

    def leaf(self, at: int) -> Expression:
        """The tree of a token that is one by itself."""
        leaf: Leaf = self.values[at]
        return leaf.at(self.starts[at], self.ends[at])

    def _descend(self) -> None:
        """Counts how deep the parser is; AnswerError when that is too deep."""
        self.level += 1
        if self.level > self.limits.depth:
            raise unreadable("too-deep", self.here(), limit=self.limits.depth)

    def here(self) -> Span:
        """The place of the token that is next."""
        return Span(self.starts[self.at], self.ends[self.at])

    def since(self, start: int) -> Span:
        """The place from a character to the end of what has been read."""
        return Span(start, self.ends[self.at - 1])

    def slice(self, start: int, end: int) -> str:
        """A piece of the text without the blanks around it."""
        return self.text[start:end].strip()

    def notice(self, code: str, span: Span, **words: str) -> None:
        """Adds a notice about a place."""
        self.notices.append(remark(code, span, **words))
