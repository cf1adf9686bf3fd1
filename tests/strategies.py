"""Hypothesis strategies for the formulas that a learner can type: every head, symbols with and without subscripts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from hypothesis import strategies as st

from tutor.errors import AnswerError
from tutor.expression.functions import FUNCTIONS
from tutor.expression.limits import TYPED, check_tree
from tutor.expression.tree import Apply, Expression, Number, Symbol

OPERATORS = ("+", "-", "*", "/", "^", "neg")
CONSTANTS = tuple(name for name, row in FUNCTIONS.items() if row.arity == (0, 0))
CALLS = tuple(name for name, row in FUNCTIONS.items() if row.arity != (0, 0) and name != "softmax")
"""Every function with a single number for its value."""

HEADS = (*OPERATORS, *CONSTANTS, *CALLS)
SYMBOLS = ("x", "y", "x_1", "w_12", "alpha", "theta", "n")

_FEW = 4
"""The most arguments that are drawn for max, min and softmax."""


def whole_numbers() -> st.SearchStrategy[Number]:
    """Whole numbers from 0 up, small ones first."""
    sizes = st.one_of(st.integers(0, 12), st.integers(0, 10**9))
    return sizes.map(lambda size: Number(Fraction(size)))


def decimals() -> st.SearchStrategy[Number]:
    """Numbers as they are typed with a point."""
    return st.builds(
        lambda digits, places: Number(Fraction(digits, 10**places), decimal=True),
        st.integers(0, 99_999),
        st.integers(1, 5),
    )


def rational_numbers() -> st.SearchStrategy[Number]:
    """Numbers that only a program makes: below zero, or fractions in one piece."""
    return st.fractions(-50, 50, max_denominator=99).map(Number)


def symbols(names: Sequence[str] = SYMBOLS) -> st.SearchStrategy[Symbol]:
    """Symbols of the given names."""
    return st.sampled_from(names).map(Symbol)


def expressions(
    names: Sequence[str] = SYMBOLS,
    heads: Collection[str] = HEADS,
    numbers: st.SearchStrategy[Number] | None = None,
    max_leaves: int = 12,
) -> st.SearchStrategy[Expression]:
    """Formulas with one value over the given symbols, heads and numbers, within the limits of what is read."""
    numbers = st.one_of(whole_numbers(), decimals()) if numbers is None else numbers
    leaves: list[st.SearchStrategy[Expression]] = [symbols(names), numbers]
    constants = [Apply(head, ()) for head in CONSTANTS if head in heads]
    if constants:
        leaves.append(st.sampled_from(constants))
    drawn: st.SearchStrategy[Expression] = st.recursive(
        st.one_of(leaves), lambda parts: applications(parts, heads), max_leaves=max_leaves
    )
    return drawn.filter(is_readable)


def vectors(parts: st.SearchStrategy[Expression], least: int = 2) -> st.SearchStrategy[Apply]:
    """Vectors, softmaxes, and matrices of two columns, of the given parts."""
    entries = st.lists(parts, min_size=least, max_size=_FEW).map(tuple)
    vector = entries.map(lambda drawn: Apply("vector", drawn))
    softmax = entries.map(lambda drawn: Apply("softmax", drawn))
    row = st.tuples(parts, parts).map(lambda drawn: Apply("vector", drawn))
    matrix = st.lists(row, min_size=2, max_size=3).map(lambda rows: Apply("vector", tuple(rows)))
    return st.one_of(vector, softmax, matrix)


def applications(parts: st.SearchStrategy[Expression], heads: Collection[str] = HEADS) -> st.SearchStrategy[Expression]:
    """One application of any of the heads to the given parts; operators are drawn as often as functions."""
    operators = [_applied(head, parts, 1 if head == "neg" else 2) for head in OPERATORS if head in heads]
    calls = [_call(head, parts) for head in CALLS if head in heads]
    return st.one_of([st.one_of(group) for group in (operators, calls) if group])


def is_readable(expression: Expression) -> bool:
    """Whether a formula is within the limits of what is read from a learner."""
    try:
        check_tree(expression, TYPED)
    except AnswerError:
        return False
    return True


def _applied(head: str, parts: st.SearchStrategy[Expression], count: int) -> st.SearchStrategy[Expression]:
    return st.tuples(*[parts] * count).map(lambda drawn: Apply(head, drawn))


def _call(head: str, parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    if head == "root":
        index = st.one_of(st.integers(2, 9).map(lambda size: Number(Fraction(size))), parts)
        return st.tuples(parts, index).map(lambda drawn: Apply("root", drawn))
    least, most = FUNCTIONS[head].arity
    if most > 2:
        return st.lists(parts, min_size=2, max_size=_FEW).map(lambda drawn: Apply(head, tuple(drawn)))
    return _applied(head, parts, least)
