"""SymPy's own derivative of a function, as values at points: the witness that shares no rule with our derivation.

SymPy differentiates what `symbolic_tree` builds. Around a point at which f is smooth every sign in it is constant, so
sign(u) stands as a constant s and |u| as s·u while SymPy differentiates; powers that the builder keeps closed are
opened first. The values come from `evalf`, which raises its precision until the digits are sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import sympy as sp

from tutor.checking.symbolic_tree import Builder, Formula
from tutor.expression.tree import Expression

__all__ = ["sympy_slopes"]

DIGITS = 40
_MOST_DIGITS = 400
_NESTED = 8
"""How often a closed power may stand in another one."""


def sympy_slopes(
    function: Expression, variables: Sequence[str], points: Sequence[Mapping[str, Fraction]]
) -> tuple[Fraction | None, ...]:
    """The value of SymPy's derivative at each point to 40 digits; None where SymPy has no certain real value."""
    builder = Builder()
    try:
        slope = _derivative(_opened(builder.build(function), builder), [builder.symbols.get(v) for v in variables])
        symbols = {name: symbol for name, symbol in builder.symbols.items() if symbol in slope.free_symbols}
        return tuple(_value(slope, {symbols[name]: point[name] for name in symbols}) for point in points)
    except (ValueError, TypeError, RecursionError, ArithmeticError, NotImplementedError, AttributeError):
        return (None,) * len(points)


def _opened(formula: Formula, builder: Builder) -> Formula:
    """The formula with the powers that the builder closed as they were."""
    closed = {kernel: base for base, kernel in builder.kernels.items()}
    closed |= {kernel: sp.Pow(*key.args) for key, kernel in builder.fine.items()}
    for _ in range(_NESTED):
        if not formula.free_symbols & closed.keys():
            break
        formula = formula.xreplace(closed)
    return formula


def _derivative(formula: Formula, variables: Sequence[Formula | None]) -> Formula:
    signs: dict[Formula, Formula] = {}

    def sign_of(inner: Formula) -> Formula:
        return signs.setdefault(inner, sp.Dummy("s", real=True))

    formula = formula.replace(sp.Abs, lambda inner: sign_of(inner) * inner).replace(sp.sign, sign_of)
    for variable in variables:
        if variable is None:
            return sp.Integer(0)
        formula = sp.diff(formula, variable)
    back = {dummy: sp.sign(inner) for inner, dummy in signs.items()}
    for _ in range(_NESTED):
        formula = formula.xreplace(back)
    return formula


def _value(slope: Formula, point: Mapping[Formula, Fraction]) -> Fraction | None:
    at = {symbol: sp.Rational(value.numerator, value.denominator) for symbol, value in point.items()}
    value = slope.evalf(DIGITS, subs=at, maxn=_MOST_DIGITS)
    if not value.is_comparable or not value.is_finite or (value.is_Float and value._prec < DIGITS):
        return None
    exact = sp.Rational(value)
    return Fraction(int(exact.p), int(exact.q))
