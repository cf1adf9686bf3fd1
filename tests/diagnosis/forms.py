"""A wrong derivative as different people would write it: as the rules leave it, tidied, or rearranged by SymPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import sympy as sp

from tests.sympy_oracle import to_sympy
from tests.verdicts.sympy_forms import Untranslated, tree_of
from tutor.expression.tree import Apply, Expression, free_symbols, walk

AS_DERIVED = "as derived"
TIDIED = "tidied"

Formula = Any
"""A SymPy expression; SymPy carries no types."""

_REARRANGED: Mapping[str, Callable[[Formula], Formula]] = {
    "expanded": sp.expand_mul, "factored": sp.factor, "over one line": sp.together, "multiplied out": sp.expand,
}  # fmt: skip
_MOST_OPERATIONS = {"factored": 30, "over one line": 60, "multiplied out": 40, "expanded": 80}
"""Longer formulas take SymPy seconds, and nobody rearranges them."""

_LARGEST_EXPONENT = 24
_LARGEST_NUMBER = 10**6
"""With larger ones SymPy factors polynomials of degrees in the thousands, for hours: exp(999*x) is a power."""


def written(derivative: Expression, random: Random) -> tuple[str, Expression]:
    """The derivative in a form drawn at random, and the name of the form."""
    name = random.choices((AS_DERIVED, TIDIED, *_REARRANGED), (4, 4, 2, 2, 2, 1))[0]
    if name == AS_DERIVED or _has_odd_root(derivative):
        return AS_DERIVED, derivative
    formula = to_sympy(derivative)
    if name in _REARRANGED and formula.count_ops() <= _MOST_OPERATIONS[name] and _has_small_numbers(formula):
        formula = _REARRANGED[name](formula)
    try:
        return name, tree_of(formula)
    except (Untranslated, ValueError):
        return AS_DERIVED, derivative


def _has_small_numbers(formula: Formula) -> bool:
    exponents = (part.exp for part in formula.atoms(sp.Pow, sp.exp))
    return _largest(formula) <= _LARGEST_NUMBER and all(_largest(each) <= _LARGEST_EXPONENT for each in exponents)


def _largest(formula: Formula) -> int:
    """The largest numerator or denominator of a number in a formula."""
    return max((max(abs(int(number.p)), int(number.q)) for number in formula.atoms(sp.Rational)), default=0)


def _has_odd_root(derivative: Expression) -> bool:
    """Whether SymPy would read a power of a negative number as complex."""
    for part in walk(derivative):
        match part:
            case Apply("root", _):
                return True
            case Apply("^", (_, exponent)) if _is_odd_fraction(exponent):
                return True
            case _:
                continue
    return False


def _is_odd_fraction(exponent: Expression) -> bool:
    if free_symbols(exponent):
        return False
    value = to_sympy(exponent)
    return bool(value.is_Rational and value.q > 1 and value.q % 2 == 1)
