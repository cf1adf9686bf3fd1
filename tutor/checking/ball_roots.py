"""The real roots of polynomials and rational functions, isolated exactly by FLINT, as rational approximations."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from flint import fmpq, fmpq_poly

from tutor.checking.ball import middle_of, working_precision
from tutor.expression.exact import exact_fraction
from tutor.expression.tree import Apply, Expression, Number, Symbol

HIGHEST_DEGREE = 60
"""Polynomials of a higher degree are left to a numeric scan."""

_LARGEST_COEFFICIENT = 4096
"""Bits."""

_ROOT_BITS = 160

_Quotient = tuple[fmpq_poly, fmpq_poly]


class _NotRational(Exception):
    """The expression is no rational function of the variable, or too large a one."""


def rational_roots(
    expression: Expression, variable: str, values: Mapping[str, Fraction]
) -> tuple[Fraction, ...] | None:
    """Approximations, good to about 2^-150, of the real zeros and poles of a rational function; None if it is none.

    `values` holds the other symbols fixed.
    """
    try:
        numerator, denominator = _quotient(expression, variable, values)
    except (_NotRational, RecursionError):
        return None
    return (*_real_roots(numerator), *_real_roots(denominator))


def _real_roots(polynomial: fmpq_poly) -> tuple[Fraction, ...]:
    if polynomial.degree() < 1:
        return ()
    with working_precision(_ROOT_BITS):
        found = polynomial.numer().complex_roots()
        return tuple(middle_of(root.real) for root, _ in found if root.imag == 0)  # type: ignore[has-type, misc]


def _quotient(expression: Expression, variable: str, values: Mapping[str, Fraction]) -> _Quotient:
    match expression:
        case Number(value):
            return _constant(value)
        case Symbol(name) if name == variable:
            return fmpq_poly([0, 1]), fmpq_poly([1])
        case Symbol(name):
            return _constant(values[name])
        case Apply("^", (base, exponent)):
            return _raised(_quotient(base, variable, values), exact_fraction(exponent))
        case Apply("neg", (part,)):
            numerator, denominator = _quotient(part, variable, values)
            return -numerator, denominator
        case Apply("+" | "-" | "*" | "/" as head, (left, right)):
            return _combined(head, _quotient(left, variable, values), _quotient(right, variable, values))
        case _:
            raise _NotRational


def _constant(value: Fraction) -> _Quotient:
    if max(value.numerator.bit_length(), value.denominator.bit_length()) > _LARGEST_COEFFICIENT:
        raise _NotRational
    return fmpq_poly([fmpq(value.numerator, value.denominator)]), fmpq_poly([1])


def _raised(base: _Quotient, exponent: Fraction | None) -> _Quotient:
    if exponent is None or exponent.denominator != 1 or abs(exponent) * _degree(base) > HIGHEST_DEGREE:
        raise _NotRational
    if abs(exponent) > HIGHEST_DEGREE:
        raise _NotRational
    count = abs(exponent.numerator)
    numerator, denominator = base if exponent >= 0 else base[::-1]
    return _checked(numerator**count, denominator**count)


def _combined(head: str, left: _Quotient, right: _Quotient) -> _Quotient:
    (a, b), (c, d) = left, right
    if _degree(left) + _degree(right) > HIGHEST_DEGREE:
        raise _NotRational
    match head:
        case "+":
            return _checked(a * d + c * b, b * d)
        case "-":
            return _checked(a * d - c * b, b * d)
        case "*":
            return _checked(a * c, b * d)
        case _:
            return _checked(a * d, b * c)


def _degree(quotient: _Quotient) -> int:
    return max(quotient[0].degree(), quotient[1].degree(), 1)


def _checked(numerator: fmpq_poly, denominator: fmpq_poly) -> _Quotient:
    if denominator.degree() < 0 or _bits(numerator) + _bits(denominator) > _LARGEST_COEFFICIENT:
        raise _NotRational
    return numerator, denominator


def _bits(polynomial: fmpq_poly) -> int:
    return max((int(part).bit_length() for c in polynomial.coeffs() for part in (c.p, c.q)), default=0)
