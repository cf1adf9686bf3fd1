"""Square roots of a + b·R that are sums of simpler roots.

With R² = P and a² - b²·P = d²: |a + b·R| = |√|p| + t·√|q||², p, q = (a ± d)/2, t the sign of b·(a + b·R). For a + b·R
and a - b·R have the product d² and so one sign, which is that of a, p and q; and b²·P = 4·p·q.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

from tutor.checking.normal_form_conjugates import flipped_root, square_roots
from tutor.checking.normal_form_field import Field, OutOfReach, Ratio
from tutor.checking.normal_form_signs import factored
from tutor.checking.normal_form_zeros import is_nowhere_zero
from tutor.checking.ring import Polynomial

__all__ = ["Nested", "denested"]

_MOST_TERMS = 8
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Nested:
    """The square root √|p| ± √|q| of an element f = a + b·R; the sign is that of f·b."""

    first: Ratio
    second: Ratio
    multiplier: Ratio
    """b"""


def denested(field: Field, factor: Polynomial) -> Nested | None:
    """What a factor's square root is made of; None where no norm in it is a square."""
    if not 1 < len(factor) <= _MOST_TERMS:
        return None
    for index in square_roots(field, factor):
        rooted, flipped = flipped_root(field, factor, index)
        root = _square_root(field, field.reduced(field.product(factor, flipped), field.ring.one))
        if root is not None:
            rest = Ratio(factor - rooted, field.ring.one)
            first = field.scale(field.add(rest, root), _HALF)
            second = field.scale(field.subtract(rest, root), _HALF)
            if first.top and second.top:
                return Nested(first, second, field.divide(Ratio(rooted, field.ring.one), field.generator(index)))
    return None


def _square_root(field: Field, value: Ratio) -> Ratio | None:
    """A fraction whose square is another, and that vanishes on no open set; None when there is none with this form."""
    if not value.top or not field.is_real(value):
        return None
    try:
        parts = factored(field, value)
    except OutOfReach:
        return None
    constant = _rational_root(parts.constant)
    if constant is None or any(exponent % 2 for _, exponent in parts.factors):
        return None
    if not all(is_nowhere_zero(field, factor) for factor, _ in parts.factors):
        return None
    result = field.constant(constant)
    for factor, exponent in parts.factors:
        result = field.multiply(result, field.power(Ratio(factor, field.ring.one), exponent // 2))
    return result


def _rational_root(value: Fraction) -> Fraction | None:
    if value <= 0:
        return None
    root = Fraction(isqrt(value.numerator), isqrt(value.denominator))
    return root if root * root == value else None
