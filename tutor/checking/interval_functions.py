"""What each function does to intervals: an interval that surely holds the value, None, or NotReal.

None says that the value is not known (not known to be real, or too large to work out), NotReal that there surely is no
real value anywhere on the interval. With `smooth` the function must have all derivatives on the whole interval, else
the result is None. A power u^v is exp(v·log u) for u > 0; u^(p/q) with q odd is the real root. Why the intervals hold
the values is said in `tutor.checking.interval_curves`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import reduce
from types import MappingProxyType

from mpmath.libmp import (
    fone,
    from_int,
    mpf_add,
    mpf_floor,
    mpf_le,
    mpf_lt,
    mpf_pow_int,
    mpf_shift,
    mpf_sign,
)

from tutor.checking.interval import (
    GUARD,
    ONE,
    ZERO,
    Interval,
    add,
    contains,
    divide,
    exact,
    is_point,
    largest,
    least,
    magnitude,
    multiply,
    negative,
    overlaps,
    root,
    subtract,
    whole_number,
    widened,
)
from tutor.checking.interval_curves import (
    Known,
    NotReal,
    Operation,
    arccosine,
    arcosh,
    arcsine,
    arctangent,
    arsinh,
    artanh,
    cosine,
    error_function,
    exponential,
    hyperbolic_cosine,
    hyperbolic_sine,
    hyperbolic_tangent,
    logarithm,
    pi,
    sine,
    tangent,
)

__all__ = ["OPERATIONS", "NotReal", "Operation", "decimal", "exact_power"]

_HIGHEST_EXPONENT = 10**6


# ---- operators -----------------------------------------------------------------------------------------------------


def _divide(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    u, v = operands
    if v == ZERO:
        raise NotReal
    return divide(u, v, bits)


def _power(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    """u^v for an exponent that is no exact fraction; whole where it happens to be, as a parameter's value may be."""
    u, v = operands
    if mpf_sign(u.low) > 0:
        log_u = logarithm((u,), bits, smooth)
        return None if log_u is None else exponential((multiply(v, log_u, bits),), bits, smooth)
    whole = whole_number(v)
    if whole is not None:
        return exact_power(Fraction(whole), u, bits, smooth=smooth)
    if mpf_sign(u.high) < 0 and not _may_be_whole(v):
        raise NotReal
    return None


def _may_be_whole(v: Interval) -> bool:
    return is_point(v) or bool(mpf_le(mpf_add(mpf_floor(v.low), fone), v.high))


def exact_power(exponent: Fraction, u: Interval, bits: int, *, smooth: bool) -> Known:
    """u^exponent: a whole power, a real odd root, or a root of u > 0."""
    if exponent < 0 and u == ZERO:
        raise NotReal
    if exponent.denominator == 1:
        return None if abs(exponent) > _HIGHEST_EXPONENT else _whole_power(u, exponent.numerator, bits)
    if exponent.denominator % 2:
        return _odd_power(u, exponent, bits, smooth=smooth)
    if mpf_sign(u.low) > 0:
        return _root_power(u, exponent, bits)
    if mpf_sign(u.high) < 0:
        raise NotReal
    return None


def _whole_power(u: Interval, exponent: int, bits: int) -> Known:
    if exponent < 0:
        below = _whole_power(u, -exponent, bits + GUARD)
        return None if below is None else divide(ONE, below, bits)
    size = magnitude(u) if exponent % 2 == 0 else u
    low = widened(mpf_pow_int(size.low, exponent, bits + 2 * GUARD), bits, absolute=False).low
    return Interval(low, widened(mpf_pow_int(size.high, exponent, bits + 2 * GUARD), bits, absolute=False).high)


def _root_power(u: Interval, exponent: Fraction, bits: int) -> Known:
    """u^(p/q) for u > 0, by exp(p/q·log u)."""
    size = max(abs(end[2] + end[3]) for end in u).bit_length() + abs(exponent.numerator).bit_length()
    log_u = logarithm((u,), bits + size, False)
    if log_u is None:
        return None
    product = multiply(_ratio(exponent, bits + size), log_u, bits + size)
    return exponential((product,), bits, False)


def _ratio(value: Fraction, bits: int) -> Interval:
    quotient = divide(_whole(value.numerator), _whole(value.denominator), bits)
    assert quotient is not None
    return quotient


def _whole(value: int) -> Interval:
    return Interval(from_int(value), from_int(value))


def _odd_power(u: Interval, exponent: Fraction, bits: int, *, smooth: bool) -> Known:
    """The real u^(p/q), q odd: sign(u)^p·|u|^(p/q)."""
    if u == ZERO:
        return None if smooth else ZERO
    if contains(u, 0):
        return None
    size = _root_power(magnitude(u), exponent, bits)
    return negative(size) if size and mpf_sign(u.high) < 0 and exponent.numerator % 2 else size


def decimal(mantissa: int, exponent: int, bits: int) -> Interval:
    """The interval of mantissa·10^exponent, for exponents of any moderate size."""
    ten, factor = exact(Fraction(10), bits), exact(Fraction(mantissa), bits)
    if abs(exponent) <= _HIGHEST_EXPONENT:
        power = _whole_power(ten, exponent, bits)
    else:
        power = _power((ten, exact(Fraction(exponent), bits)), bits + 2 * GUARD, False)
    assert power is not None, exponent
    return multiply(factor, power, bits)


# ---- functions with corners or limited domains ---------------------------------------------------------------------


def _sqrt(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    u = operands[0]
    if mpf_sign(u.high) < 0:
        raise NotReal
    if mpf_sign(u.low) < 0 or (smooth and mpf_sign(u.low) == 0):
        return None
    return root(u, bits)


def _root(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    u, degree = operands
    whole = whole_number(degree)
    if not whole:
        inverse = _divide((ONE, degree), bits, smooth)
        return None if inverse is None else _power((u, inverse), bits, smooth)
    return _sqrt(operands, bits, smooth) if whole == 2 else exact_power(Fraction(1, whole), u, bits, smooth=smooth)


def _log(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    u = operands[0]
    if mpf_sign(u.high) <= 0:
        raise NotReal
    return logarithm(operands, bits, smooth) if mpf_sign(u.low) > 0 else None


def _abs(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    u = operands[0]
    return None if smooth and contains(u, 0) else magnitude(u)


def _sign(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    u = operands[0]
    if smooth and contains(u, 0):
        return None
    return Interval(from_int(mpf_sign(u.low)), from_int(mpf_sign(u.high)))


def _heaviside(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    sign = _sign(operands, bits, smooth)
    return None if sign is None else Interval(*(mpf_shift(mpf_add(end, fone), -1) for end in sign))


def _relu(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    u = operands[0]
    return None if smooth and contains(u, 0) else largest(u, ZERO)


def _softplus(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    """log(1 + exp(u)); far below zero by t·(1 - t) < log(1 + t) < t for t = exp(u), where the sum would lose t."""
    power = exponential(operands, bits, smooth)
    if power is None:
        return None
    if mpf_lt(operands[0].high, from_int(-bits)):
        return Interval(multiply(power, subtract(ONE, power, bits), bits).low, power.high)
    return logarithm((add(ONE, power, bits + GUARD),), bits, smooth)


def _largest(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    best = reduce(largest, operands)
    if smooth and len(operands) > 1 and sum(1 for operand in operands if overlaps(operand, best)) != 1:
        return None
    return best


def _smallest(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    best = reduce(least, operands)
    if smooth and len(operands) > 1 and sum(1 for operand in operands if overlaps(operand, best)) != 1:
        return None
    return best


def _inside_one(function: Operation, *, closed: bool) -> Operation:
    """A function of -1 ≤ u ≤ 1 (or -1 < u < 1) that is smooth inside."""

    def operate(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
        size = magnitude(operands[0])
        if mpf_lt(fone, size.low) or (not closed and mpf_le(fone, size.low)):
            raise NotReal
        if mpf_lt(fone, size.high) or ((smooth or not closed) and mpf_le(fone, size.high)):
            return None
        return function(operands, bits, smooth)

    return operate


def _acosh(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    u = operands[0]
    if mpf_lt(u.high, fone):
        raise NotReal
    if mpf_lt(u.low, fone) or (smooth and mpf_le(u.low, fone)):
        return None
    return arcosh(operands, bits, smooth)


# ---- the table -----------------------------------------------------------------------------------------------------


def _e(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    return exponential((ONE,), bits, smooth)


# fmt: off
OPERATIONS: Mapping[str, Operation] = MappingProxyType({
    "+":         lambda operands, bits, smooth: add(operands[0], operands[1], bits),
    "-":         lambda operands, bits, smooth: subtract(operands[0], operands[1], bits),
    "*":         lambda operands, bits, smooth: multiply(operands[0], operands[1], bits),
    "neg":       lambda operands, bits, smooth: negative(operands[0]),
    "/":         _divide,
    "^":         _power,
    "sqrt":      _sqrt,
    "root":      _root,
    "abs":       _abs,
    "exp":       exponential,
    "log":       _log,
    "sin":       sine,
    "cos":       cosine,
    "tan":       tangent,
    "asin":      _inside_one(arcsine, closed=True),
    "acos":      _inside_one(arccosine, closed=True),
    "atan":      arctangent,
    "sinh":      hyperbolic_sine,
    "cosh":      hyperbolic_cosine,
    "tanh":      hyperbolic_tangent,
    "asinh":     arsinh,
    "acosh":     _acosh,
    "atanh":     _inside_one(artanh, closed=False),
    "erf":       error_function,
    "softplus":  _softplus,
    "relu":      _relu,
    "heaviside": _heaviside,
    "sign":      _sign,
    "max":       _largest,
    "min":       _smallest,
    "pi":        pi,
    "e":         _e,
})
# fmt: on
"""The functions that have an operation of their own; the others are computed from their row's `meaning`."""
