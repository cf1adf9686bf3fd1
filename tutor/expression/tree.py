"""The tree of a formula as it was typed: exact numbers, symbols, and applications of a head to arguments.

Heads are the operators `+ - * / ^` (two arguments), `neg` (one), the brackets `vector` (any number), and the
names in `tutor.expression.functions`. The constants pi and e are applications to nothing. Operators nest to
the left as they are read, so `a + b + c` is `+(+(a, b), c)`; nothing is reordered or evaluated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Any, TypeAlias

from tutor.errors import Span

__all__ = ["Apply", "Expression", "Number", "Span", "Symbol"]


_set = object.__setattr__


class Remembering:
    """A value that works out its hash and its symbols once: both are asked everywhere, and either walks all of a tree.

    The slots are no fields, so that copies and pickles leave them out: hashes of texts differ from process to process.
    A constructor sets them to None, since an exception that says that a slot is empty takes longer than a hash.
    """

    __slots__ = ("_free", "_hash")
    _free: frozenset[str] | None
    _hash: int | None


class OpenApply(Remembering):
    """The slots of an application, which can still be set: what is made here becomes an Apply when it is complete."""

    __slots__ = ("arguments", "head", "span")
    head: str
    arguments: tuple[Expression, ...]
    span: Span | None


class _RememberingFloat:
    """A number that remembers, besides its hash, the float next to it in the form in which evaluation takes it up.

    And its numerator and denominator, by which it is compared: a fraction's own comparison takes several calls.
    """

    __slots__ = ("_float", "_hash", "_ratio")
    _float: Any
    _hash: int
    _ratio: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Number(_RememberingFloat):
    """An exact rational number; `decimal` remembers that it was typed with a point, for printing only."""

    value: Fraction
    span: Span | None = field(default=None, compare=False, repr=False)
    decimal: bool = field(default=False, compare=False, repr=False)

    def __init__(self, value: Fraction, span: Span | None = None, decimal: bool = False) -> None:  # noqa: FBT001, FBT002 - a field
        # Through the slots themselves, as below: the constructor of a frozen dataclass takes half as long again.
        _set_value(self, value)
        _set_place(self, span)
        _set_decimal(self, decimal)
        _set_ratio(self, value.as_integer_ratio())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Number):
            return NotImplemented
        try:
            return self._ratio == other._ratio
        except AttributeError:  # one that was copied
            return self.value.as_integer_ratio() == other.value.as_integer_ratio()

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:
            found = hash(self.value.as_integer_ratio())
            _set(self, "_hash", found)
            return found


@dataclass(frozen=True, slots=True)
class Symbol:
    """A variable or parameter; its name holds ASCII letters, digits and one underscore: `x`, `w_1`, `alpha`."""

    name: str
    span: Span | None = field(default=None, compare=False, repr=False)

    def __init__(self, name: str, span: Span | None = None) -> None:
        _set_name(self, name)
        _set_name_place(self, span)

    def __eq__(self, other: object) -> bool:
        return self.name == other.name if isinstance(other, Symbol) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.name)


@dataclass(frozen=True, slots=True)
class Apply(OpenApply):
    """A head applied to its arguments, in the order in which they were typed."""

    head: str
    arguments: tuple[Expression, ...]
    span: Span | None = field(default=None, compare=False, repr=False)

    def __init__(self, head: str, arguments: tuple[Expression, ...], span: Span | None = None) -> None:
        _set_head(self, head)
        _set_arguments(self, arguments)
        _set_span(self, span)
        _set_hash(self, None)
        _set_free(self, None)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Apply):
            return NotImplemented
        return self.head == other.head and self.arguments == other.arguments

    def __hash__(self) -> int:
        try:
            found = self._hash
        except AttributeError:  # one that was copied, or that the reader made
            found = None
        if found is None:
            found = hash((self.head, self.arguments))
            _set_hash(self, found)
        return found


_set_value = Number.__dict__["value"].__set__
_set_place = Number.__dict__["span"].__set__
_set_decimal = Number.__dict__["decimal"].__set__
_set_name = Symbol.__dict__["name"].__set__
_set_name_place = Symbol.__dict__["span"].__set__
_set_head = OpenApply.__dict__["head"].__set__
_set_arguments = OpenApply.__dict__["arguments"].__set__
_set_ratio = _RememberingFloat.__dict__["_ratio"].__set__
_set_free = Remembering.__dict__["_free"].__set__
_set_hash = Remembering.__dict__["_hash"].__set__
_set_span = OpenApply.__dict__["span"].__set__

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
    if isinstance(expression, Symbol):
        return _alone(expression.name)
    if isinstance(expression, Number):
        return _NO_SYMBOLS
    known = _known_free(expression)
    return _found_free(expression) if known is None else known


_NO_SYMBOLS: frozenset[str] = frozenset()


def _known_free(part: Apply) -> frozenset[str] | None:
    """The symbols of a part as far as it remembers them."""
    try:
        return part._free
    except AttributeError:  # one that was copied, or that the reader made
        return None


def _found_free(expression: Apply) -> frozenset[str]:
    """The symbols of a part, which it and its own parts remember from now on."""
    stack: list[Expression] = [expression]
    unknown: list[Apply] = []
    while stack:
        part = stack.pop()
        if isinstance(part, Apply) and _known_free(part) is None:
            unknown.append(part)
            stack += part.arguments
    for part in reversed(unknown):
        _set_free(part, _free_in(part))
    return _known_free(expression) or _NO_SYMBOLS


def _free_in(part: Apply) -> frozenset[str]:
    """The symbols of a part whose own parts' are known: the same object as one of those where that holds all."""
    found = _NO_SYMBOLS
    for argument in part.arguments:
        if isinstance(argument, Apply):
            own = argument._free or _NO_SYMBOLS
        elif isinstance(argument, Symbol):
            own = _alone(argument.name)
        else:
            continue
        if own is not found:
            found = own if found <= own else found if own <= found else found | own
    return found


@lru_cache(maxsize=1024)
def _alone(name: str) -> frozenset[str]:
    return frozenset((name,))


def size(expression: Expression) -> int:
    """How many parts a tree has."""
    count, stack = 0, [expression]
    while stack:
        part = stack.pop()
        count += 1
        if isinstance(part, Apply):
            stack += part.arguments
    return count


def depth(expression: Expression) -> int:
    """How many parts the longest way from the root to a leaf passes."""
    deepest, stack = 0, [(expression, 1)]
    while stack:
        part, level = stack.pop()
        deepest = max(deepest, level)
        if isinstance(part, Apply):
            stack.extend((argument, level + 1) for argument in part.arguments)
    return deepest


def is_deeper(expression: Expression, levels: int) -> bool:
    """Whether the longest way from the root to a leaf passes more parts than so many."""
    level: list[Expression] = [expression]
    for _ in range(levels):
        level = [argument for part in level if isinstance(part, Apply) for argument in part.arguments]
        if not level:
            return False
    return True


def substitute(expression: Expression, values: dict[str, Expression]) -> Expression:
    """The tree with each named symbol replaced by a tree."""
    if isinstance(expression, Symbol):
        return values.get(expression.name, expression)
    if isinstance(expression, Number) or not expression.arguments:
        return expression
    return Apply(expression.head, tuple(substitute(part, values) for part in expression.arguments), expression.span)
