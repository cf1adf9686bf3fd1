"""Arctangents by those of half or twice the angle, where the argument gets simpler.

For q = √(1 + u²), which is the secant of the angle: atan u = 2·atan(u/(1 + q)) = pi/2 - 2·atan(q - u) =
2·atan(q + u) - pi/2; and, where u is not zero, atan u = s(u)·pi/4 - atan((1 - u²)/(2u))/2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from tutor.checking.normal_form_conjugates import rationalized
from tutor.checking.normal_form_field import Field, OutOfReach, Ratio
from tutor.checking.normal_form_powers import rational_power
from tutor.checking.normal_form_signs import factored
from tutor.checking.normal_form_zeros import is_nowhere_zero
from tutor.checking.prime_factors import prime_factors
from tutor.checking.ring import Polynomial

__all__ = ["Turned", "simpler_arctangent"]

_HALF = Fraction(1, 2)
_MOST_TERMS = 8

_SMALLEST = 2
"""The size of a single term over a single term."""


@dataclass(frozen=True, slots=True)
class Turned:
    """That an arctangent is so many quarters of pi, of which some have the sign of its argument, and a multiple."""

    quarters: int
    signed_quarters: int
    multiple: Fraction
    argument: Ratio


def simpler_arctangent(field: Field, value: Ratio) -> Turned | None:
    """Half or twice an angle whose tangent has fewer terms than that of an angle; None where there is none."""
    terms = len(value.top) + len(value.bottom)
    if terms > _MOST_TERMS or not (terms > 2 or _has_roots(field, value)) or not field.is_real(value):
        return None
    best, known = None, _size(field, value)
    if known == _SMALLEST:
        return None
    for turned in (*_halved(field, value), *_doubled(field, value)):
        size = _size(field, turned.argument) if turned.argument.top else 0
        if size < known:
            best, known = turned, size
    return best


def _has_roots(field: Field, value: Ratio) -> bool:
    return any(index in field.relations for index in field.kernels_of(value))


def _size(field: Field, value: Ratio) -> int:
    """The terms of a fraction, or of its reciprocal, if that has fewer."""
    turned = rationalized(field, field.inverse(value))
    return min(len(part.top) + len(part.bottom) for part in (value, turned))


def _doubled(field: Field, value: Ratio) -> Iterator[Turned]:
    if not _has_roots(field, value) or not all(is_nowhere_zero(field, part) for part in value):
        return
    square = field.multiply(value, value)
    tangent = field.divide(field.subtract(field.one, square), field.scale(value, 2))
    yield Turned(0, 1, -_HALF, rationalized(field, tangent))


def _halved(field: Field, value: Ratio) -> Iterator[Turned]:
    secant = _root(field, field.add(field.multiply(value, value), field.one))
    if secant is None:
        return
    half = field.divide(value, field.add(field.one, secant))
    yield Turned(0, 0, Fraction(2), rationalized(field, half))
    yield Turned(2, 0, Fraction(-2), rationalized(field, field.subtract(secant, value)))
    yield Turned(-2, 0, Fraction(2), rationalized(field, field.add(secant, value)))


def _root(field: Field, value: Ratio) -> Ratio | None:
    """The square root of a fraction that is positive, where the kernels in use have it."""
    try:
        parts = factored(field, value)
        odd = [factor for factor, exponent in parts.factors if exponent % 2]
        is_square = _is_square(field, parts.constant) and all(_has_root(field, factor) for factor in odd)
    except OutOfReach:
        return None
    return rational_power(field, value, _HALF) if is_square else None


def _has_root(field: Field, factor: Polynomial) -> bool:
    degree = field.facts.scales.get(("root", field.key(factor)), 1)
    return degree % 2 == 0 and field.has_kernel(("root", field.key(factor), degree))


def _is_square(field: Field, value: Fraction) -> bool:
    return all(
        exponent % 2 == 0 or field.facts.scales.get(("prime-root", prime), 1) % 2 == 0
        for prime, exponent in prime_factors(abs(value))
    )
