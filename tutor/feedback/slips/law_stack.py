"""Several laws with the same letters worked out together: one list of operations, in which equal parts stand once.

The laws that may be applied at one part share most of what they are made of: u^(c - 1), cos(u). For columns of a few
points an operation costs the same whatever it does, so that fewer of them are all that counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from tutor.calculus.rule import Bindings, fill
from tutor.expression.evaluate import OPERATIONS, operate, to_float
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols
from tutor.feedback.slips.law_program import VARYING, Program
from tutor.feedback.slips.values import Values

__all__ = ["Stack", "stack"]

_Operation: TypeAlias = Callable[[list[Any], Bindings], Any]
"""What works out one more value from those that are known, and from what the letters stand for."""


@dataclass(frozen=True, slots=True)
class Stack:
    """The coefficients of affine laws as operations on the columns of their letters.

    `places` holds for each law which of the values each of its coefficients is, None for 0.
    """

    programs: tuple[Program, ...]
    letters: tuple[str, ...]
    operations: tuple[_Operation, ...]
    places: tuple[tuple[int | None, ...], ...]

    def write(self, columns: Sequence[Values], bindings: Bindings, into: Sequence[Values]) -> None:
        """Writes the coefficients of each law into rows of zeros, for columns in the order of the letters."""
        known: list[Any] = [*columns]
        for operation in self.operations:
            known.append(operation(known, bindings))
        for places, rows in zip(self.places, into, strict=True):
            for row, place in enumerate(places):
                if place is not None:
                    rows[row] = known[place]


_MOST_KEPT = 4096
_STACKS: dict[tuple[int, ...], Stack] = {}


def stack(programs: tuple[Program, ...]) -> Stack:
    """The stack of some affine laws.

    Kept by the identity of the programs, which the stack itself keeps alive.
    """
    key = tuple(map(id, programs))
    known = _STACKS.get(key)
    if known is None:
        if len(_STACKS) >= _MOST_KEPT:
            _STACKS.clear()
        known = _STACKS[key] = _stacked(programs)
    return known


def _stacked(programs: tuple[Program, ...]) -> Stack:
    letters = tuple(sorted(frozenset[str]().union(*(each.letters for each in programs))))
    making = _Making({Symbol(letter): place for place, letter in enumerate(letters)}, [])
    places = tuple(tuple(None if c is None else making.place(c) for c in each.coefficients or ()) for each in programs)
    return Stack(programs, letters, tuple(making.operations), places)


@dataclass(frozen=True, slots=True)
class _Making:
    """A list of operations that grows: where the value of each part will stand, letters first."""

    known: dict[Expression, int]
    operations: list[_Operation]

    def place(self, tree: Expression) -> int:
        """Where the value of a template stands; what it takes to work it out is added to the list."""
        if tree not in self.known:
            operation = self._operation(tree)
            self.operations.append(operation)
            self.known[tree] = len(self.known)
        return self.known[tree]

    def _operation(self, tree: Expression) -> _Operation:
        if isinstance(tree, Number):
            constant = to_float(tree.value)
            return lambda known, bindings: constant
        assert isinstance(tree, Apply)
        places = [self.place(argument) for argument in tree.arguments]
        if tree.head in ("^", "root"):
            return _power(tree, *places)
        if tree.head in OPERATIONS and len(places) == 1:
            return _unary(OPERATIONS[tree.head], *places)
        if tree.head in OPERATIONS and len(places) == 2:
            return _binary(OPERATIONS[tree.head], *places)
        return lambda known, bindings: operate(tree, [known[place] for place in places], ())


def _unary(operation: Callable[..., Any], only: int) -> _Operation:
    return lambda known, bindings: operation(known[only])


def _binary(operation: Callable[..., Any], left: int, right: int) -> _Operation:
    return lambda known, bindings: operation(known[left], known[right])


def _power(tree: Apply, base: int, exponent: int) -> _Operation:
    """A power or a root, whose exponent is read as an exact number where it is one, since 1/3 has real powers."""
    under, index = tree.arguments
    symbols = free_symbols(index)
    if not symbols or symbols & VARYING:
        return lambda known, bindings: operate(tree, [known[base], known[exponent]], ())

    def run(known: list[Any], bindings: Bindings) -> Any:
        return operate(Apply(tree.head, (under, fill(index, bindings))), [known[base], known[exponent]], ())

    return run
