"""SymPy's own derivative of a function, as values at points: the witness that shares no rule with our derivation.

SymPy differentiates what `symbolic_tree` builds. Around a point at which f is smooth every sign in it is constant, so
sign(u) stands as a constant s and |u| as s·u while SymPy differentiates, and so does the sign of a power with a moving
exponent; powers that the builder keeps closed are opened first. The values come from `evalf`, which raises its
precision until the digits are sure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TypeAlias

import sympy as sp

from tutor.checking.symbolic_tree import Builder, Formula
from tutor.expression.tree import Expression

__all__ = ["Signs", "differentiated", "sympy_slopes", "with_constant_signs"]

Signs: TypeAlias = dict[Formula, Formula]
"""What a sign is taken of, and the constant that stands for the sign."""

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
        formula, signs = with_constant_signs(builder.build(function), builder)
        slope = differentiated(formula, [builder.symbols.get(name) for name in variables])
        return tuple(_value(slope, signs, _at(point, builder)) for point in points)
    except (ValueError, TypeError, RecursionError, ArithmeticError, NotImplementedError, AttributeError):
        return (None,) * len(points)


def with_constant_signs(formula: Formula, builder: Builder) -> tuple[Formula, Signs]:
    """A built formula with a constant for each sign in it, and what each is the sign of, inner ones first."""
    signs: Signs = {}

    def sign_of(inner: Formula) -> Formula:
        return signs.setdefault(inner, sp.Dummy("s", real=True))

    formula = _opened(formula, builder)
    formula = formula.replace(sp.Abs, lambda inner: sign_of(inner) * inner).replace(sp.sign, sign_of)
    return formula, signs | {
        _opened(sp.Pow(*key.args), builder): constant
        for key, constant in builder.fine.items()
        if _is_sign_of_power(key) and formula.has(constant)
    }


def _opened(formula: Formula, builder: Builder) -> Formula:
    """The formula with the powers that the builder closed as they were."""
    closed = {kernel: base for base, kernel in builder.kernels.items()}
    closed |= {kernel: sp.Pow(*key.args) for key, kernel in builder.fine.items() if not _is_sign_of_power(key)}
    for _ in range(_NESTED):
        if not formula.free_symbols & closed.keys():
            break
        formula = formula.xreplace(closed)
    return formula


def _is_sign_of_power(key: Formula) -> bool:
    """Whether a kernel of the builder stands for the sign of base^exponent, not for the power: its exponent moves."""
    return not key.args[1].is_Rational


def differentiated(formula: Formula, variables: Sequence[Formula | None]) -> Formula:
    """SymPy's derivative by one symbol after the other; None stands for one that does not occur."""
    for variable in variables:
        if variable is None:
            return sp.Integer(0)
        formula = sp.diff(formula, variable)
    return formula


def _at(point: Mapping[str, Fraction], builder: Builder) -> dict[Formula, Formula]:
    return {
        symbol: sp.Rational(point[name].numerator, point[name].denominator)
        for name, symbol in builder.symbols.items()
        if name in point
    }


def _value(slope: Formula, signs: Signs, at: Mapping[Formula, Formula]) -> Fraction | None:
    known: dict[Formula, Formula] = {}
    for inner, constant in signs.items():
        value = _number(inner.xreplace(known), at)
        if not value:
            return None
        known[constant] = sp.Integer(1 if value > 0 else -1)
    return _number(slope.xreplace(known), at)


def _number(formula: Formula, at: Mapping[Formula, Formula]) -> Fraction | None:
    """The real value of a formula to 40 digits; None where it is not known so well."""
    value = formula.evalf(DIGITS, subs=at, maxn=_MOST_DIGITS)
    if not value.is_comparable or not value.is_finite or (value.is_Float and value._prec < DIGITS):
        return None
    exact = sp.Rational(value)
    return Fraction(int(exact.p), int(exact.q))
