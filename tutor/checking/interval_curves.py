"""Elementary functions on intervals, from mpmath's values at ends: what rises, what turns, what levels off.

Why the results hold. A function that rises on an interval takes its least value at the low end and its largest at the
high end; one that falls the other way round. So it is enough to know values at ends, on pieces where the function is
monotone. mpmath's value at an end is computed with 64 bits more than asked for and then moved outwards by 2^-(bits+32)
(`widened`): an error of mpmath would have to be 2^32 times the last bit to do harm. Where the method of mpmath loses
more than that by itself, more bits are asked for:

- erf by its series: the terms grow to exp(x²), so 1.5·x² bits more; where x² > 8·bits, 0 < 1 - erf(x) < exp(-x²) says
  enough. tanh likewise, by 0 < 1 - tanh(x) < 2·exp(-2x).
- sin and cos turn at multiples of pi/2: the interval u/pi, worked out with the bits of u's size more, says in which
  pieces the ends lie; ends in neighbouring pieces may have the turning point between them, others give [-1, 1]. tan is
  their quotient.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

from mpmath.libmp import (
    fone,
    from_int,
    fzero,
    mpf_abs,
    mpf_acos,
    mpf_acosh,
    mpf_add,
    mpf_asin,
    mpf_asinh,
    mpf_atan,
    mpf_atanh,
    mpf_cos,
    mpf_cosh,
    mpf_erf,
    mpf_exp,
    mpf_floor,
    mpf_log,
    mpf_lt,
    mpf_mul,
    mpf_neg,
    mpf_pi,
    mpf_shift,
    mpf_sign,
    mpf_sin,
    mpf_sinh,
    mpf_sub,
    mpf_tanh,
    to_int,
)

from tutor.checking.interval import (
    DOWN,
    GUARD,
    UP,
    Interval,
    Real,
    add,
    divide,
    exact,
    largest,
    least,
    magnitude,
    multiply,
    negative,
    root,
    united,
    widened,
)

__all__ = [
    "Known",
    "NotReal",
    "Operation",
    "arccosine",
    "arcosh",
    "arcsine",
    "arctangent",
    "arsinh",
    "artanh",
    "cosine",
    "error_function",
    "exponential",
    "hyperbolic_cosine",
    "hyperbolic_sine",
    "hyperbolic_tangent",
    "logarithm",
    "pi",
    "sine",
    "tangent",
]

Known: TypeAlias = Interval | None
Operation: TypeAlias = Callable[[Sequence[Interval], int, bool], Known]
"""A function of operands that are known, of the bits of its ends, and of `smooth`."""

_MOST_BITS = 20_000
"""Bits before the point of arguments of exp, sin and the like; larger ones are not worked out."""

_UNITS = (fzero, fone)

_BOTH = Interval(mpf_neg(fone), fone)


class NotReal(ArithmeticError):
    """The expression has no real value anywhere on the interval."""


# ---- what rises or falls -------------------------------------------------------------------------------------------


def _rising(function: Callable[..., Real], *, absolute: bool = True) -> Operation:
    """A function that rises everywhere, by mpmath's function of a number and of bits."""

    def operate(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
        u = operands[0]
        low = _at(function, u.low, bits, absolute=absolute)
        return low if u.low == u.high else Interval(low.low, _at(function, u.high, bits, absolute=absolute).high)

    return operate


def _odd(function: Callable[..., Real]) -> Operation:
    """A function that rises, with |f(u) - u| ≤ |u|³ for |u| ≤ 1/2: near zero it keeps its digits."""

    def at(end: Real, bits: int) -> Interval:
        size = -(end[2] + end[3])
        if end == fzero or size <= 0:
            return _at(function, end, bits)
        if size <= bits:
            return _at(function, end, bits + size)
        distance = mpf_abs(end)
        cube = mpf_mul(distance, mpf_mul(distance, distance), 53, UP)
        return Interval(mpf_sub(end, cube, 4 * bits, DOWN), mpf_add(end, cube, 4 * bits, UP))

    return lambda operands, bits, smooth: Interval(at(operands[0].low, bits).low, at(operands[0].high, bits).high)


def _moderate(function: Operation) -> Operation:
    """A function whose values at far ends are not worked out."""

    def operate(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
        is_huge = max(end[2] + end[3] for end in operands[0]) > _MOST_BITS
        return None if is_huge else function(operands, bits, smooth)

    return operate


def _at(function: Callable[..., Real], value: Real, bits: int, *, absolute: bool = True) -> Interval:
    """The value at one number; exact where 0 or 1 is mapped to 0 or 1, as by sinh, exp and log."""
    found = function(value, bits + 2 * GUARD)
    if value in _UNITS and found in _UNITS:
        return Interval(found, found)
    return widened(found, bits, absolute=absolute)


def _arccosine(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    """The arccosine, which falls."""
    u = operands[0]
    return Interval(_at(mpf_acos, u.high, bits).low, _at(mpf_acos, u.low, bits).high)


# ---- functions with turning points ---------------------------------------------------------------------------------


def _pieces(u: Interval, shift: int) -> tuple[int, int] | None:
    """The whole numbers k of the pieces between (k - shift/2)·pi and (k + 1 - shift/2)·pi that the ends lie in.

    The first may be too small and the second too large by one; None where the interval is too long or too far out.
    """
    size = max(0, *(end[2] + end[3] for end in u))
    if size > _MOST_BITS or mpf_lt(from_int(8), mpf_sub(u.high, u.low, 53, UP)):
        return None
    bits = size + 64
    half_turn = Interval(mpf_pi(bits, DOWN), mpf_pi(bits, UP))
    turns = divide(u, half_turn, bits)
    assert turns is not None
    moved = add(turns, Interval(*(mpf_shift(from_int(shift), -1),) * 2), bits)
    return int(to_int(mpf_floor(moved.low))), int(to_int(mpf_floor(moved.high)))


def _wave(function: Callable[..., Real], shift: int) -> Operation:
    """Sine (shift 1) or cosine (shift 0): at the end of piece k the value is (-1)^k or (-1)^(k + 1)."""

    def operate(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
        u = operands[0]
        pieces = _pieces(u, shift)
        if pieces is None or pieces[1] - pieces[0] > 1:
            return _BOTH
        hull = united(_at(function, u.low, bits), _at(function, u.high, bits))
        if pieces[0] != pieces[1]:
            turning = from_int(-1 if (pieces[1] - shift) % 2 else 1)
            hull = united(hull, Interval(turning, turning))
        return _clipped(hull)

    return operate


def _clipped(u: Interval) -> Interval:
    return Interval(largest(u, _BOTH).low, least(u, _BOTH).high)


_sine = _wave(mpf_sin, 1)
_cosine = _wave(mpf_cos, 0)


def _tangent(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    """The quotient of sine and cosine, since mpmath's tangent may lose bits beside a pole."""
    sine, cosine = _sine(operands, bits + GUARD, smooth), _cosine(operands, bits + GUARD, smooth)
    return None if sine is None or cosine is None else divide(sine, cosine, bits)


def _cosh(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    """The hyperbolic cosine, which rises with |u|."""
    return _rising(mpf_cosh, absolute=False)((magnitude(operands[0]),), bits, smooth)


def _levelling(
    function: Callable[[Interval, int], Interval],
    far: Callable[[Interval, int], bool],
    slope: Callable[[int], Interval],
) -> Operation:
    """An odd function that rises to 1, and that is concave for u ≥ 0: by `function` at the ends.

    Above 1 - 2^(-8·bits) where `far` says so; near zero, where it keeps its digits, between s·(u - u³) and s·u, where s
    is its slope at 0: the series of tanh u and of erf(u)·√π/2 alternate, and begin with u - u³/3.
    """

    def positive(size: Interval, bits: int) -> Interval:
        if far(size, bits):
            return Interval(mpf_sub(fone, mpf_shift(fone, -8 * bits), 9 * bits, DOWN), fone)
        u = size.low
        places = -(u[2] + u[3])
        if places <= bits:
            return function(size, bits + max(0, places))
        cube = mpf_mul(u, mpf_mul(u, u), 53, UP)
        return multiply(slope(bits), Interval(mpf_sub(u, cube, 4 * bits, DOWN), u), bits)

    def at(end: Real, bits: int) -> Interval:
        if end == fzero:
            return Interval(fzero, fzero)
        value = positive(magnitude(Interval(end, end)), bits)
        return value if mpf_sign(end) >= 0 else negative(value)

    return lambda operands, bits, smooth: Interval(at(operands[0].low, bits).low, at(operands[0].high, bits).high)


def _tanh_at(size: Interval, bits: int) -> Interval:
    return _at(mpf_tanh, size.low, bits)


def _erf_at(size: Interval, bits: int) -> Interval:
    """The error function by its series, with the bits more that its largest term has."""
    extra = 3 * int(to_int(mpf_mul(size.low, size.low, 53, UP))) // 2 + 8
    return widened(mpf_erf(size.low, bits + 2 * GUARD + extra), bits, absolute=True)


def _one(bits: int) -> Interval:
    """The slope of the hyperbolic tangent at 0."""
    return Interval(fone, fone)


def _two_over_root_pi(bits: int) -> Interval:
    """The slope of the error function at 0."""
    found = divide(exact(Fraction(2), bits), root(widened(mpf_pi(bits + 2 * GUARD), bits, absolute=False), bits), bits)
    assert found is not None
    return found


def _is_far(size: Interval, bits: int) -> bool:
    """Whether 1 - tanh(u) < 2·exp(-2u) is below 2^(-8·bits)."""
    return bool(mpf_lt(from_int(8 * bits), size.low))


def _is_square_far(size: Interval, bits: int) -> bool:
    """Whether 1 - erf(u) < exp(-u²), for u ≥ 1, is below 2^(-8·bits)."""
    return _is_far(Interval(*(mpf_mul(size.low, size.low, 53, DOWN),) * 2), bits)


# ---- the functions -------------------------------------------------------------------------------------------------


def pi(operands: Sequence[Interval], bits: int, smooth: bool) -> Known:
    """The constant pi."""
    return widened(mpf_pi(bits + 2 * GUARD), bits, absolute=False)


# fmt: off
exponential        = _moderate(_rising(mpf_exp, absolute=False))
logarithm          = _rising(mpf_log)
sine               = _sine
cosine             = _cosine
tangent            = _tangent
arcsine            = _odd(mpf_asin)
arccosine          = _arccosine
arctangent         = _odd(mpf_atan)
hyperbolic_sine    = _moderate(_odd(mpf_sinh))
hyperbolic_cosine  = _moderate(_cosh)
hyperbolic_tangent = _levelling(_tanh_at, _is_far, _one)
arsinh             = _odd(mpf_asinh)
arcosh             = _rising(mpf_acosh)
artanh             = _odd(mpf_atanh)
error_function     = _levelling(_erf_at, _is_square_far, _two_over_root_pi)
# fmt: on
