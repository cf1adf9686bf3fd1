"""Trees from SymPy objects, so that derivatives by `sympy.diff` can be held against the checker."""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import Any

import sympy as sp

from tutor.expression.tree import EULER, PI, Apply, Expression, Number, Symbol, number

_NAMES = {"Abs": "abs", "Max": "max", "Min": "min"}


def tree_of(formula: Any) -> Expression:
    """The tree of a SymPy expression of elementary functions."""
    if formula.is_Rational:
        return Number(Fraction(int(formula.p), int(formula.q)))
    if formula.is_Symbol:
        return Symbol(formula.name)
    if formula in (sp.pi, sp.E):
        return PI if formula == sp.pi else EULER
    parts = [tree_of(part) for part in formula.args]
    if formula.is_Add or formula.is_Mul:
        return reduce(lambda left, right: Apply("+" if formula.is_Add else "*", (left, right)), parts)
    if isinstance(formula, sp.exp):
        return Apply("exp", (parts[0],))
    if formula.is_Pow:
        return Apply("^", (parts[0], parts[1]))
    head = type(formula).__name__
    return Apply(_NAMES.get(head, head), tuple(parts))


def slope_by_sympy(function: Expression, *variables: str) -> Expression:
    """The derivative of a tree by `sympy.diff`; only for trees without corners."""
    from tutor.checking.symbolic_tree import Builder

    builder = Builder()
    formula = builder.build(function)
    for variable in variables:
        formula = sp.diff(formula, builder.symbols[variable]) if variable in builder.symbols else sp.Integer(0)
    return tree_of(formula.replace(sp.DiracDelta, lambda *_: sp.Integer(0)))


def plus(left: Expression, right: Expression) -> Expression:
    """The sum of two trees."""
    return Apply("+", (left, right))


def times(factor: int | Fraction, part: Expression) -> Expression:
    """A multiple of a tree."""
    return Apply("*", (number(factor), part))
