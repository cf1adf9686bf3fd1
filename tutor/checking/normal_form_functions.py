"""The functions of the language as fractions in kernels, a table by their heads: arithmetic, and by their definitions.

Every entry is an identity wherever the function is real; powers and roots, which need the exponent as it was typed,
stand in `tutor.checking.normal_form_exponents`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import reduce
from types import MappingProxyType

from tutor.checking.normal_form_angles import arccosine, arcsine, arctangent, odd_kernel, pi, sine_and_cosine
from tutor.checking.normal_form_conjugates import rationalized
from tutor.checking.normal_form_field import Field, Ratio
from tutor.checking.normal_form_powers import absolute, exponential, logarithm, rational_power, sign
from tutor.checking.normal_form_signs import factored, note_divisor, note_sign

__all__ = ["HEADS"]

_HALF = Fraction(1, 2)


def _quotient(field: Field, u: Ratio, v: Ratio) -> Ratio:
    note_divisor(field, v)
    return field.divide(u, v)


def _larger(field: Field, u: Ratio, v: Ratio) -> Ratio:
    field.used.add("definition")
    return field.scale(field.add(field.add(u, v), absolute(field, field.subtract(u, v))), _HALF)


def _smaller(field: Field, u: Ratio, v: Ratio) -> Ratio:
    field.used.add("definition")
    return field.scale(field.subtract(field.add(u, v), absolute(field, field.subtract(u, v))), _HALF)


def _heaviside(field: Field, u: Ratio) -> Ratio:
    field.used.add("definition")
    return field.scale(field.add(field.one, sign(field, u)), _HALF)


def _tangent(field: Field, u: Ratio) -> Ratio:
    field.used.add("definition")
    return field.divide(*sine_and_cosine(field, u))


def _hyperbolic(field: Field, u: Ratio) -> tuple[Ratio, Ratio]:
    """Hyperbolic sine and cosine."""
    field.used.add("definition")
    return field.pair("hyperbolic", u, _by_exponential)


def _by_exponential(field: Field, u: Ratio) -> tuple[Ratio, Ratio]:
    up = exponential(field, u)
    down = field.inverse(up)
    return field.scale(field.subtract(up, down), _HALF), field.scale(field.add(up, down), _HALF)


def _inverse_hyperbolic_sine(field: Field, u: Ratio) -> Ratio:
    """log(u + √(u² + 1))."""
    if field.writing.is_closed:
        return _closed_odd_inverse(field, "asinh", u)
    field.used.add("inverse-hyperbolic")
    root = rational_power(field, field.add(field.multiply(u, u), field.one), _HALF)
    return logarithm(field, field.add(u, root))


def _inverse_hyperbolic_cosine(field: Field, u: Ratio) -> Ratio:
    """log(u + √(u² - 1)), which is real for u >= 1 only."""
    field.used.add("inverse-hyperbolic")
    _note_positive(field, u)
    if field.writing.is_closed:
        return _closed_inverse_cosine(field, u)
    root = rational_power(field, field.subtract(field.multiply(u, u), field.one), _HALF)
    return logarithm(field, field.add(u, root))


def _closed_odd_inverse(field: Field, kind: str, u: Ratio) -> Ratio:
    """The kernel of asinh u or atanh u."""
    field.used.add("closed-inverse")
    return odd_kernel(field, kind, u)


def _closed_inverse_cosine(field: Field, u: Ratio) -> Ratio:
    """The kernel of acosh u, which is at least 0, with the fact that u - 1 is."""
    field.used.add("closed-inverse")
    above = field.subtract(u, field.one)
    if not above.top:
        return field.zero
    note_sign(field, factored(field, above), is_strict=False)
    u = rationalized(field, u)
    return field.generator(field.kernel(("acosh", field.keys(u)), u))


def _inverse_hyperbolic_tangent(field: Field, u: Ratio) -> Ratio:
    """log((1 + u)/(1 - u))/2."""
    if field.writing.is_closed:
        _note_positive(field, field.subtract(field.one, field.multiply(u, u)))
        return _closed_odd_inverse(field, "atanh", u)
    field.used.add("inverse-hyperbolic")
    ratio = field.divide(field.add(field.one, u), field.subtract(field.one, u))
    return field.scale(logarithm(field, ratio), _HALF)


def _note_positive(field: Field, u: Ratio) -> None:
    if u.top:
        note_sign(field, factored(field, u), is_strict=True)


# fmt: off
HEADS: Mapping[str, Callable[..., Ratio]] = MappingProxyType({
    "+":     lambda field, u, v: field.add(u, v),
    "-":     lambda field, u, v: field.subtract(u, v),
    "*":     lambda field, u, v: field.multiply(u, v),
    "/":     _quotient,
    "neg":   lambda field, u: field.negative(u),
    "pi":    pi,
    "e":     lambda field: exponential(field, field.one),
    "sqrt":  lambda field, u: rational_power(field, u, _HALF),
    "abs":   absolute,
    "sign":  sign,
    "heaviside": _heaviside,
    "max":   lambda field, *us: reduce(lambda u, v: _larger(field, u, v), us),
    "min":   lambda field, *us: reduce(lambda u, v: _smaller(field, u, v), us),
    "exp":   exponential,
    "log":   logarithm,
    "sin":   lambda field, u: sine_and_cosine(field, u)[0],
    "cos":   lambda field, u: sine_and_cosine(field, u)[1],
    "tan":   _tangent,
    "sinh":  lambda field, u: _hyperbolic(field, u)[0],
    "cosh":  lambda field, u: _hyperbolic(field, u)[1],
    "tanh":  lambda field, u: field.divide(*_hyperbolic(field, u)),
    "asin":  arcsine,
    "acos":  arccosine,
    "atan":  arctangent,
    "asinh": _inverse_hyperbolic_sine,
    "acosh": _inverse_hyperbolic_cosine,
    "atanh": _inverse_hyperbolic_tangent,
    "erf":   lambda field, u: odd_kernel(field, "erf", u),
})
# fmt: on
