"""Factors of polynomials with rational coefficients, exactly, by FLINT; what is too large counts as having none."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import lcm

from flint import fmpz_mpoly, fmpz_mpoly_ctx

HIGHEST_DEGREE = 60
"""The highest degree that is factored in one indeterminate; in several it is half of that, all exponents summed."""

MOST_INDETERMINATES = 8

_LARGEST_COEFFICIENT = 1024
"""Bits."""

_Polynomial = Mapping[tuple[int, ...], Fraction]


def has_factors(polynomial: _Polynomial) -> bool:
    """Whether a polynomial is a product of two that are not constant; numbers in front do not count."""
    if len(polynomial) < 2 or not _is_small(polynomial):
        return False
    _, factors = _flint(polynomial).factor()
    return sum(int(power) for _, power in factors) > 1


def have_common_factor(left: _Polynomial, right: _Polynomial) -> bool:
    """Whether two polynomials in the same indeterminates are multiples of one that is not constant."""
    if not (left and right and _is_small(left) and _is_small(right)):
        return False
    return not bool(_flint(left).gcd(_flint(right)).is_constant())


def _is_small(polynomial: _Polynomial) -> bool:
    width = len(next(iter(polynomial)))
    if not 1 <= width <= MOST_INDETERMINATES:
        return False
    degree = max(sum(exponents) for exponents in polynomial)
    bits = (part.bit_length() for value in polynomial.values() for part in (value.numerator, value.denominator))
    return degree <= (HIGHEST_DEGREE if width == 1 else HIGHEST_DEGREE // 2) and max(bits) <= _LARGEST_COEFFICIENT


def _flint(polynomial: _Polynomial) -> fmpz_mpoly:
    """The polynomial times the least common denominator."""
    scale = lcm(*(value.denominator for value in polynomial.values()))
    width = len(next(iter(polynomial)))
    ring = fmpz_mpoly_ctx.get([f"u{number}" for number in range(width)])
    return ring.from_dict({exponents: int(value * scale) for exponents, value in polynomial.items()})
