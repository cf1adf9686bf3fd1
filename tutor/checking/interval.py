"""Intervals with ends in mpmath's floating point: the second arithmetic, with which certificates are re-checked.

An interval surely holds a real number. Sums, products, quotients and square roots are rounded outwards by mpmath's own
interval arithmetic (the functions under `mpmath.iv`), which rounds exact results; nothing here has a global precision.
No code is shared with the balls of `tutor.checking.ball`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple, TypeAlias

from mpmath.libmp import (
    fone,
    from_int,
    from_rational,
    fzero,
    mpf_abs,
    mpf_add,
    mpf_cmp,
    mpf_le,
    mpf_lt,
    mpf_neg,
    mpf_pos,
    mpf_shift,
    mpf_sign,
    mpf_sub,
    to_str,
)
from mpmath.libmp.libmpi import mpi_add, mpi_div, mpi_mul, mpi_sqrt, mpi_sub

__all__ = [
    "ONE", "ZERO", "Interval", "Real", "add", "around", "between", "contains", "divide", "exact", "fraction_of",
    "is_below", "is_point", "is_within", "largest", "least", "magnitude", "multiply", "negative", "overlaps", "root",
    "shown", "subtract", "united", "whole_number", "widened",
]  # fmt: skip

Real: TypeAlias = Any
"""A number of mpmath in its raw form: sign, mantissa, exponent of two, bits of the mantissa."""

DOWN, UP = "f", "c"
"""mpmath's names for rounding to the floor and to the ceiling."""

GUARD = 32
"""Bits by which an end that a function of mpmath computed is trusted less than it was computed to (see `widened`)."""


_SHOWN_DIGITS = 20


class Interval(NamedTuple):
    """All real numbers from `low` to `high`; both ends are finite."""

    low: Real
    high: Real


ZERO = Interval(fzero, fzero)
ONE = Interval(fone, fone)


def exact(value: Fraction, bits: int) -> Interval:
    """The interval of a number: a point where it has few enough bits, else the floats next to it."""
    if value.denominator == 1 and value.numerator.bit_length() <= bits:
        point = from_int(value.numerator)
        return Interval(point, point)
    low = from_rational(value.numerator, value.denominator, bits, DOWN)
    return Interval(low, from_rational(value.numerator, value.denominator, bits, UP))


def between(low: Fraction, high: Fraction, bits: int) -> Interval:
    """The interval from one number to another, rounded outwards."""
    return Interval(exact(low, bits).low, exact(high, bits).high)


def around(middle: Fraction, radius: Fraction, bits: int) -> Interval:
    """The interval that reaches `radius` to both sides of `middle`, rounded outwards."""
    return between(middle - radius, middle + radius, bits)


# ---- arithmetic ----------------------------------------------------------------------------------------------------


def add(u: Interval, v: Interval, bits: int) -> Interval:
    """The sum u + v."""
    return Interval(*mpi_add(u, v, bits))


def subtract(u: Interval, v: Interval, bits: int) -> Interval:
    """The difference u - v."""
    return Interval(*mpi_sub(u, v, bits))


def multiply(u: Interval, v: Interval, bits: int) -> Interval:
    """u·v."""
    return Interval(*mpi_mul(u, v, bits))


def divide(u: Interval, v: Interval, bits: int) -> Interval | None:
    """u/v; None where v may be zero."""
    return None if contains(v, 0) else Interval(*mpi_div(u, v, bits))


def negative(u: Interval) -> Interval:
    """-u."""
    return Interval(mpf_neg(u.high), mpf_neg(u.low))


def root(u: Interval, bits: int) -> Interval:
    """The square root of u, no part of which is below zero."""
    return Interval(*mpi_sqrt(u, bits))


def united(u: Interval, v: Interval) -> Interval:
    """The smallest interval that holds both."""
    return Interval(_smaller(u.low, v.low), _larger(u.high, v.high))


def largest(u: Interval, v: Interval) -> Interval:
    """The larger of two numbers."""
    return Interval(_larger(u.low, v.low), _larger(u.high, v.high))


def least(u: Interval, v: Interval) -> Interval:
    """The smaller of two numbers."""
    return Interval(_smaller(u.low, v.low), _smaller(u.high, v.high))


def magnitude(u: Interval) -> Interval:
    """|u|."""
    if mpf_sign(u.low) >= 0:
        return u
    if mpf_sign(u.high) <= 0:
        return negative(u)
    return Interval(fzero, _larger(mpf_neg(u.low), u.high))


def widened(value: Real, bits: int, *, absolute: bool) -> Interval:
    """An interval round a value that mpmath computed with 2·GUARD bits more than `bits`.

    mpmath's elementary functions are meant to be right to the last bit or two; we believe them only that the error is
    below 2^-(bits + GUARD), relative to the value, or with `absolute` to the larger of the value and 1.
    """
    size = mpf_abs(value)
    if absolute:
        size = mpf_add(size, fone, bits, UP)
    error = mpf_shift(size, -bits - GUARD)
    return Interval(mpf_sub(value, error, bits, DOWN), mpf_add(value, error, bits, UP))


# ---- questions -----------------------------------------------------------------------------------------------------


def contains(u: Interval, value: int) -> bool:
    """Whether a whole number may lie in an interval."""
    number = from_int(value)
    return bool(mpf_le(u.low, number) and mpf_le(number, u.high))


def is_point(u: Interval) -> bool:
    """Whether an interval holds one number only."""
    return bool(mpf_cmp(u.low, u.high) == 0)


def whole_number(u: Interval) -> int | None:
    """The whole number that an interval is, of moderate size; None for every other interval."""
    if not is_point(u):
        return None
    sign, mantissa, exponent, length = u.low
    if exponent < 0 or exponent + length > 64:
        return None
    size = int(mantissa) << exponent
    return int(-size if sign else size)


def overlaps(u: Interval, v: Interval) -> bool:
    """Whether two intervals have a number in common."""
    return bool(mpf_le(u.low, v.high) and mpf_le(v.low, u.high))


def is_below(u: Interval, v: Interval) -> bool:
    """Whether every number of the first interval is less than every one of the second."""
    return bool(mpf_lt(u.high, v.low))


def is_within(u: Interval, v: Interval) -> bool:
    """Whether the first interval lies in the second."""
    return bool(mpf_le(v.low, u.low) and mpf_le(u.high, v.high))


def fraction_of(value: Real) -> Fraction:
    """The exact value of an end of moderate size."""
    sign, mantissa, exponent, _ = value
    size = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return -size if sign else size


def shown(u: Interval) -> str:
    """The low end to 20 digits, for people."""
    return str(to_str(mpf_pos(u.low, 4 * _SHOWN_DIGITS, DOWN), _SHOWN_DIGITS))


def _smaller(u: Real, v: Real) -> Real:
    return u if mpf_lt(u, v) else v


def _larger(u: Real, v: Real) -> Real:
    return v if mpf_lt(u, v) else u
