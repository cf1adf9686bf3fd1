"""From the tutor's tree to SymPy objects, by constructors alone: no text of a learner ever reaches SymPy.

Symbols are real. u^(p/q) with q odd is sign(u)^p·|u|^(p/q), every other power that is not whole exp(v·log u); max,
min, relu and heaviside become |u| and sign(u), so that corners stand in two functions only. Powers too large to
expand become symbols of their own (`kernels`), which is sound: what holds for any value of a symbol holds for the
power's. The size of everything is estimated before it is built.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from math import comb, prod
from types import MappingProxyType
from typing import Any, TypeAlias

import sympy as sp

from tutor.expression.exact import exact_fraction
from tutor.expression.fold import fold
from tutor.expression.functions import FUNCTIONS
from tutor.expression.meaning import meaning, named
from tutor.expression.tree import Apply, Expression, Number, Symbol, size

__all__ = ["Builder", "Formula", "TooLarge", "expanded_terms", "is_moderate"]

Formula: TypeAlias = Any
"""A SymPy expression; SymPy has no types of its own to check against."""

MOST_NODES = 1500
MOST_TERMS = 2000
"""Degree times terms of a power that may be expanded (see `tutor.expression.limits`)."""

LARGEST_DEGREE = 60
"""Exponents, and their denominators, with which roots and factors are worked out; others stay closed."""

_MOST_COUNTED = 10**6
_LARGEST_POWER = 5000
"""Whole powers beyond this become symbols of their own, base and exponent together."""

_MODERATE_BITS = 64
_MOST_BITS = 4096
_LARGEST_CONSTANT = 10_000
"""Exponential arguments without symbols beyond this size are left alone: their decimals cannot be worked out."""


class TooLarge(ValueError):
    """The expression is out of reach: too large, or it holds a function without a SymPy counterpart."""


def _both(function: Callable[[Formula, Formula], Formula]) -> Callable[[Sequence[Formula]], Formula]:
    """A function of two arguments, applied to a list of them from the left."""

    def fold(arguments: Sequence[Formula]) -> Formula:
        result = arguments[0]
        for argument in arguments[1:]:
            result = function(result, argument)
        return result

    return fold


def _larger(u: Formula, v: Formula) -> Formula:
    return (u + v + sp.Abs(u - v)) / 2


def _smaller(u: Formula, v: Formula) -> Formula:
    return (u + v - sp.Abs(u - v)) / 2


# fmt: off
_HEADS: Mapping[str, Callable[[Sequence[Formula]], Formula]] = MappingProxyType({
    "+":         lambda a: sp.Add(*a),
    "-":         lambda a: sp.Add(a[0], sp.Mul(-1, a[1])),
    "*":         lambda a: sp.Mul(*a),
    "/":         lambda a: sp.Mul(a[0], sp.Pow(a[1], -1)),
    "neg":       lambda a: sp.Mul(-1, a[0]),
    "max":       _both(_larger),
    "min":       _both(_smaller),
    "relu":      lambda a: (a[0] + sp.Abs(a[0])) / 2,
    "heaviside": lambda a: (1 + sp.sign(a[0])) / 2,
    "asinh":     lambda a: sp.log(a[0] + sp.sqrt(a[0] ** 2 + 1)),
    "acosh":     lambda a: sp.log(a[0] + sp.sqrt(a[0] ** 2 - 1)),
    "atanh":     lambda a: sp.log((1 + a[0]) / (1 - a[0])) / 2,
    "pi":        lambda a: sp.pi,
    "e":         lambda a: sp.E,
})
# fmt: on


class Builder:
    """Builds SymPy expressions that share their symbols and kernels."""

    def __init__(self) -> None:
        self.symbols: dict[str, Formula] = {}
        self.kernels: dict[Formula, Formula] = {}
        self.fine: dict[Formula, Formula] = {}

    def build(self, expression: Expression) -> Formula:
        """The SymPy counterpart; TooLarge when it is out of reach."""
        if size(expression) > MOST_NODES:
            raise TooLarge
        return self._built(expression, {})

    def _built(self, expression: Expression, values: Mapping[str, Formula]) -> Formula:
        return fold(expression, lambda part, operands: self._combined(part, operands, values))

    def _combined(self, part: Expression, operands: Sequence[Formula], values: Mapping[str, Formula]) -> Formula:
        match part:
            case Number(value):
                return _rational(value)
            case Symbol(name):
                return values[name] if name in values else self._symbol(name)
            case Apply():
                return self._applied(part, operands)

    def _symbol(self, name: str) -> Formula:
        return self.symbols.setdefault(name, sp.Symbol(name, real=True))

    def _applied(self, part: Apply, operands: Sequence[Formula]) -> Formula:
        if any(operand.has(sp.nan, sp.zoo, sp.oo) for operand in operands):
            raise TooLarge
        if part.head == "^":
            return self._power(operands[0], operands[1], exact_fraction(part.arguments[1]))
        if part.head == "root":
            degree = exact_fraction(part.arguments[1])
            if degree is None and operands[1].is_Rational:
                degree = Fraction(int(operands[1].p), int(operands[1].q))
            return self._power(operands[0], 1 / operands[1], 1 / degree if degree else None)
        if part.head in _HEADS:
            return _HEADS[part.head](operands)
        return self._function(part.head, operands)

    def _function(self, head: str, operands: Sequence[Formula]) -> Formula:
        row = FUNCTIONS.get(head)
        if row is None or not row.sympy:
            formula = meaning(head)
            if formula is None:
                raise TooLarge
            return self._built(formula, named(operands))
        if head in ("exp", "sinh", "cosh", "tanh"):
            _check_constant(operands[0])
        return getattr(sp, row.sympy)(*operands)

    # ---- powers ----------------------------------------------------------------------------------------------------

    def _power(self, base: Formula, exponent: Formula, exact: Fraction | None) -> Formula:
        if base == sp.E:
            _check_constant(exponent)
            return sp.exp(exponent)
        if exact is None:
            return self._general_power(base, exponent)
        if exact.denominator == 1:
            return self._whole_power(base, exact.numerator)
        if exact.denominator > LARGEST_DEGREE:
            return self._fine_power(base, exact)
        if exact.denominator % 2:
            sign = sp.sign(base) if exact.numerator % 2 else sp.Integer(1)
            return sign * sp.Pow(sp.Abs(base), _rational(exact))
        return sp.Pow(base, _rational(exact))

    def _general_power(self, base: Formula, exponent: Formula) -> Formula:
        """u^v where u > 0; where v may be whole, and u negative, |u|^v times a symbol for the sign of that power."""
        if base.is_positive or exponent.is_irrational or (exponent.is_Rational and not exponent.is_integer):
            return sp.exp(exponent * sp.log(base))
        if exponent.is_integer and exponent.is_Rational:
            return self._whole_power(base, int(exponent))
        parity = self.fine.setdefault(sp.Tuple(base, exponent), sp.Dummy("s", real=True))
        return sp.exp(exponent * sp.log(sp.Abs(base))) * parity

    def _fine_power(self, base: Formula, exact: Fraction) -> Formula:
        """u^(n + r) as u^n times a symbol for u^r, 0 < r < 1, where the denominator is too large to reckon with."""
        whole = exact.numerator // exact.denominator
        key = sp.Tuple(base, _rational(exact - whole))
        kernel = self.fine.setdefault(key, sp.Dummy("r", real=True))
        return sp.Mul(self._whole_power(base, whole), kernel)

    def _whole_power(self, base: Formula, exponent: int) -> Formula:
        count = abs(exponent)
        if count > _LARGEST_POWER or (count > LARGEST_DEGREE and not base.is_Rational and not base.free_symbols):
            return self.fine.setdefault(sp.Tuple(base, exponent), sp.Dummy("r", real=True))
        if base.is_Rational and max(int(base.p).bit_length(), int(base.q).bit_length()) * count <= _MOST_BITS:
            return sp.Pow(base, exponent)
        terms = expanded_terms(base)
        if not base.is_Rational and (terms == 1 or _power_terms(terms, count) * count <= MOST_TERMS):
            return sp.Pow(base, exponent)
        known = sp.expand(base) if terms <= MOST_TERMS else base
        return sp.Pow(self.kernels.setdefault(known, sp.Dummy("k", real=True)), exponent)


def expanded_terms(expression: Formula) -> int:
    """How many terms an expression has at most when it is multiplied out; past a million it says a million."""
    if expression.is_Add:
        return min(_MOST_COUNTED, sum(expanded_terms(part) for part in expression.args))
    if expression.is_Mul:
        return min(_MOST_COUNTED, prod(expanded_terms(part) for part in expression.args))
    if expression.is_Pow and expression.exp.is_Rational:
        return _power_terms(expanded_terms(expression.base), abs(int(expression.exp)))
    return 1


def is_moderate(expression: Formula) -> bool:
    """Whether all exponents, and the numbers in arguments of functions, are small enough for factoring and the like."""
    return not any(map(_is_large, sp.preorder_traversal(expression)))


def _is_large(part: Formula) -> bool:
    if part.is_Pow and part.base != sp.E and not part.exp.free_symbols:
        return not part.exp.is_Rational or _height(part.exp) > LARGEST_DEGREE
    if isinstance(part, sp.exp) and part.has(sp.log):
        return True
    if part.is_Function:
        return any(_height(number) > LARGEST_DEGREE for number in part.atoms(sp.Rational))
    return bool(part.is_Rational) and _height(part).bit_length() > _MODERATE_BITS


def _height(number: Formula) -> int:
    return max(abs(int(number.p)), int(number.q))


def _power_terms(terms: int, count: int) -> int:
    if terms == 1 or count == 0:
        return 1
    return _MOST_COUNTED if count > MOST_TERMS else min(_MOST_COUNTED, comb(count + terms - 1, min(count, terms - 1)))


def _rational(value: Fraction) -> Formula:
    return sp.Rational(value.numerator, value.denominator)


def _check_constant(argument: Formula) -> None:
    if argument.is_Rational and abs(argument) > _LARGEST_CONSTANT:
        raise TooLarge
    if not argument.free_symbols and argument.has(sp.exp):
        raise TooLarge
