"""A formula as a SymPy object, for the tests: built by constructors, without the program's own door to SymPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sympy as sp

from tests.oracle import OutOfReach, Undefined
from tutor.expression.tree import Apply, Expression, Number, Symbol

Object = Any
"""A SymPy expression; SymPy carries no types."""


def to_sympy(expression: Expression) -> Object:
    """The SymPy object of a formula; powers with an exact odd denominator are not translated (SymPy's are complex)."""
    match expression:
        case Number(value):
            return sp.Rational(value.numerator, value.denominator)
        case Symbol(name):
            return sp.Symbol(name, real=True)
        case Apply(head, arguments):
            return _HEADS[head](*(to_sympy(argument) for argument in arguments))


def slope(expression: Expression, variable: str, point: Mapping[str, Any], digits: int = 30) -> Any:
    """The value of `sympy.diff` of a formula at a point; Undefined where SymPy finds no real number."""
    values = {sp.Symbol(name, real=True): sp.Rational(*value.as_integer_ratio()) for name, value in point.items()}
    try:
        derivative = sp.diff(to_sympy(expression), sp.Symbol(variable, real=True))
        at = derivative.subs(values)
        if at.has(sp.Derivative):  # of a part that SymPy does not know to be real; to try it all the same takes seconds
            raise OutOfReach(at)
        value = sp.N(at, digits)
    except (RecursionError, OverflowError, ValueError) as error:  # SymPy cannot say
        raise OutOfReach(expression) from error
    if not (value.is_Float or value.is_Integer or value.is_Rational):
        raise Undefined(value) if not value.free_symbols else OutOfReach(value)
    return sp.core.evalf.mp.mpf(str(value))


def _sigmoid(u: Object) -> Object:
    return 1 / (1 + sp.exp(-u))


def _heaviside(u: Object) -> Object:
    return (1 + sp.sign(u)) / 2


# fmt: off
_HEADS: Mapping[str, Callable[..., Object]] = {
    "+": lambda u, v: u + v, "-": lambda u, v: u - v, "*": lambda u, v: u * v, "/": lambda u, v: u / v,
    "^": lambda u, v: u**v, "neg": lambda u: -u, "pi": lambda: sp.pi, "e": lambda: sp.E,
    "sqrt": sp.sqrt, "root": lambda u, n: u ** (1 / n), "abs": sp.Abs, "exp": sp.exp, "log": sp.log,
    "log2": lambda u: sp.log(u) / sp.log(2), "log10": lambda u: sp.log(u) / sp.log(10),
    "log_base": lambda b, u: sp.log(u) / sp.log(b),
    "sin": sp.sin, "cos": sp.cos, "tan": sp.tan, "cot": sp.cot, "sec": sp.sec, "csc": sp.csc,
    "asin": sp.asin, "acos": sp.acos, "atan": sp.atan, "acot": lambda u: sp.pi / 2 - sp.atan(u),
    "asec": lambda u: sp.acos(1 / u), "acsc": lambda u: sp.asin(1 / u),
    "sinh": sp.sinh, "cosh": sp.cosh, "tanh": sp.tanh, "coth": sp.coth, "sech": sp.sech, "csch": sp.csch,
    "asinh": sp.asinh, "acosh": sp.acosh, "atanh": sp.atanh, "acoth": lambda u: sp.atanh(1 / u),
    "asech": lambda u: sp.acosh(1 / u), "acsch": lambda u: sp.asinh(1 / u),
    "erf": sp.erf, "sigmoid": _sigmoid, "softplus": lambda u: sp.log(1 + sp.exp(u)), "silu": lambda u: u * _sigmoid(u),
    "gelu": lambda u: u * (1 + sp.erf(u / sp.sqrt(2))) / 2, "relu": lambda u: (u + sp.Abs(u)) / 2,
    "heaviside": _heaviside, "sign": sp.sign, "max": sp.Max, "min": sp.Min,
}
# fmt: on
