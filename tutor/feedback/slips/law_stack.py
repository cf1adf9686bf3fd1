"""Several laws with one pattern worked out together: one list of operations, in which equal parts stand once.

The laws that may be applied at one part share most of what they are made of: u^(c - 1), cos(u). For columns of a few
points an operation costs the same whatever it does, so that fewer of them are all that counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from tutor.calculus.law import ANY_FUNCTION
from tutor.calculus.rule import Bindings, Rule, fill
from tutor.expression.evaluate import OPERATIONS, operate, raising, to_float
from tutor.expression.tree import Apply, Expression, Number, Symbol, free_symbols
from tutor.feedback.slips.law_program import MARK_NAMES, MARKED, VARYING, Program, program
from tutor.feedback.slips.values import Values

__all__ = ["Sequel", "Stack", "StackedLaw", "stack"]

_Operation: TypeAlias = Callable[[list[Any], Bindings], Any]
"""What works out one more value from those that are known, and from what the letters stand for."""


@dataclass(frozen=True, slots=True)
class Sequel:
    """Operations on columns in the order of their letters, each of which may use what came before it."""

    letters: tuple[str, ...]
    operations: tuple[_Operation, ...]

    def values(self, columns: Iterable[Values], bindings: Bindings) -> list[Any]:
        """The columns, and the values of all operations behind them."""
        known: list[Any] = [*columns]
        for operation in self.operations:
            known.append(operation(known, bindings))
        return known


@dataclass(frozen=True, slots=True)
class StackedLaw:
    """A law of a stack: where it stands among the laws, and its program.

    Of an affine law `places` says which of the values of the stack each coefficient is, None where it is 0; of another
    one which of those of its combination it is itself.
    """

    index: int
    program: Program
    places: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Stack:
    """Laws with one pattern: those that are affine by what they mark, with what works out their coefficients.

    The `others` are not affine: by what they mark, each group with what combines slopes, which are among its letters.
    """

    rules: tuple[Rule, ...]
    coefficients: Sequel
    affine: tuple[tuple[StackedLaw, ...], ...]
    others: tuple[tuple[Sequel, tuple[StackedLaw, ...]], ...]


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
    programs = list(enumerate(program(rule, bindings) for rule in rules))
    affine = [(index, made) for index, made in programs if made.coefficients is not None]
    others = [(index, made) for index, made in programs if made.coefficients is None]
    making = _Making.of(affine, with_marks=False)
    stacked = tuple(making.laws(group) for group in _by_marks(affine))
    return Stack(rules, making.sequel(), stacked, tuple(_combined(group) for group in _by_marks(others)))


_Numbered: TypeAlias = Sequence[tuple[int, Program]]


def _by_marks(programs: _Numbered) -> list[list[tuple[int, Program]]]:
    groups: dict[tuple[Expression, ...], list[tuple[int, Program]]] = {}
    for index, made in programs:
        groups.setdefault(made.marked, []).append((index, made))
    return list(groups.values())


def _combined(programs: _Numbered) -> tuple[Sequel, tuple[StackedLaw, ...]]:
    making = _Making.of(programs, with_marks=True)
    laws = making.laws(programs)
    return making.sequel(), laws


# ---- making ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Making:
    """A list of operations that grows: where the value of each part will stand, letters first."""

    letters: tuple[str, ...]
    known: dict[Expression, int]
    operations: list[_Operation]

    @staticmethod
    def of(programs: _Numbered, *, with_marks: bool) -> _Making:
        """The beginning of a list for some programs."""
        letters = {letter for _, made in programs for letter in made.letters}
        if with_marks:
            letters |= {f"{MARKED}{index}" for _, made in programs for index in range(len(made.marked))}
        ordered = tuple(sorted(letters))
        return _Making(ordered, {Symbol(letter): place for place, letter in enumerate(ordered)}, [])

    def sequel(self) -> Sequel:
        """The list as it is now."""
        return Sequel(self.letters, tuple(self.operations))

    def laws(self, programs: _Numbered) -> tuple[StackedLaw, ...]:
        """Some laws, with what it takes to work them out added to the list."""
        return tuple([StackedLaw(index, made, self._places(made)) for index, made in programs])

    def _places(self, made: Program) -> tuple[int | None, ...]:
        if made.coefficients is None:
            return (self.place(made.formula),)
        return tuple([None if each is None else self.place(each) for each in made.coefficients])

    def place(self, tree: Expression) -> int:
        """Where the value of a template stands; what it takes to work it out is added to the list."""
        known = self.known.get(tree)
        if known is None:
            self.operations.append(self._operation(tree))
            known = self.known[tree] = len(self.known)
        return known

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
    symbols = free_symbols(tree.arguments[1])
    if not symbols:
        raised = raising(tree)
        return lambda known, bindings: raised(known[base], known[exponent])
    if symbols & VARYING or not symbols.isdisjoint(MARK_NAMES):
        return lambda known, bindings: operate(tree, [known[base], known[exponent]], ())

    def run(known: list[Any], bindings: Bindings) -> Any:
        bound = tuple([(name, bindings[name]) for name in symbols if name in bindings])
        return _raising(tree, bound)(known[base], known[exponent])

    return run


@lru_cache(maxsize=4096)
def _raising(tree: Apply, bound: tuple[tuple[str, Expression], ...]) -> Callable[[Any, Any], Any]:
    """What works out a power or a root whose exponent stands for given constants."""
    under, index = tree.arguments
    return raising(Apply(tree.head, (under, fill(index, dict(bound)))))
