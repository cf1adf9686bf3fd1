"""What each function does to balls (python-flint `arb`), and where it is certainly undefined or certainly smooth.

A ball is an interval that surely holds a real number. Every operation here gives a ball that surely holds the
result, a ball that is not finite ("not known to be real"), or raises Undefined ("surely not real anywhere on the
ball"). `smooth` asks for more: the operation must have all derivatives on the whole ball, else the result is nan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import partial
from operator import add, mul, sub
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from flint import arb, fmpq

__all__ = [
    "NAN",
    "OPERATIONS",
    "QUICK",
    "Ball",
    "Operation",
    "Step",
    "Undefined",
    "exact_power",
    "rational",
    "step_of",
    "unknown",
]

Ball: TypeAlias = arb
Operation: TypeAlias = Callable[[Sequence[Ball], bool], Ball]
"""A function of operand balls and of `smooth`."""

NAN = arb("nan")


class Step(NamedTuple):
    """One operation of a program, by the places of its operands; `label` tells what it is and is stable as text.

    `varies` is whether a symbol stands below: a constant such as acos(-1) has a value on the edge of the arccosine's
    domain, where a function would not be smooth. `quick` is the operation on two operands, where it is as simple.
    """

    label: str
    operation: Operation
    operands: tuple[int, ...]
    varies: bool
    quick: Callable[[Ball, Ball], Ball] | None = None


step_of: Callable[[tuple[str, Operation, tuple[int, ...], bool, Callable[[Ball, Ball], Ball] | None]], Step] = partial(
    tuple.__new__, Step
)
"""A step from its parts, in half the time that `Step` takes."""

_LARGEST_ROOT = 1000
"""Numbers in an exponent up to which a root and a whole power are quicker than a logarithm and an exponential."""


class Undefined(ArithmeticError):
    """The expression has no real value anywhere on the ball."""


def rational(value: Fraction) -> Ball:
    """The ball of an exact number, exact where it is whole, else as wide as the working precision needs."""
    return arb(value.numerator) if value.denominator == 1 else arb(fmpq(value.numerator, value.denominator))


def unknown(operands: Sequence[Ball], smooth: bool) -> Ball:
    """The ball of which nothing is known, for functions and numbers out of reach."""
    return NAN


# ---- operators -----------------------------------------------------------------------------------------------------


def _divide(operands: Sequence[Ball], smooth: bool) -> Ball:
    u, v = operands
    if v.is_zero():
        raise Undefined
    return u / v


def _power(operands: Sequence[Ball], smooth: bool) -> Ball:
    """u^v for an exponent that is no exact fraction: exp(v·log u), for u > 0.

    Where the exponent is exactly a whole number, as a parameter's value may be, it is a whole power; it is exact on
    a box only if it does not move there, so that is smooth.
    """
    u, v = operands
    if u > 0:
        return (v * u.log()).exp()
    if v.is_exact() and v.is_integer():
        return exact_power(Fraction(int(v.mid().unique_fmpz() or 0)), (u,), smooth)
    if u < 0 and not v.contains_integer():
        raise Undefined
    return NAN


def exact_power(exponent: Fraction, operands: Sequence[Ball], smooth: bool) -> Ball:
    """u^exponent: repeated multiplication, a real odd root, or a root of u > 0."""
    u = operands[0]
    if exponent.numerator < 0 and u.is_zero():
        raise Undefined
    if exponent.denominator == 1:
        return _whole_power(u, exponent.numerator)
    if exponent.denominator % 2:
        return _odd_power(u, exponent, smooth)
    if u > 0:
        return _positive_power(u, exponent)
    if u < 0:
        raise Undefined
    return NAN


def _whole_power(u: Ball, exponent: int) -> Ball:
    """u^n; where u may be zero, what lies between the powers of its ends, which `**` would not say."""
    if u.is_nan() or (exponent < 0 and u.contains(0)):
        return NAN
    if exponent > 0 and u.contains(0):
        largest = abs(u).upper() ** exponent
        return largest.union(-largest if exponent % 2 else arb(0))
    return u * u if exponent == 2 else u**exponent


def _positive_power(u: Ball, exponent: Fraction) -> Ball:
    if max(abs(exponent.numerator), exponent.denominator) > _LARGEST_ROOT:
        return (rational(exponent) * u.log()).exp()
    return u.root(exponent.denominator) ** exponent.numerator


def _odd_power(u: Ball, exponent: Fraction, smooth: bool) -> Ball:
    """The real u^(p/q), q odd: sign(u)^p · |u|^(p/q)."""
    if u.is_zero():
        return NAN if smooth else u
    if not (u > 0 or u < 0):
        return NAN
    magnitude = _positive_power(abs(u), exponent)
    return -magnitude if u < 0 and exponent.numerator % 2 else magnitude


# ---- functions with corners or limited domains ---------------------------------------------------------------------


def _sqrt(operands: Sequence[Ball], smooth: bool) -> Ball:
    u = operands[0]
    if u < 0:
        raise Undefined
    return NAN if smooth and not u > 0 else u.sqrt()


def _root(operands: Sequence[Ball], smooth: bool) -> Ball:
    u, degree = operands
    whole = degree.unique_fmpz() if degree.is_exact() else None
    if whole is None or int(whole) == 0:
        return _power((u, 1 / degree), smooth)
    return _sqrt(operands, smooth) if int(whole) == 2 else exact_power(Fraction(1, int(whole)), operands, smooth)


def _log(operands: Sequence[Ball], smooth: bool) -> Ball:
    u = operands[0]
    if u <= 0:
        raise Undefined
    return u.log()


def _abs(operands: Sequence[Ball], smooth: bool) -> Ball:
    u = operands[0]
    return NAN if smooth and u.contains(0) else abs(u)


def _sign(operands: Sequence[Ball], smooth: bool) -> Ball:
    u = operands[0]
    return NAN if u.is_nan() or (smooth and u.contains(0)) else u.sgn()


def _heaviside(operands: Sequence[Ball], smooth: bool) -> Ball:
    return (1 + _sign(operands, smooth)) / 2


def _relu(operands: Sequence[Ball], smooth: bool) -> Ball:
    u = operands[0]
    return NAN if smooth and u.contains(0) else u.max(arb(0))


def _largest(operands: Sequence[Ball], smooth: bool) -> Ball:
    best = operands[0]
    for operand in operands[1:]:
        best = best.max(operand)
    if smooth and len(operands) > 1 and sum(1 for operand in operands if operand.overlaps(best)) != 1:
        return NAN
    return best


def _smallest(operands: Sequence[Ball], smooth: bool) -> Ball:
    return -_largest([-operand for operand in operands], smooth)


def _softplus(operands: Sequence[Ball], smooth: bool) -> Ball:
    return operands[0].exp().log1p()


def _inside_one(method: Callable[[Ball], Ball], *, closed: bool) -> Operation:
    """A function of -1 ≤ u ≤ 1 (or -1 < u < 1) that is smooth inside."""

    def operate(operands: Sequence[Ball], smooth: bool) -> Ball:
        u = operands[0]
        size = abs(u)
        if size > 1 or (not closed and size >= 1):
            raise Undefined
        return NAN if smooth and not size < 1 else method(u)

    return operate


def _acosh(operands: Sequence[Ball], smooth: bool) -> Ball:
    u = operands[0]
    if u < 1:
        raise Undefined
    return NAN if smooth and not u > 1 else u.acosh()


def _with_pole_at_zero(method: Callable[[Ball], Ball]) -> Operation:
    def operate(operands: Sequence[Ball], smooth: bool) -> Ball:
        if operands[0].is_zero():
            raise Undefined
        return method(operands[0])

    return operate


def _everywhere(method: Callable[[Ball], Ball]) -> Operation:
    return lambda operands, smooth: method(operands[0])


# fmt: off
OPERATIONS: Mapping[str, Operation] = MappingProxyType({
    "+":         lambda operands, smooth: operands[0] + operands[1],
    "-":         lambda operands, smooth: operands[0] - operands[1],
    "*":         lambda operands, smooth: operands[0] * operands[1],
    "neg":       lambda operands, smooth: -operands[0],
    "/":         _divide,
    "^":         _power,
    "sqrt":      _sqrt,
    "root":      _root,
    "abs":       _abs,
    "exp":       _everywhere(arb.exp),
    "log":       _log,
    "sin":       _everywhere(arb.sin),
    "cos":       _everywhere(arb.cos),
    "tan":       _everywhere(arb.tan),
    "cot":       _with_pole_at_zero(arb.cot),
    "sec":       _everywhere(arb.sec),
    "csc":       _with_pole_at_zero(arb.csc),
    "asin":      _inside_one(arb.asin, closed=True),
    "acos":      _inside_one(arb.acos, closed=True),
    "atan":      _everywhere(arb.atan),
    "sinh":      _everywhere(arb.sinh),
    "cosh":      _everywhere(arb.cosh),
    "tanh":      _everywhere(arb.tanh),
    "coth":      _with_pole_at_zero(arb.coth),
    "sech":      _everywhere(arb.sech),
    "csch":      _with_pole_at_zero(arb.csch),
    "asinh":     _everywhere(arb.asinh),
    "acosh":     _acosh,
    "atanh":     _inside_one(arb.atanh, closed=False),
    "erf":       _everywhere(arb.erf),
    "softplus":  _softplus,
    "relu":      _relu,
    "heaviside": _heaviside,
    "sign":      _sign,
    "max":       _largest,
    "min":       _smallest,
    "pi":        lambda operands, smooth: arb.pi(),
    "e":         lambda operands, smooth: arb.const_e(),
})
# fmt: on
"""The functions that have an operation of their own; the others are computed from their row's `meaning`."""

QUICK: Mapping[str, Callable[[Ball, Ball], Ball]] = MappingProxyType({"+ ": add, "- ": sub, "* ": mul})
"""Operations, by the labels of their steps, that are the same on all balls, smooth or not."""
