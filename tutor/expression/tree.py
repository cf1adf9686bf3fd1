"""The tree of a formula as it was typed: exact numbers, symbols, and applications of a head to arguments.

Heads are the operators `+ - * / ^` (two arguments), `neg` (one), the brackets `vector` (any number), and the
names in `tutor.expression.functions`. The constants pi and e are applications to nothing. Operators nest to
the left as they are read, so `a + b + c` is `+(+(a, b), c)`; nothing is reordered or evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeAlias

from tutor.errors import Span

__all__ = ["Apply", "Expression", "Number", "Span", "Symbol"]


_set = object.__setattr__


class _Hashed:
    """A value that works out its hash once: trees are keys of tables everywhere, and hashing one walks all of it.

    The slot is no field, so that copies and pickles leave it out: hashes of texts differ from process to process.
    """

    __slots__ = ("_hash",)
    _hash: int


@dataclass(frozen=True, slots=True)
class Number(_Hashed):
    """An exact rational number; `decimal` remembers that it was typed with a point, for printing only."""

    value: Fraction
    span: Span | None = field(default=None, compare=False, repr=False)
    decimal: bool = field(default=False, compare=False, repr=False)

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            _set(self, "_hash", hash(self.value))
            return self._hash


@dataclass(frozen=True, slots=True)
class Symbol:
    """A variable or parameter; its name holds ASCII letters, digits and one underscore: `x`, `w_1`, `alpha`."""

    name: str
    span: Span | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Apply(_Hashed):
    """A head applied to its arguments, in the order in which they were typed."""

    head: str
    arguments: tuple[Expression, ...]
    span: Span | None = field(default=None, compare=False, repr=False)

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            _set(self, "_hash", hash((self.head, self.arguments)))
            return self._hash


Expression: TypeAlias = Number | Symbol | Apply

Path: TypeAlias = tuple[int, ...]
"""The address of a part of a tree: argument indices from the root down."""

ZERO = Number(Fraction(0))
ONE = Number(Fraction(1))
PI = Apply("pi", ())
EULER = Apply("e", ())


def number(value: int | Fraction) -> Number:
    """The tree of an exact number."""
    return Number(Fraction(value))


def walk(expression: Expression) -> Iterator[Expression]:
    """Every part of a tree, each before its own parts."""
    stack = [expression]
    while stack:
        part = stack.pop()
        yield part
        if isinstance(part, Apply):
            stack.extend(reversed(part.arguments))


def free_symbols(expression: Expression) -> frozenset[str]:
    """The names of all symbols in a tree."""
    stack, found = [expression], set()
    while stack:  # not by `walk`: this is asked a dozen times for every answer
        part = stack.pop()
        if isinstance(part, Apply):
            stack.extend(part.arguments)
        elif isinstance(part, Symbol):
            found.add(part.name)
    return frozenset(found)


def size(expression: Expression) -> int:
    """How many parts a tree has."""
    return sum(1 for _ in walk(expression))


def depth(expression: Expression) -> int:
    """How many parts the longest way from the root to a leaf passes."""
    deepest, stack = 0, [(expression, 1)]
    while stack:
        part, level = stack.pop()
        deepest = max(deepest, level)
        if isinstance(part, Apply):
            stack.extend((argument, level + 1) for argument in part.arguments)
    return deepest


def substitute(expression: Expression, values: dict[str, Expression]) -> Expression:
    """The tree with each named symbol replaced by a tree."""
    if isinstance(expression, Symbol):
        return values.get(expression.name, expression)
    if isinstance(expression, Number) or not expression.arguments:
        return expression
    return Apply(expression.head, tuple(substitute(part, values) for part in expression.arguments), expression.span)
