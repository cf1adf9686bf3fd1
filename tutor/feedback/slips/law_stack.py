"""Several laws with one pattern worked out together: one list of operations, in which equal parts stand once.

The laws that may be applied at one part share most of what they are made of: u^(c - 1), cos(u). For columns of a few
points an operation costs the same whatever it does, so that fewer of them are all that counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from tutor.calculus.law import ANY_FUNCTION
from tutor.calculus.rule import Bindings, Rule, fill
from tutor.expression.evaluate import OPERATIONS, operate, to_float
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols
from tutor.feedback.slips.law_program import VARYING, Program, program
from tutor.feedback.slips.values import Values

__all__ = ["Share", "Stack", "stack"]

_Operation: TypeAlias = Callable[[list[Any], Bindings], Any]
"""What works out one more value from those that are known, and from what the letters stand for."""


@dataclass(frozen=True, slots=True)
class Share:
    """Laws of a stack that take the slopes of the same parts, or one that is not affine.

    `coefficients` says which of the values of the stack is which coefficient, the coefficients of all laws counted
    through; those that are left out are 0. It is None for a law that is not affine.
    """

    rules: tuple[Rule, ...]
    programs: tuple[Program, ...]
    marked: tuple[Expression, ...]
    coefficients: tuple[tuple[int, int], ...] | None


@dataclass(frozen=True, slots=True)
class Stack:
    """Laws with one pattern as operations on the columns of their letters; the first law has a share of its own."""

    rules: tuple[Rule, ...]
    letters: tuple[str, ...]
    operations: tuple[_Operation, ...]
    shares: tuple[Share, ...]

    def values(self, columns: Sequence[Values], bindings: Bindings) -> list[Any]:
        """The values of all that the laws are made of, for columns in the order of the letters."""
        known: list[Any] = [*columns]
        for operation in self.operations:
            known.append(operation(known, bindings))
        return known


_MOST_KEPT = 4096
_STACKS: dict[tuple[int, ...], Stack] = {}


def stack(rules: tuple[Rule, ...], bindings: Bindings) -> Stack:
    """The stack of some laws with one pattern, whose letters f and g, where it has them, stand for given functions.

    Kept by the identity of the laws, which the stack itself keeps alive, and of the functions, of which there are few.
    """
    key = (*map(id, rules), *[id(bindings[letter]) for letter in ANY_FUNCTION if letter in bindings])
    known = _STACKS.get(key)
    if known is None:
        if len(_STACKS) >= _MOST_KEPT:
            _STACKS.clear()
        known = _STACKS[key] = _stacked(rules, bindings)
    return known


def _stacked(rules: tuple[Rule, ...], bindings: Bindings) -> Stack:
    groups = list(_grouped(rules, bindings))
    affine = [made for _, programs in groups for made in programs if made.coefficients is not None]
    letters = tuple(sorted(frozenset[str]().union(*(made.letters for made in affine))))
    making = _Making({Symbol(letter): place for place, letter in enumerate(letters)}, [])
    shares = tuple(_share(some, programs, making) for some, programs in groups)
    return Stack(rules, letters, tuple(making.operations), shares)


def _grouped(rules: tuple[Rule, ...], bindings: Bindings) -> Iterator[tuple[list[Rule], list[Program]]]:
    """The first law, then the others by what they mark; those that are not affine each by itself."""
    groups: dict[object, tuple[list[Rule], list[Program]]] = {}
    for index, rule in enumerate(rules):
        made = program(rule, bindings)
        some, programs = groups.setdefault(index if not index or made.coefficients is None else made.marked, ([], []))
        some.append(rule)
        programs.append(made)
    yield from groups.values()


def _share(rules: list[Rule], programs: list[Program], making: _Making) -> Share:
    coefficients = [each for made in programs for each in made.coefficients or ()]
    if not coefficients:
        return Share(tuple(rules), tuple(programs), programs[0].marked, None)
    places = [(row, making.place(each)) for row, each in enumerate(coefficients) if each is not None]
    return Share(tuple(rules), tuple(programs), programs[0].marked, tuple(places))


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
