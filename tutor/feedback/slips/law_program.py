"""The right side of a law made ready for values: its formula compiled once for all the places where it is applied."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from tutor.calculus.rule import Bindings, Rule, fill
from tutor.expression.evaluate import OPERATIONS, operate, to_float
from tutor.expression.tree import ONE, Apply, Expression, Number, Symbol, free_symbols
from tutor.feedback.slips.values import Values

__all__ = ["MARKED", "MARK_NAMES", "VARYING", "Coefficients", "Columns", "Program", "Run", "program", "run_of"]

MARKED = "@D"
"""What stands for a marked part's slope, with its number behind."""

MARK_NAMES = frozenset(f"{MARKED}{index}" for index in range(16))
"""The symbols of as many marks as no law has."""

Columns: TypeAlias = Mapping[str, Values]
Run: TypeAlias = Callable[[Columns, Bindings], Any]
"""What works a template out, from columns by letter and what the letters stand for."""

Coefficients: TypeAlias = tuple[Expression | None, ...]
"""The part without marks, then the factor of each mark; None is 0."""

VARYING = frozenset("uvwx")
"""The letters that stand for what varies."""


@dataclass(frozen=True, slots=True)
class Program:
    """A law's right side: a symbol for each different mark in `tree`, and what stands under the marks.

    `formula` is the tree with the outer functions put in, where there are any.

    A mark that occurs twice is one slope: a learner works it out once. `letters` are those whose values are needed.
    `coefficients` are templates for the value at no slope and for what each slope adds, None standing for 0; they are
    read off the formula, since a difference of two values would lose their figures. They are None where the law is not
    affine in its marks.
    """

    tree: Expression
    formula: Expression
    marked: tuple[Expression, ...]
    letters: frozenset[str]
    coefficients: Coefficients | None

    def run(self, columns: Columns, bindings: Bindings) -> Any:
        """The value of the formula from columns by letter and what the letters stand for."""
        return _run_kept(self.formula)(columns, bindings)


def program(rule: Rule, bindings: Bindings) -> Program:
    """The program of a law whose letters f and g, where it has them, stand for given functions."""
    if "f" not in bindings:
        return _program(rule.after)
    functions = tuple((name, part) for name, part in bindings.items() if name in _FUNCTIONS)
    constants = tuple(name for name in bindings if "." in name)
    return _with_functions(rule.after, functions, constants)


_FUNCTIONS = frozenset({"f", "df", "g", "dg"})


@lru_cache(maxsize=8192)
def _with_functions(
    after: Expression, functions: tuple[tuple[str, Expression], ...], constants: tuple[str, ...]
) -> Program:
    """The program of a law with the outer functions put in; their constants are letters such as `f.c`."""
    tree, marked = _marks_named(after)
    filled = fill(tree, {**dict(functions), **{name: Symbol(name) for name in constants}})
    return _compiled(tree, marked, filled)


@lru_cache(maxsize=2048)
def _program(after: Expression) -> Program:
    tree, marked = _marks_named(after)
    return _compiled(tree, marked, tree)


def _compiled(tree: Expression, marked: tuple[Expression, ...], filled: Expression) -> Program:
    letters = free_symbols(filled) - MARK_NAMES
    return Program(tree, filled, marked, letters, _coefficients(filled, len(marked)))


def _marks_named(after: Expression) -> tuple[Expression, tuple[Expression, ...]]:
    marked: list[Expression] = []
    return _named(after, marked), tuple(marked)


def _named(after: Expression, marked: list[Expression]) -> Expression:
    """A template with its marks replaced by symbols; what stands under them is added to the list, each once."""
    match after:
        case Apply("D", (part,)):
            if part not in marked:
                marked.append(part)
            return Symbol(f"{MARKED}{marked.index(part)}")
        case Apply(head, arguments) if arguments:
            return Apply(head, tuple([_named(argument, marked) for argument in arguments]))
        case _:
            return after


# ---- coefficients ----------------------------------------------------------------------------------------------------


def _coefficients(tree: Expression, marks: int) -> Coefficients | None:
    """The coefficients of a template in its marks; None where it is not affine in them."""
    match tree:
        case Symbol(name) if name.startswith(MARKED):
            mark = int(name.removeprefix(MARKED))
            return (None, *(ONE if index == mark else None for index in range(marks)))
        case Apply("neg", (inner,)):
            return _each(_coefficients(inner, marks), lambda part: Apply("neg", (part,)))
        case Apply("+" | "-" as head, (left, right)):
            return _added(head, _coefficients(left, marks), _coefficients(right, marks))
        case Apply("*", (left, right)) if _is_free(left):
            return _each(_coefficients(right, marks), lambda part: Apply("*", (left, part)))
        case Apply("*" | "/" as head, (left, right)) if _is_free(right):
            return _each(_coefficients(left, marks), lambda part: Apply(head, (part, right)))
        case _:
            return (tree, *(None,) * marks) if _is_free(tree) else None


def _each(parts: Coefficients | None, change: Callable[[Expression], Expression]) -> Coefficients | None:
    return None if parts is None else tuple([None if part is None else change(part) for part in parts])


def _added(head: str, left: Coefficients | None, right: Coefficients | None) -> Coefficients | None:
    if left is None or right is None:
        return None
    return tuple([_sum(head, one, other) for one, other in zip(left, right, strict=True)])


def _sum(head: str, left: Expression | None, right: Expression | None) -> Expression | None:
    if right is None:
        return left
    if left is None:
        return right if head == "+" else Apply("neg", (right,))
    return Apply(head, (left, right))


def _is_free(tree: Expression) -> bool:
    return free_symbols(tree).isdisjoint(MARK_NAMES)


# ---- running ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=2048)
def _run_kept(tree: Expression) -> Run:
    """The same as `run_of` for the formula of a law, of which most are never run by themselves."""
    return run_of(tree)


def run_of(tree: Expression) -> Run:
    """The function that works a template out from the columns of its letters."""
    match tree:
        case Number(value):
            constant = to_float(value)
            return lambda columns, bindings: constant
        case Symbol(name):
            return lambda columns, bindings: columns[name]
        case Apply("^" | "root", (base, exponent)):
            return _power(tree, run_of(base), exponent)
        case Apply(head, (only,)) if head in OPERATIONS:
            return _unary(OPERATIONS[head], run_of(only))
        case Apply(head, (left, right)) if head in OPERATIONS:
            return _binary(OPERATIONS[head], run_of(left), run_of(right))
        case _:
            return _other(tree, [run_of(argument) for argument in tree.arguments])


def _unary(operation: Callable[..., Any], only: Run) -> Run:
    return lambda columns, bindings: operation(only(columns, bindings))


def _binary(operation: Callable[..., Any], left: Run, right: Run) -> Run:
    return lambda columns, bindings: operation(left(columns, bindings), right(columns, bindings))


def _other(tree: Apply, arguments: list[Run]) -> Run:
    return lambda columns, bindings: operate(tree, [argument(columns, bindings) for argument in arguments], ())


def _power(tree: Apply, base: Run, exponent: Expression) -> Run:
    """A power or a root, whose exponent is read as an exact number where it is one, since 1/3 has real powers."""
    value = run_of(exponent)
    if free_symbols(exponent) & VARYING:
        return lambda columns, bindings: operate(tree, [base(columns, bindings), value(columns, bindings)], ())

    def run(columns: Columns, bindings: Bindings) -> Any:
        exact = Apply(tree.head, (tree.arguments[0], fill(exponent, bindings)))
        return operate(exact, [base(columns, bindings), value(columns, bindings)], ())

    return run
